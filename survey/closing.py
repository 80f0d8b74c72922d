"""The end of a round, in one transaction: its state, and whatever is made once at that moment."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import Database
from survey import rounds


def close_for_good(session: Session, round_id: int, *, by: str, now: datetime) -> bool:
    """Close an open round; False if it is not open (any more)."""
    return rounds.close_round(session, round_id, by=by, now=now)


def close_past(db: Database, *, now: datetime) -> list[int]:
    """Close every round of which the last day has passed, each in a transaction of its own.

    Who extends a round in this moment, or did since the rounds were listed, keeps it open.
    """
    today = rounds.today_in_amsterdam(now)
    with db.session() as session:
        past = rounds.list_past(session, today)
    closed = []
    for round_id in past:
        with db.transaction() as session:
            if rounds.close_round(session, round_id, by=rounds.WORKER, now=now, before=today):
                closed.append(round_id)
    return closed
