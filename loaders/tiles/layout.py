"""A map of equal tiles, laid out from where regions lie: pure.

Neighbours are pulled to one tile apart in the direction in which they really lie, what would overlap is
pushed apart, and every region then gets a cell of a grid so that all together move least.
"""

from collections.abc import Mapping, Set
from math import sqrt
from typing import NamedTuple

import numpy as np

from loaders.tiles.assignment import assign

STEPS, PUSH, PULL = 100, 0.25, 0.3
"""How often overlap is pushed apart, and which part of it each time, while neighbours pull back."""

LARGEST_STEP = 0.3
REACH = 4.0
"""No region goes further than so many tiles from where it was pulled and pushed to."""


class Place(NamedTuple):
    """The middle of a region and its surface, in any one unit of length: x east, y north."""

    x: float
    y: float
    area: float


class Cell(NamedTuple):
    """Where a tile lies: columns from the west, rows from the north, both from 0."""

    column: int
    row: int


class Rules(NamedTuple):
    """How a map is laid out.

    Attributes:
        hold: how much each region is held where it lies, against 1 for the pull of a neighbour.
        water: how far an island is kept from the two regions nearest to it, in tiles from middle to middle.
    """

    hold: float
    water: float


class _Springs(NamedTuple):
    """Pairs of regions, and where the second should lie as seen from the first, in tiles."""

    first: np.ndarray
    second: np.ndarray
    wanted: np.ndarray


def lay_out(places: Mapping[str, Place], links: Set[tuple[str, str]], rules: Rules) -> dict[str, Cell]:
    """A cell for every region.

    Args:
        places: where the regions lie.
        links: pairs of neighbours over land.
    """
    codes = sorted(places)
    number = {code: place for place, code in enumerate(codes)}
    side = sqrt(sum(places[code].area for code in codes) / len(codes))
    points = np.array([places[code][:2] for code in codes]) / side
    pairs = [(number[one], number[other]) for one, other in sorted(links)]
    springs = _springs(points, pairs, _bridges(points, pairs), rules.water)
    settled = _push_apart(_pull(points, springs, rules.hold), springs)
    return dict(zip(codes, _to_grid(settled), strict=True))


def _bridges(points: np.ndarray, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every region that no land joins to the main part, with the two nearest elsewhere."""
    groups = _groups(len(points), pairs)
    largest = np.bincount(groups).argmax()
    found = []
    for one in np.flatnonzero(groups != largest):
        away = np.hypot(*(points - points[one]).T)
        away[groups == groups[one]] = np.inf
        found += [(int(one), int(other)) for other in np.argsort(away, kind="stable")[:2]]
    return found


def _groups(count: int, pairs: list[tuple[int, int]]) -> np.ndarray:
    """For every region the lowest number that land joins it to."""
    groups = np.arange(count)
    for one, other in pairs:
        low, high = sorted((groups[one], groups[other]))
        groups[groups == high] = low
    return groups


def _springs(
    points: np.ndarray, land: list[tuple[int, int]], sea: list[tuple[int, int]], water: float
) -> _Springs:
    first, second = np.array([*land, *sea], dtype=int).reshape(-1, 2).T
    apart = points[second] - points[first]
    length = np.array([1.0] * len(land) + [water] * len(sea))
    return _Springs(first, second, apart / np.hypot(*apart.T)[:, None] * length[:, None])


def _pull(points: np.ndarray, springs: _Springs, hold: float) -> np.ndarray:
    """Where all springs and the hold balance: linear equations, solved at once."""
    matrix, wanted = np.eye(len(points)) * hold, points * hold
    for one, other, step in zip(*springs, strict=True):
        matrix[[one, other], [one, other]] += 1
        matrix[[one, other], [other, one]] -= 1
        wanted[other] += step
        wanted[one] -= step
    solved: np.ndarray = np.linalg.solve(matrix, wanted)
    return solved


def _push_apart(points: np.ndarray, springs: _Springs) -> np.ndarray:
    count = len(points)
    joined = np.bincount(np.concatenate([springs.first, springs.second]), minlength=count)
    for _ in range(STEPS):
        apart = points[:, None] - points[None]
        distance = np.hypot(apart[..., 0], apart[..., 1]) + REACH * np.eye(count)
        push = (apart * (np.clip(1 - distance, 0, None) / distance)[..., None]).sum(axis=1)
        strain = points[springs.second] - points[springs.first] - springs.wanted
        pull = np.zeros_like(points)
        np.add.at(pull, springs.first, strain)
        np.add.at(pull, springs.second, -strain)
        pull /= np.maximum(joined, 1)[:, None]
        points = points + np.clip(PUSH * push, -LARGEST_STEP, LARGEST_STEP) + PULL * pull
    return points


def _to_grid(points: np.ndarray) -> list[Cell]:
    low = np.floor(points.min(axis=0)) - REACH
    high = np.ceil(points.max(axis=0)) + REACH
    columns, rows = (np.arange(start, end + 1) for start, end in zip(low, high, strict=True))
    grid = np.array([(column, row) for row in rows for column in columns])
    distance = np.hypot(*(points[:, None] - grid[None]).transpose(2, 0, 1))
    is_near = distance.min(axis=0) < REACH
    chosen = grid[is_near][assign(distance[:, is_near] ** 2)]
    west, north = chosen[:, 0].min(), chosen[:, 1].max()
    return [Cell(int(column - west), int(north - row)) for column, row in chosen]
