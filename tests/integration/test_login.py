"""Logging in: names, passwords, where one comes from and goes to."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from argon2 import PasswordHasher
from dash import Dash
from sqlalchemy import select

from app import accounts
from app.auth.redirects import is_local_path
from app.config import Settings
from app.db import Database
from app.models import Base, LoginSession, User
from app.passwords import hash_password, is_right_password
from app.tokens import hash_token
from tests.integration import world
from tests.integration.visitor import Visitor

WRONG = "De gebruikersnaam of het wachtwoord klopt niet."


def test_the_right_password_opens_the_home_region(visitor: Visitor) -> None:
    answer = visitor.log_in("swv")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert visitor.get("/").headers["Location"] == "/regio/PO2707/overzicht"


def test_a_login_name_may_be_typed_in_capitals_and_with_spaces_around_it(visitor: Visitor) -> None:
    answer = visitor.log_in("  SWV ")

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "password", [world.PASSWORD.upper(), world.PASSWORD[:-1], world.PASSWORD + " ", "", world.PASSWORD + "\0"]
)
def test_s01_a_password_counts_exactly_as_typed(visitor: Visitor, password: str) -> None:
    answer = visitor.log_in("swv", password)

    assert answer.status_code == 401
    assert WRONG in answer.text


@pytest.mark.parametrize("login", ["niemand", "swv\0", "’ OR 1=1 --", "x" * 5000, "\N{GRINNING FACE}", ""])
def test_s07_an_unknown_name_and_a_wrong_password_get_the_same_answer(visitor: Visitor, login: str) -> None:
    known = visitor.log_in("swv", "een heel verkeerd wachtwoord")

    unknown = visitor.log_in(login, "een heel verkeerd wachtwoord")

    assert unknown.status_code == known.status_code == 401
    assert WRONG in unknown.text
    assert WRONG in known.text


def test_s07_a_hash_is_verified_for_an_unknown_name_too(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []

    def watch(stored: str | None, password: str) -> bool:
        seen.append(stored)
        return is_right_password(stored, password)

    monkeypatch.setattr("app.auth.login.is_right_password", watch)

    visitor.log_in("niemand")

    assert seen == [None]


def test_s07_an_unknown_name_takes_about_as_long_as_a_wrong_password(app: Dash) -> None:
    """As long of this thread's own time: what a busy machine adds by chance is no fault of the code."""

    def seconds(login: str) -> float:
        stranger = Visitor(app, f"192.0.2.{len(login)}")
        token = stranger.token("/inloggen")
        form = {"gebruikersnaam": login, "wachtwoord": "een heel verkeerd wachtwoord", "csrf_token": token}
        start = time.thread_time()
        stranger.client.post("/inloggen", data=form)
        return time.thread_time() - start

    known = min(seconds("swv") for _ in range(3))
    unknown = min(seconds("niemand") for _ in range(3))

    assert known / 3 < unknown < known * 3


def test_a_disabled_account_is_refused_with_the_same_words(visitor: Visitor, db: Database) -> None:
    with db.transaction() as session:
        accounts.disable_user(session, "swv", by="test")

    answer = visitor.log_in("swv")

    assert answer.status_code == 401
    assert WRONG in answer.text


def test_an_account_without_a_password_cannot_log_in(visitor: Visitor, db: Database) -> None:
    with db.transaction() as session:
        accounts.create_user(session, "nieuw", "Nieuw", by="test")

    assert visitor.log_in("nieuw", "").status_code == 401


@pytest.mark.parametrize(
    ("login", "password"), [("admin", "admin"), ("admin", "password"), ("beheer", "beheer")]
)
def test_s04_there_are_no_default_accounts(visitor: Visitor, login: str, password: str) -> None:
    assert visitor.log_in(login, password).status_code == 401


def test_s03_a_hash_of_a_lower_cost_is_replaced_at_log_in(
    costly_hashes: None, visitor: Visitor, db: Database
) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(world.PASSWORD)
    with db.transaction() as session:
        accounts.get_user(session, "swv").password_hash = cheap

    visitor.log_in("swv")

    with db.session() as session:
        stored = session.scalars(select(User.password_hash).where(User.login == "swv")).one()
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Visitor(visitor.app).log_in("swv").status_code == 303


def test_s03_a_hash_of_todays_cost_is_left_alone(costly_hashes: None, visitor: Visitor, db: Database) -> None:
    stored = hash_password(world.PASSWORD)
    with db.transaction() as session:
        accounts.get_user(session, "swv").password_hash = stored

    visitor.log_in("swv")

    with db.session() as session:
        assert session.scalars(select(User.password_hash).where(User.login == "swv")).one() == stored


def test_s11_logging_in_starts_a_new_session_and_drops_the_old_one(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    person = log_in("swv")
    before = person.session_cookie
    with person.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"

    form = {
        "gebruikersnaam": "gemeente",
        "wachtwoord": world.PASSWORD,
        "csrf_token": person.token("/account"),
    }
    person.client.post("/inloggen", data=form)

    assert person.session_cookie != before
    with person.client.session_transaction() as cookie:
        assert "planted" not in cookie
        token = cookie["_user_id"]
    with db.session() as session:
        assert list(session.scalars(select(LoginSession.token_hash))) == [hash_token(token)]


def test_who_is_logged_in_already_goes_on(log_in: Callable[[str], Visitor]) -> None:
    answer = log_in("swv").get("/inloggen?next=/account")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/account"


def test_a_local_next_is_followed_after_logging_in(visitor: Visitor) -> None:
    target = "/regio/PO2707/indicatoren?zoek=speciaal%20basis&jaar=2025"

    answer = visitor.log_in("swv", next=target)

    assert answer.headers["Location"] == target


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "%2f%2fevil.example",
        "/%2fevil.example",
        "/%5cevil.example",
        "/a\r\nSet-Cookie: x=1",
        "/a%0d%0aSet-Cookie:x=1",
        "javascript:alert(1)",
        "\\/evil.example",
        " //evil.example",
        "/\t/evil.example",
    ],
)
def test_s39_only_local_paths_are_followed(visitor: Visitor, target: str) -> None:
    answer = visitor.log_in("swv", next=target)

    assert not is_local_path(target)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("verlopen=1", "sessie is verlopen"),
        ("gewijzigd=1", "wachtwoord is ingesteld"),
        ("uitgelogd=1", "uitgelogd"),
    ],
)
def test_the_form_says_why_one_is_there(visitor: Visitor, query: str, words: str) -> None:
    assert words in visitor.get(f"/inloggen?{query}").text


def test_the_form_never_gives_the_password_back(visitor: Visitor) -> None:
    answer = visitor.log_in("swv", "mijn geheime zin van vandaag")

    assert "mijn geheime zin" not in answer.text


@pytest.mark.parametrize("act", ["change the password", "close the account"])
def test_s11_a_check_that_was_overtaken_by_a_change_starts_no_session(
    visitor: Visitor, db: Database, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    def check_and_be_overtaken(stored: str | None, password: str) -> bool:
        is_right = is_right_password(stored, password)
        with db.transaction() as session:
            if act == "close the account":
                accounts.disable_user(session, "swv", by="test")
            else:
                new = hash_password("een nieuwe zin over eenden")
                accounts.change_password(session, world.user_id(db, "swv"), new, by="test")
        return is_right

    monkeypatch.setattr("app.auth.login.is_right_password", check_and_be_overtaken)

    answer = visitor.log_in("swv")

    assert answer.status_code == 401
    assert WRONG in answer.text
    assert visitor.get("/_dash-layout").status_code == 401
    with db.session() as session:
        assert session.scalars(select(LoginSession.token_hash)).all() == []


def test_s38_looking_at_the_form_changes_nothing(visitor: Visitor, db: Database) -> None:
    before = _everything(db)

    visitor.get("/inloggen")

    assert _everything(db) == before


def test_the_page_of_somebody_without_regions_has_words(log_in: Callable[[str], Visitor]) -> None:
    answer = log_in("zonder").get("/")

    assert answer.status_code == 200
    assert "nog geen regio" in answer.text


def test_s14_cookies_are_bound_to_host_and_https_when_the_base_address_is_https(
    make_app: Callable[[Settings], Dash], settings: Settings
) -> None:
    secure = make_app(replace(settings, base_url="https://dashboard.example.org"))
    client = secure.server.test_client()
    page = client.get("/inloggen", base_url="https://dashboard.example.org")

    cookie = page.headers["Set-Cookie"]

    assert cookie.startswith("__Host-sessie=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_s15_the_session_cookie_is_in_no_page(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")
    with person.client.session_transaction() as cookie:
        token = cookie["_user_id"]

    pages = [person.get(path).text for path in ("/account", "/over", "/regio/PO2707/overzicht", "/nergens")]

    assert not any(
        token in page or person.session_cookie in page or hash_token(token) in page for page in pages
    )


def _everything(db: Database) -> Any:
    with db.session() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }
