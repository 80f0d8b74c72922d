"""Background work about data: files to read and sources to fetch, and the worker that does it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class DataJob(Base):
    """One file that somebody uploaded, or one source that somebody asked to fetch, and how far it is.

    `id` is random: it stands in addresses. `stored_at` is the name of the kept upload below DATA_DIR, empty
    for a fetch. `seen_at` is the last sign of life of the worker that has it, `attempts` how often one began.
    """

    __tablename__ = "data_job"
    __table_args__ = (
        CheckConstraint("kind IN ('bestand', 'ophalen')", name="kind"),
        CheckConstraint(
            "state IN ('wacht', 'bezig', 'klaar', 'geweigerd', 'mislukt', 'gestopt')", name="state"
        ),
        CheckConstraint("(finished_at IS NULL) = (state IN ('wacht', 'bezig'))", name="finished"),
        Index("ix_data_job_state", "state", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]  # of the file as the browser called it, or of the source
    stored_at: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)  # bytes
    profile: Mapped[str] = mapped_column(default="")  # chosen by a person; empty: by the content
    is_reread: Mapped[bool] = mapped_column(default=False)  # read anew, though it was read before
    allows_older: Mapped[bool] = mapped_column(default=False)  # provisional figures may replace final ones
    state: Mapped[str] = mapped_column(default="wacht")
    step: Mapped[str] = mapped_column(default="")  # what is being done, in words
    message: Mapped[str] = mapped_column(default="")  # how it ended, in one sentence
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("data_version.id", ondelete="SET NULL"), index=True
    )
    report_id: Mapped[int | None] = mapped_column(ForeignKey("load_report.id"))


class WorkerSign(Base):
    """The last sign of life of the background worker; one row."""

    __tablename__ = "worker_sign"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
