"""How numbers, dates and periods are written in Dutch: pure."""

import re
from datetime import UTC, date, datetime
from math import inf
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.indicators import Indicator, PeriodKind, Unit

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
INVENTED = "Verzonnen antwoorden om het dashboard te laten zien."
"""Stands on every page, export and document that shows something of a demo round."""

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
PART_NAMES = {
    "H1": "eerste halfjaar",
    "H2": "tweede halfjaar",
    "Q1": "eerste kwartaal",
    "Q2": "tweede kwartaal",
    "Q3": "derde kwartaal",
    "Q4": "vierde kwartaal",
}
_YEAR = "(?!0000)[0-9]{4}"
_PERIOD = re.compile(rf"{_YEAR}(/[0-9]{{2}}|-H[12]|-Q[1-4])?")
_FORMS_OF_PERIOD = {
    PeriodKind.CALENDAR_YEAR: re.compile(_YEAR),
    PeriodKind.REFERENCE_DATE: re.compile(_YEAR),
    PeriodKind.SCHOOL_YEAR: re.compile(rf"{_YEAR}(/[0-9]{{2}})?"),
    PeriodKind.HALF_YEAR: re.compile(rf"{_YEAR}-H[12]"),
    PeriodKind.QUARTER: re.compile(rf"{_YEAR}-Q[1-4]"),
}
_SWAP = str.maketrans({",": ".", ".": ","})


class UnitWords(NamedTuple):
    """What stands around a number of a unit, what follows a difference, and how a difference is called."""

    before: str = ""
    after: str = ""
    of_gap: str = ""
    more: str = "hoger"
    less: str = "lager"


_MORE = {"more": "meer", "less": "minder"}
UNIT_WORDS = {
    Unit.COUNT: UnitWords(),
    Unit.PERCENT: UnitWords(after="%", of_gap=" procentpunt"),
    Unit.PER_100: UnitWords(after=" per 100", of_gap=" per 100"),
    Unit.PER_1000: UnitWords(after=" per 1.000", of_gap=" per 1.000"),
    Unit.PER_10000: UnitWords(after=" per 10.000", of_gap=" per 10.000"),
    Unit.INDEX: UnitWords(of_gap=" punt"),
    Unit.DENSITY: UnitWords(after=" per km²", of_gap=" per km²"),
    Unit.SCORE: UnitWords(of_gap=" punt"),
    Unit.GRADE: UnitWords(of_gap=" punt"),
    Unit.EURO: UnitWords(before="€\N{NO-BREAK SPACE}", **_MORE),
    Unit.RATIO: UnitWords(after=" keer"),
    Unit.YEARS: UnitWords(after=" jaar", of_gap=" jaar", **_MORE),
    Unit.DAYS: UnitWords(after=" dagen", of_gap=" dagen", **_MORE),
    Unit.HOURS: UnitWords(after=" uur", of_gap=" uur", **_MORE),
    Unit.CATEGORY: UnitWords(),
}

UNIT_NAMES = {
    Unit.PERCENT: "procent",
    Unit.INDEX: "index (nu is 100)",
    Unit.DENSITY: "aantal per vierkante kilometer",
    Unit.RATIO: "verhouding (hoeveel keer zo groot)",
}


def number(value: float, decimals: int = 0) -> str:
    """`1234.5` with one decimal → `1.234,5`; a true minus sign, and never a minus before zero."""
    text = f"{abs(value):,.{decimals}f}".translate(_SWAP)
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def class_words(bounds: tuple[int, int]) -> str:
    """A number that stands as a class: `31`, `5 tot en met 9`, `minder dan 5`."""
    low, high = bounds
    if low == high:
        return number(low)
    return f"minder dan {number(high + 1)}" if low == 0 else f"{number(low)} tot en met {number(high)}"


def plain_number(value: float, decimals: int = 4) -> str:
    """A number with no more decimals than it needs: `1.220`, `138,46`, `0,5`."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def signed(value: float, decimals: int = 0, *, before: str = "") -> str:
    """A difference with its sign: `+0,3`, `−0,3`, `+€ 120`, and `0,0` where rounding leaves nothing."""
    text = number(value, decimals)
    sign = "+" if value > 0 and text.strip("0.,") else ""
    return sign + _around(text, before, "")


def amount(value: float, indicator: Indicator) -> str:
    """A figure in the indicator's unit: `2,0%`, `61.718`, `4,3 per 1.000`, `−€ 2.000`, `voldoende`."""
    if indicator.unit is Unit.CATEGORY:
        labels = {answer.value: answer.label for answer in indicator.answers}
        return labels.get(round(value), number(value, indicator.decimals))
    words = UNIT_WORDS[indicator.unit]
    return _around(number(value, indicator.decimals), words.before, words.after)


def amount_between(low: float, high: float, indicator: Indicator) -> str:
    """Bounds in words, the unit once: `tussen 12,0 en 14,6%`; one amount where both read alike."""
    first = amount(low, indicator)
    if low == high or first == (last := amount(high, indicator)):
        return first
    return f"tussen {first.removesuffix(UNIT_WORDS[indicator.unit].after)} en {last}"


def gap(value: float, indicator: Indicator) -> str:
    """The size of a difference, without a sign: `0,3 procentpunt`, `€ 120`, `12 dagen`."""
    words = UNIT_WORDS[indicator.unit]
    return _around(number(abs(value), indicator.decimals), words.before, words.of_gap)


def gap_between(low: float, high: float, indicator: Indicator) -> str:
    """The size of a difference that is only known between bounds: `tussen 0,2 en 0,3 procentpunt`."""
    first = gap(low, indicator)
    if low == high or first == (last := gap(high, indicator)):
        return first
    return f"tussen {first.removesuffix(UNIT_WORDS[indicator.unit].of_gap)} en {last}"


def unit_words(indicator: Indicator) -> str:
    """The unit as a definition tells it: `procent`, `per 1.000 leerlingen`, `score van 1 tot en met 5`."""
    if indicator.unit.is_per_number:
        return f"{indicator.unit.value} {indicator.denominator}"
    if indicator.unit is Unit.CATEGORY:
        return f"oordeel: {', '.join(answer.label for answer in indicator.answers)}"
    if indicator.unit in (Unit.SCORE, Unit.GRADE) and indicator.highest < inf:
        return f"{indicator.unit.value} van {number(indicator.lowest)} tot en met {number(indicator.highest)}"
    return UNIT_NAMES.get(indicator.unit, indicator.unit.value)


def _around(text: str, before: str, after: str) -> str:
    """The number between its words; a minus stands before all of it, and one day is `1 dag`."""
    sign, digits = (MINUS, text.removeprefix(MINUS)) if text.startswith(MINUS) else ("", text)
    return f"{sign}{before}{digits}{' dag' if after == ' dagen' and digits == '1' else after}"


def share(value: float) -> str:
    """A part of the country in percent, with a second decimal for the small ones: `4,9%`, `0,08%`."""
    if 0 < value < 0.005:
        return "minder dan 0,01%"
    return f"{number(value, 1 if value >= 1 or value == 0 else 2)}%"


def day(value: date) -> str:
    """A date written out: `1 oktober 2025`. A moment in time is told as the date in the Netherlands."""
    if isinstance(value, datetime):
        value = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(AMSTERDAM).date()
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def size_words(size: int) -> str:
    """The size of a file in bytes as people say it: `812 bytes`, `12 kB`, `1,4 MB`."""
    if size < 1000:
        return f"{size} bytes"
    return f"{number(size / 1000)} kB" if size < 1_000_000 else f"{number(size / 1_000_000, 1)} MB"


def is_period(text: str) -> bool:
    """Whether a text is written as a period: `2025`, `2023/24`, `2023-H1` or `2023-Q2`."""
    return _PERIOD.fullmatch(text) is not None


def is_period_of(text: str, kind: PeriodKind) -> bool:
    """Whether a text is written as a period of this kind: `2023-H1` is a half year, never a year."""
    return _FORMS_OF_PERIOD[kind].fullmatch(text) is not None


def year_of(period: str) -> int:
    """The year in which a period lies or starts: `2025` → 2025, `2023/24` → 2023, `2023-H2` → 2023."""
    return int(period[:4])


def axis_place(period: str) -> float:
    """Where a period begins on an axis of years: `2023` → 2023.0, `2023-H2` → 2023.5, `2023-Q2` → 2023.25."""
    part = _part_of_year(period)
    return year_of(period) + ((int(part[1]) - 1) / (2 if part[0] == "H" else 4) if part else 0.0)


def year_label(period: str, kind: PeriodKind) -> str:
    """A period as short as can be, for axes and cells: `2025`, `2023/24`, `1e hj 2023`, `2e kw 2023`."""
    year = year_of(period)
    if part := _part_of_year(period):
        return f"{part[1]}e {'hj' if part[0] == 'H' else 'kw'} {year}"
    return f"{year}/{(year + 1) % 100:02d}" if kind is PeriodKind.SCHOOL_YEAR else str(year)


def period_label(period: str, indicator: Indicator) -> str:
    """A period in full: `1 oktober 2025`, `2022`, `schooljaar 2023/24`, `eerste halfjaar van 2023`."""
    if part := _part_of_year(period):
        return f"{PART_NAMES[part]} van {year_of(period)}"
    label = year_label(period, indicator.period_kind)
    if indicator.period_kind is PeriodKind.REFERENCE_DATE:
        return f"{indicator.reference_day} {label}"
    return f"schooljaar {label}" if indicator.period_kind is PeriodKind.SCHOOL_YEAR else label


def moment(period: str, indicator: Indicator) -> str:
    """A period with its preposition: `op 1 oktober 2025`, `in 2022`, `in het eerste halfjaar van 2023`."""
    is_day = indicator.period_kind is PeriodKind.REFERENCE_DATE and not _part_of_year(period)
    return f"{'op' if is_day else 'in'} {period_words(period, indicator)}"


def period_words(period: str, indicator: Indicator) -> str:
    """A period inside a sentence, with its article: `2022`, `het eerste halfjaar van 2023`."""
    article = "het " if _part_of_year(period) else ""
    return f"{article}{period_label(period, indicator)}"


def _part_of_year(period: str) -> str:
    """`H1` of `2023-H1`, '' for a whole year."""
    return period.partition("-")[2]


def listing(words: list[str]) -> str:
    """`a, b en c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}" if words else ""


def uncapital(text: str) -> str:
    """The text as it stands after a colon: `De tabel` → `de tabel`, but `CBS-tabel` stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
