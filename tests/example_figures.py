"""Indicators and figures for tests, invented, with every field filled in; say only what matters."""

from dataclasses import replace
from typing import Any

from app.indicators import (
    TOTAL,
    Aggregation,
    Breakdown,
    Category,
    CellStatus,
    Direction,
    Figure,
    Indicator,
    PeriodKind,
    PeriodStatus,
    SeriesBreak,
    Unit,
)
from app.regions import COUNTRY, RegionKind, RegionName

SWV = RegionName("PO2707", RegionKind.SWV_PO, "SWV Amstel")
GEMEENTE = RegionName("GM0034", RegionKind.GEMEENTE, "Almere")

PERCENT = Indicator(
    id="deel-sbo-pct",
    label="Deelname speciaal basisonderwijs",
    short_label="Deelname sbo",
    theme="Onderwijs",
    chapter="Onderwijs",
    definition="Leerlingen in het sbo als deel van alle leerlingen.",
    numerator="leerlingen in het sbo",
    denominator="leerlingen in basisonderwijs en sbo samen",
    unit=Unit.PERCENT,
    decimals=1,
    direction=Direction.NEUTRAL,
    levels=(RegionKind.COUNTRY, RegionKind.GEMEENTE, RegionKind.SWV_PO),
    breakdowns=(),
    source="DUO",
    source_table="tabel",
    source_columns="kolommen",
    source_url="https://example.org",
    period_kind=PeriodKind.REFERENCE_DATE,
    reference_day="1 oktober",
    series_breaks=(),
    hiding_rule="DUO verbergt minder dan 5.",
    aggregation=Aggregation.SUM,
    note="Waar de school staat.",
    licence="CC0",
    reviewed_by="",
    reviewed_on=None,
)
COUNT = replace(
    PERCENT,
    id="ll-bao",
    label="Leerlingen basisonderwijs",
    short_label="Leerlingen basisonderwijs",
    numerator="leerlingen op vestigingen voor basisonderwijs",
    denominator="",
    unit=Unit.COUNT,
    decimals=0,
)
AGES = Breakdown(
    "leeftijd",
    "Leeftijd",
    (Category("leeftijd:0-4", "0 tot 4 jaar"), Category("leeftijd:4-12", "4 tot 12 jaar")),
    adds_up=True,
)
BREAK = SeriesBreak("2023", "Vanaf 2023 telt de bron anders.")


def count(low: float | None, high: float | None = None, **other: Any) -> Figure:
    """A count: exact with one number, between bounds with two."""
    top = low if high is None else high
    status = CellStatus.PRESENT if low == top else CellStatus.PARTLY_HIDDEN
    return _figure(numerator_low=low, numerator_high=top, status=status, **other)


def part(low: float, of: float, high: float | None = None, **other: Any) -> Figure:
    """A part of a whole, which gives a percentage; the rest of the whole is exact."""
    top = low if high is None else high
    return _figure(
        numerator_low=low,
        numerator_high=top,
        denominator_low=of,
        denominator_high=of + top - low,
        status=CellStatus.PRESENT if low == top else CellStatus.PARTLY_HIDDEN,
        **other,
    )


def finished(value: float | None, **other: Any) -> Figure:
    """A percentage that came without its counts; None for a missing one."""
    return _figure(value=value, status=CellStatus.MISSING if value is None else CellStatus.PRESENT, **other)


def hidden(**other: Any) -> Figure:
    """A number below 5 that the source hides."""
    return _figure(numerator_low=1.0, numerator_high=4.0, status=CellStatus.HIDDEN, **other)


def at_least(low: float, **other: Any) -> Figure:
    """A total of which not all parts are known."""
    return _figure(numerator_low=low, status=CellStatus.AT_LEAST, **other)


def country(figure: Figure) -> Figure:
    """The same figure, of the Netherlands."""
    return figure._replace(region=COUNTRY)


def _figure(**fields: Any) -> Figure:
    given: dict[str, Any] = {
        "region": SWV.code,
        "period": "2025",
        "breakdown": TOTAL,
        "numerator_low": None,
        "numerator_high": None,
        "denominator_low": None,
        "denominator_high": None,
        "value": None,
        "period_status": PeriodStatus.FINAL,
    }
    return Figure(**(given | fields))
