"""In which class of a map every region falls: pure."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf

from app.benchmarks import Bounds, quantile

MOST_CLASSES = 5


@dataclass(frozen=True, slots=True)
class MapClass:
    """The regions of one shade: the lowest and highest value among them, and how many they are."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class MapClasses:
    """All classes, lowest first, and region → the number of its class from 1."""

    classes: tuple[MapClass, ...]
    class_of: Mapping[str, int]


def classify_bounds(bounds: Mapping[str, Bounds], decimals: int) -> MapClasses:
    """The classes of figures that may be known between bounds, by what the page shows of their middle.

    What rounds alike shares a class; what nothing bounds from above has none.
    """
    closed = {code: pair for code, pair in bounds.items() if not isinf(pair[1])}
    return classify({code: round(sum(pair) / 2, decimals) for code, pair in closed.items()})


def classify(values: Mapping[str, float]) -> MapClasses:
    """Divide regions over at most five classes, of as equal a number of regions as ties allow.

    The borders are the quintiles by linear interpolation; equal values always share a class, and a class that
    nobody is in is left out. Five different values or fewer have a class each.

    Example:
        1 to 10 → borders 2.8, 4.6, 6.4, 8.2 → classes 1–2, 3–4, 5–6, 7–8, 9–10.
    """
    borders = _borders(sorted(values.values()))
    place_of = {code: bisect_left(borders, value) for code, value in values.items()}
    used = sorted(set(place_of.values()))
    number = {place: each for each, place in enumerate(used, 1)}
    inside = [[value for code, value in values.items() if place_of[code] == place] for place in used]
    return MapClasses(
        tuple(MapClass(min(group), max(group), len(group)) for group in inside),
        {code: number[place] for code, place in place_of.items()},
    )


def _borders(ordered: list[float]) -> list[float]:
    different = sorted(set(ordered))
    if len(different) <= MOST_CLASSES:
        return different
    return [quantile(ordered, step / MOST_CLASSES) for step in range(1, MOST_CLASSES)]
