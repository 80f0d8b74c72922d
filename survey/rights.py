"""The rights of who was asked: erasing an invitee, and doing again what a restored backup brought back.

An answer that was sent is found by its receipt only; nobody here can find it by a person.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.access import CoordinatedRegion
from app.audit import record
from app.models import (
    SurveyDraft,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyMail,
    SurveyPartner,
    SurveyRound,
)
from app.rights.accounts import repeat_accounts
from app.rights.erasures import Erased, Kind, note, noted, read_file, subject_hash
from survey.store.receipts import erase_response
from survey.tokens import make_id, make_nonce


def erase_invitee(
    session: Session, region: CoordinatedRegion, group_id: int, email: str, *, by: str, key: bytes
) -> int:
    """Erase who has this address in a group of one's own rounds; returns how many invitations it was.

    Name, address, mails and what was not sent yet go, and the link stops working. The row stays with its
    state, so that no count changes: that would tell who erases whether the invitee had answered. Nothing is
    written down of whom it was about.

    Args:
        key: of `app.rights.erasures.erasure_key`.
    """
    query = (
        select(SurveyInvitation.id)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyGroup.id == group_id, SurveyRound.region_code == region)
        .where(SurveyInvitation.email != "", func.lower(SurveyInvitation.email) == email.strip().lower())
    )
    found = session.scalars(query).all()
    _erase_invitations(session, found, key=key)
    if found:
        record(session, by=by, action="invitee.erase", subject=f"groep {group_id}", detail=str(len(found)))
    return len(found)


def erase_partner(
    session: Session, region: CoordinatedRegion, round_id: int, email: str, *, by: str, key: bytes
) -> int:
    """Erase an address to which mails about a round of one's own went; returns how many there were."""
    query = (
        select(SurveyPartner.id)
        .join(SurveyRound, SurveyRound.id == SurveyPartner.round_id)
        .where(SurveyRound.id == round_id, SurveyRound.region_code == region)
        .where(SurveyPartner.email == email.strip().lower())
    )
    found = session.scalars(query).all()
    _erase_partners(session, found, key=key)
    if found:
        record(session, by=by, action="partner.erase", subject=f"ronde {round_id}", detail=str(len(found)))
    return len(found)


def repeat_erasures(session: Session, paths: Iterable[Path], *, by: str, key: bytes) -> dict[Kind, int]:
    """Erase again what was erased after the backup in use was made; returns how many of each were found."""
    missing = {each for path in paths for each in read_file(path)} - noted(session)
    accounts = {each.subject_hash: each.pseudonym for each in missing if each.kind is Kind.ACCOUNT}
    people = {each.subject_hash for each in missing if each.kind is Kind.INVITEE}
    receipts = {each.subject_hash for each in missing if each.kind is Kind.RESPONSE}
    found = {
        Kind.ACCOUNT: repeat_accounts(session, accounts, by=by, key=key),
        Kind.INVITEE: _repeat_invitees(session, people, key=key),
        Kind.RESPONSE: _repeat_withdrawals(session, receipts),
    }
    for each in sorted(missing):
        note(session, each)
    if missing:
        words = ", ".join(f"{kind} {count}" for kind, count in found.items())
        record(session, by=by, action="erasures.repeat", subject="wissingen", detail=words)
    return found


def _erase_invitations(session: Session, ids: Collection[str], *, key: bytes) -> None:
    for each in ids:
        session.execute(delete(SurveyMail).where(SurveyMail.invitation_id == each))
        session.execute(delete(SurveyDraft).where(SurveyDraft.invitation_id == each))
        own = update(SurveyInvitation).where(SurveyInvitation.id == each)
        session.execute(own.values(name="", email="", nonce=make_nonce(), token_hash=make_id()))
        note(session, Erased(Kind.INVITEE, subject_hash(key, Kind.INVITEE, each)))


def _erase_partners(session: Session, ids: Collection[str], *, key: bytes) -> None:
    for each in ids:
        session.execute(delete(SurveyPartner).where(SurveyPartner.id == each))  # and with it its mails
        note(session, Erased(Kind.INVITEE, subject_hash(key, Kind.INVITEE, each)))


def _repeat_invitees(session: Session, hashes: Collection[str], *, key: bytes) -> int:
    if not hashes:
        return 0
    invited = _among(session.scalars(select(SurveyInvitation.id)), hashes, key=key)
    partners = _among(session.scalars(select(SurveyPartner.id)), hashes, key=key)
    _erase_invitations(session, invited, key=key)
    _erase_partners(session, partners, key=key)
    return len(invited) + len(partners)


def _among(ids: Iterable[str], hashes: Collection[str], *, key: bytes) -> list[str]:
    return [each for each in ids if subject_hash(key, Kind.INVITEE, each) in hashes]


def _repeat_withdrawals(session: Session, receipts: Collection[str]) -> int:
    """One at a time, each with its count, as a withdrawal does it."""
    return sum(erase_response(session, each) for each in receipts)
