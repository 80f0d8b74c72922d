"""What all charts share: colours, fonts, points and bars, axes and labels.

A value that is only known between bounds is drawn as its range, never as 0; what is missing is left out.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.benchmarks import Bounds

OWN, COUNTRY, COUNTRY_TEXT, OTHERS = "#12436d", "#f46a25", "#b5460f", "#8291a0"
SECOND, SECOND_TEXT, THIRD = "#28a197", "#176d66", "#801650"
"""Two more series: with own and country dark and light in turn, each 3:1 against white."""

INK, GRID, VEIL = "#4a5866", "#e3e8ed", "rgba(255,255,255,.85)"
FONT = '"Source Sans 3", system-ui, "Segoe UI", Roboto, sans-serif'
LETTER, LINE = 7.5, 17.0
"""The most that a letter and a line of a label take, in px, also in the fonts that stand in for ours."""
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


AXIS = {"fixedrange": True, "automargin": True, "tickfont": {"color": INK, "size": 13}}


def base_layout(**parts: Any) -> Chart:
    """The layout that all charts share, with the parts of one."""
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


def values_axis(scale: AxisFormat) -> Chart:
    """An axis of values in the indicator's unit."""
    return {**AXIS, "gridcolor": GRID, "tickformat": scale.numbers, "ticksuffix": scale.suffix}


def country_line(mark: Mark) -> Chart:
    """The country's value across the chart."""
    line = {"color": COUNTRY, "width": 2, "dash": "dash"}
    where = {"xref": "paper", "x0": 0, "x1": 1, "y0": mark.value, "y1": mark.value}
    return {"type": "line", "line": line, **where}


def label_text(name: str, words: str) -> str:
    """Name and value, on two lines where 320 px has no room for one."""
    return f"{name} {words}" if len(name) + len(words) < LONG else f"{name}<br>{words}"


def lines_of(label: Chart) -> int:
    """How many lines a label takes."""
    return 1 + str(label["text"]).count("<br>")


def label_of(text: str, color: str, **place: Any) -> Chart:
    """A bold text without an arrow."""
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"color": color, "size": 13}, **place}


def short(words: str) -> str:
    """Words that fit beside a mark; '' for longer ones."""
    return words if len(words) < 10 else ""


def hover(texts: Sequence[str]) -> Chart:
    """What a trace shows under the pointer: our own words only."""
    return {"hovertext": list(texts), "hovertemplate": "%{hovertext}<extra></extra>"}
