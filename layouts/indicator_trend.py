"""How an indicator went over the years: chart against the country, summary, notes, table of the series."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.benchmarks import Bounds, bounds_of, can_be_base, comparable_series, derivable, index
from app.divisions import conversion_words, figure_words, is_refused
from app.indicators import Figure, Indicator, PeriodStatus, SeriesBreak, Unit
from app.regions import COUNTRY, RegionName
from app.sentences import State, short_difference
from app.wording import axis_place, capital, listing, moment, number, period_label, year_label
from layouts.components import (
    Cell,
    Column,
    ImageText,
    Node,
    card,
    chart,
    details,
    downloads,
    figure_card,
    notices,
    row,
    state,
    table,
    tag,
)
from layouts.figures import AxisFormat, Chart, Point, trend
from layouts.formatting import axis_format, badges, between, count, with_unit

Series = Sequence[Figure]


@dataclass(frozen=True)
class _Lines:
    """What the chart draws: values, or for a counted total index figures with `base` as 100."""

    own: Sequence[Point]
    country: Sequence[Point]
    base: str = ""

    @property
    def main(self) -> Sequence[Point]:
        return self.own or self.country

    @property
    def name(self) -> str:
        return "Uw regio" if self.own else "Nederland"


def section(
    region: RegionName,
    indicator: Indicator,
    own: Series,
    country: Series,
    *,
    notes: Sequence[str] = (),
    source: str = "",
    csv_href: str = "",
) -> Node:
    """The chart with its summary and table; words only where there are fewer than two periods.

    Args:
        own: the region's figures, oldest first; empty where the indicator has none for it.
        country: the country's figures.
        notes: sentences on mergers and splits of the region.
        source: the line that an image of the chart carries.
        csv_href: where the table can be downloaded.
    """
    own = () if region.code == COUNTRY else own
    lines = _lines(indicator, own, country)
    if not [*own, *country]:
        return card(tag("H3", "Verloop"), state(State.NOT_AVAILABLE))
    told = notices(remarks(indicator, own, country, notes=notes))
    series = _table(region, indicator, own, country, lines)
    if len(lines.main) < 2:
        single = tag("P", _single(indicator, [*own, *country]), className="sum")
        return card(tag("H3", "Verloop"), single, series, downloads(csv_href))
    title, words = _title(indicator, own or country, lines.name), _summary(region, indicator, lines, country)
    listed = details("Tabel bij deze grafiek", [series, downloads(csv_href)])
    image = ImageText(
        source,
        _counted(indicator, own or country),
        region=region.name if lines.own else "",
        name=f"{region.code} {indicator.id} verloop",
        title=title.replace("Uw regio", region.name),
    )
    drawing = chart(_figure(indicator, lines, [*own, *country]), name=title)
    return figure_card(title, words, drawing, told, listed, image=image)


def _figure(indicator: Indicator, lines: _Lines, figures: Series) -> Chart:
    scale = AxisFormat(",.0f") if lines.base else axis_format(indicator)
    breaks = [axis_place(cut.period) for cut in _breaks(indicator, figures)]
    return trend(lines.own, lines.country, breaks, scale)


def _counted(indicator: Indicator, series: Series) -> str:
    """How many the last percentage is of; a count tells it by itself."""
    last = series[-1]
    if last.denominator_low is None:
        return ""
    when = year_label(last.period, indicator.period_kind)
    return f"{count(last.denominator_low, last.denominator_high)} in {when} ({indicator.denominator})"


def remarks(indicator: Indicator, own: Series, country: Series, *, notes: Sequence[str] = ()) -> list[str]:
    """What is to be known of the series: where it breaks, mergers and splits, which figures are computed."""
    breaks = [_break_words(cut, indicator) for cut in _breaks(indicator, [*own, *country])]
    return [*breaks, *notes, *_conversions(own)]


def _lines(indicator: Indicator, own: Series, country: Series) -> _Lines:
    if indicator.is_counted_total and own:
        since, there = comparable_series(list(own), indicator), comparable_series(list(country), indicator)
        bases = {figure.period: figure for figure in there if can_be_base(figure)}
        base = next((each for each in since if can_be_base(each) and each.period in bases), None)
        if base is not None:
            own_points = _index_points(indicator, since, base)
            if len(own_points) > 1:
                return _Lines(own_points, _index_points(indicator, there, bases[base.period]), base.period)
        return _Lines(_points(indicator, own), ())
    return _Lines(_points(indicator, own), _points(indicator, country))


def _points(indicator: Indicator, series: Series) -> list[Point]:
    return [
        _point(indicator, figure, bounds_of(figure), figure_words(figure, indicator)) for figure in series
    ]


def _index_points(indicator: Indicator, series: Series, base: Figure) -> list[Point]:
    known = [(figure, index(figure, base)) for figure in series if figure.period >= base.period]
    return [_point(indicator, figure, bounds, between(bounds, _index_text)) for figure, bounds in known]


def _point(indicator: Indicator, figure: Figure, bounds: Bounds | None, words: str) -> Point:
    label = year_label(figure.period, indicator.period_kind)
    is_provisional = figure.period_status is not PeriodStatus.FINAL
    return Point(axis_place(figure.period), label, bounds, words, is_provisional)


def _index_text(value: float) -> str:
    return number(value, 1)


def _title(indicator: Indicator, series: Series, name: str) -> str:
    """`Uw regio: van 2,7% in 2011 naar 2,0% in 2025`, never across a break in the series."""
    known = [figure for figure in comparable_series(list(series), indicator) if figure.low is not None]
    if len(known) < 2:
        return f"{name}: {indicator.short_label}"
    first, last = (
        f"{_short(figure, indicator)} in {year_label(figure.period, indicator.period_kind)}"
        for figure in (known[0], known[-1])
    )
    return f"{name}: van {first} naar {last}"


def _short(figure: Figure, indicator: Indicator) -> str:
    pair = derivable(figure)
    return between(pair, with_unit(indicator)) if pair else figure_words(figure, indicator)


def _summary(region: RegionName, indicator: Indicator, lines: _Lines, country: Series) -> str:
    there = region.name + (" naast Nederland" if lines.own and lines.country else "")
    words = [f"{indicator.label}, {there if lines.own else 'Nederland'}."]
    if lines.base:
        base = year_label(lines.base, indicator.period_kind)
        words.append(f"De lijnen zijn indexcijfers: {base} is 100.")
    elif lines.own and lines.country:
        words.append(_title(indicator, country, "Nederland") + ".")
    words.append(_extremes(lines, _since(indicator)))
    if any(point.is_provisional for point in lines.main):
        words.append("Een open punt is een voorlopig cijfer.")
    if any(" " in point.words for point in lines.main if point.bounds):
        words.append("Een streepje omhoog en omlaag geeft de grenzen waartussen het cijfer ligt.")
    return " ".join(word for word in words if word)


def _since(indicator: Indicator) -> float:
    """Where the axis has the last break in the series; 0 without any."""
    return max((axis_place(cut.period) for cut in indicator.series_breaks), default=0.0)


def _extremes(lines: _Lines, since: float) -> str:
    known = [(sum(point.bounds) / 2, point) for point in lines.main if point.bounds and point.x >= since]
    if len(known) < 3:
        return ""
    low, high = min(known)[1], max(known)[1]
    return f"Hoogste punt: {high.words} ({high.label}); laagste: {low.words} ({low.label})."


def _single(indicator: Indicator, figures: Series) -> str:
    periods = sorted({figure.period for figure in figures})
    when = listing([period_label(period, indicator) for period in periods])
    return f"Van dit cijfer is er één periode: {when}. Een verloop is er nog niet."


def _breaks(indicator: Indicator, figures: Series) -> list[SeriesBreak]:
    periods = {figure.period for figure in figures}
    return [cut for cut in indicator.series_breaks if periods and min(periods) < cut.period <= max(periods)]


def _break_words(cut: SeriesBreak, indicator: Indicator) -> str:
    return f"Breuk in de reeks {moment(cut.period, indicator)}. {cut.explanation}"


def _conversions(own: Series) -> list[str]:
    """What the converted figures of a series are, and which ones cannot be made."""
    found = []
    if any(conversion_words(figure) for figure in own):
        found.append("Bij “berekend” is het cijfer omgerekend naar de gemeenten van nu.")
    if any(is_refused(figure) for figure in own):
        found.append(
            "Van sommige jaren is er geen cijfer voor de gemeenten van nu: de bron gaf alleen percentages."
        )
    return found


def _table(region: RegionName, indicator: Indicator, own: Series, country: Series, lines: _Lines) -> Node:
    caption = f"{indicator.label}, {region.name} naast Nederland" if own else f"{indicator.label}, Nederland"
    has_parts = indicator.unit is Unit.PERCENT and any(figure.numerator_low is not None for figure in own)
    columns = _columns(has_own=bool(own), has_parts=has_parts, base=lines.base)
    here, there = {figure.period: figure for figure in own}, {figure.period: figure for figure in country}
    indexes = [{point.x: point.words for point in points} for points in (lines.own, lines.country)]
    rows = []
    for period in sorted({*here, *there}, reverse=True):
        cells = _cells(indicator, here.get(period), there.get(period), has_own=bool(own), has_parts=has_parts)
        if lines.base:
            cells[2:2] = [Cell(each.get(axis_place(period), ""), "r") for each in indexes]
        rows.append(row(period_label(period, indicator), cells))
    return table(caption, columns, rows, name=f"Tabel: {caption}", style="tall")


def _columns(*, has_own: bool, has_parts: bool, base: str) -> list[Column]:
    columns = [Column("Periode")]
    if has_own:
        columns.append(Column("Uw regio", "r"))
    columns.append(Column("Nederland", "r"))
    if base:
        columns += [Column("Index uw regio", "r"), Column("Index Nederland", "r")]
    if has_parts:
        columns += [Column("Aantal in uw regio", "r"), Column("van in totaal", "r")]
    if has_own:
        columns.append(Column("Ten opzichte van Nederland"))
    return [*columns, Column("Status")]


def _cells(
    indicator: Indicator, own: Figure | None, country: Figure | None, *, has_own: bool, has_parts: bool
) -> list[Cell]:
    cells = [Cell(figure_words(own, indicator), "r")] if has_own else []
    cells.append(Cell(figure_words(country, indicator), "r"))
    if has_parts:
        cells += [Cell(words, "r") for words in _part_words(own)]
    if has_own:
        cells.append(Cell(capital(short_difference(own, country, indicator))))
    return [*cells, Cell(_status(own or country, indicator))]


def _status(figure: Figure | None, indicator: Indicator) -> str:
    """What is to be known of a figure, with the part of it that is estimated by conversion."""
    if figure is None:
        return ""
    converted = conversion_words(figure)
    words = [each.words for each in badges(figure, indicator)]
    if converted:
        words = [converted, *(each for each in words if each not in ("berekend", "deels geschat"))]
    return ", ".join(words)


def _part_words(own: Figure | None) -> tuple[str, str]:
    if own is None:
        return "", ""
    return count(own.numerator_low, own.numerator_high), count(own.denominator_low, own.denominator_high)
