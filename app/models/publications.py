"""What was shown when: every turn of the switch, and the warnings that somebody accepted before."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class PublicationEvent(Base):
    """One turn of the switch: from which version to which, by whom and why.

    `previous_id` is None for the first. `is_undo` marks the return to a version that was shown before.
    `reason` is public: it stands in the change log of the data.
    """

    __tablename__ = "publication_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[str]
    version_id: Mapped[int] = mapped_column(ForeignKey("data_version.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("data_version.id"))
    is_undo: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")


class AcceptedFinding(Base):
    """A warning in a report that a person looked at, and why it is no objection."""

    __tablename__ = "accepted_finding"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    finding_id: Mapped[int] = mapped_column(
        ForeignKey("load_finding.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
    reason: Mapped[str]
