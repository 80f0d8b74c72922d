"""Outlines of gemeenten: whether they are sound, and how they lie on a flat map: pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np

MAX_POINTS = 20_000
LONGITUDES, LATITUDES = (3.0, 7.5), (50.5, 53.9)
"""Between which degrees the Netherlands lie, with some sea."""

KM_PER_DEGREE = 111.32
MIDDLE = (5.4, 52.1)
UNITS_PER_KM = 10

Ring = tuple[int, ...]
"""x and y in turn, in units of 100 m east and north of `MIDDLE`; the first point is not repeated."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of one gemeente: outer ones anticlockwise, holes clockwise."""

    code: str
    rings: tuple[Ring, ...]


def broken_rings(feature: dict[str, Any]) -> int:
    """How many rings of a (multi)polygon are open or cross themselves.

    Raises:
        KeyError, TypeError, ValueError: it is no polygon, or too large to check.
    """
    return sum(_is_broken(ring) for polygon in _polygons(feature) for ring in polygon)


def to_plane(feature: dict[str, Any]) -> tuple[Ring, ...]:
    """The rings on a flat map, at 100 m; a ring that crosses itself stays as it is.

    East is multiplied by the cosine of 52.1°, so that a kilometre is as long in all directions: within 3%
    from Wadden to Limburg.

    Raises:
        KeyError, TypeError, ValueError: it is no polygon, lies elsewhere, or is smaller than 100 m.
    """
    rings = tuple(
        flat
        for polygon in _polygons(feature)
        for number, ring in enumerate(polygon)
        if (flat := _flatten(ring, is_hole=number > 0))
    )
    if not rings:
        raise ValueError("an outline without a surface")
    return rings


def is_elsewhere(feature: dict[str, Any]) -> bool:
    """Whether a corner lies outside the Netherlands, as with coordinates that are no degrees.

    Raises:
        KeyError, TypeError, ValueError: it is no polygon.
    """
    limits = np.array([LONGITUDES, LATITUDES])
    rings = (ring for polygon in _polygons(feature) for ring in polygon)
    return not all(((ring >= limits[:, 0]) & (ring <= limits[:, 1])).all() for ring in rings)


def area_and_middle(rings: Iterable[Ring]) -> tuple[float, float, float]:
    """The surface in units², and where its centre of gravity lies: x and y in units.

    Of a ring that crosses itself such that no surface is left, the centre is the middle of its corners.
    """
    corners = [np.array(ring, dtype=float).reshape(-1, 2) for ring in rings]
    area, x, y = np.sum([_moments(ring) for ring in corners], axis=0)
    if area <= 0:
        x, y = np.concatenate(corners).mean(axis=0)
        return 0.0, float(x), float(y)
    return float(area), float(x / area), float(y / area)


def points_of(ring: Ring) -> Iterator[tuple[int, int]]:
    """The corners of a ring."""
    return zip(ring[::2], ring[1::2], strict=True)


def _polygons(feature: dict[str, Any]) -> list[list[np.ndarray]]:
    geometry = feature["geometry"]
    found = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return [[np.array(ring, dtype=float)[:, :2] for ring in polygon] for polygon in found]


def _flatten(ring: np.ndarray, *, is_hole: bool) -> Ring:
    """The ring in units; empty where nothing is left of it."""
    per_degree = UNITS_PER_KM * KM_PER_DEGREE * np.array([cos(radians(MIDDLE[1])), 1.0])
    flat = np.rint((ring - MIDDLE) * per_degree).astype(int)
    kept = flat[(flat != np.roll(flat, -1, axis=0)).any(axis=1)]
    if len(kept) < 3:
        return ()
    is_clockwise = _moments(kept.astype(float))[0] < 0
    turned = kept[::-1] if is_clockwise != is_hole else kept
    return tuple(int(number) for number in turned.ravel())


def _moments(ring: np.ndarray) -> tuple[float, float, float]:
    """Surface (negative when clockwise) and that times the x and y of its centre, by the shoelace formula."""
    after = np.roll(ring, -1, axis=0)
    cross = ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]
    x, y = ((ring + after) * cross[:, None]).sum(axis=0) / 6
    return float(cross.sum() / 2), float(x), float(y)


def _is_broken(ring: np.ndarray) -> bool:
    """A ring must be closed, have three corners, visit no corner twice, and have no sides that cross."""
    if len(ring) > MAX_POINTS:
        raise ValueError("a ring with too many points")
    if len(ring) < 4 or not np.array_equal(ring[0], ring[-1]):
        return True
    start, end = ring[:-1], ring[1:]
    if len(np.unique(start, axis=0)) < len(start):
        return True
    return any(_crosses(start, end, place) for place in range(len(start) - 2))


def _crosses(start: np.ndarray, end: np.ndarray, place: int) -> bool:
    """Whether side `place` crosses a later side that is not its neighbour."""
    later = slice(place + 2, len(start) - (place == 0))
    a, b, c, d = start[place], end[place], start[later], end[later]
    apart = _side(c, d, a) * _side(c, d, b) <= 0
    return bool((apart & (_side(a, b, c) * _side(a, b, d) <= 0) & _overlap(a, b, c, d)).any())


def _overlap(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Whether the boxes around two sides touch: sides in line with each other may still lie far apart."""
    low = np.maximum(np.minimum(a, b), np.minimum(c, d))
    found: np.ndarray = (low <= np.minimum(np.maximum(a, b), np.maximum(c, d))).all(axis=-1)
    return found


def _side(first: np.ndarray, second: np.ndarray, point: np.ndarray) -> np.ndarray:
    """On which side of a line a point lies: above 0, below 0, or 0 on it."""
    one, other = second - first, point - first
    found: np.ndarray = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return found
