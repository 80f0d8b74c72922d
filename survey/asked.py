"""What is asked of an organisation now: the lists of functionaries in open rounds that it takes part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import SurveyDraft, SurveyResponse, SurveyRound
from survey.checklist import title_of
from survey.definition import Audience
from survey.lists import ListInRound, Questionnaires, load_lists
from survey.monitor import organisations_asked
from survey.rounds import refusal


class Progress(StrEnum):
    """How far an organisation is with its list."""

    NEW = "nog niet begonnen"
    STARTED = "begonnen"
    SENT = "verzonden"


@dataclass(frozen=True)
class Task:
    """A list that an organisation fills in."""

    list_id: int
    round_id: int
    round_title: str
    title: str
    minutes: int
    closes_on: date
    progress: Progress


def load_tasks(
    session: Session,
    region: str,
    rounds: Sequence[SurveyRound],
    questionnaires: Questionnaires,
    today: date,
) -> list[Task]:
    """The lists for this organisation in rounds that take answers today."""
    found = []
    for round_ in rounds:
        if refusal(round_, today) is not None:
            continue
        for each in load_lists(session, round_.id):
            original = each.original(questionnaires)
            is_for_them = bool(organisations_asked(each.questionnaire, [region]))
            if original.audience is Audience.FUNCTIONARY and is_for_them:
                found.append(
                    Task(
                        each.id,
                        round_.id,
                        round_.title,
                        title_of(original),
                        original.minutes,
                        round_.closes_on,
                        _progress(session, each, region),
                    )
                )
    return found


def _progress(session: Session, each: ListInRound, region: str) -> Progress:
    sent = select(SurveyResponse.id).where(
        SurveyResponse.list_id == each.id, SurveyResponse.organisation_code == region
    )
    if session.scalar(sent.limit(1)):
        return Progress.SENT
    draft = select(SurveyDraft.id).where(SurveyDraft.list_id == each.id, SurveyDraft.region_code == region)
    return Progress.STARTED if session.scalar(draft.limit(1)) else Progress.NEW
