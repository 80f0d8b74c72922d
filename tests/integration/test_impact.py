"""What a version that waits would change, from the database; and its contents, which publications renew."""

from pathlib import Path

from sqlalchemy import select

from app.db import Database
from app.impact import Impact, Way
from app.indicators import TOTAL, CellStatus
from app.models import DataVersion, Observation, Region, Slice, SourceFile, VersionSlice
from loaders.catalogue import load_catalogue
from loaders.contents import stage_contents
from loaders.impact import load_impact
from loaders.publication import publish
from loaders.removal import remove_version
from tests.integration import world
from tests.integration.loads import (
    BY,
    HISTORY,
    SEEN,
    changed,
    count_rows,
    load_here,
    load_version,
)
from tests.samples.world import SAMPLES

Cells = dict[str, tuple[float | None, float | None]]


def stage(db: Database, indicator: str, period: str, cells: Cells, *, whole: float | None = None) -> int:
    """A version that waits and brings one slice: region → lowest and highest numerator."""
    with db.transaction() as session:
        source = session.scalars(select(SourceFile.id)).first()
        version = DataVersion(created_at=world.NOW, created_by="test")
        session.add(version)
        session.flush()
        new = Slice(version_id=version.id, source_file_id=source, indicator=indicator, period=period)
        new.status, new.unit = "definitief", load_catalogue().indicators[indicator].unit
        session.add(new)
        session.flush()
        ids = {code: number for number, code in session.execute(select(Region.id, Region.code))}
        for code, (low, high) in cells.items():
            status = CellStatus.MISSING if low is None else CellStatus.PRESENT
            cell = {"numerator_low": low, "numerator_high": high, "breakdown": TOTAL, "region_id": ids[code]}
            status = CellStatus.HIDDEN if low != high else status
            ends = {"denominator_low": whole, "denominator_high": whole}
            session.add(Observation(slice_id=new.id, status=status, **cell, **ends))
        session.flush()
        stage_contents(session, version.id)
        return version.id


def impact_of(db: Database, version: int) -> Impact:
    with db.session() as session:
        return load_impact(session, version, load_catalogue())


def contents(db: Database, version: int) -> list[tuple[str, str, int, int]]:
    with db.session() as session:
        columns = (VersionSlice.indicator, VersionSlice.period, VersionSlice.slice_id, VersionSlice.age)
        rows = session.execute(
            select(*columns).where(VersionSlice.version_id == version).order_by(*columns[:2])
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def test_a_new_period_is_held_beside_the_latest_that_is_shown(filled: Database) -> None:
    cells: Cells = {"NL01": (1_370_000, 1_370_000), "PO2707": (70_000, 70_000), "PO2402": (9_100, 9_100)}

    found = impact_of(filled, stage(filled, "ll-bao", "2026", cells))

    (change,) = found.indicators.items
    assert (change.indicator.id, change.of(Way.NEW), change.of(Way.CHANGED)) == ("ll-bao", ("2026",), ())
    assert (change.shown_then[-1], change.shown_now[-1]) == ("2025", "2026")
    assert change.gone.items == ("GM0034", "GM0363", "GM0384", "PO2401")
    assert change.added.items == ()
    assert [(each.region, each.gap) for each in found.newest.items] == [("PO2707", (9_000, 9_000))]
    assert found.revised.count == 0
    assert found.name("PO2707") == "Amsterdam en Diemen"
    gemeenten, swvs = found.counts.items
    assert (gemeenten.then.known, gemeenten.now.regions) == (3, 0)
    assert (swvs.now.known, swvs.now.total) == (2, (79_100, 79_100))


def test_a_corrected_period_tells_movers_doors_and_status(filled: Database) -> None:
    cells: Cells = {
        "NL01": (1_400_000, 1_400_000),
        "PO2707": (62_000, 62_000),
        "PO2401": (18_500, 18_500),
        "PO2402": (1, 4),
        "GM0384": (12, 12),
    }

    found = impact_of(filled, stage(filled, "ll-bao", "2023", cells))

    assert found.cells == (5, 7, 5, 3, 1, 1)
    assert [(each.region, each.gap) for each in found.revised.items] == [("PO2401", (500, 500))]
    assert [(each.region, each.opens) for each in found.doors.items] == [("GM0384", True), ("PO2402", False)]
    assert found.newest.count == 0


def test_a_region_that_turns_beside_the_country_is_told(filled: Database) -> None:
    cells: Cells = {"NL01": (2_400, 2_400), "PO2707": (3_000, 3_000), "PO2401": (2_500, 2_500)}

    found = impact_of(filled, stage(filled, "deel-sbo-pct", "2025", cells, whole=100_000))

    assert [(each.region, each.turns) for each in found.flips.items] == [("PO2707", True)]


def test_the_version_that_is_shown_changes_nothing(filled: Database) -> None:
    with filled.session() as session:
        version = session.scalars(select(DataVersion.id).where(DataVersion.state == "published")).one()

    assert impact_of(filled, version).is_nothing


def test_before_the_first_publication_everything_is_new(invented_regions: None, db: Database) -> None:
    version = load_version(db, SAMPLES / HISTORY)

    found = impact_of(db, version)

    assert found.base is None
    assert {way for each in found.indicators.items for way in Way if each.of(way)} == {Way.NEW}
    assert found.cells.added == found.cells.now > 0


def test_a_loaded_version_has_its_contents_at_once_and_anew_after_each_publication(
    invented_regions: None, db: Database, tmp_path: Path
) -> None:
    first, waiting = load_version(db, SAMPLES / HISTORY), load_version(db, SAMPLES / "vsv.csv")
    alone = contents(db, waiting)

    publish(db, first, by=BY, accept=SEEN)
    upon_first = contents(db, waiting)
    publish(db, load_version(db, changed(tmp_path, b";310", b";410")), by=BY, accept=SEEN)
    upon_second = contents(db, waiting)
    publish(db, first, by=BY)

    assert {row[0] for row in alone} == {"vsv-vo-pct"}
    assert {row[:2] for row in upon_first} == {row[:2] for row in alone + contents(db, first)}
    assert upon_second != upon_first
    assert contents(db, waiting) == upon_first
    assert [row[3] for row in upon_first if row[0] == "ll-bao"] == [3, 2, 1]


def test_what_was_previewed_is_what_is_published(invented_regions: None, db: Database) -> None:
    publish(db, load_version(db, SAMPLES / HISTORY), by=BY, accept=SEEN)
    version = load_version(db, SAMPLES / "vsv.csv")
    preview = contents(db, version)

    publish(db, version, by=BY, accept=SEEN)

    assert contents(db, version) == preview


def test_a_removed_version_leaves_no_row_and_its_file_can_be_loaded_again(
    invented_regions: None, db: Database
) -> None:
    before = count_rows(db)
    version = load_version(db, SAMPLES / HISTORY)

    remove_version(db, version, by=BY)

    assert count_rows(db) == before | {"audit_event": before["audit_event"] + 2}
    assert load_version(db, SAMPLES / HISTORY)


def test_a_file_that_another_version_uses_stays(invented_regions: None, db: Database) -> None:
    publish(db, load_version(db, SAMPLES / HISTORY), by=BY, accept=SEEN)
    files = count_rows(db)["source_file"]
    version = load_here(db, SAMPLES / HISTORY, again=True).version_id or 0

    remove_version(db, version, by=BY)

    assert count_rows(db)["source_file"] == files
