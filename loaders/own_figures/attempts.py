"""How often somebody may offer a file with own figures: counted in the database, for all workers together."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import TooManyRequests
from app.models import OwnAttempt
from loaders.own_figures.turns import ATTEMPTS, wait_for_turn

WINDOW = timedelta(hours=1)
MOST_PER_HOUR = 20
MOST_AT_ONCE = 3
"""Files that are read at the same moment, whoever sent them: each takes a process of its own."""

LONGEST = timedelta(seconds=60)
"""A file that was offered longer ago is no longer being read: its worker is gone."""


@contextmanager
def one_attempt(db: Database, user_id: int, *, now: datetime | None = None) -> Iterator[None]:
    """Count an attempt, and hold off others of the same person until the block ends.

    Raises:
        TooManyRequests: too many in the last hour, or one is still being read; nothing is counted then.
    """
    moment = now or datetime.now(UTC)
    with db.transaction() as session:
        attempt = _reserve(session, user_id, moment)
    try:
        yield
    finally:
        with db.transaction() as session:
            if (row := session.get(OwnAttempt, attempt)) is not None:
                row.ended_at = max(moment, datetime.now(UTC))


def _reserve(session: Session, user_id: int, now: datetime) -> int:
    wait_for_turn(session, ATTEMPTS)
    session.execute(delete(OwnAttempt).where(OwnAttempt.at <= now - WINDOW))
    query = select(func.count(), func.min(OwnAttempt.at)).where(OwnAttempt.user_id == user_id)
    count, oldest = session.execute(query).one()
    if count >= MOST_PER_HOUR:
        seconds = max(1, int((oldest + WINDOW - now).total_seconds()))
        words = f"U heeft het afgelopen uur {count} bestanden verstuurd. Probeer het later opnieuw."
        raise TooManyRequests(words, retry_after=seconds)
    _refuse_while_reading(session, user_id, now)
    row = OwnAttempt(user_id=user_id, at=now)
    session.add(row)
    session.flush()
    return row.id


def _refuse_while_reading(session: Session, user_id: int, now: datetime) -> None:
    running = select(OwnAttempt.user_id).where(OwnAttempt.ended_at.is_(None), OwnAttempt.at > now - LONGEST)
    readers = list(session.scalars(running))
    seconds = int(LONGEST.total_seconds())
    if user_id in readers:
        words = "Uw vorige bestand wordt nog gelezen. Wacht tot dat klaar is en probeer het dan opnieuw."
        raise TooManyRequests(words, retry_after=seconds)
    if len(readers) >= MOST_AT_ONCE:
        words = "Er worden nu te veel bestanden tegelijk gelezen. Probeer het over een minuut opnieuw."
        raise TooManyRequests(words, retry_after=seconds)
