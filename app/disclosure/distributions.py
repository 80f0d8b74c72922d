"""How answers on a scale are spread, in parts that each hold five people or more: pure.

An answer that few gave, or nobody, stands together with its neighbours. What mean and margin then tell of a
part, they tell of five people at least, as the mean of a small group does.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from app.disclosure.cells import MIN_PARTS, MIN_SHOWN, Cell, Measure, Share, exact_share


def show_distribution(cell: Cell, measure: Measure) -> dict[str, Share]:
    """The share of each part of the scale, in as many parts as may be; not in two, as the positive share is.

    40 answers, 1, 5, 8, 20 and 6 times → '1-2': 15, '3': 20, '4': 50, '5': 15.
    """
    if cell.n < MIN_PARTS or any(value != int(value) for value in cell.values):
        return {}  # few answers, or scores of a theme
    for parts in _ways(measure):
        people = [sum(cell.values.get(float(value), 0) for value in part) for part in parts]
        if min(people) >= MIN_SHOWN:
            named = zip(parts, people, strict=True)
            return {_name(part): exact_share(number, cell.n) for part, number in named}
    return {}


def _ways(measure: Measure) -> Iterator[Sequence[range]]:
    """The ways to cut a scale in three or more parts, most first; always where answers become positive."""
    lowest, highest = measure.limits
    places = [place for place in range(lowest + 1, highest + 1) if place != measure.good_from]
    for number in range(len(places), 0, -1):
        for chosen in combinations(places, number):
            cuts = sorted((lowest, measure.good_from, *chosen, highest + 1))
            yield [range(*pair) for pair in pairwise(cuts)]


def _name(part: range) -> str:
    return str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}"
