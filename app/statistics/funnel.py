"""How far a region of a given size may lie from the whole by chance, widened where regions differ more: pure.

After Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 2005, and,
for the widening, Handling over-dispersion of performance indicators, Quality and Safety in Health Care 2005.
"""

from collections.abc import Sequence
from math import copysign, inf, sqrt
from typing import NamedTuple

from app.benchmarks import quantile
from app.statistics.checks import ROUNDING, require_count, require_positive, share
from app.statistics.intervals import Z95, Z998, Interval

CURVE_SIZES = 100
WINSORISED = 0.1


class FunnelPoint(NamedTuple):
    """The limits at one size, in the unit of the target."""

    size: float
    low95: float
    high95: float
    low998: float
    high998: float


class Dispersion(NamedTuple):
    """How much further regions lie apart than chance alone would put them."""

    factor: float
    """Multiplies the variance of the limits; 1 leaves them as they are."""
    is_wide: bool
    """Whether the limits are widened, which the reader must be told."""
    regions: int


def funnel_limits(
    target: float, size: float, z: float, *, dispersion: float = 1.0, is_rate: bool = False
) -> Interval:
    """The limits at one size around the target: 0.08 with 400 children → 0.0534–0.1066 at 95%.

    p₀ ± z√(φ·p₀(1 − p₀)/n), from 0 to 1; for a rate, of which events have no total, p₀ ± z√(φ·p₀/n), from 0.
    A target of 0 or (for a proportion) 1 leaves no room: both limits are the target.

    Args:
        target: ΣX/ΣN of all regions together, a proportion or events per unit.
        size: children, or for a rate the units such as person-years.
        dispersion: φ, the factor of `dispersion()`.

    Raises:
        ValueError: a target that is no proportion or rate, a size, z or φ not above 0, or anything not
        finite.
    """
    require_positive(z=z, dispersion=dispersion)
    reach = z * sqrt(dispersion) * _error(target, size, is_rate=is_rate)
    high = target + reach
    return Interval(max(0.0, target - reach), high if is_rate else min(1.0, high))


def _error(target: float, size: float, *, is_rate: bool) -> float:
    require_count(target=target)
    require_positive(size=size)
    if not is_rate and target > 1:
        raise ValueError(f"The target is {target}; a proportion runs from 0 to 1.")
    return sqrt((target if is_rate else target * (1 - target)) / size)


def funnel_curve(
    target: float, smallest: float, largest: float, *, dispersion: float = 1.0, is_rate: bool = False
) -> list[FunnelPoint]:
    """The limits at 100 sizes from the smallest to the largest, each a fixed part above the one before.

    From 100 to 10 000 the steps grow from 5 to 454: the limits bend most where regions are small.

    Raises:
        ValueError: as `funnel_limits`, or a smallest size above the largest.
    """
    require_positive(smallest=smallest, largest=largest)
    if smallest > largest:
        raise ValueError(f"The smallest size is {smallest}, above the largest, {largest}.")
    growth = (largest / smallest) ** (1 / (CURVE_SIZES - 1))
    sizes = [smallest * growth**step for step in range(CURVE_SIZES - 1)] + [largest]
    return [_point(target, size, dispersion=dispersion, is_rate=is_rate) for size in sizes]


def _point(target: float, size: float, *, dispersion: float, is_rate: bool) -> FunnelPoint:
    inner = funnel_limits(target, size, Z95, dispersion=dispersion, is_rate=is_rate)
    outer = funnel_limits(target, size, Z998, dispersion=dispersion, is_rate=is_rate)
    return FunnelPoint(size, *inner, *outer)


def dispersion(pairs: Sequence[tuple[float, float]], *, is_rate: bool = False) -> Dispersion:
    """The factor that widens the funnel where regions lie further apart than chance puts them.

    φ is the mean of squared z-scores around ΣX/ΣN, after the lowest and highest 10% of scores were moved to
    the 10% and 90% quantile, so that the few regions in search of which one draws the funnel do not widen it.
    It counts only above 1 + 2√(2/I) for I regions. Eleven regions of 100 with z-scores −4, −2, −1, five times
    0, 1, 2, 4: the 4s become 2s, φ = 18/11 = 1.64, below 1.85, so the factor is 1.

    Args:
        pairs: events and total (for a rate: units) of each region.

    Returns:
        Factor 1 without regions, and where all have nothing or everything: then nothing lies apart.

    Raises:
        ValueError: a total not above 0, events below 0 or (no rate) above the total, or anything not finite.
    """
    values = [_value(events, total, is_rate=is_rate) for events, total in pairs]
    if not values:
        return Dispersion(1.0, is_wide=False, regions=0)
    target = sum(events for events, _ in pairs) / sum(total for _, total in pairs)
    target = target if is_rate else min(1.0, target)
    scores = sorted(
        _score(value, target, size, is_rate=is_rate) for value, (_, size) in zip(values, pairs, strict=True)
    )
    low, high = quantile(scores, WINSORISED), quantile(scores, 1 - WINSORISED)
    factor = sum(min(high, max(low, score)) ** 2 for score in scores) / len(scores)
    is_wide = factor > 1 + 2 * sqrt(2 / len(scores))
    return Dispersion(factor if is_wide else 1.0, is_wide, len(scores))


def _score(value: float, target: float, size: float, *, is_rate: bool) -> float:
    """Standard errors from the target; infinite where that leaves no room and the region differs."""
    error = _error(target, size, is_rate=is_rate)
    gap = value - target
    if error == 0:
        return 0.0 if abs(gap) <= ROUNDING else copysign(inf, gap)
    return gap / error


def _value(events: float, total: float, *, is_rate: bool) -> float:
    if not is_rate:
        return share(events, total)
    require_count(events=events)
    require_positive(total=total)
    return events / total
