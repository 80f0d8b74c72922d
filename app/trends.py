"""Whether figures rise or fall over the years, or why that cannot be said: pure."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app import statistics
from app.benchmarks import comparable_series, derivable
from app.indicators import CellStatus, Figure, Indicator, PeriodKind, PeriodStatus
from app.statistics import Trend
from app.verdicts import MOST_SHIFTED, estimate, shifted_part
from app.wording import axis_place

TREND_PERIODS = 5


class TrendState(StrEnum):
    """What the test of a trend says, or why it could not be done."""

    RISING = "stijgt"
    FALLING = "daalt"
    NONE = "geen trend"
    TOO_SHORT = "te kort"
    NOT_KNOWN = "niet elk jaar bekend"
    NO_MARGIN = "geen marge"
    INDIRECT = "te veel geschat"


class TrendFinding(NamedTuple):
    """The outcome of the test; `first` and `last` are the periods it is about.

    `is_provisional` and `is_estimated` where that holds for one of the five figures, or for more.
    """

    state: TrendState
    trend: Trend | None = None
    first: str = ""
    last: str = ""
    is_provisional: bool = False
    is_estimated: bool = False


def trend_of(series: Sequence[Figure], indicator: Indicator, until: str | None = None) -> TrendFinding:
    """Whether the five consecutive periods up to the last one rise or fall (METHODS, Trend).

    A break in the series, a missing year or fewer than five periods make it too short. A year that the source
    hides takes no part, and neither does one of which more than 5% came by another way, or whose division was
    computed with a guess. Years known between bounds take part with the limits of all they can be.

    Args:
        series: one region and breakdown, oldest first.
        until: the last period that counts; None for the last one there is.
    """
    present = [each for each in series if each.status is not CellStatus.MISSING]
    run = comparable_series(present, indicator, until)[-TREND_PERIODS:]
    if len(run) < TREND_PERIODS or not _is_consecutive(run, indicator):
        return TrendFinding(TrendState.TOO_SHORT)
    if any(derivable(each) is None for each in run):
        return TrendFinding(TrendState.NOT_KNOWN)
    if any(shifted_part(each) > MOST_SHIFTED for each in run):
        return TrendFinding(TrendState.INDIRECT)
    points = [point for each in run if (point := estimate(each, indicator)) is not None]
    found = statistics.trend(points)  # None with fewer than five
    return _finding(run, found) if found else TrendFinding(TrendState.NO_MARGIN)


def _finding(run: Sequence[Figure], found: Trend) -> TrendFinding:
    state = {1: TrendState.RISING, -1: TrendState.FALLING}.get(found.direction, TrendState.NONE)
    return TrendFinding(
        state,
        found,
        run[0].period,
        run[-1].period,
        is_provisional=any(each.period_status is not PeriodStatus.FINAL for each in run),
        is_estimated=any(each.estimated > 0 or each.indirect > 0 for each in run),
    )


_STEPS = {PeriodKind.HALF_YEAR: 0.5, PeriodKind.QUARTER: 0.25}
"""From one period to the next, in years; a year for all other kinds."""


def _is_consecutive(run: Sequence[Figure], indicator: Indicator) -> bool:
    step = _STEPS.get(indicator.period_kind, 1.0)
    places = [axis_place(each.period) for each in run]
    return all(after - before == step for before, after in pairwise(places))


def is_faster(own: TrendFinding, other: TrendFinding) -> int:
    """1 if the own line surely rises more (falls less) than the other over the same periods, −1 if less."""
    if own.trend is None or other.trend is None or (own.first, own.last) != (other.first, other.last):
        return 0
    gap = statistics.slope_difference(own.trend, other.trend)
    return 1 if gap.low > 0 else -1 if gap.high < 0 else 0
