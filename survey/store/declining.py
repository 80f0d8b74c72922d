"""Not taking part: what was not sent is erased, and nobody is reminded any more. It can be taken back."""

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.models import SurveyDraft, SurveyDraftAnswer, SurveyInvitation, SurveyMail
from survey.mail.kinds import REMINDERS
from survey.mail.kinds import State as Mail
from survey.store.doors import Door, Kind
from survey.store.drafts import DECLINED, SENT


def decline(session: Session, door: Door) -> bool:
    """Erase the draft behind a personal or own link, and stop reminding; False if the answers were sent.

    An invitee stays in the count of who was invited. An invitation that still waits is left as it is: who may
    see that list would else see who takes no part.
    """
    if door.kind is Kind.OWN:
        _erase(session, SurveyDraft.id == door.draft_id)
        return True
    own = SurveyInvitation.id == door.invitation_id
    state = session.scalar(select(SurveyInvitation.state).where(own).with_for_update())
    if state == SENT:
        return False
    _erase(session, SurveyDraft.invitation_id == door.invitation_id)
    session.execute(
        delete(SurveyMail)
        .where(SurveyMail.invitation_id == door.invitation_id, SurveyMail.state == Mail.WAITING)
        .where(SurveyMail.kind.in_(list(REMINDERS)))
    )
    _set(session, door, state, DECLINED)
    return True


def take_part(session: Session, door: Door) -> None:
    """Let an invitee who declined take part after all; nothing for anybody else."""
    if door.kind is Kind.INVITATION:
        _set(session, door, DECLINED, "geopend")


def _erase(session: Session, owner: ColumnElement[bool]) -> None:
    ids = session.scalars(select(SurveyDraft.id).where(owner).with_for_update()).all()
    session.execute(delete(SurveyDraftAnswer).where(SurveyDraftAnswer.draft_id.in_(ids)))
    session.execute(delete(SurveyDraft).where(SurveyDraft.id.in_(ids)))


def _set(session: Session, door: Door, before: str | None, state: str) -> None:
    session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.id == door.invitation_id, SurveyInvitation.state == before)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
