"""Cells of a long load, kept until their indicator has passed, so that slices are checked whole. Pure."""

from collections.abc import Callable, Container, Iterator
from typing import Any

import pandas as pd
from pandas.api.types import union_categoricals

from loaders.checks import Checker, slice_of, slices_of

Slices = Iterator[tuple[str, str, pd.DataFrame]]
"""(indicator, period, its cells), of one indicator by period."""

MOST_HELD = 1_000_000
"""Rows; an indicator with more is read back from the database. The catalogue's largest has 0.6 million."""


class Held:
    """Gathers pieces by indicator. In a file in any order of its own, whole indicators follow one another.

    Where that is not so, `returned` names the indicators whose cells came in apart: what `add` gave of those
    was not whole. Memory holds one indicator and one piece, whatever the order.
    """

    def __init__(self) -> None:
        self._open: dict[str, list[pd.DataFrame]] = {}
        self._passed: set[str] = set()
        self.returned: set[str] = set()

    def add(self, cells: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Take a piece; gives all cells of each indicator that seems to have passed with it."""
        if not len(cells):
            return
        for name, own in cells.groupby("indicator", sort=False, observed=True):
            self._take(str(name), own)
        last = str(cells["indicator"].iloc[-1])
        for name in [name for name in self._open if name != last]:
            yield self._close(name)

    def finish(self) -> Iterator[pd.DataFrame]:
        """The indicators that were still open at the end of the load."""
        for name in list(self._open):
            yield self._close(name)

    def _take(self, name: str, cells: pd.DataFrame) -> None:
        if name in self._passed:
            self.returned.add(name)
        if name in self.returned:
            return
        held = self._open.setdefault(name, [])
        held.append(cells)
        if sum(map(len, held)) > MOST_HELD:
            self.returned.add(name)
            del self._open[name]

    def _close(self, name: str) -> pd.DataFrame:
        self._passed.add(name)
        pieces = self._open.pop(name)
        return pieces[0] if len(pieces) == 1 else _joined(pieces)


def _joined(pieces: list[pd.DataFrame]) -> pd.DataFrame:
    """One frame of several; categories stay categories, for texts of a million rows take time and memory."""
    columns = {str(name): [piece[name] for piece in pieces] for name in pieces[0]}
    return pd.DataFrame({name: _joined_column(parts) for name, parts in columns.items()})


def _joined_column(parts: list[pd.Series]) -> Any:
    if all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts):
        return union_categoricals(parts)
    return pd.concat(parts, ignore_index=True)


class SliceChecks:
    """Gives a checker the slices of a load in pieces, each when it is whole."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._held = Held()

    def add(self, cells: pd.DataFrame) -> None:
        """Take a piece."""
        for passed in self._held.add(cells):
            self._check(passed)

    def finish(self, read_back: Callable[[Container[str]], Slices]) -> None:
        """Check the rest; `read_back` gives the slices of indicators that came in apart."""
        for passed in self._held.finish():
            self._check(passed)
        for name in self._held.returned:
            self._checker.forget(name)
        if self._held.returned:
            for indicator, period, cells in read_back(self._held.returned):
                self._checker.add_slice(indicator, period, slice_of(cells))

    def _check(self, cells: pd.DataFrame) -> None:
        for indicator, period, own in slices_of(cells):
            self._checker.add_slice(indicator, period, own)
