"""What may be shown of one group of respondents on one question: pure.

All thresholds count valid answers: 'weet ik niet' is none. Below twenty answers the number stands as a
class, and a share near nothing or near all as a band: with 5 to 9 answers '80% of meer', with 10 to 19 '90%
of meer', so that it is never certain that everybody, or nobody, gave an answer. Where all but one gave the
same answer, mean and distribution stay away too: they would say what the band leaves open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import floor
from typing import NamedTuple

MIN_SHOWN = 5
"""Valid answers for a mean or a percentage."""

MIN_PARTS = 3 * MIN_SHOWN
"""Valid answers for a distribution: below it there are no three parts of enough people.

The methods ask for eight; of eight answers some would be those of one or two people.
"""

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
"""So many people who gave an answer, or all but so many, are no exact percentage of it."""

MIN_OPTIONS = 2 * (FEW + 1)
"""Answers to a question with options: below it none can be exact."""

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
    return exact_share(number, n)


def exact_share(number: int, n: int) -> Share:
    """A rounded percentage: 2 of 3 → 67."""
    whole = floor(100 * number / n + 0.5)
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
