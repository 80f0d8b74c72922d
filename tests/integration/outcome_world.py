"""Closed rounds with invented answers, for tests of results and their release."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.models import SurveyAnswer, SurveyList, SurveyOpenAnswer, SurveyResponse
from survey.definition import Value
from survey.tokens import make_id
from tests.integration.survey_world import NOW, add_group, add_list, add_round, close_round

_PLACE = "/regio/<region>/vragenlijsten/uitkomst/<int:round_id>"

OUTCOME_ROUTES = {
    "/regio/<region>/aansluiting": {"GET"},
    _PLACE: {"GET"},
    f"{_PLACE}.csv": {"GET"},
    f"{_PLACE}.xlsx": {"GET"},
    f"{_PLACE}/vrijgeven": {"POST"},
    f"{_PLACE}/akkoord": {"POST"},
    f"{_PLACE}/intrekken": {"POST"},
}
"""Addresses of the outcome inside a region."""

PUBLIC_ROUTES = {
    "/uitkomsten": {"GET"},
    "/uitkomsten/<int:round_id>": {"GET"},
    "/uitkomsten/<int:round_id>.csv": {"GET"},
    "/uitkomsten/<int:round_id>.xlsx": {"GET"},
}
"""What a region made public with two approvals is for everybody; a 404 for every other round."""

CLOSED_ON = date(2026, 10, 30)


def add_response(
    session: Session,
    list_id: int,
    answers: Mapping[str, Value],
    gemeente: str | None = "GM0363",
    *,
    organisation: tuple[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> str:
    """A list that was sent.

    Args:
        organisation: code and name, of a functionary.
        texts: open question → text that a reviewer let through.
    """
    row = SurveyResponse(
        id=make_id(),
        list_id=list_id,
        receipt_hash=make_id(),
        gemeente_code=gemeente,
        organisation=organisation[1] if organisation else None,
        organisation_code=organisation[0] if organisation else None,
    )
    session.add(row)
    session.flush()
    for question, value in answers.items():
        session.add(SurveyAnswer(response_id=row.id, question=question, value=json.dumps(value)))
    for question, text in (texts or {}).items():
        session.add(
            SurveyOpenAnswer(
                id=make_id(), response_id=row.id, question=question, text=f"{text} (ruw)", state="getoond",
                shown_text=text, reviewed_by="nakijker",
            )
        )  # fmt: skip
    session.get_one(SurveyList, list_id).received += 1
    session.flush()
    return row.id


def core_answers(value: int, *, grade: int = 7) -> dict[str, Value]:
    """The same answer to K01–K23, and a grade."""
    return {**{f"K{number:02}": value for number in range(1, 24)}, "K24": grade, "K25": 4}


def add_closed_round(
    session: Session,
    values: Mapping[str, Sequence[int]],
    *,
    region: str = "PO2707",
    partners: tuple[str, ...] = ("GM0363", "GM0384"),
    questionnaire: str = "ib",
    closes_on: date = CLOSED_ON,
    size: int | None = 60,
) -> int:
    """A closed round of one list: gemeente → what each respondent answered to every core question."""
    round_id = add_round(session, region, partners, closes_on=closes_on)
    list_id = add_list(session, round_id, questionnaire)
    for gemeente, given in values.items():
        add_group(session, list_id, f"Scholen {gemeente}", gemeente, size=size)
        for number, value in enumerate(given):
            texts = {"K26": f"Goed overleg {number}"}
            add_response(session, list_id, core_answers(value, grade=value + 3), gemeente, texts=texts)
    close_round(session, round_id)
    return round_id


__all__ = [
    "CLOSED_ON",
    "NOW",
    "OUTCOME_ROUTES",
    "PUBLIC_ROUTES",
    "add_closed_round",
    "add_response",
    "core_answers",
]
