"""Putting the demo rounds into a database, and taking them out again."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.audit import record
from app.db import Database
from app.models import Region, SurveyApproval, SurveyBlock, SurveyList, SurveyRound, SurveyRoundRegion
from app.wording import AMSTERDAM
from survey.demo.joint import SIGNER_NAMES, add_joint
from survey.demo.people import add_people
from survey.demo.plan import ROUNDS, DemoRound
from survey.demo.writer import Writer
from survey.joint.agreement import Side
from survey.lists import Questionnaires
from survey.reading import latest
from survey.results import make_results
from survey.results.standing import cut_blocks

MAKER = "demo"
"""Who made and closed the demo rounds, where a login would stand."""

CONTACT, CHANNEL = "coordinator@example.org", "een bericht van uw coördinator"


def add_demo_rounds(
    db: Database, questionnaires: Questionnaires, key: bytes, *, now: datetime, by: str
) -> int:
    """Add the demo rounds with their outcome, unless they are there; returns how many were added.

    A round of a region that the database does not know is left out. The same database and day give the same
    rows. Done once more after it was broken off, it makes the outcomes that are still missing.

    Args:
        key: of the links of this installation (survey.tokens).
    """
    with db.transaction() as session:
        number = 0 if count_demo_rounds(session) else _add_rounds(session, questionnaires, key, now)
        if number:
            record(session, by=by, action="demorondes toegevoegd", subject="rondes", detail=str(number))
    with db.session() as session:
        waiting = _list_without_outcome(session)
    for round_id in waiting:
        make_results(db, round_id, now=now, by=MAKER)
        with db.transaction() as session:
            _release(session, session.get_one(SurveyRound, round_id))
    with db.transaction() as session:
        cut_blocks(session, now=now)
    return number


def remove_demo_rounds(session: Session, *, by: str) -> int:
    """Remove the demo rounds with all that hangs on them; returns how many were removed."""
    number = count_demo_rounds(session)
    if number:
        session.execute(delete(SurveyRound).where(SurveyRound.is_demo.is_(True)))
        session.execute(delete(SurveyBlock).where(SurveyBlock.is_demo.is_(True)))
        record(session, by=by, action="demorondes verwijderd", subject="rondes", detail=str(number))
    return number


def count_demo_rounds(session: Session) -> int:
    """How many demo rounds there are."""
    query = select(func.count()).select_from(SurveyRound).where(SurveyRound.is_demo.is_(True))
    return session.scalar(query) or 0


def _add_rounds(session: Session, questionnaires: Questionnaires, key: bytes, now: datetime) -> int:
    known = set(session.scalars(select(Region.code)))
    plans = [plan for plan in ROUNDS if {plan.region, *plan.partners} <= known]
    for plan in plans:
        round_ = _add_round(session, plan, now, questionnaires)
        # Seeded, so that every installation shows the same invented answers; nothing secret comes of it:
        # links follow from these numbers and the key of the installation.
        chance = random.Random(plan.seed)  # noqa: S311
        add_people(session, Writer(plan, round_.id, chance, key), questionnaires)
        add_joint(session, plan, round_.id, questionnaires, now=now)
    return len(plans)


def _list_without_outcome(session: Session) -> Sequence[int]:
    """The closed demo rounds that were not released."""
    query = select(SurveyRound.id).where(
        SurveyRound.is_demo.is_(True), SurveyRound.state == "gesloten", SurveyRound.release == "concept"
    )
    return session.scalars(query.order_by(SurveyRound.id)).all()


def _add_round(
    session: Session, plan: DemoRound, now: datetime, questionnaires: Questionnaires
) -> SurveyRound:
    today = now.astimezone(AMSTERDAM).date()
    opens_on, closes_on = (today + timedelta(days=days) for days in (plan.opens, plan.closes))
    closed_at = None if plan.is_open else datetime.combine(closes_on + timedelta(days=1), time(4), UTC)
    round_ = SurveyRound(
        region_code=plan.region,
        title=plan.title,
        state="open" if plan.is_open else "gesloten",
        release="concept",
        opens_on=opens_on,
        closes_on=closes_on,
        first_meeting_on=opens_on - timedelta(days=14),
        meeting_on=closes_on + timedelta(days=35),
        contact=CONTACT,
        channel=CHANNEL,
        created_at=datetime.combine(opens_on - timedelta(days=14), time(9), UTC),
        created_by=MAKER,
        closed_at=closed_at,
        is_demo=True,
    )
    session.add(round_)
    session.flush()
    regions = (plan.region, *plan.partners)
    session.add_all(SurveyRoundRegion(round_id=round_.id, region_code=code) for code in regions)
    for name in plan.lists:
        version = latest(questionnaires, name).version
        session.add(SurveyList(round_id=round_.id, questionnaire=name, version=version))
        session.flush()  # one by one: the lists stand in the order of the plan
    return round_


def _release(session: Session, round_: SurveyRound) -> None:
    """As far as the plan says; a public outcome has both approvals."""
    found = (plan for plan in ROUNDS if (plan.region, plan.title) == (round_.region_code, round_.title))
    plan = next(found)
    round_.release = plan.release
    if plan.release != "publiek" or round_.closed_at is None:
        return
    at = round_.closed_at + timedelta(days=20)
    for side, code in ((Side.SWV, plan.region), (Side.GEMEENTE, plan.gemeenten[0])):
        session.add(
            SurveyApproval(
                round_id=round_.id, side=side, region_code=code, login=MAKER, name=SIGNER_NAMES[side], at=at
            )
        )
