"""Ranks, position bar and shares, with numbers worked out by hand."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.benchmarks import (
    Rank,
    Spread,
    can_be_base,
    comparable,
    comparable_series,
    count_below,
    difference,
    index,
    quantile,
    ranks,
    share_of,
    spread,
)
from app.indicators import Direction, Figure
from tests.example_figures import BREAK, COUNT, at_least, count, finished, hidden, part


def exact(**values: float) -> dict[str, tuple[float, float]]:
    return {code: (value, value) for code, value in values.items()}


def test_ties_share_a_place_and_the_next_one_is_skipped() -> None:
    places = ranks(exact(a=9, b=8, c=8, d=5))

    assert [places[code].best for code in "abcd"] == [1, 2, 2, 4]
    assert all(place.best == place.worst and place.count == 4 for place in places.values())


def test_where_lower_is_better_the_lowest_is_first() -> None:
    places = ranks(exact(a=9, b=8, c=5), Direction.LOWER)

    assert [places[code].best for code in "abc"] == [3, 2, 1]


def test_where_nothing_is_better_the_highest_is_first() -> None:
    assert ranks(exact(a=9, b=8), Direction.NEUTRAL)["a"] == Rank(1, 1, 2)


def test_bounds_leave_a_place_open_as_far_as_they_reach() -> None:
    # x lies between 7 and 9: at best it shares the 9, at worst 9 and 8 are above it
    places = ranks({**exact(a=9, b=8, d=5), "x": (7, 9)})

    assert places["x"] == Rank(1, 3, 4)
    assert places["b"] == Rank(2, 3, 4)
    assert places["d"] == Rank(4, 4, 4)


def test_bounds_leave_a_place_open_as_well_where_lower_is_better() -> None:
    places = ranks({**exact(a=9, b=8, d=5), "x": (7, 9)}, Direction.LOWER)

    assert places["x"] == Rank(2, 3, 4)


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 50).map(lambda value: (value, value)), min_size=1))
def test_a_place_is_one_more_than_the_number_of_higher_regions(bounds: dict[str, tuple[int, int]]) -> None:
    places = ranks(bounds)

    higher = {code: sum(other > low for other, _ in bounds.values()) for code, (low, _) in bounds.items()}
    assert {code: place.best for code, place in places.items()} == {code: 1 + n for code, n in higher.items()}


def test_hidden_and_missing_figures_take_no_part_in_a_ranking_and_open_ones_may_be_the_highest() -> None:
    figures = [
        count(10, region="A"),
        count(10, 12, region="B"),
        hidden(region="C"),
        at_least(5, region="D"),
        finished(None, region="E"),
    ]

    assert comparable(figures) == {"A": (10, 10), "B": (10, 12), "D": (5, inf)}


def test_a_figure_of_at_least_five_may_stand_anywhere_above_five() -> None:
    places = ranks({"A": (9, 9), "B": (4, 4), "C": (5, inf)})

    assert (places["A"].best, places["A"].worst) == (1, 2)
    assert (places["B"].best, places["B"].worst) == (3, 3)
    assert (places["C"].best, places["C"].worst) == (1, 2)


def test_the_position_bar_leaves_open_figures_out() -> None:
    bounds = [*((value, value) for value in range(1, 21)), (3, inf)]

    assert spread(bounds) == spread(bounds[:-1])


def test_the_position_bar_runs_between_the_means_of_the_two_lowest_and_highest() -> None:
    # 1…20: 5% is one region, but at least two: (1 + 2) / 2 and (19 + 20) / 2; quartiles at 5.75 and 15.25
    bar = spread((value, value) for value in range(1, 21))

    assert bar == Spread(low=1.5, lower_quartile=5.75, upper_quartile=15.25, high=19.5, count=20)


def test_five_percent_of_76_regions_is_four() -> None:
    # 1…76: (1 + 2 + 3 + 4) / 4 and (73 + 74 + 75 + 76) / 4
    bar = spread((value, value) for value in range(1, 77))

    assert bar is not None
    assert (bar.low, bar.high) == (2.5, 74.5)


def test_there_is_no_position_bar_below_ten_regions() -> None:
    assert spread((value, value) for value in range(9)) is None
    assert spread((value, value) for value in range(10)) is not None


@pytest.mark.parametrize(("value", "place"), [(1.5, 0), (10.5, 0.5), (19.5, 1), (-3, 0), (100, 1)])
def test_a_value_beyond_the_bar_stands_at_its_end(value: float, place: float) -> None:
    bar = Spread(1.5, 5.75, 15.25, 19.5, 20)

    assert bar.place(value) == place


def test_a_bar_without_width_has_one_place() -> None:
    assert Spread(3, 3, 3, 3, 12).place(3) == 0.5


def test_a_quantile_lies_between_its_neighbours_in_proportion() -> None:
    assert [quantile([1, 2, 3, 4], share) for share in (0, 0.25, 0.5, 1)] == [1, 1.75, 2.5, 4]


def test_only_what_is_surely_lower_is_counted_as_lower() -> None:
    assert count_below((5, 6), [(1, 1), (4, 5), (3, 4), (9, 9)]) == 2


def test_a_difference_of_bounds_reaches_from_one_extreme_to_the_other() -> None:
    assert difference(count(20), count(22, 23)) == (-3, -2)


def test_a_share_of_bounds_reaches_from_one_extreme_to_the_other() -> None:
    assert share_of(count(20), count(400, 500)) == (4.0, 5.0)


def test_a_share_of_nothing_is_unknown() -> None:
    assert share_of(count(0), count(0)) is None


def test_nothing_is_derived_from_a_hidden_figure() -> None:
    assert difference(hidden(), count(10)) is None
    assert share_of(hidden(), count(10)) is None
    assert index(hidden(), count(10)) is None


def test_an_index_has_the_base_as_hundred() -> None:
    assert index(count(90), count(120)) == (75, 75)
    assert index(count(90), count(0)) is None


@pytest.mark.parametrize("base", [hidden(), count(10, 12), at_least(5), count(0), finished(None)])
def test_nothing_is_a_part_of_a_base_that_is_not_known_exactly(base: Figure) -> None:
    assert not can_be_base(base)
    assert index(count(90), base) is None


def test_a_series_is_comparable_from_its_last_break_on() -> None:
    series = [count(1, period=period) for period in ("2021", "2022", "2023", "2024")]
    indicator = replace(COUNT, series_breaks=(BREAK,))

    assert [each.period for each in comparable_series(series, indicator)] == ["2023", "2024"]
    assert [each.period for each in comparable_series(series, indicator, "2022")] == ["2021", "2022"]


def test_a_percentage_of_a_hidden_number_is_not_comparable() -> None:
    figure = part(1, 400, 4)

    assert comparable([figure]) != {}
    assert comparable([hidden(denominator_low=400.0, denominator_high=403.0)]) == {}
