"""Two people who fill in one questionnaire at the same moment, and what each is told (R-08)."""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.db import Database
from app.models import SurveyDraftAnswer
from tests.integration.filling import Respondent

QUESTIONS = ("K01", "K02", "K03", "K04")


@dataclass
class Editor:
    """One of them, with the version that was last heard of."""

    person: Respondent
    known: int = 0
    sent: dict[str, int] = field(default_factory=dict)
    reply: dict[str, Any] = field(default_factory=dict)
    status: int = 0

    def save(self, answers: dict[str, int]) -> None:
        """Save, and hear the answer; the version is taken over only by `look`."""
        answer = self.person.save(answers, self.known)
        self.sent, self.status, self.reply = answers, answer.status_code, answer.get_json()

    @property
    def refused(self) -> dict[str, Any]:
        """question → what stands there instead."""
        return {key: each["daar"] for key, each in self.reply.get("botsing", {}).items()}

    def look(self) -> None:
        """See what stands there now."""
        self.known = self.reply["versie"]


def edit_together(
    db: Database, people: tuple[Respondent, Respondent], *, rounds: int, seed: int
) -> Counter[str]:
    """What came of so many rounds in which both save at once; every word but `right` is a fault.

    After a round both know everything, and the one that was refused may say it again.
    """
    draw, found = random.Random(seed), Counter[str]()  # noqa: S311 - answers, not secrets
    editors = tuple(Editor(person) for person in people)
    with ThreadPoolExecutor(len(editors)) as pool:
        for _ in range(rounds):
            before = _stored(db)
            answers = [_draw(draw) for _ in editors]
            list(pool.map(Editor.save, editors, answers))
            found.update(_faults(before, _stored(db), editors) or ["right"])
            newest = max(editors, key=lambda each: each.reply["versie"])
            for editor in editors:
                editor.reply = newest.reply
                editor.look()
    return found


def _draw(draw: random.Random) -> dict[str, int]:
    return {key: draw.randint(1, 5) for key in draw.sample(QUESTIONS, draw.randint(1, 3))}


def _stored(db: Database) -> dict[str, int]:
    with db.session() as session:
        rows = session.execute(select(SurveyDraftAnswer.question, SurveyDraftAnswer.value))
        return {question: json.loads(value) for question, value in rows}


def _faults(before: dict[str, int], after: dict[str, int], editors: tuple[Editor, ...]) -> list[str]:
    faults = [f"status {each.status}" for each in editors if each.status != (409 if each.refused else 200)]
    for key in QUESTIONS:
        said = {each.sent[key] for each in editors if key in each.sent and key not in each.refused}
        changed = said - {before.get(key)}  # who said what stood there, changed nothing
        if len(changed) > 1 or changed not in (set(), {after.get(key)}):
            faults.append("an answer that was confirmed is gone")
        if not changed and after.get(key) != before.get(key):
            faults.append("changed by nobody")
    told = [editor.refused.items() for editor in editors]
    faults += ["the loser was told something else" for each in told if each - after.items()]
    return faults
