"""How a figure changed from one published version to the next: queries, and a plain sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.indicators import TOTAL, CellStatus, Figure, Indicator, PeriodStatus
from app.models import DataVersion, Observation, Region, Slice
from app.wording import amount


@dataclass(frozen=True, slots=True)
class Revision:
    """What one published version said of a figure, and how final it called it."""

    version_id: int
    published_at: datetime
    figure: Figure

    @property
    def status(self) -> PeriodStatus:
        """How final the publisher called the period then."""
        return self.figure.period_status


def load_revisions(
    session: Session, indicator: Indicator, period: str, region: str, *, breakdown: str = TOTAL
) -> list[Revision]:
    """Every value that a published version brought for one figure, the earliest loaded first.

    A version that kept the figure of the one before is not in the list; one that brought it again is.
    """
    query = (
        select(
            DataVersion.id,
            DataVersion.published_at,
            Slice.status,
            Observation.numerator_low,
            Observation.numerator_high,
            Observation.denominator_low,
            Observation.denominator_high,
            Observation.value,
            Observation.status,
            Observation.estimated,
            Observation.indirect,
        )
        .select_from(Slice)
        .join(DataVersion, DataVersion.id == Slice.version_id)
        .join(Observation, Observation.slice_id == Slice.id)
        .join(Region, Region.id == Observation.region_id)
        .where(
            Slice.indicator == indicator.id,
            Slice.period == period,
            Region.code == region,
            Observation.breakdown == breakdown,
            DataVersion.published_at.is_not(None),
        )
        .order_by(DataVersion.id)
    )
    return [_revision(tuple(row), indicator, period, region, breakdown) for row in session.execute(query)]


def _revision(row: Sequence[Any], indicator: Indicator, period: str, region: str, breakdown: str) -> Revision:
    version, moment, period_status, *counts, value, cell_status, estimated, indirect = row
    figure = Figure(
        region=region,
        period=period,
        breakdown=breakdown,
        numerator_low=counts[0],
        numerator_high=counts[1],
        denominator_low=counts[2],
        denominator_high=counts[3],
        value=value,
        status=CellStatus(cell_status),
        period_status=PeriodStatus(period_status),
        estimated=estimated,
        indirect=indirect,
        unit=indicator.unit,
    )
    return Revision(version, moment, figure)


def revision_sentence(revisions: list[Revision], indicator: Indicator) -> str:
    """`Was 13,1% (voorlopig, versie 3), nu 13,6% (definitief, versie 7).`; empty where nothing changed."""
    if len(revisions) < 2:
        return ""
    first, last = revisions[-2], revisions[-1]
    if (first.figure.low, first.figure.high, first.status) == (
        last.figure.low,
        last.figure.high,
        last.status,
    ):
        return ""
    return f"Was {_words(first, indicator)}, nu {_words(last, indicator)}."


def _words(revision: Revision, indicator: Indicator) -> str:
    low, high = revision.figure.low, revision.figure.high
    if low is None:
        value = "geen cijfer"
    elif high is None:
        value = f"{amount(low, indicator)} of meer"
    elif low == high:
        value = amount(low, indicator)
    else:
        value = f"tussen {amount(low, indicator)} en {amount(high, indicator)}"
    return f"{value} ({revision.status.value.replace('_', ' ')}, versie {revision.version_id})"
