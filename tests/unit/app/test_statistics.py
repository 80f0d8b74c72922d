"""Intervals, differences, expected numbers and gaps, with the test values of METHODS and the edges."""

from math import inf, nan

import pytest

from app.statistics import (
    Z95,
    Z998,
    Estimate,
    Interval,
    difference,
    expected_events,
    funnel_limits,
    gap_in_children,
    poisson,
    standardised_ratio,
    trend,
    wilson,
)
from app.statistics.counts import gamma_parts

NEAR = 0.00005


def proportion(events: float, total: float) -> Estimate:
    return Estimate(events / total, *wilson(events, total))


@pytest.mark.parametrize(
    ("events", "total", "z", "low", "high"),
    [
        (7, 45, Z95, 0.0775, 0.2878),
        (0, 12, Z95, 0, 0.2425),
        (12, 12, Z95, 0.7575, 1),
        (150, 1800, Z95, 0.0714, 0.0970),
        (150, 1800, Z998, 0.0653, 0.1057),
    ],
)
def test_a_proportion_has_the_limits_of_wilson(
    events: float, total: float, z: float, low: float, high: float
) -> None:
    assert wilson(events, total, z) == pytest.approx((low, high), abs=NEAR)


def test_nobody_and_everybody_lie_exactly_on_the_limit() -> None:
    assert wilson(0, 12).low == 0
    assert wilson(12, 12).high == 1
    assert wilson(1e7, 1e7).high == 1


def test_shares_that_add_up_just_above_the_total_are_everybody() -> None:
    assert wilson(0.1 + 0.2, 0.3) == wilson(0.3, 0.3)


@pytest.mark.parametrize(
    ("events", "total"), [(-1, 10), (11, 10), (0, 0), (1, -5), (nan, 10), (1, nan), (1, inf), (inf, inf)]
)
def test_what_is_no_part_of_a_whole_is_refused(events: float, total: float) -> None:
    with pytest.raises(ValueError, match=r"events|total"):
        wilson(events, total)


@pytest.mark.parametrize("z", [0, -1.96, nan, inf])
def test_a_level_must_be_a_number_above_zero(z: float) -> None:
    for interval in (lambda: wilson(7, 45, z), lambda: poisson(7, z), lambda: funnel_limits(0.1, 100, z)):
        with pytest.raises(ValueError, match="z is"):
            interval()


def test_a_value_on_a_limit_is_not_excluded() -> None:
    interval = Interval(0.1, 0.3)

    assert [interval.excludes(value) for value in (0.09, 0.1, 0.2, 0.3, 0.31)] == [
        True,
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0, 3.689), (5, 1.623, 11.668), (9, 4.115, 17.085), (12, 6.194, 20.963), (100, 81.362, 121.628)],
)
def test_a_number_of_events_has_exact_limits_below_ten_and_those_of_byar_from_ten(
    events: float, low: float, high: float
) -> None:
    assert poisson(events) == pytest.approx((low, high), abs=0.0005)


def test_the_exact_limits_give_way_to_those_of_byar_without_a_visible_step() -> None:
    assert poisson(10 - 1e-9) == pytest.approx(poisson(10), abs=0.01)


def test_part_of_an_event_has_limits_between_those_of_its_neighbours() -> None:
    less, half, more = poisson(2), poisson(2.5), poisson(3)

    assert less.low < half.low < more.low
    assert less.high < half.high < more.high


def test_next_to_no_events_have_the_limits_of_none() -> None:
    assert poisson(1e-12) == pytest.approx(poisson(0), abs=1e-9)


def test_byar_does_not_fall_below_zero_at_an_extreme_level() -> None:
    assert poisson(10, z=12).low == 0


@pytest.mark.parametrize("events", [-0.1, nan, inf])
def test_events_that_cannot_be_are_refused(events: float) -> None:
    with pytest.raises(ValueError, match="events"):
        poisson(events)


def test_the_gamma_parts_of_shape_one_are_those_of_the_exponential() -> None:
    # below 1: 1 − 1/e = 0.632121; below 3: 1 − 1/e³ = 0.950213
    assert gamma_parts(1, 1) == pytest.approx((0.632121, 0.367879), abs=1e-6)
    assert gamma_parts(1, 3) == pytest.approx((0.950213, 0.049787), abs=1e-6)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((48, 80), (56, 70), -0.3339, -0.0524),
        ((20, 1000), (25, 1000), -0.0186, 0.0084),
    ],
)
def test_the_difference_of_two_proportions_has_the_limits_of_newcombe(
    first: tuple[float, float], second: tuple[float, float], low: float, high: float
) -> None:
    assert difference(proportion(*first), proportion(*second)) == pytest.approx((low, high), abs=NEAR)


def test_the_difference_of_two_rates_adds_their_distances_in_square() -> None:
    # 5 − 4 = 1; down √(3² + 4²) = 5, up √(6² + 8²) = 10
    interval = difference(Estimate(5, 2, 11), Estimate(4, -4, 8))

    assert interval == pytest.approx((-4, 11))


def test_two_values_without_width_differ_exactly() -> None:
    assert difference(Estimate(5, 5, 5), Estimate(3, 3, 3)) == (2, 2)


@pytest.mark.parametrize(
    "wrong", [Estimate(5, 6, 7), Estimate(5, 3, 4), Estimate(5, nan, 6), Estimate(5, 4, inf)]
)
def test_limits_without_their_value_between_them_are_refused(wrong: Estimate) -> None:
    with pytest.raises(ValueError, match=r"limits|finite"):
        difference(wrong, Estimate(5, 4, 6))
    with pytest.raises(ValueError, match=r"limits|finite"):
        trend([Estimate(5, 4, 6)] * 4 + [wrong])


def test_the_expected_number_adds_each_breakdown_at_the_rate_of_the_reference() -> None:
    # 100 × 300/3000 + 80 × 120/2400 = 10 + 4
    assert expected_events([(100, 300, 3000), (80, 120, 2400)]) == pytest.approx(14)
    assert expected_events([(0, 0, 0)]) == 0


def test_the_standardised_ratio_divides_by_what_was_expected() -> None:
    # 12 observed where 8 were expected: 6.194/8 and 20.963/8
    found = standardised_ratio(12, [(100, 5, 100), (30, 10, 100)])

    assert found == pytest.approx((8, 1.5, 0.7742, 2.6204), abs=NEAR)


@pytest.mark.parametrize(
    ("observed", "strata"),
    [
        (5, []),
        (5, [(100, 0, 1000)]),
        (5, [(100, 0, 0)]),
        (5, [(-1, 1, 10)]),
        (5, [(1, nan, 10)]),
        (-5, [(100, 1, 10)]),
    ],
)
def test_a_ratio_to_nothing_or_nonsense_is_refused(
    observed: float, strata: list[tuple[float, float, float]]
) -> None:
    with pytest.raises(ValueError, match=r"expected|reference|0 or more|finite"):
        standardised_ratio(observed, strata)


def test_a_gap_is_a_number_of_children_with_limits() -> None:
    # 2800 × (0.062 − 0.05) = 33.6; 2800 × 0.0043 = 12.04; 2800 × 0.02 = 56
    gap = gap_in_children(0.062, 0.05, 2800, Interval(0.0543, 0.07))

    assert gap == pytest.approx((33.6, 12.04, 56))


def test_a_gap_to_a_group_takes_the_interval_of_the_difference() -> None:
    assert gap_in_children(0.02, 0, 500, Interval(-0.01, 0.05)) == pytest.approx((10, -5, 25))


@pytest.mark.parametrize(
    ("own", "benchmark", "total", "interval"),
    [
        (0.1, 0.2, 0, Interval(0, 0.3)),
        (0.1, nan, 10, Interval(0, 0.3)),
        (0.4, 0.2, 10, Interval(0, 0.3)),
        (0.1, 0.2, 10, Interval(nan, 0.3)),
    ],
)
def test_a_gap_that_cannot_be_is_refused(
    own: float, benchmark: float, total: float, interval: Interval
) -> None:
    with pytest.raises(ValueError, match=r"above 0|finite|limits"):
        gap_in_children(own, benchmark, total, interval)
