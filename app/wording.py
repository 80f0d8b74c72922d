"""How numbers, dates and periods are written in Dutch: pure."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.indicators import Indicator, PeriodKind, Unit

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
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
_PERIOD = re.compile(r"[0-9]{4}(/[0-9]{2})?")
_SWAP = str.maketrans({",": ".", ".": ","})


def number(value: float, decimals: int = 0) -> str:
    """`1234.5` with one decimal → `1.234,5`; a true minus sign, and never a minus before zero."""
    text = f"{abs(value):,.{decimals}f}".translate(_SWAP)
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign: `+0,3`, `−0,3`, and `0,0` where nothing is left after rounding."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def amount(value: float, indicator: Indicator) -> str:
    """A figure in the indicator's unit: `2,0%` or `61.718`."""
    text = number(value, indicator.decimals)
    return f"{text}%" if indicator.unit is Unit.PERCENT else text


def share(value: float) -> str:
    """A part of the country in percent, with a second decimal for the small ones: `4,9%`, `0,08%`."""
    return f"{number(value, 1 if value >= 1 or value == 0 else 2)}%"


def day(value: date) -> str:
    """A date written out: `1 oktober 2025`. A moment in time is told as the date in the Netherlands."""
    if isinstance(value, datetime):
        value = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(AMSTERDAM).date()
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def is_period(text: str) -> bool:
    """Whether a text is written as a period: `2025` or `2023/24`."""
    return _PERIOD.fullmatch(text) is not None


def year_of(period: str) -> int:
    """The year in which a period lies or starts: `2025` → 2025, `2023/24` → 2023."""
    return int(period[:4])


def year_label(period: str, kind: PeriodKind) -> str:
    """A period as short as can be, for axes and cells: `2025`, or `2023/24` for a school year."""
    year = year_of(period)
    return f"{year}/{(year + 1) % 100:02d}" if kind is PeriodKind.SCHOOL_YEAR else str(year)


def period_label(period: str, indicator: Indicator) -> str:
    """A period in full: `1 oktober 2025`, `2022` or `schooljaar 2023/24`."""
    label = year_label(period, indicator.period_kind)
    if indicator.period_kind is PeriodKind.REFERENCE_DATE:
        return f"{indicator.reference_day} {label}"
    return f"schooljaar {label}" if indicator.period_kind is PeriodKind.SCHOOL_YEAR else label


def moment(period: str, indicator: Indicator) -> str:
    """A period with its preposition: `op 1 oktober 2025`, `in 2022`, `in schooljaar 2023/24`."""
    preposition = "op" if indicator.period_kind is PeriodKind.REFERENCE_DATE else "in"
    return f"{preposition} {period_label(period, indicator)}"


def listing(words: list[str]) -> str:
    """`a, b en c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}" if words else ""


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
