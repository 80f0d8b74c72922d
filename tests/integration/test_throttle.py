"""Guessing passwords is slowed down, for all workers together, and never locks anybody out."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import requests
from dash import Dash
from freezegun import freeze_time
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.errors import TooManyRequests
from app.models import LoginAttempt
from app.throttle import attempt_of, clear, reserve
from tests.integration import world
from tests.integration.visitor import Visitor

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEY = "k" * 40
WRONG = "een heel verkeerd wachtwoord"


def _codes(person: Visitor, logins: list[str]) -> list[int]:
    return [person.log_in(login, WRONG).status_code for login in logins]


def test_s06_the_sixth_wrong_password_in_a_quarter_has_to_wait(visitor: Visitor) -> None:
    codes = _codes(visitor, ["swv"] * 6)
    answer = visitor.log_in("swv")

    assert codes == [401] * 5 + [429]
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert "over 15 minuten opnieuw" in answer.text


def test_s06_strangers_cannot_lock_an_account(app: Dash) -> None:
    _codes(Visitor(app, "203.0.113.9"), ["swv"] * 8)

    assert Visitor(app, "192.0.2.44").log_in("swv").status_code == 303


def test_s06_an_address_that_tries_many_names_has_to_wait(visitor: Visitor) -> None:
    codes = _codes(visitor, [f"naam{number}" for number in range(21)])

    assert codes == [401] * 20 + [429]


def test_s50_visitors_behind_the_proxy_are_counted_each_for_themselves(app: Dash) -> None:
    person = Visitor(app, "127.0.0.1")

    def try_from(address: str) -> int:
        person.client.environ_base["HTTP_X_FORWARDED_FOR"] = address
        return person.log_in("swv", WRONG).status_code

    guesser = [try_from("203.0.113.9") for _ in range(6)]
    liar = try_from("192.0.2.44, 203.0.113.9")
    other = try_from("192.0.2.44")

    assert guesser == [401] * 5 + [429]
    assert liar == 429
    assert other == 401


def test_s50_a_stranger_cannot_choose_the_address_that_is_counted(app: Dash) -> None:
    person = Visitor(app, "203.0.113.9")

    def try_as(address: str) -> int:
        person.client.environ_base["HTTP_X_FORWARDED_FOR"] = address
        return person.log_in("swv", WRONG).status_code

    assert [try_as(f"192.0.2.{number}") for number in range(6)] == [401] * 5 + [429]


def test_s06_after_a_quarter_one_may_try_again(app: Dash) -> None:
    with freeze_time(START) as clock:
        person = Visitor(app)
        _codes(person, ["swv"] * 6)
        clock.move_to(START + timedelta(minutes=15, seconds=1))

        assert person.log_in("swv").status_code == 303


def test_s06_the_right_password_wipes_the_slate(app: Dash) -> None:
    codes = []
    for _ in range(3):
        person = Visitor(app)
        codes += _codes(person, ["swv"] * 4)
        codes.append(person.log_in("swv").status_code)

    assert codes == ([401] * 4 + [303]) * 3


def test_s06_at_once_or_one_by_one_no_more_than_five_get_through(app: Dash, db: Database) -> None:
    attempt = attempt_of("swv", "192.0.2.1", key=KEY)

    def try_once(_: int) -> bool:
        try:
            with db.transaction() as session:
                reserve(session, attempt, now=START)
        except TooManyRequests:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(try_once, range(40)))

    assert sum(passed) == 5


def test_s06_four_workers_refuse_together(
    settings: Settings, db: Database, live_server: Callable[[Settings], str]
) -> None:
    world.fill(db)
    address = live_server(replace(settings, workers=4))
    browser = requests.Session()
    found = re.search(
        r'name="csrf_token" value="([^"]+)"', browser.get(f"{address}/inloggen", timeout=60).text
    )
    form = {"gebruikersnaam": "swv", "wachtwoord": WRONG, "csrf_token": found[1] if found else ""}

    def try_once(_: int) -> int:
        return requests.post(
            f"{address}/inloggen", data=form, cookies=browser.cookies, timeout=60
        ).status_code

    with ThreadPoolExecutor(16) as pool:
        codes = Counter(pool.map(try_once, range(100)))

    assert codes == {401: 5, 429: 95}


def test_s06_an_attempt_counts_before_its_password_is_looked_at(db: Database) -> None:
    attempt = attempt_of("swv", "192.0.2.1", key=KEY)

    with db.transaction() as session:
        reserve(session, attempt, now=START)

    with db.session() as session:
        assert len(session.scalars(select(LoginAttempt)).all()) == 1


def test_old_attempts_are_thrown_away(db: Database) -> None:
    for minutes in (0, 16):
        with db.transaction() as session:
            reserve(session, attempt_of("swv", "192.0.2.1", key=KEY), now=START + timedelta(minutes=minutes))

    with db.session() as session:
        assert [row.at for row in session.scalars(select(LoginAttempt))] == [START + timedelta(minutes=16)]


def test_clearing_leaves_other_accounts_and_addresses_alone(db: Database) -> None:
    attempts = [
        attempt_of(*pair, key=KEY) for pair in (("a", "192.0.2.1"), ("b", "192.0.2.1"), ("a", "192.0.2.2"))
    ]
    with db.transaction() as session:
        for attempt in attempts:
            reserve(session, attempt, now=START)

    with db.transaction() as session:
        clear(session, attempts[0])

    with db.session() as session:
        kept = {(row.account_hash, row.address_hash) for row in session.scalars(select(LoginAttempt))}
    assert kept == {(attempt.account_hash, attempt.address_hash) for attempt in attempts[1:]}


def test_neither_account_nor_address_can_be_read_back() -> None:
    attempt = attempt_of("swv", "192.0.2.1", key=KEY)

    assert "swv" not in attempt.account_hash
    assert "192" not in attempt.address_hash[:3] or len(attempt.address_hash) == 64
    assert attempt != attempt_of("swv", "192.0.2.1", key="another key")


def test_an_ipv6_subscriber_counts_as_one_address() -> None:
    one = attempt_of("swv", "2001:db8:1:2::1", key=KEY)

    assert one == attempt_of("swv", "2001:db8:1:2:ffff::9", key=KEY)
    assert one != attempt_of("swv", "2001:db8:1:3::1", key=KEY)
    assert attempt_of("swv", "::ffff:192.0.2.1", key=KEY) == attempt_of("swv", "192.0.2.1", key=KEY)


def test_a_refused_log_in_shows_the_form_with_the_wait(visitor: Visitor) -> None:
    _codes(visitor, ["swv"] * 5)

    page = visitor.log_in("swv", WRONG)

    assert page.status_code == 429
    assert 'role="alert"' in page.text
    assert 'name="wachtwoord"' in page.text


def test_the_login_typed_does_not_have_to_exist_to_be_counted(visitor: Visitor) -> None:
    assert _codes(visitor, ["niemand"] * 6)[-1] == 429
