"""Sending, exactly once: the answers come to stand with the responses and leave the draft in one transaction.

What is written here knows no invitation, no person and no moment; only the code of the receipt leads to it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.models import (
    Region,
    SurveyAnswer,
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
)
from survey.definition import OTHER, Questionnaire, Scale, Value
from survey.store.doors import Door
from survey.store.drafts import Draft, mark_sent
from survey.store.organisations import has_answered
from survey.tokens import Token, make_id, receipt_hash, receipt_of


@dataclass(frozen=True)
class Sending:
    """Who sends what: a door, its draft, read with its lock in this transaction, and what to keep of it."""

    door: Door
    draft: Draft
    questionnaire: Questionnaire
    answers: Mapping[str, Value]


def send(session: Session, sending: Sending, *, key: bytes) -> Token | None:
    """Carry a checked sending out, in this transaction, and return the code of the receipt.

    Test answers are thrown away; the code then leads to nothing. None, with nothing changed, if the
    organisation has sent this questionnaire already, over another link or by account.
    """
    organisation = sending.door.region_code
    if organisation is not None and _has_sent(session, sending.door.list_id, organisation):
        return None
    receipt = receipt_of(key, sending.draft.submission_id)
    if not sending.door.is_test:
        _keep(session, sending, organisation, receipt_hash(key, receipt))
    _forget_draft(session, sending.draft)
    mark_sent(session, sending.door)
    if not sending.door.is_test:
        _count(session, sending.door.list_id)
    return receipt


def _keep(session: Session, sending: Sending, organisation: str | None, hashed: str) -> None:
    response_id = make_id()
    is_named = not sending.questionnaire.is_anonymous
    session.add(
        SurveyResponse(
            id=response_id,
            list_id=sending.door.list_id,
            receipt_hash=hashed,
            gemeente_code=sending.door.gemeente_code,
            organisation=_organisation(session, sending, organisation) if is_named else None,
            organisation_code=organisation,
        )
    )
    session.flush()
    texts = free_texts(sending.questionnaire) & sending.answers.keys()
    plain = [
        {"response_id": response_id, "question": question, "value": json.dumps(value, ensure_ascii=False)}
        for question, value in sending.answers.items()
        if question not in texts
    ]
    if plain:
        session.execute(insert(SurveyAnswer), plain)
    for question in texts:
        session.add(
            SurveyOpenAnswer(
                id=make_id(), response_id=response_id, question=question, text=str(sending.answers[question])
            )
        )
    session.flush()


def free_texts(questionnaire: Questionnaire) -> frozenset[str]:
    """The keys of answers in somebody's own words."""
    return frozenset(
        question.key if question.scale is Scale.OPEN else f"{question.key}.{OTHER}"
        for question in questionnaire.questions
    )


def _forget_draft(session: Session, draft: Draft) -> None:
    session.execute(delete(SurveyDraftAnswer).where(SurveyDraftAnswer.draft_id == draft.id))
    session.execute(delete(SurveyDraft).where(SurveyDraft.id == draft.id))


def _count(session: Session, list_id: int) -> None:
    session.execute(
        update(SurveyList)
        .where(SurveyList.id == list_id)
        .values(received=SurveyList.received + 1)
        .execution_options(synchronize_session=False)
    )


def _has_sent(session: Session, list_id: int, organisation: str) -> bool:
    session.execute(select(SurveyList.id).where(SurveyList.id == list_id).with_for_update())
    return has_answered(session, list_id, organisation)


def _organisation(session: Session, sending: Sending, code: str | None) -> str:
    if sending.door.organisation:
        return sending.door.organisation
    return session.scalar(select(Region.name).where(Region.code == code)) or ""
