"""R-08 and R-09: saves out of order, twice, from two sides: nothing is lost in silence or comes back."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.config import Settings
from app.db import Database
from app.models import SurveyDraft, SurveyDraftAnswer
from survey.store import Change, Door, Draft, Kind, begin, load_draft, save
from survey.store.saving import Saved
from survey.tokens import make_id
from tests.integration import survey_world, world
from tests.integration.filling import Respondent, form_of, respondent, stored
from tests.integration.visitor import Visitor


@pytest.fixture
def person(app: Dash, db: Database, settings: Settings) -> Respondent:
    with db.transaction() as session:
        group_id = survey_world.add_group(
            session, survey_world.add_list(session, survey_world.add_round(session))
        )
        token = survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token
    found = respondent(app, token)
    found.begin()
    return found


def test_r09_saves_that_arrive_in_another_order_end_with_the_last(db: Database, person: Respondent) -> None:
    person.save({"K01": 1}, known=0)
    person.save({"K01": 2}, known=1)

    codes = [person.save({"K01": 3}, known=2).status_code]
    codes += [person.save({"K01": value}, known=value - 1).status_code for value in (1, 2, 2)]

    assert codes == [200, 409, 409, 409]
    assert stored(db) == {"K01": 3}


def test_a_repeated_save_is_no_conflict_and_no_new_version(person: Respondent) -> None:
    first = person.save({"K01": 1}, known=0).get_json()

    again = person.save({"K01": 1}, known=0)

    assert again.status_code == 200
    assert again.get_json()["versie"] == first["versie"] == 1


def test_different_questions_never_conflict_and_each_side_hears_of_the_other(person: Respondent) -> None:
    person.save({"K01": 1}, known=0)

    answer = person.save({"K02": 2}, known=0)

    assert answer.status_code == 200
    assert answer.get_json()["nieuw"] == {"K01": 1}


def test_a_late_copy_does_not_bring_back_what_was_taken_back(db: Database, person: Respondent) -> None:
    person.save({"K26": "Veel."}, known=0)
    person.save({"K26": None}, known=1)

    answer = person.save({"K26": "Veel."}, known=0)

    assert answer.status_code == 409
    assert answer.get_json()["botsing"]["K26"] == {"daar": None, "tekst": "geen antwoord"}
    assert stored(db) == {"K26": None}


def test_a_last_save_of_a_closing_page_replaces_the_one_whose_reply_was_lost(
    db: Database, person: Respondent
) -> None:
    person.save({"K26": "Ve"}, known=0)

    answer = person.save({"K26": "Veel."}, known=0, eerder={"K26": "Ve"})

    assert answer.status_code == 200
    assert stored(db) == {"K26": "Veel."}


def test_but_not_what_somebody_else_wrote_in_between(db: Database, person: Respondent) -> None:
    person.save({"K26": "Ve"}, known=0)
    person.save({"K26": "Anders."}, known=1)

    assert person.save({"K26": "Veel."}, known=0, eerder={"K26": "Ve"}).status_code == 409
    assert stored(db) == {"K26": "Anders."}


def test_a_save_with_one_bad_answer_keeps_the_good_ones(db: Database, person: Respondent) -> None:
    answer = person.save({"A06": "tien", "K24": 8})

    assert answer.status_code == 422
    assert answer.get_json()["fouten"] == {"A06": "Vul een heel getal in, met alleen cijfers."}
    assert stored(db) == {"K24": 8}


def test_a_free_text_is_kept_with_a_warning_and_cannot_be_sent_with_a_number_of_a_person(
    db: Database, person: Respondent
) -> None:
    answer = person.save({"K26": "Bel 06 12345678.", "Q1.01": ["geen"], "Q1.10a": "nee"})

    assert answer.status_code == 200
    assert "telefoonnummer" in answer.get_json()["let_op"]["K26"][0]
    assert "telefoonnummer" in person.send().text
    assert stored(db)["K26"] == "Bel 06 12345678."


def test_r08_without_a_script_the_later_one_sees_both_answers_and_chooses(
    db: Database, person: Respondent
) -> None:
    end = "/opening/3"
    mine, theirs = form_of(person.get(end)), form_of(person.get(end))
    person.post(end, {**theirs, "A05": "10", "A06": "3", "naar": "volgende"})

    page = person.post(end, {**mine, "A05": "1-3", "naar": "volgende"})

    assert page.status_code == 409
    assert "Daar staat: <b>10 jaar of langer</b>" in page.text
    assert stored(db) == {"A05": "10", "A06": 3}
    again = {**form_of(page), "A05": "1-3", "A06": "3", "naar": "volgende"}
    assert person.post(end, again).status_code == 303
    assert stored(db) == {"A05": "1-3", "A06": 3}


def test_r08_two_people_of_one_organisation_share_a_draft_and_lose_nothing(
    app: Dash, db: Database, log_in: Callable[[str], Visitor]
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session), "swv")
    sides = []
    for login in ("swv", "coordinator"):
        visitor = log_in(login)
        token = visitor.token("/account")
        sides.append(Respondent(visitor, f"/regio/PO2707/vragenlijsten/invullen/{list_id}", token=token))
        sides[-1].begin()

    codes = [sides[0].save({"K01": 2, "K02": 2}).status_code, sides[1].save({"K01": 4, "K03": 4}).status_code]

    assert codes == [200, 409]
    assert stored(db) == {"K01": 2, "K02": 2, "K03": 4}


def test_the_account_route_asks_for_the_token_of_the_session(
    db: Database, log_in: Callable[[str], Visitor]
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session), "swv")
    address = f"/regio/PO2707/vragenlijsten/invullen/{list_id}"

    answer = Respondent(log_in("swv"), address).post("/beginnen")

    assert answer.status_code == 400


ANSWERS = st.dictionaries(st.sampled_from(["K01", "K02", "K03"]), st.none() | st.integers(1, 5), min_size=1)
SAVES = st.lists(st.tuples(st.integers(0, 2), ANSWERS, st.booleans()), max_size=25)
"""Which client saves what, and whether the reply arrives."""


@pytest.fixture
def door(db: Database) -> Door:
    world.fill(db)
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session), "swv")
    return Door(Kind.ACCOUNT, list_id, region_code="PO2707")


@given(SAVES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_r08_no_answer_that_was_confirmed_is_replaced_by_who_did_not_see_it(
    db: Database, door: Door, saves: list[tuple[int, dict[str, Any], bool]]
) -> None:
    """Three clients save at will and lose replies; each only knows the versions that it heard of."""
    known, seen = [0, 0, 0], [dict[str, Any](), dict[str, Any](), dict[str, Any]()]
    _clear(db, door)
    for client, values, is_heard in saves:
        before = _draft(db, door)
        reply = _save(db, door, values, known[client])
        for question, stood in before.answers.items():
            if values.get(question, stood) != stood and question not in reply.conflicts:
                assert seen[client].get(question) == stood or before.versions[question] <= known[client]
        if is_heard:
            known[client] = reply.version
            seen[client].update({**reply.newer, **values, **reply.conflicts})
            after = _draft(db, door).answers
            assert {key: after.get(key) for key in seen[client]} == seen[client]


def _clear(db: Database, door: Door) -> None:
    with db.transaction() as session:
        session.execute(delete(SurveyDraftAnswer))
        session.execute(delete(SurveyDraft))
        begin(session, door, key=make_id().encode())


def _draft(db: Database, door: Door) -> Draft:
    with db.session() as session:
        found = load_draft(session, door)
    assert found is not None
    return found


def _save(db: Database, door: Door, values: dict[str, Any], known: int) -> Saved:
    with db.transaction() as session:
        draft = load_draft(session, door, lock=True)
        assert draft is not None
        return save(session, draft, Change(values, known))
