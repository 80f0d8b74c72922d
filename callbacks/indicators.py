"""The table of all indicators, and the form above it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from sqlalchemy.orm import Session

from app.access import AllowedRegion, Tab, Viewer
from app.comparisons import (
    ALSO_WITHOUT,
    Filters,
    Selection,
    breakdowns_of,
    choose,
    compare,
    lagging,
    select_rows,
)
from app.db import Database
from app.regions import RegionKind, RegionName
from app.wording import is_period, year_of
from callbacks.address import MAX_VALUE, Address, known_address, with_query
from callbacks.gate import gated, text
from callbacks.regions import get_region, published, recent_reader
from layouts import ids, indicators
from layouts.components import Node, packed
from loaders.catalogue import Catalogue
from loaders.observations import load_all_periods
from loaders.publication import Edition, current_edition

PERIODS = 6
"""How many periods the trend in a row looks back."""

KEPT = 64
"""How many tables a process keeps, of at most 0.3 MB each; the edition in the key lets an old one die."""

FILTER_IDS = {
    "theme": ids.Indicators.THEME,
    "text": ids.Indicators.TEXT,
    "year": ids.Indicators.YEAR,
    "level": ids.Indicators.LEVEL,
    "dimension": ids.Indicators.BREAKDOWN,
    "figures": ids.Indicators.FIGURES,
}
QUERY_NAMES = {
    "theme": "thema",
    "text": "zoek",
    "year": "jaar",
    "level": "niveau",
    "dimension": "uitsplitsing",
    "figures": "cijfers",
}


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the table, and what keeps the filters in the address."""

    @gated(
        app,
        tab=Tab.INDICATORS,
        output={
            "count": Output(ids.Indicators.COUNT, "children"),
            "table": Output(ids.Indicators.TABLE, "children"),
        },
        inputs={
            "address": (State(ids.Shell.LOCATION, "pathname"), known_address),
            **{name: (Input(place, "value"), text(MAX_VALUE)) for name, place in FILTER_IDS.items()},
        },
    )
    def show_table(viewer: Viewer, address: Address, **chosen: str) -> dict[str, Any]:
        code, filters = viewer.region(address.region), _filters(chosen)
        return table_of(current_edition(db), code, filters)

    @lru_cache(KEPT)
    def table_of(edition: Edition, code: AllowedRegion, filters: Filters) -> dict[str, Any]:
        with db.session() as session:
            region = get_region(session, code)
            selection = load_selection(session, edition.version, catalogue, region, filters)
        table = indicators.content(region, selection, _links(code, filters))
        return {"count": indicators.count_words(selection), "table": packed(table)}

    app.clientside_callback(
        ClientsideFunction("dashboard", "keepFilters"),
        *(Input(place, "value") for place in FILTER_IDS.values()),
    )


def page(session: Session, catalogue: Catalogue, query: Mapping[str, str]) -> Node:
    """The form with the choices of the address; what no filter has is left out and named."""
    options = _options(session, catalogue)
    asked = {name: query.get(word, "") for name, word in QUERY_NAMES.items()}
    unknown = [
        value for name, value in asked.items() if value and name in options and value not in options[name]
    ]
    kept = {name: "" if value in unknown and name in options else value for name, value in asked.items()}
    return indicators.page(
        Filters(**kept),
        themes=catalogue.themes,
        years=options["year"],
        levels=[RegionKind(level) for level in options["level"]],
        dimensions=list(_dimensions(catalogue).items()),
        unknown=unknown,
    )


def load_selection(
    session: Session, version: int, catalogue: Catalogue, region: RegionName, filters: Filters
) -> Selection:
    """The rows that the filters leave, with their last periods; used by the table and by its download."""
    chosen = choose(catalogue, filters)
    year = filters.year if is_period(filters.year) else ""
    reader = recent_reader(session, version, catalogue, region, year=year and str(year_of(year)))
    codes = sorted({code for each in chosen for code in breakdowns_of(each, filters.dimension)})
    load = partial(reader, breakdowns=codes, periods=PERIODS)
    is_all = replace(filters, figures="") == Filters()
    recent = load(indicators=None if is_all else [each.id for each in chosen])
    if behind := lagging(recent, region.code):
        recent |= load(indicators=behind, country_periods=PERIODS)
    rows = compare(chosen, recent, region.code, dimension=filters.dimension, year=filters.year)
    return select_rows(rows, filters)


def is_offered(session: Session, catalogue: Catalogue, filters: Filters) -> bool:
    """Whether each choice is one that the form offers; what is searched for may be any text."""
    options = _options(session, catalogue)
    return all(getattr(filters, name) in ("", *options[name]) for name in options)


def _links(code: str, filters: Filters) -> indicators.Links:
    path = f"/regio/{code}/{Tab.INDICATORS}"
    everything = replace(filters, figures=ALSO_WITHOUT)
    return indicators.Links(
        clear=path,
        csv=with_query(f"{path}.csv", **query_of(filters)),
        without=with_query(path, **query_of(everything)),
    )


def _filters(chosen: Mapping[str, str]) -> Filters:
    return Filters(**{name: "" if value == indicators.ALL else value for name, value in chosen.items()})


def query_of(filters: Filters) -> dict[str, str]:
    """The filters under their names in the address."""
    return {word: getattr(filters, name) for name, word in QUERY_NAMES.items()}


def _options(session: Session, catalogue: Catalogue) -> dict[str, Sequence[str]]:
    periods = load_all_periods(session, published(session))
    years = {str(year_of(period)) for each in periods.values() for period in each}
    levels = {level for each in catalogue for level in each.levels}
    return {
        "theme": catalogue.themes,
        "year": sorted(years, reverse=True),
        "level": [level.value for level in RegionKind if level in levels],
        "dimension": list(_dimensions(catalogue)),
        "figures": [ALSO_WITHOUT],
    }


def _dimensions(catalogue: Catalogue) -> dict[str, str]:
    return {part.dimension: part.label for each in catalogue for part in each.breakdowns}
