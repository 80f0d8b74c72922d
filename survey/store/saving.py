"""Saving answers as they are given. Nothing newer is ever overwritten by who has not seen it.

A save names the version of the draft that its sender knows. An answer that was stored later is left alone,
unless it says the same: the sender then gets to see both. So different questions never conflict, and a save
that arrives late or twice brings nothing back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.models import SurveyDraft, SurveyDraftAnswer
from survey.definition import Value
from survey.store.drafts import Draft


@dataclass(frozen=True)
class Change:
    """Answers that somebody gives, None for taken back, with the version of the draft that they know.

    `earlier` holds what the same sender gave before for these questions without having heard back.
    """

    values: Mapping[str, Value | None]
    known: int
    earlier: Mapping[str, Value | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved:
    """The draft's version now; what stands there instead; what else is new to the sender."""

    version: int
    conflicts: Mapping[str, Value | None]
    newer: Mapping[str, Value | None]


def save(session: Session, draft: Draft, change: Change) -> Saved:
    """Store what does not conflict. `draft` was read in this transaction, with its lock."""
    known = min(change.known, draft.version)
    conflicts = {
        question: draft.answers.get(question)
        for question in change.values
        if not _may_replace(draft, question, change, known)
    }
    fresh = {
        question: value
        for question, value in change.values.items()
        if question not in conflicts and draft.answers.get(question) != value
    }
    version = draft.version + 1 if fresh else draft.version
    _store(session, draft, fresh, version)
    newer = {
        question: draft.answers.get(question)
        for question, at in draft.versions.items()
        if at > known and question not in change.values
    }
    return Saved(version, conflicts, newer)


def _may_replace(draft: Draft, question: str, change: Change, known: int) -> bool:
    at, stored = draft.versions.get(question, 0), draft.answers.get(question)
    if at <= known or stored == change.values[question]:
        return True
    # The sender's own last save arrived, but not our answer to it: nobody else wrote in between.
    return at == known + 1 and question in change.earlier and change.earlier[question] == stored


def _store(session: Session, draft: Draft, fresh: Mapping[str, Value | None], version: int) -> None:
    if not fresh:
        return
    connection, table = session.connection(), SurveyDraftAnswer.__table__
    for question, value in fresh.items():
        row = {"value": json.dumps(value, ensure_ascii=False), "version": version}
        if question in draft.versions:
            same = (table.c.draft_id == draft.id) & (table.c.question == question)
            connection.execute(update(SurveyDraftAnswer).where(same).values(row))
        else:
            values = {"draft_id": draft.id, "question": question, **row}
            connection.execute(insert(SurveyDraftAnswer).values(values))
    connection.execute(update(SurveyDraft).where(SurveyDraft.id == draft.id).values(version=version))
