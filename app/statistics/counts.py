"""The interval of a number of events over time, which has no total it is a part of: pure."""

from collections.abc import Callable
from functools import lru_cache
from math import erfc, exp, lgamma, log, sqrt

from app.statistics.checks import require_count, require_positive
from app.statistics.intervals import Z95, Interval

EXACT_BELOW = 10
STEPS = 60
"""Halvings of a search, and levels of the continued fraction: both end below the last digit of a float."""


def poisson(events: float, z: float = Z95) -> Interval:
    """The interval of a number of events: 5 → 1.623–11.668, 12 → 6.194–20.963. Divide by the person-years.

    Exact below 10 events (Garwood, Fiducial limits for the Poisson distribution, Biometrika 1936), from 10 on
    Byar's approximation (Breslow & Day, Statistical Methods in Cancer Research II, 1987). Where one takes
    over from the other the limits differ by less than a hundredth of an event at 95%.

    Raises:
        ValueError: events below 0, or anything not finite.
    """
    require_count(events=events)
    require_positive(z=z)
    return _exact(events, z) if events < EXACT_BELOW else _byar(events, z)


def _byar(events: float, z: float) -> Interval:
    more = events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return Interval(max(0.0, low), high)


@lru_cache(maxsize=256)
def _exact(events: float, z: float) -> Interval:
    """Half the χ² quantiles with 2x and 2x + 2 degrees of freedom: a gamma's with shape x and x + 1."""
    tail = erfc(z / sqrt(2)) / 2
    low = 0.0 if events == 0 else _search(lambda mean: gamma_parts(events, mean)[0] < tail, events)
    return Interval(low, _search(lambda mean: gamma_parts(events + 1, mean)[1] > tail, _beyond(events, tail)))


def _beyond(events: float, tail: float) -> float:
    mean = events + 1
    while gamma_parts(events + 1, mean)[1] > tail:
        mean *= 2
    return mean


def _search(is_below: Callable[[float], bool], end: float) -> float:
    """Halve from 0 to `end` to where `is_below` turns from true to false."""
    low, high = 0.0, end
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def gamma_parts(shape: float, value: float) -> tuple[float, float]:
    """The parts of a gamma distribution (scale 1) below and above a value: shape 1 at 1 → 0.632 and 0.368.

    The regularised incomplete gamma functions P and Q: Abramowitz & Stegun, Handbook of Mathematical
    Functions, 1964, 6.5.29 (series) and 6.5.31 (continued fraction, contracted). Of a value in the upper tail
    the part above is computed, so that it keeps its digits.
    """
    if value <= 0:
        return 0.0, 1.0
    if value < shape + 1:
        below = exp(shape * log(value) - value - lgamma(shape + 1)) * _series(shape, value)
        return below, 1 - below
    above = exp(shape * log(value) - value - lgamma(shape)) / _fraction(shape, value)
    return 1 - above, above


def _series(shape: float, value: float) -> float:
    """1 + v/(a + 1) + v²/((a + 1)(a + 2)) + …"""
    total = term = 1.0
    step = shape
    while total + term > total:
        step += 1
        term *= value / step
        total += term
    return total


def _fraction(shape: float, value: float) -> float:
    """v + 1 − a − 1(1 − a)/(v + 3 − a − 2(2 − a)/(v + 5 − a − …)), from the inside out."""
    deeper = 0.0
    for level in range(STEPS, 0, -1):
        deeper = level * (level - shape) / (value + 2 * level + 1 - shape - deeper)
    return value + 1 - shape - deeper
