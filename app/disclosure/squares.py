"""How far from their mean answers can lie together when only their parts and their sum are known: pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Row(NamedTuple):
    """So many people, each of whom gave one of some answers, lowest first."""

    values: Sequence[int]
    people: int


class _Edge(NamedTuple):
    """What the squares grow with each point that people can still add, up to so many points."""

    slope: float
    points: int


def squares(rows: Iterable[Row], total: int) -> tuple[float, float] | None:
    """The least and the most that the squares around the mean can be together; None if the sum cannot be.

    Ten people who gave 1 to 3 and together 22 points: eight times 2 and twice 3, or four times 1 and six
    times 3. People count as divisible, so that the bounds may be a little wide.
    """
    heard = [row for row in rows if row.people]
    n = sum(row.people for row in heard)
    lowest = sum(row.values[0] * row.people for row in heard)
    room = sum((row.values[-1] - row.values[0]) * row.people for row in heard)
    if not 0 <= total - lowest <= room:
        return None
    mean = total / n
    start = sum(row.people * (row.values[0] - mean) ** 2 for row in heard)
    near = [_edge(*pair, row.people, mean) for row in heard for pair in pairwise(row.values)]
    far = [_edge(row.values[0], row.values[-1], row.people, mean) for row in heard]
    left = total - lowest
    return start + _filled(sorted(near), left), start + _filled(sorted(far, reverse=True), left)


def _edge(low: int, high: int, people: int, mean: float) -> _Edge:
    return _Edge(low + high - 2 * mean, people * (high - low))


def _filled(edges: Iterable[_Edge], points: int) -> float:
    grown = 0.0
    for edge in edges:
        used = min(points, edge.points)
        grown += used * edge.slope
        points -= used
    return grown
