"""The table of all indicators: the filter form above it, and the table itself."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.benchmarks import bounds_of
from app.comparisons import ALSO_WITHOUT, Comparison, Filters, Selection
from app.divisions import figure_words
from app.indicators import TOTAL, Figure
from app.regions import COUNTRY, RegionKind, RegionName
from app.sentences import NO_DATA, State, short_change, short_difference
from app.wording import capital, period_label
from layouts import ids
from layouts.components import (
    Cell,
    Column,
    Node,
    card,
    downloads,
    group_row,
    image,
    link,
    notices,
    pills,
    present,
    row,
    search,
    select,
    state,
    table,
    tag,
)
from layouts.formatting import badges, category_label, kind_name, only_levels, plural
from layouts.sparklines import CELL, sparkline

COLUMNS = (
    Column("Indicator"),
    Column("Uw regio", "r"),
    Column("Nederland", "r"),
    Column("Ten opzichte van Nederland"),
    Column("Verloop"),
    Column("Periode"),
    Column("Status"),
    Column("Bron"),
)

FIGURE_CHOICES = (("alle", "Alleen met cijfers"), (ALSO_WITHOUT, "Ook zonder cijfers"))

Options = Sequence[tuple[str, str]]

COUNTRY_COLUMNS = (Column("Indicator"), Column("Nederland", "r"), *COLUMNS[4:])

NOTHING_YET = "nog geen gegevens"

ALL = "alle"
"""The first choice of every filter; in the address it is left out. A select cannot hold an empty value."""


def page(
    filters: Filters,
    *,
    themes: Sequence[str],
    years: Sequence[str],
    levels: Sequence[RegionKind],
    dimensions: Options,
    unknown: Sequence[str] = (),
) -> Node:
    """The form with the address's choices, and empty places for count and table.

    Args:
        unknown: values in the address that no filter has; the page says so and shows everything.
    """
    fields = [
        select(ids.Indicators.THEME, "Thema", _with_all("Alle thema’s", themes), filters.theme or ALL),
        search(ids.Indicators.TEXT, "Zoek in de indicatoren", filters.text),
        select(ids.Indicators.YEAR, "Jaar", _with_all("Laatste cijfer", years), filters.year or ALL),
        select(ids.Indicators.LEVEL, "Niveau", _level_options(levels), filters.level or ALL),
        select(
            ids.Indicators.BREAKDOWN, "Uitsplitsing", [(ALL, "Totaal"), *dimensions], filters.dimension or ALL
        ),
        select(ids.Indicators.FIGURES, "Cijfers", FIGURE_CHOICES, filters.figures or ALL),
    ]
    form = card(
        tag("H2", "Kies indicatoren", className="visually-hidden"),
        tag("Div", fields, className="filters"),
        notices(f"“{value}” is hier niet beschikbaar; die keuze is overgeslagen." for value in unknown),
    )
    count = tag("P", "", id=ids.Indicators.COUNT, role="status", className="small")
    rows = tag("Div", state(State.LOADING), id=ids.Indicators.TABLE)
    return tag("Div", [form, count, rows], className="grid")


class Links(NamedTuple):
    """Where the table's links lead: the page without filters, the download, the table with empty rows too."""

    clear: str
    csv: str
    without: str


def count_words(selection: Selection) -> str:
    """How many rows the filters leave: `12 indicatoren`."""
    rows = selection.rows
    if any(each.breakdown != TOTAL for each in rows):
        return plural(len(rows), "rij", "rijen")
    return plural(len(rows), "indicator", "indicatoren")


def content(region: RegionName, selection: Selection, links: Links) -> Node:
    """The table grouped by theme with its download, or the sentence that nothing is left."""
    rest = _left_out(selection.left_out, links)
    if not selection.rows:
        back = tag("P", link("Wis alle filters", links.clear, className="btn"))
        return tag("Div", present([state(State.EMPTY), rest, back]), className="grid")
    columns = COUNTRY_COLUMNS if region.code == COUNTRY else COLUMNS
    caption = "Indicatoren van Nederland"
    if region.code != COUNTRY:
        caption = f"Indicatoren van {region.name} naast Nederland"
    shown = table(caption, columns, _body(region, selection.rows, len(columns)), name=f"Tabel: {caption}")
    buttons = [downloads(links.csv), link("Wis alle filters", links.clear)]
    hint = None if region.code == COUNTRY else tag("P", HINT, className="src")
    return card(shown, rest, hint, tag("Div", buttons, className="buttons"))


def _left_out(number: int, links: Links) -> Node | None:
    """A word about what the catalogue has and nobody has loaded figures for."""
    if not number:
        return None
    words = f"{plural(number, 'indicator heeft', 'indicatoren hebben')} nog geen gegevens. "
    return tag("P", [words, link("Toon ze ook", links.without)], className="small")


HINT = (
    "Bij een aantal staat het aandeel in Nederland: het aantal van een regio is niet met dat van het land te "
    "vergelijken. Of hoger of lager beter is, staat bij het cijfer zelf; meestal geen van beide."
)


def _body(region: RegionName, rows: Sequence[Comparison], columns: int) -> Iterator[Node]:
    for theme, group in groupby(rows, key=lambda each: each.indicator.theme):
        yield group_row(theme, columns)
        for each in group:
            yield _row(region, each)


def _row(region: RegionName, each: Comparison) -> Node:
    indicator, latest = each.indicator, each.latest
    beside = [Cell(_value(each, each.country), "r wide"), Cell(_gap(each), "wide")]
    cells = [
        Cell(_own(region, each), "r wide"),
        *([] if region.code == COUNTRY else beside),
        Cell(_trend(each)),
        Cell(period_label(latest.period, indicator) if latest else "", "period"),
        Cell(pills(badges(latest, indicator)) if latest else ""),
        Cell(indicator.source),
    ]
    return row(_name(region, each), cells)


def _name(region: RegionName, each: Comparison) -> list[str | Node]:
    address = f"/regio/{region.code}/indicatoren/{each.indicator.id}"
    if each.breakdown == TOTAL:
        return [link(each.indicator.label, address)]
    label = category_label(each.breakdown, each.indicator)
    return [
        link(each.indicator.label, f"{address}?uitsplitsing={each.breakdown}"),
        tag("Span", label, className="sub"),
    ]


def _own(region: RegionName, each: Comparison) -> str | Node:
    if each.latest is None:
        return tag("Span", NOTHING_YET, className="missing")
    if region.kind not in each.indicator.levels:
        return tag("Span", only_levels(each.indicator), className="missing")
    return _value(each, each.own)


def _value(each: Comparison, figure: Figure | None) -> str | Node:
    words = figure_words(figure, each.indicator)
    return tag("Span", words, className="missing") if words == NO_DATA else words


def _gap(each: Comparison) -> str:
    return capital(short_difference(each.own, each.country, each.indicator))


def _trend(each: Comparison) -> Node | str:
    series = each.comparable
    svg = sparkline([bounds_of(figure) for figure in series], size=CELL)
    words = short_change(series, each.indicator)
    if not svg:
        return words
    return tag("Div", present([image(svg, ""), tag("Span", words)]), className="trend")


def _with_all(words: str, values: Sequence[str]) -> Options:
    return [(ALL, words), *((value, value) for value in values)]


def _level_options(levels: Sequence[RegionKind]) -> Options:
    return [(ALL, "Alle niveaus"), *((level.value, capital(kind_name(level))) for level in levels)]
