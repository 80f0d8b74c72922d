"""The layout of tiles: the cheapest places, none twice, neighbours beside each other, islands in the sea."""

from itertools import permutations

import numpy as np
import pytest

from app.regions import RegionKind
from loaders.outlines import Outline
from loaders.tiles.assignment import assign
from loaders.tiles.centres import Part, place_gemeenten, place_regions
from loaders.tiles.layout import Cell, Place, Rules, lay_out

RULES = Rules(hold=0.1, water=2.0)


def test_two_rows_take_the_columns_that_are_cheapest_together() -> None:
    assert assign(np.array([[1.0, 2.0], [1.0, 5.0]])).tolist() == [1, 0]


def test_a_chain_of_moves_makes_room() -> None:
    # each wants the first: 0 + 2 + 3 over the diagonal against 0 + 1 + 9 and others
    costs = np.array([[0.0, 1.0, 9.0], [0.0, 2.0, 9.0], [0.0, 9.0, 3.0]])

    # first → column 1 (1), second → column 0 (0), third → column 2 (3): 4 in all
    assert assign(costs).tolist() == [1, 0, 2]


@pytest.mark.parametrize("seed", range(40))
def test_no_other_choice_is_cheaper(seed: int) -> None:
    costs = np.random.default_rng(seed).integers(0, 12, size=(5, 7)).astype(float)

    found = assign(costs)

    best = min(sum(costs[range(5), list(columns)]) for columns in permutations(range(7), 5))
    assert len(set(found.tolist())) == 5
    assert costs[range(5), found].sum() == best


def test_an_independent_solver_agrees() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    costs = np.random.default_rng(1).random((60, 110))

    rows, columns = optimize.linear_sum_assignment(costs)

    assert costs[range(60), assign(costs)].sum() == pytest.approx(costs[rows, columns].sum())


def test_a_country_of_nine_squares_keeps_its_form() -> None:
    places = {f"{x}{y}": Place(50.0 * x, 50.0 * y, 2500.0) for x in range(3) for y in range(3)}
    links = {(f"{x}{y}", f"{x + 1}{y}") for x in range(2) for y in range(3)}
    links |= {(f"{x}{y}", f"{x}{y + 1}") for x in range(3) for y in range(2)}

    found = lay_out(places, links, RULES)

    assert found == {f"{x}{y}": Cell(x, 2 - y) for x in range(3) for y in range(3)}


def test_small_regions_close_together_get_a_cell_each() -> None:
    places = {f"{n}": Place(1.0 * n, 0.0, 100.0) for n in range(6)}

    found = lay_out(places, {(f"{n}", f"{n + 1}") for n in range(5)}, RULES)

    assert [found[f"{n}"] for n in range(6)] == [Cell(n, 0) for n in range(6)]


def test_an_island_lies_in_the_sea() -> None:
    land = {f"{n}": Place(10.0 * n, 0.0, 100.0) for n in range(3)}

    found = lay_out({**land, "island": Place(10.0, 200.0, 100.0)}, {("0", "1"), ("1", "2")}, RULES)

    # two tiles from middle to middle: a row of water between
    assert found["island"].row == 0
    assert min(found[code].row for code in land) >= 2


def test_gemeenten_that_merged_lie_in_the_middle_of_what_they_were() -> None:
    squares = [
        Outline(code, ((x, 0, x + 10, 0, x + 10, 10, x, 10),))
        for code, x in (("GM0001", 0), ("GM0002", 10), ("GM0003", 20))
    ]

    places, links = place_gemeenten(squares, {"GM0002": "GM0009", "GM0003": "GM0009"})

    assert places == {"GM0001": Place(5.0, 5.0, 100.0), "GM0009": Place(20.0, 5.0, 200.0)}
    assert links == {("GM0001", "GM0009")}


def test_gemeenten_that_touch_far_away_in_the_water_are_no_neighbours() -> None:
    # the centres lie 30 km apart: 300 units
    squares = [
        Outline(code, ((x, 0, x + 300, 0, x + 300, 10, x, 10),))
        for code, x in (("GM0001", 0), ("GM0002", 300))
    ]

    assert place_gemeenten(squares, {})[1] == set()


def test_an_swv_lies_where_its_inhabitants_are_and_a_national_one_nowhere() -> None:
    gemeenten = {"GM0001": Place(0.0, 0.0, 100.0), "GM0002": Place(10.0, 0.0, 50.0)}
    parts = [
        Part("GM0001", "PO2001", 3000.0, 1.0),
        Part("GM0002", "PO2001", 1000.0, 0.5),
        Part("GM0002", "PO2002", 1000.0, 0.5),
        Part("GM0002", "VO2001", 2000.0, 1.0),
        Part("GM0001", "PO0001", 1000.0, 1.0),
    ]

    places, links = place_regions(gemeenten, {("GM0001", "GM0002")}, parts, RegionKind.SWV_PO)

    # (3000 × 0 + 1000 × 10) / 4000 = 2.5; 100 + half of 50
    assert places == {"PO2001": Place(2.5, 0.0, 125.0), "PO2002": Place(10.0, 0.0, 25.0)}
    assert links == {("PO2001", "PO2002")}
