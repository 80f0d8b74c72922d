"""Reading free texts before anybody else does: which there are, what was decided, and what may be shown.

A text stands by itself: without person, organisation or response, in the order of its random id, and only
where a question of a list has ten texts or more. Organisations, which are not anonymous, have theirs read
from the first on; after that they stand under their names, inside the region. Only the region whose
coordinator runs the round reads them.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.orm import Session

from app.access import ReviewedRegion
from app.audit import record
from app.errors import AccessDenied
from app.models import SurveyList, SurveyOpenAnswer, SurveyOwnQuestion, SurveyResponse, SurveyRound
from survey.texts import Decision, ReviewedQuestion, State, Text, decided, is_enough

CLOSED = "gesloten"
"""The state of a round (survey.rounds.State) from which its texts may be read."""


def load_rounds(session: Session, region: ReviewedRegion) -> list[SurveyRound]:
    """The closed rounds whose texts this region reads, the latest first."""
    own = (SurveyRound.region_code == region) & (SurveyRound.state == CLOSED)
    order = SurveyRound.closed_at.desc(), SurveyRound.id.desc()
    return list(session.scalars(select(SurveyRound).where(own).order_by(*order)))


def load_round(session: Session, region: ReviewedRegion, round_id: int) -> SurveyRound:
    """One of them.

    Raises:
        AccessDenied: it does not exist, is not closed, or is not of this region: the same words.
    """
    found = session.get(SurveyRound, round_id)
    if found is None or found.region_code != region or found.state != CLOSED:
        raise AccessDenied
    return found


def load_questions(session: Session, region: ReviewedRegion, round_id: int) -> list[ReviewedQuestion]:
    """Every question of a round with texts, by list and key."""
    load_round(session, region, round_id)
    is_new = func.sum(case((SurveyOpenAnswer.state == State.NEW, 1), else_=0))
    query = (
        select(
            SurveyList.id,
            SurveyList.questionnaire,
            SurveyList.version,
            SurveyOpenAnswer.question,
            func.count(),
            is_new,
            func.count(SurveyResponse.organisation),
        )
        .join(SurveyResponse, SurveyResponse.id == SurveyOpenAnswer.response_id)
        .join(SurveyList, SurveyList.id == SurveyResponse.list_id)
        .where(SurveyList.round_id == round_id)
        .group_by(SurveyList.id, SurveyList.questionnaire, SurveyList.version, SurveyOpenAnswer.question)
        .order_by(SurveyList.id, SurveyOpenAnswer.question)
    )
    return [ReviewedQuestion(*row) for row in session.execute(query)]


def load_texts(
    session: Session, region: ReviewedRegion, round_id: int, list_id: int, question: str
) -> list[Text]:
    """The texts of one question, those to decide on first.

    Raises:
        AccessDenied: there are none, or too few to be read by anybody.
    """
    asked = [each for each in load_questions(session, region, round_id) if each.is_enough]
    if not any((each.list_id, each.question) == (list_id, question) for each in asked):
        raise AccessDenied
    rows = session.execute(_texts(list_id, question)).all()
    texts = [Text(id_, text, State(state), shown, reason, by) for id_, text, state, shown, reason, by in rows]
    return sorted(texts, key=lambda text: text.state is not State.NEW)


def decide(session: Session, region: ReviewedRegion, round_id: int, decision: Decision, *, by: str) -> bool:
    """Write a decision down; False, with nothing changed, if somebody else decided in the meantime.

    Raises:
        AccessDenied: the text is not one that this region may read.
        SelectionRefused: the choice is not complete, or would show what must not be shown.
    """
    load_round(session, region, round_id)
    found = session.execute(_one_text(round_id, decision.text_id)).one_or_none()
    if found is None:
        raise AccessDenied
    load_texts(session, region, round_id, found.list_id, found.question)
    values = decided(found.text, decision)
    changed = session.connection().execute(
        update(SurveyOpenAnswer)
        .where(SurveyOpenAnswer.id == decision.text_id, SurveyOpenAnswer.state == decision.seen)
        .values(**values, reviewed_by=by)
    )
    if not changed.rowcount:
        return False
    detail = f"{found.questionnaire} {found.question}: {values['state']}"
    record(session, by=by, action="answer.review", subject=f"ronde {round_id}", detail=detail)
    return True


def load_own_texts(session: Session, list_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """The own questions of lists: (list, key) → what is asked."""
    query = select(SurveyOwnQuestion.list_id, SurveyOwnQuestion.number, SurveyOwnQuestion.text)
    rows = session.execute(query.where(SurveyOwnQuestion.list_id.in_(list_ids)))
    return {(list_id, f"X{number}"): text for list_id, number, text in rows}


def export_texts(
    session: Session, region: ReviewedRegion, round_id: int, *, by: str
) -> dict[tuple[int, str], list[str]]:
    """Everything of a round that may be shown: (list, question) → texts; writes down who took it along."""
    lists = dict.fromkeys(each.list_id for each in load_questions(session, region, round_id))
    record(session, by=by, action="answers.export", subject=f"ronde {round_id}")
    return {
        (list_id, question): texts
        for list_id in lists
        for question, texts in load_shown_texts(session, list_id).items()
    }


def load_shown_texts(session: Session, list_id: int) -> dict[str, list[str]]:
    """What others may read of a list: question → texts.

    Only of a closed round, of questions with enough texts of which every one was decided on.
    """
    return {
        question: [each.text for each in texts]
        for question, texts in _load_decided(session, list_id).items()
        if texts
    }


def load_named_texts(session: Session, list_id: int) -> dict[tuple[str, str], dict[str, list[str]]]:
    """What others in the region may read of organisations: (name, code) → question → texts.

    Under the same conditions as `load_shown_texts`; nothing of who is anonymous. What an organisation takes
    back, and what was kept long enough, is gone from here with its answers.
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for question, texts in _load_decided(session, list_id).items():
        for each in texts:
            if each.organisation is not None:
                own = found.setdefault((each.organisation, each.code or ""), {})
                own.setdefault(question, []).append(each.text)
    return found


class _Written(NamedTuple):
    """A text with its decision; the organisation is that of a functionary."""

    question: str
    state: str
    text: str
    organisation: str | None
    code: str | None


def _load_decided(session: Session, list_id: int) -> dict[str, list[_Written]]:
    """Question → its texts that are shown, where there are enough and every one was decided on."""
    is_closed = select(SurveyRound.state).join(SurveyList, SurveyList.round_id == SurveyRound.id)
    if session.scalar(is_closed.where(SurveyList.id == list_id)) != CLOSED:
        return {}
    found: dict[str, list[_Written]] = {}
    for row in session.execute(_every_text(list_id)):
        found.setdefault(row.question, []).append(_Written(*row))
    return {
        question: [each for each in texts if each.state == State.SHOWN]
        for question, texts in found.items()
        if is_enough(len(texts), is_named=all(each.organisation is not None for each in texts))
        and all(each.state != State.NEW for each in texts)
    }


def _texts(list_id: int, question: str) -> Select[str, str, str, str, str, str | None]:
    return (
        select(
            SurveyOpenAnswer.id,
            SurveyOpenAnswer.text,
            SurveyOpenAnswer.state,
            SurveyOpenAnswer.shown_text,
            SurveyOpenAnswer.reason,
            SurveyOpenAnswer.reviewed_by,
        )
        .join(SurveyResponse, SurveyResponse.id == SurveyOpenAnswer.response_id)
        .where(SurveyResponse.list_id == list_id, SurveyOpenAnswer.question == question)
        .order_by(SurveyOpenAnswer.id)
    )


def _every_text(list_id: int) -> Select[str, str, str, str | None, str | None]:
    return (
        select(
            SurveyOpenAnswer.question,
            SurveyOpenAnswer.state,
            SurveyOpenAnswer.shown_text,
            SurveyResponse.organisation,
            SurveyResponse.organisation_code,
        )
        .join(SurveyResponse, SurveyResponse.id == SurveyOpenAnswer.response_id)
        .where(SurveyResponse.list_id == list_id)
        .order_by(SurveyOpenAnswer.question, SurveyOpenAnswer.id)
    )


def _one_text(round_id: int, text_id: str) -> Select[int, str, str, str]:
    return (
        select(
            SurveyList.id.label("list_id"),
            SurveyList.questionnaire,
            SurveyOpenAnswer.question,
            SurveyOpenAnswer.text,
        )
        .join(SurveyResponse, SurveyResponse.id == SurveyOpenAnswer.response_id)
        .join(SurveyList, SurveyList.id == SurveyResponse.list_id)
        .where(SurveyList.round_id == round_id, SurveyOpenAnswer.id == text_id)
    )
