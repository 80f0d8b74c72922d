"""The profile of a chapter: per indicator where the region stands among those of its kind."""

from collections.abc import Sequence
from typing import NamedTuple

from app.cross_sections import Extent
from layouts.figures.base import INK, OWN, VEIL, Chart, base_layout, hover, label_of

ROW = 58
"""The height of an indicator in px: a line of words above a line of marks."""

HEAD = 46
MIDDLE_HALF, WHOLE = "#a9b6c2", "#dfe5ea"
NO_MARGIN = "circle-open"
SYMBOLS = {
    2: "triangle-up",
    1: "triangle-up-open",
    0: "circle",
    -1: "triangle-down-open",
    -2: "triangle-down",
}
"""By the verdict's step and side: filled for 'duidelijk', open for 'waarschijnlijk', round for the rest."""


class SpineRow(NamedTuple):
    """One indicator: its name, the words beside it, where regions lie, the own value and the benchmark.

    `strength` is 2 for 'duidelijk', 1 for 'waarschijnlijk', 0 for comparable, with the sign of the
    difference.
    """

    name: str
    words: str
    hover: str
    extent: Extent
    benchmark: float
    own: float
    strength: int = 0
    has_margin: bool = True

    def place(self, value: float) -> float:
        """A value on the line: the benchmark in the middle (0), the farthest extreme at −1 or 1."""
        reach = max(self.benchmark - self.extent.lowest, self.extent.highest - self.benchmark)
        return max(-1.0, min(1.0, (value - self.benchmark) / reach)) if reach > 0 else 0.0


def spine(rows: Sequence[SpineRow], benchmark: str) -> Chart:
    """One line per indicator, all with the benchmark in the middle; lower to the left, higher to the right.

    Each line runs from the lowest to the highest region; the thick part is the middle half of the regions.
    """
    heights = [-place for place in range(len(rows))]
    words = [part for row, y in zip(rows, heights, strict=True) for part in _words(row, y)]
    layout = base_layout(
        xaxis={"visible": False, "fixedrange": True, "range": [-1.06, 1.06]},
        yaxis={"visible": False, "fixedrange": True, "range": [-len(rows) + 0.35, 0.75]},
        margin={"l": 8, "r": 8, "t": HEAD, "b": 8},
        height=HEAD + 8 + ROW * max(1, len(rows)),
        barmode="overlay",
        bargap=0.86,
        shapes=[_middle_line()],
        annotations=[*_heads(benchmark), *words],
    )
    return {"data": [_spans(rows, heights), _halves(rows, heights), _marks(rows, heights)], "layout": layout}


def _spans(rows: Sequence[SpineRow], heights: Sequence[float]) -> Chart:
    ends = [(row.place(row.extent.lowest), row.place(row.extent.highest)) for row in rows]
    texts = [f"{row.name}: van het laagste tot het hoogste cijfer" for row in rows]
    return _bars(ends, heights, WHOLE, texts)


def _halves(rows: Sequence[SpineRow], heights: Sequence[float]) -> Chart:
    ends = [(row.place(row.extent.lower_quartile), row.place(row.extent.upper_quartile)) for row in rows]
    return _bars(
        ends, heights, MIDDLE_HALF, [f"{row.name}: de middelste helft van de regio’s" for row in rows]
    )


def _bars(
    ends: Sequence[tuple[float, float]], heights: Sequence[float], color: str, texts: Sequence[str]
) -> Chart:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [low for low, _ in ends],
        "x": [high - low for low, high in ends],
        "y": list(heights),
        "marker": {"color": color},
        **hover(texts),
    }


def _marks(rows: Sequence[SpineRow], heights: Sequence[float]) -> Chart:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.place(row.own) for row in rows],
        "y": list(heights),
        "cliponaxis": False,
        "marker": {
            "color": OWN,
            "size": 14,
            "symbol": [SYMBOLS[row.strength] if row.has_margin else NO_MARGIN for row in rows],
            "line": {"color": OWN, "width": 2},
        },
        **hover([row.hover for row in rows]),
    }


def _middle_line() -> Chart:
    line = {"color": INK, "width": 1.5, "dash": "dash"}
    return {
        "type": "line",
        "line": line,
        "x0": 0,
        "x1": 0,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "above",
    }


def _heads(benchmark: str) -> list[Chart]:
    """Above the lines: what lies where."""
    at = {"yref": "paper", "y": 1, "yanchor": "bottom"}
    ends = [("← lager", -1, "left"), ("hoger →", 1, "right")]
    found = [label_of(text, INK, x=x, xanchor=side, **at) for text, x, side in ends]
    return [*found, label_of(benchmark, INK, x=0, xanchor="center", **at)]


def _words(row: SpineRow, y: float) -> list[Chart]:
    """The indicator's name above its line at the left, its value and verdict at the right."""
    at = {
        "y": y + 0.42,
        "yanchor": "middle",
        "showarrow": False,
        "bgcolor": VEIL,
        "borderpad": 0,
    }
    return [
        {**at, "x": -1, "xanchor": "left", "text": row.name, "font": {"color": INK, "size": 13}},
        {**at, "x": 1, "xanchor": "right", "text": f"<b>{row.words}</b>", "font": {"color": OWN, "size": 13}},
    ]
