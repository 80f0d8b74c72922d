"""Somebody who sees everything that is shown, knows every rule, and computes what must be true of the rest.

The unknowns are, per part and question, how many gave each answer (of a theme: how many have a score, their
sum, and how many score positively), and per part how many sent the list. Everything shown is a linear
constraint on them, rounded values as intervals. He is told more than anybody is: the number of respondents of
the whole list, the class and the size of every part, and of hidden parts which have at most four answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack

from app.disclosure import Asked, Disclosed, Share, Shown
from app.disclosure.breakdowns import MONITOR_CLASSES
from app.disclosure.cells import rounded
from app.statistics.surveys import mean_margin
from tests.attack.worlds import World

Row = dict[int, float]
HALF = 0.05 + 1e-6
SLACK = 1e-6


@dataclass
class Attacker:
    """The unknowns and constraints of one list. Each row says: sum of factor × unknown ≤ limit."""

    world: World
    shown: Disclosed
    knows_results: bool = True
    index: dict[tuple[str, ...], int] = field(default_factory=dict)
    rows: list[tuple[Row, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._monitor()
        for asked in self.world.asked:
            self._answers(asked)
        if self.knows_results:
            for asked in self.world.asked:
                self._results(asked)
            self._labels()

    def unknown(self, *name: str) -> int:
        """The number of an unknown."""
        return self.index.setdefault(name, len(self.index))

    def n(self, key: str, parts: Iterable[str]) -> Row:
        """Valid answers of some parts together."""
        if self._is_theme(key):
            return {self.unknown(key, part, "n"): 1.0 for part in parts}
        return {self.unknown(key, part, str(value)): 1.0 for part in parts for value in range(1, 6)}

    def total(self, key: str, parts: Iterable[str]) -> Row:
        """The sum of their answers."""
        if self._is_theme(key):
            return {self.unknown(key, part, "sum"): 1.0 for part in parts}
        return {self.unknown(key, part, str(value)): float(value) for part in parts for value in range(1, 6)}

    def good(self, key: str, parts: Iterable[str]) -> Row:
        """How many of their answers are positive."""
        if self._is_theme(key):
            return {self.unknown(key, part, "good"): 1.0 for part in parts}
        return {self.unknown(key, part, str(value)): 1.0 for part in parts for value in (4, 5)}

    def answered(self, key: str, parts: Iterable[str], values: Iterable[int]) -> Row:
        """How many of some parts gave one of these answers."""
        return {self.unknown(key, part, str(value)): 1.0 for part in parts for value in values}

    def bound(self, row: Row, side: int) -> float:
        """The least (1) or the most (-1) that a sum of unknowns can be."""
        return self._solve(row, side)

    def bounds(self, row: Row) -> tuple[float, float]:
        """Between which values a sum of unknowns must lie."""
        return self.bound(row, 1), self.bound(row, -1)

    def mean_bound(self, key: str, part: str, side: int) -> float:
        """The least (1) or the most (-1) that the mean of a part can be, if it has answers at all."""
        return self._solve_mean(self.total(key, [part]), self.n(key, [part]), side)

    def mean_bounds(self, key: str, part: str) -> tuple[float, float]:
        """Between which values the mean of a part must lie."""
        return self.mean_bound(key, part, 1), self.mean_bound(key, part, -1)

    def respondents(self, part: str) -> Row:
        """How many of a part sent the list."""
        return {self.unknown("", part, "sent"): 1.0}

    def _is_theme(self, key: str) -> bool:
        return any(each.key == key and each.items for each in self.world.asked)

    def _monitor(self) -> None:
        """All together exactly; each part by its class and its size."""
        everybody = {each: 1.0 for part in self.world.respondents for each in self.respondents(part)}
        self._between(everybody, *2 * (sum(self.world.respondents.values()),))
        for part, number in self.world.respondents.items():
            low, high = next(each for each in MONITOR_CLASSES if each[0] <= number <= each[1])
            size = self.world.sizes.get(part)
            limit = high if size is None or size < number else min(high, size)
            self._between(self.respondents(part), low, limit)

    def _answers(self, asked: Asked) -> None:
        """Nobody answers twice, and scores follow from answers."""
        for part in self.world.respondents:
            n = self.n(asked.key, [part])
            self._at_most(_plus(n, self.respondents(part), -1), 0)
            if asked.items:
                self._theme(asked, part, n)

    def _theme(self, asked: Asked, part: str, n: Row) -> None:
        total, good, count = (
            self.total(asked.key, [part]), self.good(asked.key, [part]), len(asked.items),
        )  # fmt: skip
        self._at_most(_plus(_times(n, 1), _plus(_times(good, 3), total, -1)), 0)  # positive: 4 or more
        self._at_most(_plus(total, _plus(_times(n, 4), good), -1), 0)  # others: below 4
        self._at_most(_plus(good, n, -1), 0)
        sent = self.respondents(part)
        items = [self.total(key, [part]) for key in asked.items]
        answers = [self.n(key, [part]) for key in asked.items]
        mean: Row = {}
        skipped: Row = _times(sent, count)
        for sums, numbers in zip(items, answers, strict=True):
            mean = _plus(mean, sums, 1 / count)
            skipped = _plus(skipped, numbers, -1)
        self._at_most(_plus(_plus(total, mean, -1), skipped, -5 / count), 0)
        unscored = _plus(sent, n, -1)
        self._at_most(_plus(_plus(mean, total, -1), unscored, -2.5), 0)
        self._at_most(_plus(_times(unscored, count / 2), skipped, -1), 0)

    def _results(self, asked: Asked) -> None:
        everywhere = list(self.world.respondents)
        if whole := self.shown.wholes.get(asked.key):
            self._cell(asked.key, everywhere, whole)
        for part, shown in self.shown.parts.get(asked.key, {}).items():
            self._cell(asked.key, [part], shown)

    def _cell(self, key: str, parts: list[str], shown: Shown) -> None:
        n = self.n(key, parts)
        self._between(n, *shown.n)
        if shown.mean is not None:
            total = self.total(key, parts)
            self._at_most(_plus(total, n, -(shown.mean + HALF)), 0)
            self._at_most(_plus(_times(total, -1), n, shown.mean - HALF), 0)
        self._share(self.good(key, parts), n, shown.good)
        for name, share in shown.distribution.items():
            self._share(self.answered(key, parts, values_of(name)), n, share)
        if shown.mean_margin is not None and not self._is_theme(key):
            self._margin(key, parts, shown)

    def _margin(self, key: str, parts: list[str], shown: Shown) -> None:
        """How far answers lie from the shown mean together, as far as the margin tells the spread."""
        mean, n = shown.mean or 0.0, self.n(key, parts)
        spreads = _spreads(shown, self._size_of(parts))
        far = {
            self.unknown(key, part, str(value)): (value - mean) ** 2
            for part in parts
            for value in range(1, 6)
        }
        least, most = (max(0.0, spreads[0] - HALF)) ** 2, (spreads[-1] + HALF) ** 2
        self._at_most(_plus(far, n, -(most + HALF**2)), -most)
        self._at_most(_plus(_times(far, -1), n, least), least)

    def _size_of(self, parts: list[str]) -> int | None:
        sizes = [self.world.sizes.get(part) for part in parts]
        return None if None in sizes else sum(size or 0 for size in sizes)

    def _share(self, some: Row, n: Row, share: Share) -> None:
        room = 0.5 + 1e-6 if share.low == share.high else 0
        self._at_most(_plus(some, n, -(share.high + room) / 100), 0)
        self._at_most(_plus(_times(some, -1), n, (share.low - room) / 100), 0)

    def _labels(self) -> None:
        """Which hidden parts have at most four answers: where a question stands per gemeente at all."""
        open_somewhere = {part for parts in self.shown.parts.values() for part in parts}
        for part, number in self.world.respondents.items():
            if open_somewhere and part not in open_somewhere:
                self._between(self.respondents(part), *((0, 4) if number < 5 else (5, 10**6)))
        for asked in self.world.asked:
            is_broken_down = bool(self.shown.parts.get(asked.key))
            for part in self.world.respondents:
                if is_broken_down and part not in self.shown.parts[asked.key]:
                    is_small = asked.parts[part].n < 5
                    self._between(self.n(asked.key, [part]), *((0, 4) if is_small else (5, 10**6)))

    def _between(self, row: Row, low: float, high: float) -> None:
        self._at_most(row, high)
        self._at_most(_times(row, -1), -low)

    def _at_most(self, row: Row, limit: float) -> None:
        self.rows.append((row, limit))

    @cached_property
    def _matrix(self) -> tuple[csr_array, np.ndarray]:
        places = [
            (number, column, factor)
            for number, (row, _) in enumerate(self.rows)
            for column, factor in row.items()
        ]
        down, across, factors = zip(*places, strict=True)
        shape = (len(self.rows), len(self.index))
        return coo_array((factors, (down, across)), shape=shape).tocsr(), np.array([b for _, b in self.rows])

    def _solve(self, row: Row, sign: int) -> float:
        matrix, limits = self._matrix
        found = linprog(sign * _dense(row, len(self.index)), A_ub=matrix, b_ub=limits + SLACK, method="highs")
        return float(sign * found.fun) if found.success else _failed(found.status, sign)

    def _solve_mean(self, total: Row, n: Row, sign: int) -> float:
        """Charnes and Cooper: all unknowns divided by n, which makes a mean a sum."""
        matrix, limits = self._matrix
        width = len(self.index)
        scaled = hstack([matrix, -(limits + SLACK).reshape(-1, 1)]).tocsr()
        found = linprog(
            sign * np.append(_dense(total, width), 0), A_ub=scaled, b_ub=np.zeros(len(limits)),
            A_eq=np.append(_dense(n, width), 0).reshape(1, -1), b_eq=[1.0],
            bounds=[(0, None)] * width + [(0, 1.0)], method="highs",
        )  # fmt: skip
        return float(sign * found.fun) if found.success else _failed(found.status, sign)


def values_of(name: str) -> range:
    """The answers in a shown part of a distribution: '1-3' → 1, 2 and 3."""
    low, _, high = name.partition("-")
    return range(int(low), int(high or low) + 1)


def _spreads(shown: Shown, size: int | None) -> list[float]:
    """The spreads, in one decimal, that have the shown margin."""
    size = None if size is not None and size < shown.n.low else size
    mean, margin = shown.mean or 0.0, shown.mean_margin
    found = []
    for tenths in range(21):
        low, high = mean_margin(mean, tenths / 10, shown.n.low, size)
        if (rounded(max(low, 1)), rounded(min(high, 5))) == margin:
            found.append(tenths / 10)
    return found


def _failed(status: int, sign: int) -> float:
    """Nothing bounds it; anything else would make the test worthless."""
    if status == 3:
        return -sign * np.inf
    raise AssertionError(f"The attacker's equations cannot be solved (status {status}).")


def _dense(row: Row, width: int) -> np.ndarray:
    found = np.zeros(width)
    for column, factor in row.items():
        found[column] = factor
    return found


def _plus(first: Mapping[int, float], second: Mapping[int, float], factor: float = 1.0) -> Row:
    found = dict(first)
    for column, value in second.items():
        found[column] = found.get(column, 0.0) + factor * value
    return found


def _times(row: Mapping[int, float], factor: float) -> Row:
    return {column: factor * value for column, value in row.items()}
