"""Rounds of questionnaires: made, changed, opened, extended once and closed for good by their coordinator.

Days are days in Amsterdam. What a round may do follows from its state first and from the calendar second: a
round that was closed stays closed, whatever a clock says later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, true, update
from sqlalchemy.orm import Session

from app.access import CoordinatedRegion, OwnRegion
from app.audit import record
from app.db import row_number
from app.errors import AccessDenied, SelectionRefused
from app.models import SurveyRound, SurveyRoundRegion
from app.names import clean, name_problem
from app.wording import AMSTERDAM, day
from survey.shuffling import shuffle_round

EXTENSION = timedelta(days=7)
USUAL_DAYS = 21
LONGEST = timedelta(days=100)
MAX_WORDS = 200
WORKER = "verwerker"
"""Who closes rounds past their last day."""


class State(StrEnum):
    """How far a round is; it only goes forward."""

    CONCEPT = "concept"
    OPEN = "open"
    CLOSED = "gesloten"


class Refusal(StrEnum):
    """Why a round takes no answers now."""

    CONCEPT = "concept"
    NOT_YET = "nog niet open"
    CLOSED = "gesloten"


@dataclass(frozen=True)
class RoundDraft:
    """What a coordinator decides of a round."""

    title: str
    opens_on: date
    closes_on: date
    meeting_on: date | None = None
    contact: str = ""
    channel: str = ""
    first_meeting_on: date | None = None


def today_in_amsterdam(now: datetime) -> date:
    """The date in the Netherlands at a moment."""
    return now.astimezone(AMSTERDAM).date()


def refusal(round_: SurveyRound, today: date, *, is_test: bool = False) -> Refusal | None:
    """Why the round takes no answers on a day; None if it does. Test answers may come before the opening."""
    if round_.state == State.CLOSED:
        return Refusal.CLOSED
    if is_test:
        return None
    if round_.state == State.CONCEPT:
        return Refusal.CONCEPT
    if today < round_.opens_on:
        return Refusal.NOT_YET
    return Refusal.CLOSED if today > round_.closes_on else None


def check_round(draft: RoundDraft, today: date) -> RoundDraft:
    """The draft as it may be kept.

    Raises:
        SelectionRefused: with a sentence per field.
    """
    neat = RoundDraft(
        clean(draft.title),
        draft.opens_on,
        draft.closes_on,
        draft.meeting_on,
        clean(draft.contact),
        clean(draft.channel),
        draft.first_meeting_on,
    )
    problems = {"titel": name_problem(neat.title, "de ronde")} | _date_problems(neat, today)
    for field, text in (("contact", neat.contact), ("kanaal", neat.channel)):
        if len(text) > MAX_WORDS or (text and not text.isprintable()):
            problems[field] = f"Gebruik hoogstens {MAX_WORDS} gewone tekens."
    if found := {field: words for field, words in problems.items() if words}:
        raise SelectionRefused(found)
    return neat


def _date_problems(draft: RoundDraft, today: date) -> dict[str, str]:
    problems = {}
    if draft.closes_on < draft.opens_on:
        problems["sluit"] = "De laatste dag ligt voor de eerste dag. Kies een latere dag."
    elif draft.closes_on < today:
        problems["sluit"] = "De laatste dag is al voorbij. Kies een latere dag."
    elif draft.closes_on - draft.opens_on > LONGEST:
        problems["sluit"] = f"Een ronde duurt hoogstens {LONGEST.days} dagen. Kies een eerdere dag."
    if draft.meeting_on is not None and draft.meeting_on < draft.opens_on:
        problems["bijeenkomst"] = "De bijeenkomst ligt voor de eerste dag van de ronde. Kies een latere dag."
    if draft.meeting_on and draft.first_meeting_on and draft.meeting_on < draft.first_meeting_on:
        problems["bijeenkomst-1"] = "De eerste bijeenkomst ligt na de tweede. Kies een eerdere dag."
    return problems


def create_round(
    session: Session,
    region: CoordinatedRegion,
    draft: RoundDraft,
    partners: Sequence[str],
    *,
    by: str,
    now: datetime,
) -> int:
    """Write down a checked draft as a new round in concept, and return its number.

    Args:
        partners: codes of the regions that take part beside the coordinator's own.
    """
    round_ = SurveyRound(
        region_code=str(region),
        state=State.CONCEPT,
        created_at=now,
        created_by=by,
        **vars(draft),
    )
    session.add(round_)
    session.flush()
    for code in sorted({str(region), *partners}):
        session.add(SurveyRoundRegion(round_id=round_.id, region_code=code))
    record(session, by=by, action="ronde gemaakt", subject=f"ronde {round_.id}", detail=str(region))
    return round_.id


def change_round(session: Session, round_: SurveyRound, draft: RoundDraft, *, by: str) -> None:
    """Change a round that is not closed; once it is open, its dates stand: extending is another act.

    Raises:
        SelectionRefused: the round is closed, or open and the dates differ.
    """
    hold_round(session, round_.id)
    if round_.state == State.CLOSED:
        raise SelectionRefused({"titel": "Deze ronde is gesloten. Er is niets gewijzigd."})
    same_dates = (round_.opens_on, round_.closes_on) == (draft.opens_on, draft.closes_on)
    if round_.state == State.OPEN and not same_dates:
        raise SelectionRefused(
            {"sluit": "De ronde is al open. De dagen liggen vast; verlengen kan één keer met een week."}
        )
    for name, value in vars(draft).items():
        setattr(round_, name, value)
    record(session, by=by, action="ronde gewijzigd", subject=f"ronde {round_.id}")


def open_round(session: Session, round_: SurveyRound, *, by: str, today: date, detail: str = "") -> bool:
    """Open a round in concept; False if somebody opened or closed it first. The caller checked what it needs.

    Raises:
        SelectionRefused: its last day has passed.
    """
    hold_round(session, round_.id)
    if round_.closes_on < today:
        raise SelectionRefused(
            {"openen": f"De laatste dag was {day(round_.closes_on)}. Wijzig eerst de dagen van de ronde."}
        )
    if not _move(session, round_.id, State.CONCEPT, State.OPEN):
        return False
    record(session, by=by, action="ronde geopend", subject=f"ronde {round_.id}", detail=detail)
    return True


def extend_round(session: Session, round_: SurveyRound, *, by: str, today: date) -> bool:
    """Give an open round seven more days, once; False if it was extended before.

    Raises:
        SelectionRefused: it is not open, or its last day has passed: then it is about to be closed.
    """
    hold_round(session, round_.id)
    if round_.state != State.OPEN:
        raise SelectionRefused({"verlengen": "Verlengen kan alleen als de ronde open is."})
    if round_.closes_on < today:
        raise SelectionRefused(
            {"verlengen": f"De laatste dag was {day(round_.closes_on)}. Verlengen kan niet meer."}
        )
    if round_.is_extended:
        return False
    round_.is_extended, round_.closes_on = True, round_.closes_on + EXTENSION
    detail = f"tot en met {round_.closes_on.isoformat()}"
    record(session, by=by, action="ronde verlengd", subject=f"ronde {round_.id}", detail=detail)
    return True


def close_round(
    session: Session, round_id: int, *, by: str, now: datetime, before: date | None = None
) -> bool:
    """Close an open round for good; False if it is not open.

    Args:
        before: only if its last day lies before this day, as it is at this moment: somebody may have
            extended it since it was looked for.
    """
    is_due = SurveyRound.closes_on < before if before else true()
    done = session.execute(
        update(SurveyRound)
        .where(SurveyRound.id == round_id, SurveyRound.state == State.OPEN, is_due)
        .values(state=State.CLOSED, closed_at=now)
        .returning(SurveyRound.id)
        .execution_options(synchronize_session=False)
    ).first()
    if done is None:
        return False
    session.expire_all()
    shuffle_round(session, round_id)
    record(session, by=by, action="ronde gesloten", subject=f"ronde {round_id}")
    return True


def list_past(session: Session, today: date) -> Sequence[int]:
    """The open rounds of which the last day has passed."""
    query = select(SurveyRound.id).where(SurveyRound.state == State.OPEN, SurveyRound.closes_on < today)
    return session.scalars(query.order_by(SurveyRound.id)).all()


def delete_round(session: Session, round_: SurveyRound, *, by: str) -> None:
    """Remove a round that was never opened, with everything in it.

    Raises:
        SelectionRefused: it was.
    """
    never_opened = delete(SurveyRound).where(SurveyRound.id == round_.id, SurveyRound.state == State.CONCEPT)
    if session.execute(never_opened.returning(SurveyRound.id)).first() is None:
        raise SelectionRefused({"ronde": "Deze ronde is al open geweest en kan niet meer weg."})
    record(session, by=by, action="ronde verwijderd", subject=f"ronde {round_.id}")


def hold_round(session: Session, round_id: int) -> SurveyRound:
    """A round as it is now; nobody else opens, changes or closes it until the transaction ends.

    SQLite has one writer at a time, so there is nothing to wait for.

    Raises:
        AccessDenied: it is gone.
    """
    query = select(SurveyRound).where(SurveyRound.id == round_id).with_for_update()
    held = session.scalar(query.execution_options(populate_existing=True))
    if held is None:
        raise AccessDenied
    return held


def get_own_round(session: Session, region: CoordinatedRegion, round_id: int) -> SurveyRound:
    """A round that this region coordinates.

    Raises:
        AccessDenied: there is none, or it is another region's: the same words for both.
    """
    round_ = session.get(SurveyRound, row_number(round_id))
    if round_ is None or round_.region_code != region:
        raise AccessDenied
    return round_


def get_joined_round(session: Session, region: OwnRegion, round_id: int) -> SurveyRound:
    """A round in which this region takes part.

    Raises:
        AccessDenied: there is none, or the region takes no part in it: the same words for both.
    """
    if session.get(SurveyRoundRegion, (row_number(round_id), str(region))) is None:
        raise AccessDenied
    return session.get_one(SurveyRound, round_id)


def list_rounds(session: Session, region: OwnRegion) -> Sequence[SurveyRound]:
    """The rounds in which a region takes part, the latest first."""
    query = (
        select(SurveyRound)
        .join(SurveyRoundRegion, SurveyRoundRegion.round_id == SurveyRound.id)
        .where(SurveyRoundRegion.region_code == str(region))
        .order_by(SurveyRound.opens_on.desc(), SurveyRound.id.desc())
    )
    return session.scalars(query).all()


def list_regions(session: Session, round_id: int) -> Sequence[str]:
    """The codes of the regions that take part."""
    query = select(SurveyRoundRegion.region_code).where(SurveyRoundRegion.round_id == round_id)
    return session.scalars(query.order_by(SurveyRoundRegion.region_code)).all()


def _move(session: Session, round_id: int, old: State, new: State) -> bool:
    moved = session.execute(
        update(SurveyRound)
        .where(SurveyRound.id == round_id, SurveyRound.state == old)
        .values(state=new)
        .returning(SurveyRound.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.expire_all()
    return moved is not None
