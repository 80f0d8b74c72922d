"""A visit to a questionnaire: everything that a page or an act needs to know, read at once."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Region, SurveyDraft, SurveyList, SurveyRound
from survey.definition import Audience, Questionnaire, Value
from survey.lists import Questionnaires, load_list, sector_of, within_swv
from survey.rounds import Refusal, State, refusal
from survey.store.doors import Door
from survey.store.drafts import Draft, is_declined, is_sent, load_draft
from survey.words import Words

MAX_KEPT = 256
"""Questionnaires of rounds that a process keeps ready."""


@dataclass(frozen=True)
class Visit:
    """A door with what lies behind it at one moment.

    `refusal` tells why no answers are taken now; `is_sent` that they were sent already; `is_declined` that
    the invitee said not to take part.
    """

    door: Door
    round: SurveyRound
    questionnaire: Questionnaire
    draft: Draft | None
    is_sent: bool
    is_declined: bool
    refusal: Refusal | None
    region_name: str

    @property
    def answers(self) -> dict[str, Value]:
        """The answers of the draft, on the path or not."""
        return dict(self.draft.answers) if self.draft else {}

    def words(self, language: str = "") -> Words:
        """What is said to who answers: in the language asked for, else in that of the draft."""
        spoken = language or (self.draft.language if self.draft else "nl")
        return Words(spoken, self.questionnaire.audience is Audience.YOUNG)


@dataclass(frozen=True)
class Shelf:
    """The questionnaires as rounds ask them. Once a round has opened, nobody can change what it asks."""

    questionnaires: Questionnaires
    _kept: dict[tuple[object, ...], Questionnaire] = field(default_factory=dict, repr=False)

    def find(self, session: Session, row: SurveyList, round_: SurveyRound, door: Door) -> Questionnaire:
        """The questionnaire behind a door."""
        sector = sector_of(door.region_code) if door.region_code else ""
        swv = door.region_code if sector else None
        key = (row.id, row.questionnaire, row.version, round_.id, round_.created_at, swv)
        found = self._kept.get(key)
        if found is None:
            in_round = load_list(session, row.id)
            if swv is not None:
                in_round = within_swv(session, in_round, swv)
            found = in_round.tailor(self.questionnaires, sector=sector or None)
            if round_.state != State.CONCEPT:
                self._keep(key, found)
        return found

    def _keep(self, key: tuple[object, ...], questionnaire: Questionnaire) -> None:
        while len(self._kept) >= MAX_KEPT:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[key] = questionnaire


def is_as_seen(session: Session, visit: Visit) -> bool:
    """Whether draft and round are as they were at a visit; if so, nobody else changes the draft meanwhile."""
    if visit.draft is None:
        return False
    query = (
        select(SurveyDraft.version, SurveyRound.state, SurveyRound.closes_on)
        .join(SurveyList, SurveyList.id == SurveyDraft.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyDraft.id == visit.draft.id)
        .with_for_update(of=SurveyDraft)
    )
    row = session.execute(query).first()
    seen = (visit.draft.version, visit.round.state, visit.round.closes_on)
    return row is not None and tuple(row) == seen


def load_visit(session: Session, door: Door, shelf: Shelf, *, today: date, lock: bool = False) -> Visit:
    """What lies behind a door on a day in Amsterdam.

    Args:
        lock: in a write transaction: nobody else changes the draft, or closes the round, until it ends.
    """
    query = (
        select(SurveyList, SurveyRound, Region.name)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .join(Region, Region.code == SurveyRound.region_code)
        .where(SurveyList.id == door.list_id)
    )
    if lock:
        query = query.with_for_update(read=True, of=SurveyRound)
    row, round_, region_name = session.execute(query).one()
    draft = load_draft(session, door, lock=lock)
    return Visit(
        door,
        round_,
        shelf.find(session, row, round_, door),
        draft,
        draft is None and is_sent(session, door),
        draft is None and is_declined(session, door),
        refusal(round_, today, is_test=door.is_test),
        region_name,
    )
