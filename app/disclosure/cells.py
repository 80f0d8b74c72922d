"""What may be shown of one group of respondents on one question: pure.

All thresholds count valid answers: 'weet ik niet' is none. Below twenty answers the number stands as a
class, and a share near nothing or near all as a band: with 5 to 9 answers '80% of meer', with 10 to 19 '90%
of meer', so that it is never certain that everybody, or nobody, gave an answer. Where all but one gave the
same answer, mean and distribution stay away too: they would say what the band leaves open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor, sqrt
from typing import NamedTuple

from app.statistics.surveys import mean_margin, share_margin

MIN_SHOWN = 5
"""Valid answers for a mean or a percentage."""

MIN_DISTRIBUTION = 8
MIN_MARGIN = 10
MIN_TEXTS = 10
"""Texts of one question in one list, below which nobody reads them (TRUST P-08, P-16)."""

MIN_OTHER_REGIONS = 3
MIN_OTHERS_TOGETHER = 10
"""Other regions, and answers in them together, of which a mean may stand beside one's own."""

EXACT_FROM = 20
"""From here on the number itself stands, and no bands."""

CLASSES = ((0, 4), (5, 9), (10, 19))
FEW = 4
"""Among twenty answers or more to a choice: so many people, or all but so many, are no exact percentage."""

EDGES = ((10, 20), (EXACT_FROM, 10))
"""Below so many answers, a share of at most so many percent is one band; and likewise near 100%."""


class Measure(StrEnum):
    """How answers on an ordered scale are read."""

    FIVE = "vijf"
    GRADE = "cijfer"

    @property
    def limits(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return (1, 5) if self is Measure.FIVE else (1, 10)

    @property
    def good_from(self) -> int:
        """From which answer on one counts as positive: 4 of 5, 7 of 10."""
        return 4 if self is Measure.FIVE else 7


class Count(NamedTuple):
    """A number of answers between two bounds: 5 to 9, or exact where they are equal."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether the number itself is told."""
        return self.low == self.high


class Share(NamedTuple):
    """A percentage, rounded; or a band where the bounds differ: 90 to 100 is '90% of meer'."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Answers of one group to one question: value → how many gave it. A theme's scores are fractions."""

    values: Mapping[float, int] = field(default_factory=dict)
    cannot_say: int = 0

    @property
    def n(self) -> int:
        """Valid answers."""
        return sum(self.values.values())

    @property
    def total(self) -> float:
        """The sum of all answers."""
        return sum(value * number for value, number in self.values.items())

    def good(self, measure: Measure) -> int:
        """How many answered positively."""
        return sum(number for value, number in self.values.items() if value >= measure.good_from)

    def each(self) -> Iterator[float]:
        """Every answer, lowest first."""
        return (value for value, number in sorted(self.values.items()) for _ in range(number))


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
    return Shown(
        n=count,
        mean=mean,
        good=good,
        distribution=_distribution(cell, measure) if with_distribution and not stays_away else {},
        spread=spread,
        mean_margin=None if is_complete else _mean_margin(mean, spread, count.low, size, measure),
        good_margin=None if is_complete else _good_margin(good, count.low, size),
        is_complete=is_complete,
        is_hard_to_judge=cell.cannot_say > n,
    )


def show_options(counts: Mapping[str, int], n: int) -> dict[str, Share]:
    """The share of each option among n who answered; several options may be chosen.

    Nothing below eight answers, nor below twenty where all, or all but one, chose the same. From twenty on a
    few people are a band; where that band alone would follow from the other shares, the next smallest is one
    too.
    """
    if n < MIN_DISTRIBUTION or (n < EXACT_FROM and max(counts.values(), default=0) >= n - 1):
        return {}
    if n < EXACT_FROM:
        return _shares(counts, n)
    shares = {option: _choice_share(number, n) for option, number in counts.items()}
    bands = [option for option, share in shares.items() if is_band(share)]
    if len(bands) == 1 < len(counts) and sum(counts.values()) == n:
        _, second = min((number, option) for option, number in counts.items() if option not in bands)
        shares[second] = Share(100 * (FEW + 1) // n, 100)
    return shares


def _shares(counts: Mapping[str, int], n: int) -> dict[str, Share]:
    return {option: share_of(number, n) for option, number in counts.items()}


def _choice_share(number: int, n: int) -> Share:
    """Of 25: 4 → 16% or less, 21 → 84% or more, 20 → 80%."""
    edge = ceil(100 * FEW / n)
    if number <= FEW:
        return Share(0, edge)
    return Share(100 - edge, 100) if number >= n - FEW else share_of(number, n)


def count_of(n: int) -> Count:
    """A number of answers as it may be shown: 7 → 5 to 9, 25 → 25."""
    return next((Count(*each) for each in CLASSES if each[0] <= n <= each[1]), Count(n, n))


def share_of(number: int, n: int) -> Share:
    """A percentage as it may be shown: 9 of 10 → 90 or more, 13 of 15 → 87, 29 of 30 → 97."""
    percent = 100 * number / n
    edge = next((edge for below, edge in EDGES if n < below), 0)
    if edge and percent <= edge:
        return Share(0, edge)
    if edge and percent >= 100 - edge:
        return Share(100 - edge, 100)
    whole = floor(percent + 0.5)
    return Share(whole, whole)


def is_band(share: Share) -> bool:
    """Whether a percentage stands as a band."""
    return share.low != share.high


def is_uniform(cell: Cell) -> bool:
    """Whether in a small group all, or all but one, gave the same answer."""
    return cell.n < EXACT_FROM and max(cell.values.values(), default=0) >= cell.n - 1


def rounded(value: float) -> float:
    """To one decimal, halves up."""
    return floor(value * 10 + 0.5 + 1e-9) / 10


def _distribution(cell: Cell, measure: Measure) -> dict[str, Share]:
    low, high = measure.limits
    if any(value != int(value) for value in cell.values):
        return {}  # scores of a theme
    counts = {str(value): cell.values.get(value, 0) for value in range(low, high + 1)}
    return _shares(counts, cell.n) if cell.n >= MIN_DISTRIBUTION else {}


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
