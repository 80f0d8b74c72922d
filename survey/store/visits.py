"""A visit to a questionnaire: everything that a page or an act needs to know, read at once."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Region
from survey.definition import Questionnaire, Value
from survey.lists import ListInRound, Questionnaires, load_list
from survey.rounds import Refusal, refusal
from survey.store.doors import Door
from survey.store.drafts import Draft, is_sent, load_draft


@dataclass(frozen=True)
class Visit:
    """A door with what lies behind it at one moment.

    `refusal` tells why no answers are taken now; `is_sent` that they were sent already.
    """

    door: Door
    in_round: ListInRound
    questionnaire: Questionnaire
    draft: Draft | None
    is_sent: bool
    refusal: Refusal | None
    region_name: str

    @property
    def answers(self) -> dict[str, Value]:
        """The answers of the draft, on the path or not."""
        return dict(self.draft.answers) if self.draft else {}


def load_visit(
    session: Session, door: Door, questionnaires: Questionnaires, *, today: date, lock: bool = False
) -> Visit:
    """What lies behind a door on a day in Amsterdam.

    Args:
        lock: in a write transaction: nobody else changes the draft, or closes the round, until it ends.
    """
    in_round = load_list(session, door.list_id)
    if lock:
        session.refresh(in_round.round, with_for_update={"read": True})
    draft = load_draft(session, door, lock=lock)
    return Visit(
        door,
        in_round,
        in_round.tailor(questionnaires),
        draft,
        draft is None and is_sent(session, door),
        refusal(in_round.round, today, is_test=door.is_test),
        session.scalar(select(Region.name).where(Region.code == in_round.round.region_code)) or "",
    )
