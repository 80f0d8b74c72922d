"""What the checks said of every file that was offered, loaded or refused."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class LoadReportRow(Base):
    """One attempt to load a file. A refused file has no version; it is kept on disk if there is room."""

    __tablename__ = "load_report"
    __table_args__ = (
        CheckConstraint("outcome IN ('geladen', 'geweigerd')", name="outcome"),
        CheckConstraint("outcome = 'geladen' OR version_id IS NULL", name="refused_has_no_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str]  # empty where the file could not be read at all
    size: Mapped[int]  # bytes
    profile: Mapped[str]  # empty where no profile fits
    outcome: Mapped[str]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("data_version.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")  # why it was refused, in one sentence
    kept_at: Mapped[str] = mapped_column(
        default=""
    )  # the name of the kept file, in the folder of refused ones
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]


class LoadFinding(Base):
    """One finding of one report; the order of `id` is the order of the report."""

    __tablename__ = "load_finding"
    __table_args__ = (
        CheckConstraint("severity IN ('goed', 'opmerking', 'waarschuwing', 'stop')", name="severity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("load_report.id"), index=True)
    severity: Mapped[str]  # loaders.checks.Level
    check: Mapped[str]  # loaders.checks.Check
    sheet: Mapped[str | None]
    row: Mapped[int | None]
    column: Mapped[str | None]
    region: Mapped[str | None]
    period: Mapped[str | None]
    indicator: Mapped[str | None]
    sentence: Mapped[str]
    help: Mapped[str]
