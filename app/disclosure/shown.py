"""What may be shown of one group of respondents on one question on a scale: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor, sqrt

from app.disclosure.cells import (
    MIN_MARGIN,
    MIN_SHOWN,
    Cell,
    Count,
    Measure,
    Share,
    count_of,
    is_band,
    is_uniform,
    rounded,
    share_of,
)
from app.disclosure.distributions import show_distribution
from app.statistics.surveys import mean_margin, share_margin


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a cell. Everything else on a page or in a file is computed from this alone.

    `spread` is the standard deviation; it, and the margins, stand from ten answers on. `is_complete` says
    that everybody in a group of known size answered, so that chance has no part in it.
    """

    n: Count
    mean: float | None
    good: Share
    distribution: Mapping[str, Share] = field(default_factory=dict)
    spread: float | None = None
    mean_margin: tuple[float, float] | None = None
    good_margin: tuple[int, int] | None = None
    is_complete: bool = False
    is_hard_to_judge: bool = False


def show_cell(
    cell: Cell,
    measure: Measure,
    *,
    size: int | None = None,
    with_distribution: bool = False,
    is_close: bool = False,
) -> Shown | None:
    """What may be shown of a cell; None below five valid answers.

    Args:
        size: of the group, where it is known; one smaller than the answers counts as unknown.
        is_close: keep the mean away, as where all but one gave the same answer.
    """
    n = cell.n
    size = None if size is not None and size < n else size  # a size that cannot be right
    if n < MIN_SHOWN:
        return None
    stays_away = is_close or is_uniform(cell)
    mean = None if stays_away else rounded(cell.total / n)
    spread = rounded(_spread(cell)) if mean is not None and n >= MIN_MARGIN else None
    good = share_of(cell.good(measure), n)
    count = count_of(n)
    is_complete = size is not None and size == count.low
    margin = None if is_complete else _mean_margin(mean, spread, count.low, size, measure)
    return Shown(
        n=count,
        mean=mean,
        good=good,
        distribution=show_distribution(cell, measure) if with_distribution and not stays_away else {},
        spread=spread,
        mean_margin=margin,
        good_margin=None if is_complete else _good_margin(good, count.low, size),
        is_complete=is_complete,
        is_hard_to_judge=cell.cannot_say > n,
    )


def _spread(cell: Cell) -> float:
    mean = cell.total / cell.n
    squares = sum(number * (value - mean) ** 2 for value, number in cell.values.items())
    return sqrt(squares / (cell.n - 1))


def _mean_margin(
    mean: float | None, spread: float | None, n: int, size: int | None, measure: Measure
) -> tuple[float, float] | None:
    """From the rounded mean and spread and the lowest number of the class: it tells nothing more."""
    if mean is None or spread is None:
        return None
    low, high = mean_margin(mean, spread, n, size)
    lowest, highest = measure.limits
    return rounded(max(low, lowest)), rounded(min(high, highest))


def _good_margin(good: Share, n: int, size: int | None) -> tuple[int, int] | None:
    if n < MIN_MARGIN or is_band(good):
        return None
    low, high = share_margin(good.low / 100, n, size)
    return floor(100 * low + 0.5), floor(100 * high + 0.5)
