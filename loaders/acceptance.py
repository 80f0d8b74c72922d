"""Warnings about a version that somebody looked at: listed, ticked one by one, counted before publishing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app import audit
from app.errors import LoadRefused
from app.models import AcceptedFinding, DataVersion, LoadFinding, LoadReportRow
from loaders.findings import Finding, Level
from loaders.reports import finding_of

_LAST_ID = 2**31 - 1
"""A database refuses larger numbers in its own words."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning about a version; the last three are None until somebody accepted it."""

    id: int
    finding: Finding
    reason: str | None
    by: str | None
    at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody accepted it yet."""
        return self.reason is None


def list_warnings(session: Session, version_id: int) -> list[Warned]:
    """Every warning about a version, in the order of its report."""
    query = (
        select(LoadFinding, AcceptedFinding.reason, AcceptedFinding.by, AcceptedFinding.at)
        .join(LoadReportRow, LoadReportRow.id == LoadFinding.report_id)
        .outerjoin(AcceptedFinding, AcceptedFinding.finding_id == LoadFinding.id)
        .where(*_of_version(version_id))
        .order_by(LoadFinding.id)
    )
    return [Warned(row.id, finding_of(row), reason, by, at) for row, reason, by, at in session.execute(query)]


def count_open(session: Session, version_id: int) -> tuple[int, int | None]:
    """(warnings about a version that nobody accepted, number of the report that holds them)."""
    open_ones = _open(version_id).subquery()
    query = select(func.count(), func.max(open_ones.c.report_id)).select_from(open_ones)
    number, report_id = session.execute(query).one()
    return number, report_id


def accept_warnings(session: Session, version_id: int, reasons: Mapping[int, str], *, by: str) -> int:
    """Write down why warnings, by their number, are no objection; how many were still open.

    One that somebody else accepted in the meantime keeps that reason.

    Raises:
        LoadRefused: the version does not wait for publication, or a warning is not one of its own.
    """
    _require_staged(session, version_id)
    known = set(session.scalars(_ids(version_id)))
    if unknown := sorted(set(reasons) - known):
        raise LoadRefused(f"Waarschuwing {unknown[0]} hoort niet bij versie {version_id}.")
    is_open = {row.id for row in session.execute(_open(version_id))}
    number = _add(session, {key: reason for key, reason in reasons.items() if key in is_open}, by=by)
    if number:
        words = "1 waarschuwing" if number == 1 else f"{number} waarschuwingen"
        audit.record(session, by=by, action="accept", subject=f"versie {version_id}", detail=words)
    return number


def accept_rest(session: Session, version_id: int, reason: str, *, by: str) -> None:
    """Accept every open warning of a version for one reason; the audit row is that of the publication."""
    _add(session, {row.id: reason for row in session.execute(_open(version_id))}, by=by)


def _add(session: Session, reasons: Mapping[int, str], *, by: str) -> int:
    now = datetime.now(UTC)
    session.add_all(
        AcceptedFinding(finding_id=key, at=now, by=by, reason=reason) for key, reason in reasons.items()
    )
    session.flush()
    return len(reasons)


def _require_staged(session: Session, version_id: int) -> None:
    """Hold the version, so that it is neither published nor removed meanwhile."""
    known = 0 < version_id <= _LAST_ID
    version = session.get(DataVersion, version_id, with_for_update=True) if known else None
    if version is None:
        raise LoadRefused(f"Versie {version_id} bestaat niet.")
    if version.state != "staged":
        raise LoadRefused(f"Versie {version_id} is al gepubliceerd; er valt niets meer te bevestigen.")


def _ids(version_id: int) -> Select[int]:
    return (
        select(LoadFinding.id)
        .join(LoadReportRow, LoadReportRow.id == LoadFinding.report_id)
        .where(*_of_version(version_id))
    )


def _open(version_id: int) -> Select[int, int]:
    return (
        select(LoadFinding.id, LoadFinding.report_id)
        .join(LoadReportRow, LoadReportRow.id == LoadFinding.report_id)
        .outerjoin(AcceptedFinding, AcceptedFinding.finding_id == LoadFinding.id)
        .where(*_of_version(version_id), AcceptedFinding.finding_id.is_(None))
        .order_by(LoadFinding.id)
    )


def _of_version(version_id: int) -> tuple[ColumnElement[bool], ...]:
    return LoadReportRow.version_id == version_id, LoadFinding.severity == Level.WARN
