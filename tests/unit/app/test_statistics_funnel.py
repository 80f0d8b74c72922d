"""The funnel and its widening, with the test values of METHODS and scores counted by hand."""

from itertools import pairwise
from math import nan

import pytest

from app.statistics import (
    Z95,
    Z998,
    Dispersion,
    dispersion,
    funnel_curve,
    funnel_limits,
)

NEAR = 0.00005


@pytest.mark.parametrize(("z", "low", "high"), [(Z95, 0.0534, 0.1066), (Z998, 0.0381, 0.1219)])
def test_the_funnel_has_the_limits_of_spiegelhalter(z: float, low: float, high: float) -> None:
    assert funnel_limits(0.08, 400, z) == pytest.approx((low, high), abs=NEAR)


def test_the_funnel_of_a_rate_has_no_upper_end() -> None:
    # 0.5 ± 2√(0.5/2) = 0.5 ± 1
    assert funnel_limits(0.5, 2, 2, is_rate=True) == pytest.approx((0, 1.5))
    assert funnel_limits(0.5, 1, 2) == (0, 1)


def test_four_times_the_dispersion_doubles_the_distance() -> None:
    # 0.5 ± 2·√4·√(0.25/100) = 0.5 ± 0.2
    assert funnel_limits(0.5, 100, 2, dispersion=4) == pytest.approx((0.3, 0.7))


@pytest.mark.parametrize("target", [0, 1])
def test_a_target_of_nobody_or_everybody_leaves_no_room(target: float) -> None:
    assert funnel_limits(target, 100, Z998) == (target, target)


@pytest.mark.parametrize(
    ("target", "size", "widening"), [(-0.1, 100, 1), (1.1, 100, 1), (nan, 100, 1), (0.1, 0, 1), (0.1, 100, 0)]
)
def test_a_funnel_that_cannot_be_is_refused(target: float, size: float, widening: float) -> None:
    with pytest.raises(ValueError, match=r"target|size|dispersion"):
        funnel_limits(target, size, Z95, dispersion=widening)


def test_the_curve_has_a_hundred_sizes_that_lie_closest_where_regions_are_small() -> None:
    curve = funnel_curve(0.08, 100, 10_000)

    steps = [right.size - left.size for left, right in pairwise(curve)]
    assert len(curve) == 100
    assert (curve[0].size, curve[-1].size) == (100, 10_000)
    assert steps == sorted(steps)


def test_the_curve_holds_the_limits_of_each_size() -> None:
    first = funnel_curve(0.08, 400, 10_000)[0]

    assert first == pytest.approx((400, 0.0534, 0.1066, 0.0381, 0.1219), abs=NEAR)


def test_a_curve_of_one_size_stands_still_and_one_that_runs_backwards_is_refused() -> None:
    assert {point.size for point in funnel_curve(0.08, 50, 50)} == {50}
    with pytest.raises(ValueError, match="smallest"):
        funnel_curve(0.08, 51, 50)


def test_a_few_regions_far_away_do_not_widen_the_funnel() -> None:
    # z: −4, −2, −1, 0 five times, 1, 2, 4; the 4s become 2s: φ = 18/11 = 1.64, below 1 + 2√(2/11) = 1.85
    events = (30, 40, 45, 50, 50, 50, 50, 50, 55, 60, 70)

    assert dispersion([(each, 100) for each in events]) == Dispersion(1, is_wide=False, regions=11)


def test_regions_that_lie_apart_widen_the_funnel() -> None:
    # z: −6, −4, −1, 0 five times, 1, 4, 6; the 6s become 4s: φ = (4 × 16 + 2 × 1)/11 = 6
    events = (20, 30, 45, 50, 50, 50, 50, 50, 55, 70, 80)

    found = dispersion([(each, 100) for each in events])

    assert found == pytest.approx((6, True, 11))


def test_the_dispersion_of_rates_goes_by_their_own_error() -> None:
    # target 400/400 = 1, error 1/√100 = 0.1: z −5, 0, 0, 5; 10% quantile −5 + 0.3 × 5 = −3.5: φ = 24.5/4
    found = dispersion([(50, 100), (100, 100), (100, 100), (150, 100)], is_rate=True)

    assert found == pytest.approx((6.125, True, 4))


@pytest.mark.parametrize("events", [0, 100, 30])
def test_regions_that_are_all_alike_do_not_widen_the_funnel(events: float) -> None:
    assert dispersion([(events, 100)] * 12) == Dispersion(1, is_wide=False, regions=12)


def test_no_regions_and_one_region_do_not_widen_the_funnel() -> None:
    assert dispersion([]) == Dispersion(1, is_wide=False, regions=0)
    assert dispersion([(3, 10)]) == Dispersion(1, is_wide=False, regions=1)


@pytest.mark.parametrize("pair", [(3, 0), (-1, 10), (11, 10), (nan, 10)])
def test_one_region_that_cannot_be_spoils_the_dispersion(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"events|total"):
        dispersion([(3, 10), pair])
