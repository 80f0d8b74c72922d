"""One invented indicator of every kind, by a short name; for sentences that must fit all of them."""

from dataclasses import replace

from app.group_values import GROUP
from app.indicators import Aggregation, Answer, Direction, PeriodKind, Unit
from app.regions import COUNTRY
from tests.example_figures import AGES, BREAK, COUNT, PERCENT, SWV

_PLAIN = replace(PERCENT, note="")
_YEARLY = replace(_PLAIN, period_kind=PeriodKind.CALENDAR_YEAR, reference_day="")
_SCHOOL = replace(_PLAIN, period_kind=PeriodKind.SCHOOL_YEAR, reference_day="")
_CARE = replace(_YEARLY, numerator="jongeren met jeugdhulp in natura", denominator="alle jongeren")

INDICATORS = {
    "sbo": _PLAIN,
    "school": replace(PERCENT, by_school=True),
    "hoger": replace(_PLAIN, direction=Direction.HIGHER),
    "lager": replace(_PLAIN, direction=Direction.LOWER),
    "breuk": replace(_PLAIN, series_breaks=(BREAK,)),
    "aantal": replace(COUNT, note=""),
    "leerlingen": replace(COUNT, by_school=True),
    "jeugdhulp": _CARE,
    "halfjaar": replace(_CARE, period_kind=PeriodKind.HALF_YEAR),
    "kwartaal": replace(_CARE, period_kind=PeriodKind.QUARTER),
    "jeugdzorg": replace(
        _CARE, numerator="jongeren met jeugdzorg", denominator="jongeren", breakdowns=(AGES,)
    ),
    "thuiszitters": replace(
        _SCHOOL,
        numerator="thuiszitters",
        denominator="leerplichtige kinderen",
        unit=Unit.PER_1000,
        aggregation=Aggregation.COUNTED_TWICE,
    ),
    "kosten": replace(
        _YEARLY,
        label="Kosten van jeugdzorg per kind",
        numerator="euro aan kosten",
        denominator="kinderen tot 18 jaar",
        unit=Unit.EURO,
        decimals=0,
    ),
    "vermogen": replace(
        _PLAIN,
        label="Publiek eigen vermogen",
        denominator="",
        unit=Unit.EURO,
        decimals=0,
        reference_day="31 december",
    ),
    "doorlooptijd": replace(
        _SCHOOL,
        label="Doorlooptijd van een tlv-aanvraag",
        denominator="",
        unit=Unit.DAYS,
        decimals=0,
        aggregation=Aggregation.FORBIDDEN,
    ),
    "bureau": replace(_YEARLY, label="Deel van de uitgaven voor bestuur en bureau", has_margin=False),
    "oordeel": replace(
        _YEARLY,
        label="Oordeel van de Inspectie",
        denominator="",
        unit=Unit.CATEGORY,
        decimals=0,
        aggregation=Aggregation.FORBIDDEN,
        answers=(Answer(1, "onvoldoende"), Answer(2, "voldoende")),
    ),
}
PERIODS = {
    PeriodKind.REFERENCE_DATE: "2025",
    PeriodKind.CALENDAR_YEAR: "2022",
    PeriodKind.SCHOOL_YEAR: "2023",
    PeriodKind.HALF_YEAR: "2023-H1",
    PeriodKind.QUARTER: "2023-Q2",
}
"""The period of a figure of which nothing else is said."""

REGIONS = {"land": COUNTRY, "regio": "PO2601", "groep": GROUP, "verleden": SWV.code, "gemeente": "GM0034"}
"""Of which region a benchmark is."""
