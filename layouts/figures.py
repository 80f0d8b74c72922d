"""Charts as plain dictionaries: own region strong, country dashed, others grey.

A value that is only known between bounds is drawn as its range, never as 0; what is missing is left out.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from app.benchmarks import Bounds

OWN, COUNTRY, COUNTRY_TEXT, OTHERS = "#12436d", "#f46a25", "#b5460f", "#8291a0"
INK, GRID = "#4a5866", "#e3e8ed"
FONT = '"Source Sans 3", system-ui, "Segoe UI", Roboto, sans-serif'
MAX_TICKS = 4
LETTER, LINE = 7.5, 17.0
"""The most that a letter and a line of a label take, in px, also in the fonts that stand in for ours."""
LOW_PLOT = 200.0
"""No chart has less height to draw in, in px."""
LONG = 22
"""A label of more letters goes on two lines: 320 px has no room for it beside the axis."""

Chart = dict[str, Any]


class Point(NamedTuple):
    """One period of a line: where on the axis, what it is called, its bounds and the words for them."""

    x: float
    label: str
    bounds: Bounds | None
    words: str
    is_provisional: bool = False


class Bar(NamedTuple):
    """One region in the sorted chart."""

    name: str
    bounds: Bounds
    words: str
    is_own: bool = False


class AxisFormat(NamedTuple):
    """How an axis writes its numbers: a d3 format, and what follows the number."""

    numbers: str
    suffix: str = ""


class Mark(NamedTuple):
    """The country's value as a line across a chart."""

    value: float
    words: str


def trend(
    own: Sequence[Point], country: Sequence[Point], breaks: Sequence[float], scale: AxisFormat
) -> Chart:
    """Lines through the periods, labels at their ends, the series cut where `breaks` begin.

    Args:
        own: empty where the region has no figures; the country then stands alone.
        breaks: where on the axis figures stop being comparable with those before.
    """
    data = [_line(country, breaks, COUNTRY, "Nederland", dash="dash"), _line(own, breaks, OWN, "Uw regio")]
    points = [*own, *country]
    half = _step(points) / 2
    layout = base_layout(
        xaxis={**_AXIS, **_ticks(points), "showgrid": False, "range": _x_range(points)},
        yaxis={**_values_axis(scale), "zeroline": False, "nticks": 6},
        margin={"l": 8, "r": _end_room(own, country), "t": 12, "b": 8},
        shapes=[_break_line(at - half) for at in breaks if any(point.x < at for point in points)],
        annotations=_end_labels(own, country),
    )
    return {"data": [line for line in data if line["x"]], "layout": layout}


def ranking(bars: Sequence[Bar], country: Mark | None, scale: AxisFormat) -> Chart:
    """All regions as bars from low to high, the own one strong; hatched where only bounds are known."""
    placed = list(enumerate(bars))
    ranges = [(place, bar) for place, bar in placed if bar.bounds[0] != bar.bounds[1]]
    own = next(((place, bar) for place, bar in placed if bar.is_own), None)
    top = [_own_label(own, len(bars))] if own else []
    layout = base_layout(
        xaxis={"visible": False, "fixedrange": True, "range": [-0.7, len(bars) - 0.3]},
        yaxis={**_values_axis(scale), "rangemode": "tozero", "nticks": 5},
        margin={"l": 8, "r": 8, "t": 8 + max([LINE * _lines_of(label) for label in top], default=0), "b": 26},
        barmode="overlay",
        bargap=0.2 if len(bars) < 120 else 0,
        shapes=[*([_country_line(country)] if country else []), *([_leader(own[0])] if own else [])],
        annotations=[*([_country_label(country)] if country else []), *top, *_ends(bars)],
    )
    return {"data": [part for part in (_bars(placed), _ranges(ranges)) if part["x"]], "layout": layout}


_AXIS = {"fixedrange": True, "automargin": True, "tickfont": {"color": INK, "size": 13}}


def base_layout(**parts: Any) -> Chart:
    """What every chart shares: the font, Dutch numbers, nothing to drag, labels on white."""
    return {
        "font": {"family": FONT, "size": 14, "color": INK},
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#fff", "bordercolor": INK, "font": {"family": FONT, "color": "#1b2733"}},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        **parts,
    }


def _values_axis(scale: AxisFormat) -> Chart:
    return {**_AXIS, "gridcolor": GRID, "tickformat": scale.numbers, "ticksuffix": scale.suffix}


def _line(
    points: Sequence[Point], breaks: Sequence[float], color: str, name: str, *, dash: str = "solid"
) -> Chart:
    drawn = _with_gaps(points, breaks)
    middles = [None if point.bounds is None else sum(point.bounds) / 2 for point in drawn]
    is_own = dash == "solid"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [point.x for point in drawn],
        "y": middles,
        "connectgaps": False,
        "cliponaxis": False,
        "hovertext": [f"{name}, {point.label}: <b>{point.words}</b>" for point in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "line": {"color": color, "width": 3 if is_own else 2, "dash": dash},
        "marker": {
            "color": color,
            "size": 7 if is_own else 5,
            "symbol": ["circle-open" if point.is_provisional else "circle" for point in drawn],
            "line": {"color": color, "width": 2},
        },
        "error_y": _error_bars(drawn, color),
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


def _ticks(points: Sequence[Point]) -> Chart:
    labels = {point.x: point.label for point in points}
    years = sorted(labels)
    step = -(-len(years) // MAX_TICKS) or 1
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


def _end_labels(own: Sequence[Point], country: Sequence[Point]) -> list[Chart]:
    """Name and last value beside the end of each line, in two lines; pushed apart where they would touch."""
    ends = [(_last(own), "Uw regio", OWN), (_last(country), "Nederland", COUNTRY_TEXT)]
    found = [(point, name, color) for point, name, color in ends if point is not None]
    heights = [_middle(point) for point, _, _ in found]
    shift = _push(heights, [_middle(point) for point in [*own, *country] if point.bounds])
    signs = [1 if height == max(heights) else -1 for height in heights]
    if len(set(signs)) == 1:
        signs = [1, -1]
    return [_end_label(*end, sign * shift) for end, sign in zip(found, signs, strict=False)]


def _push(ends: Sequence[float], drawn: Sequence[float]) -> float:
    """How far, in px, two labels of two lines must move away from each other."""
    if len(ends) < 2:
        return 0.0
    spread = max(drawn) - min(drawn)
    apart = LOW_PLOT * abs(ends[0] - ends[1]) / spread if spread else 0.0
    return max(0.0, (2 * LINE + 2 - apart) / 2)


def _end_room(own: Sequence[Point], country: Sequence[Point]) -> float:
    """What the labels beside the ends of the lines need, in px."""
    words = [_short(point.words) for point in (_last(own), _last(country)) if point]
    return 14 + LETTER * max(len("Nederland"), *map(len, words), 0)


def _end_label(point: Point, name: str, color: str, shift: float) -> Chart:
    words = _short(point.words)
    return {
        "x": point.x,
        "y": _middle(point),
        "text": f"<b>{name}</b><br>{words}" if words else f"<b>{name}</b>",
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
        "xshift": 10,
        "yshift": shift,
        "font": {"color": color, "size": 13},
    }


def _middle(point: Point) -> float:
    return sum(point.bounds or (0, 0)) / 2


def _short(words: str) -> str:
    return words if len(words) < 10 else ""


def _last(points: Sequence[Point]) -> Point | None:
    return next((point for point in reversed(points) if point.bounds is not None), None)


def _bars(bars: Sequence[tuple[int, Bar]]) -> Chart:
    return {
        "type": "bar",
        "x": [place for place, _ in bars],
        "y": [bar.bounds[0] for _, bar in bars],
        "marker": {"color": [OWN if bar.is_own else OTHERS for _, bar in bars]},
        **_hover(bars),
    }


def _ranges(bars: Sequence[tuple[int, Bar]]) -> Chart:
    """Hatched on top of the sure part: from the lowest to the highest value a region can have."""
    return {
        "type": "bar",
        "x": [place for place, _ in bars],
        "base": [bar.bounds[0] for _, bar in bars],
        "y": [bar.bounds[1] - bar.bounds[0] for _, bar in bars],
        "marker": {
            "color": [OWN if bar.is_own else OTHERS for _, bar in bars],
            "pattern": {"shape": "/", "solidity": 0.4},
        },
        **_hover(bars),
    }


def _hover(bars: Sequence[tuple[int, Bar]]) -> Chart:
    return {
        "hovertext": [f"{bar.name}: <b>{bar.words}</b>" for _, bar in bars],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _country_line(mark: Mark) -> Chart:
    line = {"color": COUNTRY, "width": 2, "dash": "dash"}
    where = {"xref": "paper", "x0": 0, "x1": 1, "y0": mark.value, "y1": mark.value}
    return {"type": "line", "line": line, **where}


def _leader(place: int) -> Chart:
    """From the own bar up to its label, which stands above the plot: nothing there can cover it."""
    line = {"color": OWN, "width": 1.5}
    where = {"x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "line": line, "layer": "below", **where}


def _own_label(own: tuple[int, Bar], count: int) -> Chart:
    """Above the plot; it lies as far along its bar as the bar lies along the plot, so it never sticks out."""
    place, bar = own
    text = _label_text("Uw regio", bar.words)
    part = (place + 0.7) / (count + 0.4)
    width = LETTER * max(len(line) for line in text.split("<br>"))
    side, room = ("left", -part) if part < 0.5 else ("right", 1 - part)
    at = {"x": place, "xanchor": side, "xshift": room * width}
    return _label(text, OWN, **at, yref="paper", y=1, yanchor="bottom")


def _country_label(country: Mark) -> Chart:
    """At the left above its line: there the bars are lower than the country."""
    text = _label_text("Nederland", country.words)
    at = {"xref": "paper", "x": 0, "xanchor": "left", "y": country.value, "yanchor": "bottom"}
    return _label(text, COUNTRY_TEXT, **at, align="left", bgcolor="rgba(255,255,255,.85)", borderpad=0)


def _ends(bars: Sequence[Bar]) -> list[Chart]:
    """The lowest and the highest value under their ends of the chart."""
    if len(bars) < 2:
        return []
    ends = [
        ("left", 0, f"laagste {_short(bars[0].words)}"),
        ("right", 1, f"hoogste {_short(bars[-1].words)}"),
    ]
    font = {"color": INK, "size": 12}
    where = {"showarrow": False, "xref": "paper", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -3}
    return [{"text": text, "x": x, "xanchor": side, "font": font, **where} for side, x, text in ends]


def _label_text(name: str, words: str) -> str:
    return f"{name} {words}" if len(name) + len(words) < LONG else f"{name}<br>{words}"


def _lines_of(label: Chart) -> int:
    return 1 + str(label["text"]).count("<br>")


def _label(text: str, color: str, **place: Any) -> Chart:
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"color": color, "size": 13}, **place}
