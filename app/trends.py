"""Whether figures rise or fall over the years, or why that cannot be said: pure."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app import statistics
from app.benchmarks import comparable_series
from app.indicators import Figure, Indicator
from app.statistics import Trend
from app.verdicts import estimate
from app.wording import axis_place

MOST_INDIRECT = 0.05
"""A year of which more than this part came by another way takes no part in a trend (METHODS)."""


class TrendState(StrEnum):
    """What the test of a trend says, or why it could not be done."""

    RISING = "stijgt"
    FALLING = "daalt"
    NONE = "geen trend"
    TOO_SHORT = "te kort"
    NO_MARGIN = "geen marge"
    INDIRECT = "te veel geschat"


class TrendFinding(NamedTuple):
    """The outcome of the test; `first` and `last` are the periods it is about."""

    state: TrendState
    trend: Trend | None = None
    first: str = ""
    last: str = ""


TREND_PERIODS = 5


def trend_of(series: Sequence[Figure], indicator: Indicator, until: str | None = None) -> TrendFinding:
    """Whether the five consecutive periods up to the last one rise or fall (METHODS, Trend).

    A break in the series, a missing year or fewer than five periods make it too short; a year of which more
    than 5% came by another way takes no part, and neither does one whose division was computed with a guess.
    """
    run = comparable_series(list(series), indicator, until)[-TREND_PERIODS:]
    if len(run) < TREND_PERIODS or not _is_consecutive(run):
        return TrendFinding(TrendState.TOO_SHORT)
    if any(max(each.indirect, each.estimated if each.converted else 0.0) > MOST_INDIRECT for each in run):
        return TrendFinding(TrendState.INDIRECT)
    points = [estimate(each, indicator) for each in run]
    known = [point for point in points if point is not None]
    if len(known) < TREND_PERIODS:
        return TrendFinding(TrendState.NO_MARGIN)
    found = statistics.trend(known)
    if found is None:
        return TrendFinding(TrendState.NO_MARGIN)
    state = {1: TrendState.RISING, -1: TrendState.FALLING}.get(found.direction, TrendState.NONE)
    return TrendFinding(state, found, run[0].period, run[-1].period)


def _is_consecutive(run: Sequence[Figure]) -> bool:
    places = [axis_place(each.period) for each in run]
    steps = {round(after - before, 2) for before, after in pairwise(places)}
    return len(steps) == 1 and steps <= {1.0, 0.5, 0.25}


def is_faster(own: TrendFinding, other: TrendFinding) -> int:
    """1 if the own line surely rises more (falls less) than the other over the same periods, −1 if less."""
    if own.trend is None or other.trend is None or (own.first, own.last) != (other.first, other.last):
        return 0
    gap = statistics.slope_difference(own.trend, other.trend)
    return 1 if gap.low > 0 else -1 if gap.high < 0 else 0
