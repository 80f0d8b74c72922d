"""Somebody who fills in a questionnaire, as far as a test client can: forms, saves, sending."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from dash import Dash
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import Database
from app.models import SurveyDraft, SurveyDraftAnswer, SurveyList, SurveyResponse
from survey.reading import load_questionnaires
from survey.rules import screens
from tests.integration.visitor import HTML, Visitor

NEEDED: dict[str, Any] = {"Q1.01": ["geen"], "Q1.05": 0, "Q1.10a": "nee", "K24": 7}
"""Answers to what an intern begeleider cannot skip, and a grade."""


@dataclass
class Respondent:
    """One browser at one questionnaire; `address` is where it stands: behind a token or an account."""

    visitor: Visitor
    address: str
    submission: str = ""
    token: str = ""
    language: str = "nl"

    def get(self, end: str = "") -> TestResponse:
        """Open one of its pages."""
        return self.visitor.get(f"{self.address}{end}")

    def post(self, end: str, data: dict[str, Any] | None = None) -> TestResponse:
        """Send one of its forms."""
        body = {**({"csrf_token": self.token} if self.token else {}), **(data or {})}
        return self.visitor.client.post(f"{self.address}{end}", data=body, headers=HTML)

    def begin(self) -> TestResponse:
        """Press the first button; after an open link the address becomes the own one."""
        self.submission = self.submission or str(uuid4())
        answer = self.post("/beginnen", {"taal": self.language, "verzending": self.submission})
        if answer.status_code == 303 and self.address.startswith("/invullen/"):
            self.address = "/".join(answer.headers["Location"].split("/")[:3])
        return answer

    def save(self, answers: dict[str, Any], known: int = 0, **more: Any) -> TestResponse:
        """Save as the script does."""
        headers = {"X-CSRFToken": self.token} if self.token else {}
        body = {"versie": known, "antwoorden": answers, **more}
        return self.visitor.client.post(f"{self.address}/opslaan", json=body, headers=headers)

    def send(self, submission: str | None = None) -> TestResponse:
        """Press the last button."""
        known = self.submission if submission is None else submission
        return self.post("/versturen", {"verzending": known, "taal": self.language})

    def fill_in(self, **answers: Any) -> TestResponse:
        """Begin, answer what is needed and send."""
        self.begin()
        assert self.save({**NEEDED, **answers}).status_code == 200
        return self.send()


def respondent(app: Dash, token: str, address: str = "192.0.2.1") -> Respondent:
    """Somebody with a link."""
    return Respondent(Visitor(app, address), f"/invullen/{token}")


def receipt_in(answer: TestResponse) -> str:
    """The code on the page of thanks."""
    found = re.search(r'id="ontvangstcode">([^<]+)<', answer.text)
    assert found is not None, answer.text[-2000:]
    return found[1]


def form_of(page: TestResponse) -> dict[str, str]:
    """The hidden fields of a screen."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {name: html.unescape(value) for name, value in found}


def responses(db: Database) -> int:
    """How many answers were sent and kept."""
    return _count(db, SurveyResponse)


def drafts(db: Database) -> int:
    """How many drafts there are."""
    return _count(db, SurveyDraft)


def _count(db: Database, model: Any) -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def received(db: Database, list_id: int) -> int:
    """What the list counted."""
    with db.session() as session:
        return session.get_one(SurveyList, list_id).received


def stored(db: Database) -> dict[str, Any]:
    """The answers of all drafts, null for taken back."""
    with db.session() as session:
        rows = session.execute(select(SurveyDraftAnswer.question, SurveyDraftAnswer.value)).all()
    return {row.question: json.loads(row.value) for row in rows}


def first_screens(questionnaire: str, answers: dict[str, Any] | None = None) -> list[str]:
    """The ends of the addresses of the screens, in their order."""
    definition = load_questionnaires()[questionnaire, 1]
    return [f"/{each.section.key}/{each.number}" for each in screens(definition, answers or {})]
