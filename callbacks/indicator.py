"""One indicator's own page: what fills each of its places."""

from collections.abc import Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from app.access import Tab, Viewer
from app.db import Database
from app.indicators import Figure
from app.regions import COUNTRY, RegionKind, Succession
from app.sentences import State as PageState
from app.sentences import succession
from app.wording import is_period
from callbacks.address import MAX_VALUE, Address, indicator_address, with_query
from callbacks.gate import Argument, Function, gated, text
from callbacks.indicator_figures import View, load_group, load_own_kind, load_story, open_view
from layouts import ids, indicator_parts, indicator_regions, indicator_trend
from layouts import indicator as layout
from layouts.components import state
from loaders.areas import load_successions
from loaders.catalogue import Catalogue
from loaders.observations import load_breakdown, load_series, load_sources

ANY = "2000"
"""A period for the places that show all periods."""

PLACE: Argument = (State(ids.Shell.LOCATION, "pathname"), indicator_address)
PERIOD: Argument = (Input(ids.IndicatorPage.YEAR, "value"), text(MAX_VALUE))
BREAKDOWN: Argument = (Input(ids.IndicatorPage.BREAKDOWN, "value"), text(MAX_VALUE))
LEVEL: Argument = (Input(ids.IndicatorPage.LEVEL, "value"), text(MAX_VALUE))


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the page, and what keeps its choices in the address."""

    def fill(place: str, function: Function, **inputs: Argument) -> None:
        """Let a function of a `View` fill one place; for an unknown indicator a sentence stands there."""

        @gated(app, tab=Tab.INDICATORS, output=Output(place, "children"), inputs={"address": PLACE, **inputs})
        def show(viewer: Viewer, address: Address, **chosen: str) -> Any:
            with db.session() as session:
                view = open_view(session, viewer, catalogue, address)
                if view is None:
                    return state(PageState.NOT_AVAILABLE, layout.UNKNOWN)
                if not is_period(chosen.get("period", ANY)):
                    return state(PageState.NOT_AVAILABLE) if place is ids.IndicatorPage.SUMMARY else None
                return function(view, **chosen)

    fill(ids.IndicatorPage.SUMMARY, show_summary, period=PERIOD, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.POSITION, show_position, period=PERIOD, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.TREND, show_trend, breakdown=BREAKDOWN)
    fill(ids.IndicatorPage.PARTS, show_parts, period=PERIOD)
    fill(ids.IndicatorPage.REGIONS, show_regions, period=PERIOD, breakdown=BREAKDOWN, level=LEVEL)
    fill(ids.IndicatorPage.SOURCE, show_source, period=PERIOD, breakdown=BREAKDOWN, level=LEVEL)
    filters = (ids.IndicatorPage.YEAR, ids.IndicatorPage.BREAKDOWN, ids.IndicatorPage.LEVEL)
    app.clientside_callback(
        ClientsideFunction("dashboard", "keepFilters"), *(Input(place, "value") for place in filters)
    )


def show_summary(view: View, period: str, breakdown: str) -> Any:
    """The sentences, with what to know before repeating them."""
    return layout.summary(load_story(view, period, breakdown))


def show_position(view: View, period: str, breakdown: str) -> Any:
    """The bar from the lowest to the highest regions of the own kind."""
    if view.region.code == COUNTRY or view.region.kind not in view.indicator.levels:
        return None
    return indicator_regions.position(load_own_kind(view, period, breakdown))


def show_trend(view: View, breakdown: str) -> Any:
    """The years, with the notes on mergers."""
    codes = list(dict.fromkeys([view.region.code, COUNTRY]))
    series = load_series(view.session, view.version, view.indicator.id, codes, breakdown=breakdown)
    own, country = series[view.region.code], series[COUNTRY]
    years = {figure.period[:4] for figure in own}
    mergers = [
        succession(each)
        for each in _successions(view)
        if years and min(years) < str(each.happened_on.year) <= max(years)
    ]
    return indicator_trend.section(view.region, view.indicator, own, country, notes=mergers)


def show_parts(view: View, period: str) -> Any:
    """The categories of one period."""
    if not view.indicator.breakdowns or view.region.kind not in view.indicator.levels:
        return None
    codes = [view.region.code, COUNTRY]
    figures = load_breakdown(view.session, view.version, view.indicator.id, period, codes)
    own, country = (_by_breakdown(figures, code) for code in codes)
    return indicator_parts.section(indicator_parts.Parts(view.region, view.indicator, period, own, country))


def show_regions(view: View, period: str, breakdown: str, level: str) -> Any:
    """All regions side by side."""
    group = load_group(view, period, breakdown, level)
    return indicator_regions.section(group) if group else None


def show_source(view: View, period: str, breakdown: str, level: str) -> Any:
    """Where the figures of this period come from, and the download of what is on the page."""
    sources = load_sources(view.session, view.version, [view.indicator.id])
    path = f"/regio/{view.region.code}/{Tab.INDICATORS}/{view.indicator.id}.csv"
    csv_href = with_query(path, jaar=period, uitsplitsing=breakdown, niveau=level)
    return layout.source(view.indicator, sources.get((view.indicator.id, period)), csv_href=csv_href)


def _successions(view: View) -> list[Succession]:
    """Mergers and splits, which only a gemeente has."""
    if view.region.kind is not RegionKind.GEMEENTE:
        return []
    return load_successions(view.session, view.region.code)


def _by_breakdown(figures: list[Figure], code: str) -> Mapping[str, Figure]:
    return {figure.breakdown: figure for figure in figures if figure.region == code}
