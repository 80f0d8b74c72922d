"""The years of a region beside at most three others, with what may be said of the trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.benchmarks import bounds_of, can_be_base, derivable, index
from app.indicators import TOTAL, Figure, Indicator, PeriodStatus, Unit
from app.regions import COUNTRY, RegionName
from app.sentences import State, trend_words, value_words
from app.tables import NOTHING as NO_VALUE
from app.tables import Sheet, SheetCell, Value, exact, figure_value
from app.trends import is_faster, trend_of
from app.wording import axis_place, number, period_label, year_label
from layouts.comparison.base import Shown, sheet_table, source_note, told
from layouts.components import ImageText, chart, details, figure_card, notices
from layouts.figures import AxisFormat, Point
from layouts.figures.trend import COUNTRY_STYLE, MORE_STYLES, OWN_STYLE, Line, Style, lines
from layouts.formatting import axis_format, between, category_label, period_text

NOTHING = "Voor deze soort regio’s zijn er nog geen cijfers om te vergelijken."
NO_OWN = "Van uw regio is er bij deze keuze geen cijfer. Kies een ander cijfer of een andere uitsplitsing."
TOO_SHORT = "Van dit cijfer is er maar één meting; een verloop is er dus nog niet. Kies een ander cijfer."
INDEXED = "Een aantal hangt af van de grootte van de regio. Daarom staat elke lijn op 100 in {start}."


@dataclass(frozen=True)
class Other:
    """What stands beside the own line: its name, its figures oldest first.

    Of a group `counted` says per period over how many regions it is; `short` is a name for the chart.
    """

    name: str
    series: Sequence[Figure]
    counted: Mapping[str, str] = field(default_factory=dict)
    short: str = ""


@dataclass(frozen=True)
class Lines:
    """The own series, oldest first, and at most three others."""

    region: RegionName
    indicator: Indicator
    own: Sequence[Figure]
    others: Sequence[Other]
    source: str
    breakdown: str = TOTAL
    remarks: Sequence[str] = ()


def content(shown: Lines) -> Shown:
    """The chart with the sentence on its trend, and the table."""
    if not any(bounds_of(figure) for figure in shown.own):
        return told(State.NOT_AVAILABLE, NO_OWN)
    if len({figure.period for figure in shown.own}) < 2:
        return told(State.NOT_AVAILABLE, TOO_SHORT)
    start = _base_period(shown)
    title, summary, sheet = _title(shown), _summary(shown), _sheet(shown, start)
    breaks = [axis_place(cut.period) for cut in shown.indicator.series_breaks]
    scale = AxisFormat(",.0f") if start else axis_format(shown.indicator)
    figure = lines(_lines(shown, start), breaks, scale)
    indexed = [INDEXED.format(start=period_label(start, shown.indicator))] if start else []
    cuts = [cut.explanation for cut in shown.indicator.series_breaks]
    node = figure_card(
        title,
        summary,
        chart(figure, name=title),
        notices([*indexed, *cuts, *shown.remarks]),
        details("Tabel bij deze grafiek", sheet_table(sheet, style="tall")),
        note=source_note(shown.source),
        image=ImageText(shown.source, _counted(shown), shown.own[-1].period, shown.region.name),
    )
    return Shown(node, [sheet], title, f"{title}. {summary}")


def _counted(shown: Lines) -> str:
    """What the last own figure is a part of: `21.300 leerlingen in basisonderwijs en sbo samen`."""
    low, high = shown.own[-1].denominator_low, shown.own[-1].denominator_high
    if low is None or low != high:
        return ""
    return f"{number(low)} {shown.indicator.denominator.removeprefix('alle ')} in de eigen regio"


def _title(shown: Lines) -> str:
    names = [each.name for each in shown.others if each.series]
    part = "" if shown.breakdown == TOTAL else f", {category_label(shown.breakdown, shown.indicator).lower()}"
    beside = f" naast {', '.join(names)}" if names else ""
    return f"{shown.indicator.short_label}{part}: {shown.region.name}{beside}"


def _summary(shown: Lines) -> str:
    if shown.indicator.is_counted_total:
        return "Van een aantal is geen trend te toetsen: het groeit en krimpt met de regio mee."
    own = trend_of(list(shown.own), shown.indicator)
    country = next((each.series for each in shown.others if _is_country(each)), ())
    other = trend_of(list(country), shown.indicator) if country else None
    return trend_words(own, other, is_faster(own, other) if other else 0, shown.indicator)


def _is_country(each: Other) -> bool:
    return bool(each.series) and each.series[0].region == COUNTRY


def _base_period(shown: Lines) -> str:
    """For a counted total the first period in which every line has an exact figure; '' for the rest."""
    if not shown.indicator.is_counted_total:
        return ""
    every = [shown.own, *(each.series for each in shown.others if each.series)]
    exact = [{figure.period for figure in series if can_be_base(figure)} for series in every]
    return min(set.intersection(*exact), default="")


def _lines(shown: Lines, start: str) -> list[Line]:
    styles = _styles(shown.others)
    others = [
        Line(_cut(each.short or each.name), _points(shown, each.series, start), style)
        for each, style in zip(shown.others, styles, strict=True)
    ]
    return [Line("Uw regio", _points(shown, shown.own, start), OWN_STYLE), *others]


def _styles(others: Sequence[Other]) -> list[Style]:
    """The country keeps its own style; two others take the next two, a third that of the country."""
    has_country = any(_is_country(each) for each in others)
    free = [*MORE_STYLES, *([] if has_country else [COUNTRY_STYLE])]
    return [COUNTRY_STYLE if _is_country(each) else free.pop(0) for each in others]


LONGEST = 16


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _points(shown: Lines, series: Sequence[Figure], start: str) -> list[Point]:
    base = next((figure for figure in series if figure.period == start), None)
    if start and base is None:
        return []
    return [_point(shown.indicator, figure, base) for figure in series if figure.period >= start]


def _point(indicator: Indicator, figure: Figure, base: Figure | None) -> Point:
    shown = bounds_of(figure) if indicator.unit is Unit.COUNT else derivable(figure)
    bounds = shown if base is None else index(figure, base)
    words = value_words(figure, indicator) if base is None else between(bounds, _index_text)
    is_provisional = figure.period_status is not PeriodStatus.FINAL
    label = year_label(figure.period, indicator.period_kind)
    return Point(axis_place(figure.period), label, bounds, words, is_provisional)


def _index_text(value: float) -> str:
    return number(value, 1)


def _sheet(shown: Lines, start: str) -> Sheet:
    """A row per period, with the numbers behind an index where the chart draws one."""
    every = [Other(shown.region.name, shown.own), *shown.others]
    periods = sorted({figure.period for each in every for figure in each.series}, reverse=True)
    rows = [_row(shown, period, every, start) for period in periods]
    names = [each.name for each in every]
    header = ["Periode", *names, *(f"Index {name}" for name in names if start)]
    return Sheet(_title(shown), header, rows, [shown.source, *shown.remarks], "Verloop")


def _row(shown: Lines, period: str, every: Sequence[Other], start: str) -> list[SheetCell]:
    found = [next((each for each in other.series if each.period == period), None) for other in every]
    cells: list[SheetCell] = []
    for other, figure in zip(every, found, strict=True):
        value = figure_value(figure, shown.indicator)
        cells.append(value._replace(words=f"{value.words} {other.counted.get(period, '')}".strip()))
    if start:
        cells += [_index_value(other, figure, start) for other, figure in zip(every, found, strict=True)]
    first = next((each for each in found if each is not None), None)
    when = period_text(period, first.period_status, shown.indicator) if first else period
    return [when, *cells]


def _index_value(other: Other, figure: Figure | None, start: str) -> Value:
    base = next((each for each in other.series if each.period == start), None)
    if figure is None or base is None or figure.period < start:
        return NO_VALUE
    bounds = index(figure, base)
    return Value(between(bounds, _index_text), exact(*bounds) if bounds else None)
