"""Published figures on the gemeenten of now: read as delivered, computed where something happened to them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app.contributions import SwvRoute
from app.db import read_rows
from app.divisions import OWN_YEAR, Division, Part, division_day, parts_of, to_today
from app.indicators import TOTAL, Figure, Indicator
from app.mergers import History, Move
from app.models import Region, RegionSuccession, Slice, VersionSlice
from app.regions import RegionKind, kind_of
from loaders import observations
from loaders.catalogue import Catalogue

# Statements are made once: making one costs as much as running it.
_OLD, _NEW = aliased(Region), aliased(Region)
_MOVES = (
    select(_OLD.code, _NEW.code, RegionSuccession.happened_on, RegionSuccession.share)
    .join(_OLD, _OLD.id == RegionSuccession.old_region_id)
    .join(_NEW, _NEW.id == RegionSuccession.new_region_id)
    .order_by(RegionSuccession.happened_on, _OLD.code, _NEW.code)
)
_BEGAN = select(Region.code, Region.valid_from).where(
    Region.kind == RegionKind.GEMEENTE, Region.valid_from.is_not(None)
)
_FACTS = (
    select(VersionSlice.period, Slice.division, Slice.swv_route)
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .where(VersionSlice.version_id == bindparam("version"), VersionSlice.indicator == bindparam("indicator"))
    .order_by(VersionSlice.period)
)
_DIVISIONS = (
    select(VersionSlice.indicator, VersionSlice.period, Slice.division)
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .where(VersionSlice.version_id == bindparam("version"), VersionSlice.period >= bindparam("first"))
    .order_by(VersionSlice.indicator, VersionSlice.period)
)
_IS_AFFECTED = (
    select(RegionSuccession.old_region_id)
    .join(Region, Region.id.in_([RegionSuccession.new_region_id, RegionSuccession.old_region_id]))
    .where(Region.code.in_(bindparam("codes", expanding=True)))
    .limit(1)
)

Convert = Callable[[Sequence[Figure]], Mapping[str, Figure]]
"""Figures of one period and breakdown as delivered → region → its figure on the gemeenten of now."""


@dataclass(frozen=True, slots=True)
class SliceFacts:
    """On which division the figures of one period stand, and how those of SWVs came about."""

    period: str
    division: str
    route: SwvRoute | None

    @property
    def day(self) -> date:
        """The day whose gemeenten the figures stand on."""
        return division_day(self.period, self.division)

    @property
    def is_of_own_year(self) -> bool:
        """Whether the source gives the division of the period itself."""
        return self.division == OWN_YEAR


@dataclass(frozen=True)
class Reading:
    """Where to read: one indicator in a version that officers see, on the gemeenten of now or of then."""

    session: Session
    version: int
    indicator: Indicator
    division: Division = Division.NOW


def load_slice_facts(session: Session, version: int, indicator: str) -> dict[str, SliceFacts]:
    """period → what its slice says of regions, oldest first."""
    rows = read_rows(session, _FACTS, {"version": version, "indicator": indicator})
    return {row[0]: SliceFacts(row[0], row[1], SwvRoute(row[2]) if row[2] else None) for row in rows}


def load_history(session: Session) -> History:
    """All mergers and splits that the database knows."""
    moves = tuple(Move(*row) for row in read_rows(session, _MOVES, {}))
    involved = {code for move in moves for code in (move.old, move.new)}
    began = {code: day for code, day in read_rows(session, _BEGAN, {}) if day and code in involved}
    return History(moves, began)


def load_series(
    reading: Reading, regions: Sequence[str], *, breakdown: str = TOTAL
) -> dict[str, list[Figure]]:
    """region code → its figures, oldest first. A region without any figure has an empty list."""
    history = _history_for(reading, regions)
    where = (reading.session, reading.version, reading.indicator.id)
    asked = regions if history is None else _with_families(regions, history)
    found = observations.load_series(*where, asked, breakdown=breakdown)
    if history is None:
        return found
    figures = [figure for series in found.values() for figure in series]
    return _by_region(_converter(reading, history, regions), figures, regions)


def _by_region(
    convert: Convert, figures: Iterable[Figure], regions: Sequence[str]
) -> dict[str, list[Figure]]:
    """region code → its figures on the gemeenten of now, oldest first, from those of all its family."""
    by_period: dict[str, list[Figure]] = {}
    for figure in figures:
        by_period.setdefault(figure.period, []).append(figure)
    converted: dict[str, list[Figure]] = {code: [] for code in regions}
    for period in sorted(by_period):
        for code, figure in convert(by_period[period]).items():
            converted[code].append(figure)
    return converted


def load_cross_section(
    reading: Reading, period: str, regions: RegionKind | Sequence[str], *, breakdown: str = TOTAL
) -> list[Figure]:
    """One period of all regions of a kind, or of those named, ordered by code; without a row: left out."""
    wanted = None if isinstance(regions, RegionKind) else regions
    history = _history_for(reading, regions)
    asked = regions if history is None or wanted is None else _with_families(wanted, history)
    where = (reading.session, reading.version, reading.indicator.id, period)
    found = observations.load_cross_section(*where, asked, breakdown=breakdown)
    if history is None:
        return found
    return sorted(_converter(reading, history, wanted)(found).values(), key=attrgetter("region"))


def load_breakdown(reading: Reading, period: str, regions: Sequence[str]) -> list[Figure]:
    """Every category of one period for some regions, the total included, ordered by breakdown code."""
    history = _history_for(reading, regions)
    asked = regions if history is None else _with_families(regions, history)
    where = (reading.session, reading.version, reading.indicator.id, period)
    found = observations.load_breakdown(*where, asked)
    if history is None:
        return found
    by_breakdown: dict[str, list[Figure]] = {}
    for figure in found:
        by_breakdown.setdefault(figure.breakdown, []).append(figure)
    convert = _converter(reading, history, regions)
    return [figure for group in by_breakdown.values() for figure in convert(group).values()]


Recent = dict[tuple[str, str], dict[str, list[Figure]]]


def load_recent(session: Session, version: int, region: str, catalogue: Catalogue, **options: Any) -> Recent:
    """`observations.load_recent` on the gemeenten of now; `options` are those of that function.

    A gemeente to which nothing happened costs one small query more, any other kind of region nothing.
    """
    if kind_of(region) is not RegionKind.GEMEENTE or not _is_affected(session, [region]):
        return observations.load_recent(session, version, [region], **options)
    history = load_history(session)
    family = {region, *history.family(region)}
    found = observations.load_recent(session, version, sorted(family), **options)
    figures = [figure for by_code in found.values() for each in by_code.values() for figure in each]
    divisions = _load_divisions(session, version, min((each.period for each in figures), default=""))
    converted: Recent = {}
    for (name, breakdown), by_code in found.items():
        if (indicator := catalogue.get(name)) is None:
            continue
        convert = _convert_with(history, divisions[name], indicator, [region])
        parts = [figure for code in family & by_code.keys() for figure in by_code[code]]
        series = _by_region(convert, parts, [region])
        others = {code: each for code, each in by_code.items() if code not in family}
        converted[name, breakdown] = others | {code: each for code, each in series.items() if each}
    return converted


def _load_divisions(session: Session, version: int, first: str) -> dict[str, dict[str, str]]:
    """indicator → period → the division of its slice, from a first period on: one statement for a page."""
    divisions: dict[str, dict[str, str]] = {}
    for name, period, division in read_rows(session, _DIVISIONS, {"version": version, "first": first}):
        divisions.setdefault(name, {})[period] = division
    return divisions


def load_origins(reading: Reading, code: str, period: str, *, breakdown: str = TOTAL) -> list[Part]:
    """The figures as delivered that make that of a gemeente of now; only itself where nothing changed."""
    facts = load_slice_facts(reading.session, reading.version, reading.indicator.id).get(period)
    if facts is None:
        return []
    history = load_history(reading.session)
    where = (reading.session, reading.version, reading.indicator.id, period)
    found = observations.load_cross_section(*where, _with_families([code], history), breakdown=breakdown)
    return parts_of(code, found, history, facts.day)


def _history_for(reading: Reading, regions: RegionKind | Sequence[str]) -> History | None:
    """The history, where it can matter for these regions; None where figures are read as delivered."""
    if reading.division is Division.THEN:
        return None
    if isinstance(regions, RegionKind):
        return load_history(reading.session) if regions is RegionKind.GEMEENTE else None
    gemeenten = [code for code in regions if kind_of(code) is RegionKind.GEMEENTE]
    return load_history(reading.session) if _is_affected(reading.session, gemeenten) else None


def _is_affected(session: Session, gemeenten: Sequence[str]) -> bool:
    """Whether anything went to or from one of these gemeenten."""
    return bool(gemeenten) and bool(read_rows(session, _IS_AFFECTED, {"codes": list(gemeenten)}))


def _with_families(regions: Iterable[str], history: History) -> list[str]:
    families = [each for code in regions for each in (code, *sorted(history.family(code)))]
    return list(dict.fromkeys(families))


def _converter(reading: Reading, history: History, wanted: Sequence[str] | None) -> Convert:
    facts = load_slice_facts(reading.session, reading.version, reading.indicator.id)
    divisions = {period: each.division for period, each in facts.items()}
    return _convert_with(history, divisions, reading.indicator, wanted)


def _convert_with(
    history: History, divisions: Mapping[str, str], indicator: Indicator, wanted: Sequence[str] | None
) -> Convert:
    def convert(figures: Sequence[Figure]) -> Mapping[str, Figure]:
        period = figures[0].period if figures else ""
        day = division_day(period, divisions[period]) if period else date.min
        return to_today(figures, history, day, indicator, wanted=wanted)

    return convert


def on_today(
    history: History, figures: Sequence[Figure], indicator: Indicator, division: str
) -> Mapping[str, Figure]:
    """Figures of one period and breakdown, as a slice on `division` has them, on the gemeenten of now."""
    if not figures:
        return {}
    return to_today(figures, history, division_day(figures[0].period, division), indicator, wanted=None)
