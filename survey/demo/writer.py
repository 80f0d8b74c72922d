"""The rows of one demo round, collected and written at once."""

import itertools
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
from survey.definition import Answers, Question, Questionnaire
from survey.demo.answers import make_answers
from survey.demo.plan import DemoRound
from survey.rules import is_text
from survey.texts import State, is_enough
from survey.tokens import receipt_hash, receipt_of, token_hash, token_of

ORDER = (SurveyInvitation, SurveyDraft, SurveyDraftAnswer, SurveyResponse, SurveyAnswer, SurveyOpenAnswer)
"""What others point to comes first."""

REVIEWER = "demo.nakijker"
LEFT_TO_READ = 0.3
"""The part of the free texts that the reviewer of the demo has still to read, where the plan leaves any."""


class Asked(NamedTuple):
    """A list of the round: the row that counts, and the questionnaire as it is asked."""

    row: SurveyList
    questionnaire: Questionnaire
    questions: Mapping[str, Question]


@dataclass
class Writer:
    """Makes and keeps the rows of one round."""

    plan: DemoRound
    round_id: int
    chance: random.Random
    key: bytes
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)
    texts: dict[tuple[int, str], list[dict[str, Any]]] = field(default_factory=dict)
    """List and question → the rows of its free texts."""
    of_organisations: set[tuple[int, str]] = field(default_factory=set)
    """Those whose texts stand under a name."""

    def answers(self, asked: Asked) -> Answers:
        """What one respondent of this round answers."""
        return make_answers(asked.questionnaire, asked.questions, self.chance, self.plan.lean)

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
        asked: Asked,
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
            list_id=asked.row.id,
            receipt_hash=receipt_hash(self.key, receipt_of(self.key, submission)),
            gemeente_code=gemeente,
            organisation=name,
            organisation_code=code,
        )
        for key, value in self.answers(asked).items():
            if is_text(asked.questions[key], key):
                self._add_text(asked, response, key, str(value))
            else:
                self.add(SurveyAnswer, response_id=response, question=key, value=as_json(value))
        asked.row.received += 1

    def add_draft(self, asked: Asked, **owner: object) -> None:
        """What somebody began and did not send: the first third of the answers."""
        draft, answers = self.make_id(), self.answers(asked)
        given = list(answers.items())[: len(answers) // 3]
        values = {"group_id": None, "invitation_id": None, "token_hash": None, "region_code": None} | owner
        self.add(
            SurveyDraft,
            id=draft,
            list_id=asked.row.id,
            language="nl",
            version=len(given),
            submission_id=None,
            **values,
        )
        for version, (key, value) in enumerate(given, 1):
            self.add(SurveyDraftAnswer, draft_id=draft, question=key, value=as_json(value), version=version)

    def write(self, session: Session) -> None:
        """Write what was kept."""
        self._read_texts()
        for table in ORDER:
            if rows := self.rows.pop(table, []):
                session.execute(insert(table), rows)

    def _add_text(self, asked: Asked, response: str, key: str, text: str) -> None:
        self.add(
            SurveyOpenAnswer,
            id=self.make_id(),
            response_id=response,
            question=key,
            text=text,
            state=State.NEW,
            shown_text="",
            reviewed_by=None,
        )
        self.texts.setdefault((asked.row.id, key), []).append(self.rows[SurveyOpenAnswer][-1])
        if not asked.questionnaire.is_anonymous:
            self.of_organisations.add((asked.row.id, key))

    def _read_texts(self) -> None:
        """What the reviewer did after the round, to questions with enough texts; one in two is half done."""
        if self.plan.is_open:
            return
        enough = [
            texts
            for key, texts in self.texts.items()
            if is_enough(len(texts), is_named=key in self.of_organisations)
        ]
        for place, texts in enumerate(enough):
            is_begun = self.plan.leaves_texts and place % 2 == 1
            is_read = [not is_begun or self.chance.random() > LEFT_TO_READ for _ in texts]
            for text in itertools.compress(texts, is_read):
                text.update(state=State.SHOWN, shown_text=text["text"], reviewed_by=REVIEWER)


def as_json(value: object) -> str:
    """An answer as the tables hold it."""
    return json.dumps(value, ensure_ascii=False)
