"""Lines through the periods: the own region strong, the country dashed, at most two others."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from layouts.figures.base import (
    AXIS,
    COUNTRY,
    COUNTRY_TEXT,
    INK,
    LETTER,
    LINE,
    OWN,
    SECOND,
    SECOND_TEXT,
    THIRD,
    AxisFormat,
    Chart,
    Point,
    base_layout,
    hover,
    short,
    values_axis,
)

MAX_TICKS = 4
WIDE_LABELS = 90.0
"""When the labels beside the lines take more px than this, 320 px has room for one year less."""

LOW_PLOT = 170.0
"""No chart has less height between its lowest and highest point, in px."""


class Style(NamedTuple):
    """How a line is told apart without its colour too: by its dash and the shape of its marks."""

    color: str
    text: str
    dash: str
    symbol: str
    width: int = 2
    size: int = 5


OWN_STYLE = Style(OWN, OWN, "solid", "circle", 3, 7)
COUNTRY_STYLE = Style(COUNTRY, COUNTRY_TEXT, "dash", "circle")
MORE_STYLES = (
    Style(SECOND, SECOND_TEXT, "dashdot", "square", size=6),
    Style(THIRD, THIRD, "dot", "diamond", size=7),
)
"""For a second and third series beside own and country."""

MOST_LINES = 4


class Line(NamedTuple):
    """One series: its name beside its end, and its points, oldest first."""

    name: str
    points: Sequence[Point]
    style: Style


def trend(
    own: Sequence[Point], country: Sequence[Point], breaks: Sequence[float], scale: AxisFormat
) -> Chart:
    """The own region beside the country; the own points are empty where the region has no figures."""
    return lines([Line("Uw regio", own, OWN_STYLE), Line("Nederland", country, COUNTRY_STYLE)], breaks, scale)


def lines(series: Sequence[Line], breaks: Sequence[float], scale: AxisFormat) -> Chart:
    """Lines with labels at their ends, the first one on top, cut where `breaks` begin.

    Args:
        breaks: where on the axis figures stop being comparable with those before.
    """
    shown = [line for line in series[:MOST_LINES] if line.points]
    points = [point for line in shown for point in line.points]
    half, room = _step(points) / 2, _end_room(shown)
    layout = base_layout(
        xaxis={
            **AXIS,
            **_ticks(points, MAX_TICKS if room <= WIDE_LABELS else MAX_TICKS - 1),
            "showgrid": False,
            "range": _x_range(points),
        },
        yaxis={**values_axis(scale), "zeroline": False, "nticks": 6},
        margin={"l": 8, "r": room, "t": 12, "b": 8},
        shapes=[_break_line(at - half) for at in breaks if any(point.x < at for point in points)],
        annotations=_end_labels(shown, points),
    )
    return {"data": [_line(line, breaks) for line in reversed(shown)], "layout": layout}


def _line(line: Line, breaks: Sequence[float]) -> Chart:
    drawn, style = _with_gaps(line.points, breaks), line.style
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "x": [point.x for point in drawn],
        "y": [None if point.bounds is None else sum(point.bounds) / 2 for point in drawn],
        "connectgaps": False,
        "cliponaxis": False,
        **hover([f"{line.name}, {point.label}: <b>{point.words}</b>" for point in drawn]),
        "line": {"color": style.color, "width": style.width, "dash": style.dash},
        "marker": {
            "color": style.color,
            "size": style.size,
            "symbol": [style.symbol + ("-open" if point.is_provisional else "") for point in drawn],
            "line": {"color": style.color, "width": 2},
        },
        "error_y": _error_bars(drawn, style.color),
    }


def _error_bars(points: Sequence[Point], color: str) -> Chart:
    half = [0 if point.bounds is None else (point.bounds[1] - point.bounds[0]) / 2 for point in points]
    return {"type": "data", "array": half, "visible": any(half), "color": color, "thickness": 2, "width": 5}


def _with_gaps(points: Sequence[Point], breaks: Sequence[float]) -> list[Point]:
    """The points, with one without a value before each break so that the line stops there."""
    gaps = [
        Point(year, "", None, "")
        for year in breaks
        if any(point.x < year for point in points) and any(point.x >= year for point in points)
    ]
    return sorted([*points, *gaps], key=lambda point: (point.x, point.bounds is not None))


def _ticks(points: Sequence[Point], most: int) -> Chart:
    labels = {point.x: point.label for point in points}
    years = sorted(labels)
    step = -(-len(years) // most) or 1
    shown = years[::-1][::step][::-1]
    return {
        "tickmode": "array",
        "tickangle": 0,
        "tickvals": shown,
        "ticktext": [labels[year] for year in shown],
    }


def _x_range(points: Sequence[Point]) -> list[float]:
    years = [point.x for point in points] or [0]
    return [min(years) - 0.4, max(years) + 0.4]


def _step(points: Sequence[Point]) -> float:
    """The distance between two periods: 1 for years, 0.5 for half years, 0.25 for quarters."""
    places = sorted({point.x for point in points})
    return min((after - before for before, after in pairwise(places)), default=1.0)


def _break_line(at: float) -> Chart:
    line = {"color": INK, "width": 1, "dash": "dot"}
    where = {"x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "line": line, **where}


def _end_labels(shown: Sequence[Line], points: Sequence[Point]) -> list[Chart]:
    """Name and last value beside the end of each line, in two lines; pushed apart where they would touch."""
    ends = [(line, point) for line in shown if (point := _last(line.points)) is not None]
    heights = [_middle(point) for _, point in ends]
    drawn = [_middle(point) for point in points if point.bounds]
    shifts = _push(heights, max(drawn) - min(drawn) if drawn else 0.0)
    return [_end_label(line, point, shift) for (line, point), shift in zip(ends, shifts, strict=True)]


def _push(heights: Sequence[float], spread: float) -> list[float]:
    """How far, in px, each label moves so that none touches another; of equal ones the first goes up."""
    order = sorted(range(len(heights)), key=lambda place: (heights[place], -place))
    start = [LOW_PLOT * heights[place] / spread if spread else 0.0 for place in order]
    moved = list(start)
    for _ in range(len(order) ** 2):
        for below, above in pairwise(range(len(order))):
            lack = (2 * LINE + 2 - (moved[above] - moved[below])) / 2
            if lack > 0:
                moved[below], moved[above] = moved[below] - lack, moved[above] + lack
    shifts = dict(
        zip(order, (after - before for after, before in zip(moved, start, strict=True)), strict=True)
    )
    return [shifts[place] for place in range(len(heights))]


def _end_room(shown: Sequence[Line]) -> float:
    """What the labels beside the ends of the lines need, in px."""
    words = [short(point.words) for line in shown if (point := _last(line.points))]
    names = [line.name for line in shown]
    return 14 + LETTER * max(len("Nederland"), *map(len, words), *map(len, names), 0)


def _end_label(line: Line, point: Point, shift: float) -> Chart:
    words = short(point.words)
    return {
        "x": point.x,
        "y": _middle(point),
        "text": f"<b>{line.name}</b><br>{words}" if words else f"<b>{line.name}</b>",
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
        "xshift": 10,
        "yshift": shift,
        "font": {"color": line.style.text, "size": 13},
    }


def _middle(point: Point) -> float:
    return sum(point.bounds or (0, 0)) / 2


def _last(points: Sequence[Point]) -> Point | None:
    return next((point for point in reversed(points) if point.bounds is not None), None)
