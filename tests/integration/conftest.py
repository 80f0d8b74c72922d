"""The application over a small world, for tests that go through its doors."""

from collections.abc import Callable, Iterator

import pytest
from dash import Dash
from freezegun import freeze_time
from sqlalchemy import delete

from app.cli import main
from app.config import Settings
from app.db import Database
from app.factory import create_app
from app.models import AuditEvent
from tests.databases import PostgresFactory, SqliteFactory
from tests.integration.comparing import Compared, comparing
from tests.integration.round_world import NOON, Mailbox, mail_server
from tests.integration.versions import wait_for_publication, warn
from tests.integration.visitor import Visitor
from tests.servers import environment


@pytest.fixture
def make_app(db: Database, small_world: None) -> Iterator[Callable[[Settings], Dash]]:
    """A function that makes the application for given settings, over the world of `world.py`."""
    made: list[Dash] = []

    def make(settings: Settings) -> Dash:
        made.append(create_app(settings))
        return made[-1]

    yield make
    for app in made:
        app.server.extensions["dashboard"].db.close()


@pytest.fixture
def app(make_app: Callable[[Settings], Dash], settings: Settings) -> Dash:
    """The application as a test installation has it."""
    return make_app(settings)


@pytest.fixture
def visitor(app: Dash) -> Visitor:
    """Somebody who has not logged in."""
    return Visitor(app)


@pytest.fixture
def log_in(app: Dash) -> Callable[[str], Visitor]:
    """A function that logs somebody in with a browser of their own."""

    def enter(login: str) -> Visitor:
        person = Visitor(app)
        assert person.log_in(login).status_code == 303
        return person

    return enter


@pytest.fixture
def filled(db: Database, small_world: None) -> Database:
    """The database with the small world in it, and an empty log of acts."""
    with db.transaction() as session:
        session.execute(delete(AuditEvent))
    return db


@pytest.fixture
def command(filled: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A function that runs `python -m app user …` on the test's database."""
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    return lambda *words: main(["user", *words])


@pytest.fixture
def waiting(app: Dash, db: Database) -> int:
    """The number of a version that waits for publication."""
    return wait_for_publication(db)


@pytest.fixture
def warned(db: Database, waiting: int) -> list[int]:
    """The numbers of three warnings about it."""
    return warn(db, waiting)


@pytest.fixture(scope="session")
def compared(
    shared_databases: SqliteFactory | PostgresFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Compared]:
    """The application over the starter figures, loaded once per kind of database; tests only read it."""
    with comparing(shared_databases, tmp_path_factory.mktemp("compared")) as found:
        yield found


@pytest.fixture
def noon() -> Iterator[None]:
    """Noon on the first day of the rounds of `round_world.py`."""
    with freeze_time(NOON, tick=True):
        yield


@pytest.fixture
def box() -> Mailbox:
    """What a mail server gets."""
    return Mailbox()


@pytest.fixture
def server(box: Mailbox) -> Iterator[str]:
    """The address of a mail server of this test."""
    with mail_server(box) as url:
        yield url
