"""What a person should know about a file: pure."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a problem means for the load."""

    NOTE = "opmerking"
    WARNING = "waarschuwing"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know about a file, in a plain Dutch sentence; row 1 is the first line."""

    sentence: str
    severity: Severity = Severity.STOP
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"blad {self.sheet}" if self.sheet else None,
                f"rij {self.row}" if self.row else None,
                f"kolom {self.column}" if self.column else None,
            )
            if part
        )
        return f"[{self.severity}] {place + ': ' if place else ''}{self.sentence}"
