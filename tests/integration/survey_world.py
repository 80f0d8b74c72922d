"""Rounds of questionnaires for tests: small, invented, made row by row. Needs the regions of `world.py`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy.orm import Session

from app.config import Settings
from app.models import SurveyGroup, SurveyInvitation, SurveyList, SurveyRound, SurveyRoundRegion
from survey.tokens import Token, make_id, make_nonce, survey_key, token_hash, token_of

OPENS, CLOSES = date(2020, 1, 1), date(2099, 12, 31)
"""A round that is open whenever the tests run."""

_NUMBERS = count(1)

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Invited:
    """A personal link and the invitation behind it."""

    token: Token
    id: str


@dataclass(frozen=True)
class OpenGroup:
    """A group with an open link."""

    token: Token
    id: int


def key_of(settings: Settings) -> bytes:
    """The key of the tokens of an installation."""
    return survey_key(settings)


def add_round(
    session: Session,
    region: str = "PO2707",
    partners: tuple[str, ...] = ("GM0363", "GM0384"),
    *,
    state: str = "open",
    opens_on: date = OPENS,
    closes_on: date = CLOSES,
) -> int:
    """A round of a region with its partners; open unless said otherwise."""
    row = SurveyRound(
        region_code=region,
        title="Ronde van de test",
        state=state,
        opens_on=opens_on,
        closes_on=closes_on,
        contact="coordinator@example.org",
        created_at=NOW,
        created_by="test",
        closed_at=NOW if state == "gesloten" else None,
    )
    session.add(row)
    session.flush()
    session.add_all(SurveyRoundRegion(round_id=row.id, region_code=code) for code in (region, *partners))
    session.flush()
    return row.id


def close_round(session: Session, round_id: int) -> None:
    """Close a round as the worker does."""
    row = session.get_one(SurveyRound, round_id)
    row.state, row.closed_at = "gesloten", NOW
    session.flush()


def add_list(session: Session, round_id: int, questionnaire: str = "ib", version: int = 1) -> int:
    """A questionnaire in a round."""
    row = SurveyList(round_id=round_id, questionnaire=questionnaire, version=version)
    session.add(row)
    session.flush()
    return row.id


def add_group(
    session: Session,
    list_id: int,
    organisation: str = "Basisschool De Brug",
    gemeente: str | None = "GM0363",
    *,
    size: int | None = 20,
    is_test: bool = False,
) -> int:
    """A group that gets personal links."""
    row = SurveyGroup(
        list_id=list_id, organisation=organisation, gemeente_code=gemeente, size=size, is_test=is_test
    )
    session.add(row)
    session.flush()
    return row.id


def add_open_group(
    session: Session, key: bytes, list_id: int, organisation: str = "Jeugdteam Oost", *, is_test: bool = False
) -> OpenGroup:
    """A group that gets one link for everybody."""
    nonce = make_nonce()
    token = token_of(key, nonce)
    row = SurveyGroup(
        list_id=list_id,
        organisation=organisation,
        gemeente_code="GM0363",
        open_nonce=nonce,
        open_hash=token_hash(key, token),
        is_test=is_test,
    )
    session.add(row)
    session.flush()
    return OpenGroup(token, row.id)


def add_invitation(session: Session, key: bytes, group_id: int, *, state: str = "uitgenodigd") -> Invited:
    """Somebody of a group, with a personal link."""
    nonce, number = make_nonce(), next(_NUMBERS)
    token = token_of(key, nonce)
    row = SurveyInvitation(
        id=make_id(),
        group_id=group_id,
        number=number,
        name=f"Persoon {number}",
        email=f"persoon-{number}@example.org",
        nonce=nonce,
        token_hash=token_hash(key, token),
        state=state,
    )
    session.add(row)
    session.flush()
    return Invited(token, row.id)
