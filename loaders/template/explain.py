"""What the form says of itself, for one indicator: pure."""

from app.indicators import TOTAL, Indicator, PeriodKind, PeriodStatus, Unit
from app.regions import KIND_NAMES, RegionKind
from loaders.template import COLUMNS, HIDDEN, MISSING

_PERIODS = {
    PeriodKind.CALENDAR_YEAR: "een kalenderjaar, zoals 2025",
    PeriodKind.REFERENCE_DATE: "het jaar van de peildatum, zoals 2025",
    PeriodKind.SCHOOL_YEAR: "een schooljaar, zoals 2024/25",
    PeriodKind.HALF_YEAR: "een halfjaar, zoals 2025-H1",
    PeriodKind.QUARTER: "een kwartaal, zoals 2025-Q2",
}
_CODES = {
    RegionKind.COUNTRY: "NL01",
    RegionKind.GEMEENTE: "GM0363",
    RegionKind.PROVINCE: "PV27",
    RegionKind.SWV_PO: "PO2707",
    RegionKind.SWV_VO: "VO2708",
    RegionKind.COROP: "CR23",
    RegionKind.YOUTH_REGION: "JR02",
    RegionKind.RMC: "RM20",
}


_SIGNS = (
    "Getallen: geen punten voor duizendtallen, een komma voor decimalen, geen % en geen formules.",
    f"status: leeg, of {HIDDEN} (u mag het getal niet geven), {MISSING} (u heeft het niet), "
    f"{PeriodStatus.PROVISIONAL} (het kan nog veranderen).",
    "toelichting: voor uzelf; wordt niet bewaard. Zet hier geen namen van personen.",
)


def lines(indicator: Indicator) -> list[str]:
    """The explanation, a line each."""
    levels = [f"{KIND_NAMES[level][0]} ({_CODES[level]})" for level in indicator.levels if level in _CODES]
    codes = [category.code for category in indicator.categories]
    return [
        f"Formulier voor: {indicator.label} ({indicator.id})",
        f"Wat het is: {indicator.definition}",
        f"Kolommen: {', '.join(COLUMNS)}. Verander de kolomnamen niet.",
        f"regio: de code van een {', '.join(levels)}.",
        f"periode: {_PERIODS[indicator.period_kind]}.",
        f"uitsplitsing: {', '.join([TOTAL, *codes])}.",
        *_numbers(indicator),
        *_SIGNS,
    ]


def region_lines(code: str, name: str) -> list[str]:
    """The explanation of a form for one region, a line each."""
    return [
        f"Formulier voor eigen cijfers van {' '.join(name.split())} ({code})",
        "Vul alleen de rijen in die u heeft. Een rij zonder periode en zonder getal wordt overgeslagen.",
        "U mag rijen kopiëren, voor meer perioden of uitsplitsingen, en rijen weghalen.",
        f"Kolommen: {', '.join(COLUMNS)}. Verander de kolomnamen niet.",
        f"regio: altijd {code}. Cijfers van een andere regio worden geweigerd.",
        *_SIGNS,
        "In de kolom toelichting staat wat elke rij vraagt; u mag die tekst vervangen.",
    ]


def short_line(indicator: Indicator) -> str:
    """What one row of a region's form asks, in one cell."""
    codes = [category.code for category in indicator.categories]
    split = f" uitsplitsing: {', '.join([TOTAL, *codes])}." if codes else ""
    period = _PERIODS[indicator.period_kind]
    return f"{indicator.label}. periode: {period}.{split} {' '.join(_numbers(indicator))}"


def indicator_lines(indicator: Indicator) -> list[str]:
    """The definition of one indicator, and an empty line after it."""
    return [f"{indicator.id}: {indicator.label}", indicator.definition, short_line(indicator), ""]


def _numbers(indicator: Indicator) -> list[str]:
    if not indicator.denominator:
        words = "een heel aantal" if indicator.unit is Unit.COUNT else f"in {indicator.unit}"
        return [f"teller: {indicator.numerator}, {words}. noemer en waarde: leeg laten."]
    return [
        f"teller: {indicator.numerator}.",
        f"noemer: {indicator.denominator}.",
        f"waarde: alleen als u teller en noemer niet heeft: het cijfer zelf, in {indicator.unit}.",
    ]
