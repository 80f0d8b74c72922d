"""Margins of survey figures against an independent route: scipy's t, statsmodels' Wilson."""

import pytest
from scipy.stats import t
from statsmodels.stats.proportion import proportion_confint

from app.statistics.surveys import finite_factor, mean_margin, share_margin, student_t


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 10, 19, 20, 51, 133, 400])
def test_t_is_that_of_another_program(freedom: int) -> None:
    assert student_t(freedom) == pytest.approx(t.ppf(0.975, freedom), rel=1e-9)


def test_the_margin_of_a_mean() -> None:
    low, high = mean_margin(3.6, 1.0, 16)

    assert (low, high) == pytest.approx((3.0671, 4.1329), abs=1e-4)
    assert mean_margin(3.6, 1.0, 16, 31) == pytest.approx((3.2232, 3.9768), abs=1e-4)
    assert mean_margin(3.6, 1.0, 16, 16) == (3.6, 3.6)


def test_the_margin_of_a_share() -> None:
    assert share_margin(0.5, 20) == pytest.approx(proportion_confint(10, 20, method="wilson"))
    low, high = share_margin(0.5, 20, 39)
    assert (low, high) == pytest.approx((0.3581, 0.6419), abs=1e-4)


def test_a_size_that_cannot_be_changes_nothing() -> None:
    assert [finite_factor(12, size) for size in (None, 11, 1, 12)] == [1.0, 1.0, 1.0, 0.0]


def test_a_mean_of_one_has_no_margin() -> None:
    with pytest.raises(ValueError, match="freedom is 0"):
        mean_margin(3.0, 1.0, 1)
