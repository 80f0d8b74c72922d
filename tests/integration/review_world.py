"""Closed rounds with texts for tests: enough of them for one question, too few for another."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import accounts
from app.access import Role
from app.db import Database
from app.models import (
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
    SurveyRound,
    SurveyRoundRegion,
    User,
)
from survey.tokens import make_id
from tests.integration import world

PLACE = "/regio/{}/vragenlijsten/nakijken"
REVIEW_ROUTES = {
    "/regio/<region>/vragenlijsten/nakijken": {"GET"},
    "/regio/<region>/vragenlijsten/nakijken/<round_id>": {"GET", "POST"},
    "/regio/<region>/vragenlijsten/nakijken/<round_id>.csv": {"GET"},
}
"""Address → methods, for the written list of all routes."""

MANY, FEW = "K26", "Q1.13.anders"
"""A question with ten texts, and one with nine."""

CANARY = "kanariepiet"
"""Stands in every text; nobody but the reviewer may see it before it was read."""

CLOSED_AT = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


def add_reviewer(db: Database, login: str = "nakijker", region: str = "PO2707") -> None:
    """Somebody with the permission, and nothing else; the password is everybody's."""
    with db.transaction() as session:
        user = accounts.create_user(session, login, f"Persoon {login}", by="test")
        user.password_hash = world._password_hash()
        accounts.grant(session, login, region, Role.REVIEWER, by="test")


def add_round(session: Session, region: str = "PO2707", *, closed_at: datetime | None = CLOSED_AT) -> int:
    """A round of intern begeleiders with its list; returns the id of the round."""
    opened = (closed_at or datetime.now(UTC)).date() - timedelta(days=21)
    found = SurveyRound(
        region_code=region,
        title="Najaarsronde",
        state="open" if closed_at is None else "gesloten",
        opens_on=opened,
        closes_on=date(2099, 12, 31) if closed_at is None else closed_at.date(),
        created_at=CLOSED_AT - timedelta(days=30),
        created_by="coordinator",
        closed_at=closed_at,
    )
    session.add(found)
    session.flush()
    for code in {region, "GM0363", "GM0384"}:
        session.add(SurveyRoundRegion(round_id=found.id, region_code=code))
    session.add(SurveyList(round_id=found.id, questionnaire="ib", version=1))
    session.flush()
    return found.id


def list_of(session: Session, round_id: int) -> int:
    """The id of the list of a round."""
    return session.query(SurveyList.id).filter(SurveyList.round_id == round_id).scalar()


def add_texts(session: Session, round_id: int, number: int = 10, question: str = MANY) -> list[str]:
    """So many responses with one text each; returns the ids of the texts."""
    list_id = list_of(session, round_id)
    ids = [make_id() for _ in range(number)]
    for place, each in enumerate(ids):
        response = SurveyResponse(
            id=make_id(), list_id=list_id, receipt_hash=make_id(), gemeente_code="GM0363"
        )
        session.add(response)
        session.flush()
        text = f"{CANARY} {place}: het overleg kan beter"
        session.add(SurveyOpenAnswer(id=each, response_id=response.id, question=question, text=text))
    session.flush()
    return ids


def review_all(session: Session, ids: list[str]) -> None:
    """Show every text as it is."""
    shown = update(SurveyOpenAnswer).where(SurveyOpenAnswer.id.in_(ids))
    session.execute(shown.values(state="getoond", shown_text=SurveyOpenAnswer.text, reviewed_by="nakijker"))


def get_account(session: Session, login: str) -> User:
    """One of the people."""
    return accounts.get_user(session, login)
