"""The figures on a page as CSV, under the same rules as the page itself."""

from collections.abc import Iterable, Iterator

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import NotFound

from app.access import Tab, Viewer
from app.auth import current_viewer
from app.comparisons import Comparison, Filters
from app.contributions import Contribution
from app.db import Database
from app.divisions import conversion_words, division_of, figure_words
from app.exports import Cell, csv_bytes
from app.indicators import TOTAL, Figure, Indicator
from app.regions import COUNTRY, RegionName
from app.sentences import STATUS_WORDS
from app.wording import period_label
from callbacks.address import MAX_VALUE, Address
from callbacks.editions import edition_for
from callbacks.indicator_contributions import load_composition
from callbacks.indicator_figures import DIVISION_WORDS, View, load_controls, load_group, open_view
from callbacks.indicators import QUERY_NAMES, is_offered, load_selection
from callbacks.regions import get_region
from layouts.formatting import category_label, source_line
from layouts.indicator_contributions import Opened, contributed
from loaders.catalogue import Catalogue
from loaders.divided import load_breakdown, load_series
from loaders.observations import load_sources

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
    "Indeling",
    "Omrekening",
    "Soort regel",
    "Deel van de gemeente (%)",
)


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the two download addresses."""

    def download_table(region: str) -> Response:
        viewer = _allowed(region)
        filters = Filters(**{name: _query(word) for name, word in QUERY_NAMES.items()})
        version = edition_for(db, viewer).version
        with db.session() as session:
            named = get_region(session, viewer.region(region))
            if not is_offered(session, catalogue, version, filters):
                raise NotFound  # and never quietly the figures of another choice
            rows = load_selection(session, version, catalogue, named, filters).rows
            found = load_sources(session, version, {row.indicator.id for row in rows})
        periods = {(row.indicator.id, row.latest.period): row.indicator for row in rows if row.latest}
        remarks = [source_line(found[key], periods[key]) for key in periods if key in found]
        return _csv(f"indicatoren-{named.code}", _table_rows(named, rows), remarks)

    def download_indicator(region: str, indicator: str) -> Response:
        viewer = _allowed(region)
        version = edition_for(db, viewer).version
        with db.session() as session:
            address = Address(region, Tab.INDICATORS, indicator)
            division = division_of(_query("indeling"))
            view = open_view(session, viewer, catalogue, address, version=version, division=division)
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
        beside = [] if region.code == COUNTRY else [(row.country, "Nederland")]
        for figure, name in [(row.own, region.name), *beside]:
            if figure is not None:
                yield _row(row.indicator, figure, name)


def _indicator_rows(view: View) -> Iterator[list[Cell]]:
    """The series of the region and the country, then the categories, all regions and the contributions."""
    query = {name: _query(name) for name in ("jaar", "uitsplitsing", "niveau", "indeling")}
    controls, unknown = load_controls(view, query)
    if unknown:
        raise NotFound
    period, breakdown, level = controls.period.value, controls.breakdown.value, controls.level.value
    names = {COUNTRY: "Nederland", view.region.code: view.region.name}
    series = load_series(view.reading, list(names), breakdown=breakdown)
    parts = load_breakdown(view.reading, period, list(names)) if view.indicator.breakdowns else []
    group = load_group(view, period, breakdown, level)
    figures = [each for code in names for each in series[code]]
    figures += [each for each in parts if each.breakdown != breakdown]
    figures += [each for code, each in group.figures.items() if code not in names] if group else []
    division = DIVISION_WORDS[view.reading.division].lower()
    for figure in figures:
        name = names.get(figure.region) or (group.name(figure.region) if group else "")
        yield _row(view.indicator, figure, name, division=division)
    for opened in load_composition(view, period, breakdown).lists:
        yield from (_contribution_row(view.indicator, opened, each, division) for each in opened.parts)


def _row(indicator: Indicator, figure: Figure, name: str, *, division: str = "zoals geleverd") -> list[Cell]:
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
        figure_words(figure, indicator),
        figure.numerator_low,
        figure.numerator_high,
        figure.denominator_low,
        figure.denominator_high,
        STATUS_WORDS[figure.period_status],
        100 * figure.estimated,
        100 * figure.indirect,
        division,
        conversion_words(figure),
        "cijfer",
        None,
    ]


def _contribution_row(indicator: Indicator, opened: Opened, each: Contribution, division: str) -> list[Cell]:
    """What one region brings to the figure, or gets of it: counts only, and no share of the whole."""
    figure = opened.total._replace(region=each.piece.code, estimated=0.0, indirect=0.0)
    head = _row(indicator, figure, each.piece.name, division=division)[:7]
    numerator, denominator = (pair or (None, None) for pair in (each.numerator, each.denominator))
    words = contributed(each, each.numerator)
    status = STATUS_WORDS[figure.period_status]
    tail = [None, None, division, "", f"bijdrage: {opened.title.lower()}", 100 * each.piece.share]
    return [*head, None, None, words, *numerator, *denominator, status, *tail]


def _csv(name: str, rows: Iterable[list[Cell]], remarks: list[str]) -> Response:
    response = Response(csv_bytes(HEADER, rows, remarks), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name.lower()}.csv")
    return response
