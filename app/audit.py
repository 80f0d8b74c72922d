"""Writing down what was done, in the transaction that does it."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.models import AuditEvent

COMMAND_LINE = "opdrachtregel"
"""The actor of commands, where nobody is logged in."""


def record(session: Session, *, by: str, action: str, subject: str, detail: str = "") -> None:
    """Add the audit row of one act. Never give it passwords, tokens or answers."""
    session.add(AuditEvent(at=datetime.now(UTC), actor=by, action=action, subject=subject, detail=detail))
