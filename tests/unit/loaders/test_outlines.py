"""Outlines on a flat map: in metres, turned the right way round, thinned alike on both sides of a border."""

from typing import Any

import pytest

from loaders.outlines import Outline, area_and_middle, is_elsewhere, points_of, to_plane
from loaders.thinning import thin_out

Corners = list[list[float]]

SQUARE: Corners = [[5.4, 52.1], [5.5, 52.1], [5.5, 52.2], [5.4, 52.2], [5.4, 52.1]]
HOLE: Corners = [[5.44, 52.14], [5.46, 52.14], [5.46, 52.16], [5.44, 52.16], [5.44, 52.14]]


def feature(*polygons: list[Corners]) -> dict[str, Any]:
    return {"geometry": {"type": "MultiPolygon", "coordinates": list(polygons)}}


def test_a_tenth_of_a_degree_becomes_hundreds_of_metres() -> None:
    # 0.1° north is 11.132 km: 111 units; east that times cos 52.1° = 0.6143: 68 units
    assert to_plane(feature([SQUARE])) == ((0, 0, 68, 0, 68, 111, 0, 111),)


def test_outer_rings_run_anticlockwise_and_holes_clockwise_however_they_came() -> None:
    straight = to_plane(feature([SQUARE, HOLE]))
    turned = to_plane(feature([SQUARE[::-1], HOLE[::-1]]))

    for rings in (straight, turned):
        outer, hole = rings
        assert area_and_middle([outer])[0] == 68 * 111
        assert area_and_middle([hole[2:] + hole[:2]])[0] == 0.0  # a surface below zero counts as none
        assert area_and_middle(rings)[0] < 68 * 111


def test_a_polygon_is_read_like_a_multipolygon() -> None:
    one = {"geometry": {"type": "Polygon", "coordinates": [SQUARE]}}

    assert to_plane(one) == to_plane(feature([SQUARE]))


def test_an_outline_that_crosses_itself_stays_as_it_is() -> None:
    bow = [[5.4, 52.1], [5.5, 52.2], [5.5, 52.1], [5.4, 52.2], [5.4, 52.1]]

    (ring,) = to_plane(feature([bow]))

    assert len(ring) == 8
    assert area_and_middle([ring]) == (0.0, 34.0, 55.5)


def test_a_part_smaller_than_a_hundred_metres_falls_away() -> None:
    speck = [[5.45, 52.15], [5.4501, 52.15], [5.4501, 52.1501], [5.45, 52.15]]

    assert to_plane(feature([SQUARE], [speck])) == to_plane(feature([SQUARE]))
    with pytest.raises(ValueError, match="without a surface"):
        to_plane(feature([speck]))


@pytest.mark.parametrize("corner", [[155000.0, 463000.0], [2.0, 52.0], [5.0, 60.0], [float("nan"), 52.0]])
def test_what_is_no_degrees_or_lies_elsewhere_is_noticed(corner: list[float]) -> None:
    assert is_elsewhere(feature([[corner, *SQUARE[1:]]]))
    assert not is_elsewhere(feature([SQUARE]))


def test_the_middle_of_two_parts_is_weighed_by_their_surface() -> None:
    # 1 × 1 around (0.5, 0.5) and 3 × 1 around (11.5, 0.5): (0.5 + 3 × 11.5) / 4 = 8.75
    assert area_and_middle([(0, 0, 1, 0, 1, 1, 0, 1), (10, 0, 13, 0, 13, 1, 10, 1)]) == (4.0, 8.75, 0.5)


WEST = Outline("GM0001", ((0, 0, 10, 0, 10, 5, 11, 6, 10, 7, 10, 20, 0, 20),))
EAST = Outline("GM0002", ((10, 0, 30, 0, 30, 20, 10, 20, 10, 7, 11, 6, 10, 5),))


def test_both_sides_of_a_border_lose_the_same_corner() -> None:
    # 14 corners; (11, 6) makes the smallest triangle, and after it (10, 5) and (10, 7) make none
    west, east = thin_out([WEST, EAST], most=8)

    assert set(points_of(west.rings[0])) == {(0, 0), (10, 0), (10, 20), (0, 20)}
    assert set(points_of(east.rings[0])) == {(10, 0), (30, 0), (30, 20), (10, 20)}


def test_no_ring_gets_fewer_than_four_corners_and_where_borders_meet_stays() -> None:
    thinned = thin_out([WEST, EAST], most=0)

    assert [len(outline.rings[0]) // 2 for outline in thinned] == [4, 4]


def test_few_corners_are_left_alone() -> None:
    assert thin_out([WEST, EAST]) == (WEST, EAST)
