"""P-12: other regions stand beside one's own in blocks; nobody comes in or goes out alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.disclosure import Count, Share
from app.models import SurveyBlock, SurveyList, SurveyRound
from survey.definition import Value
from survey.demo.rounds import remove_demo_rounds
from survey.reading import load_questionnaires
from survey.results import make_missing
from survey.results.forgetting import forget_named
from survey.results.loading import load_outcomes
from survey.results.outcomes import Outcome
from survey.results.standing import cut_blocks
from tests.integration import world
from tests.integration.outcome_world import CLOSED_ON, NOW, add_closed_round, add_response
from tests.integration.survey_world import add_list, add_round, close_round

FIRST = ("PO2707", "PO2401", "VO2401", "PO2402")
ANSWERS = [2, 3, 4, 5] * 5


def _functionaries(session: Session, region: str, yes: int = 2, partners: tuple[str, ...] = ()) -> int:
    """A round in which four organisations said yes or no."""
    round_id = add_round(session, region, partners, closes_on=CLOSED_ON)
    list_id = add_list(session, round_id, "swv")
    for number, code in enumerate(FIRST):
        answers: dict[str, Value] = {"Q5.03": "ja" if number < yes else "nee"}
        add_response(session, list_id, answers, None, organisation=(code, f"SWV {code}"))
    close_round(session, round_id)
    return round_id


def _release(db: Database, *round_ids: int) -> None:
    """As a coordinator does, after which the worker comes by."""
    make_missing(db, now=NOW)
    for round_id in round_ids:
        with db.transaction() as session:
            session.get_one(SurveyRound, round_id).release = "regio"
        with db.transaction() as session:
            cut_blocks(session, now=NOW)


def _outcome(db: Database, round_id: int) -> Outcome:
    with db.session() as session:
        round_ = session.get_one(SurveyRound, round_id)
        return load_outcomes(session, round_, load_questionnaires(), region=round_.region_code)[0]


def _elsewhere(db: Database, round_id: int) -> tuple[Count | None, Share] | None:
    found = _outcome(db, round_id).elsewhere.get("Q5.03")
    return (found.n, found.shares["ja"]) if found else None


def test_functionaries_of_four_regions_come_in_together_and_a_fifth_waits(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        first = [_functionaries(session, region) for region in FIRST]
        fifth = _functionaries(session, "GM0363", yes=4)

    _release(db, *first[:3])
    assert _elsewhere(db, first[0]) is None
    _release(db, first[3])
    assert _elsewhere(db, first[0]) == (Count(10, 19), Share(50, 50))
    _release(db, fifth)
    assert _elsewhere(db, first[0]) == (Count(10, 19), Share(50, 50))
    assert _elsewhere(db, fifth) == (Count(10, 19), Share(50, 50))  # all 16
    assert _outcome(db, fifth).since == CLOSED_ON + (NOW.date() - CLOSED_ON)


def test_an_organisation_that_takes_its_answers_back_takes_its_block_along(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        first = [_functionaries(session, region) for region in FIRST]
    _release(db, *first)
    with db.transaction() as session:
        list_id = session.scalars(select(SurveyList.id).where(SurveyList.round_id == first[1])).one()
        assert forget_named(session, list_id, "SWV PO2401", "PO2401")

    assert [_elsewhere(db, each) for each in first] == [None] * 4
    with db.transaction() as session:
        assert cut_blocks(session, now=NOW) == 0  # nobody comes back without the others


def test_a_gemeente_in_two_rounds_of_four_keeps_them_from_standing_together(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        first = [_functionaries(session, region, partners=("GM0034",)) for region in FIRST[:2]]
        first += [_functionaries(session, region) for region in FIRST[2:]]
    _release(db, *first)

    assert [_elsewhere(db, each) for each in first] == [None] * 4


def test_means_change_by_blocks_too_and_newer_ones_make_room(db: Database) -> None:
    world.fill(db)
    later = CLOSED_ON + timedelta(days=1)
    with db.transaction() as session:
        first = [add_closed_round(session, {"GM0034": ANSWERS}, region=each, partners=()) for each in FIRST]
        again = [
            add_closed_round(session, {"GM0034": [5, 4] * 10}, region=each, partners=(), closes_on=later)
            for each in FIRST
        ]
    _release(db, *first)
    assert _mean(db, first[0]) == (3.5, 3)
    _release(db, *again[:3])
    assert _mean(db, first[0]) == (3.5, 3)
    _release(db, again[3])
    assert _mean(db, first[0]) == (4.5, 3)


def _mean(db: Database, round_id: int) -> tuple[float, int] | None:
    found = _outcome(db, round_id).benchmarks.get("K01")
    return (found.mean, found.regions) if found else None


@pytest.mark.parametrize("is_demo", [True, False])
def test_invented_rounds_make_blocks_of_their_own(db: Database, *, is_demo: bool) -> None:
    world.fill(db)
    with db.transaction() as session:
        first = [_functionaries(session, region) for region in FIRST]
        for each in first[: 4 if is_demo else 1]:
            session.get_one(SurveyRound, each).is_demo = True
    _release(db, *first)

    assert (_elsewhere(db, first[0]) is not None) is is_demo
    with db.transaction() as session:
        remove_demo_rounds(session, by="test")
        assert session.scalar(select(func.count()).select_from(SurveyBlock)) == 0
