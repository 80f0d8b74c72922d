"""A round in which an SWV and a gemeente sent their questionnaires, with answers made by hand."""

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.models import SurveyAnswer, SurveyResponse
from survey.definition import Value
from tests.integration.survey_world import add_list, add_round

PLACE = "/regio/<region>/vragenlijsten/samen/<int:round_id>"
JOINT_ROUTES = {
    PLACE: {"GET"},
    f"{PLACE}/<other>": {"GET", "POST"},
    f"{PLACE}/<other>.csv": {"GET"},
    f"{PLACE}/<other>/ondertekenen": {"POST"},
}
"""Address → methods, for the written list of all routes."""

SWV_ANSWERS: Mapping[str, Value] = {
    "K01": 4,
    "K02": 2,
    "K24": 7,
    "Q5.04.thuiszitters": 3,
    "Q5.13": ["thuiszitters", "privacy"],
}
GEMEENTE_ANSWERS: Mapping[str, Value] = {
    "K01": 4,
    "K02": 5,
    "K24": 6,
    "Q4.04.thuiszitters": 3,
    "Q4.12": ["privacy"],
}
"""Alike at K01 and thuiszitters; different at K02, K24 and the priorities."""


def add_joint_round(
    session: Session, *, region: str = "PO2707", partners: tuple[str, ...] = ("GM0363", "GM0384")
) -> int:
    """An open round with both questionnaires, that nobody sent yet."""
    round_id = add_round(session, region, partners)
    add_list(session, round_id, "swv")
    add_list(session, round_id, "gemeente")
    return round_id


def send(session: Session, list_id: int, code: str, answers: Mapping[str, Value]) -> None:
    """What an organisation sent."""
    response = f"antwoord-{list_id}-{code}"
    session.add(
        SurveyResponse(
            id=response, list_id=list_id, receipt_hash=response, organisation=code, organisation_code=code
        )
    )
    session.flush()
    session.add_all(
        SurveyAnswer(response_id=response, question=key, value=json.dumps(value))
        for key, value in answers.items()
    )
