"""Who was asked in a demo round, and what each of them did with it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Region, SurveyGroup, SurveyInvitation, SurveyList
from survey.definition import Audience
from survey.demo.answers import questions_by_answer
from survey.demo.plan import OPEN_PARTS, PARTS, POLICY_RATE, PROFESSIONAL_RATE, SIZES
from survey.demo.writer import Asked, Writer
from survey.invitations import State
from survey.lists import Questionnaires, load_lists

NAMES = {
    "ib": "Scholen in {}",
    "zc": "Scholen voor voortgezet onderwijs in {}",
    "jh": "Jeugdteams in {}",
    "ouders": "Ouders in {}",
    "jongeren": "Jongeren in {}",
}
OPENED_PER_SENT, STARTED_PER_SENT = 1.9, 1.3
"""How many opened an open link, and how many began, for each that sent."""


def add_people(session: Session, writer: Writer, questionnaires: Questionnaires) -> None:
    """Everybody who was asked in a round, with what they began and sent."""
    plan = writer.plan
    query = select(Region.code, Region.name).where(Region.code.in_([plan.region, *plan.partners]))
    names = {row.code: row.name for row in session.execute(query)}
    for each in load_lists(session, writer.round_id):
        row = session.get_one(SurveyList, each.id)
        questionnaire = each.tailor(questionnaires)
        asked = Asked(row, questionnaire, questions_by_answer(questionnaire))
        if questionnaire.audience is Audience.FUNCTIONARY:
            _add_functionaries(session, writer, asked, names)
            continue
        add = _add_open if asked.row.questionnaire in OPEN_PARTS else _add_invited
        for gemeente in plan.gemeenten:
            add(session, writer, asked, gemeente, NAMES[asked.row.questionnaire].format(names[gemeente]))
    session.flush()
    writer.write(session)


def _add_functionaries(session: Session, writer: Writer, asked: Asked, names: Mapping[str, str]) -> None:
    """One answer per organisation: 60 to 90 in a hundred send, and those of the joint questionnaire do."""
    plan = writer.plan
    codes = [plan.region] if asked.row.questionnaire == "swv" else plan.partners
    rate = writer.chance.uniform(*POLICY_RATE)
    for code in codes:
        gemeente = None if code == plan.region else code
        session.add(
            SurveyGroup(list_id=asked.row.id, organisation=names[code], gemeente_code=gemeente, size=1)
        )
        is_sure = not plan.is_open and code in (plan.region, plan.agreed_with, plan.waits_for)
        if is_sure or (code not in plan.still_to_send and writer.chance.random() < rate):
            organisation = (code, names[code])
            writer.add_response(asked, gemeente=gemeente, organisation=organisation)
        elif code == plan.region:
            writer.add_draft(asked, region_code=code)


def _add_open(session: Session, writer: Writer, asked: Asked, gemeente: str, name: str) -> None:
    """People who come by one link: nobody knows how many could."""
    sent = round(SIZES[gemeente] * OPEN_PARTS[asked.row.questionnaire] * writer.plan.progress)
    nonce, hashed = writer.link()
    session.add(
        SurveyGroup(
            list_id=asked.row.id,
            organisation=name,
            gemeente_code=gemeente,
            open_nonce=nonce,
            open_hash=hashed,
            opened=round(sent * OPENED_PER_SENT),
            started=round(sent * STARTED_PER_SENT),
            sent=sent,
        )
    )
    for _ in range(sent):
        writer.add_response(asked, gemeente=gemeente)


def _add_invited(session: Session, writer: Writer, asked: Asked, gemeente: str, name: str) -> None:
    """People with a link of their own: 25 to 45 in a hundred send."""
    plan, size = writer.plan, max(3, round(SIZES[gemeente] * PARTS[asked.row.questionnaire]))
    group = SurveyGroup(list_id=asked.row.id, organisation=name, gemeente_code=gemeente, size=size)
    session.add(group)
    session.flush()
    sent = round(size * writer.chance.uniform(*PROFESSIONAL_RATE) * plan.progress)
    for number in range(1, size + 1):
        state = State.SENT if number <= sent else _unsent(writer)
        invitation = _add_invitation(writer, group.id, number, state)
        if state is State.SENT:
            writer.add_response(asked, gemeente=gemeente)
        elif state is State.STARTED and plan.is_open:
            writer.add_draft(asked, group_id=group.id, invitation_id=invitation)


def _unsent(writer: Writer) -> State:
    states = [State.INVITED, State.OPENED, State.STARTED, State.REFUSED]
    return writer.chance.choices(states, [60, 25, 12, 3])[0]


def _add_invitation(writer: Writer, group_id: int, number: int, state: State) -> str:
    """Name and address only while the round runs, as for a real one."""
    nonce, hashed = writer.link()
    invitation, is_open = writer.make_id(), writer.plan.is_open
    writer.add(
        SurveyInvitation,
        id=invitation,
        group_id=group_id,
        number=number,
        name=f"Voorbeeldpersoon {number}" if is_open else "",
        email=f"voorbeeld-{group_id}-{number}@example.org" if is_open else "",
        nonce=nonce,
        token_hash=hashed,
        state=state,
    )
    return invitation
