"""Reports of loads in the database: stored once, printed again, and asked before publishing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import LoadRefused
from app.models import LoadFinding, LoadReportRow
from loaders.findings import Check, Finding, Level, Report

LOADED, REFUSED = "geladen", "geweigerd"
_LAST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Attempt:
    """One file that was offered: what it is called, its hash, and which loader would read it."""

    file: str
    sha256: str
    size: int
    profile: str
    by: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as it was written down. `kept_at` names the kept file of a refused load."""

    id: int
    file: str
    sha256: str
    outcome: str
    version_id: int | None
    reason: str
    kept_at: str
    at: datetime
    by: str
    findings: tuple[Finding, ...] = ()


class FileRefused(LoadRefused):
    """A file that was refused and whose report is kept; `problems` are its findings that stop."""

    def __init__(self, message: str, problems: Sequence[object], report_id: int) -> None:
        super().__init__(message, tuple(problems))
        self.report_id = report_id


def store_report(
    session: Session,
    attempt: Attempt,
    report: Report,
    *,
    version_id: int | None = None,
    reason: str = "",
    kept_at: str = "",
) -> int:
    """Write a report down and return its number. With a `reason` it is that of a refused file."""
    row = LoadReportRow(
        file_name=attempt.file,
        sha256=attempt.sha256,
        size=attempt.size,
        profile=attempt.profile,
        outcome=REFUSED if reason else LOADED,
        version_id=version_id,
        reason=reason,
        kept_at=kept_at,
        at=datetime.now(UTC),
        by=attempt.by,
    )
    session.add(row)
    session.flush()
    session.add_all(_finding_row(row.id, finding) for finding in report.findings)
    session.flush()
    return row.id


def _finding_row(report_id: int, finding: Finding) -> LoadFinding:
    return LoadFinding(
        report_id=report_id,
        severity=finding.level,
        check=finding.check,
        sheet=finding.sheet,
        row=finding.row,
        column=finding.column,
        region=finding.region,
        period=finding.period,
        indicator=finding.indicator,
        sentence=finding.sentence,
        help=finding.help,
    )


def load_report(session: Session, report_id: int | None = None) -> StoredReport:
    """One report with its findings; without a number the latest.

    Raises:
        LoadRefused: there is none.
    """
    query = select(LoadReportRow).order_by(LoadReportRow.id.desc()).limit(1)
    if report_id is not None:
        query = query.where(LoadReportRow.id == (report_id if 0 < report_id <= _LAST_ID else 0))
    row = session.scalar(query)
    if row is None:
        raise LoadRefused(
            "Er is nog niets geladen." if report_id is None else f"Rapport {report_id} bestaat niet."
        )
    findings = session.scalars(
        select(LoadFinding).where(LoadFinding.report_id == row.id).order_by(LoadFinding.id)
    )
    return _stored(row, tuple(finding_of(found) for found in findings))


def list_refused(session: Session) -> list[StoredReport]:
    """Every refused file, the newest first, without its findings."""
    query = select(LoadReportRow).where(LoadReportRow.outcome == REFUSED).order_by(LoadReportRow.id.desc())
    return [_stored(row, ()) for row in session.scalars(query)]


def _stored(row: LoadReportRow, findings: tuple[Finding, ...]) -> StoredReport:
    return StoredReport(
        row.id,
        row.file_name,
        row.sha256,
        row.outcome,
        row.version_id,
        row.reason,
        row.kept_at,
        row.at,
        row.by,
        findings,
    )


def finding_of(row: LoadFinding) -> Finding:
    """A finding as it was written down."""
    return Finding(
        Level(row.severity),
        Check(row.check),
        row.sentence,
        row.help,
        sheet=row.sheet,
        row=row.row,
        column=row.column,
        region=row.region,
        period=row.period,
        indicator=row.indicator,
    )
