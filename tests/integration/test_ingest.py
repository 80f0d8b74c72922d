"""From a file to what officers see: wholly or not at all, once, and back again."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, func, make_url, select, text

from app.config import ROOT, Settings
from app.db import Database
from app.errors import LoadRefused
from app.indicators import Figure
from app.models import AuditEvent, Base, DataVersion, LoadProblem, Slice, SourceFile
from app.regions import RegionKind
from loaders.ingest import LoadReport, list_versions, load_file, publish
from loaders.observations import get_published_version, load_cross_section, load_series, load_sources
from loaders.profiles import check_needs
from loaders.reference import load_reference
from tests.samples.generated import write_large_files
from tests.samples.world import FIGURE_FILES, REFERENCE, REGION_FILES, SAMPLES
from tests.servers import environment

BY = "tester"
HISTORY = "historie-po.csv"


class Broken(Exception):
    """Raised by these tests in the middle of a load."""


@pytest.fixture
def regions(db: Database) -> Database:
    """A database that knows the invented regions and has no figures."""
    for name in REGION_FILES:
        load_file(db, SAMPLES / name, by=BY)
    return db


def _load(db: Database, name: str) -> int:
    report = load_file(db, SAMPLES / name, by=BY)
    assert report.version_id is not None
    return report.version_id


def _changed(tmp_path: Path, old: bytes, new: bytes, name: str = HISTORY) -> Path:
    """A sample with something replaced."""
    content = (SAMPLES / name).read_bytes()
    assert old in content
    path = tmp_path / name
    path.write_bytes(content.replace(old, new))
    return path


def _counts(db: Database) -> dict[str, int]:
    """Rows per table."""
    with db.session() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def _visible(db: Database, indicator: str = "ll-bao") -> dict[str, list[Figure]]:
    """Every figure of an indicator that officers see, by SWV and country."""
    with db.session() as session:
        version = get_published_version(session)
        return {} if version is None else load_series(session, version, indicator, ["NL01", "PO9001"])


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


def test_the_region_files_make_the_invented_world(regions: Database) -> None:
    with regions.session() as session:
        found = load_reference(session)

    unnamed = tuple(
        replace(area, name=area.code) if area.code[2:4] == "90" and area.code[0] in "PV" else area
        for area in found.areas
    )
    assert set(unnamed) == set(REFERENCE.areas)
    assert found.shares == REFERENCE.shares
    assert found.swv_of_postcode == REFERENCE.swv_of_postcode
    assert found.postcode_of_site == REFERENCE.postcode_of_site
    assert found.by_code["PO9001"].name == "SWV PO 90-01 Duinstad en Veendorp"


def test_a_loaded_file_is_staged_and_shows_nothing(regions: Database) -> None:
    version = _load(regions, HISTORY)

    with regions.session() as session:
        assert session.get_one(DataVersion, version).state == "staged"
    assert _visible(regions) == {}


def test_a_published_version_is_visible_with_its_source(regions: Database) -> None:
    version = _load(regions, HISTORY)

    publish(regions, version, by=BY)

    country = _visible(regions)["NL01"]
    assert [(figure.period, figure.low, figure.high) for figure in country] == [
        ("2011", 810, 810),
        ("2024", 810, 810),
        ("2025", 761, 764),
    ]
    with regions.session() as session:
        source = load_sources(session, version, ["ll-bao"])["ll-bao", "2025"]
    assert (source.file_name, source.publisher, source.version_id) == (HISTORY, "DUO", version)


@pytest.mark.parametrize("name", FIGURE_FILES)
def test_every_sample_can_be_loaded_and_published(regions: Database, name: str) -> None:
    report = load_file(regions, SAMPLES / name, by=BY)

    assert report.is_new
    assert report.version_id is not None
    publish(regions, report.version_id, by=BY)
    assert _counts(regions)["observation"] == report.observations > 0


def test_what_the_loader_noticed_is_kept_with_the_version(regions: Database) -> None:
    version = _load(regions, HISTORY)

    with regions.session() as session:
        sentences = session.scalars(
            select(LoadProblem.sentence).where(LoadProblem.version_id == version)
        ).all()
    assert any("9999" in sentence for sentence in sentences)


def test_loading_and_publishing_are_written_down(regions: Database) -> None:
    version = _load(regions, HISTORY)
    publish(regions, version, by="iemand anders")

    with regions.session() as session:
        events = session.execute(
            select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject)
            .order_by(AuditEvent.id.desc())
            .limit(2)
        ).all()
    assert [tuple(row) for row in events] == [
        ("iemand anders", "publish", f"versie {version}"),
        (BY, "load", f"versie {version}"),
    ]


@pytest.mark.parametrize("name", [*REGION_FILES, *FIGURE_FILES])
def test_the_same_file_twice_changes_nothing(regions: Database, name: str) -> None:
    first = load_file(regions, SAMPLES / name, by=BY)
    before = _counts(regions)

    second = load_file(regions, SAMPLES / name, by=BY)

    assert second.is_new is False
    assert second.version_id == first.version_id
    assert _counts(regions) == before


def test_the_same_content_under_another_name_changes_nothing(regions: Database, tmp_path: Path) -> None:
    version = _load(regions, HISTORY)
    copy = tmp_path / "kopie.csv"
    copy.write_bytes((SAMPLES / HISTORY).read_bytes())

    report = load_file(regions, copy, by=BY)

    assert (report.is_new, report.version_id) == (False, version)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b";999;280;300;310", b";999;280;300;veel", "1 cellen kloppen niet"),
        (b";9002;VEENDORP", b";9876;VEENDORP", "cellen kloppen niet"),
        (b";SBO;", b";XXX;", "cellen kloppen niet"),
        (b";999;280;300;310", b";999;280;300", "passen niet bij de kolomnamen"),
        (b"SOORT_VESTIGING", b"SOORT", "lijkt op geen"),
    ],
)
def test_a_wrong_file_is_refused_and_leaves_nothing(
    regions: Database, tmp_path: Path, old: bytes, new: bytes, reason: str
) -> None:
    before = _counts(regions)

    with pytest.raises(LoadRefused, match=reason):
        load_file(regions, _changed(tmp_path, old, new), by=BY)

    assert _counts(regions) == before


def test_figures_before_the_regions_are_refused(db: Database) -> None:
    with pytest.raises(LoadRefused, match="Laad eerst de codelijst"):
        load_file(db, SAMPLES / HISTORY, by=BY)

    assert set(_counts(db).values()) == {0}


def test_a_regulation_that_names_an_unknown_gemeente_is_refused(db: Database, tmp_path: Path) -> None:
    load_file(db, SAMPLES / "codes-RegioS.json", by=BY)
    before = _counts(db)

    with pytest.raises(LoadRefused, match="1 onbekende gemeenten") as caught:
        load_file(db, _changed(tmp_path, b"Hoogeloo", b"Nergens", "regeling.md"), by=BY)

    assert "'Nergens' bestond niet" in str(caught.value.problems[0])
    assert _counts(db) == before


def test_a_code_list_without_mergers_can_be_loaded(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "codes.json"
    path.write_text(
        '{"@odata.context": "x#RegioSCodes", "value": [{"Identifier": "GM9001", "Title": "Duinstad", '
        '"Description": "", "DimensionGroupId": "GMPV20"}]}',
        encoding="utf-8",
    )

    load_file(db, path, by=BY)

    assert (_counts(db)["region"], _counts(db)["region_succession"]) == (1, 0)


@pytest.mark.parametrize(
    ("table", "number"),
    [
        ("source_file", 1),
        ("data_version", 1),
        ("slice", 1),
        ("slice", 9),
        ("observation", 1),
        ("load_problem", 1),
        ("audit_event", 1),
    ],
)
def test_a_load_that_fails_half_way_leaves_nothing(regions: Database, table: str, number: int) -> None:
    before = _counts(regions)

    with _breaking(regions, table, number), pytest.raises(Broken):
        load_file(regions, SAMPLES / HISTORY, by=BY)

    assert _counts(regions) == before
    assert load_file(regions, SAMPLES / HISTORY, by=BY).is_new


@pytest.mark.parametrize("table", ["region", "postcode", "gemeente_swv", "source_file", "audit_event"])
def test_region_facts_that_fail_half_way_leave_nothing(db: Database, table: str) -> None:
    load_file(db, SAMPLES / "codes-RegioS.json", by=BY)
    before = _counts(db)

    with _breaking(db, table, 1), pytest.raises(Broken):
        load_file(db, SAMPLES / "regeling.md", by=BY)

    assert _counts(db) == before


@pytest.mark.parametrize("table", ["version_slice", "audit_event"])
def test_a_publication_that_fails_half_way_changes_nothing(
    regions: Database, tmp_path: Path, table: str
) -> None:
    publish(regions, _load(regions, HISTORY), by=BY)
    newer = load_file(regions, _changed(tmp_path, b";310", b";410"), by=BY).version_id or 0
    before, shown = _counts(regions), _visible(regions)

    with _breaking(regions, table, 1), pytest.raises(Broken):
        publish(regions, newer, by=BY)

    assert (_counts(regions), _visible(regions)) == (before, shown)
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
        load_file(db, path, by=BY)
    before = _counts(db)

    for seconds in (0.0, 0.05, 0.15):
        assert _killed_load(db, settings, history, seconds) == b""
        assert _counts(db) == before

    assert load_file(db, history, by=BY).is_new


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


def test_publishing_switches_and_going_back_shows_the_old_figures_exactly(
    regions: Database, tmp_path: Path
) -> None:
    first = _load(regions, HISTORY)
    publish(regions, first, by=BY)
    old = _visible(regions)
    second = load_file(regions, _changed(tmp_path, b";310", b";410"), by=BY).version_id or 0

    publish(regions, second, by=BY)
    new = _visible(regions)
    publish(regions, first, by=BY)

    assert (old["NL01"][-1].low, new["NL01"][-1].low) == (761, 861)
    assert _visible(regions) == old
    publish(regions, second, by=BY)
    assert _visible(regions) == new


def test_a_version_keeps_the_figures_of_others_that_it_does_not_bring(regions: Database) -> None:
    publish(regions, _load(regions, HISTORY), by=BY)
    history = _visible(regions)

    publish(regions, _load(regions, "vsv.csv"), by=BY)

    assert _visible(regions) == history
    with regions.session() as session:
        version = get_published_version(session) or 0
        leavers = load_cross_section(session, version, "vsv-vo-pct", "2015", RegionKind.SWV_VO)
    assert [(figure.region, figure.low) for figure in leavers] == [
        ("VO0001", 2.0),
        ("VO9001", 1.0),
        ("VO9002", 1.5),
    ]


def test_a_later_load_does_not_change_a_version_that_was_published_before(
    regions: Database, tmp_path: Path
) -> None:
    first = _load(regions, HISTORY)
    staged_in_between = _load(regions, "vsv.csv")
    publish(regions, first, by=BY)
    publish(regions, load_file(regions, _changed(tmp_path, b";310", b";410"), by=BY).version_id or 0, by=BY)
    publish(regions, staged_in_between, by=BY)

    publish(regions, first, by=BY)

    assert _visible(regions)["NL01"][-1].low == 761
    assert _visible(regions, "vsv-vo-pct") == {"NL01": [], "PO9001": []}


def test_publishing_twice_changes_nothing_but_the_audit(regions: Database) -> None:
    version = _load(regions, HISTORY)
    publish(regions, version, by=BY)
    before = _counts(regions)

    publish(regions, version, by=BY)

    assert _counts(regions) == before | {"audit_event": before["audit_event"] + 1}


@pytest.mark.parametrize("number", [999, 0, -1, 2**31, 2**63, 10**30])
def test_an_unknown_version_cannot_be_published(regions: Database, number: int) -> None:
    publish(regions, _load(regions, HISTORY), by=BY)
    shown = _visible(regions)

    with pytest.raises(LoadRefused, match=f"Versie {number} bestaat niet"):
        publish(regions, number, by=BY)

    assert _visible(regions) == shown


@pytest.mark.parametrize("name", [HISTORY, "regeling.md"])
def test_two_loads_of_the_same_file_at_once_are_one(
    db: Database, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for region_file in REGION_FILES if name == HISTORY else REGION_FILES[:1]:
        load_file(db, SAMPLES / region_file, by=BY)
    both_have_looked = Barrier(2, timeout=20)

    def wait_for_the_other(*arguments: Any) -> None:
        both_have_looked.wait()
        check_needs(*arguments)

    monkeypatch.setattr("loaders.ingest.check_needs", wait_for_the_other)

    def load(_number: int) -> LoadReport:
        return load_file(db, SAMPLES / name, by=BY)

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(load, range(2)))

    assert sorted(report.is_new for report in reports) == [False, True]
    assert len({report.version_id for report in reports}) == 1
    with db.session() as session:
        assert len(session.scalars(select(SourceFile.id).where(SourceFile.name == name)).all()) == 1
        assert len(set(session.scalars(select(Slice.version_id)))) == (1 if name == HISTORY else 0)


def test_the_list_of_versions_tells_which_one_is_visible(regions: Database) -> None:
    first = _load(regions, HISTORY)
    second = _load(regions, "vsv.csv")
    publish(regions, first, by=BY)

    with regions.session() as session:
        rows = list_versions(session)

    assert [(row.id, row.state, row.is_current, row.file, row.created_by) for row in rows] == [
        (second, "staged", False, "vsv.csv", BY),
        (first, "published", True, HISTORY, BY),
    ]
