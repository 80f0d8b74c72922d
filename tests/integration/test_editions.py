"""One version per page, and a version that only an administrator looks at."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import select, update

from app.db import Database
from app.models import AuditEvent, DataVersion, Grant, Publication, User
from callbacks.editions import NEWER
from loaders.removal import remove_version
from tests.integration import world
from tests.integration.canary import CHOICES, publish_canary, tells_canary
from tests.integration.later_version import publish_again
from tests.integration.visitor import PAGE, Visitor, callback_body

LogIn = Callable[[str], Visitor]
SUMMARY = "indicator-summary.children"
OLD, NEW = "61.000", "55.555"


def _shown(db: Database) -> int:
    with db.session() as session:
        return session.scalars(select(Publication.version_id)).one()


def _waiting(db: Database) -> int:
    with db.session() as session:
        return session.scalars(select(DataVersion.id).where(DataVersion.state == "staged")).one()


def _ask(app: Dash, person: Visitor, shown: object, output: str = SUMMARY, **choices: str) -> Any:
    chosen = {"jaar": "2025", "uitsplitsing": "totaal", "indeling": "nu"} | choices
    values: dict[str, object] = {f"indicator-{name}.value": value for name, value in chosen.items()}
    values["shell-location.pathname"] = f"/regio/PO2707/indicatoren/{world.COUNT}"
    values["shell-edition.children"] = shown
    return person.call(callback_body(app, output, values))


@pytest.fixture
def officer(log_in: LogIn) -> Visitor:
    """A policy officer with a page open."""
    person = log_in("swv")
    person.get("/", follow_redirects=True)
    return person


@pytest.fixture
def admin(log_in: LogIn) -> Visitor:
    """A data administrator with a page open."""
    person = log_in("data")
    person.get("/", follow_redirects=True)
    return person


def test_r14_a_page_keeps_the_version_with_which_it_began(app: Dash, db: Database, officer: Visitor) -> None:
    first = str(_shown(db))
    before = _ask(app, officer, first)
    publish_again(db, 55_555)

    old, new = _ask(app, officer, first), _ask(app, officer, "")

    assert NEW in new.text
    assert NEW not in old.text
    assert old.get_json() == before.get_json()
    assert (before.headers.get(NEWER), old.headers.get(NEWER), new.headers.get(NEWER)) == (None, "1", None)


def test_a_page_says_with_which_version_it_begins(app: Dash, db: Database, officer: Visitor) -> None:
    values = {"shell-location.pathname": "/regio/PO2707/overzicht", "shell-location.search": ""}

    answer = officer.call(callback_body(app, PAGE, dict(values))).get_json()

    assert answer["response"]["shell-edition"]["children"] == str(_shown(db))


def test_ac6_a_version_that_was_never_public_is_not_shown_to_who_names_it(
    app: Dash, db: Database, officer: Visitor, admin: Visitor
) -> None:
    for person in (officer, admin):
        answer = _ask(app, person, str(_waiting(db)), **CHOICES)

        assert answer.status_code == 200
        assert not tells_canary(answer.text)
        assert NEWER not in answer.headers


@pytest.mark.parametrize("shown", ["x", "-1", "1.0", "١", "1" * 10, 1, True, [1], {"a": 1}])
def test_s56_what_is_no_version_is_refused(app: Dash, officer: Visitor, shown: object) -> None:
    assert _ask(app, officer, shown).status_code == 400


def test_an_unknown_version_is_that_of_now(app: Dash, officer: Visitor) -> None:
    assert _ask(app, officer, "999999").get_json() == _ask(app, officer, "").get_json()


def _start(admin: Visitor, version: int) -> Any:
    return admin.send(f"/beheer/versies/{version}/voorbeeld", form="/account")


def test_an_administrator_looks_at_a_waiting_version_and_nobody_else_does(
    app: Dash, db: Database, officer: Visitor, admin: Visitor, log_in: LogIn
) -> None:
    assert not tells_canary(_ask(app, admin, "", **CHOICES).text)
    other = log_in("data")
    other.get("/", follow_redirects=True)

    assert _start(admin, _waiting(db)).status_code == 303

    assert tells_canary(_ask(app, admin, "", **CHOICES).text)
    assert tells_canary(admin.get(f"/regio/PO2707/indicatoren/{world.COUNT}.csv").text)
    assert "nog niet gepubliceerd" in admin.get("/account").text
    for person in (officer, other):
        assert not tells_canary(_ask(app, person, "", **CHOICES).text)
    with db.session() as session:
        assert "preview" in session.scalars(select(AuditEvent.action)).all()


def test_looking_stops_by_a_button(app: Dash, db: Database, admin: Visitor) -> None:
    version = _waiting(db)
    _start(admin, version)

    answer = admin.send("/beheer/voorbeeld/stoppen", {"naar": "versie"}, form="/account")

    assert answer.location == f"/beheer/versies/{version}"
    assert not tells_canary(_ask(app, admin, "", **CHOICES).text)
    assert "nog niet gepubliceerd" not in admin.get("/account").text


def test_ac8_looking_stops_with_the_role(app: Dash, db: Database, admin: Visitor) -> None:
    _start(admin, _waiting(db))
    with db.transaction() as session:
        person = session.scalars(select(User.id).where(User.login == "data")).one()
        session.execute(update(Grant).where(Grant.user_id == person).values(role="lezer"))

    assert not tells_canary(_ask(app, admin, "", **CHOICES).text)
    assert "nog niet gepubliceerd" not in admin.get("/account").text


def test_looking_stops_when_the_version_is_removed(app: Dash, db: Database, admin: Visitor) -> None:
    version = _waiting(db)
    _start(admin, version)

    remove_version(db, version, by="test")

    assert not tells_canary(_ask(app, admin, "", **CHOICES).text)


def test_what_is_not_waiting_cannot_be_looked_at(db: Database, admin: Visitor) -> None:
    for version in (_shown(db), 999_999):
        assert _start(admin, version).status_code == 404


def test_after_publication_everybody_sees_it_and_the_bar_is_gone(
    app: Dash, db: Database, admin: Visitor, officer: Visitor
) -> None:
    _start(admin, _waiting(db))

    publish_canary(db)

    assert tells_canary(_ask(app, officer, "", **CHOICES).text)
    assert "nog niet gepubliceerd" not in admin.get("/account").text
