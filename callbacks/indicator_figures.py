"""What the page of an indicator and its download both load: the choices, the story, the groups of regions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from app.access import Viewer
from app.benchmarks import comparable_series
from app.comparisons import compare_levels
from app.contributions import SwvRoute, route_words
from app.divisions import FIRST_DAY, Division, choices, share_words
from app.indicators import TOTAL, Figure, Indicator
from app.regions import COUNTRY, SWVS, RegionKind, RegionName
from app.sentences import succession
from app.wording import capital, listing, period_label, year_of
from callbacks.address import Address
from callbacks.regions import get_region, open_codes
from layouts.formatting import kind_name
from layouts.indicator import Control, Controls, Options, Story
from layouts.indicator_regions import Group
from loaders.areas import load_kind, load_names, load_parts, load_successions
from loaders.catalogue import Catalogue
from loaders.divided import (
    Reading,
    SliceFacts,
    load_cross_section,
    load_origins,
    load_series,
    load_slice_facts,
)
from loaders.observations import load_periods

DIVISION_WORDS = {Division.NOW: "Van nu", Division.THEN: "Van toen"}


@dataclass(frozen=True)
class View:
    """One indicator as one person sees it for one region, with the session to read its figures."""

    session: Session
    version: int
    region: RegionName
    indicator: Indicator
    open_codes: frozenset[str]
    division: Division = Division.NOW

    @property
    def reading(self) -> Reading:
        """Where its figures are read; a gemeente that was dissolved has none on the gemeenten of now."""
        is_gone = self.region.valid_to is not None
        division = Division.THEN if is_gone else self.division
        return Reading(self.session, self.version, self.indicator, division)

    @cached_property
    def facts(self) -> Mapping[str, SliceFacts]:
        """period → what its slice says of regions."""
        return load_slice_facts(self.session, self.version, self.indicator.id)


def open_view(
    session: Session,
    viewer: Viewer,
    catalogue: Catalogue,
    address: Address,
    *,
    version: int,
    division: Division = Division.NOW,
) -> View | None:
    """The view behind an address on one version of the figures; None if the indicator does not exist.

    Raises:
        AccessDenied: the region is not one that this person may open.
    """
    region = get_region(session, viewer.region(address.region))
    indicator = catalogue.get(address.indicator or "")
    if indicator is None:
        return None
    return View(session, version, region, indicator, open_codes(viewer), division)


def load_controls(view: View, query: Mapping[str, str]) -> tuple[Controls, list[str]]:
    """The choices as the address asks for them, and the values that this indicator does not have."""
    divisions, reason = choices(view.region, view.indicator, {each.division for each in view.facts.values()})
    periods = load_periods(view.session, view.version, view.indicator.id)[::-1]
    kinds = compare_levels(view.region.kind, view.indicator)
    options: dict[str, Options] = {
        "jaar": [(period, period_label(period, view.indicator)) for period in periods],
        "uitsplitsing": _breakdown_options(view.indicator),
        "niveau": [(kind.value, _level_label(view.region, kind)) for kind in kinds],
        "indeling": [(each.value, DIVISION_WORDS[each]) for each in divisions],
    }
    asked = {name: query.get(name, "") for name in options}
    unknown = [value for name, value in asked.items() if value and value not in dict(options[name])]
    period, breakdown, level, division = (_choose(options[name], asked[name]) for name in options)
    return Controls(period, breakdown, level, division, reason), unknown


def load_story(view: View, period: str, breakdown: str) -> Story:
    """The figure of a period beside the country's, with the comparable years before it."""
    codes = list(dict.fromkeys([view.region.code, COUNTRY]))
    series = load_series(view.reading, codes, breakdown=breakdown)
    own, country = (_of_period(series[code], period) for code in (view.region.code, COUNTRY))
    before = comparable_series(series[view.region.code], view.indicator, period) if own else []
    route = route_words(_route(view, period), own) if own else ""
    origins = _origin_words(view, period, breakdown) if own and own.converted else ""
    return Story(view.region, view.indicator, period, own, country, before, route, origins)


def _route(view: View, period: str) -> SwvRoute | None:
    """How the figures of SWVs came about; None where it is no SWV, or not known."""
    facts = view.facts.get(period) if view.region.kind in SWVS else None
    return facts.route if facts else None


def _origin_words(view: View, period: str, breakdown: str) -> str:
    """`Amsterdam en Weesp`, `Leeuwarden, Leeuwarderadeel en Littenseradiel (voor 32%)`."""
    parts = load_origins(view.reading, view.region.code, period, breakdown=breakdown)
    names = load_names(view.session, [figure.region for figure, _ in parts])
    return listing(
        [
            names[figure.region].name + ("" if share == 1 else f" (voor {share_words(share)})")
            for figure, share in parts
        ]
    )


def load_mergers(view: View, own: Sequence[Figure]) -> list[str]:
    """The mergers and splits between the first and last figure of a gemeente, where the figures show them."""
    if view.region.kind is not RegionKind.GEMEENTE:
        return []
    if not any(view.facts[each.period].is_of_own_year for each in own):
        return []
    first, last = own[0].period[:4], own[-1].period[:4]
    found = load_successions(view.session, view.region.code)
    return [succession(each) for each in found if first < str(each.happened_on.year) <= last]


def old_divisions(view: View, own: Sequence[Figure]) -> list[str]:
    """That figures of before the mergers we know could not be converted, if there are any."""
    if view.reading.division is not Division.NOW or view.region.kind is not RegionKind.GEMEENTE:
        return []
    is_old = any(view.facts[each.period].day < FIRST_DAY for each in own)
    return [BEFORE_MERGERS] if is_old else []


BEFORE_MERGERS = (
    "Cijfers van vóór 2015 staan in de gemeenten van toen: herindelingen van daarvoor kennen wij niet."
)


def load_own_kind(view: View, period: str, breakdown: str) -> Group:
    """Every region of the own kind that has a figure, without names: for the position bar."""
    return _group(view, (period, breakdown), view.region.kind, {})


def load_group(view: View, period: str, breakdown: str, level: str) -> Group | None:
    """The regions that stand side by side at a level; None where the indicator has only the country.

    For an SWV the level `gemeente` means its own gemeenten.
    """
    kinds = compare_levels(view.region.kind, view.indicator)
    kind = next((each for each in kinds if each.value == level), kinds[0] if kinds else None)
    if kind is None:
        return None
    if view.region.kind in SWVS and kind is RegionKind.GEMEENTE:
        parts = load_parts(view.session, view.region.code, year=_parts_year(view, period))
        inner = {part.gemeente.code: part.gemeente.name for part in parts}
        return _group(view, (period, breakdown), kind, inner, inside=view.region.name)
    is_now = view.reading.division is Division.NOW and kind is RegionKind.GEMEENTE
    found = load_kind(view.session, kind, existing_in=None if is_now else year_of(period))
    names = {each.code: each.name for each in found}
    group = _group(view, (period, breakdown), kind, names)
    strangers = sorted(set(group.figures) - set(names))
    gone = load_names(view.session, strangers) if strangers else {}
    return replace(group, names={**names, **{code: each.name for code, each in gone.items()}})


def _parts_year(view: View, period: str) -> int | None:
    """The year whose gemeenten stand in an SWV's list; None for those of now."""
    facts = view.facts.get(period)
    return facts.day.year if facts and view.reading.division is Division.THEN else None


def _group(
    view: View, cell: tuple[str, str], kind: RegionKind, names: Mapping[str, str], *, inside: str = ""
) -> Group:
    period, breakdown = cell
    wanted = sorted(names) if inside else kind
    figures = load_cross_section(view.reading, period, wanted, breakdown=breakdown)
    country = load_cross_section(view.reading, period, [COUNTRY], breakdown=breakdown)
    return Group(
        region=view.region,
        indicator=view.indicator,
        period=period,
        kind=kind,
        names=names,
        figures={figure.region: figure for figure in figures},
        country=country[0] if country else None,
        open_codes=view.open_codes,
        inside=inside,
    )


def _choose(options: Options, asked: str) -> Control:
    known = [value for value, _ in options]
    return Control(options, asked if asked in known else next(iter(known), ""))


def _breakdown_options(indicator: Indicator) -> Options:
    parts = [
        (category.code, f"{breakdown.label}: {category.label.lower()}")
        for breakdown in indicator.breakdowns
        for category in breakdown.categories
    ]
    return [(TOTAL, "Totaal"), *parts]


def _level_label(region: RegionName, kind: RegionKind) -> str:
    words = capital(kind_name(kind, plural=True))
    is_inside = region.kind in SWVS and kind is RegionKind.GEMEENTE
    return f"{words} in dit samenwerkingsverband" if is_inside else words


def _of_period(series: list[Figure], period: str) -> Figure | None:
    return next((figure for figure in series if figure.period == period), None)
