"""One period of an indicator for all regions of a kind, and what is computed over all of them once: pure."""

from bisect import bisect_left, bisect_right
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

    def striking_side(self, region: str) -> int:
        """1 for a region above the widened funnel, −1 below it, 0 for all others."""
        return self.funnel.side(region) if self.funnel else 0

    @cached_property
    def quintiles(self) -> dict[str, int]:
        """Region → 1 (lowest fifth) to 5, by the middle of its bounds.

        Classes of equal number: 76 regions → 15, 15, 16, 15, 15. Equal values share the class in which the
        middle one of them stands, so that regions that are all alike are in the middle and not the lowest.
        """
        middles = {code: (low + high) / 2 for code, (low, high) in self.bounds.items() if not isinf(high)}
        values = sorted(middles.values())
        if len(values) < MIN_REGIONS:
            return {}
        return {code: _fifth(value, values) for code, value in middles.items()}

    @property
    def codes(self) -> list[str]:
        """The regions with an area that have a row."""
        return [code for code in self.figures if code not in NATIONAL_SWVS]


def _fifth(value: float, values: list[float]) -> int:
    """The class of the middle place of a value among sorted ones; places run from 0 to their number."""
    middle = (bisect_left(values, value) + bisect_right(values, value)) / 2
    return min(5, 1 + int(5 * middle / len(values)))
