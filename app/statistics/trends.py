"""Whether a series rises or falls, and whether one does so faster than another: pure."""

from collections.abc import Sequence
from math import copysign, hypot, sqrt
from typing import NamedTuple

from app.statistics.checks import ROUNDING, require_finite, require_order, require_positive
from app.statistics.intervals import Z998, Estimate, Interval

PERIODS = 5
WIDTH_IN_ERRORS = 3.92
"""Standard errors from one limit of a 95% interval to the other, as METHODS rounds it."""

CHI_SQUARE_LIMIT = 9.5495
"""χ² with one degree of freedom that chance alone passes once in 500 times."""


class Trend(NamedTuple):
    """The line through the latest five periods; slope and error in the unit of the figures per period."""

    slope: float
    standard_error: float
    chi_square: float
    direction: int
    """1 for a rise, −1 for a fall, 0 where the figures show neither."""


class _Point(NamedTuple):
    time: int
    value: float
    weight: float


def trend(estimates: Sequence[Estimate]) -> Trend | None:
    """The trend of the latest five figures: a line weighted by precision, and whether it rises or falls.

    In percent with Wilson limits 80/2000, 92/2010, 101/1990, 118/2005, 131/1995 → slope 0.638 percentage
    points a year, χ² 16.55, direction 1. There is a direction only if χ² is above 9.5495 and the slope keeps
    its sign whichever of the five is left out, after the trend marker of the indicator site of OHID
    (England).

    Args:
        estimates: consecutive periods since the last break in the series, oldest first, with 95% limits.

    Returns:
        None with fewer than five, or where one of the five has no width, or next to none: it would decide
        alone.

    Raises:
        ValueError: a value outside its limits, or anything not finite.
    """
    latest = estimates[-PERIODS:]
    for each in latest:
        require_order(each.low, each.value, each.high)
    errors = [(each.high - each.low) / WIDTH_IN_ERRORS for each in latest]
    if len(latest) < PERIODS or min(errors) <= ROUNDING * max(errors):
        return None
    # Weights relative to the most precise figure leave the slope as it is, and no small error overflows.
    smallest = min(errors)
    points = [
        _Point(time, each.value, (smallest / error) ** 2)
        for time, (each, error) in enumerate(zip(latest, errors, strict=True), start=1)
    ]
    slope, scale = _line(points)
    standard_error = smallest * scale
    chi_square = (slope / standard_error) ** 2
    return Trend(slope, standard_error, chi_square, _direction(slope, chi_square, points))


def _line(points: Sequence[_Point]) -> tuple[float, float]:
    """The weighted least squares slope, and its standard error as a multiple of that of weight 1.

    METHODS' formula divided by Σw, around the weighted middle of time: the same numbers with less rounding.
    """
    weight = sum(point.weight for point in points)
    middle = sum(point.weight * point.time for point in points) / weight
    spread = sum(point.weight * (point.time - middle) ** 2 for point in points)
    slope = sum(point.weight * (point.time - middle) * point.value for point in points) / spread
    return slope, 1 / sqrt(spread)


def _direction(slope: float, chi_square: float, points: list[_Point]) -> int:
    if chi_square <= CHI_SQUARE_LIMIT:
        return 0
    without_one = [_line([*points[:place], *points[place + 1 :]])[0] for place in range(len(points))]
    sign = _sign(slope)
    return sign if all(_sign(each) == sign for each in without_one) else 0


def _sign(value: float) -> int:
    return int(copysign(1, value)) if value else 0


def slope_difference(first: Trend, second: Trend, z: float = Z998) -> Interval:
    """The interval of the difference of two slopes: 0.6 (error 0.1) against 0.1 (0.1) → 0.063–0.937.

    b₁ − b₂ ± z·√(SE₁² + SE₂²): Paternoster and others, Using the correct statistical test for the equality of
    regression coefficients, Criminology 1998. Only an interval without 0 lets a sentence say “faster”.

    Raises:
        ValueError: anything not finite.
    """
    require_positive(z=z)
    gap = first.slope - second.slope
    reach = z * hypot(first.standard_error, second.standard_error)
    require_finite(gap=gap, reach=reach)
    return Interval(gap - reach, gap + reach)
