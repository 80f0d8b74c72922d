"""All regions of a kind around their common value, and who lies outside the widened limits: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app import statistics
from app.group_values import may_pool
from app.indicators import Figure, Indicator
from app.regions import COUNTRY, NATIONAL_SWVS
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


def funnel(figures: Iterable[Figure], indicator: Indicator) -> Funnel | None:
    """The funnel of one period, breakdown and kind of region; None where there can be none.

    That is without limits, with too few regions, or where their numbers may not be added: children who count
    whole in each of two SWVs would make a common value that no child's chance is.

    A region known between bounds counts as outside only if everything it can be lies outside.
    """
    found = {
        each.region: counts
        for each in figures
        if each.region not in (COUNTRY, *NATIONAL_SWVS) and (counts := counts_of(each, indicator)) is not None
    }
    if len(found) < MIN_FUNNEL or not may_pool(found, indicator):
        return None
    pairs = [((counts.least + counts.most) / 2, counts.total) for counts in found.values()]
    target = sum(events for events, _ in pairs) / sum(total for _, total in pairs)
    is_rate = margin_of(indicator) is Margin.RATE
    if target <= 0 or (not is_rate and target >= 1):
        return None
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
