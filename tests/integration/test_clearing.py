"""A chosen answer can be taken back: with a button of its own, by the same rules as any other save."""

from typing import Any

import pytest
from dash import Dash
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import SurveyDraft
from tests.integration import survey_world
from tests.integration.filling import Respondent, first_screens, form_of, respondent, stored
from tests.integration.test_filling import Asked, asked, person

__all__ = ["asked", "person"]  # fixtures


def _screen(person: Respondent, key: str, answers: dict[str, Any] | None = None) -> str:
    return next(end for end in first_screens("ib", answers or {}) if f'name="{key}"' in person.get(end).text)


def _clear(person: Respondent, key: str, **more: str) -> Any:
    end = _screen(person, key, {"Q1.01": ["wijkteam"], "Q1.05": 0})
    return person.post(end, {**form_of(person.get(end)), **more, "wis": key})


@pytest.mark.parametrize(("key", "value"), [("K01", 4), ("K24", 7), ("Q1.10a", "nee")])
def test_what_was_chosen_is_cleared_and_the_page_says_so(
    db: Database, person: Respondent, key: str, value: object
) -> None:
    person.begin()
    person.save({key: value})

    answer = _clear(person, key, **{key: str(value)})

    assert answer.status_code == 303
    assert stored(db) == {key: None}
    page = person.visitor.get(answer.headers["Location"]).text
    assert 'role="status">Antwoord gewist.' in page
    assert "autofocus" in page


def test_clearing_keeps_what_else_was_typed_on_the_page(db: Database, person: Respondent) -> None:
    person.begin()
    person.save({"K01": 4})

    _clear(person, "K01", K01="4", K02="2")

    assert stored(db) == {"K01": None, "K02": 2}


def test_clearing_an_answer_leaves_the_branch_that_it_opened(person: Respondent) -> None:
    person.begin()
    person.save({"Q1.10a": "ja"})
    assert 'name="Q1.10"' in "".join(person.get(end).text for end in first_screens("ib", {"Q1.10a": "ja"}))

    _clear(person, "Q1.10a", **{"Q1.10a": "ja"})

    assert 'name="Q1.10"' not in "".join(person.get(end).text for end in first_screens("ib"))


def test_an_answer_that_somebody_changed_meanwhile_is_not_cleared(db: Database, person: Respondent) -> None:
    person.begin()
    person.save({"K01": 4})
    end = _screen(person, "K01")
    form = form_of(person.get(end))
    person.save({"K01": 2}, known=1)

    answer = person.post(end, {**form, "K01": "4", "wis": "K01"})

    assert answer.status_code == 409
    assert "Deze vraag is intussen ergens anders beantwoord" in answer.text
    assert stored(db) == {"K01": 2}


def test_a_script_clears_with_nothing_and_by_the_same_rules(db: Database, person: Respondent) -> None:
    person.begin()
    person.save({"K01": 4})

    late = person.save({"K01": None}, known=0)
    known = person.save({"K01": None}, known=1)

    assert (late.status_code, known.status_code) == (409, 200)
    assert stored(db) == {"K01": None}
    with db.session() as session:
        assert session.scalar(select(SurveyDraft.version)) == 2


@pytest.mark.parametrize("key", ["A06", "Q9.99", "K01.anders", "Q1.01"])
def test_only_what_has_such_a_button_can_be_cleared(db: Database, person: Respondent, key: str) -> None:
    person.begin()
    end = _screen(person, "K01")

    answer = person.post(end, {**form_of(person.get(end)), "wis": key})

    assert answer.status_code == 400
    assert stored(db) == {}


def test_own_words_beside_a_choice_go_with_it(
    app: Dash, db: Database, asked: Asked, settings: Settings
) -> None:
    with db.transaction() as session:
        group_id = survey_world.add_group(session, survey_world.add_list(session, asked.round_id, "jh"))
        invited = survey_world.add_invitation(session, survey_world.key_of(settings), group_id)
    helper = respondent(app, invited.token)
    helper.begin()
    own_words = {"Q3.01": "anders", "Q3.01.anders": "dansleraar"}
    helper.save(own_words)
    end = next(end for end in first_screens("jh") if 'name="Q3.01"' in helper.get(end).text)

    helper.post(end, {**form_of(helper.get(end)), **own_words, "wis": "Q3.01"})

    assert stored(db) == {"Q3.01": None, "Q3.01.anders": None}
