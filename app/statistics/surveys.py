"""Margins of what respondents said, with the factor for a group of known size: pure."""

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

from app.statistics.checks import require_count, require_finite, require_positive
from app.statistics.intervals import Interval, wilson

LEVEL = 0.95
STEPS = 60
"""Halvings of a search: it ends below the last digit of a float."""


def mean_margin(mean: float, spread: float, n: int, size: int | None = None) -> Interval:
    """The t interval of a mean: 3.6 with a standard deviation of 1.0 over 16 people → 3.067–4.133.

    Half-width t₀.₉₇₅(n − 1)·s/√n, times √((N − n)/(N − 1)) where the group has N people: with N = 31 the
    same is 3.223–3.977.

    Raises:
        ValueError: fewer than two people, a spread below 0, or anything not finite.
    """
    require_finite(mean=mean)
    require_count(spread=spread)
    reach = student_t(n - 1) * spread / sqrt(n) * finite_factor(n, size)
    return Interval(mean - reach, mean + reach)


def share_margin(share: float, n: int, size: int | None = None) -> Interval:
    """Wilson's interval of a share of n people: 0.5 of 20 → 0.299–0.701; of 20 out of 39 → 0.358–0.642.

    Each side is multiplied by the factor for a group of known size.
    """
    low, high = wilson(min(share * n, n), n)[:2]
    factor = finite_factor(n, size)
    return Interval(share - (share - low) * factor, share + (high - share) * factor)


def finite_factor(n: int, size: int | None) -> float:
    """√((N − n)/(N − 1)); 1 where N is unknown or smaller than n, 0 where everybody answered."""
    if size is None or size < n or size < 2:
        return 1.0
    return sqrt((size - n) / (size - 1))


@lru_cache(maxsize=512)
def student_t(freedom: int) -> float:
    """Between which −t and t 95% of Student's distribution lies: 9 degrees of freedom → 2.262.

    Raises:
        ValueError: no degree of freedom.
    """
    require_positive(freedom=freedom)
    low, high = 1.0, 13.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, freedom) < LEVEL else (low, middle)
    return (low + high) / 2


def _inside(t: float, freedom: int) -> float:
    """The part between −t and t: Abramowitz & Stegun, 1964, 26.7.3 and 26.7.4, exact for whole degrees."""
    angle = atan(t / sqrt(freedom))
    start = freedom % 2
    term, total = (cos(angle) if start else 1.0), 0.0
    for step in range(start, freedom - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (step + 1) / (step + 2)
    if start:
        return 2 / pi * (angle + sin(angle) * total)
    return sin(angle) * total
