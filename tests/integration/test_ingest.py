"""From a file to what officers see: wholly or not at all, once, and back again."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import Database
from app.errors import LoadRefused
from app.models import AuditEvent, DataVersion, LoadFinding, LoadReportRow
from app.regions import RegionKind
from loaders.observations import get_published_version, load_cross_section, load_sources
from loaders.publication import publish
from loaders.reference_store import load_reference
from loaders.versions import list_versions
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
from tests.samples.world import FIGURE_FILES, REFERENCE, REGION_FILES, SAMPLES


@pytest.fixture
def regions(db: Database, invented_regions: None) -> Database:
    """A database that knows the invented regions and has no figures."""
    return db


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
    version = load_version(regions, SAMPLES / HISTORY)

    with regions.session() as session:
        assert session.get_one(DataVersion, version).state == "staged"
    assert visible_figures(regions) == {}


def test_a_published_version_is_visible_with_its_source(regions: Database) -> None:
    version = load_version(regions, SAMPLES / HISTORY)

    publish(regions, version, by=BY, accept=SEEN)

    country = visible_figures(regions)["NL01"]
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
    report = load_here(regions, SAMPLES / name)

    assert report.is_new
    assert report.version_id is not None
    publish(regions, report.version_id, by=BY, accept=SEEN)
    assert count_rows(regions)["observation"] == report.observations > 0


def test_what_the_loader_noticed_is_kept_with_the_version(regions: Database) -> None:
    version = load_version(regions, SAMPLES / HISTORY)

    with regions.session() as session:
        sentences = session.scalars(
            select(LoadFinding.sentence)
            .join(LoadReportRow, LoadReportRow.id == LoadFinding.report_id)
            .where(LoadReportRow.version_id == version)
        ).all()
    assert any("9999" in sentence for sentence in sentences)


def test_loading_and_publishing_are_written_down(regions: Database) -> None:
    version = load_version(regions, SAMPLES / HISTORY)
    publish(regions, version, by="iemand anders", accept=SEEN)

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
    first = load_here(regions, SAMPLES / name)
    before = count_rows(regions)

    second = load_here(regions, SAMPLES / name)

    assert second.is_new is False
    assert second.version_id == first.version_id
    assert count_rows(regions) == before


def test_the_same_content_under_another_name_changes_nothing(regions: Database, tmp_path: Path) -> None:
    version = load_version(regions, SAMPLES / HISTORY)
    copy = tmp_path / "kopie.csv"
    copy.write_bytes((SAMPLES / HISTORY).read_bytes())

    report = load_here(regions, copy)

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
    before = count_rows(regions)

    with pytest.raises(LoadRefused, match=reason):
        load_here(regions, changed(tmp_path, old, new))

    assert count_rows(regions) == before


def test_figures_before_the_regions_are_refused(db: Database) -> None:
    with pytest.raises(LoadRefused, match="Laad eerst de codelijst"):
        load_here(db, SAMPLES / HISTORY)

    assert set(count_rows(db).values()) == {0}


def test_a_regulation_that_names_an_unknown_gemeente_is_refused(db: Database, tmp_path: Path) -> None:
    load_here(db, SAMPLES / "codes-RegioS.json")
    before = count_rows(db)

    with pytest.raises(LoadRefused, match="1 onbekende gemeenten") as caught:
        load_here(db, changed(tmp_path, b"Hoogeloo", b"Nergens", "regeling.md"))

    assert "'Nergens' bestond niet" in str(caught.value.problems[0])
    assert count_rows(db) == before


def test_a_code_list_without_mergers_can_be_loaded(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "codes.json"
    path.write_text(
        '{"@odata.context": "x#RegioSCodes", "value": [{"Identifier": "GM9001", "Title": "Duinstad", '
        '"Description": "", "DimensionGroupId": "GMPV20"}]}',
        encoding="utf-8",
    )

    load_here(db, path)

    assert (count_rows(db)["region"], count_rows(db)["region_succession"]) == (1, 0)


def test_publishing_switches_and_going_back_shows_the_old_figures_exactly(
    regions: Database, tmp_path: Path
) -> None:
    first = load_version(regions, SAMPLES / HISTORY)
    publish(regions, first, by=BY, accept=SEEN)
    old = visible_figures(regions)
    second = load_version(regions, changed(tmp_path, b";310", b";410"))

    publish(regions, second, by=BY, accept=SEEN)
    new = visible_figures(regions)
    publish(regions, first, by=BY, accept=SEEN)

    assert (old["NL01"][-1].low, new["NL01"][-1].low) == (761, 861)
    assert visible_figures(regions) == old
    publish(regions, second, by=BY, accept=SEEN)
    assert visible_figures(regions) == new


def test_a_version_keeps_the_figures_of_others_that_it_does_not_bring(regions: Database) -> None:
    publish(regions, load_version(regions, SAMPLES / HISTORY), by=BY, accept=SEEN)
    history = visible_figures(regions)

    publish(regions, load_version(regions, SAMPLES / "vsv.csv"), by=BY, accept=SEEN)

    assert visible_figures(regions) == history
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
    first = load_version(regions, SAMPLES / HISTORY)
    staged_in_between = load_version(regions, SAMPLES / "vsv.csv")
    publish(regions, first, by=BY, accept=SEEN)
    publish(regions, load_version(regions, changed(tmp_path, b";310", b";410")), by=BY, accept=SEEN)
    publish(regions, staged_in_between, by=BY, accept=SEEN)

    publish(regions, first, by=BY, accept=SEEN)

    assert visible_figures(regions)["NL01"][-1].low == 761
    assert visible_figures(regions, "vsv-vo-pct") == {"NL01": [], "PO9001": []}


def test_publishing_twice_changes_nothing_but_the_audit(regions: Database) -> None:
    version = load_version(regions, SAMPLES / HISTORY)
    publish(regions, version, by=BY, accept=SEEN)
    before = count_rows(regions)

    publish(regions, version, by=BY, accept=SEEN)

    assert count_rows(regions) == before | {"audit_event": before["audit_event"] + 1}


@pytest.mark.parametrize("number", [999, 0, -1, 2**31, 2**63, 10**30])
def test_an_unknown_version_cannot_be_published(regions: Database, number: int) -> None:
    publish(regions, load_version(regions, SAMPLES / HISTORY), by=BY, accept=SEEN)
    shown = visible_figures(regions)

    with pytest.raises(LoadRefused, match=f"Versie {number} bestaat niet"):
        publish(regions, number, by=BY, accept=SEEN)

    assert visible_figures(regions) == shown


def test_the_list_of_versions_tells_which_one_isvisible_figures(regions: Database) -> None:
    first = load_version(regions, SAMPLES / HISTORY)
    second = load_version(regions, SAMPLES / "vsv.csv")
    publish(regions, first, by=BY, accept=SEEN)

    with regions.session() as session:
        rows = list_versions(session)

    assert [(row.id, row.state, row.is_current, row.file, row.created_by) for row in rows] == [
        (second, "staged", False, "vsv.csv", BY),
        (first, "published", True, HISTORY, BY),
    ]
