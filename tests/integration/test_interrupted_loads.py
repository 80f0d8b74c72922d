"""A load that breaks, is killed or meets another one leaves the database as it was."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, make_url, select, text

from app.config import ROOT, Settings
from app.db import Database
from app.models import DataVersion, Slice, SourceFile
from loaders.ingest import LoadReport
from loaders.publication import publish
from loaders.reference import Reference
from loaders.sandbox import Parsed
from loaders.sandbox.parsing import read_here
from tests.integration.loads import (
    BY,
    HISTORY,
    SEEN,
    changed,
    count_rows,
    load_here,
    load_version,
    visible_figures,
)
from tests.samples.generated import write_large_files
from tests.samples.world import REGION_FILES, SAMPLES
from tests.servers import environment


class Broken(Exception):
    """Raised by these tests in the middle of a load."""


@pytest.fixture
def regions(db: Database, invented_regions: None) -> Database:
    """A database that knows the invented regions and has no figures."""
    return db


@contextmanager
def _breaking(db: Database, table: str, number: int) -> Iterator[None]:
    """Every insert into `table` from the given one on raises."""
    seen = 0

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal seen
        seen += statement.startswith((f"INSERT INTO {table} ", f'INSERT INTO "{table}" '))
        if seen >= number:
            raise Broken(table)

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize(
    ("table", "number"),
    [
        ("source_file", 1),
        ("data_version", 1),
        ("slice", 1),
        ("observation", 1),
        ("load_report", 1),
        ("load_finding", 1),
        ("audit_event", 1),
    ],
)
def test_a_load_that_fails_half_way_leaves_nothing(regions: Database, table: str, number: int) -> None:
    before = count_rows(regions)

    with _breaking(regions, table, number), pytest.raises(Broken):
        load_here(regions, SAMPLES / HISTORY)

    assert count_rows(regions) == before
    assert load_here(regions, SAMPLES / HISTORY).is_new


@contextmanager
def _failing_at(db: Database, number: int) -> Iterator[list[str]]:
    """The statements that were sent; that of the given number (from 0) raises instead."""
    sent: list[str] = []

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)
        if len(sent) == number + 1:
            raise Broken(statement)

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize("name", ["vsv.csv", "huishoudens.csv"])
def test_r13_a_load_that_fails_at_any_statement_leaves_nothing(regions: Database, name: str) -> None:
    before, whole = count_rows(regions), False
    for number in range(500):
        with suppress(Broken), _failing_at(regions, number) as sent:
            load_here(regions, SAMPLES / name)
        whole = len(sent) <= number
        if whole:
            break
        assert count_rows(regions) == before, sent[-1]

    assert whole
    assert count_rows(regions)["data_version"] == 1


@pytest.mark.parametrize("table", ["region", "postcode", "gemeente_swv", "source_file", "audit_event"])
def test_region_facts_that_fail_half_way_leave_nothing(db: Database, table: str) -> None:
    load_here(db, SAMPLES / "codes-RegioS.json")
    before = count_rows(db)

    with _breaking(db, table, 1), pytest.raises(Broken):
        load_here(db, SAMPLES / "regeling.md")

    assert count_rows(db) == before


@pytest.mark.parametrize("table", ["version_slice", "audit_event"])
def test_a_publication_that_fails_half_way_changes_nothing(
    regions: Database, tmp_path: Path, table: str
) -> None:
    publish(regions, load_version(regions, SAMPLES / HISTORY), by=BY, accept=SEEN)
    newer = load_version(regions, changed(tmp_path, b";310", b";410"))
    before, shown = count_rows(regions), visible_figures(regions)

    with _breaking(regions, table, 1), pytest.raises(Broken):
        publish(regions, newer, by=BY, accept=SEEN)

    assert (count_rows(regions), visible_figures(regions)) == (before, shown)
    with regions.session() as session:
        assert session.get_one(DataVersion, newer).state == "staged"


@pytest.fixture(scope="module")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files of a larger invented world; the last one is worth killing."""
    return write_large_files(tmp_path_factory.mktemp("groot"))


def test_a_load_that_is_killed_leaves_nothing(
    db: Database, settings: Settings, large_files: list[Path]
) -> None:
    *region_files, history = large_files
    for path in region_files:
        load_here(db, path)
    before = count_rows(db)

    for seconds in (0.0, 0.03, 0.1):  # it writes for half a second
        assert _killed_load(db, settings, history, seconds) == b""
        assert count_rows(db) == before

    assert load_here(db, history).is_new


def _killed_load(db: Database, settings: Settings, path: Path, seconds: float) -> bytes:
    """The output of a load that was killed so many seconds after it began to write."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "load", str(path)],
        cwd=ROOT,
        env=environment(settings),
        stdout=subprocess.PIPE,
    )
    while not _somebody_writes(db):
        assert process.poll() is None, "the load ended before it was killed"
        time.sleep(0.005)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    process.kill()
    output, _ = process.communicate()
    while _somebody_writes(db):  # PostgreSQL notices a little later
        time.sleep(0.005)
    return output


def _somebody_writes(db: Database) -> bool:
    """Whether another connection has an open transaction that changed something."""
    if db.engine.dialect.name == "sqlite":
        return _is_locked(make_url(db.engine.url).database or "")
    with db.session() as session:
        mine = "pid <> pg_backend_pid() AND datname = current_database() AND backend_xid IS NOT NULL"
        return bool(session.scalar(text(f"SELECT count(*) FROM pg_stat_activity WHERE {mine}")))  # noqa: S608


def _is_locked(path: str) -> bool:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    else:
        return False
    finally:
        connection.close()


@pytest.mark.parametrize("name", [HISTORY, "regeling.md"])
def test_two_loads_of_the_same_file_at_once_are_one(
    db: Database, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for region_file in REGION_FILES if name == HISTORY else REGION_FILES[:1]:
        load_here(db, SAMPLES / region_file)
    both_have_looked = Barrier(2, timeout=120)

    @contextmanager
    def read(path: Path, reference: Reference, *, chosen: str | None) -> Iterator[Parsed]:
        with read_here(path, reference, chosen=chosen) as parsed:
            both_have_looked.wait()
            yield parsed

    def load(_number: int) -> LoadReport:
        return load_here(db, SAMPLES / name, read=read)

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(load, range(2)))

    assert sorted(report.is_new for report in reports) == [False, True]
    assert len({report.version_id for report in reports}) == 1
    with db.session() as session:
        assert len(session.scalars(select(SourceFile.id).where(SourceFile.name == name)).all()) == 1
        assert len(set(session.scalars(select(Slice.version_id)))) == (1 if name == HISTORY else 0)
