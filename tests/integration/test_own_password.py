"""Setting a password with a one-time link, and changing it on the account page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import select, update

from app import accounts
from app.db import Database
from app.models import AuditEvent, PasswordLink, User
from app.passwords import hash_password, is_right_password
from tests.integration import world
from tests.integration.visitor import Visitor

NEW = "een nieuwe zin over twaalf eenden"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def _link(db: Database, login: str = "swv") -> str:
    with db.transaction() as session:
        return f"/wachtwoord/{accounts.make_password_link(session, login, by='test')}"


def _stored(db: Database, login: str = "swv") -> str | None:
    with db.session() as session:
        return session.scalars(select(User.password_hash).where(User.login == login)).one()


def _change(person: Visitor, old: str, new: str) -> Any:
    return person.send("/account/wachtwoord", {"huidig": old, "nieuw": new}, form="/account")


def test_a_link_sets_the_password(visitor: Visitor, db: Database) -> None:
    answer = visitor.send(_link(db), {"wachtwoord": NEW})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/inloggen?gewijzigd=1"
    assert visitor.log_in("swv", world.PASSWORD).status_code == 401
    assert visitor.log_in("swv", NEW).status_code == 303


def test_s38_looking_at_a_link_changes_nothing(visitor: Visitor, db: Database) -> None:
    link, before = _link(db), _stored(db)

    first, second = visitor.get(link), visitor.get(link)

    assert first.status_code == second.status_code == 200
    assert _stored(db) == before


def test_s09_a_link_works_once(visitor: Visitor, db: Database) -> None:
    link = _link(db)
    token = visitor.token(link)
    visitor.send(link, {"wachtwoord": NEW})
    after_first = _stored(db)

    again = Visitor(visitor.app)
    form = {"wachtwoord": "nog een andere zin over eenden", "csrf_token": again.token("/inloggen")}
    answer = again.client.post(link, data=form, headers={"Accept": "text/html"})

    assert token
    assert answer.status_code == 410
    assert visitor.get(link).status_code == 410
    assert _stored(db) == after_first


def test_s09_a_link_runs_out_after_half_an_hour(visitor: Visitor, db: Database) -> None:
    with freeze_time(START) as clock:
        link = _link(db)
        clock.move_to(START + timedelta(minutes=29, seconds=59))
        in_time = visitor.get(link).status_code
        clock.move_to(START + timedelta(minutes=30))
        too_late = visitor.get(link).status_code

    assert in_time == 200
    assert too_late == 410


def test_s09_a_new_link_ends_the_one_before(visitor: Visitor, db: Database) -> None:
    first, second = _link(db), _link(db)

    assert visitor.get(first).status_code == 410
    assert visitor.get(second).status_code == 200


def test_s09_only_a_hash_of_a_link_of_256_bits_is_kept(db: Database, visitor: Visitor) -> None:
    token = _link(db).rsplit("/", 1)[1]

    with db.session() as session:
        kept = session.scalars(select(PasswordLink.token_hash)).one()

    assert len(token) >= 43
    assert len(kept) == 64
    assert token not in kept


@pytest.mark.parametrize("token", ["x", "\N{GRINNING FACE}", "%00", "x" * 3000, "..%2f..%2fetc"])
def test_s09_a_made_up_link_is_as_dead_as_an_old_one(visitor: Visitor, token: str) -> None:
    assert visitor.get(f"/wachtwoord/{token}").status_code in {404, 410}


def test_s09_a_link_ends_every_session_of_the_account(
    log_in: Callable[[str], Visitor], visitor: Visitor, db: Database
) -> None:
    own, other = log_in("swv"), log_in("gemeente")

    visitor.send(_link(db), {"wachtwoord": NEW})

    assert own.get("/account").status_code == 302
    assert other.get("/account").status_code == 200


def test_a_link_of_a_closed_account_is_dead(visitor: Visitor, db: Database) -> None:
    link = _link(db)
    with db.transaction() as session:
        accounts.disable_user(session, "swv", by="test")

    assert visitor.get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("kort", "ten minste 12 tekens"),
        ("Welkom2026!!!!", "makkelijk te raden"),
        ("Lelystad2026!!", "bij dit dashboard hoort"),
        ("Persoon swv 2026", "bij dit dashboard hoort"),
    ],
)
def test_s02_a_link_refuses_what_is_easy_to_guess_and_stays_usable(
    visitor: Visitor, db: Database, password: str, words: str
) -> None:
    link, before = _link(db), _stored(db)

    answer = visitor.send(link, {"wachtwoord": password})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert _stored(db) == before
    assert visitor.send(link, {"wachtwoord": NEW}).status_code == 303


@pytest.mark.parametrize(
    "password", ["vier gele fietsen " * 8, "zin met \N{GRINNING FACE} en Ω erin", "  spaties tellen mee  "]
)
def test_s01_any_characters_can_be_set_and_used(visitor: Visitor, db: Database, password: str) -> None:
    visitor.send(_link(db), {"wachtwoord": password})

    assert visitor.log_in("swv", password).status_code == 303
    assert Visitor(visitor.app).log_in("swv", password.strip()[:-1]).status_code == 401


def test_one_changes_ones_own_password_with_the_old_one(log_in: Callable[[str], Visitor]) -> None:
    person, elsewhere = log_in("swv"), log_in("swv")

    answer = _change(person, world.PASSWORD, NEW)

    assert answer.status_code == 303
    assert "wachtwoord is gewijzigd" in person.get(answer.headers["Location"]).text
    assert elsewhere.get("/account").status_code == 302
    assert Visitor(person.app).log_in("swv", NEW).status_code == 303


def test_s09_without_the_old_password_nothing_changes(log_in: Callable[[str], Visitor], db: Database) -> None:
    person, before = log_in("swv"), _stored(db)

    answer = _change(person, "niet mijn oude wachtwoord", NEW)

    assert answer.status_code == 422
    assert "huidige wachtwoord klopt niet" in answer.text
    assert _stored(db) == before


def test_both_mistakes_are_told_at_once(log_in: Callable[[str], Visitor]) -> None:
    answer = _change(log_in("swv"), "niet mijn oude wachtwoord", "kort")

    assert 'href="#huidig"' in answer.text
    assert 'href="#nieuw"' in answer.text


def test_s06_guessing_the_old_password_is_slowed_down(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")

    codes = [_change(person, "niet mijn oude wachtwoord", NEW).status_code for _ in range(6)]

    assert codes == [422] * 5 + [429]


def test_a_change_is_written_down_without_the_password(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    _change(log_in("swv"), world.PASSWORD, NEW)

    with db.session() as session:
        row = session.scalars(select(AuditEvent).where(AuditEvent.action == "password.change")).one()

    assert (row.actor, row.subject) == ("swv", "user:swv")
    assert NEW not in row.detail


def test_the_account_page_tells_roles_and_what_is_kept(log_in: Callable[[str], Visitor]) -> None:
    page = log_in("coordinator").get("/account").text

    assert "Persoon coordinator" in page
    assert "PO2707" in page
    assert "VO2708" in page
    assert "coördinator" in page
    assert "Wat er over u is opgeslagen" in page
    assert "$argon2id" not in page


def test_s09_a_check_that_was_overtaken_by_a_new_password_changes_nothing(
    log_in: Callable[[str], Visitor], db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = log_in("swv")
    other = hash_password("een zin van de eigenaar zelf")

    def check_and_be_overtaken(stored: str | None, password: str) -> bool:
        is_right = is_right_password(stored, password)
        with db.transaction() as session:
            session.execute(update(User).where(User.login == "swv").values(password_hash=other))
        return is_right

    monkeypatch.setattr("app.auth.account.is_right_password", check_and_be_overtaken)

    answer = _change(person, world.PASSWORD, NEW)

    assert answer.status_code == 422
    assert "huidige wachtwoord klopt niet" in answer.text
    assert _stored(db) == other
