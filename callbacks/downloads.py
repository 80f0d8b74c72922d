"""The figures on a page as CSV, under the same rules as the page itself."""

from collections.abc import Iterable, Iterator

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import NotFound

from app.access import Tab, Viewer
from app.auth import current_viewer
from app.comparisons import Comparison, Filters
from app.db import Database
from app.exports import Cell, csv_bytes
from app.indicators import TOTAL, Figure, Indicator
from app.regions import COUNTRY, RegionName
from app.sentences import STATUS_WORDS, value_words
from app.wording import period_label
from callbacks.address import MAX_VALUE, Address
from callbacks.indicator_figures import View, load_controls, load_group, open_view
from callbacks.indicators import QUERY_NAMES, load_rows
from callbacks.regions import get_region, published
from layouts.formatting import category_label, source_line
from loaders.catalogue import Catalogue
from loaders.observations import load_breakdown, load_series, load_sources

HEADER = (
    "Thema",
    "Indicator",
    "Uitsplitsing",
    "Regiocode",
    "Regio",
    "Periode",
    "Eenheid",
    "Laagste waarde",
    "Hoogste waarde",
    "In woorden",
    "Teller laag",
    "Teller hoog",
    "Noemer laag",
    "Noemer hoog",
    "Status",
    "Deel geschat (%)",
    "Deel niet via postcode (%)",
)


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the two download addresses."""

    def download_table(region: str) -> Response:
        viewer = _allowed(region)
        filters = Filters(**{name: _query(word) for name, word in QUERY_NAMES.items()})
        with db.session() as session:
            named = get_region(session, viewer.region(region))
            rows = load_rows(session, catalogue, named, filters)
            found = load_sources(session, published(session), {row.indicator.id for row in rows})
        periods = {(row.indicator.id, row.latest.period): row.indicator for row in rows if row.latest}
        remarks = [source_line(found[key], periods[key]) for key in periods if key in found]
        return _csv(f"indicatoren-{named.code}", _table_rows(named, rows), remarks)

    def download_indicator(region: str, indicator: str) -> Response:
        viewer = _allowed(region)
        with db.session() as session:
            view = open_view(session, viewer, catalogue, Address(region, Tab.INDICATORS, indicator))
            if view is None:
                raise NotFound
            rows = list(_indicator_rows(view))
            found = load_sources(session, view.version, [view.indicator.id])
        lines = list(dict.fromkeys(source_line(each, view.indicator) for each in found.values()))
        return _csv(f"{view.indicator.id}-{view.region.code}", rows, lines)

    app.server.add_url_rule("/regio/<region>/indicatoren.csv", "download_table", download_table)
    app.server.add_url_rule(
        "/regio/<region>/indicatoren/<indicator>.csv", "download_indicator", download_indicator
    )


def _allowed(region: str) -> Viewer:
    viewer = current_viewer()
    viewer.require(Tab.INDICATORS)
    viewer.region(region)
    return viewer


def _query(name: str) -> str:
    return request.args.get(name, "")[:MAX_VALUE]


def _table_rows(region: RegionName, rows: Iterable[Comparison]) -> Iterator[list[Cell]]:
    for row in rows:
        for figure, name in ((row.own, region.name), (row.country, "Nederland")):
            if figure is not None and (
                figure is not row.country or region.code != COUNTRY or name == region.name
            ):
                yield _row(row.indicator, figure, name)


def _indicator_rows(view: View) -> Iterator[list[Cell]]:
    """The series of the region and the country, then the categories and all regions of the chosen period."""
    query = {name: _query(name) for name in ("jaar", "uitsplitsing", "niveau")}
    controls, _ = load_controls(view, query)
    period, breakdown, level = (control.value for control in controls)
    names = {COUNTRY: "Nederland", view.region.code: view.region.name}
    where = (view.session, view.version, view.indicator.id)
    series = load_series(*where, list(names), breakdown=breakdown)
    parts = load_breakdown(*where, period, list(names)) if view.indicator.breakdowns else []
    group = load_group(view, period, breakdown, level)
    figures = [each for code in names for each in series[code]]
    figures += [each for each in parts if each.breakdown != breakdown]
    figures += [each for code, each in group.figures.items() if code not in names] if group else []
    for figure in figures:
        yield _row(
            view.indicator, figure, names.get(figure.region) or (group.name(figure.region) if group else "")
        )


def _row(indicator: Indicator, figure: Figure, name: str) -> list[Cell]:
    return [
        indicator.theme,
        indicator.label,
        "" if figure.breakdown == TOTAL else category_label(figure.breakdown, indicator),
        figure.region,
        name,
        period_label(figure.period, indicator),
        indicator.unit.value,
        figure.low,
        figure.high,
        value_words(figure, indicator),
        figure.numerator_low,
        figure.numerator_high,
        figure.denominator_low,
        figure.denominator_high,
        STATUS_WORDS[figure.period_status],
        100 * figure.estimated,
        100 * figure.indirect,
    ]


def _csv(name: str, rows: Iterable[list[Cell]], remarks: list[str]) -> Response:
    response = Response(csv_bytes(HEADER, rows, remarks), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name.lower()}.csv")
    return response
