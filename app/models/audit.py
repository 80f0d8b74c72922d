"""What was done, by whom and when. No foreign keys: a row outlives what it speaks of."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class AuditEvent(Base):
    """One act. Never holds passwords, tokens or answers."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str]  # login, or 'opdrachtregel' / 'onbekend'
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
