"""The groups of a demo round with who was asked, what they sent, and what some have not sent yet."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import (
    Base,
    SurveyAnswer,
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
)
from survey.definition import Answers, Audience, Questionnaire, Value
from survey.demo.answers import make_answers
from survey.demo.plan import (
    OPEN_LINKS,
    POLICY_RATE,
    PROFESSIONAL_RATE,
    SIZES,
    DemoRound,
)
from survey.lists import ListInRound, Questionnaires, load_lists
from survey.rules import find_question, is_text
from survey.tokens import receipt_hash, receipt_of, token_hash, token_of

REVIEWER = "demo.nakijker"
NOT_READ_YET = 0.25
"""Of the free texts of the latest closed round of a region that has a reviewer among the demo accounts."""

PARTS = {"ib": 1.0, "zc": 0.6, "jh": 0.7}
"""How many people of a group there are for each intern begeleider."""

NAMES = {
    "ib": "Scholen in {}",
    "zc": "Scholen voor voortgezet onderwijs in {}",
    "jh": "Jeugdteams in {}",
    "ouders": "Ouders in {}",
    "jongeren": "Jongeren in {}",
}


@dataclass
class Writer:
    """The rows of one round, collected per table and written at once."""

    plan: DemoRound
    round_id: int
    chance: random.Random
    key: bytes
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: type[Base], **values: object) -> None:
        """Keep a row for later."""
        self.rows.setdefault(table, []).append(values)

    def make_id(self) -> str:
        """An id as `survey.tokens` makes them, out of the seed."""
        return f"{self.chance.getrandbits(128):032x}"

    def write(self, session: Session) -> None:
        """Write what was collected: what others point to first."""
        for table in (SurveyInvitation, SurveyDraft, SurveyDraftAnswer, SurveyResponse):
            self._insert(session, table)
        for table in (SurveyAnswer, SurveyOpenAnswer):
            self._insert(session, table)

    def _insert(self, session: Session, table: type[Base]) -> None:
        if rows := self.rows.pop(table, []):
            session.execute(insert(table), rows)


class Place(NamedTuple):
    """A list of the round, with the questionnaire as it is asked and the row that counts."""

    row: SurveyList
    questionnaire: Questionnaire


def add_answers(session: Session, writer: Writer, questionnaires: Questionnaires) -> None:
    """Everything that people did in a round: asked, begun and sent."""
    names = dict(_names(session, writer.plan))
    for each in load_lists(session, writer.round_id):
        place = Place(session.get_one(SurveyList, each.id), each.tailor(questionnaires))
        if place.questionnaire.audience is Audience.FUNCTIONARY:
            _add_functionaries(session, writer, place, names)
        elif each.questionnaire in OPEN_LINKS:
            _add_open(session, writer, place, names)
        else:
            _add_professionals(session, writer, place, names)
    session.flush()
    writer.write(session)
