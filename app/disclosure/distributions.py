"""How answers on a scale are spread, as far as that may stand beside their mean: pure.

Mean and positive share stand from five answers on, the margin from ten, and each is an equation over the
answers. A distribution may not make them solvable. So answers that few gave stand together with their
neighbours, and each part that is shown holds at least five people. Of an answer inside a part it must stay
possible, with the mean beside it, that nobody gave it and that four people did; or, of one that more people
gave, any of six numbers. With the margin beside it too, which itself bounds how many answers lie far from the
mean, the distribution may narrow none of those numbers further.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil, floor, inf

from app.disclosure.cells import FEW, MIN_DISTRIBUTION, MIN_SHOWN, Cell, Measure, Share, exact_share
from app.disclosure.squares import Row, squares

WIDTH = FEW + 1
HALF = 0.05
"""How far a mean or a spread of one decimal may be off."""

Spreads = tuple[float, float]
"""Between which standard deviations, in one decimal, that of all answers is known to lie."""

MARGIN = 1e-6

UNKNOWN: Spreads = (0.0, inf)


def show_distribution(
    cell: Cell, measure: Measure, mean: float | None, spreads: Spreads = UNKNOWN
) -> dict[str, Share]:
    """The share of each part of the scale, in as many parts as may be; not in two, as the positive share is.

    40 answers, 1, 5, 8, 20 and 6 times → '1-2': 15, '3': 20, '4-5': 65.

    Args:
        mean: as it is shown; without it there is no distribution either.
        spreads: what the shown margin tells.
    """
    if mean is None or cell.n < MIN_DISTRIBUTION or any(value != int(value) for value in cell.values):
        return {}  # few answers, or scores of a theme
    before = _Cut(cell, _split(measure, ()), mean, spreads)
    cuts = (_Cut(cell, parts, mean, spreads) for parts in _ways(measure))
    found = next((cut for cut in cuts if cut.may_be_shown(before)), None)
    if found is None:
        return {}
    return {_name(part): exact_share(found.people(part), cell.n) for part in found.parts}


def _ways(measure: Measure) -> Iterator[Sequence[range]]:
    """The ways to cut a scale in three or more parts, most first; always where answers become positive."""
    lowest, highest = measure.limits
    places = [place for place in range(lowest + 1, highest + 1) if place != measure.good_from]
    for number in range(len(places), 0, -1):
        for chosen in combinations(places, number):
            yield _split(measure, chosen)


def _split(measure: Measure, places: Sequence[int]) -> Sequence[range]:
    lowest, highest = measure.limits
    return [range(*pair) for pair in pairwise(sorted((lowest, measure.good_from, *places, highest + 1)))]


def _name(part: range) -> str:
    return str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}"


@dataclass(frozen=True, slots=True)
class _Cut:
    """Answers with the parts in which they would be shown: 1 and 2, 3, 4 and 5."""

    cell: Cell
    parts: Sequence[range]
    mean: float
    spreads: Spreads

    def people(self, part: range) -> int:
        """How many gave one of the answers of a part."""
        return sum(self._given(value) for value in part)

    def may_be_shown(self, before: "_Cut") -> bool:
        """Whether no part is small, and no answer inside a part follows from mean and margin."""
        inside = [(part, value) for part in self.parts if len(part) > 1 for value in part]
        return (
            all(self.people(part) >= MIN_SHOWN for part in self.parts)
            and all(self._has_room(part, value) for part, value in inside)
            and all(self._keeps_room(part, value, before) for part, value in inside)
        )

    def _given(self, value: int) -> int:
        return self.cell.values.get(float(value), 0)

    def _has_room(self, own: range, value: int) -> bool:
        """Whether so many numbers of people are possible with the mean."""
        known = _Cut(self.cell, self.parts, self.mean, UNKNOWN)
        if self._given(value) <= FEW:
            return known.is_possible(own, value, 0) and known.is_possible(own, value, FEW)
        return known.width(own, value) >= WIDTH

    def _keeps_room(self, own: range, value: int, before: "_Cut") -> bool:
        """Whether as many numbers are possible with mean and margin as before anything of this is shown."""
        outer = next(part for part in before.parts if value in part)
        if self._given(value) <= FEW:
            return all(
                self.is_possible(own, value, number)
                for number in range(FEW + 1)
                if before.is_possible(outer, value, number)
            )
        return self.width(own, value) >= before.width(outer, value)

    def width(self, own: range, value: int) -> int:
        """How far the numbers that are possible reach around the true one; five is enough."""
        low = high = self._given(value)
        while high - low < WIDTH and self.is_possible(own, value, low - 1):
            low -= 1
        while high - low < WIDTH and self.is_possible(own, value, high + 1):
            high += 1
        return high - low

    def is_possible(self, own: range, value: int, number: int) -> bool:
        """Whether mean and margin can be those of answers among which so many are `value`."""
        if not 0 <= number <= self.people(own):
            return False
        n, (narrow, wide) = self.cell.n, self.spreads
        rows = [Row(part, self.people(part)) for part in self.parts if part != own]
        rows += [
            Row([each for each in own if each != value], self.people(own) - number),
            Row([value], number),
        ]
        least, most = (n - 1) * max(0.0, narrow - HALF) ** 2, (n - 1) * (wide + HALF) ** 2
        for total in range(ceil((self.mean - HALF) * n), floor((self.mean + HALF) * n) + 1):
            found = squares(rows, total)
            if found and found[0] <= most + MARGIN and found[1] >= least - MARGIN:
                return True
        return False
