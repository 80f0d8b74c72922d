"""Regions by the size of what is counted: a ranking with intervals, and the funnel around a common value."""

from collections.abc import Callable, Sequence
from math import ceil, log10
from textwrap import wrap
from typing import Any, NamedTuple

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
    """One region with its limits; equal to the value where no margin is known, and `margin` then is ''."""

    name: str
    value: float
    low: float
    high: float
    words: str
    margin: str = ""
    is_own: bool = False
    in_group: bool = False


def ranking_with_intervals(regions: Sequence[Whisker], country: Mark | None, scale: AxisFormat) -> Chart:
    """Regions under one another, the highest on top, each with its limits as a line.

    With more than forty regions the names are left out, and the own one is labelled.
    """
    has_names = len(regions) <= MOST_NAMES
    places = [-place for place in range(len(regions))]
    drawn = list(zip(regions, places, strict=True))
    middle = (min((each.low for each in regions), default=0.0) + _highest(regions)) / 2
    labels = [_own_words(pair, middle) for pair in drawn if pair[0].is_own and not has_names]
    layout = base_layout(
        xaxis={**values_axis(scale), "zeroline": False, "side": "top", "nticks": 5},
        yaxis=_region_axis(regions, places)
        if has_names
        else {"visible": False, "fixedrange": True, "range": [-len(regions), 1]},
        margin={"l": SIDE, "r": SIDE, "t": 36, "b": 30},
        height=66 + (ROW if has_names else THIN) * max(4, len(regions)),
        shapes=[_country(country)] if country else [],
        annotations=[*([_country_words(country)] if country else []), *labels],
    )
    data = [_whiskers([pair for pair in drawn if fits(pair[0])], *style) for *style, fits in _KINDS]
    return {"data": [trace for trace in data if trace["x"]], "layout": layout}


def _highest(regions: Sequence[Whisker]) -> float:
    return max((each.high for each in regions), default=0.0)


SIDE = 22
"""Room at both sides for the half of a number below the end of an axis, in px."""

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
        **hover([f"{each.name}: <b>{each.words}</b>{each.margin}" for each in regions]),
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


def _own_words(pair: tuple[Whisker, int], middle: float) -> Chart:
    """Beside the own limits, at the side where the chart has most room."""
    own, place = pair
    is_left = own.value <= middle
    side = {"x": own.high, "xanchor": "left", "xshift": 6}
    if not is_left:
        side = {"x": own.low, "xanchor": "right", "xshift": -6}
    return label_of(label_text("Uw regio", own.words), OWN, y=place, **side, bgcolor=VEIL, borderpad=0)


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
        xaxis=_size_axis(size_words, [dot.size for dot in dots]),
        yaxis={**values_axis(scale), "range": _seen(dots), "nticks": 6},
        margin={"l": 8, "r": SIDE, "t": 26, "b": 8},
        shapes=[country_line(target)],
        annotations=_funnel_words(dots, target),
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


def _size_axis(words: str, sizes: Sequence[float]) -> Chart:
    ticks = {"tickmode": "array", "tickvals": size_ticks(sizes), "tickformat": ",d", "tickangle": 0}
    title = "<br>".join(wrap(words, WIDEST))
    return {**AXIS, **ticks, "type": "log", "gridcolor": GRID, "title": {"text": title, "font": {"size": 13}}}


WIDEST, MOST_TICKS = 34, 3
"""Of a line below an axis in letters, and of its numbers: 320 px has no room for more."""


def size_ticks(sizes: Sequence[float]) -> list[int]:
    """At most three round numbers from the smallest to the largest size: 300 to 60.000 → 1.000, 10.000."""
    low, high = min(sizes, default=1.0), max(sizes, default=1.0)
    powers = [10**power for power in range(9) if low <= 10**power <= high]
    finer = [step * 10**power for power in range(9) for step in (1, 2, 5) if low <= step * 10**power <= high]
    chosen = powers if len(powers) > 1 else finer
    return chosen[:: ceil(len(chosen) / MOST_TICKS)] if chosen else [round(low), round(high)]


def _funnel_words(dots: Sequence[FunnelDot], target: Mark) -> list[Chart]:
    """The common value at its line and the own value at its mark, each at its own side of the line."""
    own = next((dot for dot in dots if dot.is_own), None)
    is_above = own is not None and own.value >= target.value
    at = {"xref": "paper", "x": 1, "xanchor": "right", "y": target.value}
    found = [_beside_line(f"Samen {target.words}", COUNTRY_TEXT, is_above=not is_above, **at)]
    if own is None:
        return found
    place = {"x": log10(own.size), "y": own.value, **_turned(own.size, dots)}
    return [*found, _beside_line(f"Uw regio {own.words}", OWN, is_above=is_above, **place)]


def _turned(size: float, dots: Sequence[FunnelDot]) -> Chart:
    """A label runs from its mark to the side where the chart has most room."""
    sizes = [log10(dot.size) for dot in dots]
    is_left = log10(size) < (min(sizes) + max(sizes)) / 2
    return {"xanchor": "left" if is_left else "right"}


def _beside_line(text: str, color: str, *, is_above: bool, **place: Any) -> Chart:
    side = {"yanchor": "bottom", "yshift": 8} if is_above else {"yanchor": "top", "yshift": -8}
    return label_of(text, color, **place, **side, bgcolor=VEIL, borderpad=0)
