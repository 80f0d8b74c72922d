"""One indicator's own page: what fills each of its places."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from app.access import AllowedRegion, Tab, Viewer
from app.db import Database
from app.divisions import Division, division_of
from app.indicators import Figure, FigureSource
from app.regions import COUNTRY
from app.sentences import State as PageState
from app.sentences import not_filled
from app.wording import is_period
from callbacks.address import MAX_VALUE, Address, indicator_address, with_query
from callbacks.editions import SHOWN, edition_for
from callbacks.gate import Argument, Function, gated, text
from callbacks.indicator_contributions import load_composition
from callbacks.indicator_figures import (
    View,
    load_group,
    load_mergers,
    load_own_kind,
    load_story,
    old_divisions,
)
from callbacks.regions import get_region, open_codes
from layouts import ids, indicator_contributions, indicator_parts, indicator_regions, indicator_trend
from layouts import indicator as layout
from layouts.components import packed, state
from layouts.formatting import chart_source
from loaders.catalogue import Catalogue
from loaders.divided import load_breakdown, load_series
from loaders.observations import load_periods, load_sources
from loaders.publication import Edition

ANY = "2000"
"""A period for the places that show all periods."""

KEPT = 32
"""How many answers a process keeps per place, of at most 0.2 MB each; a new edition lets old ones die."""

Chosen = tuple[tuple[str, str], ...]
SUMMARY = ids.IndicatorPage.SUMMARY

PLACE: Argument = (State(ids.Shell.LOCATION, "pathname"), indicator_address)
PERIOD: Argument = (Input(ids.IndicatorPage.YEAR, "value"), text(MAX_VALUE))
BREAKDOWN: Argument = (Input(ids.IndicatorPage.BREAKDOWN, "value"), text(MAX_VALUE))
LEVEL: Argument = (Input(ids.IndicatorPage.LEVEL, "value"), text(MAX_VALUE))
DIVISION: Argument = (Input(ids.IndicatorPage.DIVISION, "value"), text(MAX_VALUE))


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the page, and what keeps its choices in the address."""

    def fill(place: str, function: Function, **inputs: Argument) -> None:
        """Let a function of a `View` fill one place; for an unknown indicator a sentence stands there."""

        every = {"address": PLACE, "shown": SHOWN, "division": DIVISION, **inputs}
        answer = _answers(db, catalogue, function, when_nothing=show_nothing if place is SUMMARY else None)

        @gated(app, tab=Tab.INDICATORS, output=Output(place, "children"), inputs=every)
        def show(viewer: Viewer, address: Address, shown: int, **chosen: str) -> Any:
            code, edition = viewer.region(address.region), edition_for(db, viewer, shown)
            return answer(edition, code, address.indicator, open_codes(viewer), tuple(sorted(chosen.items())))

    fill(SUMMARY, show_summary, period=PERIOD, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.POSITION, show_position, period=PERIOD, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.TREND, show_trend, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.PARTS, show_parts, period=PERIOD)
    fill(ids.IndicatorPage.CONTRIBUTIONS, show_contributions, period=PERIOD, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.REGIONS, show_regions, period=PERIOD, breakdown=BREAKDOWN, level=LEVEL)
    fill(ids.IndicatorPage.SOURCE, show_source, period=PERIOD, breakdown=BREAKDOWN, level=LEVEL)
    page = ids.IndicatorPage
    filters = (page.YEAR, page.BREAKDOWN, page.LEVEL, page.DIVISION)
    app.clientside_callback(
        ClientsideFunction("dashboard", "keepFilters"), *(Input(place, "value") for place in filters)
    )


def _answers(
    db: Database, catalogue: Catalogue, function: Function, *, when_nothing: Function | None
) -> Function:
    """A function's answers, kept: they follow from the edition, the place and the choices alone."""

    @lru_cache(KEPT)
    def answer(
        edition: Edition, code: AllowedRegion, name: str, opened: frozenset[str], pairs: Chosen
    ) -> Any:
        chosen = dict(pairs)
        division, indicator = division_of(chosen.pop("division")), catalogue.get(name)
        if indicator is None:
            return state(PageState.NOT_AVAILABLE, layout.UNKNOWN)
        with db.session() as session:
            region = get_region(session, code)
            view = View(session, edition.version, region, indicator, opened, division)
            if not is_period(chosen.get("period", ANY)):
                return when_nothing(view) if when_nothing else None
            shown = function(view, **chosen)
        return packed(shown) if shown else None

    return answer


def show_nothing(view: View) -> Any:
    """No figure for this choice; where there is none at all, which file fills it."""
    found = load_periods(view.session, view.version, view.indicator.id)
    return state(PageState.NOT_AVAILABLE, "" if found else not_filled(view.indicator))


def show_summary(view: View, period: str, breakdown: str) -> Any:
    """The sentences, with what to know before repeating them."""
    return layout.summary(load_story(view, period, breakdown), _sources(view, period).get(period))


def show_position(view: View, period: str, breakdown: str) -> Any:
    """The bar from the lowest to the highest regions of the own kind."""
    if view.region.code == COUNTRY or view.region.kind not in view.indicator.levels:
        return None
    return indicator_regions.position(load_own_kind(view, period, breakdown))


def show_trend(view: View, breakdown: str) -> Any:
    """The years, with the notes on mergers."""
    codes = list(dict.fromkeys([view.region.code, COUNTRY]))
    series = load_series(view.reading, codes, breakdown=breakdown)
    own, country = series[view.region.code], series[COUNTRY]
    notes = [*load_mergers(view, own), *old_divisions(view, own)]
    periods, sources = {each.period for each in [*own, *country]}, _sources(view)
    return indicator_trend.section(
        view.region,
        view.indicator,
        own,
        country,
        notes=notes,
        source=chart_source([sources[each] for each in periods if each in sources], view.indicator),
        csv_href=_table_address(view, "verloop", uitsplitsing=breakdown),
    )


def show_parts(view: View, period: str) -> Any:
    """The categories of one period."""
    if not view.indicator.breakdowns or view.region.kind not in view.indicator.levels:
        return None
    codes = [view.region.code, COUNTRY]
    figures = load_breakdown(view.reading, period, codes)
    own, country = (_by_breakdown(figures, code) for code in codes)
    parts = indicator_parts.Parts(view.region, view.indicator, period, own, country)
    return indicator_parts.section(parts, csv_href=_table_address(view, "uitsplitsingen", jaar=period))


def show_contributions(view: View, period: str, breakdown: str) -> Any:
    """What the figure is made of, and where it goes."""
    address = _table_address(view, "bijdragen", jaar=period, uitsplitsing=breakdown)
    return indicator_contributions.section(load_composition(view, period, breakdown), csv_href=address)


def show_regions(view: View, period: str, breakdown: str, level: str) -> Any:
    """All regions side by side."""
    group = load_group(view, period, breakdown, level)
    if group is None:
        return None
    address = _table_address(view, "regios", jaar=period, uitsplitsing=breakdown, niveau=level)
    sources = [each for each in [_sources(view, period).get(period)] if each]
    return indicator_regions.section(group, source=chart_source(sources, view.indicator), csv_href=address)


def show_source(view: View, period: str, breakdown: str, level: str) -> Any:
    """Where the figures of this period come from, and the download of what is on the page."""
    csv_href = _table_address(view, "", jaar=period, uitsplitsing=breakdown, niveau=level)
    return layout.source(view.indicator, _sources(view, period).get(period), csv_href=csv_href)


def _sources(view: View, *periods: str) -> Mapping[str, FigureSource]:
    """period → where its figures come from, of all periods where none is named."""
    found = load_sources(view.session, view.version, [view.indicator.id], periods or None)
    return {period: source for (_, period), source in found.items()}


def _table_address(view: View, table: str, **chosen: str) -> str:
    """Where one table of the page is downloaded, or with '' all of them."""
    path = f"/regio/{view.region.code}/{Tab.INDICATORS}/{view.indicator.id}.csv"
    return with_query(path, **chosen, indeling=_asked(view), tabel=table)


def _asked(view: View) -> str:
    """The division as the address names it: nothing for the one of now, which is shown unasked."""
    return view.division.value if view.division is Division.THEN else ""


def _by_breakdown(figures: list[Figure], code: str) -> Mapping[str, Figure]:
    return {figure.breakdown: figure for figure in figures if figure.region == code}
