"""Where one figure came from: its slice, file, version and report in one query, with the rows behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from app.contributions import SwvRoute
from app.divisions import division_day
from app.indicators import TOTAL, Figure
from app.models import (
    DataVersion,
    LoadFinding,
    LoadReportRow,
    Observation,
    Region,
    Slice,
    SourceFile,
    VersionSlice,
)
from app.provenance import Making, Origin, Provenance, Revised, Term
from app.regions import SWVS, RegionKind, RegionName
from loaders import observations
from loaders.areas import load_names, load_parts
from loaders.divided import Reading, load_cross_section, load_origins
from loaders.findings import Level
from loaders.revisions import load_revisions

MOST_REMARKS = 5
"""A file with many warnings has a report; a figure's page shows the first few that bear on it."""

MOST_REVISED = 6
"""Of a figure made of more gemeenten than this, the page does not tell the changes of each."""

_OF_GEMEENTEN = (
    select(func.count())
    .select_from(Observation)
    .join(Region, Region.id == Observation.region_id)
    .where(
        Observation.slice_id == Slice.id,
        Observation.breakdown == bindparam("breakdown"),
        Region.kind == RegionKind.GEMEENTE,
    )
    .correlate(Slice)
)
_REPORT = (
    select(func.max(LoadReportRow.id))
    .where(LoadReportRow.version_id == Slice.version_id, LoadReportRow.sha256 == SourceFile.sha256)
    .correlate(Slice, SourceFile)
    .scalar_subquery()
)
_OF_SLICE = (
    VersionSlice.version_id == bindparam("version"),
    VersionSlice.indicator == bindparam("indicator"),
    VersionSlice.period == bindparam("period"),
)
# Statements are made once: making one costs as much as running it.
_ORIGIN = (
    select(
        SourceFile.name,
        SourceFile.sha256,
        SourceFile.lines,
        SourceFile.publisher,
        SourceFile.title,
        SourceFile.licence,
        SourceFile.reference_date,
        SourceFile.is_starter,
        Slice.version_id,
        DataVersion.created_at,
        DataVersion.created_by,
        DataVersion.published_at,
        func.coalesce(DataVersion.published_by, ""),
        Slice.division,
        Slice.swv_route,
        _OF_GEMEENTEN.scalar_subquery(),
        _OF_GEMEENTEN.where(Observation.source_row.is_not(None)).scalar_subquery(),
        _REPORT,
    )
    .select_from(VersionSlice)
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .join(SourceFile, SourceFile.id == Slice.source_file_id)
    .join(DataVersion, DataVersion.id == Slice.version_id)
    .where(*_OF_SLICE)
)
_ROWS = (
    select(Region.code, Observation.source_row)
    .select_from(VersionSlice)
    .join(Observation, Observation.slice_id == VersionSlice.slice_id)
    .join(Region, Region.id == Observation.region_id)
    .where(
        *_OF_SLICE,
        Observation.breakdown == bindparam("breakdown"),
        Observation.source_row.is_not(None),
        Region.code.in_(bindparam("codes", expanding=True)),
    )
)
_REMARKS = (
    select(LoadFinding.sentence)
    .where(
        LoadFinding.report_id == bindparam("report"),
        LoadFinding.severity == Level.WARN,
        or_(LoadFinding.indicator.is_(None), LoadFinding.indicator == bindparam("indicator")),
        or_(LoadFinding.period.is_(None), LoadFinding.period == bindparam("period")),
        or_(LoadFinding.region.is_(None), LoadFinding.region == bindparam("region")),
    )
    .order_by(LoadFinding.id)
    .limit(MOST_REMARKS)
)


def load_provenance(
    reading: Reading, region: RegionName, period: str, *, breakdown: str = TOTAL
) -> Provenance:
    """Where one published figure came from; without figure or origin where there is none."""
    found = load_cross_section(reading, period, [region.code], breakdown=breakdown)
    figure = found[0] if found else None
    origin = _load_origin(reading, region, period, breakdown)
    row = None
    if figure is not None and not figure.converted:
        row = _load_rows(reading, period, breakdown, [region.code]).get(region.code)
    bare = Provenance(region, reading.indicator, period, figure, origin, reading.version, row)
    if figure is None or origin is None:
        return bare
    terms, weights = _load_terms(reading, bare, breakdown)
    revisions = _load_revisions(reading, figure, origin, terms)
    return replace(bare, terms=tuple(terms.values()), weights=weights, revisions=revisions)


def _load_origin(reading: Reading, region: RegionName, period: str, breakdown: str) -> Origin | None:
    cell = {
        "version": reading.version,
        "indicator": reading.indicator.id,
        "period": period,
        "breakdown": breakdown,
    }
    row = reading.session.execute(_ORIGIN, cell).first()
    if row is None:
        return None
    values: list[Any] = list(row)
    *facts, division, route, gemeenten, with_row, report = values
    asked = {"report": report, "indicator": reading.indicator.id, "period": period, "region": region.code}
    remarks = reading.session.scalars(_REMARKS, asked).all() if report else ()
    fields: list[Any] = [*facts, division, division_day(period, division)]
    fields += [SwvRoute(route) if route else None, gemeenten, with_row > 0, report, tuple(remarks)]
    return Origin(*fields)


def _load_rows(reading: Reading, period: str, breakdown: str, codes: Sequence[str]) -> dict[str, int]:
    """region code → the row in the file, for those of which one row says the figure."""
    cell: dict[str, Any] = {"version": reading.version, "indicator": reading.indicator.id}
    cell |= {"period": period, "breakdown": breakdown, "codes": list(codes)}
    return {code: row for code, row in reading.session.execute(_ROWS, cell) if row is not None}


def _load_terms(
    reading: Reading, bare: Provenance, breakdown: str
) -> tuple[Mapping[str, Term], tuple[str, ...]]:
    """region code → what it brings, in the order of the page, and by which weights gemeenten were divided."""
    if bare.making in (Making.CONVERTED, Making.REFUSED):
        parts = load_origins(reading, bare.region.code, bare.period, breakdown=breakdown)
        pieces = {figure.region: (share, figure) for figure, share in parts}
        names = load_names(reading.session, list(pieces))
        rows = _load_rows(reading, bare.period, breakdown, list(pieces))
        terms = {code: Term(names[code].name, *piece, rows.get(code)) for code, piece in pieces.items()}
        return terms, ()
    if bare.region.kind in SWVS and bare.making in (Making.GEMEENTEN, Making.SCHOOLS):
        return _load_swv_terms(reading, bare, breakdown)
    return {}, ()


def _load_swv_terms(
    reading: Reading, bare: Provenance, breakdown: str
) -> tuple[Mapping[str, Term], tuple[str, ...]]:
    assert bare.origin is not None and bare.figure is not None  # noqa: S101, PT018 - `making` looked
    parts = load_parts(reading.session, bare.region.code, year=bare.origin.division_day.year)
    is_divided = bare.figure.estimated > 0
    weights = dict.fromkeys(part.weight_name for part in parts if is_divided and part.weight_name)
    if bare.making is Making.SCHOOLS:
        return {}, tuple(weights)
    codes = [part.gemeente.code for part in parts]
    where = (reading.session, reading.version, reading.indicator.id, bare.period)
    figures = {
        each.region: each for each in observations.load_cross_section(*where, codes, breakdown=breakdown)
    }
    rows = _load_rows(reading, bare.period, breakdown, codes)
    terms = {
        part.gemeente.code: Term(
            part.gemeente.name, part.share, figures.get(part.gemeente.code), rows.get(part.gemeente.code)
        )
        for part in parts
    }
    return terms, tuple(weights)


def _load_revisions(
    reading: Reading, figure: Figure, origin: Origin, terms: Mapping[str, Term]
) -> tuple[Revised, ...]:
    """What published versions said, up to the one that is shown: not what was taken back later."""
    if not figure.converted:
        return tuple(_revised(reading, figure, origin, name=""))
    if len(terms) > MOST_REVISED:
        return ()
    return tuple(
        revised
        for term in terms.values()
        if term.figure is not None
        for revised in _revised(reading, term.figure, origin, name=term.name)
    )


def _revised(reading: Reading, figure: Figure, origin: Origin, *, name: str) -> list[Revised]:
    found = load_revisions(
        reading.session, reading.indicator, figure.period, figure.region, breakdown=figure.breakdown
    )
    return [
        Revised(each.version_id, each.published_at, each.figure, name)
        for each in found
        if each.version_id <= origin.version_id
    ]
