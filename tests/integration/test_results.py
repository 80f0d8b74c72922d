"""Results through the database: made once, out of answers, and holding nothing that may not be shown."""

import json
from datetime import timedelta

from sqlalchemy import delete, func, select

from app.db import Database
from app.disclosure import Disclosed
from app.models import SurveyList, SurveyResponse, SurveyResult, SurveyRound
from survey.lists import load_lists
from survey.reading import load_questionnaires
from survey.results import make_missing, make_results
from survey.results.counting import THEME, Response, count_scales
from survey.results.loading import load_outcomes
from survey.results.snapshots import from_json
from survey.results.standing import cut_blocks
from tests.attack.narrowings import attack_shown
from tests.attack.worlds import World
from tests.integration import world
from tests.integration.outcome_world import CLOSED_ON, NOW, add_closed_round, add_response, core_answers
from tests.integration.survey_world import add_list, add_round, close_round

MIXED = [1, 2, 3, 4, 5] * 5
"""25 answers, mean 3.0."""

SOME = [2, 3, 4, 5] * 5
"""20 answers, mean 3.5."""


def _contents(db: Database, round_id: int) -> list[str]:
    with db.session() as session:
        query = select(SurveyResult.contents).join(SurveyList, SurveyList.id == SurveyResult.list_id)
        return list(session.scalars(query.where(SurveyList.round_id == round_id)))


def _release(db: Database, *round_ids: int, release: str = "regio") -> None:
    with db.transaction() as session:
        for round_id in round_ids:
            session.get_one(SurveyRound, round_id).release = release
        cut_blocks(session, now=NOW)


def test_results_are_made_once_and_stay_when_answers_are_withdrawn(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        round_id = add_closed_round(session, {"GM0363": MIXED, "GM0384": SOME})

    assert make_missing(db, now=NOW) == [round_id]
    first = _contents(db, round_id)
    with db.transaction() as session:
        session.execute(delete(SurveyResponse))

    assert make_results(db, round_id, now=NOW + timedelta(days=1)) is False
    assert make_missing(db, now=NOW) == []
    assert _contents(db, round_id) == first
    snapshot = from_json(first[0])
    assert snapshot.respondents == (45, 45)
    shown = snapshot.scaled["K01"]
    assert shown.whole is not None
    assert shown.whole.mean == 3.2  # 145 / 45
    assert {part: each.mean for part, each in shown.parts.items()} == {"GM0363": 3.0, "GM0384": 3.5}
    assert snapshot.texts == ("K26",)


def test_a_round_that_is_open_has_no_results(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        round_id = add_round(session)
        add_list(session, round_id)

    assert make_results(db, round_id, now=NOW) is False
    assert make_results(db, 999, now=NOW) is False
    assert _contents(db, round_id) == []


def test_the_snapshot_holds_no_key_of_a_response_and_no_text(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        round_id = add_closed_round(session, {"GM0363": MIXED})
        ids = list(session.scalars(select(SurveyResponse.id)))
        hashes = list(session.scalars(select(SurveyResponse.receipt_hash)))
    make_results(db, round_id, now=NOW)

    text = _contents(db, round_id)[0]

    assert not [each for each in [*ids, *hashes] if each in text]
    assert "Goed overleg" not in text


def test_functionaries_stand_by_name(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        round_id = add_round(session, closes_on=CLOSED_ON)
        list_id = add_list(session, round_id, "gemeente")
        add_response(session, list_id, core_answers(4, grade=9), None, organisation=("GM0363", "Amsterdam"))
        close_round(session, round_id)
    make_results(db, round_id, now=NOW)

    named = from_json(_contents(db, round_id)[0]).named

    assert [(each.organisation, each.code) for each in named] == [("Amsterdam", "GM0363")]
    assert (named[0].themes["meerwaarde"], named[0].themes["tevreden"]) == (4.0, 9.0)


def test_other_regions_count_in_a_block_and_only_once_released(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        own = add_closed_round(session, {"GM0363": MIXED})
        before = add_closed_round(session, {"GM0363": SOME}, closes_on=CLOSED_ON - timedelta(days=365))
        others = [
            add_closed_round(session, {"GM0034": SOME}, region=region, partners=())
            for region in ("PO2401", "VO2401", "PO2402")
        ]
    for each in (own, before, *others):
        make_results(db, each, now=NOW)
    _release(db, own, before, *others[:2])

    assert _benchmark(db, own) is None
    _release(db, others[2])
    assert _benchmark(db, own) == (3.5, 3)
    with db.session() as session:
        round_ = session.get_one(SurveyRound, own)
        outcome = load_outcomes(session, round_, load_questionnaires(), region="PO2707")[0]
    assert outcome.changes["K01"].gap == -0.5
    with db.transaction() as session:
        session.get_one(SurveyRound, others[0]).is_demo = True
    assert _benchmark(db, own) is None


def _benchmark(db: Database, round_id: int, region: str | None = "PO2707") -> tuple[float, int] | None:
    with db.session() as session:
        round_ = session.get_one(SurveyRound, round_id)
        outcome = load_outcomes(session, round_, load_questionnaires(), region=region)[0]
    found = outcome.benchmarks.get("K01")
    return (found.mean, found.regions) if found else None


def test_beside_a_round_stands_only_what_who_looks_may_see(db: Database) -> None:
    world.fill(db)
    with db.transaction() as session:
        own = add_closed_round(session, {"GM0363": MIXED})
        before = add_closed_round(
            session, {"GM0363": SOME}, closes_on=CLOSED_ON - timedelta(days=365), partners=("GM0363",)
        )
        others = [
            add_closed_round(session, {"GM0034": SOME}, region=region, partners=())
            for region in ("PO2401", "VO2401", "PO2402")
        ]
    for each in (own, before, *others):
        make_results(db, each, now=NOW)
    _release(db, before, others[0])
    _release(db, own, *others[1:], release="publiek")

    assert [_has_change(db, own, region) for region in ("PO2707", "GM0363", "GM0384", None)] == [
        True,
        True,
        False,  # took no part in the last round
        False,  # everybody: not public
    ]
    assert (_benchmark(db, own), _benchmark(db, own, None)) == ((3.5, 3), None)
    _release(db, before, others[0], release="publiek")
    assert _has_change(db, own, None)
    assert _benchmark(db, own, None) == (3.5, 3)


def _has_change(db: Database, round_id: int, region: str | None) -> bool:
    with db.session() as session:
        round_ = session.get_one(SurveyRound, round_id)
        return "K01" in load_outcomes(session, round_, load_questionnaires(), region=region)[0].changes


def test_p11_what_the_database_keeps_tells_nothing_of_what_is_hidden(db: Database) -> None:
    """The attacker reads the snapshot itself, of a list with one small gemeente."""
    world.fill(db)
    numbers = {
        "GM0363": MIXED,
        "GM0384": SOME,
        "GM0034": [1, 2, 4, 5, 3, 4, 2, 3, 4, 5, 1, 2],
        "GM0995": [4, 2, 5],
    }
    with db.transaction() as session:
        round_id = add_closed_round(session, numbers, size=None)
        heard = session.scalar(select(func.count()).select_from(SurveyResponse))
    make_results(db, round_id, now=NOW)
    snapshot = from_json(_contents(db, round_id)[0])
    with db.session() as session:
        questionnaire = load_lists(session, round_id)[0].tailor(load_questionnaires())

    responses = [
        Response(code, {"K01": value, "K02": value, "K24": value + 3})
        for code, values in numbers.items()
        for value in values
    ]
    asked = [
        each for each in count_scales(questionnaire, responses, list(numbers)) if each.key in ("K01", "K02")
    ]
    respondents = {code: len(values) for code, values in numbers.items()}
    keys = [each.key for each in asked]
    shown = Disclosed(
        snapshot.respondents,
        {key: whole for key in keys if (whole := snapshot.scaled[key].whole)},
        {key: snapshot.scaled[key].parts for key in keys},
    )

    attack = attack_shown(World("snapshot", asked, respondents, {}), shown)

    assert heard == 60
    assert attack.narrowings == []
    assert attack.hidden > 0
    assert set(shown.parts["K01"]) == {"GM0363"}
    assert THEME not in json.dumps(list(snapshot.themes))
