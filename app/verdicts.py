"""What may be said of a figure beside another: its limits, the verdict in three steps, children: pure.

One verdict function serves table, chart, sentence and export (METHODS, Verdict). Values are in the
indicator's unit; `app.statistics` works with parts of 1 and with counts, and this module is the bridge.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app import statistics
from app.indicators import CellStatus, Direction, Figure, Indicator, Unit
from app.regions import COUNTRY
from app.statistics import Z95, Z998, Estimate


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


def counts_of(figure: Figure | None, indicator: Indicator) -> Counts | None:
    """The counts from which limits may be made; None where there are none, or the source hides the figure."""
    if figure is None or margin_of(indicator) is Margin.NONE:
        return None
    if figure.status not in (CellStatus.PRESENT, CellStatus.PARTLY_HIDDEN):
        return None
    least, most, smallest, largest = figure[3:7]
    if least is None or most is None or smallest is None or largest is None or smallest <= 0 or least < 0:
        return None
    is_part = margin_of(indicator) is not Margin.PROPORTION or most <= largest
    return Counts(least, most, smallest, largest) if is_part else None


def estimate(figure: Figure | None, indicator: Indicator, z: float = Z95) -> Estimate | None:
    """A figure with the limits of its interval, in its unit: 150 of 1.800 → 8.33 (7.14 to 9.70) percent.

    Of a figure that is known between bounds the limits hold for everything it can be.
    """
    counts = counts_of(figure, indicator)
    if counts is None:
        return None
    least, most, smallest, largest = counts
    if margin_of(indicator) is Margin.RATE:
        low, high = statistics.poisson(least, z).low / largest, statistics.poisson(most, z).high / smallest
        middle = (least / largest + most / smallest) / 2
        return Estimate(*(indicator.unit.factor * each for each in (middle, low, high)))
    wholes = least + largest - most, most + smallest - least  # as app.indicators.part_of_whole has it
    if min(wholes) <= 0:
        return None
    low, high = statistics.wilson(least, wholes[0], z).low, statistics.wilson(most, wholes[1], z).high
    return Estimate(*(100 * each for each in ((least / wholes[0] + most / wholes[1]) / 2, low, high)))


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
        return (
            self.step.value
            if self.side == 0
            else f"{self.step.value} {'hoger' if self.side > 0 else 'lager'}"
        )

    def is_better(self, direction: Direction) -> bool | None:
        """Whether the difference is for the better; None without a direction or a difference."""
        if self.side == 0 or direction is Direction.NEUTRAL:
            return None
        return (self.side > 0) is (direction is Direction.HIGHER)


def verdict(own: Figure | None, benchmark: Figure | None, indicator: Indicator) -> Verdict | None:
    """The verdict on a figure beside another of the same period (or the own past) and breakdown.

    The country counts as exact; against anything else the difference of the two decides (METHODS, Verdict).
    None where either has no limits, or where they are one and the same figure.

    Example: 150 of 1.800 is 8.33%, 99.8% limits 6.53 to 10.57. A country of 6.0% lies outside them: clearly
    higher. One of 7.0% lies outside 7.14 to 9.70 only: probably higher.
    """
    if own is None or benchmark is None or own.breakdown != benchmark.breakdown or own.region == COUNTRY:
        return None
    if benchmark.region == COUNTRY:
        return _against_exact(own, benchmark, indicator)
    if own.region == benchmark.region and own.period == benchmark.period:
        return None
    return _against_other(own, benchmark, indicator)


def _against_exact(own: Figure, country: Figure, indicator: Indicator) -> Verdict | None:
    """The country's value needs no counts of its own: a published percentage will do."""
    low, high = country.ends
    if own.period != country.period or low is None or high is None or country.status is CellStatus.HIDDEN:
        return None
    inner, outer = estimate(own, indicator), estimate(own, indicator, Z998)
    if inner is None or outer is None:
        return None
    return _verdict(*(_shifted(each, low, high) for each in (inner, outer)))


def _shifted(own: Estimate, low: float, high: float) -> Estimate:
    return Estimate(own.value - (low + high) / 2, own.low - high, own.high - low)


def _against_other(own: Figure, other: Figure, indicator: Indicator) -> Verdict | None:
    found = []
    for z in (Z95, Z998):
        first, second = estimate(own, indicator, z), estimate(other, indicator, z)
        if first is None or second is None:
            return None
        gap = statistics.difference(first, second)
        found.append(Estimate(first.value - second.value, gap.low, gap.high))
    return _verdict(*found)


def _verdict(inner: Estimate, outer: Estimate) -> Verdict:
    """From the limits of the difference at 95% and 99.8%: a limit that touches 0 excludes nothing."""
    for step, each in ((Step.CLEARLY, outer), (Step.PROBABLY, inner)):
        if each.low > 0 or each.high < 0:
            return Verdict(step, 1 if each.low > 0 else -1, inner)
    return Verdict(Step.COMPARABLE, 0, inner)


def in_children(own: Figure | None, found: Verdict | None, indicator: Indicator) -> Estimate | None:
    """A difference as a number of children (or events), with its limits: (p − p₀)·n of METHODS.

    1.2 percentage points of 2.800 pupils, limits 0.4 to 2.0 → 34 (12 to 56).
    """
    counts = counts_of(own, indicator)
    if counts is None or found is None:
        return None
    return Estimate(*(each * counts.total / indicator.unit.factor for each in found.gap))
