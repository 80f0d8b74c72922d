"""Sessions end on the server: at log-out, by time, when an account closes, and when the password changes."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dash import Dash
from freezegun import freeze_time
from sqlalchemy import func, select

from app import accounts
from app.auth.sessions import find_session, open_session
from app.db import Database
from app.models import LoginSession
from tests.integration import world
from tests.integration.visitor import Visitor

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0"}


@pytest.fixture
def clock() -> Any:
    """A clock that stands still until a test moves it."""
    with freeze_time(START) as frozen:
        yield frozen


def _is_in(person: Visitor) -> bool:
    return person.get("/account").status_code == 200


def _copy(person: Visitor) -> Visitor:
    """Another browser with the same session cookie."""
    thief = Visitor(person.app, "203.0.113.9")
    thief.client.set_cookie("sessie", person.session_cookie)
    return thief


def _session_count(db: Database) -> int:
    with db.session() as session:
        return session.scalars(select(func.count()).select_from(LoginSession)).one()


def test_s11_a_copied_cookie_is_worthless_after_logging_out(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")
    thief = _copy(person)
    assert _is_in(thief)

    answer = person.send("/uitloggen", form="/account")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/inloggen?uitgelogd=1"
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert thief.get("/_dash-layout").status_code == 401
    assert not _is_in(thief)
    assert not _is_in(person)


def test_logging_out_twice_is_no_error(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")
    person.send("/uitloggen", form="/account")

    again = person.send("/uitloggen", form="/inloggen")

    assert again.status_code == 303


def test_s38_a_link_does_not_log_out(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")

    answer = person.get("/uitloggen")

    assert answer.status_code == 405
    assert _is_in(person)


def test_s11_closing_an_account_ends_its_sessions_at_once(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    person = log_in("swv")

    with db.transaction() as session:
        accounts.disable_user(session, "swv", by="test")

    assert not _is_in(person)
    assert _session_count(db) == 0


def test_s11_an_account_that_opens_again_does_not_bring_its_sessions_back(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    person = log_in("swv")

    with db.transaction() as session:
        accounts.disable_user(session, "swv", by="test")
        accounts.enable_user(session, "swv", by="test")

    assert not _is_in(person)


def test_s12_an_hour_without_use_ends_a_session(log_in: Callable[[str], Visitor], clock: Any) -> None:
    person = log_in("swv")

    clock.move_to(START + timedelta(minutes=59))
    before = _is_in(person)
    clock.move_to(START + timedelta(minutes=59 + 61))
    after = _is_in(person)

    assert before
    assert not after


def test_s12_twelve_hours_end_a_session_however_much_it_is_used(
    log_in: Callable[[str], Visitor], clock: Any
) -> None:
    person = log_in("swv")
    half_hours = range(30, 12 * 60, 30)

    alive = []
    for minutes in half_hours:
        clock.move_to(START + timedelta(minutes=minutes))
        alive.append(_is_in(person))
    clock.move_to(START + timedelta(hours=12))

    assert all(alive)
    assert not _is_in(person)


def test_dead_sessions_are_swept_up_at_the_next_log_in(
    log_in: Callable[[str], Visitor], clock: Any, db: Database
) -> None:
    log_in("swv")
    clock.move_to(START + timedelta(minutes=61))

    log_in("gemeente")

    assert _session_count(db) == 1


def test_a_click_within_the_minute_writes_nothing(app: Dash, db: Database, clock: Any) -> None:
    with db.transaction() as session:
        token = open_session(session, world.user_id(db, "swv"), "")

    clock.move_to(START + timedelta(seconds=50))
    find_session(db, token)
    early = find_session(db, token)
    clock.move_to(START + timedelta(seconds=70))
    find_session(db, token)
    late = find_session(db, token)

    assert early is not None
    assert early.last_seen_at == START
    assert late is not None
    assert late.last_seen_at == START + timedelta(seconds=70)


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "\N{GRINNING FACE}", "x" * 4000])
def test_a_made_up_cookie_is_nobody(visitor: Visitor, cookie: str) -> None:
    visitor.client.set_cookie("sessie", cookie)

    assert visitor.get("/_dash-layout").status_code == 401


def test_s11_a_cookie_signed_with_another_key_is_nobody(
    log_in: Callable[[str], Visitor], app: Dash, visitor: Visitor
) -> None:
    person = log_in("swv")
    app.server.secret_key = "another key of quite some length, so that it is one"

    assert not _is_in(_copy(person))


def test_one_sees_where_one_is_logged_in(app: Dash) -> None:
    person = Visitor(app)
    person.send("/inloggen", {"gebruikersnaam": "swv", "wachtwoord": world.PASSWORD}, **FIREFOX)

    page = person.get("/account").text

    assert "Firefox op Windows" in page
    assert "deze sessie" in page


def test_one_session_of_ones_own_can_be_ended(log_in: Callable[[str], Visitor]) -> None:
    here, there = log_in("swv"), log_in("swv")
    handle = _handles(here)[0]

    answer = here.send("/account/sessies", {"sessie": handle}, form="/account")

    assert answer.status_code == 303
    assert _is_in(here)
    assert not _is_in(there)


def test_all_other_sessions_can_be_ended_at_once(log_in: Callable[[str], Visitor]) -> None:
    here, others, stranger = log_in("swv"), [log_in("swv"), log_in("swv")], log_in("gemeente")

    here.send("/account/sessies", {"sessie": "andere"}, form="/account")

    assert _is_in(here)
    assert _is_in(stranger)
    assert not any(_is_in(other) for other in others)


def test_a_session_of_somebody_else_cannot_be_ended(log_in: Callable[[str], Visitor]) -> None:
    here, victims = log_in("swv"), [log_in("gemeente"), log_in("gemeente")]
    handle = _handles(victims[0])[0]

    answer = here.send("/account/sessies", {"sessie": handle}, form="/account")

    assert answer.status_code == 400
    assert all(_is_in(victim) for victim in victims)


def test_s13_an_admin_can_list_and_end_the_sessions_of_somebody(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    people = [log_in("swv"), log_in("swv"), log_in("gemeente")]

    with db.transaction() as session:
        count = accounts.end_all_sessions(session, "swv", by="beheer")

    assert count == 2
    assert [_is_in(person) for person in people] == [False, False, True]


def _handles(person: Visitor) -> list[str]:
    """The names of the other sessions on somebody's account page."""
    return [
        name
        for name in re.findall(r'name="sessie" value="(\w+)"', person.get("/account").text)
        if name != "andere"
    ]
