"""Writing the answers of a round anew in random order, so that no trace of storage tells who sent which.

PostgreSQL keeps with every row which transaction wrote it (xmin) and where it lies (ctid): the one is equal
for an answer and for the invitation that was marked as sent in the same transaction, the other follows the
order of sending. Written anew in one transaction, all rows carry one number and lie in random order. SQLite
keeps these tables by their random keys (see app.models.survey_answers), which tell nothing.

What a row said before lies on in the files until the database gives it up: a draft that was sent still ties
answers to a person. So every night both give up all of it.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select, text
from sqlalchemy.orm import Session

from app.db import Database
from app.models import SurveyAnswer, SurveyList, SurveyOpenAnswer, SurveyResponse, SurveyRound

SETTLED = timedelta(days=2)
"""After so long a closed round changes no more but by withdrawals, which tell nothing."""

_ROWS_AT_ONCE = 5_000
_LOCK = text("LOCK TABLE survey_response, survey_answer, survey_open_answer IN SHARE ROW EXCLUSIVE MODE")
_VACUUM = text(
    "VACUUM survey_response, survey_answer, survey_open_answer,"
    " survey_draft, survey_draft_answer, survey_invitation"
)

Row = dict[str, Any]


def shuffle_rounds(db: Database, *, now: datetime) -> int:
    """Shuffle every round to which answers may have come since last time; returns how many lists."""
    if db.engine.dialect.name != "postgresql":
        db.fold_in()
        return 0
    with db.session() as session:
        lists = session.scalars(_unsettled(now)).all()
    for list_id in lists:
        with db.transaction() as session:
            shuffle_list(session, list_id)
    _forget_old_rows(db)
    return len(lists)


def shuffle_round(session: Session, round_id: int) -> None:
    """Shuffle every list of a round, in the transaction that closes it."""
    lists = select(SurveyList.id).where(SurveyList.round_id == round_id).order_by(SurveyList.id)
    for list_id in session.scalars(lists).all():
        shuffle_list(session, list_id)


def shuffle_list(session: Session, list_id: int) -> None:
    """Write the responses of one list anew, in the transaction of the caller.

    Whoever is sending or withdrawing at this moment is waited for, and who comes later waits: nothing is
    lost. The keys stay what they were: they are random, and receipts and reviewers find rows by them.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    # First the list, as a new response needs it: whoever holds it exclusively may still want the tables.
    held = select(SurveyList.id).where(SurveyList.id == list_id).with_for_update(read=True, key_share=True)
    session.execute(held)
    session.execute(_LOCK)
    responses = _rows(session, SurveyResponse.__table__, SurveyResponse.list_id == list_id)
    if not responses:
        return
    own = select(SurveyResponse.id).where(SurveyResponse.list_id == list_id)
    answers = _rows(session, SurveyAnswer.__table__, SurveyAnswer.response_id.in_(own))
    open_answers = _rows(session, SurveyOpenAnswer.__table__, SurveyOpenAnswer.response_id.in_(own))
    session.execute(delete(SurveyResponse).where(SurveyResponse.list_id == list_id))
    _write(session, SurveyResponse.__table__, responses)
    _write(session, SurveyAnswer.__table__, answers)
    _write(session, SurveyOpenAnswer.__table__, open_answers)


def _write(session: Session, table: Any, rows: Sequence[Row]) -> None:
    shuffled = list(rows)
    secrets.SystemRandom().shuffle(shuffled)
    for start in range(0, len(shuffled), _ROWS_AT_ONCE):
        session.connection().execute(insert(table), shuffled[start : start + _ROWS_AT_ONCE])


def _rows(session: Session, table: Any, condition: Any) -> list[Row]:
    found: Table = table
    return [dict(row) for row in session.connection().execute(select(found).where(condition)).mappings()]


def _unsettled(now: datetime) -> Any:
    is_open = or_(SurveyRound.closed_at.is_(None), SurveyRound.closed_at > now - SETTLED)
    return (
        select(SurveyList.id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(is_open)
        .where(select(SurveyResponse.id).where(SurveyResponse.list_id == SurveyList.id).exists())
        .order_by(SurveyList.id)
    )


def _forget_old_rows(db: Database) -> None:
    """Let PostgreSQL give up the rows as they stood before, which a copy of its files still holds."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(_VACUUM)
