"""What holds of the figures of a new installation, whole: checks, sums, divisions, hidden cells."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from app.db import Database
from app.divisions import Division
from app.indicators import TOTAL, CellStatus, Indicator, PeriodStatus, Unit
from app.regions import COUNTRY, RegionKind
from loaders.catalogue import load_catalogue
from loaders.checks import Checker, Level, Published, slices_of
from loaders.checks.context import is_delivered
from loaders.checks.totals import find_rounding
from loaders.comparison import load_context
from loaders.divided import Reading, load_cross_section, load_slice_facts
from loaders.findings import Finding
from loaders.reference_store import load_reference
from loaders.starter import load_starter
from loaders.tidy import COLUMNS
from tests.databases import SqliteFactory
from tests.integration.loads import BY, CELL, CELLS


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
        rows = session.execute(CELLS).all()
    names = ["indicator", "period", "period_status", "division", "region", *(column.key for column in CELL)]
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
