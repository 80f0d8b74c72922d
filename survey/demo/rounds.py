"""Putting the demo rounds into a database, and taking them out again."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.audit import record
from app.models import Region, SurveyApproval, SurveyList, SurveyRound, SurveyRoundRegion
from app.wording import AMSTERDAM
from survey.demo.groups import Writer, add_answers
from survey.demo.joint import add_joint
from survey.demo.plan import ROUNDS, TITLE, DemoRound
from survey.lists import Questionnaires
from survey.reading import latest

MAKER = "demo"
"""Who made and closed the demo rounds, where a login would stand."""

CONTACT, CHANNEL = "coordinator@example.org", "een bericht van uw coördinator"

MakeResults = Callable[[Session, int], None]


def add_demo_rounds(
    session: Session,
    questionnaires: Questionnaires,
    key: bytes,
    *,
    now: datetime,
    make_results: MakeResults,
    by: str,
) -> int:
    """Add the demo rounds, unless there are any; returns how many were added.

    A round of a region that is not in the database is left out. The same database and day give the same rows.

    Args:
        key: of the links of this installation (survey.tokens).
        make_results: makes the outcome of a closed round.
    """
    if count_demo_rounds(session):
        return 0
    known = set(session.scalars(select(Region.code)))
    plans = [plan for plan in ROUNDS if {plan.region, *plan.partners} <= known]
    for plan in plans:
        round_ = _add_round(session, plan, now, questionnaires)
        # Seeded, so that every installation shows the same invented answers; nothing secret comes of it:
        # links follow from these numbers and the key of the installation.
        chance = random.Random(plan.seed)  # noqa: S311
        add_answers(session, Writer(plan, round_.id, chance, key), questionnaires)
        add_joint(session, plan, round_.id, questionnaires, now=now)
        if not plan.is_open:
            make_results(session, round_.id)
            _release(session, round_, plan)
    if plans:
        record(session, by=by, action="demorondes toegevoegd", subject="rondes", detail=str(len(plans)))
    return len(plans)


def remove_demo_rounds(session: Session, *, by: str) -> int:
    """Remove the demo rounds with all that hangs on them; returns how many were removed."""
    number = count_demo_rounds(session)
    if number:
        session.execute(delete(SurveyRound).where(SurveyRound.is_demo.is_(True)))
        record(session, by=by, action="demorondes verwijderd", subject="rondes", detail=str(number))
    return number


def count_demo_rounds(session: Session) -> int:
    """How many demo rounds there are."""
    query = select(func.count()).select_from(SurveyRound).where(SurveyRound.is_demo.is_(True))
    return session.scalar(query) or 0


def _add_round(
    session: Session, plan: DemoRound, now: datetime, questionnaires: Questionnaires
) -> SurveyRound:
    today = now.astimezone(AMSTERDAM).date()
    opens_on, closes_on = (today + timedelta(days=days) for days in (plan.opens, plan.closes))
    closed_at = None if plan.is_open else datetime.combine(closes_on + timedelta(days=1), time(4), UTC)
    round_ = SurveyRound(
        region_code=plan.region,
        title=f"{TITLE} {opens_on.year}{'' if not plan.is_open else ' (loopt nu)'}",
        state="open" if plan.is_open else "gesloten",
        release="concept",
        opens_on=opens_on,
        closes_on=closes_on,
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


def _release(session: Session, round_: SurveyRound, plan: DemoRound) -> None:
    """As far as the plan says; a public outcome has both approvals."""
    round_.release = plan.release
    if plan.release != "publiek" or round_.closed_at is None:
        return
    at = round_.closed_at + timedelta(days=20)
    for side, code in (("swv", plan.region), ("gemeente", plan.gemeenten[0])):
        name = "Verzonnen directeur" if side == "swv" else "Verzonnen beleidsmedewerker"
        session.add(
            SurveyApproval(round_id=round_.id, side=side, region_code=code, login=MAKER, name=name, at=at)
        )
