"""Many indicators of all regions of a kind at once: one statement for a chapter, converted where needed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.cross_sections import CrossSection
from app.db import read_rows
from app.indicators import TOTAL, Figure, Indicator
from app.models import Observation, Region, Slice, VersionSlice
from app.regions import COUNTRY, RegionKind
from loaders import divided
from loaders.divided import Reading
from loaders.observations import FIGURE_COLUMNS, figure_of

LOOK_BACK = 6
"""How many periods of an indicator are tried for one in which a kind of region has figures."""

_OF_VERSION = VersionSlice.version_id == bindparam("version")
_HAS_KIND = (
    select(Observation.slice_id)
    .join(Region, Region.id == Observation.region_id)
    .where(
        Observation.slice_id == VersionSlice.slice_id,
        Observation.breakdown == TOTAL,
        Region.kind == bindparam("kind"),
    )
    .exists()
)
_LATEST = (
    select(VersionSlice.indicator, func.max(VersionSlice.period))
    .where(_OF_VERSION, VersionSlice.age <= LOOK_BACK, _HAS_KIND)
    .group_by(VersionSlice.indicator)
)
_SLICES = select(VersionSlice.indicator, VersionSlice.period, VersionSlice.slice_id, Slice.division).join(
    Slice, Slice.id == VersionSlice.slice_id
)
_NAMED = _SLICES.where(_OF_VERSION, VersionSlice.indicator.in_(bindparam("indicators", expanding=True)))
_CELLS = (
    select(*FIGURE_COLUMNS, Slice.indicator)
    .select_from(Observation)
    .join(Slice, Slice.id == Observation.slice_id)
    .join(Region, Region.id == Observation.region_id)
    .where(
        Observation.slice_id.in_(bindparam("slices", expanding=True)),
        Observation.breakdown == TOTAL,
        Region.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(Slice.indicator, Region.code)
)


def load_latest_periods(session: Session, version: int, kind: RegionKind) -> dict[str, str]:
    """indicator → the last period in which regions of a kind have figures, for those that have any."""
    rows = read_rows(session, _LATEST, {"version": version, "kind": kind})
    return {row[0]: row[1] for row in rows}


def load_cross_sections(
    session: Session,
    version: int,
    indicators: Sequence[Indicator],
    kind: RegionKind,
    periods: Mapping[str, str],
) -> dict[str, CrossSection]:
    """indicator → its undivided figures of the period named for it, for all regions of a kind.

    On the gemeenten of now. An indicator without a period, or without figures of the kind in it, is left out.
    """
    wanted = {each.id: each for each in indicators if each.id in periods}
    slices = _load_slices(session, version, periods, wanted)
    found = _load_figures(session, [number for number, _ in slices.values()], kind)
    convert = _converter(session, kind)
    sections: dict[str, CrossSection] = {}
    for name, figures in found.items():
        indicator, country = wanted[name], figures.pop(COUNTRY, None)
        own = convert(list(figures.values()), indicator, slices[name][1])
        if own or kind is RegionKind.COUNTRY:
            sections[name] = CrossSection(indicator, periods[name], kind, own, country)
    return sections


def load_cross_section(
    reading: Reading, period: str, kind: RegionKind, *, breakdown: str = TOTAL
) -> CrossSection:
    """One indicator in one period and category, for all regions of a kind."""
    figures = divided.load_cross_section(reading, period, kind, breakdown=breakdown)
    country = divided.load_cross_section(reading, period, [COUNTRY], breakdown=breakdown)
    found = {figure.region: figure for figure in figures}
    return CrossSection(reading.indicator, period, kind, found, country[0] if country else None, breakdown)


def _load_slices(
    session: Session, version: int, periods: Mapping[str, str], names: Iterable[str]
) -> dict[str, tuple[int, str]]:
    """indicator → the number of its slice and on which division that stands."""
    rows = read_rows(session, _NAMED, {"version": version, "indicators": list(names)})
    return {name: (number, division) for name, period, number, division in rows if periods[name] == period}


def _load_figures(session: Session, slices: Sequence[int], kind: RegionKind) -> dict[str, dict[str, Figure]]:
    if not slices:
        return {}
    kinds = list(dict.fromkeys([kind, RegionKind.COUNTRY]))
    found: dict[str, dict[str, Figure]] = {}
    for row in read_rows(session, _CELLS, {"slices": list(slices), "kinds": kinds}):
        found.setdefault(row[-1], {})[row[0]] = figure_of(row, row[0])
    return found


def _converter(session: Session, kind: RegionKind) -> Any:
    """What puts the gemeenten of then on those of now; other kinds of region stand as they are."""
    if kind is not RegionKind.GEMEENTE:
        return lambda figures, _indicator, _division: {each.region: each for each in figures}
    history = divided.load_history(session)
    return lambda figures, indicator, division: divided.on_today(history, figures, indicator, division)
