"""Receipts: the only thing that leads from a person to answers that were sent, and only the person has it."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.disclosure.cells import MIN_SHOWN
from app.models import Region, SurveyList, SurveyResponse, SurveyRound
from app.rights.erasures import Erased, Kind, note
from survey.joint.changes import erase_joint
from survey.results.forgetting import forget_named
from survey.tokens import Token, receipt_hash, receipt_of


@dataclass(frozen=True)
class Receipt:
    """What its holder may know: the round's region, the questionnaire, and whether the group can be shown.

    `organisation` is that of a functionary, who is not anonymous: the region sees the answers under its name.
    """

    region: str
    questionnaire: str
    version: int
    is_shown: bool
    is_closed: bool
    round_id: int
    is_public: bool
    organisation: str | None = None


def find_receipt(session: Session, key: bytes, code: Token) -> Receipt | None:
    """The answers that belong to a code, as far as its holder may know; None for an unknown code."""
    query = (
        select(
            *(Region.name, SurveyRound.state, SurveyRound.release, SurveyResponse.organisation),
            SurveyRound.id.label("round_id"),
            *(SurveyList.id, SurveyList.questionnaire, SurveyList.version),
        )
        .join(SurveyList, SurveyList.id == SurveyResponse.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .join(Region, Region.code == SurveyRound.region_code)
        .where(SurveyResponse.receipt_hash == receipt_hash(key, code))
    )
    row = session.execute(query.select_from(SurveyResponse)).first()
    if row is None:
        return None
    number = session.scalar(select(func.count()).where(SurveyResponse.list_id == row.id)) or 0
    is_closed = row.state == "gesloten"
    is_shown = number >= MIN_SHOWN
    return Receipt(
        row.name,
        row.questionnaire,
        row.version,
        is_shown,
        is_closed,
        row.round_id,
        row.release == "publiek",
        row.organisation,
    )


class Repeated(NamedTuple):
    """Answers that were sent before, under an id that only their sender knows."""

    receipt: Token
    list_id: int


def repeated_receipt(session: Session, key: bytes, submission_id: str) -> Repeated | None:
    """The receipt of answers that were sent under this id, for who did not hear back; None without any."""
    receipt = receipt_of(key, submission_id)
    same = SurveyResponse.receipt_hash == receipt_hash(key, receipt)
    list_id = session.scalar(select(SurveyResponse.list_id).where(same))
    return None if list_id is None else Repeated(receipt, list_id)


def withdraw(session: Session, key: bytes, code: Token) -> bool:
    """Erase the answers that belong to a code; False if there are none (any more)."""
    if not erase_response(session, receipt_hash(key, code)):
        return False
    note(session, Erased(Kind.RESPONSE, receipt_hash(key, code)))  # a backup that is put back has it again
    return True


def erase_response(session: Session, hashed: str) -> bool:
    """Erase a response by the hash of its receipt, and all that was made of it under a name; count it."""
    gone = session.execute(
        delete(SurveyResponse)
        .where(SurveyResponse.receipt_hash == hashed)
        .returning(SurveyResponse.list_id, SurveyResponse.organisation, SurveyResponse.organisation_code)
    ).first()
    if gone is None:
        return False
    if gone.organisation is not None:
        forget_named(session, gone.list_id, gone.organisation, gone.organisation_code or "")
    if gone.organisation_code is not None:
        erase_joint(session, gone.list_id, gone.organisation_code)
    session.execute(
        update(SurveyList)
        .where(SurveyList.id == gone.list_id)
        .values(withdrawn=SurveyList.withdrawn + 1)
        .execution_options(synchronize_session=False)
    )
    return True
