"""All regions of a kind around their common value, and who lies outside the widened limits: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app import statistics
from app.indicators import Figure, Indicator
from app.regions import NATIONAL_SWVS
from app.statistics import Z998, Interval
from app.verdicts import Counts, Margin, counts_of, margin_of


@dataclass(frozen=True, slots=True)
class Funnel:
    """All regions of a kind around their common value: who lies outside the limits widened for dispersion.

    `target` and the sizes are parts of 1 (or events per unit) and denominators, as `app.statistics` has them.
    """

    target: float
    sizes: Mapping[str, float]
    dispersion: statistics.Dispersion
    is_rate: bool
    outside: frozenset[str]

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


MIN_FUNNEL = 10
"""Below this number of regions the dispersion says nothing, and nobody is called striking."""


def funnel(figures: Iterable[Figure], indicator: Indicator) -> Funnel | None:
    """The funnel of a period; None without limits or with too few regions.

    A region known between bounds counts as outside only if everything it can be lies outside.
    """
    found = {
        each.region: counts
        for each in figures
        if each.region not in NATIONAL_SWVS and (counts := counts_of(each, indicator)) is not None
    }
    if len(found) < MIN_FUNNEL:
        return None
    pairs = [((counts.least + counts.most) / 2, counts.total) for counts in found.values()]
    target = sum(events for events, _ in pairs) / sum(total for _, total in pairs)
    is_rate = margin_of(indicator) is Margin.RATE
    if target <= 0 or (not is_rate and target >= 1):
        return None
    spread = statistics.dispersion(pairs, is_rate=is_rate)
    sizes = {code: counts.total for code, counts in found.items()}
    made = Funnel(target, sizes, spread, is_rate, frozenset())
    outside = frozenset(code for code, counts in found.items() if _is_outside(made, counts))
    return replace(made, outside=outside)


def _is_outside(drawn: Funnel, counts: Counts) -> bool:
    limits = drawn.limits(counts.total, Z998)
    return counts.most / counts.smallest < limits.low or counts.least / counts.largest > limits.high
