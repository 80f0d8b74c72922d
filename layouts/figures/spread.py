"""Regions by the size of what is counted: a ranking with intervals, and the funnel around a common value."""

from collections.abc import Callable, Sequence
from math import log10
from typing import NamedTuple

from layouts.figures.base import (
    AXIS,
    COUNTRY,
    COUNTRY_TEXT,
    GRID,
    INK,
    OTHERS,
    OWN,
    SECOND,
    VEIL,
    AxisFormat,
    Chart,
    Mark,
    base_layout,
    country_line,
    hover,
    label_of,
    label_text,
    values_axis,
)

ROW = 24
"""The height of a region in the ranking with names, in px."""

THIN = 3.2
MOST_NAMES = 40
"""With more regions the names stand in the table only."""


class Whisker(NamedTuple):
    """One region with its limits; equal to the value where no margin is known."""

    name: str
    value: float
    low: float
    high: float
    words: str
    is_own: bool = False
    in_group: bool = False


def ranking_with_intervals(regions: Sequence[Whisker], country: Mark | None, scale: AxisFormat) -> Chart:
    """Regions under one another, the highest on top, each with its limits as a line.

    With more than forty regions the names are left out, and the own one is labelled.
    """
    has_names = len(regions) <= MOST_NAMES
    places = [-place for place in range(len(regions))]
    drawn = list(zip(regions, places, strict=True))
    labels = [_own_words(pair) for pair in drawn if pair[0].is_own and not has_names]
    layout = base_layout(
        xaxis={**values_axis(scale), "zeroline": False, "side": "top", "nticks": 5},
        yaxis=_region_axis(regions, places)
        if has_names
        else {"visible": False, "fixedrange": True, "range": [-len(regions), 1]},
        margin={"l": 8, "r": 12, "t": 36, "b": 30},
        height=66 + (ROW if has_names else THIN) * max(4, len(regions)),
        shapes=[_country(country)] if country else [],
        annotations=[*([_country_words(country)] if country else []), *labels],
    )
    data = [_whiskers([pair for pair in drawn if fits(pair[0])], *style) for *style, fits in _KINDS]
    return {"data": [trace for trace in data if trace["x"]], "layout": layout}


_KINDS: Sequence[tuple[str, str, Callable[[Whisker], bool]]] = (
    (OTHERS, "circle", lambda each: not each.is_own and not each.in_group),
    (SECOND, "diamond", lambda each: each.in_group and not each.is_own),
    (OWN, "square", lambda each: each.is_own),
)


def _whiskers(drawn: Sequence[tuple[Whisker, int]], color: str, symbol: str) -> Chart:
    regions = [each for each, _ in drawn]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [each.value for each in regions],
        "y": [place for _, place in drawn],
        "cliponaxis": False,
        "marker": {"color": color, "size": 9 if symbol != "circle" else 6, "symbol": symbol},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [each.high - each.value for each in regions],
            "arrayminus": [each.value - each.low for each in regions],
            "color": color,
            "thickness": 2 if symbol == "square" else 1.4,
            "width": 0,
        },
        **hover([f"{each.name}: <b>{each.words}</b>" for each in regions]),
    }


def _region_axis(regions: Sequence[Whisker], places: Sequence[int]) -> Chart:
    names = [_cut(each.name) for each in regions]
    texts = [f"<b>{name}</b>" if each.is_own else name for name, each in zip(names, regions, strict=True)]
    ticks = {"tickmode": "array", "tickvals": list(places), "ticktext": texts}
    ends = [min(places, default=0) - 0.6, 0.6]
    return {**AXIS, **ticks, "showgrid": False, "zeroline": False, "range": ends}


LONGEST = 24
"""Of a longer name the end is left out beside the axis: 320 px has no room; the table has it whole."""


def _cut(name: str) -> str:
    name = name.removeprefix("SWV PO ").removeprefix("SWV VO ")  # all of a ranking are of one kind
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _country(mark: Mark) -> Chart:
    line = {"color": COUNTRY, "width": 2, "dash": "dash"}
    return {
        "type": "line",
        "line": line,
        "x0": mark.value,
        "x1": mark.value,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
    }


def _country_words(mark: Mark) -> Chart:
    at = {"x": mark.value, "yref": "paper", "y": 0, "yanchor": "top", "yshift": -4}
    return label_of(label_text("Nederland", mark.words), COUNTRY_TEXT, **at)


def _own_words(pair: tuple[Whisker, int]) -> Chart:
    own, place = pair
    at = {
        "x": own.high,
        "y": place,
        "xanchor": "left",
        "xshift": 6,
        "bgcolor": VEIL,
        "borderpad": 0,
    }
    return label_of(f"Uw regio {own.words}", OWN, **at)


class FunnelDot(NamedTuple):
    """One region: the size of its denominator, its value, and whether it lies outside the widened limits."""

    name: str
    size: float
    value: float
    words: str
    is_outside: bool
    is_own: bool = False
    in_group: bool = False


class FunnelLine(NamedTuple):
    """The limits at one size, in the indicator's unit: 95% and 99.8%, low and high."""

    size: float
    low95: float
    high95: float
    low998: float
    high998: float


def funnel_chart(
    dots: Sequence[FunnelDot], curve: Sequence[FunnelLine], target: Mark, scale: AxisFormat, size_words: str
) -> Chart:
    """All regions by size, the small ones at the left where chance does most, within the limits.

    The axis of sizes is logarithmic: SWVs and gemeenten differ a hundredfold.
    """
    limits = [
        _limit(curve, [line.low95 for line in curve], "dot"),
        _limit(curve, [line.high95 for line in curve], "dot"),
        _limit(curve, [line.low998 for line in curve], "solid"),
        _limit(curve, [line.high998 for line in curve], "solid"),
    ]
    layout = base_layout(
        xaxis=_size_axis(size_words),
        yaxis={**values_axis(scale), "range": _seen(dots), "nticks": 6},
        margin={"l": 8, "r": 12, "t": 26, "b": 8},
        shapes=[country_line(target)],
        annotations=[_target_words(target), *(_dot_words(dot) for dot in dots if dot.is_own)],
    )
    groups = [
        ("circle", OTHERS, [dot for dot in dots if not (dot.is_own or dot.in_group or dot.is_outside)]),
        ("x", "#3d3d3d", [dot for dot in dots if dot.is_outside and not dot.is_own]),
        ("diamond", SECOND, [dot for dot in dots if dot.in_group and not dot.is_own and not dot.is_outside]),
        ("square", OWN, [dot for dot in dots if dot.is_own]),
    ]
    return {"data": [*limits, *(_dots(*group) for group in groups if group[2])], "layout": layout}


def _limit(curve: Sequence[FunnelLine], values: Sequence[float], dash: str) -> Chart:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [line.size for line in curve],
        "y": list(values),
        "line": {"color": INK, "width": 1.2, "dash": dash},
        "hoverinfo": "skip",
    }


def _dots(symbol: str, color: str, dots: Sequence[FunnelDot]) -> Chart:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.size for dot in dots],
        "y": [dot.value for dot in dots],
        "marker": {"color": color, "symbol": symbol, "size": 12 if symbol == "square" else 8},
        **hover([f"{dot.name}: <b>{dot.words}</b>" for dot in dots]),
    }


def _seen(dots: Sequence[FunnelDot]) -> list[float]:
    """From 0 to above the highest region: the limits of the smallest ones run far beyond."""
    return [0.0, 1.15 * max((dot.value for dot in dots), default=1.0) or 1.0]


def _size_axis(words: str) -> Chart:
    scale = {"type": "log", "gridcolor": GRID, "tickformat": ",d", "dtick": "D2"}
    return {**AXIS, **scale, "title": {"text": words, "font": {"size": 13}}}


def _target_words(target: Mark) -> Chart:
    at = {"xref": "paper", "x": 1, "xanchor": "right", "y": target.value, "yanchor": "bottom"}
    return label_of(f"Samen {target.words}", COUNTRY_TEXT, **at, bgcolor=VEIL, borderpad=0)


def _dot_words(dot: FunnelDot) -> Chart:
    """Beside the own mark; at the left of it, since large regions stand at the right."""
    text = f"Uw regio {dot.words}"
    at = {"x": log10(dot.size), "y": dot.value, "xanchor": "right", "xshift": -10}
    return label_of(text, OWN, **at, bgcolor=VEIL, borderpad=0)
