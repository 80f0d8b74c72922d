"""What a recipe says: how to read one kind of table, without any code of its own: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.divisions import OWN_YEAR
from app.indicators import PeriodStatus
from loaders.periods import PeriodForm
from loaders.recipes.signs import Match, Signs

MEASURE_TITLE = "Measure.Title"
"""A column that OData v4 observations do not have: the title that the list of measures gives the code."""


class Shape(StrEnum):
    """Where the table is."""

    TABLE = "tabel"  # one file: text, a sheet of a workbook, or OData rows in JSON
    OBSERVATIONS = "odata4"  # a folder or zip with Observations and code lists, as JSON or CSV


class RegionBy(StrEnum):
    """What a region column holds."""

    CODE = "code"  # GM0363, 0363, 363, PO-27-07, NL01
    NAME = "naam"


class Country(StrEnum):
    """Where the figure of the country comes from."""

    GIVEN = "gegeven"
    SUM = "som"  # of the gemeenten, unless the file has a row for it
    NONE = "geen"


class Swv(StrEnum):
    """Where the figures of SWVs come from."""

    SHARES = "aandelen"  # summed from gemeenten, by their shares
    GIVEN = "gegeven"
    NONE = "geen"  # not given, and not to be summed


class Role(StrEnum):
    """What a number is."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a region and period: a column, in the rows where other columns hold these texts."""

    column: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """Which numbers make one cell of an indicator; the terms of a role are added up.

    `factor` multiplies value and numerator, `denominator_factor` the denominator. `most` is the highest
    figure that can exist, as a percentage where there is a denominator. An optional measure is left out where
    the file lacks its columns or its rows.
    """

    indicator: str
    breakdown: str
    terms: Mapping[Role, tuple[Term, ...]]
    factor: float = 1.0
    denominator_factor: float = 1.0
    most: float | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RegionRule:
    """`column` or `fixed`, one of the two: where the region stands, or the one region of the whole file."""

    column: str = ""
    by: RegionBy = RegionBy.CODE
    fixed: str = ""
    complete: bool = False  # whether every gemeente of a period must be there


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """`column` or `fixed`; `unmarked` is what a period without a mark of its publisher is."""

    column: str = ""
    fixed: str = ""
    form: PeriodForm = PeriodForm.YEAR
    day: str = ""
    unmarked: PeriodStatus = PeriodStatus.FINAL


@dataclass(frozen=True)
class Recipe:
    """One kind of table (loaders/profiles/*.toml)."""

    name: str
    publisher: str
    title: str
    licence: str
    tried: bool
    shape: Shape
    signs: Signs
    decimal: str
    region: RegionRule
    period: PeriodRule
    country: Country
    swv: Swv
    measures: tuple[Measure, ...]
    needs: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    skip: tuple[tuple[str, str], ...] = ()  # rows to leave out
    missing: frozenset[str] = frozenset({"", "."})
    sum_over: tuple[str, ...] = ()  # rows that differ in these columns only are added up
    division: str = OWN_YEAR  # or the year whose gemeenten the file uses for all periods
    hidden: Mapping[str, tuple[float, float] | None] = field(default_factory=dict)  # mark → bounds, if known

    @property
    def match(self) -> Match:
        """How column names are compared."""
        return self.signs.match
