"""Erasing what was kept long enough. The worker does it every night; doing it twice does no harm.

Periods count from the moment at which a round was closed; see app.periods. A round that was never opened is
over after its last day: nobody will close it, and its invitees and trial answers must not stay. What was done
is one row in the log of acts, with numbers only.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Delete, Select, Update, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.audit import record
from app.db import Database
from app.models import (
    SurveyDraft,
    SurveyGroup,
    SurveyGuess,
    SurveyInvitation,
    SurveyJoint,
    SurveyList,
    SurveyMail,
    SurveyPartner,
    SurveyResponse,
    SurveyRound,
)
from app.periods import ADDRESSES_KEPT, ANSWERS_KEPT, DRAFTS_KEPT, GUESSES_KEPT
from survey.results.forgetting import forget_all_named
from survey.rounds import State, today_in_amsterdam
from survey.tokens import HASH_LENGTH, make_id, make_nonce


class Erased(NamedTuple):
    """How many of each were erased."""

    drafts: int
    addresses: int
    mails: int
    responses: int
    joints: int
    guesses: int

    @property
    def words(self) -> str:
        """For the log of acts: '3 concepten, 12 namen en adressen', or that there was nothing."""
        names = (
            "concepten",
            "namen en adressen",
            "mails",
            "verstuurde vragenlijsten",
            "gezamenlijke vragenlijsten",
            "geraden links",
        )
        parts = [f"{count} {name}" for count, name in zip(self, names, strict=True) if count]
        return ", ".join(parts) or "niets te wissen"


def erase_what_is_old(db: Database, *, by: str, now: datetime) -> Erased:
    """Erase everything of questionnaires whose period is over, in one transaction."""
    with db.transaction() as session:
        _end_links(session, now)
        erased = Erased(
            drafts=_count(session, _old_drafts(now)),
            addresses=_count(session, _old_addresses(now)) + _count(session, _old_partners(now)),
            mails=_count(session, _old_mails(now)),
            responses=_erase_responses(session, now),
            joints=_count(session, _old_joints(now)),
            guesses=_count(session, delete(SurveyGuess).where(SurveyGuess.at < now - GUESSES_KEPT)),
        )
        record(session, by=by, action="retention", subject="vragenlijsten", detail=erased.words)
    return erased


def _count(session: Session, statement: Delete | Update) -> int:
    """How many rows a statement touched; the driver knows, and no key of a row is read for it."""
    result = session.connection().execute(statement)
    return max(result.rowcount, 0)


def _old_drafts(now: datetime) -> Delete:
    return delete(SurveyDraft).where(SurveyDraft.list_id.in_(_lists(now - DRAFTS_KEPT)))


def _old_addresses(now: datetime) -> Update:
    """The rows stay: they are counted. Without name and address a number and a state are left."""
    has_some = or_(SurveyInvitation.name != "", SurveyInvitation.email != "")
    old = SurveyInvitation.group_id.in_(_groups(now - ADDRESSES_KEPT))
    return update(SurveyInvitation).where(has_some, old).values(name="", email="")


def _end_links(session: Session, now: datetime) -> None:
    """Let the links of old rounds open nothing: a link would still tell whether its holder had answered.

    A hash of a token is longer than the random id that takes its place, so each row is renewed once.
    """
    old = SurveyInvitation.group_id.in_(_groups(now - ADDRESSES_KEPT))
    works = func.length(SurveyInvitation.token_hash) == HASH_LENGTH
    ids = session.scalars(select(SurveyInvitation.id).where(old, works)).all()
    renewed = (
        update(SurveyInvitation)
        .where(SurveyInvitation.id == bindparam("row"))
        .values(nonce=bindparam("new_nonce"), token_hash=bindparam("new_hash"))
    )
    if ids:
        rows = [{"row": each, "new_nonce": make_nonce(), "new_hash": make_id()} for each in ids]
        session.connection().execute(renewed, rows)


def _old_partners(now: datetime) -> Delete:
    """A meeting may be after the round: who was mailed about it since, stays as long after that mail."""
    before = now - ADDRESSES_KEPT
    recent = select(SurveyMail.partner_id).where(
        SurveyMail.partner_id.is_not(None), SurveyMail.due_on >= today_in_amsterdam(before)
    )
    return delete(SurveyPartner).where(
        SurveyPartner.round_id.in_(_rounds(before)), SurveyPartner.id.not_in(recent)
    )


def _old_mails(now: datetime) -> Delete:
    old = select(SurveyInvitation.id).where(SurveyInvitation.group_id.in_(_groups(now - ADDRESSES_KEPT)))
    return delete(SurveyMail).where(SurveyMail.invitation_id.in_(old))


def _erase_responses(session: Session, now: datetime) -> int:
    """Erase old answers, and take those that stand under a name out of the outcomes too."""
    lists = session.scalars(_lists(now - ANSWERS_KEPT)).all()
    forget_all_named(session, lists)
    return _count(session, delete(SurveyResponse).where(SurveyResponse.list_id.in_(lists)))


def _old_joints(now: datetime) -> Delete:
    return delete(SurveyJoint).where(SurveyJoint.round_id.in_(_rounds(now - ANSWERS_KEPT)))


def _rounds(before: datetime) -> Select[int]:
    """The rounds that were over before a moment."""
    given_up = and_(SurveyRound.state == State.CONCEPT, SurveyRound.closes_on < today_in_amsterdam(before))
    return select(SurveyRound.id).where(or_(SurveyRound.closed_at < before, given_up))


def _lists(before: datetime) -> Select[int]:
    return select(SurveyList.id).where(SurveyList.round_id.in_(_rounds(before)))


def _groups(before: datetime) -> Select[int]:
    return select(SurveyGroup.id).where(SurveyGroup.list_id.in_(_lists(before)))
