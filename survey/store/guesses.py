"""Slowing down who guesses links and codes, per network. Links that exist are never slowed down."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.errors import TooManyRequests
from app.models import SurveyGuess

WINDOW = timedelta(minutes=15)
MOST = 30


def count_guess(session: Session, network: str, *, now: datetime) -> None:
    """Count an unknown link or code from a network (its keyed hash). `session` is in a write transaction.

    Raises:
        TooManyRequests: there were too many in the last fifteen minutes; nothing is counted then.
    """
    since = now - WINDOW
    session.execute(delete(SurveyGuess).where(SurveyGuess.at <= since))
    query = select(func.count(), func.min(SurveyGuess.at)).where(
        SurveyGuess.address_hash == network, SurveyGuess.at > since
    )
    count, oldest = session.execute(query).one()
    if count < MOST:
        session.add(SurveyGuess(address_hash=network, at=now))
        return
    seconds = max(1, int((oldest + WINDOW - now).total_seconds()))
    minutes = -(-seconds // 60)
    raise TooManyRequests(
        "Er is te vaak een onbekende link of code ingevuld. "
        f"Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} opnieuw.",
        retry_after=seconds,
    )
