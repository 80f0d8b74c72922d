"""While a long load holds SQLite's only write lock, people read on, hear to wait, and get out."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from dash import Dash
from freezegun import freeze_time
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.db import BUSY_TIMEOUT_MS, Database
from app.models import LoginSession, RegionVisit
from tests.databases import SqliteFactory
from tests.integration.visitor import Visitor, callback_body


@pytest.fixture
def databases(sqlite_factory: SqliteFactory) -> SqliteFactory:
    """Only SQLite has one lock for all writers."""
    return sqlite_factory


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait five seconds for the lock in a test."""
    monkeypatch.setattr("app.db.BUSY_TIMEOUT_MS", 10)


@pytest.fixture
def hold_lock(settings: Settings) -> Iterator[Callable[[], object]]:
    """A function that takes the write lock, until the test ends."""
    path = settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        yield lambda: writer.execute("BEGIN IMMEDIATE")


@pytest.mark.usefixtures("short_waits")
def test_r20_who_logs_in_meanwhile_hears_to_wait(app: Dash, hold_lock: Callable[[], object]) -> None:
    visitor = Visitor(app)
    hold_lock()

    answer = visitor.log_in("swv")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "nu even te druk" in answer.text
    assert "locked" not in answer.text


@pytest.mark.usefixtures("short_waits")
def test_r20_who_logs_out_meanwhile_loses_the_cookie_and_hears_the_rest(
    app: Dash, db: Database, hold_lock: Callable[[], object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "dashboard")
    person = Visitor(app)
    person.log_in("swv")
    token = person.token("/account")
    hold_lock()

    answer = person.client.post("/uitloggen", data={"csrf_token": token})

    assert answer.status_code == 303
    assert '"cookies"' in answer.headers["Clear-Site-Data"]
    assert "nu te druk" in person.get(answer.headers["Location"]).text
    assert person.get("/_dash-layout").status_code == 401
    assert '"logout"' in caplog.text
    with db.session() as session:
        assert len(session.scalars(select(LoginSession.token_hash)).all()) == 1


def test_r20_a_page_does_not_wait_to_write_down_that_somebody_was_here(
    app: Dash, hold_lock: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Visitor(app)
    person.log_in("swv")
    hold_lock()
    monkeypatch.setattr(Database, "transaction", lambda _self: pytest.fail("this waits for the lock"))

    with freeze_time(datetime.now(UTC) + timedelta(minutes=2)):
        answer = person.get("/account")

    assert answer.status_code == 200


def test_r20_a_page_does_not_wait_to_write_down_a_visit(
    app: Dash, db: Database, hold_lock: Callable[[], object], caplog: pytest.LogCaptureFixture
) -> None:
    person = Visitor(app)
    person.log_in("swv")
    person.get("/regio/PO2707/overzicht")
    body = callback_body(
        app, "overview-since.children", {"shell-location.pathname": "/regio/PO2707/overzicht"}
    )
    hold_lock()

    answer = person.call(body)

    assert answer.status_code == 200
    assert "Dit is uw eerste bezoek aan deze regio." in answer.text
    assert "a visit was not recorded" in caplog.text
    with db.session() as session:
        assert session.scalars(select(RegionVisit.user_id)).all() == []


def test_a_write_in_passing_leaves_its_connection_as_patient_as_it_was(
    db: Database, hold_lock: Callable[[], object]
) -> None:
    with db.passing_transaction() as session:
        session.execute(text("SELECT 1"))
    with db.session() as session:
        after_success = session.scalar(text("PRAGMA busy_timeout"))
    hold_lock()
    with pytest.raises(OperationalError), db.passing_transaction() as session:
        session.execute(text("SELECT 1"))

    with db.session() as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == after_success == BUSY_TIMEOUT_MS
