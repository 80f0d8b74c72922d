"""What the page of an indicator and its download both load: the choices, the story, the groups of regions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.access import Viewer
from app.benchmarks import comparable_series
from app.comparisons import compare_levels
from app.indicators import TOTAL, Figure, Indicator
from app.regions import COUNTRY, RegionKind, RegionName
from app.wording import capital, period_label, year_of
from callbacks.address import Address
from callbacks.regions import SWVS, get_region, open_codes, published
from layouts.formatting import kind_name
from layouts.indicator import Control, Controls, Options, Story
from layouts.indicator_regions import Group
from loaders.areas import load_kind, load_names, load_parts
from loaders.catalogue import Catalogue
from loaders.observations import load_cross_section, load_periods, load_series


@dataclass(frozen=True)
class View:
    """One indicator as one person sees it for one region, with the session to read its figures."""

    session: Session
    version: int
    region: RegionName
    indicator: Indicator
    open_codes: frozenset[str]


def open_view(session: Session, viewer: Viewer, catalogue: Catalogue, address: Address) -> View | None:
    """The view behind an address; None if the indicator does not exist.

    Raises:
        AccessDenied: the region is not one that this person may open.
    """
    region = get_region(session, viewer.region(address.region))
    indicator = catalogue.get(address.indicator or "")
    if indicator is None:
        return None
    return View(session, published(session), region, indicator, open_codes(viewer))


def load_controls(view: View, query: Mapping[str, str]) -> tuple[Controls, list[str]]:
    """The three choices as the address asks for them, and the values that this indicator does not have."""
    periods = load_periods(view.session, view.version, view.indicator.id)[::-1]
    kinds = compare_levels(view.region.kind, view.indicator)
    options: dict[str, Options] = {
        "jaar": [(period, period_label(period, view.indicator)) for period in periods],
        "uitsplitsing": _breakdown_options(view.indicator),
        "niveau": [(kind.value, _level_label(view.region, kind)) for kind in kinds],
    }
    asked = {name: query.get(name, "") for name in options}
    unknown = [value for name, value in asked.items() if value and value not in dict(options[name])]
    return Controls(*(_choose(options[name], asked[name]) for name in options)), unknown


def load_story(view: View, period: str, breakdown: str) -> Story:
    """The figure of a period beside the country's, with the comparable years before it."""
    codes = list(dict.fromkeys([view.region.code, COUNTRY]))
    series = load_series(view.session, view.version, view.indicator.id, codes, breakdown=breakdown)
    own, country = (_of_period(series[code], period) for code in (view.region.code, COUNTRY))
    before = comparable_series(series[view.region.code], view.indicator, period) if own else []
    return Story(view.region, view.indicator, period, own, country, before)


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
        parts = load_parts(view.session, view.region.code)
        inner = {part.gemeente.code: part.gemeente.name for part in parts}
        return _group(view, (period, breakdown), kind, inner, inside=view.region.name)
    found = load_kind(view.session, kind, existing_in=year_of(period))
    names = {each.code: each.name for each in found}
    group = _group(view, (period, breakdown), kind, names)
    strangers = sorted(set(group.figures) - set(names))
    gone = load_names(view.session, strangers) if strangers else {}
    return replace(group, names={**names, **{code: each.name for code, each in gone.items()}})


def _group(
    view: View, cell: tuple[str, str], kind: RegionKind, names: Mapping[str, str], *, inside: str = ""
) -> Group:
    period, breakdown = cell
    where = (view.session, view.version, view.indicator.id, period)
    figures = load_cross_section(*where, sorted(names) if inside else kind, breakdown=breakdown)
    country = load_cross_section(*where, [COUNTRY], breakdown=breakdown)
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
