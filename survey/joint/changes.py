"""The joint questionnaire, written: joint answers, and the signatures of both sides.

Everybody who writes holds the row of the round first, so that two sides never write at the same moment.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.audit import record
from app.models import SurveyJoint, SurveyJointAnswer, SurveyJointSignature, SurveyList, SurveyRound
from app.wording import AMSTERDAM
from survey.definition import Value
from survey.joint.agreement import Agreement, Change, Conflict, Pair, Side, Signer, Signing
from survey.joint.comparison import Line
from survey.joint.store import joint_query, read_agreement


def save_choices(
    session: Session, pair: Pair, changes: Mapping[str, Change], *, seen: int, by: str
) -> dict[str, Conflict]:
    """Keep what somebody changed.

    Returns:
        The questions that another changed after version `seen`: those are left as they are.
    """
    joint = _hold(session, pair)
    query = select(SurveyJointAnswer).where(SurveyJointAnswer.joint_id == joint.id)
    stored = {row.question: row for row in session.scalars(query)}
    accepted: dict[str, Value] = {}
    conflicts: dict[str, Conflict] = {}
    for key, (was, value) in changes.items():
        row = stored.get(key)
        now = json.loads(row.value) if row else was
        if value in (was, now):
            continue
        if row and row.version > seen:
            conflicts[key] = Conflict(value, now, row.changed_by)
        else:
            accepted[key] = value
    if accepted:
        _write(session, joint, accepted, by=by)
    return conflicts


def sign(session: Session, pair: Pair, lines: Iterable[Line], signer: Signer, *, now: datetime) -> Signing:
    """Sign what stands there, if it is what the person saw and nothing in it is open."""
    joint = _hold(session, pair)
    refused = _why_not(read_agreement(session, joint), lines, signer)
    if refused:
        return refused
    session.add(
        SurveyJointSignature(
            joint_id=joint.id,
            side=signer.side,
            version=joint.version,
            login=signer.login,
            name=signer.name,
            at=now,
        )
    )
    session.flush()
    is_agreed = read_agreement(session, joint).is_agreed
    if is_agreed:
        joint.agreed_on = now.astimezone(AMSTERDAM).date()
    _record(session, joint, "samen ondertekend", signer.side, by=signer.login)
    return Signing.AGREED if is_agreed else Signing.DONE


def erase_joint(session: Session, list_id: int, code: str) -> None:
    """Remove what a region agreed on with others in the round of a list: it takes its own answers back."""
    round_id = select(SurveyList.round_id).where(SurveyList.id == list_id).scalar_subquery()
    session.execute(
        delete(SurveyJoint)
        .where(
            SurveyJoint.round_id == round_id,
            or_(SurveyJoint.swv_code == code, SurveyJoint.gemeente_code == code),
        )
        .execution_options(synchronize_session=False)
    )


def _hold(session: Session, pair: Pair) -> SurveyJoint:
    session.get_one(SurveyRound, pair.round_id, with_for_update={"key_share": True})
    joint = session.scalars(joint_query(pair)).one_or_none()
    if joint is None:
        joint = SurveyJoint(round_id=pair.round_id, swv_code=pair.swv, gemeente_code=pair.gemeente, version=0)
        session.add(joint)
        session.flush()
    return joint


def _write(session: Session, joint: SurveyJoint, accepted: Mapping[str, Value], *, by: str) -> None:
    joint.version += 1
    joint.agreed_on = None
    for key, value in accepted.items():
        session.merge(
            SurveyJointAnswer(
                joint_id=joint.id,
                question=key,
                value=json.dumps(value, ensure_ascii=False),
                version=joint.version,
                changed_by=by,
            )
        )
    _record(session, joint, "samen gewijzigd", f"vragen: {len(accepted)}", by=by)


def _why_not(agreement: Agreement, lines: Iterable[Line], signer: Signer) -> Signing | None:
    if agreement.signature(signer.side):
        return Signing.ALREADY
    if agreement.version != signer.seen:
        return Signing.MOVED
    if any(line.is_open for line in lines):
        return Signing.OPEN
    signed = [agreement.signature(side) for side in Side]
    return Signing.SAME_PERSON if signer.login in {each.login for each in signed if each} else None


def _record(session: Session, joint: SurveyJoint, action: str, detail: str, *, by: str) -> None:
    words = f"{joint.swv_code} en {joint.gemeente_code}, versie {joint.version}, {detail}"
    record(session, by=by, action=action, subject=f"ronde {joint.round_id}", detail=words)
