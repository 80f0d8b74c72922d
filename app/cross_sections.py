"""One period of an indicator for all regions of a kind, and what is computed over all of them once: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isinf
from typing import NamedTuple

from app.benchmarks import MIN_REGIONS, Bounds, Rank, comparable, quantile, ranks
from app.funnels import Funnel, funnel
from app.indicators import Figure, Indicator
from app.regions import NATIONAL_SWVS, RegionKind


class Extent(NamedTuple):
    """Where the regions of a kind lie: extremes and the middle half, in the indicator's unit."""

    lowest: float
    lower_quartile: float
    upper_quartile: float
    highest: float


@dataclass(frozen=True)
class CrossSection:
    """The figures of a period by region code, and the country's."""

    indicator: Indicator
    period: str
    kind: RegionKind
    figures: Mapping[str, Figure]
    country: Figure | None
    breakdown: str = "totaal"

    @cached_property
    def bounds(self) -> dict[str, Bounds]:
        """The bounds of every region that has a place among the others."""
        return comparable(self.figures.values())

    @cached_property
    def ranks(self) -> dict[str, Rank]:
        """The place of every region."""
        return ranks(self.bounds, self.indicator.direction)

    @cached_property
    def extent(self) -> Extent | None:
        """Extremes and quartiles over the regions; None below ten. Bounds count with their middle."""
        values = sorted((low + high) / 2 for low, high in self.bounds.values() if not isinf(high))
        if len(values) < MIN_REGIONS:
            return None
        return Extent(values[0], quantile(values, 0.25), quantile(values, 0.75), values[-1])

    @cached_property
    def funnel(self) -> Funnel | None:
        """The regions around their common value."""
        return funnel(self.figures.values(), self.indicator)

    @property
    def striking(self) -> frozenset[str]:
        """The regions that lie outside the widened funnel."""
        return self.funnel.outside if self.funnel else frozenset()

    @cached_property
    def quintiles(self) -> dict[str, int]:
        """Region → 1 (lowest fifth) to 5, by the middle of its bounds; equal values share a class."""
        middles = {code: (low + high) / 2 for code, (low, high) in self.bounds.items() if not isinf(high)}
        values = sorted(middles.values())
        if len(values) < MIN_REGIONS:
            return {}
        cuts = [quantile(values, part / 5) for part in range(1, 5)]
        return {code: 1 + sum(value > cut for cut in cuts) for code, value in middles.items()}

    @property
    def codes(self) -> list[str]:
        """The regions with an area that have a row."""
        return [code for code in self.figures if code not in NATIONAL_SWVS]
