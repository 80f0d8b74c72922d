"""A figure that a region brings itself, the file it came in, and what that changed: pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.indicators import CellStatus, Figure, Indicator, PeriodStatus


class CellKey(NamedTuple):
    """Which figure of a region."""

    indicator: str
    period: str
    breakdown: str


@dataclass(frozen=True, slots=True)
class OwnCell:
    """One figure as a form gave it: numerator and denominator where it did, else `value`."""

    key: CellKey
    numerator: float | None
    denominator: float | None
    value: float | None
    status: CellStatus
    period_status: PeriodStatus
    source_row: int | None

    def figure(self, region: str, indicator: Indicator) -> Figure:
        """The same as pages and words know figures."""
        return Figure(
            region=region,
            period=self.key.period,
            breakdown=self.key.breakdown,
            numerator_low=self.numerator,
            numerator_high=self.numerator,
            denominator_low=self.denominator,
            denominator_high=self.denominator,
            value=self.value,
            status=self.status,
            period_status=self.period_status,
            unit=indicator.unit,
        )


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was stored. The name is for people only."""

    id: int
    file_name: str
    at: datetime
    by: str
    figures: int
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


class Change(NamedTuple):
    """What an upload did to one figure; `before` is None where there was none."""

    before: OwnCell | None
    after: OwnCell


class ShownGroup(NamedTuple):
    """The value of a group as everybody in it sees it, over so many regions, and since when it stands."""

    value: float
    contributors: int
    since: datetime
