"""The statistics once more, by scipy, statsmodels and numpy, over thousands of random cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from app.statistics import (
    Z95,
    Z998,
    Estimate,
    dispersion,
    funnel_curve,
    funnel_limits,
    poisson,
    slope_difference,
    standardised_ratio,
    trend,
    wilson,
)
from app.statistics import difference as own_difference
from app.statistics.counts import gamma_parts

LEVELS = [Z95, Z998]
CLOSE = 1e-9

Pairs = list[tuple[float, float]]


def pairs(random: np.random.Generator, count: int, *, largest: float = 1e6) -> Pairs:
    """Events and totals of every size, half of them with fractions, some with nobody or everybody."""
    totals = np.exp(random.uniform(0, np.log(largest), count))
    parts = random.choice([0, 1, -1], count, p=[0.05, 0.05, 0.9])
    parts = np.where(parts < 0, random.beta(0.7, 3, count), parts)
    whole = random.random(count) < 0.5
    totals = np.where(whole, np.ceil(totals), totals)
    events = np.where(whole, np.round(parts * totals), parts * totals)
    return list(zip(events.tolist(), totals.tolist(), strict=True))


def two_sided(z: float) -> float:
    return float(2 * stats.norm.sf(z))


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(20260)


@pytest.mark.parametrize("z", LEVELS)
def test_wilson_agrees_with_statsmodels(random: np.random.Generator, z: float) -> None:
    cases = pairs(random, 4000)
    events, totals = np.array(cases).T

    expected = proportion_confint(events, totals, alpha=two_sided(z), method="wilson")

    found = np.array([wilson(*each, z) for each in cases])
    np.testing.assert_allclose(found, np.clip(np.transpose(expected), 0, 1), atol=CLOSE)


@pytest.mark.parametrize("z", LEVELS)
def test_few_events_agree_with_the_chi_square_quantiles_of_scipy(
    random: np.random.Generator, z: float
) -> None:
    events = np.concatenate([np.arange(1, 10), random.uniform(0.01, 10, 600)])

    low = stats.chi2.ppf(two_sided(z) / 2, 2 * events) / 2
    high = stats.chi2.isf(two_sided(z) / 2, 2 * events + 2) / 2

    found = np.array([poisson(each, z) for each in events.tolist()])
    np.testing.assert_allclose(found, np.transpose([low, high]), atol=CLOSE)


@pytest.mark.parametrize("z", LEVELS)
def test_many_events_lie_near_the_exact_limits_of_scipy(random: np.random.Generator, z: float) -> None:
    events = np.exp(random.uniform(np.log(10), np.log(1e6), 2000))

    low = stats.chi2.ppf(two_sided(z) / 2, 2 * events) / 2
    high = stats.chi2.isf(two_sided(z) / 2, 2 * events + 2) / 2

    found = np.array([poisson(each, z) for each in events.tolist()])
    room = 0.01 if z == Z95 else 0.07
    np.testing.assert_allclose(found, np.transpose([low, high]), atol=room)


def test_the_gamma_parts_agree_with_scipy(random: np.random.Generator) -> None:
    shapes = random.uniform(0.001, 11, 4000)
    values = random.uniform(0.001, 60, 4000)

    found = [gamma_parts(*each) for each in zip(shapes.tolist(), values.tolist(), strict=True)]

    below, above = stats.gamma.cdf(values, shapes), stats.gamma.sf(values, shapes)
    np.testing.assert_allclose(found, np.transpose([below, above]), rtol=1e-8, atol=1e-13)


@pytest.mark.parametrize("z", LEVELS)
def test_differences_agree_with_newcombe_of_statsmodels(random: np.random.Generator, z: float) -> None:
    cases = list(zip(pairs(random, 1000), pairs(random, 1000), strict=True))

    expected = [
        confint_proportions_2indep(*one, *other, method="newcomb", compare="diff", alpha=two_sided(z))
        for one, other in cases
    ]

    found = [own_difference(proportion(*one, z), proportion(*other, z)) for one, other in cases]
    np.testing.assert_allclose(found, expected, atol=CLOSE)


def proportion(events: float, total: float, z: float = Z95) -> Estimate:
    return Estimate(events / total, *wilson(events, total, z))


def series(random: np.random.Generator) -> list[Estimate]:
    """Five proportions with their limits, with and without a drift."""
    start, drift = random.uniform(0.02, 0.5), random.choice([0, 0, 0.002, -0.003, 0.01])
    totals = np.exp(random.uniform(4, 9)) * random.uniform(0.8, 1.2, 5)
    parts = np.clip(start + drift * np.arange(5) + random.normal(0, 0.01, 5), 0.001, 1)
    return [proportion(part * total, total) for part, total in zip(parts, totals, strict=True)]


def fit(estimates: list[Estimate], times: list[int]) -> tuple[float, float]:
    """Slope and standard error by statsmodels, the variance of each figure known beforehand."""
    values = np.array([estimates[time].value for time in times])
    errors = np.array([(estimates[time].high - estimates[time].low) / 3.92 for time in times])
    result = WLS(values, np.column_stack([np.ones(len(times)), np.array(times)]), 1 / errors**2).fit()
    return float(result.params[1]), float(np.sqrt(result.normalized_cov_params[1, 1]))


def test_trends_agree_with_weighted_regression(random: np.random.Generator) -> None:
    found_directions: set[int] = set()
    for _ in range(500):
        estimates = series(random)
        slope, error = fit(estimates, [0, 1, 2, 3, 4])
        signs = {np.sign(fit(estimates, [time for time in range(5) if time != gone])[0]) for gone in range(5)}
        is_clear = stats.chi2.sf((slope / error) ** 2, 1) < 0.002 and signs == {np.sign(slope)}

        found = trend(estimates)

        assert found is not None
        assert found[:3] == pytest.approx((slope, error, (slope / error) ** 2), rel=1e-7, abs=1e-12)
        assert found.direction == (np.sign(slope) if is_clear else 0)
        found_directions.add(found.direction)
    assert found_directions == {-1, 0, 1}


def test_differences_of_slopes_agree_with_the_normal_distribution(random: np.random.Generator) -> None:
    for _ in range(200):
        first, second = trend(series(random)), trend(series(random))
        assert first is not None
        assert second is not None
        error = np.sqrt(first.standard_error**2 + second.standard_error**2)

        expected = stats.norm.interval(0.998, first.slope - second.slope, error)

        assert slope_difference(first, second) == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("is_rate", [False, True])
def test_dispersion_agrees_with_numpy(random: np.random.Generator, *, is_rate: bool) -> None:
    widened: set[bool] = set()
    for _ in range(400):
        spread = random.choice([5.0, 200.0])
        totals = np.exp(random.uniform(4, 8, int(random.integers(2, 80))))
        events = random.beta(0.1 * spread, 0.9 * spread, len(totals)) * totals
        target = events.sum() / totals.sum()
        variance = target if is_rate else target * (1 - target)
        scores = (events / totals - target) / np.sqrt(variance / totals)
        factor = np.mean(np.clip(scores, *np.percentile(scores, [10, 90])) ** 2)
        is_wide = factor > 1 + 2 * np.sqrt(2 / len(totals))
        cases = list(zip(events.tolist(), totals.tolist(), strict=True))

        found = dispersion(cases, is_rate=is_rate)

        assert found == pytest.approx((factor if is_wide else 1, is_wide, len(totals)))
        widened.add(found.is_wide)
    assert widened == {False, True}


def test_the_funnel_agrees_with_the_normal_distribution(random: np.random.Generator) -> None:
    targets, sizes = random.uniform(0, 1, 2000), np.exp(random.uniform(0, 12, 2000))
    errors = np.sqrt(targets * (1 - targets) / sizes)

    expected = np.clip(stats.norm.interval(0.998, targets, errors), 0, 1).T

    found = [funnel_limits(*each, Z998) for each in zip(targets.tolist(), sizes.tolist(), strict=True)]
    np.testing.assert_allclose(found, expected, atol=CLOSE)


def test_the_sizes_of_the_curve_agree_with_numpy() -> None:
    found = [point.size for point in funnel_curve(0.1, 37.5, 81_234)]

    np.testing.assert_allclose(found, np.geomspace(37.5, 81_234, 100))


def test_standardised_ratios_agree_with_numpy(random: np.random.Generator) -> None:
    for _ in range(500):
        children, totals = random.uniform(0, 500, 6), random.uniform(1000, 9000, 6)
        events = totals * random.uniform(0.001, 0.1, 6)
        observed = float(random.poisson(8))
        expected = float(np.dot(children, events / totals))

        found = standardised_ratio(observed, np.column_stack([children, events, totals]).tolist())

        limits = np.array(poisson(observed)) / expected
        assert found == pytest.approx((expected, observed / expected, *limits))


totals = st.floats(min_value=0.5, max_value=1e7)
parts = st.floats(min_value=0, max_value=1)
counts = st.floats(min_value=0, max_value=1e6)


@given(totals, parts)
def test_the_interval_of_a_proportion_holds_it_and_is_wider_at_the_higher_level(
    total: float, part: float
) -> None:
    inner, outer = wilson(part * total, total), wilson(part * total, total, Z998)

    assert 0 <= outer.low <= inner.low <= part * total / total <= inner.high <= outer.high <= 1


@given(totals, parts)
def test_those_who_are_not_have_the_mirrored_interval(total: float, part: float) -> None:
    events = part * total

    low, high = wilson(total - events, total)

    assert wilson(events, total) == pytest.approx((1 - high, 1 - low), abs=CLOSE)


@given(totals, parts, st.floats(min_value=1.01, max_value=100))
def test_more_children_narrow_the_interval(total: float, part: float, times: float) -> None:
    few, many = wilson(part * total, total), wilson(part * total * times, total * times)

    assert many.high - many.low < few.high - few.low


@given(counts)
def test_the_interval_of_events_holds_them_and_is_wider_at_the_higher_level(events: float) -> None:
    inner, outer = poisson(events), poisson(events, Z998)

    assert 0 <= outer.low <= inner.low <= events <= inner.high <= outer.high


@given(counts, st.floats(min_value=0.1, max_value=1e4))
def test_more_events_never_lower_the_limits(events: float, more: float) -> None:
    before, after = poisson(events), poisson(events + more)

    assert before.low <= after.low
    assert before.high <= after.high


@given(totals, parts, totals, parts)
def test_the_difference_read_the_other_way_is_the_same_with_its_sign_turned(
    total: float, part: float, other_total: float, other_part: float
) -> None:
    one, other = proportion(part * total, total), proportion(other_part * other_total, other_total)

    low, high = own_difference(one, other)

    assert low <= one.value - other.value <= high
    assert own_difference(other, one) == pytest.approx((-high, -low))


@given(parts, st.floats(min_value=1, max_value=1e6), st.floats(min_value=1.01, max_value=100))
def test_the_funnel_holds_its_target_and_narrows_with_size(target: float, size: float, times: float) -> None:
    near, far = funnel_limits(target, size * times, Z95), funnel_limits(target, size, Z95)

    assert 0 <= far.low <= near.low <= target <= near.high <= far.high <= 1
