"""Drafts: begun once per invitation, open link or organisation, and gone once their answers are sent."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from app.errors import AccessDenied
from app.models import (
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyResponse,
)
from survey.definition import Value
from survey.store.doors import Door, Kind
from survey.store.organisations import has_answered
from survey.tokens import Token, make_id, make_nonce, receipt_hash, receipt_of, token_hash, token_of

SENT, DECLINED = "verzonden", "geweigerd"
_BEFORE = {"geopend": ("uitgenodigd",), "begonnen": ("uitgenodigd", "geopend")}
"""State of an invitation → the states from which it comes there."""


@dataclass(frozen=True)
class Draft:
    """Answers on their way. `versions` also names answers that were taken back; `answers` does not."""

    id: str
    version: int
    language: str
    submission_id: str
    answers: Mapping[str, Value]
    versions: Mapping[str, int]


def load_draft(session: Session, door: Door, *, lock: bool = False) -> Draft | None:
    """The draft behind a door; None if there is none (any more).

    Args:
        lock: let nobody else change or send it until the transaction ends. Only in a write transaction.
    """
    owner = _owner(door)
    if owner is None:
        return None
    query = select(
        SurveyDraft.id, SurveyDraft.version, SurveyDraft.language, SurveyDraft.submission_id
    ).where(owner)
    row = session.execute(query.with_for_update() if lock else query).first()
    if row is None:
        return None
    stored = session.execute(
        select(SurveyDraftAnswer.question, SurveyDraftAnswer.value, SurveyDraftAnswer.version)
        .where(SurveyDraftAnswer.draft_id == row.id)
        .order_by(SurveyDraftAnswer.question)
    ).all()
    values = {each.question: cast("Value | None", json.loads(each.value)) for each in stored}
    return Draft(
        row.id,
        row.version,
        row.language,
        row.submission_id or "",
        {question: value for question, value in values.items() if value is not None},
        {each.question: each.version for each in stored},
    )


def begin(
    session: Session, door: Door, *, key: bytes, language: str = "nl", submission_id: str = ""
) -> Token | None:
    """Make the draft behind a door, unless it is there already.

    Args:
        language: also changes that of a draft that is there.
        submission_id: made by the client; one of our own where it is no UUID, or used elsewhere.

    Returns:
        The token of the own link that leads back, for who came by an open link; else None.

    Raises:
        AccessDenied: the answers were sent already, or the invitee does not take part.
    """
    found = load_draft(session, door, lock=True)
    if found is not None:
        session.execute(update(SurveyDraft).where(SurveyDraft.id == found.id).values(language=language))
        _mark(session, door, "begonnen")
        return None
    _take_turn(session, door)
    if is_sent(session, door):
        raise AccessDenied("Deze vragenlijst is al verstuurd.")
    if is_declined(session, door):
        raise AccessDenied("Er is gezegd dat deze vragenlijst niet wordt ingevuld.")
    if load_draft(session, door) is not None:  # without its lock: who holds that one may wait for our turn
        return None
    own = token_of(key, make_nonce()) if door.kind is Kind.OPEN else None
    wanted = _free_submission_id(session, key, submission_id)
    _add(session, door, token_hash(key, own) if own else None, language, wanted)
    _mark(session, door, "begonnen")
    return own


def _add(session: Session, door: Door, hashed: str | None, language: str, submission_id: str) -> None:
    session.add(
        SurveyDraft(
            id=make_id(),
            list_id=door.list_id,
            group_id=None if door.region_code else door.group_id,
            invitation_id=None if door.region_code else door.invitation_id,
            token_hash=hashed,
            region_code=door.region_code,
            language=language,
            version=0,
            submission_id=submission_id,
        )
    )
    session.flush()


def is_sent(session: Session, door: Door) -> bool:
    """Whether the answers of this invitee or organisation were sent."""
    if door.kind is Kind.INVITATION and _state(session, door) == SENT:
        return True
    return door.region_code is not None and has_answered(session, door.list_id, door.region_code)


def is_declined(session: Session, door: Door) -> bool:
    """Whether the invitee said not to take part."""
    return door.kind is Kind.INVITATION and _state(session, door) == DECLINED


def mark_opened(session: Session, door: Door) -> None:
    """Count that somebody looked at a questionnaire; nothing for an own link or an account."""
    _mark(session, door, "geopend")


def mark_sent(session: Session, door: Door) -> None:
    """Count that answers were sent; the invitation stays sent for good."""
    if door.kind is Kind.INVITATION:
        _set_state(session, door, SENT)
    elif door.kind is Kind.OWN:
        _count(session, door, "sent")


def _owner(door: Door) -> ColumnElement[bool] | None:
    if door.region_code is not None:
        return (SurveyDraft.list_id == door.list_id) & (SurveyDraft.region_code == door.region_code)
    if door.kind is Kind.INVITATION:
        return SurveyDraft.invitation_id == door.invitation_id
    if door.kind is Kind.OWN:
        return SurveyDraft.id == door.draft_id
    return None


def _state(session: Session, door: Door) -> str | None:
    return session.scalar(select(SurveyInvitation.state).where(SurveyInvitation.id == door.invitation_id))


def _take_turn(session: Session, door: Door) -> None:
    """Let beginners of one draft go one after another; SQLite does so by itself."""
    if door.region_code is not None:
        query = select(SurveyList.id).where(SurveyList.id == door.list_id)
    elif door.kind is Kind.INVITATION:
        query = select(SurveyInvitation.id).where(SurveyInvitation.id == door.invitation_id)  # type: ignore[assignment]
    else:
        return
    session.execute(query.with_for_update())


def _free_submission_id(session: Session, key: bytes, proposed: str) -> str:
    wanted = read_submission_id(proposed)
    if wanted is None:
        return str(uuid.uuid4())
    receipt = receipt_hash(key, receipt_of(key, wanted))
    is_taken = session.scalar(
        select(
            exists().where(SurveyDraft.submission_id == wanted)
            | exists().where(SurveyResponse.receipt_hash == receipt)
        )
    )
    return str(uuid.uuid4()) if is_taken else wanted


def read_submission_id(text: str) -> str | None:
    """A random UUID as clients make it, in one writing; None for anything else."""
    try:
        read = uuid.UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
    return str(read) if read is not None and read.version == 4 else None


def _mark(session: Session, door: Door, state: str) -> None:
    if door.kind is Kind.INVITATION:
        _set_state(session, door, state)
    elif door.kind is Kind.OPEN:
        _count(session, door, "opened" if state == "geopend" else "started")


def _set_state(session: Session, door: Door, state: str) -> None:
    same = SurveyInvitation.id == door.invitation_id
    before = _BEFORE.get(state)
    condition = same if before is None else same & SurveyInvitation.state.in_(before)
    session.execute(
        update(SurveyInvitation)
        .where(condition)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )


def _count(session: Session, door: Door, column: str) -> None:
    counted = getattr(SurveyGroup, column)
    session.execute(
        update(SurveyGroup)
        .where(SurveyGroup.id == door.group_id)
        .values({column: counted + 1})
        .execution_options(synchronize_session=False)
    )
