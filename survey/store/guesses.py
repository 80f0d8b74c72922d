"""Slowing down, per network, who guesses links and codes, or begins over an open link without end.

A link that exists is never slowed down; neither is who goes on with what they began.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.errors import TooManyRequests
from app.models import SurveyGuess

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Throttle:
    """How often something may be tried from one network within fifteen minutes."""

    name: str
    most: int


GUESSES = Throttle("survey", 30)
STARTS = Throttle("survey-start", 200)
"""Several classes behind the address of one school may begin at once; a script may not go on for ever."""


def count_try(
    session: Session, network: str, throttle: Throttle, words: Callable[[int], str], *, now: datetime
) -> None:
    """Count one try from a network (its hash, keyed for this throttle). `session` is in a write transaction.

    Args:
        words: what to say to who must wait, from the minutes.

    Raises:
        TooManyRequests: there were too many in the last fifteen minutes; nothing is counted then.
    """
    since = now - WINDOW
    session.execute(delete(SurveyGuess).where(SurveyGuess.at <= since))
    query = select(func.count(), func.min(SurveyGuess.at)).where(
        SurveyGuess.address_hash == network, SurveyGuess.at > since
    )
    count, oldest = session.execute(query).one()
    if count < throttle.most:
        session.add(SurveyGuess(address_hash=network, at=now))
        return
    seconds = max(1, int((oldest + WINDOW - now).total_seconds()))
    raise TooManyRequests(words(-(-seconds // 60)), retry_after=seconds)
