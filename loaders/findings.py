"""What a check has to say: one finding per thing, and the report they make together: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.indicators import Indicator
from loaders.files import Problem

Place = Mapping[str, Any]
"""Fields of a finding that say where it is."""

MOST_SHOWN = 20
"""Of one fault, as many places are named; the rest is counted."""


class Level(StrEnum):
    """What a finding means for the load."""

    PASS = "goed"  # noqa: S105 - a verdict
    NOTE = "opmerking"
    WARN = "waarschuwing"
    STOP = "stop"


class Check(StrEnum):
    """Which check found it; the value is what the report calls it."""

    READING = "lezen"
    STRUCTURE = "structuur"
    CODES = "codes"
    PERIODS = "perioden"
    STATUS = "status van de periode"
    DOUBLES = "dubbele cijfers"
    UNITS = "eenheid en decimalen"
    HIDDEN = "verborgen cijfers"
    TOTALS = "totaal van Nederland"
    PARTS = "delen en totaal"
    CHANGE = "vergeleken met de vorige periode"
    FACTOR = "alles keer 10, 100 of 1000"
    BANDS = "gewone waarden"
    REGIONS = "regio's erbij of weg"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check saw, in a plain Dutch sentence, with what a person can do about it.

    `row` is the row in the file (row 1 is the first line), `column` the column there, where they are known.
    """

    level: Level
    check: Check
    sentence: str
    help: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    region: str | None = None
    period: str | None = None
    indicator: str | None = None
    more: int = 0  # this many others of its kind, without their places

    @property
    def place(self) -> str:
        """Where it is: `rij 3, kolom aantal, GM0363, 2022, jh-pct`; empty if it is about the whole file."""
        parts = (
            f"blad {self.sheet}" if self.sheet else "",
            f"rij {self.row}" if self.row else "",
            f"kolom {self.column}" if self.column else "",
            self.region or "",
            self.period or "",
            self.indicator or "",
        )
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        place = self.place
        return f"[{self.level}] {place + ': ' if place else ''}{self.sentence}"


@dataclass(frozen=True)
class Report:
    """Every finding of one load, the gravest first, and what was counted in the file."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, level: Level) -> tuple[Finding, ...]:
        """The findings of one level, in the order of the checks."""
        return tuple(finding for finding in self.findings if finding.level is level)

    @property
    def is_refused(self) -> bool:
        """Whether anything stops the load."""
        return any(finding.level is Level.STOP for finding in self.findings)

    @property
    def levels(self) -> Counter[Level]:
        """How many findings of each level."""
        return Counter(finding.level for finding in self.findings)


_GRAVITY = {Level.STOP: 0, Level.WARN: 1, Level.NOTE: 2, Level.PASS: 3}
_PLACES = {check: place for place, check in enumerate(Check)}


def make_report(findings: Iterable[Finding], counts: Mapping[str, int]) -> Report:
    """The report: gravest first, then by check; places beyond the limit become one line with their number."""
    groups: dict[tuple[Level, Check, str, str | None], list[Finding]] = {}
    for finding in findings:
        key = finding.level, finding.check, finding.help, finding.indicator
        groups.setdefault(key, []).append(finding)
    kept = [finding for group in groups.values() for finding in _limited(group)]
    kept.sort(key=lambda finding: (_GRAVITY[finding.level], _PLACES[finding.check]))
    return Report(tuple(kept), dict(counts))


def _limited(group: list[Finding]) -> list[Finding]:
    named = [finding for finding in group if not finding.more]
    rest = sum(finding.more for finding in group) + max(0, len(named) - MOST_SHOWN)
    if not rest:
        return named
    return [*named[:MOST_SHOWN], more_of(group[0], rest)]


def more_of(first: Finding, number: int) -> Finding:
    """The line that stands for `number` findings like `first` whose places are not named."""
    sentence = f"Zo zijn er nog {number}."
    return Finding(first.level, first.check, sentence, first.help, indicator=first.indicator, more=number)


def from_problem(problem: Problem, file: str) -> Finding:
    """What the reader noticed, as a finding; a member of a folder or zip is named like a sheet."""
    member = problem.file if problem.file not in (None, file) else None
    return Finding(
        Level(problem.severity.value),
        Check.READING,
        problem.sentence,
        "Herstel het bestand op deze plek, of haal het opnieuw op bij de bron."
        if problem.severity.value == Level.STOP
        else "",
        sheet=problem.sheet or member,
        row=problem.row,
        column=problem.column,
    )


def column_of(indicator: Indicator | None) -> str | None:
    """The column in the publisher's file, as the catalogue names it."""
    return indicator.source_columns if indicator and len(indicator.source_columns) <= 60 else None
