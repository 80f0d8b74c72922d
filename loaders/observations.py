"""Published figures from the database: SELECT to `Figure`s. The hot path: explicit columns, no frames."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, Subquery, bindparam, func, select
from sqlalchemy.orm import Session

from app.db import read_rows
from app.indicators import TOTAL, CellStatus, Figure, FigureSource, PeriodStatus, Unit
from app.models import Observation, Publication, Region, Slice, SourceFile, VersionSlice
from app.regions import COUNTRY, RegionKind

_CELL_COLUMNS = (
    Slice.period,
    Observation.breakdown,
    Observation.numerator_low,
    Observation.numerator_high,
    Observation.denominator_low,
    Observation.denominator_high,
    Observation.value,
    Observation.status,
    Slice.status,
    Observation.estimated,
    Observation.indirect,
    Slice.unit,
)
FIGURE_COLUMNS = (Region.code, *_CELL_COLUMNS)
"""What `figure_of` makes a figure of: the region's code first."""

# Statements are made once: making one costs as much as running it.
_PUBLISHED = select(Publication.version_id)
_CELLS = (
    select(*FIGURE_COLUMNS)
    .select_from(VersionSlice)
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .join(Observation, Observation.slice_id == VersionSlice.slice_id)
    .join(Region, Region.id == Observation.region_id)
    .where(VersionSlice.version_id == bindparam("version"), VersionSlice.indicator == bindparam("indicator"))
)
_IN_REGIONS = Region.code.in_(bindparam("regions", expanding=True))
_OF_PERIOD = VersionSlice.period == bindparam("period")
_OF_BREAKDOWN = Observation.breakdown == bindparam("breakdown")
_SERIES = _CELLS.where(_OF_BREAKDOWN, _IN_REGIONS).order_by(VersionSlice.period)
_BREAKDOWN = _CELLS.where(_OF_PERIOD, _IN_REGIONS).order_by(Observation.breakdown, Region.code)
_NAMED = _CELLS.where(_OF_PERIOD, _OF_BREAKDOWN, _IN_REGIONS).order_by(Region.code)
_KIND = _CELLS.where(_OF_PERIOD, _OF_BREAKDOWN, Region.kind == bindparam("kind")).order_by(Region.code)

_OF_VERSION = VersionSlice.version_id == bindparam("version")
_FILLED = select(VersionSlice.indicator).where(_OF_VERSION).distinct()
_IN_ORDER = (VersionSlice.slice_id, VersionSlice.indicator, VersionSlice.period)
_BY_AGE = select(*_IN_ORDER, VersionSlice.age).where(_OF_VERSION)
_BY_AGE_BEFORE = select(
    *_IN_ORDER,
    func.row_number()
    .over(partition_by=VersionSlice.indicator, order_by=VersionSlice.period.desc())
    .label("age"),
).where(_OF_VERSION, VersionSlice.period < bindparam("before"))
_REGION_IDS = select(Region.id, Region.code).where(_IN_REGIONS)


def _recent(slices: Subquery) -> Select[*tuple[Any, ...]]:
    """The cells of a few regions, by their ids, in slices that carry their age, oldest first."""
    return (
        select(Observation.region_id, *_CELL_COLUMNS, Slice.indicator)
        .select_from(slices)
        .join(Slice, Slice.id == slices.c.slice_id)
        .join(Observation, Observation.slice_id == slices.c.slice_id)
        .where(
            slices.c.age <= bindparam("periods"),
            Observation.breakdown.in_(bindparam("breakdowns", expanding=True)),
            Observation.region_id.in_(bindparam("ids", expanding=True)),
        )
        .order_by(slices.c.indicator, slices.c.period)
    )


_THESE = VersionSlice.indicator.in_(bindparam("indicators", expanding=True))
_RECENT, _RECENT_BEFORE = (_recent(slices.subquery()) for slices in (_BY_AGE, _BY_AGE_BEFORE))
_RECENT_OF, _RECENT_OF_BEFORE = (
    _recent(slices.where(_THESE).subquery()) for slices in (_BY_AGE, _BY_AGE_BEFORE)
)

_SOURCES = (
    select(
        VersionSlice.indicator,
        VersionSlice.period,
        SourceFile.name,
        SourceFile.sha256,
        SourceFile.publisher,
        SourceFile.title,
        SourceFile.licence,
        SourceFile.reference_date,
        SourceFile.loaded_at,
        Slice.version_id,
    )
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .join(SourceFile, SourceFile.id == Slice.source_file_id)
    .where(_OF_VERSION, _THESE)
)
_SOURCES_OF = _SOURCES.where(VersionSlice.period.in_(bindparam("periods", expanding=True)))

# Looking a status up is many times cheaper than making the enum member from its value.
_CELL_STATUSES = {status.value: status for status in CellStatus}
_PERIOD_STATUSES = {status.value: status for status in PeriodStatus}
_UNITS = {unit.value: unit for unit in Unit}


def get_published_version(session: Session) -> int | None:
    """The number of the version that officers see; None before the first publication."""
    return session.scalar(_PUBLISHED)


def load_periods(session: Session, version: int, indicator: str) -> list[str]:
    """Every period of an indicator, oldest first."""
    query = (
        select(VersionSlice.period)
        .where(VersionSlice.version_id == version, VersionSlice.indicator == indicator)
        .order_by(VersionSlice.period)
    )
    return list(session.scalars(query))


def load_all_periods(session: Session, version: int) -> dict[str, list[str]]:
    """indicator → its periods, oldest first, for every indicator that has figures."""
    query = (
        select(VersionSlice.indicator, VersionSlice.period)
        .where(VersionSlice.version_id == version)
        .order_by(VersionSlice.indicator, VersionSlice.period)
    )
    periods: dict[str, list[str]] = {}
    for indicator, period in session.execute(query):
        periods.setdefault(indicator, []).append(period)
    return periods


def load_filled(session: Session, version: int) -> frozenset[str]:
    """Every indicator that has figures."""
    return frozenset(session.scalars(_FILLED, {"version": version}))


def load_series(
    session: Session, version: int, indicator: str, regions: Sequence[str], *, breakdown: str = TOTAL
) -> dict[str, list[Figure]]:
    """region code → its figures, oldest first. A region without any figure has an empty list."""
    cell = {"version": version, "indicator": indicator, "breakdown": breakdown, "regions": list(regions)}
    series: dict[str, list[Figure]] = {code: [] for code in regions}
    for row in read_rows(session, _SERIES, cell):
        series[row[0]].append(figure_of(row, row[0]))
    return series


def load_breakdown(
    session: Session, version: int, indicator: str, period: str, regions: Sequence[str]
) -> list[Figure]:
    """Every category of one period for some regions, the total included, ordered by breakdown code."""
    cell = {"version": version, "indicator": indicator, "period": period, "regions": list(regions)}
    return [figure_of(row, row[0]) for row in read_rows(session, _BREAKDOWN, cell)]


def load_cross_section(
    session: Session,
    version: int,
    indicator: str,
    period: str,
    regions: RegionKind | Sequence[str],
    *,
    breakdown: str = TOTAL,
) -> list[Figure]:
    """One period of all regions of a kind, or of those named, ordered by code; without a row: left out."""
    cell = {"version": version, "indicator": indicator, "period": period, "breakdown": breakdown}
    if isinstance(regions, RegionKind):
        return [figure_of(row, row[0]) for row in read_rows(session, _KIND, {**cell, "kind": regions})]
    return [figure_of(row, row[0]) for row in read_rows(session, _NAMED, {**cell, "regions": list(regions)})]


def load_recent(
    session: Session,
    version: int,
    regions: Sequence[str],
    *,
    indicators: Sequence[str] | None = None,
    breakdowns: Sequence[str] = (TOTAL,),
    before: str | None = None,
    periods: int = 6,
    country_periods: int = 1,
) -> dict[tuple[str, str], dict[str, list[Figure]]]:
    """(indicator, breakdown) → {region: its last periods, 'NL01': its last ones}, oldest first.

    For pages that show many indicators at once: reads the last `periods` periods of each and no more. With
    `before` only periods that sort before it count: '2023' gives everything up to and with 2022 and 2022/23.

    Args:
        regions: one region, or a gemeente with those that it came from.
        indicators: their ids; None for all, which is cheaper than naming all of them.
        country_periods: at most `periods`.
    """
    found = read_rows(session, _REGION_IDS, {"regions": [*regions, COUNTRY]})
    code_of = {row[0]: row[1] for row in found}
    own = [number for number, code in code_of.items() if code in regions]
    country = [number for number in code_of if number not in own]
    cell: dict[str, Any] = {"version": version, "breakdowns": list(breakdowns), "before": before}
    query = _RECENT if before is None else _RECENT_BEFORE
    if indicators is not None:
        query = _RECENT_OF if before is None else _RECENT_OF_BEFORE
        cell["indicators"] = list(indicators)
    recent: dict[tuple[str, str], dict[str, list[Figure]]] = {}
    for ids, age in ((own, periods), (country, country_periods)):
        for row in read_rows(session, query, cell | {"ids": ids, "periods": age}) if ids else ():
            code = code_of[row[0]]
            recent.setdefault((row[-1], row[2]), {}).setdefault(code, []).append(figure_of(row, code))
    return recent


def load_sources(
    session: Session, version: int, indicators: Iterable[str], periods: Iterable[str] | None = None
) -> dict[tuple[str, str], FigureSource]:
    """(indicator, period) → where those figures came from; of some periods only, where they are named."""
    cell: dict[str, Any] = {"version": version, "indicators": list(indicators)}
    if periods is None:
        rows = read_rows(session, _SOURCES, cell)
    else:
        rows = read_rows(session, _SOURCES_OF, cell | {"periods": list(periods)})
    return {(row[0], row[1]): FigureSource(*row) for row in rows}


def figure_of(row: Sequence[Any], code: str) -> Figure:
    """The figure in a row of `FIGURE_COLUMNS`; what follows them is left alone."""
    _, period, breakdown, *counts, value, status, period_status, estimated, indirect, unit = row[:13]
    least, most, smallest, largest = counts
    return Figure(
        code,
        period,
        breakdown,
        least,
        most,
        smallest,
        largest,
        value,
        _CELL_STATUSES[status],
        _PERIOD_STATUSES[period_status],
        estimated,
        indirect,
        _UNITS[unit],
    )
