"""What an indicator is, and what one figure of it says: pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.regions import RegionKind

TOTAL = "totaal"
"""The breakdown code of the undivided figure."""


class Unit(StrEnum):
    """What a figure counts in; percentages are stored and computed as 0–100."""

    COUNT = "aantal"
    PERCENT = "%"


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

    SUM = "som"  # numerator and denominator are added
    FORBIDDEN = "niet_toegestaan"  # percentages without counts


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

    @property
    def is_counted_total(self) -> bool:
        """A plain count: it gets a share of the country, never a difference with it."""
        return self.unit is Unit.COUNT

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


class Figure(NamedTuple):
    """One cell as the database holds it, with what follows from it.

    `low` and `high` bound the value in the indicator's unit; they are equal where it is known.
    `estimated` and `indirect` are parts of 1: what came by an estimated share of a gemeente, and what did not
    come by the school's own postcode. A named tuple, because a table makes hundreds of them at once.
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

    @property
    def low(self) -> float | None:
        """The lowest value the figure can have; None if nothing is known."""
        if self.value is not None:
            return self.value
        if self.denominator_low is None or self.denominator_high is None:
            return self.numerator_low
        if self.numerator_low is None or self.numerator_high is None:
            return None
        return part_of_whole(self.numerator_low, self.denominator_high - self.numerator_high)

    @property
    def high(self) -> float | None:
        """The highest value the figure can have; None if nothing bounds it from above."""
        if self.value is not None:
            return self.value
        if self.denominator_low is None or self.denominator_high is None:
            return self.numerator_high
        if self.numerator_low is None or self.numerator_high is None:
            return None
        return part_of_whole(self.numerator_high, self.denominator_low - self.numerator_low)

    @property
    def middle(self) -> float | None:
        """The point to draw: the value, or the middle of its bounds; no number to show where they differ."""
        low, high = self.low, self.high
        return None if low is None or high is None else (low + high) / 2


def part_of_whole(part: float, rest: float) -> float | None:
    """The percentage that a part is of itself and the rest together; None of nothing.

    Part and rest are bounded apart, so the extremes are part / (part + rest), not part / any denominator:
    a part of 12–15 in a whole of 100–103 → 12 / (12 + 88) = 12.0 and 15 / (15 + 88) = 14.563.
    """
    whole = part + rest
    return 100 * part / whole if whole > 0 else None
