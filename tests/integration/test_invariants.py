"""What must hold whatever is loaded, in whatever order, on a real database."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import Database
from app.divisions import Division
from app.errors import LoadRefused
from app.indicators import TOTAL, CellStatus, Indicator, PeriodStatus, Unit
from app.models import Observation, Region, Slice, VersionSlice
from app.regions import COUNTRY, RegionKind
from loaders.catalogue import load_catalogue
from loaders.checks import Checker, Level, Published, slices_of
from loaders.checks.context import is_delivered
from loaders.checks.findings import Finding
from loaders.checks.totals import find_rounding
from loaders.comparison import load_context
from loaders.divided import Reading, load_cross_section, load_slice_facts
from loaders.duo import read_history
from loaders.files import TextTable, read_table
from loaders.ingest import load_file
from loaders.observations import get_published_version
from loaders.publication import publish
from loaders.reference import load_reference
from loaders.starter import load_starter
from loaders.tidy import COLUMNS
from tests.databases import PostgresFactory, SqliteFactory
from tests.integration.loads import BY, HISTORY, SEEN, load_regions, load_version
from tests.samples.world import FIGURE_FILES, REGION_FILES, SAMPLES

Cells = frozenset[tuple[Any, ...]]
SMALL_FILES = ("vsv.csv", "leerlingen-vo.csv", "laag-inkomen-v4")

# Every example loads files: there are few of them, and a failing one is small enough as it is.
few = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

_CELL = [getattr(Observation, name) for name in COLUMNS if name not in {"indicator", "period", "region"}]
_CELLS = (
    select(Slice.indicator, Slice.period, Slice.status, Slice.division, Region.code, *_CELL)
    .join(Observation, Observation.slice_id == Slice.id)
    .join(Region, Region.id == Observation.region_id)
)


def seen(db: Database) -> Cells:
    """Every cell that officers see, with all that is kept of it but who loaded it."""
    with db.session() as session:
        query = _CELLS.join(VersionSlice, VersionSlice.slice_id == Slice.id)
        rows = session.execute(query.where(VersionSlice.version_id == get_published_version(session)))
        return frozenset(tuple(row) for row in rows)


def brought(db: Database, version: int) -> Cells:
    """Every cell of one load, whether published or not."""
    with db.session() as session:
        return frozenset(tuple(row) for row in session.execute(_CELLS.where(Slice.version_id == version)))


def overlaid(base: Cells, own: Cells) -> Cells:
    """What a version shows: its own slices, and those of the version before it that it does not replace."""
    replaced = {cell[:2] for cell in own}
    return own | {cell for cell in base if cell[:2] not in replaced}


@pytest.fixture(scope="module")
def world(sqlite_factory: SqliteFactory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the invented regions and no figures, to copy."""
    kept = tmp_path_factory.mktemp("world") / "world.sqlite"
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        load_regions(db)
        db.close()
        shutil.copy(url.removeprefix("sqlite:///"), kept)
    return kept


@contextmanager
def copied(world: Path) -> Iterator[Database]:
    path = world.with_name("copy.sqlite")
    for leftover in world.parent.glob("copy.sqlite*"):
        leftover.unlink()
    shutil.copy(world, path)
    db = Database(f"sqlite:///{path}")
    try:
        yield db
    finally:
        db.close()


@pytest.fixture(scope="module")
def by_file(world: Path) -> dict[str, Cells]:
    """file → what it brings into a database that has no figures yet."""
    found = {}
    for name in FIGURE_FILES:
        with copied(world) as db:
            found[name] = brought(db, load_version(db, SAMPLES / name))
    assert all(found.values())
    return found


@few
@given(st.permutations(FIGURE_FILES))
def test_the_order_of_independent_files_does_not_matter(
    world: Path, by_file: dict[str, Cells], order: list[str]
) -> None:
    with copied(world) as db:
        for name in order:
            publish(db, load_version(db, SAMPLES / name), by=BY, accept=SEEN)

        assert seen(db) == frozenset().union(*by_file.values())


def facts(db: Database) -> dict[str, frozenset[Any]]:
    """Everything that figures take from region facts, without the numbers of rows."""
    with db.session() as session:
        reference = load_reference(session)
    return {
        "areas": frozenset(reference.areas),
        "shares": frozenset(reference.shares),
        "postcodes": frozenset(reference.swv_of_postcode.items()),
        "sites": frozenset(reference.postcode_of_site.items()),
        "memberships": frozenset(reference.memberships),
    }


@settings(few, max_examples=5)
@given(st.permutations(REGION_FILES))
def test_the_order_of_region_files_does_not_matter_when_what_is_refused_is_tried_again(
    world: Path, sqlite_factory: SqliteFactory, order: list[str]
) -> None:
    with copied(world) as db:
        expected = facts(db)
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        waiting = list(order)
        for _ in REGION_FILES:
            waiting = [name for name in waiting if not _is_loaded(db, name)]
        found = facts(db)
        db.close()

    assert waiting == []
    assert found == expected


def _is_loaded(db: Database, name: str) -> bool:
    try:
        load_file(db, SAMPLES / name, by=BY)
    except LoadRefused:
        return False
    return True


fillings = st.lists(st.integers(1, 4), min_size=4, max_size=4)


@settings(few, max_examples=12)
@given(fillings)
@example([1, 1, 1, 1])
@example([4, 4, 4, 4])
def test_no_published_figure_leaves_out_a_way_to_fill_in_what_the_file_hides(
    world: Path, by_file: dict[str, Cells], filling: list[int]
) -> None:
    filled = _filled_in(filling)

    with copied(world) as db, db.session() as session:
        exact = read_history(filled, load_reference(session)).observations
    published = {cell[:2] + cell[4:6]: cell for cell in by_file[HISTORY]}
    keys = ["indicator", "period", "region", "breakdown"]
    assert {tuple(key) for key in exact[keys].to_numpy()} == set(published)
    for row in exact.to_dict("records"):
        bounds = published[tuple(row[key] for key in keys)][6:10]
        for name, low, high in zip(_PART_AND_WHOLE, bounds[::2], bounds[1::2], strict=True):
            assert pd.isna(row[name]) or low - 1e-9 <= row[name] <= high + 1e-9


_PART_AND_WHOLE = ("numerator_low", "denominator_low")


def _filled_in(filling: Sequence[int]) -> TextTable:
    """The sample of DUO's history with a number for each hidden cell."""
    content = (SAMPLES / HISTORY).read_bytes()
    assert content.count(b"<5") == len(filling)
    for number in filling:
        content = content.replace(b"<5", str(number).encode(), 1)
    return read_table(HISTORY, content)


acts = st.lists(st.one_of(st.sampled_from(SMALL_FILES), st.integers(0, 5)), min_size=4, max_size=10)


def act(db: Database, steps: Sequence[str | int]) -> None:
    """Load a file, or publish one of the versions so far, and look after each step at what is shown."""
    versions: list[int] = []
    shown: dict[int, Cells] = {}
    now: Cells = frozenset()
    for step in steps:
        if isinstance(step, str):
            report = load_file(db, SAMPLES / step, by=BY)
            assert report.version_id is not None
            versions += [report.version_id] if report.is_new else []
        elif versions:
            version = versions[step % len(versions)]
            publish(db, version, by=BY, accept=SEEN)
            now = shown.setdefault(version, overlaid(now, brought(db, version)))
        assert seen(db) == now


@settings(few, max_examples=6)
@given(acts)
def test_a_version_shows_the_same_figures_whenever_it_comes_back(world: Path, steps: list[str | int]) -> None:
    with copied(world) as db:
        act(db, steps)


@pytest.mark.postgres
def test_a_version_shows_the_same_figures_on_postgresql(postgres_factory: PostgresFactory) -> None:
    with postgres_factory.fresh(migrated=True) as url:
        db = Database(url)
        load_regions(db)

        act(db, ["vsv.csv", 0, "leerlingen-vo.csv", 1, 0, 1, "laag-inkomen-v4", 0, 2, 1, "vsv.csv", 2])

        db.close()


@pytest.fixture(scope="module")
def starter(sqlite_factory: SqliteFactory) -> Iterator[tuple[Database, int]]:
    """The figures of a new installation, and their version; tests only read them."""
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        with db.transaction() as session:
            version = load_starter(session, by=BY)
        yield db, version
        db.close()


@pytest.fixture(scope="module")
def starter_cells(starter: tuple[Database, int]) -> pd.DataFrame:
    """Those figures as the checks get them, with `period_status` and `division` of their slice."""
    with starter[0].session() as session:
        rows = session.execute(_CELLS).all()
    names = ["indicator", "period", "period_status", "division", "region", *(column.key for column in _CELL)]
    frame = pd.DataFrame(rows, columns=names)
    texts = {"indicator", "period", "region", "breakdown", "status"}
    return frame.astype(dict.fromkeys(set(COLUMNS) - texts, float))


def stops(db: Database, cells: pd.DataFrame) -> list[Finding]:
    """What the checks of a load would refuse these cells for, were nothing published yet."""
    with db.session() as session:
        context = load_context(session, load_reference(session), date(2026, 11, 24))
    checker = Checker(replace(context, published=Published()))
    for division, own in cells.groupby("division"):
        pairs = own[["indicator", "period", "period_status"]].drop_duplicates()
        statuses = {(name, period): PeriodStatus(status) for name, period, status in pairs.to_numpy()}
        checker.add_part(own[COLUMNS], statuses, str(division))
    for indicator, period, one in [] if checker.has_stopped else slices_of(cells[COLUMNS]):
        checker.add_slice(indicator, period, one)
    return [finding for finding in checker.report().findings if finding.level is Level.STOP]


def test_the_starter_figures_pass_the_checks_of_a_load(
    starter: tuple[Database, int], starter_cells: pd.DataFrame
) -> None:
    assert stops(starter[0], starter_cells) == []


def test_the_checks_would_have_stopped_a_wrong_starter_figure(
    starter: tuple[Database, int], starter_cells: pd.DataFrame
) -> None:
    is_first = starter_cells.index == starter_cells.index[0]
    wrong = starter_cells.assign(numerator_low=starter_cells["numerator_low"].mask(is_first, -1.0))

    assert stops(starter[0], wrong)


def _parts_of(indicator: Indicator, cells: pd.DataFrame) -> Iterator[tuple[pd.Series, pd.DataFrame]]:
    """(the total of a region and period, its parts) for each breakdown of which all parts are there."""
    own = cells[(cells["indicator"] == indicator.id) & is_delivered(cells)]
    for breakdown in indicator.breakdowns:
        codes = {category.code for category in breakdown.categories}
        for _, group in own.groupby(["period", "region"]):
            totals, parts = group[group["breakdown"] == TOTAL], group[group["breakdown"].isin(codes)]
            if len(totals) == 1 and set(parts["breakdown"]) == codes:
                yield totals.iloc[0], parts


def _misses(total: pd.Series, parts: pd.DataFrame, rounding: int) -> bool:
    """Whether the bounds of the parts, widened by the rounding, leave out the total."""
    slack = rounding * (len(parts) + 1) / 2
    is_open = parts["numerator_high"].isna().any() or pd.isna(total["numerator_high"])
    over = parts["numerator_low"].sum() - slack > total["numerator_high"]
    return bool(over or (not is_open and parts["numerator_high"].sum() + slack < total["numerator_low"]))


@pytest.mark.parametrize(("name", "adds_up"), [("jz-natura", True), ("jz-trajecten", False)])
def test_parts_add_up_to_their_whole_where_those_of_the_source_do(
    starter_cells: pd.DataFrame, name: str, *, adds_up: bool
) -> None:
    indicator = load_catalogue().indicators[name]
    rounding = find_rounding(starter_cells[starter_cells["indicator"] == name])

    pairs = list(_parts_of(indicator, starter_cells))

    assert {breakdown.adds_up for breakdown in indicator.breakdowns} == {adds_up}
    assert len(pairs) > 300
    assert any(_misses(total, parts, rounding) for total, parts in pairs) is not adds_up


def test_gemeenten_of_now_make_the_same_country_as_those_of_then(starter: tuple[Database, int]) -> None:
    db, version = starter
    counts = [each for each in load_catalogue() if each.unit is Unit.COUNT]
    different = []
    with db.session() as session:
        for indicator in counts:
            for period in load_slice_facts(session, version, indicator.id):
                sums = [
                    _sums(Reading(session, version, indicator, division), period) for division in Division
                ]
                if sums[0] != pytest.approx(sums[1], abs=1e-3):
                    different.append((indicator.id, period, *sums))

    assert different == []


def _sums(reading: Reading, period: str) -> tuple[float, float]:
    """Both bounds over all gemeenten; an open upper bound counts as its lower one, in either division."""
    figures = load_cross_section(reading, period, RegionKind.GEMEENTE)
    lows = [each.numerator_low or 0.0 for each in figures]
    highs = [
        low if each.numerator_high is None else each.numerator_high
        for low, each in zip(lows, figures, strict=True)
    ]
    return sum(lows), sum(highs)


def test_nothing_hidden_or_missing_reads_as_a_number(starter_cells: pd.DataFrame) -> None:
    cells = starter_cells
    is_missing = cells["status"] == CellStatus.MISSING
    is_bounded = cells["status"].isin([CellStatus.HIDDEN, CellStatus.PARTLY_HIDDEN])
    numbers = ["numerator_low", "numerator_high", "value"]

    assert cells.loc[is_missing, numbers].isna().all(axis=None)
    apart = (cells["numerator_low"] < cells["numerator_high"]) | (
        cells["denominator_low"] < cells["denominator_high"]
    )
    assert apart[is_bounded].all()
    assert not apart[cells["status"] == CellStatus.PRESENT].any()
    assert set(cells.loc[is_missing & (cells["region"] == COUNTRY), "indicator"]) <= {"jz-trajecten"}
