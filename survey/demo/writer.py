"""The rows of one demo round, collected and written at once."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import (
    Base,
    SurveyAnswer,
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyInvitation,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
)
from survey.definition import Answers, Questionnaire
from survey.demo.answers import make_answers
from survey.demo.plan import DemoRound
from survey.rules import find_question, is_text
from survey.tokens import receipt_hash, receipt_of, token_hash, token_of

ORDER = (SurveyInvitation, SurveyDraft, SurveyDraftAnswer, SurveyResponse, SurveyAnswer, SurveyOpenAnswer)
"""What others point to comes first."""

REVIEWER = "demo.nakijker"
LEFT_TO_READ = 0.3
"""The part of the free texts that the reviewer of the demo has still to read, where the plan leaves any."""


@dataclass
class Writer:
    """Makes and keeps the rows of one round."""

    plan: DemoRound
    round_id: int
    chance: random.Random
    key: bytes
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)

    def answers(self, questionnaire: Questionnaire) -> Answers:
        """What one respondent of this round answers."""
        return make_answers(questionnaire, self.chance, self.plan.lean)

    def link(self) -> tuple[str, str]:
        """A nonce with the hash of its token; without the key of the installation nothing follows from it."""
        nonce = self.make_id()
        return nonce, token_hash(self.key, token_of(self.key, nonce))

    def make_id(self) -> str:
        """An id as `survey.tokens` makes them, out of the seed."""
        return f"{self.chance.getrandbits(128):032x}"

    def add(self, table: type[Base], **values: object) -> None:
        """Keep a row for later."""
        self.rows.setdefault(table, []).append(values)

    def add_response(
        self,
        row: SurveyList,
        questionnaire: Questionnaire,
        *,
        gemeente: str | None,
        organisation: tuple[str, str] | None = None,
    ) -> None:
        """What somebody sent.

        Args:
            organisation: code and name; of functionaries only.
        """
        response, submission = self.make_id(), self.make_id()
        code, name = organisation or (None, None)
        self.add(
            SurveyResponse,
            id=response,
            list_id=row.id,
            receipt_hash=receipt_hash(self.key, receipt_of(self.key, submission)),
            gemeente_code=gemeente,
            organisation=name,
            organisation_code=code,
        )
        for key, value in self.answers(questionnaire).items():
            question = find_question(questionnaire, key)
            if question is not None and is_text(question, key):
                self._add_text(response, key, str(value))
            else:
                self.add(SurveyAnswer, response_id=response, question=key, value=as_json(value))
        row.received += 1

    def add_draft(self, row: SurveyList, questionnaire: Questionnaire, **owner: object) -> None:
        """What somebody began and did not send: the first third of the answers."""
        draft, answers = self.make_id(), self.answers(questionnaire)
        given = list(answers.items())[: len(answers) // 3]
        values = {"group_id": None, "invitation_id": None, "token_hash": None, "region_code": None} | owner
        self.add(
            SurveyDraft,
            id=draft,
            list_id=row.id,
            language="nl",
            version=len(given),
            submission_id=None,
            **values,
        )
        for version, (key, value) in enumerate(given, 1):
            self.add(SurveyDraftAnswer, draft_id=draft, question=key, value=as_json(value), version=version)

    def write(self, session: Session) -> None:
        """Write what was kept."""
        for table in ORDER:
            if rows := self.rows.pop(table, []):
                session.execute(insert(table), rows)

    def _add_text(self, response: str, key: str, text: str) -> None:
        is_read = not (self.plan.leaves_texts and self.chance.random() < LEFT_TO_READ)
        self.add(
            SurveyOpenAnswer,
            id=self.make_id(),
            response_id=response,
            question=key,
            text=text,
            state="getoond" if is_read else "nieuw",
            shown_text=text if is_read else "",
            reviewed_by=REVIEWER if is_read else None,
        )


def as_json(value: object) -> str:
    """An answer as the tables hold it."""
    return json.dumps(value, ensure_ascii=False)
