"""Whether an outline on the map is sound: pure."""

from typing import Any

import numpy as np

MAX_POINTS = 20_000


def broken_rings(feature: dict[str, Any]) -> int:
    """How many rings of a (multi)polygon are open or cross themselves.

    Raises:
        KeyError, TypeError, ValueError: it is no polygon, or too large to check.
    """
    geometry = feature["geometry"]
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    rings = [ring for polygon in polygons[geometry["type"]] for ring in polygon]
    return sum(_is_broken(np.array(ring, dtype=float)) for ring in rings)


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
