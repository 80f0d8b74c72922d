"""Through which door somebody comes to a questionnaire: a personal, open or own link, or an account."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import FillableRegion
from app.db import row_number
from app.errors import AccessDenied
from app.models import SurveyDraft, SurveyGroup, SurveyInvitation, SurveyList, SurveyRound, SurveyRoundRegion
from app.regions import kind_of
from survey.rounds import State
from survey.store.organisations import LISTS_OF_ORGANISATIONS, answering_region
from survey.tokens import Token, token_hash


class Kind(StrEnum):
    """What opened the door."""

    INVITATION = "persoonlijk"
    OPEN = "open"
    OWN = "eigen"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Door:
    """A way in that exists.

    `region_code` names the region for which the visitor answers, together with whoever else comes for it by
    account or personal link. Only an own link knows its draft.
    """

    kind: Kind
    list_id: int
    group_id: int | None = None
    organisation: str = ""
    gemeente_code: str | None = None
    is_test: bool = False
    invitation_id: str | None = None
    draft_id: str | None = None
    region_code: str | None = None


def find_door(session: Session, key: bytes, token: Token) -> Door | None:
    """What a token opens; None for one that was never given out, or an own link that was used to send."""
    hashed = token_hash(key, token)
    return _by_invitation(session, hashed) or _by_open_link(session, hashed) or _by_draft(session, hashed)


def find_account_door(session: Session, list_id: int, region: FillableRegion) -> Door:
    """The way in for the people of a region that takes part, to a questionnaire that asks such regions.

    Raises:
        AccessDenied: there is no such list, its round is in preparation, or it does not ask this region; the
            same words for all.
    """
    takes_part = (SurveyRoundRegion.round_id == SurveyList.round_id) & (
        SurveyRoundRegion.region_code == str(region)
    )
    query = (
        select(SurveyList.questionnaire)
        .join(SurveyRoundRegion, takes_part)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyList.id == row_number(list_id), SurveyRound.state != State.CONCEPT)
    )
    questionnaire = session.scalar(query)
    if questionnaire is None or kind_of(region) not in LISTS_OF_ORGANISATIONS.get(questionnaire, ()):
        raise AccessDenied
    return Door(Kind.ACCOUNT, list_id, region_code=str(region))


_OF_GROUP = (
    SurveyGroup.list_id,
    SurveyList.questionnaire,
    SurveyGroup.id,
    SurveyGroup.organisation,
    SurveyGroup.gemeente_code,
    SurveyGroup.is_test,
)


def _by_invitation(session: Session, hashed: str) -> Door | None:
    query = (
        select(SurveyInvitation.id.label("owner"), *_OF_GROUP)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .where(SurveyInvitation.token_hash == hashed)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    return _door(Kind.INVITATION, row, invitation_id=row.owner, region_code=_region_of(session, row))


def _region_of(session: Session, row: Any) -> str | None:
    if row.is_test:
        return None
    return answering_region(
        session,
        row.list_id,
        row.questionnaire,
        gemeente_code=row.gemeente_code,
        organisation=row.organisation,
    )


def _by_open_link(session: Session, hashed: str) -> Door | None:
    query = select(*_OF_GROUP).join(SurveyList, SurveyList.id == SurveyGroup.list_id)
    row = session.execute(query.where(SurveyGroup.open_hash == hashed)).first()
    return None if row is None else _door(Kind.OPEN, row)


def _by_draft(session: Session, hashed: str) -> Door | None:
    query = (
        select(SurveyDraft.id.label("owner"), *_OF_GROUP)
        .join(SurveyGroup, SurveyGroup.id == SurveyDraft.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .where(SurveyDraft.token_hash == hashed)
    )
    row = session.execute(query).first()
    return None if row is None else _door(Kind.OWN, row, draft_id=row.owner)


def _door(
    kind: Kind,
    row: Any,
    *,
    invitation_id: str | None = None,
    draft_id: str | None = None,
    region_code: str | None = None,
) -> Door:
    return Door(
        kind,
        row.list_id,
        row.id,
        row.organisation,
        row.gemeente_code,
        is_test=row.is_test,
        invitation_id=invitation_id,
        draft_id=draft_id,
        region_code=region_code,
    )
