"""Periods as publishers write them, to the one form of this product: pure.

`2022`, `2023/24`, `2023-H1`, `2023-Q2`; a reference date is its year, the day stands in the catalogue.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from app.indicators import PeriodStatus

STATUS_MARKS = {
    "**": PeriodStatus.REVISED_PROVISIONAL,
    "*": PeriodStatus.PROVISIONAL,
    "": None,
}
STATUS_WORDS = {
    "Definitief": PeriodStatus.FINAL,
    "NaderVoorlopig": PeriodStatus.REVISED_PROVISIONAL,
    "Voorlopig": PeriodStatus.PROVISIONAL,
}


class PeriodForm(StrEnum):
    """What a column with periods holds."""

    YEAR = "jaar"
    SCHOOL_YEAR = "schooljaar"
    HALF_YEAR = "halfjaar"
    QUARTER = "kwartaal"
    DAY = "peildatum"


_YEAR = re.compile(r"((?:19|20)\d{2})(?:JJ00)?", re.ASCII)
_SCHOOL_CODE = re.compile(r"((?:19|20)\d{2})SJ00", re.ASCII)
_SCHOOL_TITLE = re.compile(r"((?:19|20)\d{2})\s*[/–-]\s*['’‘]?(\d{2}|(?:19|20)\d{2})", re.ASCII)
_HALF = (
    re.compile(r"(?P<part>[12])e halfjaar (?P<year>(?:19|20)\d{2})", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2}) (?P<part>[12])e halfjaar", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2})HJ0(?P<part>[12])", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2})-H(?P<part>[12])", re.ASCII),
)
_QUARTER = (
    re.compile(r"(?P<part>[1-4])e kwartaal (?P<year>(?:19|20)\d{2})", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2}) (?P<part>[1-4])e kwartaal", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2})KW0(?P<part>[1-4])", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2})-Q(?P<part>[1-4])", re.ASCII),
)
_DAY = re.compile(r"(\d{1,2} [a-z]+) ((?:19|20)\d{2})", re.ASCII)


def parse_period(text: str, form: PeriodForm, day: str = "") -> tuple[str, PeriodStatus | None] | None:
    """(period, how final its mark calls it) of a cell; None when it is no period of this form.

    `2022*` → (`2022`, provisional); `2015SJ00` and `2015/'16` → `2015/16`; `1e halfjaar 2023**` → `2023-H1`;
    `30 juni 2023*` with `day` 30 juni → `2023`. A mark that is absent says nothing: None.
    """
    bare = text.rstrip("*").strip()
    mark = text.strip()[len(bare) :].strip()
    if mark not in STATUS_MARKS:
        return None
    period = _PARSERS[form](bare) if form is not PeriodForm.DAY else _day(bare, day)
    return (period, STATUS_MARKS[mark]) if period else None


def _year(text: str) -> str | None:
    match = _YEAR.fullmatch(text)
    return match.group(1) if match else None


def _school_year(text: str) -> str | None:
    if match := _SCHOOL_CODE.fullmatch(text):
        first = int(match.group(1))
    elif match := _SCHOOL_TITLE.fullmatch(text):
        first = int(match.group(1))
        if int(match.group(2)) not in (first + 1, (first + 1) % 100):
            return None
    else:
        return None
    return f"{first}/{(first + 1) % 100:02d}"


def _half_year(text: str) -> str | None:
    match = next((found for pattern in _HALF if (found := pattern.fullmatch(text))), None)
    return f"{match['year']}-H{match['part']}" if match else None


def _quarter(text: str) -> str | None:
    match = next((found for pattern in _QUARTER if (found := pattern.fullmatch(text))), None)
    return f"{match['year']}-Q{match['part']}" if match else None


def _day(text: str, day: str) -> str | None:
    """The year of a reference date; a year alone stands for the day that the recipe names."""
    if match := _DAY.fullmatch(text):
        return match.group(2) if match.group(1) == day else None
    return _year(text)


_PARSERS: dict[PeriodForm, Callable[[str], str | None]] = {
    PeriodForm.YEAR: _year,
    PeriodForm.SCHOOL_YEAR: _school_year,
    PeriodForm.HALF_YEAR: _half_year,
    PeriodForm.QUARTER: _quarter,
}
