"""The joint questionnaires of a demo round: one that both signed, and one that waits for a gemeente."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.models import SurveyJoint, SurveyJointAnswer, SurveyJointSignature
from app.wording import AMSTERDAM
from survey.definition import Value
from survey.demo.plan import DemoRound
from survey.demo.writer import as_json
from survey.joint.agreement import Agreement, Pair, Side
from survey.joint.comparison import APART, Line
from survey.joint.store import load_lines
from survey.lists import Questionnaires

SIGNERS = {Side.SWV: "demo.swv", Side.GEMEENTE: "demo.gemeente"}
SIGNER_NAMES = {Side.SWV: "Verzonnen directeur", Side.GEMEENTE: "Verzonnen beleidsmedewerker"}


def add_joint(
    session: Session, plan: DemoRound, round_id: int, questionnaires: Questionnaires, *, now: datetime
) -> None:
    """What the SWV of the plan made of it with a gemeente, where the plan says so."""
    for gemeente, sides in ((plan.agreed_with, tuple(Side)), (plan.waits_for, (Side.SWV,))):
        if not gemeente:
            continue
        pair = Pair(round_id, plan.region, gemeente)
        lines = load_lines(session, pair, questionnaires, Agreement())
        if lines is not None:
            _add(session, pair, lines, sides, now - timedelta(days=20))


def _add(session: Session, pair: Pair, lines: list[Line], sides: tuple[Side, ...], at: datetime) -> None:
    agreed_on = at.astimezone(AMSTERDAM).date() if len(sides) == 2 else None
    joint = SurveyJoint(
        round_id=pair.round_id,
        swv_code=pair.swv,
        gemeente_code=pair.gemeente,
        version=1,
        agreed_on=agreed_on,
    )
    session.add(joint)
    session.flush()
    for number, line in enumerate(line for line in lines if line.is_open):
        session.add(
            SurveyJointAnswer(
                joint_id=joint.id,
                question=line.shared.key,
                value=as_json(_choice(number, line)),
                version=1,
                changed_by=SIGNERS[Side.SWV],
            )
        )
    for side in sides:
        session.add(
            SurveyJointSignature(
                joint_id=joint.id, side=side, version=1, login=SIGNERS[side], name=SIGNER_NAMES[side], at=at
            )
        )


def _choice(number: int, line: Line) -> Value:
    """In turn what one answered and what the other did; each fifth time they leave it."""
    wanted = (line.swv, line.gemeente, line.swv, line.gemeente, APART)[number % 5]
    return APART if wanted is None else wanted
