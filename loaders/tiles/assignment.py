"""Who goes where at the least cost together: pure."""

from typing import NamedTuple

import numpy as np


class _Path(NamedTuple):
    """The cheapest way to give one more row a column.

    `row_before` is the row from which each column is reached, `distance` how far it is from the new row,
    `passed` the taken columns on the way, `end` the free one.
    """

    row_before: np.ndarray
    distance: np.ndarray
    passed: list[int]
    end: int


def assign(costs: np.ndarray) -> np.ndarray:
    """The column of every row, each column at most once, with the lowest sum of costs.

    The Hungarian method with shortest paths (Jonker & Volgenant 1987): rows come in one by one, and each time
    the cheapest chain of moves makes room. Our own, because scipy is no part of an installation.

    Args:
        costs: a row per region and a column per cell; at least as many columns as rows.

    Example:
        [[1, 2], [1, 5]] → [1, 0]: 2 + 1 is less than 1 + 5.
    """
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    column_of, row_of = np.full(rows, -1), np.full(columns, -1)
    for row in range(rows):
        path = _cheapest_path(row, costs - column_price, row_price, row_of)
        longest = path.distance[path.end]
        row_price[row] += longest
        row_price[row_of[path.passed]] += longest - path.distance[path.passed]
        column_price[path.passed] -= longest - path.distance[path.passed]
        column = path.end
        while column >= 0:
            mover = path.row_before[column]
            row_of[column] = mover
            column_of[mover], column = column, column_of[mover]
    return column_of


def _cheapest_path(row: int, costs: np.ndarray, row_price: np.ndarray, row_of: np.ndarray) -> _Path:
    columns = costs.shape[1]
    distance, row_before = np.full(columns, np.inf), np.full(columns, -1)
    is_open = np.ones(columns, dtype=bool)
    passed: list[int] = []
    so_far, here = 0.0, row
    while True:
        reached = so_far + costs[here] - row_price[here]
        is_shorter = is_open & (reached < distance)
        distance[is_shorter], row_before[is_shorter] = reached[is_shorter], here
        nearest = int(np.where(is_open, distance, np.inf).argmin())
        if row_of[nearest] < 0:
            return _Path(row_before, distance, passed, nearest)
        so_far, is_open[nearest] = distance[nearest], False
        passed.append(nearest)
        here = row_of[nearest]
