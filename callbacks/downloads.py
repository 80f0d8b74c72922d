"""The figures on a page as csv and as workbook, under the same rules as the page itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import NotFound

from app.access import Tab, Viewer
from app.auth import current_viewer
from app.comparisons import Comparison, Filters
from app.db import Database
from app.divisions import division_of
from app.exports import XLSX, Facts, csv_of, xlsx_bytes
from app.indicators import FigureSource, Indicator
from app.regions import RegionName
from app.wording import AMSTERDAM, capital, day
from callbacks.address import MAX_VALUE, Address
from callbacks.download_tables import Row, Table, all_rows, csv_sheet, load_tables, selection_table
from callbacks.editions import edition_for
from callbacks.indicator_figures import View, load_controls, open_view
from callbacks.indicators import QUERY_NAMES, is_offered, load_selection
from callbacks.regions import get_region
from layouts.formatting import source_line
from layouts.indicator import Controls
from loaders.catalogue import Catalogue
from loaders.observations import load_sources

Sources = Sequence[tuple[FigureSource, Indicator]]
OF_INDICATOR = ("jaar", "uitsplitsing", "niveau", "indeling")
"""The choices in the address of an indicator's page, in the order of its controls."""


@dataclass(frozen=True)
class Download:
    """What an address gives: the rows of the csv, the tables of the workbook, and what stands with both.

    `subject` is part of the file's name; `sources` are the lines below the csv; `facts` tell in the workbook
    what was chosen and where it comes from.
    """

    region: RegionName
    subject: str
    title: str
    rows: Sequence[Row]
    tables: Sequence[Table]
    sources: Sequence[str]
    facts: Facts


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the download addresses: two subjects, each as csv and as workbook."""

    def open_selection(region: str) -> Download:
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
        return _of_selection(named, rows, [(found[key], periods[key]) for key in periods if key in found])

    def open_indicator(region: str, indicator: str) -> Download:
        viewer = _allowed(region)
        version = edition_for(db, viewer).version
        with db.session() as session:
            address = Address(region, Tab.INDICATORS, indicator)
            division = division_of(_query("indeling"))
            view = open_view(session, viewer, catalogue, address, version=version, division=division)
            if view is None:
                raise NotFound
            controls, unknown = load_controls(view, {name: _query(name) for name in OF_INDICATOR})
            tables = {} if unknown else load_tables(view, controls)
            asked = _query("tabel")
            if unknown or (asked and asked not in tables):
                raise NotFound
            found = load_sources(session, view.version, [view.indicator.id])
        sources = [(each, view.indicator) for each in found.values()]
        return _of_indicator(view, controls, {asked: tables[asked]} if asked else tables, sources)

    base = "/regio/<region>/indicatoren"
    for path, name, load in ((base, "table", open_selection), (f"{base}/<indicator>", "one", open_indicator)):
        for ending, answer in (("csv", _csv), ("xlsx", _xlsx)):
            app.server.add_url_rule(f"{path}.{ending}", f"download_{name}_{ending}", _serve(load, answer))


def _serve(load: Callable[..., Download], answer: Callable[[Download], Response]) -> Callable[..., Response]:
    return lambda **place: answer(load(**place))


def _allowed(region: str) -> Viewer:
    viewer = current_viewer()
    viewer.require(Tab.INDICATORS)
    viewer.region(region)
    return viewer


def _query(name: str) -> str:
    return request.args.get(name, "")[:MAX_VALUE]


def _of_selection(region: RegionName, rows: Sequence[Comparison], sources: Sources) -> Download:
    table = selection_table(region, rows)
    chosen = [(f"Gekozen: {word}", _query(word)) for word in QUERY_NAMES.values() if _query(word)]
    told = [(f"Bron van {each.short_label.lower()}", source_line(found, each)) for found, each in sources]
    lines = [source_line(*each) for each in sources]
    facts = [*_region(region), *chosen, *told, *_licences(sources)]
    return Download(region, "indicatoren", table.title, table.rows, [table], lines, facts)


def _of_indicator(view: View, controls: Controls, tables: Mapping[str, Table], sources: Sources) -> Download:
    indicator = view.indicator
    lines = list(dict.fromkeys(source_line(*each) for each in sources))
    described = {
        "Definitie": indicator.definition,
        "Teller": capital(indicator.numerator),
        "Noemer": capital(indicator.denominator),
        "Let op": indicator.note,
        "Kleine aantallen": indicator.hiding_rule,
    }
    told = [(subject, words) for subject, words in described.items() if words]
    facts = [*_region(view.region), *_chosen(controls), *told, *(("Bron", line) for line in lines)]
    title = f"{indicator.label}: {view.region.name}"
    subject = "-".join([indicator.id, *(tables if len(tables) == 1 else ())])
    rows = all_rows(tables)
    return Download(
        view.region, subject, title, rows, list(tables.values()), lines, [*facts, *_licences(sources)]
    )


def _region(region: RegionName) -> Facts:
    return [("Regio", f"{region.name} ({region.code})")]


def _chosen(controls: Controls) -> Facts:
    named = {
        "Periode": controls.period,
        "Uitsplitsing": controls.breakdown,
        "Vergeleken tussen": controls.level,
        "Indeling": controls.division,
    }
    words = {name: dict(control.options).get(control.value, "") for name, control in named.items()}
    return [(f"Gekozen: {name.lower()}", chosen) for name, chosen in words.items() if chosen]


def _licences(sources: Sources) -> Facts:
    found = {source.licence or indicator.licence for source, indicator in sources}
    return [("Licentie", each) for each in sorted(found) if each]


def _csv(found: Download) -> Response:
    content = csv_of(csv_sheet(found.rows, found.sources))
    return _file(found, "csv", content, "text/csv; charset=utf-8")


def _xlsx(found: Download) -> Response:
    now = datetime.now(UTC)
    facts = [*found.facts, ("Gedownload op", day(now))]
    sheets = [each.sheet for each in found.tables]
    return _file(found, "xlsx", xlsx_bytes(sheets, title=found.title, facts=facts, made_at=now), XLSX)


def _file(found: Download, ending: str, content: bytes, kind: str) -> Response:
    """The answer as a file whose name says region, subject and day."""
    today = datetime.now(AMSTERDAM)
    name = f"{found.region.code}-{found.subject}-{today:%Y-%m-%d}.{ending}".lower()
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
