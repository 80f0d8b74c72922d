"""What an indicator is, and what one figure of it says: pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import NamedTuple

from app.regions import RegionKind

TOTAL = "totaal"
"""The breakdown code of the undivided figure."""


class Unit(StrEnum):
    """What a figure counts in; percentages are stored and computed as 0–100, euros as whole euros."""

    COUNT = "aantal"
    PERCENT = "%"
    PER_100 = "per 100"
    PER_1000 = "per 1.000"
    PER_10000 = "per 10.000"
    INDEX = "index"
    DENSITY = "aantal/km2"
    SCORE = "score"
    GRADE = "cijfer"
    EURO = "euro"
    RATIO = "verhouding"
    YEARS = "jaren"
    DAYS = "dagen"
    HOURS = "uren"
    CATEGORY = "categorie"  # a judgement: the number only gives its place among the indicator's answers

    @property
    def factor(self) -> int:
        """What numerator / denominator is multiplied by: 100 for a percentage, 1 for euros per child."""
        return _FACTORS.get(self, 1)

    @property
    def is_per_number(self) -> bool:
        """So many per 100, 1.000 or 10.000 of the denominator."""
        return self in (Unit.PER_100, Unit.PER_1000, Unit.PER_10000)

    @property
    def has_differences(self) -> bool:
        """Whether one figure minus another means anything."""
        return self is not Unit.CATEGORY

    @property
    def limits(self) -> tuple[float, float]:
        """The lowest and highest figure that can exist, unless the indicator says otherwise."""
        return {Unit.PERCENT: (0.0, 100.0), Unit.GRADE: (1.0, 10.0)}.get(self, (0.0, inf))


_FACTORS = {Unit.PERCENT: 100, Unit.PER_100: 100, Unit.INDEX: 100, Unit.PER_1000: 1000, Unit.PER_10000: 10000}


class Direction(StrEnum):
    """Which way is better, if either."""

    HIGHER = "hoger_beter"
    LOWER = "lager_beter"
    NEUTRAL = "neutraal"


class PeriodKind(StrEnum):
    """What a period stands for."""

    CALENDAR_YEAR = "kalenderjaar"
    SCHOOL_YEAR = "schooljaar"
    REFERENCE_DATE = "peildatum"
    HALF_YEAR = "halfjaar"
    QUARTER = "kwartaal"


class PeriodStatus(StrEnum):
    """How final the publisher calls the figures of a period."""

    FINAL = "definitief"
    REVISED_PROVISIONAL = "nader_voorlopig"
    PROVISIONAL = "voorlopig"


class CellStatus(StrEnum):
    """Whether there is a number, and if not, why not."""

    PRESENT = "aanwezig"
    HIDDEN = "verborgen"  # hidden by the source: only bounds are known
    PARTLY_HIDDEN = "deels_verborgen"  # a total over hidden parts: bounds, low < high
    AT_LEAST = "minimaal"  # a total over parts that the source does not give: only `low` is known
    MISSING = "ontbreekt"  # the source has no number


class Aggregation(StrEnum):
    """How figures of parts become one of the whole."""

    SUM = "som"  # numerator and denominator are added; of a mean this makes the weighted mean
    COUNTED_TWICE = "dubbel_geteld"  # a gemeente counts whole in each of its SWVs: SWVs are never added
    FORBIDDEN = "niet_toegestaan"  # percentages without counts, medians


@dataclass(frozen=True, slots=True)
class Category:
    """One part of a breakdown. `code` is unique within the indicator: `<dimension>:<category>`."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A division of the total. `adds_up` is False where the parts are not meant to sum to the total."""

    dimension: str
    label: str
    categories: tuple[Category, ...]
    adds_up: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """From `period` on the figures are not comparable with those before."""

    period: str
    explanation: str


class Basis(StrEnum):
    """What a plausibility band rests on."""

    MEASURED = "gemeten"  # lowest and highest figure in a real file
    ESTIMATED = "schatting"  # an estimate of our own: it may raise a question, it is never a figure


@dataclass(frozen=True, slots=True)
class PlausibleBand:
    """Between which values the figures of one level normally lie, in the indicator's unit.

    `p5` and `p95` are the 5th and 95th percentile of the regions, where they were measured; `year` is empty
    for an estimate.
    """

    low: float
    high: float
    year: str
    level: RegionKind
    basis: Basis
    p5: float | None = None
    p95: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the possible judgements of an indicator with unit 'categorie'."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A reviewed definition (DOMAIN a.3), read from `loaders/catalogue/*.toml`."""

    id: str
    label: str
    short_label: str
    theme: str
    chapter: str
    definition: str
    numerator: str
    denominator: str
    unit: Unit
    decimals: int
    direction: Direction
    levels: tuple[RegionKind, ...]
    breakdowns: tuple[Breakdown, ...]
    source: str
    source_table: str
    source_columns: str
    source_url: str
    period_kind: PeriodKind
    reference_day: str  # '1 oktober', '1 januari'; empty unless period_kind is a reference date
    series_breaks: tuple[SeriesBreak, ...]
    hiding_rule: str
    aggregation: Aggregation
    note: str
    licence: str
    reviewed_by: str
    reviewed_on: date | None
    fill: str = ""  # which file fills it and where that is, as a sentence
    first_year: int | None = None  # from which year the source, or a series without a break, exists
    own_figures: bool = False  # whether a region may fill it with our template
    has_margin: bool = True  # False where numerator and denominator are no children or events: money, a ratio
    by_school: bool = False  # counted at the site of the school, not where the child lives
    lowest: float = 0.0
    highest: float = inf
    plausible: tuple[PlausibleBand, ...] = ()
    answers: tuple[Answer, ...] = ()  # only for unit 'categorie', in order

    @property
    def is_counted_total(self) -> bool:
        """A total that grows with the region: it gets a share of the country, never a difference with it.

        That is every count, and an amount of money or points that is a plain sum; nothing per child or pupil.
        """
        is_sum = not self.denominator and self.aggregation is Aggregation.SUM
        return self.unit is Unit.COUNT or (is_sum and self.unit in (Unit.EURO, Unit.SCORE))

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every category of every breakdown, in the catalogue's order."""
        return tuple(category for breakdown in self.breakdowns for category in breakdown.categories)


@dataclass(frozen=True, slots=True)
class FigureSource:
    """Where the figures of an indicator and period came from."""

    indicator: str
    period: str
    file_name: str
    sha256: str
    publisher: str
    title: str
    licence: str
    reference_date: date | None
    loaded_at: datetime
    version_id: int  # the load that brought the figures


class _Cell(NamedTuple):
    """One cell as the database holds it. A named tuple, because a table makes hundreds of them at once.

    `estimated` and `indirect` are parts of 1: what came by an estimated share of a gemeente, and what did not
    come by the school's own postcode.
    """

    region: str
    period: str
    breakdown: str
    numerator_low: float | None
    numerator_high: float | None
    denominator_low: float | None
    denominator_high: float | None
    value: float | None
    status: CellStatus
    period_status: PeriodStatus
    estimated: float = 0.0
    indirect: float = 0.0
    unit: Unit = Unit.PERCENT  # how numerator and denominator make the value; of no use without a denominator
    converted: bool = False  # computed for the gemeenten of now by app.divisions


class Figure(_Cell):
    """A cell with what follows from it: the bounds of its value in `unit`, equal where it is known.

    They are computed once: a page asks for those of one figure some ten times. `_replace` makes a new figure,
    which computes its own.
    """

    @property
    def low(self) -> float | None:
        """The lowest value the figure can have; None if nothing is known."""
        return self.ends[0]

    @property
    def high(self) -> float | None:
        """The highest value the figure can have; None if nothing bounds it from above."""
        return self.ends[1]

    @cached_property
    def ends(self) -> tuple[float | None, float | None]:
        """The lowest and the highest value."""
        if self.value is not None:
            return self.value, self.value
        least, most, smallest, largest = self[3:7]
        if smallest is None and largest is None:
            return least, most
        if least is None or most is None or smallest is None or largest is None:
            return None, None
        if self.unit is not Unit.PERCENT:
            return rate(least, largest, self.unit), rate(most, smallest, self.unit)
        return part_of_whole(least, largest - most), part_of_whole(most, smallest - least)

    @property
    def middle(self) -> float | None:
        """The point to draw: the value, or the middle of its bounds; no number to show where they differ."""
        low, high = self.ends
        return None if low is None or high is None else (low + high) / 2


def part_of_whole(part: float, rest: float) -> float | None:
    """The percentage that a part is of itself and the rest together; None of nothing.

    Part and rest are bounded apart, so the extremes are part / (part + rest), not part / any denominator:
    a part of 12–15 in a whole of 100–103 → 12 / (12 + 88) = 12.0 and 15 / (15 + 88) = 14.563.
    """
    whole = part + rest
    return 100 * part / whole if whole > 0 else None


def rate(numerator: float, denominator: float, unit: Unit) -> float | None:
    """How much the numerator is of the denominator in a unit; None of nothing.

    12 of 4.000 in 'per 1.000' → 3.0; 900.000 euro of 450 pupils in 'euro' → 2000.0.
    """
    return unit.factor * numerator / denominator if denominator > 0 else None
