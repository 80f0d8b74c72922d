"""What the two downloads hold: the same rows as one long csv, and as a workbook with a sheet per table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.comparisons import Comparison
from app.contributions import Contribution
from app.divisions import conversion_words, figure_words
from app.indicators import TOTAL, Figure, Indicator
from app.regions import COUNTRY, RegionName
from app.sentences import STATUS_WORDS
from app.tables import NOTHING, Sheet, SheetCell, Value, exact, figure_value
from app.wording import period_label
from callbacks.indicator_contributions import load_composition
from callbacks.indicator_figures import DIVISION_WORDS, View, load_group, load_mergers, old_divisions
from layouts import indicator_contributions, indicator_parts, indicator_trend
from layouts.formatting import category_label, count
from layouts.indicator import Controls
from layouts.indicator_contributions import Composition, Opened, contributed
from loaders.divided import load_breakdown, load_series

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
_KEY = ("Regiocode", "Periode", "Uitsplitsing", "Soort regel")
_PLACES = {heading: place for place, heading in enumerate(HEADER)}

_KNOWN_OF = ("Waarde", "Teller", "Noemer", "Status", "Deel geschat (%)", "Deel niet via postcode (%)")
_OF_SELECTION = ("Indicator", "Uitsplitsing", "Thema", "Regio", "Regiocode", "Periode", "Eenheid", *_KNOWN_OF)
_OF_TREND = ("Periode", "Regio", "Regiocode", "Uitsplitsing", *_KNOWN_OF, "Omrekening")
_OF_REGIONS = ("Regio", "Regiocode", "Periode", "Uitsplitsing", *_KNOWN_OF, "Omrekening")
_OF_PARTS = ("Uitsplitsing", "Regio", "Regiocode", "Periode", *_KNOWN_OF, "Omrekening")
_OF_CONTRIBUTIONS = ("Regio", "Regiocode", "Soort regel", "Deel van de gemeente (%)", "Teller", "Noemer")
"""What stands in the columns of each sheet, the first of which names its rows."""


class Row(NamedTuple):
    """One figure, or what one region brings to it: the cells of `HEADER`, and what a workbook says of them.

    `numbers` holds the value, the numerator and the denominator, each a number only where it is known.
    """

    cells: Sequence[SheetCell]
    numbers: Mapping[str, Value]

    def cell(self, heading: str) -> SheetCell:
        """The cell of a sheet under a heading."""
        found = self.numbers.get(heading) or self.cells[_PLACES[heading]]
        return "Totaal" if heading == "Uitsplitsing" and not found else found


class Table(NamedTuple):
    """One table of a page: the name of its tab, what it shows, its columns and rows, what to know of it."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Row]
    remarks: Sequence[str] = ()

    @property
    def sheet(self) -> Sheet:
        """The table as a person reads it, a hidden number as words."""
        cells = [[row.cell(heading) for heading in self.headings] for row in self.rows]
        headings = ["Soort" if each == "Soort regel" else each for each in self.headings]
        return Sheet(self.title, headings, cells, self.remarks, self.name)


def csv_sheet(rows: Iterable[Row], notes: Sequence[str]) -> Sheet:
    """All rows as one table for programs, with bounds as numbers."""
    return Sheet("", HEADER, [row.cells for row in rows], notes)


def selection_table(region: RegionName, rows: Iterable[Comparison]) -> Table:
    """The table of indicators, each for the region and for the country."""
    found = []
    for row in rows:
        beside = [] if region.code == COUNTRY else [(row.country, "Nederland")]
        named = [(row.own, region.name), *beside]
        found += [figure_row(row.indicator, figure, name) for figure, name in named if figure is not None]
    return Table("Indicatoren", f"Indicatoren van {region.name} naast Nederland", _OF_SELECTION, found)


def load_tables(view: View, controls: Controls) -> dict[str, Table]:
    """The tables of an indicator's page: the years, the categories, all regions, what makes the figure."""
    period, breakdown, level = controls.period.value, controls.breakdown.value, controls.level.value
    years = {"verloop": _trend(view, breakdown)}
    if not period:  # nobody has loaded figures of it
        return years
    of_period = {
        "uitsplitsingen": _parts(view, period),
        "regios": _regions(view, period, breakdown, level),
        "bijdragen": contributions_table(view, load_composition(view, period, breakdown)),
    }
    return years | {name: table for name, table in of_period.items() if table.rows}


def all_rows(tables: Mapping[str, Table]) -> list[Row]:
    """The rows of all tables below one another, a figure that stands in two of them once."""
    kept: dict[Sequence[SheetCell], Row] = {}
    for table in tables.values():
        for row in table.rows:
            kept.setdefault(tuple(row.cells[_PLACES[each]] for each in _KEY), row)
    return list(kept.values())


def _trend(view: View, breakdown: str) -> Table:
    names = _own_names(view)
    series = load_series(view.reading, list(names), breakdown=breakdown)
    own, country = series[view.region.code], series[COUNTRY]
    merged = [*load_mergers(view, own), *old_divisions(view, own)]
    rows = [_row_of(view, each, names[code]) for code in names for each in series[code]]
    title = f"{view.indicator.label}: verloop van {view.region.name} naast Nederland"
    remarks = indicator_trend.remarks(view.indicator, own, country, notes=merged)
    return Table("Verloop", title, _OF_TREND, rows, remarks)


def _parts(view: View, period: str) -> Table:
    names, divided = _own_names(view), view.indicator.breakdowns
    figures = load_breakdown(view.reading, period, list(names)) if divided else []
    rows = [_row_of(view, each, names[each.region]) for each in figures]
    remarks = [f"{each.label}: {words}" for each in divided for words in indicator_parts.remarks(each)]
    return Table("Uitsplitsingen", _title(view, period, "uitsplitsingen"), _OF_PARTS, rows, remarks)


def _regions(view: View, period: str, breakdown: str, level: str) -> Table:
    group = load_group(view, period, breakdown, level)
    if group is None:
        return Table("Regio’s", "", _OF_REGIONS, [])
    names = _own_names(view)
    rows = [_row_of(view, each, names.get(code) or group.name(code)) for code, each in group.figures.items()]
    if group.country and COUNTRY not in group.figures:
        rows.append(_row_of(view, group.country, names[COUNTRY]))
    return Table("Regio’s", _title(view, period, group.words), _OF_REGIONS, rows)


def contributions_table(view: View, composition: Composition) -> Table:
    """What each region brings to a figure, or gets of it."""
    division = DIVISION_WORDS[view.reading.division].lower()
    lists = composition.lists
    rows = [row for opened in lists for row in _brought(view.indicator, opened, division)]
    remarks = [f"{each.title}: {words}" for each in lists for words in indicator_contributions.remarks(each)]
    return Table("Bijdragen", _title(view, composition.period, "bijdragen"), _OF_CONTRIBUTIONS, rows, remarks)


def _own_names(view: View) -> dict[str, str]:
    return {COUNTRY: "Nederland", view.region.code: view.region.name}


def _title(view: View, period: str, what: str) -> str:
    return f"{view.indicator.label}, {period_label(period, view.indicator)}: {what}"


def _row_of(view: View, figure: Figure, name: str) -> Row:
    return figure_row(view.indicator, figure, name, division=DIVISION_WORDS[view.reading.division].lower())


def figure_row(indicator: Indicator, figure: Figure, name: str, *, division: str = "zoals geleverd") -> Row:
    """One figure: its bounds for the csv, its words for the workbook."""
    cells = [
        *_head(indicator, figure, name),
        _bare(figure.low),
        _bare(figure.high),
        figure_words(figure, indicator),
        _bare(figure.numerator_low),
        _bare(figure.numerator_high),
        _bare(figure.denominator_low),
        _bare(figure.denominator_high),
        STATUS_WORDS[figure.period_status],
        _bare(100 * figure.estimated),
        _bare(100 * figure.indirect),
        division,
        conversion_words(figure),
        "cijfer",
        NOTHING,
    ]
    numbers = {
        "Waarde": figure_value(figure, indicator),
        "Teller": _counted(figure.numerator_low, figure.numerator_high),
        "Noemer": _counted(figure.denominator_low, figure.denominator_high),
    }
    return Row(cells, numbers)


def _head(indicator: Indicator, figure: Figure, name: str) -> list[SheetCell]:
    return [
        indicator.theme,
        indicator.label,
        "" if figure.breakdown == TOTAL else category_label(figure.breakdown, indicator),
        figure.region,
        name,
        period_label(figure.period, indicator),
        indicator.unit.value,
    ]


def _brought(indicator: Indicator, opened: Opened, division: str) -> Iterator[Row]:
    """What each region brings to the figure, or gets of it: counts only, and no share of the whole."""
    for each in opened.parts:
        figure = opened.total._replace(region=each.piece.code)
        words = contributed(each, each.numerator)
        cells = [
            *_head(indicator, figure, each.piece.name),
            *(NOTHING, NOTHING),
            words,
            *(_bare(bound) for bound in (*_ends(each.numerator), *_ends(each.denominator))),
            STATUS_WORDS[figure.period_status],
            *(NOTHING, NOTHING),
            division,
            "",
            f"bijdrage: {opened.title.lower()}",
            _bare(100 * each.piece.share),
        ]
        yield Row(cells, _brought_numbers(each, words))


def _brought_numbers(each: Contribution, words: str) -> dict[str, Value]:
    numerator, denominator = (exact(*_ends(pair)) for pair in (each.numerator, each.denominator))
    return {
        "Teller": Value(words, numerator),
        "Noemer": Value(contributed(each, each.denominator), denominator),
    }


def _ends(bounds: tuple[float, float] | None) -> tuple[float | None, float | None]:
    return bounds or (None, None)


def _bare(number: float | None) -> Value:
    """A number without words of its own, as the csv writes it."""
    return Value("", number)


def _counted(low: float | None, high: float | None) -> Value:
    return NOTHING if low is None else Value(count(low, high), exact(low, high))
