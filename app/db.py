"""The way to the database: one engine per process, short sessions, SQLite in WAL."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Engine, Executable, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_MS = 5000
SHORT_TIMEOUT_MS = 50
CACHE_KB = 8192
"""What a connection to SQLite may keep: the tables of regions of one kind touch some five megabytes."""

LAST_ID = 2**31 - 1
"""No row has a higher number."""


class Database:
    """Hands out sessions. Connects on first use, so that it may be made before gunicorn forks."""

    def __init__(self, url: str) -> None:
        self.engine = _make_engine(url)
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        self._writers = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)
        self._passers_by = sessionmaker(
            self.engine.execution_options(writes=True, waits_ms=SHORT_TIMEOUT_MS), expire_on_commit=False
        )

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session to read with; nothing it does is kept."""
        with self._readers() as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is wholly in after the block, or wholly out if the block raised."""
        with self._writers.begin() as session:
            yield session

    @contextmanager
    def passing_transaction(self) -> Iterator[Session]:
        """Like `transaction`, for a write that may be missed: it hardly waits for another writer of SQLite.

        Raises:
            OperationalError: another writer was at work.
        """
        with self._passers_by.begin() as session:
            yield session

    def fold_in(self) -> None:
        """Let SQLite move its journal into its file and empty it: the journal still holds what was erased.

        Whoever reads longer than a writer waits puts it off until next time.
        """
        with closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def read_rows(session: Session, query: Executable, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    """The rows of a query for plain columns, without the ORM's work on them: half the price of a few rows."""
    return session.connection().execute(query, values).all()


def row_number(asked: int) -> int:
    """The number of a row in an address; 0, which no row has, for one that the database cannot look for."""
    return asked if 0 <= asked <= LAST_ID else 0


def is_unavailable(error: OperationalError) -> bool:
    """Whether the same may go well in a minute: SQLite's lock is taken, or PostgreSQL is away."""
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return code is None or code & 0xFF == sqlite3.SQLITE_BUSY


def _make_engine(url: str) -> Engine:
    # Parameters may be tokens, hashes or names: an error, which goes to the log, tells none of them.
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite opens transactions by itself, and late: two writers then fail instead of waiting.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA cache_size=-{CACHE_KB}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten, and not only forgotten
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    options = connection.get_execution_options()
    waits_ms = options.get("waits_ms", BUSY_TIMEOUT_MS)
    if waits_ms == BUSY_TIMEOUT_MS:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={waits_ms}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
