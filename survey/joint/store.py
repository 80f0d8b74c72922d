"""The joint questionnaire of a SWV and a gemeente in one round, read: what both sent and what they agreed on.

What either sent is read here and written nowhere. A signature is under one version: after a later change it
stays in the records and is out of force.
"""

import json

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access import FillableRegion
from app.errors import AccessDenied
from app.models import (
    SurveyAnswer,
    SurveyJoint,
    SurveyJointAnswer,
    SurveyJointSignature,
    SurveyList,
    SurveyResponse,
)
from app.regions import SWVS, RegionKind, is_code, kind_of
from survey.definition import Answers
from survey.joint.agreement import Agreement, Pair, Side, Signature
from survey.joint.comparison import GEMEENTE_LIST, SWV_LIST, Line, compare, shared_questions
from survey.lists import Questionnaires, load_lists
from survey.rounds import list_regions


def make_pair(session: Session, round_id: int, own: str, other: str) -> Pair:
    """The pair of an own region and another that takes part in the round.

    Raises:
        AccessDenied: one takes no part, or they are not an SWV and a gemeente.
    """
    if not is_code(other):
        raise AccessDenied
    swv, gemeente = (own, other) if kind_of(own) in SWVS else (other, own)
    is_pair = kind_of(swv) in SWVS and kind_of(gemeente) is RegionKind.GEMEENTE
    if not is_pair or not {own, other} <= set(list_regions(session, round_id)):
        raise AccessDenied
    return Pair(round_id, swv, gemeente)


def list_partners(session: Session, round_id: int, own: FillableRegion) -> list[str]:
    """The regions of the other kind that take part in the round."""
    is_swv = kind_of(own) in SWVS
    codes = list_regions(session, round_id)
    return [code for code in codes if (kind_of(code) is RegionKind.GEMEENTE) == is_swv]


def load_asked(session: Session, round_id: int) -> frozenset[str]:
    """Which of the two questionnaires the round has."""
    query = select(SurveyList.questionnaire).where(SurveyList.round_id == round_id)
    return frozenset(session.scalars(query)) & {SWV_LIST, GEMEENTE_LIST}


def load_sent(session: Session, round_id: int) -> dict[tuple[str, str], str]:
    """(questionnaire, region) → response, of every organisation that sent its questionnaire in a round."""
    query = (
        select(SurveyList.questionnaire, SurveyResponse.organisation_code, SurveyResponse.id)
        .join(SurveyResponse, SurveyResponse.list_id == SurveyList.id)
        .where(
            SurveyList.round_id == round_id,
            SurveyList.questionnaire.in_([SWV_LIST, GEMEENTE_LIST]),
            SurveyResponse.organisation_code.is_not(None),
        )
    )
    return {(row.questionnaire, str(row.organisation_code)): row.id for row in session.execute(query)}


def load_lines(
    session: Session, pair: Pair, questionnaires: Questionnaires, agreement: Agreement
) -> list[Line] | None:
    """Both answers to the shared questions beside the joint one; None before both sent theirs."""
    sent = load_sent(session, pair.round_id)
    swv, gemeente = sent.get((SWV_LIST, pair.swv)), sent.get((GEMEENTE_LIST, pair.gemeente))
    if swv is None or gemeente is None:
        return None
    lists = {each.questionnaire: each.tailor(questionnaires) for each in load_lists(session, pair.round_id)}
    shared = shared_questions(lists[SWV_LIST], lists[GEMEENTE_LIST])
    return compare(shared, _load_answers(session, swv), _load_answers(session, gemeente), agreement.chosen)


def load_agreements(session: Session, round_id: int) -> dict[Pair, Agreement]:
    """What was agreed on in a round, per pair."""
    query = select(SurveyJoint).where(SurveyJoint.round_id == round_id).order_by(SurveyJoint.id)
    return {
        Pair(round_id, row.swv_code, row.gemeente_code): read_agreement(session, row)
        for row in session.scalars(query)
    }


def load_agreement(session: Session, pair: Pair) -> Agreement:
    """What the two agreed on so far."""
    row = session.scalars(joint_query(pair)).one_or_none()
    return Agreement() if row is None else read_agreement(session, row)


def joint_query(pair: Pair) -> Select[SurveyJoint]:
    """The row of a pair."""
    return select(SurveyJoint).where(
        SurveyJoint.round_id == pair.round_id,
        SurveyJoint.swv_code == pair.swv,
        SurveyJoint.gemeente_code == pair.gemeente,
    )


def read_agreement(session: Session, joint: SurveyJoint) -> Agreement:
    """What stands under the row of a pair."""
    answers = session.scalars(select(SurveyJointAnswer).where(SurveyJointAnswer.joint_id == joint.id)).all()
    signatures = session.scalars(
        select(SurveyJointSignature)
        .where(SurveyJointSignature.joint_id == joint.id)
        .order_by(SurveyJointSignature.version, SurveyJointSignature.side)
    )
    return Agreement(
        joint.version,
        {row.question: json.loads(row.value) for row in answers},
        [Signature(Side(row.side), row.version, row.login, row.name, row.at) for row in signatures],
        joint.agreed_on,
    )


def _load_answers(session: Session, response_id: str) -> Answers:
    query = select(SurveyAnswer.question, SurveyAnswer.value).where(SurveyAnswer.response_id == response_id)
    return {row.question: json.loads(row.value) for row in session.execute(query)}
