"""Mails that wait to be sent. Each is written down first; what happens to it is a change of its row.

`wacht → bezig → verzonden`. A row that a dead worker left in `bezig` may have been sent: it becomes
`onzeker` and stays so until a coordinator asks for it again. Reminders exist only for who has not sent, so
rows of them are for the worker and are shown to nobody one by one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.audit import record
from app.db import Database
from app.models import SurveyGroup, SurveyInvitation, SurveyList, SurveyMail, SurveyPartner, SurveyRound
from app.periods import ADDRESSES_KEPT
from survey import invitations, rounds
from survey.lists import Questionnaires
from survey.mail.kinds import INVITATIONS, REMINDERS, Kind, State
from survey.store.organisations import list_answered

LONGEST_PAUSE = 6
"""Two to this power is the most minutes between two attempts."""

TOO_LATE = "De ronde sloot voordat deze mail weg kon."
CUT_OFF = "Het versturen werd afgebroken. Misschien is de mail wel aangekomen."

_INVITING = tuple(INVITATIONS.values())

Row = TypeVarTuple("Row")


def queue_invitations(
    session: Session, round_: SurveyRound, questionnaires: Questionnaires, *, by: str, today: date
) -> int:
    """Write down a mail for everybody with an address who has none yet; return how many.

    Nobody is mailed about a demo round: the people in it do not exist.
    """
    if round_.is_demo:
        return 0
    query = (
        select(SurveyInvitation.id, SurveyList.questionnaire, SurveyList.version)
        .where(SurveyInvitation.email != "", ~_has_mail(_INVITING))
        .where(SurveyInvitation.state.in_(invitations.REMINDABLE))
        .where(SurveyInvitation.group_id.not_in(list_answered(session)))
    )
    rows = session.execute(_in_round(query, round_.id)).all()
    due_on, count = max(today, round_.opens_on), 0
    for invitation_id, questionnaire, version in rows:
        audience = questionnaires[questionnaire, version].audience
        if kind := INVITATIONS.get(audience):  # parents and young people are never mailed by us
            session.add(_mail(invitation_id, kind, due_on))
            count += 1
    if count:
        detail = f"{count} mails"
        record(session, by=by, action="uitnodigingen klaargezet", subject=f"ronde {round_.id}", detail=detail)
    return count


def queue_reminders(session: Session, today: date) -> int:
    """Write down the reminders that are due in open rounds, for who was mailed and has not sent."""
    count, answered = 0, list_answered(session)
    for kind, days in reversed(REMINDERS.items()):  # the last one first: who is late gets one, not both
        later = [each for each, after in REMINDERS.items() if after >= days]
        query = (
            _mailed()
            .where(SurveyRound.state == rounds.State.OPEN, SurveyRound.closes_on >= today)
            .where(SurveyMail.due_on <= today - timedelta(days=days))
            .where(SurveyInvitation.state.in_(invitations.REMINDABLE), SurveyInvitation.email != "")
            .where(SurveyInvitation.group_id.not_in(answered))
            .where(~_has_mail(later))
        )
        for invitation_id in session.scalars(query).all():
            session.add(_mail(invitation_id, kind, today))
            count += 1
        session.flush()
    return count


def queue_thanks(session: Session, today: date, *, now: datetime) -> int:
    """Write down the thanks of rounds whose outcome is public, while addresses are still there."""
    query = (
        select(SurveyInvitation.id)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyRound.release == "publiek", SurveyRound.is_demo.is_(False))
        .where(SurveyRound.closed_at > now - ADDRESSES_KEPT)
        .where(SurveyInvitation.state == invitations.State.SENT, SurveyInvitation.email != "")
        .where(SurveyGroup.is_test.is_(False), ~_has_mail([Kind.THANKS]))
    )
    ids = session.scalars(query.order_by(SurveyInvitation.id)).all()
    session.add_all(_mail(invitation_id, Kind.THANKS, today) for invitation_id in ids)
    return len(ids)


def drop_needless(session: Session) -> None:
    """Take away reminders to who has sent meanwhile, and end what a closed round can no longer send.

    Who is of an organisation that answers as one has sent as soon as any of its people has.
    """
    has_sent = SurveyInvitation.state.not_in(invitations.REMINDABLE)
    is_of_sender = SurveyInvitation.group_id.in_(list_answered(session))
    moved_on = select(SurveyInvitation.id).where(or_(has_sent, is_of_sender))
    waiting = SurveyMail.state == State.WAITING
    reminding = SurveyMail.kind.in_(list(REMINDERS))
    session.execute(delete(SurveyMail).where(waiting, reminding, SurveyMail.invitation_id.in_(moved_on)))
    closed = (
        select(SurveyInvitation.id)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyRound.state == rounds.State.CLOSED)
    )
    session.execute(
        update(SurveyMail)
        .where(waiting, SurveyMail.kind != Kind.THANKS, SurveyMail.invitation_id.in_(closed))
        .values(state=State.FAILED, error=TOO_LATE)
        .execution_options(synchronize_session=False)
    )


def recover(session: Session) -> None:
    """Mails that a dead worker was busy with may have been sent; the caller holds the lock of sending."""
    session.execute(
        update(SurveyMail)
        .where(SurveyMail.state == State.BUSY)
        .values(state=State.UNCERTAIN, error=CUT_OFF)
        .execution_options(synchronize_session=False)
    )


def list_due(session: Session, today: date, minute: int) -> list[int]:
    """The mails to send now, oldest first.

    A mail that failed k times is tried in minutes that 2^k divides: after 2, 4, 8 … minutes, 64 at most. So
    the pause needs no clock in the database.

    Args:
        minute: minutes since some fixed moment.
    """
    query = (
        select(SurveyMail.id, SurveyMail.attempts)
        .where(SurveyMail.state == State.WAITING, SurveyMail.due_on <= today)
        .order_by(SurveyMail.due_on, SurveyMail.id)
    )
    return [
        mail_id
        for mail_id, attempts in session.execute(query)
        if minute % 2 ** min(attempts, LONGEST_PAUSE) == 0
    ]


def claim(db: Database, mail_id: int) -> bool:
    """Take a waiting mail; False if it does not wait any more, or need not go: the addressee has sent."""
    with db.transaction() as session:
        drop_needless(session)
        taken = session.execute(
            update(SurveyMail)
            .where(SurveyMail.id == mail_id, SurveyMail.state == State.WAITING)
            .values(state=State.BUSY, attempts=SurveyMail.attempts + 1, error="")
            .returning(SurveyMail.id)
            .execution_options(synchronize_session=False)
        ).first()
        return taken is not None


def settle(db: Database, mail_id: int, state: State, error: str = "") -> None:
    """Write down how a mail that was taken ended."""
    with db.transaction() as session:
        session.execute(
            update(SurveyMail)
            .where(SurveyMail.id == mail_id, SurveyMail.state == State.BUSY)
            .values(state=state, error=error)
        )


def postpone(db: Database, mail_ids: Sequence[int], error: str) -> None:
    """Let mails wait longer: the server is away."""
    with db.transaction() as session:
        session.execute(
            update(SurveyMail)
            .where(SurveyMail.id.in_(mail_ids), SurveyMail.state == State.WAITING)
            .values(attempts=SurveyMail.attempts + 1, error=error)
            .execution_options(synchronize_session=False)
        )


def send_again(session: Session, round_: SurveyRound, state: State, *, by: str, today: date) -> int:
    """Let the uncertain or failed mails of a round go once more, because the coordinator says so."""
    if state not in (State.UNCERTAIN, State.FAILED):
        return 0
    ids = [
        *session.scalars(_in_round(_mails_of(state), round_.id)),
        *session.scalars(_to_partners(round_.id).where(SurveyMail.state == state)),
    ]
    session.execute(
        update(SurveyMail)
        .where(SurveyMail.id.in_(ids), SurveyMail.state == state)
        .values(state=State.WAITING, attempts=0, error="", due_on=today)
        .execution_options(synchronize_session=False)
    )
    if ids:
        record(session, by=by, action="mails opnieuw", subject=f"ronde {round_.id}", detail=str(state))
    return len(ids)


def list_invitation_mails(session: Session, round_id: int) -> list[tuple[SurveyInvitation, SurveyMail]]:
    """The invitations by mail with how far their mail is; reminders and thanks are not told one by one."""
    query = select(SurveyInvitation, SurveyMail).where(SurveyMail.kind.in_(_INVITING))
    query = query.join(SurveyMail, SurveyMail.invitation_id == SurveyInvitation.id)
    rows = session.execute(
        _in_round(query, round_id).order_by(SurveyInvitation.group_id, SurveyInvitation.number)
    )
    return [(invitation, mail) for invitation, mail in rows]


def list_mailed(session: Session, group_ids: Sequence[int]) -> set[str]:
    """The invitations of groups for which there is a mail, sent or not: their links are their addressees'."""
    query = select(SurveyMail.invitation_id).join(
        SurveyInvitation, SurveyInvitation.id == SurveyMail.invitation_id
    )
    found = session.scalars(query.where(SurveyInvitation.group_id.in_(group_ids)))
    return {each for each in found if each is not None}


def list_states(session: Session, round_id: int) -> set[tuple[Kind, State]]:
    """Which kinds of mail are in which states; no numbers, which would tell how many did not answer."""
    query = select(SurveyMail.kind, SurveyMail.state).join(
        SurveyInvitation, SurveyInvitation.id == SurveyMail.invitation_id
    )
    rows = session.execute(_in_round(query, round_id).distinct()).all()
    to_partners = _to_partners(round_id).with_only_columns(SurveyMail.kind, SurveyMail.state).distinct()
    return {(Kind(kind), State(state)) for kind, state in [*rows, *session.execute(to_partners).all()]}


def _mails_of(state: State) -> Select[int]:
    query = select(SurveyMail.id).join(SurveyInvitation, SurveyInvitation.id == SurveyMail.invitation_id)
    return query.where(SurveyMail.state == state)


def _to_partners(round_id: int) -> Select[int]:
    query = select(SurveyMail.id).join(SurveyPartner, SurveyPartner.id == SurveyMail.partner_id)
    return query.where(SurveyPartner.round_id == round_id)


def _mailed() -> Select[str]:
    """Invitees whose invitation went out, or may have."""
    return (
        select(SurveyInvitation.id)
        .join(SurveyMail, SurveyMail.invitation_id == SurveyInvitation.id)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyMail.kind.in_(_INVITING), SurveyMail.state.in_([State.SENT, State.UNCERTAIN]))
        .order_by(SurveyInvitation.id)
    )


def _in_round(query: Select[*Row], round_id: int) -> Select[*Row]:
    """A query that names invitations, within one round and without test answers."""
    return (
        query.join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .where(SurveyList.round_id == round_id, SurveyGroup.is_test.is_(False))
    )


def _has_mail(kinds: Sequence[Kind]) -> ColumnElement[bool]:
    other = aliased(SurveyMail)
    return exists().where(and_(other.invitation_id == SurveyInvitation.id, other.kind.in_(list(kinds))))


def _mail(invitation_id: str, kind: Kind, due_on: date) -> SurveyMail:
    return SurveyMail(invitation_id=invitation_id, kind=kind, state=State.WAITING, due_on=due_on)
