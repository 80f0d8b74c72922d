"""What may be said of a figure beside another: its limits, the verdict in three steps, children: pure.

One verdict function serves table, chart, sentence and export (METHODS, Verdict). Values are in the
indicator's unit; `app.statistics` works with parts of 1 and with counts, and this module is the bridge.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app import statistics
from app.benchmarks import Bounds, derivable
from app.group_values import GROUP
from app.indicators import CellStatus, Direction, Figure, Indicator, Unit
from app.regions import COUNTRY, kind_of
from app.statistics import Z95, Z998, Estimate, Interval

MOST_SHIFTED = 0.05
"""From more than this part that came about in another way, a figure says nothing of change (METHODS)."""

ROUNDING = 1e-9
"""Sums of shares of divided gemeenten may miss the whole by this part of it."""


class Margin(StrEnum):
    """By which method the limits of a figure are found, if by any."""

    PROPORTION = "aandeel"  # Wilson: the numerator is a part of the denominator
    RATE = "gebeurtenissen"  # Byar: events per so many, which may be more than one per child
    NONE = "geen"


def margin_of(indicator: Indicator) -> Margin:
    """The method for an indicator: percentages of people, events per number; none for money, days, scores."""
    if not indicator.has_margin or not indicator.denominator:
        return Margin.NONE
    if indicator.unit is Unit.PERCENT:
        return Margin.PROPORTION
    return Margin.RATE if indicator.unit.is_per_number else Margin.NONE


class Counts(NamedTuple):
    """Numerator and denominator of a figure, each as bounds."""

    least: float
    most: float
    smallest: float
    largest: float

    @property
    def total(self) -> float:
        """The middle of the denominator's bounds."""
        return (self.smallest + self.largest) / 2

    @property
    def is_exact(self) -> bool:
        """Whether both are known, without bounds."""
        return self.least == self.most and self.smallest == self.largest

    @property
    def wholes(self) -> tuple[float, float]:
        """The whole where the part is least, and where it is most: part and rest are bounded apart.

        12–15 of 100–103 is 12 with a rest of 88, or 15 with a rest of 88: wholes of 100 and 103.
        """
        return self.least + self.largest - self.most, self.most + self.smallest - self.least


def counts_of(figure: Figure | None, indicator: Indicator) -> Counts | None:
    """The counts from which limits may be made.

    None where there are none, where the source hides the figure or gives a finished value beside them, and
    where they are no part of a whole though the unit asks for it.
    """
    if figure is None or figure.value is not None or margin_of(indicator) is Margin.NONE:
        return None
    if figure.status not in (CellStatus.PRESENT, CellStatus.PARTLY_HIDDEN) or figure.unit != indicator.unit:
        return None
    least, most, smallest, largest = figure[3:7]
    if least is None or most is None or smallest is None or largest is None or smallest <= 0 or least < 0:
        return None
    found = Counts(least, most, smallest, largest)
    return found if margin_of(indicator) is Margin.RATE or _is_part(found) else None


def _is_part(counts: Counts) -> bool:
    room = 1 + ROUNDING
    is_inside = counts.least <= counts.smallest * room and counts.most <= counts.largest * room
    return is_inside and min(counts.wholes) > 0


def estimate(figure: Figure | None, indicator: Indicator, z: float = Z95) -> Estimate | None:
    """A figure with the limits of its interval, in its unit: 150 of 1.800 → 8.33 (7.14 to 9.70) percent.

    Of a figure that is known between bounds the limits hold for everything it can be.
    """
    counts = counts_of(figure, indicator)
    if counts is None:
        return None
    lowest, highest = _extremes(counts, indicator, z)
    return Estimate((lowest.value + highest.value) / 2, lowest.low, highest.high)


def _extremes(counts: Counts, indicator: Indicator, z: float) -> tuple[Estimate, Estimate]:
    """The estimate where the figure is as low as it can be, and where it is as high."""
    if margin_of(indicator) is Margin.RATE:
        pairs = (counts.least, counts.largest), (counts.most, counts.smallest)
    else:
        pairs = (counts.least, counts.wholes[0]), (counts.most, counts.wholes[1])
    lowest = _estimate(*pairs[0], indicator, z)
    return lowest, lowest if pairs[0] == pairs[1] else _estimate(*pairs[1], indicator, z)


def _estimate(events: float, total: float, indicator: Indicator, z: float) -> Estimate:
    factor = indicator.unit.factor
    if margin_of(indicator) is Margin.RATE:
        return Estimate(*(factor * each / total for each in (events, *statistics.poisson(events, z))))
    limits = statistics.wilson(events, total, z)
    return Estimate(*(factor * each for each in (min(1.0, events / total), *limits)))


class Step(StrEnum):
    """How sure a difference is; the words of METHODS."""

    COMPARABLE = "vergelijkbaar"
    PROBABLY = "waarschijnlijk"
    CLEARLY = "duidelijk"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of one figure beside a benchmark.

    `gap` is own minus benchmark with its 95% limits, in the indicator's unit; `side` is 1 for higher, −1 for
    lower and 0 for comparable. `is_striking` where the figure also lies outside the widened funnel.
    """

    step: Step
    side: int
    gap: Estimate
    is_striking: bool = False

    @property
    def words(self) -> str:
        """`vergelijkbaar`, `waarschijnlijk lager`, `duidelijk hoger`."""
        if self.side == 0:
            return self.step.value
        return f"{self.step.value} {'hoger' if self.side > 0 else 'lager'}"

    def is_better(self, direction: Direction) -> bool | None:
        """Whether the difference is for the better; None without a direction or a difference."""
        if self.side == 0 or direction is Direction.NEUTRAL:
            return None
        return (self.side > 0) is (direction is Direction.HIGHER)


class Refusal(StrEnum):
    """Why there is no verdict on two figures. The first six: they may not be held against each other."""

    NO_FIGURE = "geen cijfer"
    SAME = "hetzelfde cijfer"
    OTHER_KIND = "andere soort regio"
    OTHER_BREAKDOWN = "andere uitsplitsing"
    OTHER_PERIOD = "andere periode"
    BREAK = "breuk in de reeks"
    SHIFTED = "anders tot stand gekomen"
    NO_METHOD = "soort cijfer zonder marge"
    NO_MARGIN = "geen marge"
    NO_MARGIN_THERE = "geen marge bij de vergelijking"

    @property
    def is_incomparable(self) -> bool:
        """Whether even the difference of the two may not be told."""
        return self not in (
            Refusal.SHIFTED,
            Refusal.NO_METHOD,
            Refusal.NO_MARGIN,
            Refusal.NO_MARGIN_THERE,
        )


def why_no_verdict(own: Figure | None, benchmark: Figure | None, indicator: Indicator) -> Refusal | None:
    """The reason for which `verdict` gives none; None where it gives one."""
    if own is None or benchmark is None or derivable(own) is None or derivable(benchmark) is None:
        return Refusal.NO_FIGURE
    if found := _mismatch(own, benchmark, indicator):
        return found
    if own.region == benchmark.region and max(shifted_part(own), shifted_part(benchmark)) > MOST_SHIFTED:
        return Refusal.SHIFTED
    return _lack_of_margin(own, benchmark, indicator)


def _lack_of_margin(own: Figure, benchmark: Figure, indicator: Indicator) -> Refusal | None:
    if margin_of(indicator) is Margin.NONE:
        return Refusal.NO_METHOD
    if counts_of(own, indicator) is None:
        return Refusal.NO_MARGIN
    has_limits = _is_exact(own, benchmark) or counts_of(benchmark, indicator) is not None
    return None if has_limits else Refusal.NO_MARGIN_THERE


def _mismatch(own: Figure, benchmark: Figure, indicator: Indicator) -> Refusal | None:
    """Same period and breakdown only, within one kind of region; the own past since the last break."""
    if own.breakdown != benchmark.breakdown:
        return Refusal.OTHER_BREAKDOWN
    if own.region == benchmark.region:
        first, last = sorted((own.period, benchmark.period))
        if first == last:
            return Refusal.SAME
        is_cut = any(first < cut.period <= last for cut in indicator.series_breaks)
        return Refusal.BREAK if is_cut else None
    if not _is_of_kind(own, benchmark):
        return Refusal.OTHER_KIND
    return None if own.period == benchmark.period else Refusal.OTHER_PERIOD


def _is_of_kind(own: Figure, benchmark: Figure) -> bool:
    """The country is held against nothing: everything else is a part of it, and holds itself against it."""
    if own.region == COUNTRY:
        return False
    if benchmark.region in (COUNTRY, GROUP) or own.region == GROUP:
        return True
    return kind_of(own.region) is kind_of(benchmark.region)


def shifted_part(figure: Figure) -> float:
    """Which part of a figure other years do not have in the same way: placed by the gemeente, or converted.

    A fixed share of a gemeente that lies in two SWVs is the same in all years, and is no part of it.
    """
    return max(figure.indirect, figure.estimated if figure.converted else 0.0)


def verdict(own: Figure | None, benchmark: Figure | None, indicator: Indicator) -> Verdict | None:
    """The verdict on a figure beside another of the same period (or the own past) and breakdown.

    The country counts as exact, also where it is only a percentage; against anything else the difference of
    the two decides (METHODS, Verdict). Between bounds it holds for everything the figures can be. None where
    `why_no_verdict` has a reason.

    Example: 150 of 1.800 is 8.33%, 99.8% limits 6.53 to 10.57. A country of 6.0% lies outside them: clearly
    higher. One of 7.0% lies outside 7.14 to 9.70 only: probably higher.
    """
    if own is None or benchmark is None or why_no_verdict(own, benchmark, indicator) is not None:
        return None
    inner = _gap(own, benchmark, indicator, Z95)
    if inner is None or inner.low <= 0 <= inner.high:  # a limit that touches 0 excludes nothing
        return Verdict(Step.COMPARABLE, 0, inner) if inner else None
    outer = _gap(own, benchmark, indicator, Z998)
    is_sure = outer is not None and (outer.low > 0 or outer.high < 0)
    return Verdict(Step.CLEARLY if is_sure else Step.PROBABLY, 1 if inner.low > 0 else -1, inner)


def _gap(own: Figure, benchmark: Figure, indicator: Indicator, z: float) -> Estimate | None:
    """own − benchmark with its limits."""
    first, country, second = counts_of(own, indicator), derivable(benchmark), counts_of(benchmark, indicator)
    if first is not None and country is not None and _is_exact(own, benchmark):
        return _from_exact(first, country, indicator, z)
    return _from_other(first, second, indicator, z) if first is not None and second is not None else None


def _is_exact(own: Figure, benchmark: Figure) -> bool:
    """Whether the benchmark has no margin of its own: the whole country, beside anything but its own past."""
    return benchmark.region == COUNTRY != own.region


def _from_exact(own: Counts, country: Bounds, indicator: Indicator, z: float) -> Estimate:
    low, high = country
    lowest, highest = _extremes(own, indicator, z)
    middle = (lowest.value + highest.value) / 2
    return Estimate(middle - (low + high) / 2, lowest.low - high, highest.high - low)


def _from_other(own: Counts, other: Counts, indicator: Indicator, z: float) -> Estimate:
    """The difference with its limits, each where the bounds put it farthest: chance comes on top of them."""
    lowest, highest = _extremes(own, indicator, z)
    bottom, top = _extremes(other, indicator, z)
    middle = (lowest.value + highest.value) / 2 - (bottom.value + top.value) / 2
    down = statistics.difference(lowest, top)
    up = down if lowest is highest and bottom is top else statistics.difference(highest, bottom)
    return Estimate(middle, down.low, up.high)


def in_children(own: Figure | None, found: Verdict | None, indicator: Indicator) -> Estimate | None:
    """A difference as a number of children (or events), with its limits: (p − p₀)·n of METHODS.

    1.2 percentage points of 2.800 pupils, limits 0.4 to 2.0 → 34 (11 to 56). A denominator that is known
    between bounds widens the limits.
    """
    counts = counts_of(own, indicator)
    if counts is None or found is None:
        return None
    part = Estimate(*(each / indicator.unit.factor for each in found.gap))
    middle, *ends = (
        statistics.gap_in_children(part.value, 0.0, size, Interval(part.low, part.high))
        for size in (counts.total, counts.smallest, counts.largest)
    )
    return Estimate(middle.value, min(each.low for each in ends), max(each.high for each in ends))
