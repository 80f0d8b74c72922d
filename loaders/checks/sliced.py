"""The cells of one indicator and period as arrays: slices are small, and pandas calls cost more. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from app.indicators import TOTAL, CellStatus
from app.regions import COUNTRY, RegionKind
from loaders.checks.context import MEASURES, kinds_of

_FEWEST_TO_SEE_ROUNDING = 20
_ROUNDINGS = (1000, 500, 100, 50, 10, 5)
_HIDDEN = (CellStatus.HIDDEN.value, CellStatus.PARTLY_HIDDEN.value)
_EMPTY = np.array([], dtype=np.int64)


@dataclass(frozen=True)
class Sliced:
    """Arrays of one length, by the names of the tidy shape and `kind` ('' of what is no region)."""

    columns: Mapping[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns["region"])

    def take(self, rows: np.ndarray) -> "Sliced":
        """Some of the cells, by a mask or by their places."""
        return Sliced({name: column[rows] for name, column in self.columns.items()})

    def record(self, row: int) -> dict[str, Any]:
        """One cell."""
        return {name: column[row] for name, column in self.columns.items()}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: row for row, code in enumerate(self["region"])}

    def find(self, regions: np.ndarray) -> np.ndarray:
        """Where the cell of each region is, -1 if there is none; each has one cell at most, as totals do."""
        places = self._places
        return np.array([places.get(code, -1) for code in regions], dtype=np.intp)

    @cached_property
    def totals(self) -> "Sliced":
        """The undivided figures."""
        rows = self.rows_of(TOTAL)
        return self if len(rows) == len(self) else self.take(rows)

    @cached_property
    def _rows(self) -> dict[str, np.ndarray]:
        codes, names = pd.factorize(self["breakdown"])
        order = np.argsort(codes, kind="stable")
        ends = np.cumsum(np.bincount(codes, minlength=len(names)))
        return dict(zip(names, np.split(order, ends[:-1]), strict=True)) if len(names) else {}

    def rows_of(self, breakdown: str, kind: RegionKind | None = None) -> np.ndarray:
        """The places of the cells of one breakdown and, if it is given, one kind of region."""
        rows = self._rows.get(breakdown, _EMPTY)
        return rows if kind is None else rows[self["kind"][rows] == kind.value]

    @cached_property
    def country_rows(self) -> np.ndarray:
        """The places of the delivered cells of the country."""
        return np.flatnonzero((self["region"] == COUNTRY) & self.is_delivered)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of region there is."""
        return frozenset(self["kind"]) - {""}

    @cached_property
    def is_known(self) -> np.ndarray:
        """Whether a cell has its exact number."""
        return np.asarray(self["status"] == CellStatus.PRESENT.value)

    @cached_property
    def is_hidden(self) -> np.ndarray:
        """Whether a cell is hidden, wholly or in part."""
        return np.isin(self["status"], _HIDDEN) if not self.is_known.all() else np.zeros(len(self), bool)

    @cached_property
    def is_delivered(self) -> np.ndarray:
        """Whether one row of the file says the number, rather than a sum of ours."""
        found: np.ndarray = ~np.isnan(self["source_row"]) & (self["estimated"] == 0)
        return found

    @cached_property
    def rounding(self) -> int:
        """To what the publisher rounds its counts: 5, 10, …; 0 where it does not, or who knows."""
        counts = self["numerator_low"][self.is_delivered]
        counts = counts[counts > 0]
        if len(counts) < _FEWEST_TO_SEE_ROUNDING:
            return 0
        return next((step for step in _ROUNDINGS if not np.any(counts % step)), 0)


_TEXTS = ("region", "breakdown", "status")
_NUMBERS = (*(name for name in MEASURES if name != "region"), "estimated", "source_row")


def slice_of(cells: pd.DataFrame) -> Sliced:
    """The cells of one indicator and period; a frame of totals may lack what only single cells have."""
    columns = {name: _texts(cells[name]) for name in _TEXTS if name in cells}
    columns |= {name: np.asarray(cells[name], dtype=float) for name in _NUMBERS if name in cells}
    return Sliced(columns | {"kind": kinds_of(cells["region"]).to_numpy()})


def _texts(column: pd.Series) -> np.ndarray:
    """The texts themselves, so that cells of one text share it."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column, dtype=object)
    texts = np.array([*column.cat.categories, np.nan], dtype=object)  # code -1 finds the last one: missing
    return texts[column.cat.codes.to_numpy()]


def slices_of(cells: pd.DataFrame) -> Iterator[tuple[str, str, Sliced]]:
    """(indicator, period, its cells), by indicator and period; cells of one slice stay in their order."""
    if not len(cells):
        return
    ranks = np.array([_ranks(cells[name]) for name in ("period", "indicator")])
    order = np.lexsort(ranks)
    starts = np.flatnonzero(np.diff(ranks[:, order], axis=1, prepend=-1).any(axis=0))
    indicators, periods, whole = _texts(cells["indicator"]), _texts(cells["period"]), slice_of(cells)
    for start, end in zip(starts, [*starts[1:], len(order)], strict=True):
        first = order[start]
        yield indicators[first], periods[first], whole.take(order[start:end])


def _ranks(column: pd.Series) -> np.ndarray:
    """The place of each text in the alphabet; a category's own number says only when it came."""
    places, texts = pd.factorize(column)
    return np.argsort(np.argsort(np.asarray(texts, dtype=object)))[places]
