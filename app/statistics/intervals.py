"""What an interval is; the interval of a proportion and that of a difference: pure."""

from math import hypot, sqrt
from typing import NamedTuple

from app.statistics.checks import require_order, require_positive, share

Z95 = 1.959963984540054
"""Two-sided 95%: 1 in 20 falls outside by chance alone."""

Z998 = 3.090232306167813
"""Two-sided 99.8%: 1 in 500 falls outside by chance alone."""


class Interval(NamedTuple):
    """The limits between which chance alone may move a figure, in the unit of that figure."""

    low: float
    high: float

    def excludes(self, value: float) -> bool:
        """Whether a value lies outside; a value on a limit does not."""
        return value < self.low or value > self.high


class Estimate(NamedTuple):
    """A value with the limits of its interval, all three in one unit: `Estimate(x / n, *wilson(x, n))`."""

    value: float
    low: float
    high: float


def wilson(events: float, total: float, z: float = Z95) -> Interval:
    """The score interval of a proportion, from 0 to 1: 7 of 45 → 0.0775–0.2878, 0 of 12 → 0–0.2425.

    Wilson, Probable inference, the law of succession, and statistical inference, JASA 1927; recommended by
    Newcombe & Altman in Statistics with Confidence, 2000. It always holds events / total.

    Raises:
        ValueError: events below 0 or above the total, a total that is not above 0, or anything not finite.
    """
    require_positive(z=z)
    part = share(events, total)
    return Interval(_lower(part, total, z), max(part, 1 - _lower(1 - part, total, z)))


def _lower(part: float, total: float, z: float) -> float:
    """The lower limit; the upper one is that of all others, mirrored.

    METHODS' formula, numerator and denominator times the sum of its two terms instead of their difference:
    of two numbers that are almost equal the difference loses the digits of small shares.
    """
    events = part * total
    reach = z * sqrt(z * z + 4 * events * (1 - part))
    return part * (2 * events / (2 * events + z * z + reach))


def difference(first: Estimate, second: Estimate) -> Interval:
    """The interval of first − second, in their unit and at the level of their limits.

    56/70 against 48/80 with Wilson limits: 0.8 − 0.6 = 0.2 → 0.0524–0.3339. The hybrid score method, number
    10 of Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 1998: each limit lies the root of two squared distances away. For other quantities, such as two
    rates with Poisson limits, the same sum is MOVER: Zou & Donner, Construction of confidence limits about
    effect measures, Statistics in Medicine 2008. The two must be independent: a region is no part of its own
    group.

    Raises:
        ValueError: a value outside its limits, or anything not finite.
    """
    for each in (first, second):
        require_order(each.low, each.value, each.high)
    gap = first.value - second.value
    down = hypot(first.value - first.low, second.high - second.value)
    up = hypot(first.high - first.value, second.value - second.low)
    return Interval(gap - down, gap + up)
