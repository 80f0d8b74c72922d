"""Reports, refused files, accepted warnings, revisions, and figures computed anew after new region facts."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from app.db import Database
from app.errors import LoadRefused
from app.indicators import PeriodStatus
from app.models import AuditEvent, DataVersion, SourceFile
from loaders.catalogue import load_catalogue
from loaders.checks import Check, Level
from loaders.publication import publish
from loaders.reference import Reference
from loaders.refused_files import hash_file, keep_file
from loaders.reports import FileRefused, list_refused, load_report
from loaders.revisions import load_revisions, revision_sentence
from loaders.sandbox import Parsed, Reader
from loaders.sandbox.parsing import read_here
from loaders.staging import stage
from loaders.tidy import Tidy, complete
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
from tests.samples.world import SAMPLES


@pytest.fixture
def regions(db: Database, invented_regions: None) -> Database:
    """A database that knows the invented regions and has no figures."""
    return db


def test_a_refused_file_is_kept_with_its_report_and_nothing_else_changes(
    regions: Database, tmp_path: Path
) -> None:
    before = count_rows(regions)
    path = changed(tmp_path, b";999;280;300;310", b";999;280;300;veel")

    with pytest.raises(FileRefused) as caught:
        load_here(regions, path, rejected=tmp_path / "rejected")

    assert count_rows(regions) == before
    with regions.session() as session:
        report = load_report(session, caught.value.report_id)
        assert [row.id for row in list_refused(session)] == [report.id]
    kept = tmp_path / "rejected" / report.kept_at
    assert kept.read_bytes() == path.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.name == f"{report.sha256}-{HISTORY}"
    assert (report.outcome, report.version_id, report.findings[0].level) == ("geweigerd", None, Level.STOP)


def test_refused_files_stay_within_their_room_the_oldest_out(tmp_path: Path) -> None:
    folder = tmp_path / "rejected"
    for number in range(3):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(b"x" * 40)
        kept = folder / keep_file(path, str(number), folder, most=100)
        os.utime(kept, (number, number))
    large = tmp_path / "groot.csv"
    large.write_bytes(b"x" * 101)

    assert keep_file(large, "9", folder, most=100) == ""
    assert sorted(one.name for one in folder.iterdir()) == ["1-1.csv", "2-2.csv"]


def test_a_folder_is_kept_as_one_file_under_a_harmless_name(tmp_path: Path) -> None:
    source = tmp_path / "een map; rm -rf"
    source.mkdir()
    (source / "a.csv").write_bytes(b"1")

    name = keep_file(source, hash_file(source)[0], tmp_path / "rejected")

    assert name.endswith("-een_map_rm_-rf.zip")


def test_warnings_must_be_accepted_and_the_reason_is_kept(regions: Database) -> None:
    version = load_version(regions, SAMPLES / HISTORY)

    with pytest.raises(LoadRefused, match="nog niemand heeft bevestigd"):
        publish(regions, version, by=BY)
    assert visible_figures(regions) == {}
    publish(regions, version, by=BY, accept="met DUO besproken")

    with regions.session() as session:
        assert session.get_one(DataVersion, version).note == "met DUO besproken"
        detail = session.scalar(
            select(AuditEvent.detail).where(AuditEvent.action == "publish").order_by(AuditEvent.id.desc())
        )
    assert detail == "met DUO besproken"


def test_going_back_to_a_published_version_asks_no_reason_again(regions: Database, tmp_path: Path) -> None:
    first = load_version(regions, SAMPLES / HISTORY)
    publish(regions, first, by=BY, accept=SEEN)
    second = load_version(regions, changed(tmp_path, b";310", b";410"))
    publish(regions, second, by=BY, accept=SEEN)
    shown = visible_figures(regions)

    publish(regions, first, by=BY)
    publish(regions, second, by=BY)

    assert visible_figures(regions) == shown


def test_new_region_facts_make_a_known_file_load_anew_and_only_then(
    regions: Database, tmp_path: Path
) -> None:
    first = load_version(regions, SAMPLES / HISTORY)
    assert not load_here(regions, SAMPLES / HISTORY).is_new
    load_here(regions, changed(tmp_path, b"90AA", b"90AZ", "adressen-po.csv"))

    again = load_here(regions, SAMPLES / HISTORY)

    assert again.is_new
    assert again.version_id != first
    assert not load_here(regions, SAMPLES / HISTORY).is_new
    assert load_here(regions, SAMPLES / HISTORY, again=True).is_new
    with regions.session() as session:
        assert len(session.scalars(select(SourceFile).where(SourceFile.name == HISTORY)).all()) == 1


def test_facts_that_others_replaced_can_be_put_back(regions: Database, tmp_path: Path) -> None:
    load_here(regions, changed(tmp_path, b"90AA", b"90AZ", "adressen-po.csv"))

    back = load_here(regions, SAMPLES / "adressen-po.csv")

    assert back.is_new
    assert not load_here(regions, SAMPLES / "adressen-po.csv").is_new


def _in_pieces(tidy: Tidy) -> Iterator[Tidy]:
    for start in range(0, len(tidy.observations), 7):
        yield replace(tidy, observations=tidy.observations.iloc[start : start + 7])


def _with_a_second_figure(tidy: Tidy) -> Iterator[Tidy]:
    yield tidy
    yield replace(tidy, observations=tidy.observations.head(1).assign(source_row=77.0))


def _changing(change: Callable[[Tidy], Iterator[Tidy]]) -> Reader:
    """A way to read that makes other pieces of each piece."""

    @contextmanager
    def read(path: Path, reference: Reference, *, chosen: str | None) -> Iterator[Parsed]:
        with read_here(path, reference, chosen=chosen) as parsed:
            yield replace(parsed, pieces=chain.from_iterable(map(change, parsed.pieces)))

    return read


def test_a_file_in_pieces_gives_the_same_figures_and_findings_as_in_one(
    regions: Database,
) -> None:
    whole = load_here(regions, SAMPLES / HISTORY)
    publish(regions, whole.version_id or 0, by=BY, accept=SEEN)
    shown = visible_figures(regions)

    pieces = load_here(regions, SAMPLES / HISTORY, again=True, read=_changing(_in_pieces))

    assert pieces.observations == whole.observations
    publish(regions, pieces.version_id or 0, by=BY, accept=SEEN)
    assert visible_figures(regions) == shown


def test_a_second_figure_in_a_later_piece_is_refused_with_both_rows(
    regions: Database,
) -> None:
    before = count_rows(regions)

    with pytest.raises(LoadRefused, match="twee dingen") as caught:
        load_here(regions, SAMPLES / "huishoudens.csv", read=_changing(_with_a_second_figure))

    (found,) = caught.value.problems
    assert (found.check, found.row) == (Check.DOUBLES, 77)  # type: ignore[attr-defined]
    assert count_rows(regions) == before


def test_a_revision_is_told_with_both_values_their_status_and_version(regions: Database) -> None:
    indicator = load_catalogue().indicators["jh-pct"]
    versions = []
    for value, status in ((13.1, PeriodStatus.PROVISIONAL), (13.6, PeriodStatus.FINAL)):
        with regions.transaction() as session:
            source = _source(value)
            session.add(source)
            session.flush()
            versions.append(stage(session, [(source, _one_share(value, status))], by=BY))
        publish(regions, versions[-1], by=BY)

    with regions.session() as session:
        revisions = load_revisions(session, indicator, "2022", "GM9001")

    assert revision_sentence(revisions, indicator) == (
        f"Was 13,1% (voorlopig, versie {versions[0]}), nu 13,6% (definitief, versie {versions[1]})."
    )
    assert revision_sentence(revisions[:1], indicator) == ""


def _source(value: float) -> SourceFile:
    return SourceFile(
        name="proef.csv",
        sha256=f"{value:064}",
        size=1,
        profile="proef",
        publisher="CBS",
        title="Proef",
        licence="CC0",
        lines=1,
        loaded_at=datetime(2026, 11, 2, tzinfo=UTC),
        loaded_by=BY,
    )


def _one_share(value: float, status: PeriodStatus) -> Tidy:

    cells = pd.DataFrame(
        {
            "indicator": ["jh-pct"],
            "period": ["2022"],
            "breakdown": ["totaal"],
            "region": ["GM9001"],
            "value": [value],
        }
    )
    return Tidy(complete(cells), {("jh-pct", "2022"): status})
