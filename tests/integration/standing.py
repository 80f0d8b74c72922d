"""An application that many tests share: they only read, and whether they did is checked when it closes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dash import Dash
from sqlalchemy import select

from app.db import Database
from app.factory import create_app
from app.models import Base, LoginAttempt, LoginSession, RegionVisit
from tests.databases import Content, PostgresFactory, SqliteFactory
from tests.integration import world
from tests.integration.visitor import Visitor
from tests.servers import make_settings

WRITTEN_BY_READING = {each.__tablename__ for each in (LoginAttempt, LoginSession, RegionVisit)}


class Standing:
    """The application over the small world, with people who have logged in once."""

    def __init__(self, app: Dash) -> None:
        self.app = app
        self._people: dict[str, Visitor] = {}

    def person(self, login: str) -> Visitor:
        """Somebody who has logged in and, if they have a region, opened its first page."""
        if login not in self._people:
            person = Visitor(self.app, f"192.0.2.{1 + len(self._people)}")
            assert person.log_in(login).status_code == 303
            for _, region in world.PEOPLE[login][:1]:
                person.get(f"/regio/{region}/overzicht")
            self._people[login] = person
        return self._people[login]

    def stranger(self) -> Visitor:
        """Somebody who has not logged in."""
        return Visitor(self.app)


@contextmanager
def standing_application(
    factory: SqliteFactory | PostgresFactory, folder: Path, content: Content = world.fill
) -> Iterator[Standing]:
    """The application over the small world, or a content that builds on it, until the tests are through.

    Raises:
        AssertionError: a test wrote what the next one reads.
    """
    with factory.fresh(content=content) as url:
        db, app = Database(url), create_app(make_settings(url, folder))
        before = _rows(db)
        yield Standing(app)
        assert _rows(db) == before
        app.server.extensions["dashboard"].db.close()
        db.close()


def _rows(db: Database) -> dict[str, list[str]]:
    with db.session() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
            if table.name not in WRITTEN_BY_READING
        }
