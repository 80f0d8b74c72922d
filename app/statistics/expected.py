"""What one would expect of a region, and how many children a difference is: pure."""

from collections.abc import Sequence
from typing import NamedTuple

from app.statistics.checks import require_count, require_finite, require_order, require_positive
from app.statistics.counts import poisson
from app.statistics.intervals import Z95, Estimate, Interval

Stratum = tuple[float, float, float]
"""One breakdown: children of the region, events and children of the reference."""


class Ratio(NamedTuple):
    """Observed against expected: 1.25 is a quarter more than the region's make-up gives reason to expect."""

    expected: float
    ratio: float
    low: float
    high: float


def expected_events(strata: Sequence[Stratum]) -> float:
    """The events a region would have if every breakdown did as in the reference: Σ n·X/N.

    100 boys where 300 of 3000 have it and 80 girls where 120 of 2400 do: 100 × 0.1 + 80 × 0.05 = 14.

    Raises:
        ValueError: a number below 0 or not finite, or children without any in the reference.
    """
    return sum(_expected(*stratum) for stratum in strata)


def _expected(children: float, reference_events: float, reference_total: float) -> float:
    require_count(children=children, reference_events=reference_events, reference_total=reference_total)
    if children == 0:
        return 0.0
    if reference_total == 0:
        raise ValueError(f"{children} children in a breakdown that the reference does not have.")
    return children * reference_events / reference_total


def standardised_ratio(observed: float, strata: Sequence[Stratum], z: float = Z95) -> Ratio:
    """Observed over expected by indirect standardisation: 21 where 14 were expected → 1.5 (0.928–2.293).

    Breslow & Day, Statistical Methods in Cancer Research II, 1987: the limits are those of the observed
    number (`poisson`), divided by the expected number, which counts as exact.

    Raises:
        ValueError: as `expected_events`, or nothing expected (ask that first): nothing can be divided by it.
    """
    require_count(observed=observed)
    expected = expected_events(strata)
    if expected <= 0:
        raise ValueError(f"{expected} events are expected; a ratio needs an expected number above 0.")
    low, high = poisson(observed, z)
    return Ratio(expected, observed / expected, low / expected, high / expected)


def gap_in_children(own: float, benchmark: float, total: float, interval: Interval) -> Estimate:
    """How many children a difference is, with limits: 150 of 1800 against 0.07 → 24 (3 to 49).

    (p − p₀)·n, and the same of both limits; the benchmark counts as exact. Against another region, a group or
    the own past give the difference as `own`, 0 as `benchmark` and the interval of `difference`.

    Args:
        own, benchmark: proportions from 0 to 1.
        total: the children of the own region.
        interval: that of `own`.

    Raises:
        ValueError: a total not above 0, an own value outside its interval, or anything not finite.
    """
    require_positive(total=total)
    require_finite(benchmark=benchmark)
    require_order(interval.low, own, interval.high)
    low, high = ((limit - benchmark) * total for limit in interval)
    return Estimate((own - benchmark) * total, low, high)
