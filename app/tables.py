"""A table as one value, from which the screen, the csv and the workbook are all made: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.divisions import figure_words
from app.indicators import CellStatus, Figure, Indicator, Unit


class Value(NamedTuple):
    """A cell: the words that the screen says, and the number where exactly one is known.

    A hidden or bounded value has words alone, also where both bounds read alike.
    """

    words: str
    number: float | None = None


SheetCell = str | Value

NOTHING = Value("")
"""A cell that stays empty; an empty text is one that is there and says nothing."""


@dataclass(frozen=True)
class Sheet:
    """One table: the first column names the rows, `notes` stand below it or beside it.

    Attributes:
        title: what the table shows, as its caption on screen.
        name: what the tab of a workbook is called; a longer or impossible name is made to fit.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[SheetCell]]
    notes: Sequence[str] = ()
    name: str = ""


def figure_value(figure: Figure | None, indicator: Indicator) -> Value:
    """A figure as a cell: `2,0%` with 2.016…, `minder dan 5` and `voldoende` with no number."""
    words = figure_words(figure, indicator)
    if figure is None or figure.status is not CellStatus.PRESENT or indicator.unit is Unit.CATEGORY:
        return Value(words)
    return Value(words, exact(figure.low, figure.high))


def exact(low: float | None, high: float | None) -> float | None:
    """The number that two bounds leave; None where they leave more than one, or none."""
    return low if low is not None and low == high else None
