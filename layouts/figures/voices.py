"""Groups of people by what they say: a mark for each with its margin, and a hollow one for other regions."""

from collections.abc import Sequence
from typing import NamedTuple

from layouts.figures.base import AXIS, COUNTRY_TEXT, GRID, INK, OWN, Chart, base_layout, hover

ROW = 46
"""The height of a group with its name above the line, in px: beside it there is no room on 320 px."""

TOP, SIDE, BELOW = 30, 14, 8
NAME_ABOVE = 15


class VoiceMark(NamedTuple):
    """One group: the score, its limits (equal to it without a margin), and the score in other regions."""

    name: str
    value: float
    low: float
    high: float
    words: str
    beside: float | None = None


def voices(marks: Sequence[VoiceMark], limits: tuple[int, int]) -> Chart:
    """The groups under one another on the whole scale, so that charts of themes can be laid side by side."""
    low, high = limits
    places = [-place for place in range(len(marks))]
    others = [(each, place) for each, place in zip(marks, places, strict=True) if each.beside is not None]
    scale = {
        **AXIS,
        "automargin": False,
        "range": [low, high],
        "tickmode": "linear",
        "tick0": low,
        "dtick": 1,
        "tickangle": 0,
        "gridcolor": GRID,
        "zeroline": False,
        "side": "top",
    }
    layout = base_layout(
        xaxis=scale,
        yaxis={"visible": False, "fixedrange": True, "range": [min(places, default=0) - 0.4, 0.75]},
        margin={"l": SIDE, "r": SIDE, "t": TOP, "b": BELOW},
        height=TOP + BELOW + ROW * max(1, len(marks)),
        annotations=[_name(each, place) for each, place in zip(marks, places, strict=True)],
    )
    return {
        "data": [_others(others), _own(marks, places)] if others else [_own(marks, places)],
        "layout": layout,
    }


def _own(marks: Sequence[VoiceMark], places: Sequence[int]) -> Chart:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [each.value for each in marks],
        "y": list(places),
        "cliponaxis": False,
        "marker": {"color": OWN, "size": 10, "symbol": "square"},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [each.high - each.value for each in marks],
            "arrayminus": [each.value - each.low for each in marks],
            "color": OWN,
            "thickness": 2,
            "width": 0,
        },
        **hover([f"{each.name}: <b>{each.words}</b>" for each in marks]),
    }


def _others(drawn: Sequence[tuple[VoiceMark, int]]) -> Chart:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [each.beside for each, _ in drawn],
        "y": [place for _, place in drawn],
        "cliponaxis": False,
        "marker": {"color": COUNTRY_TEXT, "size": 14, "symbol": "diamond-open", "line": {"width": 2}},
        **hover([f"Andere regio’s, {each.name}" for each, _ in drawn]),
    }


def _name(each: VoiceMark, place: int) -> Chart:
    where = {"xref": "paper", "x": 0, "xanchor": "left", "y": place, "yshift": NAME_ABOVE}
    text = f"<b>{each.name}</b> {each.words}"
    return {"text": text, "showarrow": False, "font": {"color": INK, "size": 13}, **where}
