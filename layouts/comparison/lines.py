"""The years of a region beside at most three others, with what may be said of the trend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.benchmarks import bounds_of, can_be_base, index
from app.indicators import TOTAL, Figure, Indicator, PeriodStatus
from app.regions import COUNTRY, RegionName
from app.sentences import State, trend_words, value_words
from app.tables import Sheet, SheetCell, Value, figure_value
from app.trends import is_faster, trend_of
from app.wording import axis_place, number, period_label, year_label
from layouts.comparison.base import Shown, sheet_table, told
from layouts.components import ImageText, chart, details, figure_card, notices
from layouts.figures import AxisFormat, Point
from layouts.figures.trend import COUNTRY_STYLE, MORE_STYLES, OWN_STYLE, Line, Style, lines
from layouts.formatting import axis_format, category_label, period_text

NOTHING = "Voor deze soort regio’s zijn er nog geen cijfers om te vergelijken."
TOO_SHORT = "Van dit cijfer is er maar één meting; een verloop is er dus nog niet. Kies een ander cijfer."
INDEXED = "Een aantal hangt af van de grootte van de regio. Daarom staat elke lijn op 100 in {start}."


@dataclass(frozen=True)
class Lines:
    """The own series and at most three others by name, each oldest first."""

    region: RegionName
    indicator: Indicator
    own: Sequence[Figure]
    others: Sequence[tuple[str, Sequence[Figure]]]
    source: str
    breakdown: str = TOTAL
    remarks: Sequence[str] = ()


def content(shown: Lines) -> Shown:
    """The chart with the sentence on its trend, and the table."""
    if not shown.own:
        return told(State.NOT_AVAILABLE, NOTHING)
    sheet = _sheet(shown)
    if len({figure.period for figure in shown.own}) < 2:
        return told(State.NOT_AVAILABLE, TOO_SHORT)
    start = _base_period(shown)
    title = _title(shown)
    breaks = [axis_place(cut.period) for cut in shown.indicator.series_breaks]
    scale = AxisFormat(",.0f") if start else axis_format(shown.indicator)
    figure = lines(_lines(shown, start), breaks, scale)
    indexed = [INDEXED.format(start=period_label(start, shown.indicator))] if start else []
    cuts = [cut.explanation for cut in shown.indicator.series_breaks]
    node = figure_card(
        title,
        _summary(shown),
        chart(figure, name=title),
        notices([*indexed, *cuts, *shown.remarks]),
        details("Tabel bij deze grafiek", sheet_table(sheet, style="tall")),
        image=ImageText(shown.source, "", shown.own[-1].period, shown.region.name),
    )
    return Shown(node, [sheet], title)


def _title(shown: Lines) -> str:
    names = [name for name, series in shown.others if series]
    part = "" if shown.breakdown == TOTAL else f", {category_label(shown.breakdown, shown.indicator).lower()}"
    beside = f" naast {', '.join(names)}" if names else ""
    return f"{shown.indicator.short_label}{part}: {shown.region.name}{beside}"


def _summary(shown: Lines) -> str:
    if shown.indicator.is_counted_total:
        return "Van een aantal is geen trend te toetsen: het groeit en krimpt met de regio mee."
    own = trend_of(list(shown.own), shown.indicator)
    country = next((series for _, series in shown.others if series and series[0].region == COUNTRY), ())
    other = trend_of(list(country), shown.indicator) if country else None
    return trend_words(own, other, is_faster(own, other) if other else 0, shown.indicator)


def _base_period(shown: Lines) -> str:
    """For a counted total the first period in which every line has an exact figure; '' for the rest."""
    if not shown.indicator.is_counted_total:
        return ""
    every = [shown.own, *(series for _, series in shown.others if series)]
    exact = [{figure.period for figure in series if can_be_base(figure)} for series in every]
    return min(set.intersection(*exact), default="")


def _lines(shown: Lines, start: str) -> list[Line]:
    styles = _styles(shown.others)
    every = [("Uw regio", shown.own, OWN_STYLE)]
    every += [(name, series, style) for (name, series), style in zip(shown.others, styles, strict=True)]
    return [Line(_cut(name), _points(shown, series, start), style) for name, series, style in every]


def _styles(others: Iterable[tuple[str, Sequence[Figure]]]) -> list[Style]:
    """The country keeps its own style; two others take the next two, a third that of the country."""
    free = [*MORE_STYLES, COUNTRY_STYLE]
    found = []
    for _, series in others:
        is_country = bool(series) and series[0].region == COUNTRY
        style = COUNTRY_STYLE if is_country and COUNTRY_STYLE in free else free[0]
        free.remove(style)
        found.append(style)
    return found


LONGEST = 16


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _points(shown: Lines, series: Sequence[Figure], start: str) -> list[Point]:
    base = next((figure for figure in series if figure.period == start), None)
    if start and base is None:
        return []
    return [_point(shown.indicator, figure, base) for figure in series if figure.period >= start]


def _point(indicator: Indicator, figure: Figure, base: Figure | None) -> Point:
    bounds = bounds_of(figure) if base is None else index(figure, base)
    words = value_words(figure, indicator)
    if base is not None and bounds is not None:
        words = f"{number(bounds[0], 1)} ({words})"
    is_provisional = figure.period_status is not PeriodStatus.FINAL
    label = year_label(figure.period, indicator.period_kind)
    return Point(axis_place(figure.period), label, bounds, words, is_provisional)


def _sheet(shown: Lines) -> Sheet:
    every = [(shown.region.name, shown.own), *shown.others]
    periods = sorted({figure.period for _, series in every for figure in series}, reverse=True)
    rows = [_row(shown, period, [series for _, series in every]) for period in periods]
    header = ["Periode", *(name for name, _ in every)]
    return Sheet(_title(shown), header, rows, [shown.source, *shown.remarks], "Verloop")


def _row(shown: Lines, period: str, every: Sequence[Sequence[Figure]]) -> list[SheetCell]:
    cells: list[Value] = []
    for series in every:
        found = next((figure for figure in series if figure.period == period), None)
        cells.append(figure_value(found, shown.indicator))
    found = next((each for series in every for each in series if each.period == period), None)
    when = period_text(period, found.period_status, shown.indicator) if found else period
    return [when, *cells]
