"""One period of an indicator for all regions of a kind, and what is computed over all of them once: pure."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isinf
from typing import NamedTuple

from app.benchmarks import MIN_REGIONS, Bounds, Rank, comparable, quantile, ranks
from app.funnels import Funnel, NoFunnel, funnel, why_no_funnel
from app.indicators import Direction, Figure, Indicator
from app.map_classes import MOST_CLASSES, MapClasses, classify_bounds
from app.regions import NATIONAL_SWVS, RegionKind


class Extent(NamedTuple):
    """Where the regions of a kind lie: extremes and the middle half, in the indicator's unit."""

    lowest: float
    lower_quartile: float
    upper_quartile: float
    highest: float


class Shade(NamedTuple):
    """The class of a region, 1 is the lowest, and how many classes there are: at most five."""

    number: int
    of: int

    @property
    def tint(self) -> int:
        """Which of five tints: two classes have 1 and 5, three have 1, 3 and 5, one has 3."""
        return 3 if self.of == 1 else 1 + round((self.number - 1) * (MOST_CLASSES - 1) / (self.of - 1))


BANDS = "ABCD"


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
        values = sorted(self._middles.values())
        if len(values) < MIN_REGIONS:
            return None
        return Extent(values[0], quantile(values, 0.25), quantile(values, 0.75), values[-1])

    @cached_property
    def funnel(self) -> Funnel | None:
        """The regions around their common value."""
        return funnel(self.figures.values(), self.indicator)

    @property
    def why_no_funnel(self) -> NoFunnel | None:
        """The reason for which there is no funnel, and so nobody striking."""
        return why_no_funnel(self.figures.values(), self.indicator)

    @property
    def striking(self) -> frozenset[str]:
        """The regions that lie outside the widened funnel."""
        return self.funnel.outside if self.funnel else frozenset()

    def striking_side(self, region: str) -> int:
        """1 for a region above the widened funnel, −1 below it, 0 for all others."""
        return self.funnel.side(region) if self.funnel else 0

    @cached_property
    def classes(self) -> MapClasses:
        """The classes of the map, by the rounded middle of the bounds; of any number of regions."""
        return classify_bounds(self.bounds, self.indicator.decimals)

    @cached_property
    def shades(self) -> dict[str, Shade]:
        """Region → its class as the map has it, and how many there are; nothing below ten regions."""
        if len(self.classes.class_of) < MIN_REGIONS:
            return {}
        of = len(self.classes.classes)
        return {code: Shade(number, of) for code, number in self.classes.class_of.items()}

    @property
    def quintiles(self) -> dict[str, int]:
        """Region → its tint from 1 (low) to 5 (high), the same as on the map."""
        return {code: shade.tint for code, shade in self.shades.items()}

    @cached_property
    def bands(self) -> dict[str, str]:
        """Region → A (the best quarter) to D, by quartiles that follow the direction (METHODS).

        A value on a border is in the better band; bounds that may be in two bands are in none. Nothing below
        ten regions, or without a direction.
        """
        direction, extent = self.indicator.direction, self.extent
        if extent is None or direction is Direction.NEUTRAL:
            return {}
        median = quantile(sorted(self._middles.values()), 0.5)
        sign = 1 if direction is Direction.LOWER else -1
        borders = sorted(sign * each for each in (extent.lower_quartile, median, extent.upper_quartile))
        found = {
            code: {bisect_left(borders, sign * end) for end in self.bounds[code]} for code in self._middles
        }
        return {code: BANDS[places.pop()] for code, places in found.items() if len(places) == 1}

    @cached_property
    def _middles(self) -> dict[str, float]:
        """Region → the middle of its bounds, where something bounds it from above."""
        return {code: (low + high) / 2 for code, (low, high) in self.bounds.items() if not isinf(high)}

    @property
    def codes(self) -> list[str]:
        """The regions with an area that have a row."""
        return [code for code in self.figures if code not in NATIONAL_SWVS]
