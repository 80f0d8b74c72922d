"""The table of all indicators, and the form above it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from sqlalchemy.orm import Session

from app.access import Tab, Viewer
from app.comparisons import Comparison, Filters, breakdowns_of, choose, compare
from app.db import Database
from app.regions import RegionKind, RegionName
from app.wording import is_period, year_of
from callbacks.address import MAX_VALUE, Address, known_address, with_query
from callbacks.gate import gated, text
from callbacks.regions import get_region, published
from layouts import ids, indicators
from layouts.components import Node
from loaders.catalogue import Catalogue
from loaders.observations import load_all_periods, load_recent

PERIODS = 6
"""How many periods the trend in a row looks back."""

FILTER_IDS = {
    "theme": ids.Indicators.THEME,
    "text": ids.Indicators.TEXT,
    "year": ids.Indicators.YEAR,
    "level": ids.Indicators.LEVEL,
    "dimension": ids.Indicators.BREAKDOWN,
}
QUERY_NAMES = {
    "theme": "thema",
    "text": "zoek",
    "year": "jaar",
    "level": "niveau",
    "dimension": "uitsplitsing",
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
        with db.session() as session:
            region = get_region(session, code)
            rows = load_rows(session, catalogue, region, filters)
        path = f"/regio/{code}/{Tab.INDICATORS}"
        csv_href = with_query(f"{path}.csv", **query_of(filters))
        table = indicators.content(region, rows, clear_href=path, csv_href=csv_href)
        return {"count": indicators.count_words(rows), "table": table}

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


def load_rows(
    session: Session, catalogue: Catalogue, region: RegionName, filters: Filters
) -> list[Comparison]:
    """The rows that the filters leave, with their last periods; used by the table and by its download."""
    chosen = choose(catalogue, filters)
    year = filters.year if is_period(filters.year) else ""
    breakdowns = {code for each in chosen for code in breakdowns_of(each, filters.dimension)}
    recent = load_recent(
        session,
        published(session),
        region.code,
        indicators=[each.id for each in chosen],
        breakdowns=sorted(breakdowns),
        before=str(year_of(year) + 1) if year else None,
        periods=PERIODS,
    )
    return compare(chosen, recent, region.code, dimension=filters.dimension, year=filters.year)


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
    }


def _dimensions(catalogue: Catalogue) -> dict[str, str]:
    return {part.dimension: part.label for each in catalogue for part in each.breakdowns}
