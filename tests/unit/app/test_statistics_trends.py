"""Rises, falls and what is neither, with the test values of METHODS and lines drawn by hand."""

from math import nan, sqrt

import pytest

from app.statistics import (
    Z95,
    Estimate,
    Trend,
    slope_difference,
    trend,
    wilson,
)

RISING = [(80, 2000), (92, 2010), (101, 1990), (118, 2005), (131, 1995)]
RISING_SMALL = [(8, 200), (9, 201), (10, 199), (12, 200), (13, 199)]
NEAR = 0.00005


def percent(events: float, total: float) -> Estimate:
    low, high = wilson(events, total)
    return Estimate(100 * events / total, 100 * low, 100 * high)


def with_error(value: float, error: float) -> Estimate:
    return Estimate(value, value - 1.96 * error, value + 1.96 * error)


def test_a_clear_rise_is_a_trend() -> None:
    found = trend([percent(*each) for each in RISING])

    assert found is not None
    assert found.slope == pytest.approx(0.638, abs=0.0005)
    assert found.chi_square == pytest.approx(16.55, abs=0.005)
    assert found.direction == 1


def test_the_same_rise_among_a_tenth_of_the_children_is_not() -> None:
    found = trend([percent(*each) for each in RISING_SMALL])

    assert found is not None
    assert found.slope == pytest.approx(0.65, abs=0.005)
    assert found.chi_square == pytest.approx(1.64, abs=0.005)
    assert found.direction == 0


def test_a_rise_read_backwards_is_as_clear_a_fall() -> None:
    rise = trend([percent(*each) for each in RISING])
    fall = trend([percent(*each) for each in reversed(RISING)])

    assert rise is not None
    assert fall is not None
    assert fall.direction == -1
    assert (fall.slope, fall.chi_square) == pytest.approx((-rise.slope, rise.chi_square))


def test_equal_precision_gives_the_slope_of_the_plain_line() -> None:
    # around t = 3: Σ(t − 3)v = −2·1 − 1·2 + 1·4 + 2·6 = 12, of Σ(t − 3)² = 10; error 0.5/√10
    found = trend([with_error(value, 0.5) for value in (1, 2, 3, 4, 6)])

    assert found is not None
    assert found.slope == pytest.approx(1.2)
    assert found.standard_error == pytest.approx(0.5 / sqrt(10))
    assert found.chi_square == pytest.approx(1.2**2 / 0.025)


def test_one_extreme_year_does_not_make_a_trend() -> None:
    # with the last year slope 1 and χ² 10 / 0.01 = 1000; without it the four others fall
    found = trend([with_error(value, 0.1) for value in (5, 4.9, 4.8, 4.7, 10)])

    assert found is not None
    assert found.chi_square > 500
    assert found.direction == 0


def test_only_the_latest_five_periods_count() -> None:
    earlier = [percent(900, 2000), percent(10, 2000)]

    assert trend([*earlier, *(percent(*each) for each in RISING)]) == trend(
        [percent(*each) for each in RISING]
    )


def test_five_equal_figures_are_no_trend() -> None:
    # the error of each is 2/3.92 = 1/1.96
    assert trend([Estimate(5, 4, 6)] * 5) == pytest.approx((0, 1 / 1.96 / sqrt(10), 0, 0))


def test_fewer_than_five_periods_have_no_trend() -> None:
    assert trend([percent(*each) for each in RISING[:4]]) is None
    assert trend([]) is None


@pytest.mark.parametrize("width", [0, 1e-12])
def test_a_figure_without_width_has_no_weight_in_a_trend(width: float) -> None:
    assert trend([*(percent(*each) for each in RISING[:4]), Estimate(7, 7, 7 + width)]) is None


def test_series_without_any_width_have_no_trend() -> None:
    assert trend([Estimate(value, value, value) for value in (1, 2, 3, 4, 5)]) is None


def test_two_slopes_differ_by_their_errors_in_square() -> None:
    # 0.5 − 0.1 = 0.4; √(0.03² + 0.04²) = 0.05; 3.0902 × 0.05 = 0.1545 and 1.96 × 0.05 = 0.0980
    own, country = Trend(0.5, 0.03, 277.8, 1), Trend(0.1, 0.04, 6.25, 0)

    assert slope_difference(own, country) == pytest.approx((0.2455, 0.5545), abs=NEAR)
    assert slope_difference(own, country, Z95) == pytest.approx((0.3020, 0.4980), abs=NEAR)


def test_a_slope_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        slope_difference(Trend(nan, 0.1, 1, 0), Trend(0.1, 0.1, 1, 0))
