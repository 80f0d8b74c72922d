"""All regions of a kind around their common value, and who lies outside the widened limits: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app import statistics
from app.benchmarks import comparable
from app.group_values import may_pool
from app.indicators import Aggregation, Figure, Indicator
from app.regions import COUNTRY, NATIONAL_SWVS, RegionKind, kind_of
from app.statistics import Z998, Interval
from app.verdicts import Counts, Margin, counts_of, margin_of


@dataclass(frozen=True, slots=True)
class Funnel:
    """All regions of a kind around their common value: who lies outside the limits widened for dispersion.

    `target` and the sizes are parts of 1 (or events per unit) and denominators, as `app.statistics` has them.
    `above` are those of `outside` that lie above the limits.
    """

    target: float
    sizes: Mapping[str, float]
    dispersion: statistics.Dispersion
    is_rate: bool
    outside: frozenset[str]
    above: frozenset[str] = frozenset()

    def limits(self, size: float, z: float) -> Interval:
        """The limits at one size."""
        return statistics.funnel_limits(
            self.target, size, z, dispersion=self.dispersion.factor, is_rate=self.is_rate
        )

    def curve(self) -> Sequence[statistics.FunnelPoint]:
        """size, then low and high at 95% and at 99.8%, for sizes from the smallest to the largest region."""
        ends = min(self.sizes.values()), max(self.sizes.values())
        return statistics.funnel_curve(
            self.target, *ends, dispersion=self.dispersion.factor, is_rate=self.is_rate
        )

    def side(self, region: str) -> int:
        """1 for a region above the limits, −1 below, 0 within them or not in the funnel."""
        return 0 if region not in self.outside else 1 if region in self.above else -1


MIN_FUNNEL = 10
"""Below this number of regions the dispersion says nothing, and nobody is called striking."""


class NoFunnel(StrEnum):
    """Why there is no funnel, and so nobody striking."""

    COUNTED_TOTAL = "aantal of totaal"
    NO_MARGIN = "geen marge"
    BY_SCHOOL = "naar de plaats van de school"
    COUNTED_TWICE = "dubbel geteld"
    TOO_FEW = "te weinig regio's"
    NO_ROOM = "niemand of iedereen"


def why_no_funnel(figures: Iterable[Figure], indicator: Indicator) -> NoFunnel | None:
    """The reason for which `funnel` gives nothing; None where it gives a funnel.

    Children who count whole in each of two SWVs would make a common value that no child's chance is. A
    gemeente without such a school has nobody, and one with a school has those of its neighbours.
    """
    if indicator.is_counted_total:
        return NoFunnel.COUNTED_TOTAL
    if margin_of(indicator) is Margin.NONE:
        return NoFunnel.NO_MARGIN
    regions = [each for each in figures if each.region not in (COUNTRY, *NATIONAL_SWVS)]
    if indicator.by_school and any(kind_of(each.region) is RegionKind.GEMEENTE for each in regions):
        return NoFunnel.BY_SCHOOL
    found = _counted(regions, indicator)
    if found and not may_pool(found, indicator):
        is_twice = indicator.aggregation is Aggregation.COUNTED_TWICE
        return NoFunnel.COUNTED_TWICE if is_twice else NoFunnel.NO_MARGIN
    if len(found) < MIN_FUNNEL:
        has_no_counts = len(comparable(regions)) >= MIN_FUNNEL
        return NoFunnel.NO_MARGIN if has_no_counts else NoFunnel.TOO_FEW
    target, is_rate = _target(_pairs(found)), margin_of(indicator) is Margin.RATE
    has_room = target > 0 and (is_rate or target < 1)
    return None if has_room else NoFunnel.NO_ROOM


Pairs = Sequence[tuple[float, float]]


def _counted(figures: Iterable[Figure], indicator: Indicator) -> dict[str, Counts]:
    """Region → its counts, where it has them."""
    return {
        each.region: counts
        for each in figures
        if each.region not in (COUNTRY, *NATIONAL_SWVS) and (counts := counts_of(each, indicator)) is not None
    }


def _pairs(found: Mapping[str, Counts]) -> Pairs:
    """Events and total of each region, bounds with their middle."""
    return [((counts.least + counts.most) / 2, counts.total) for counts in found.values()]


def _target(pairs: Pairs) -> float:
    return sum(events for events, _ in pairs) / sum(total for _, total in pairs)


def funnel(figures: Iterable[Figure], indicator: Indicator) -> Funnel | None:
    """The funnel of one period, breakdown and kind of region; None where `why_no_funnel` has a reason.

    A region known between bounds counts as outside only if everything it can be lies outside.
    """
    figures = list(figures)
    if why_no_funnel(figures, indicator) is not None:
        return None
    found = _counted(figures, indicator)
    pairs, is_rate = _pairs(found), margin_of(indicator) is Margin.RATE
    target = _target(pairs)
    spread = statistics.dispersion(pairs, is_rate=is_rate)
    drawn = Funnel(target, {code: each.total for code, each in found.items()}, spread, is_rate, frozenset())
    sides = {code: _side(drawn, counts) for code, counts in found.items()}
    outside = frozenset(code for code, side in sides.items() if side)
    return replace(drawn, outside=outside, above=frozenset(code for code in outside if sides[code] > 0))


def _side(drawn: Funnel, counts: Counts) -> int:
    """On which side of the limits a region surely lies: they are widest where it is smallest."""
    limits = drawn.limits(counts.smallest, Z998)
    if drawn.is_rate:
        low, high = counts.least / counts.largest, counts.most / counts.smallest
    else:
        low, high = counts.least / counts.wholes[0], counts.most / counts.wholes[1]
    return 1 if low > limits.high else -1 if high < limits.low else 0
