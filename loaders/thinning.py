"""Fewer corners in outlines, the same ones on both sides of a border: pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from loaders.outlines import Outline, Ring, points_of

MOST_POINTS = 12_000
"""What a map of the whole country needs at the size of a screen; the lightest public file has 7.000."""

FEWEST = 4
"""No ring gets fewer corners."""

Point = tuple[int, int]


def thin_out(outlines: Sequence[Outline], most: int = MOST_POINTS) -> tuple[Outline, ...]:
    """Outlines of at most `most` corners together, as far as that can be.

    Each time the corner goes that makes the smallest triangle with the two beside it (Visvalingam 1993). A
    corner where three gemeenten meet stays. A corner leaves all rings at once, so neighbours keep fitting.
    """
    excess = sum(len(ring) // 2 for outline in outlines for ring in outline.rings) - most
    if excess <= 0:
        return tuple(outlines)
    gone = _Corners([list(points_of(ring)) for each in outlines for ring in each.rings]).remove(excess)
    return tuple(Outline(each.code, tuple(_without(ring, gone) for ring in each.rings)) for each in outlines)


def _without(ring: Ring, gone: set[Point]) -> Ring:
    return tuple(number for point in points_of(ring) if point not in gone for number in point)


class _Corners:
    """All corners with the corners beside them, over all rings together."""

    def __init__(self, rings: Sequence[Sequence[Point]]) -> None:
        self._beside: dict[Point, set[Point]] = defaultdict(set)
        self._rings: dict[Point, list[int]] = defaultdict(list)
        self._sizes = Counter({number: len(ring) for number, ring in enumerate(rings)})
        for number, ring in enumerate(rings):
            for place, point in enumerate(ring):
                self._rings[point].append(number)
                self._beside[point] |= {ring[place - 1], ring[(place + 1) % len(ring)]}

    def remove(self, excess: int) -> set[Point]:
        """The corners to leave out, so that the rings lose `excess` of them."""
        gone: set[Point] = set()
        queue = [(area, point) for point in self._beside for area in self._area(point)]
        heapify(queue)
        while queue and excess > 0:
            area, point = heappop(queue)
            if point in gone or area not in self._area(point) or self._is_needed(point):
                continue
            gone.add(point)
            excess -= len(self._rings[point])
            for neighbour in self._take_out(point):
                for changed in self._area(neighbour):
                    heappush(queue, (changed, neighbour))
        return gone

    def _area(self, point: Point) -> Iterator[int]:
        """Twice the triangle with the corners beside it; nothing where borders meet."""
        if len(self._beside[point]) == 2:
            (a, b), (x, y) = sorted(self._beside[point]), point
            yield abs((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y))

    def _is_needed(self, point: Point) -> bool:
        return any(self._sizes[ring] <= FEWEST for ring in self._rings[point])

    def _take_out(self, point: Point) -> tuple[Point, Point]:
        one, other = sorted(self._beside.pop(point))
        self._sizes.subtract(self._rings[point])
        self._beside[one] = self._beside[one] - {point} | {other}
        self._beside[other] = self._beside[other] - {point} | {one}
        return one, other
