"""Somebody who fills in an English list reads English, whatever happens; only what we are called is Dutch."""

import re
from html import unescape

import pytest
from dash import Dash
from werkzeug.test import TestResponse

from app.config import Settings
from app.db import Database
from survey.words import dutch
from tests.databases import SqliteFactory
from tests.integration import survey_world
from tests.integration.filling import Respondent, first_screens, form_of, receipt_in, respondent
from tests.integration.visitor import HTML, Visitor

DUTCH = [text for text in dutch.WORDS.values() if "{" not in text and len(text) > 8]
PARTS = [part for text in dutch.WORDS.values() for part in re.split(r"\{\w+\}", text) if len(part) > 15]


@pytest.fixture
def databases(sqlite_factory: SqliteFactory) -> SqliteFactory:
    """One kind is enough: this is about words."""
    return sqlite_factory


@pytest.fixture
def list_id(app: Dash, db: Database) -> int:
    with db.transaction() as session:
        return survey_world.add_list(session, survey_world.add_round(session), "ouders")


@pytest.fixture
def parent(app: Dash, db: Database, settings: Settings, list_id: int) -> Respondent:
    """A parent with a personal link."""
    with db.transaction() as session:
        group_id = survey_world.add_group(session, list_id)
        token = survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token
    found = respondent(app, token)
    found.language = "en"
    return found


def _is_english(answer: TestResponse) -> bool:
    """Whether a page says so and holds none of our Dutch sentences."""
    text = unescape(answer.text)
    assert '<html lang="en">' in text
    assert [each for each in (*DUTCH, *PARTS) if each in text] == []
    return True


def _screens(parent: Respondent) -> dict[str, TestResponse]:
    return {end: parent.get(end) for end in first_screens("ouders")}


def test_every_page_from_the_first_to_the_receipt(app: Dash, parent: Respondent) -> None:
    assert _is_english(parent.get("?taal=en"))
    assert "until 31 December 2099" in parent.get("?taal=en").text
    parent.begin()
    for page in _screens(parent).values():
        assert page.status_code in {200, 302}
        assert page.status_code == 302 or _is_english(page)
    assert all(_is_english(parent.get(end)) for end in ("", "/verder", "/controle", "/niet-meedoen"))
    missing = parent.send()
    assert _is_english(missing)
    assert "Please answer this question" in missing.text
    parent.save(_needed(parent))

    thanks = parent.send()
    assert _is_english(thanks)
    code = {"code": receipt_in(thanks), "taal": "en"}
    assert all(
        _is_english(Visitor(app).client.post(f"/ontvangst{end}", data={**code, **more}, headers=HTML))
        for end, more in (("", {}), ("/intrekken", {}), ("/intrekken", {"zeker": "ja"}), ("", {}))
    )
    assert _is_english(parent.get("?taal=en"))


def _needed(parent: Respondent) -> dict[str, str]:
    """A first choice for each question that cannot be skipped."""
    found = {}
    for page in _screens(parent).values():
        for part in page.text.split("<fieldset")[1:]:
            if 'class="needed"' in part:
                name, value = re.findall(r'name="([^"]+)" value="([^"]+)"', part)[0]
                found[name] = value
    return found


def test_wrong_answers_and_warnings(parent: Respondent) -> None:
    parent.begin()

    wrong = parent.save({"Q6.13": 11})
    text = parent.save({"Q6.14": "My son Daan, 06 12345678"}, known=0)

    assert wrong.status_code == 422
    assert wrong.json is not None
    assert text.json is not None
    assert wrong.json["fouten"] == {"Q6.13": "Enter a number from 1 to 10."}
    assert text.json["om"].startswith("Saved at ")
    assert text.json["let_op"]["Q6.14"] == [
        "There is a phone number in the text. Please take it out.",
        "Is there a name in the text (‘Daan’)? Then please take it out.",
    ]


def test_a_form_that_comes_back_and_a_question_that_is_not_there(parent: Respondent) -> None:
    parent.begin()
    end = next(end for end, page in _screens(parent).items() if 'name="Q6.13"' in page.text)
    form = form_of(parent.get(end))

    assert _is_english(parent.post(end, {**form, "Q6.13": "11", "naar": "volgende"}))
    assert _is_english(parent.post(end, {**form, "Q9.99": "1"}))
    assert _is_english(parent.get("/niets/1"))
    doubled = parent.post(end, {**form, "Q6.13": ["1", "2"]})
    assert (doubled.status_code, "There are two answers to one question." in doubled.text) == (400, True)
    unreadable = parent.save({"Q6.13": {"a": 1}})
    assert unreadable.json is not None
    assert unreadable.json["fout"].startswith("We cannot read this request.")


def test_what_was_given_meanwhile_is_read_back_in_english(parent: Respondent) -> None:
    parent.begin()
    end = next(end for end, page in _screens(parent).items() if 'name="Q6.13"' in page.text)
    form = form_of(parent.get(end))
    parent.save({"Q6.13": 3})

    assert _is_english(parent.post(end, {**form, "Q6.13": "5", "naar": "volgende"}))
    clash = parent.save({"Q6.13": None})
    assert clash.status_code == 409
    cleared = parent.post(end, {**form_of(parent.get(end)), "wis": "Q6.13"})
    page = parent.visitor.get(cleared.headers["Location"])
    assert _is_english(page)
    assert "Answer cleared." in page.text


def test_saying_no_and_coming_back(parent: Respondent) -> None:
    parent.begin()

    parent.post("/niet-meedoen", {"taal": "en"})

    assert _is_english(parent.get("?taal=en"))
    refused = parent.visitor.client.post(
        f"{parent.address}/opslaan?taal=en", json={"versie": 0, "antwoorden": {}}
    )
    assert refused.json is not None
    assert refused.json["fout"].startswith("You do not take part. You will get no more reminders.")
    assert _is_english(parent.get("/controle?taal=en"))


def test_codes_that_lead_nowhere(app: Dash) -> None:
    client = Visitor(app).client
    code = {"code": "0123456789ABCDEFGHJKMNPQRS", "taal": "en"}

    assert _is_english(client.get("/invullen?taal=en"))
    assert _is_english(client.get("/ontvangst?taal=en"))
    assert _is_english(client.post("/invullen", data=code, headers=HTML))
    assert _is_english(client.post("/ontvangst", data=code, headers=HTML))
    assert _is_english(client.get(f"/invullen/{code['code']}?taal=en", headers=HTML))


def test_a_closed_round(db: Database, parent: Respondent, list_id: int) -> None:
    parent.begin()
    with db.transaction() as session:
        survey_world.close_round(session, 1)

    assert _is_english(parent.get())
    assert "This questionnaire is closed" in parent.get().text
    assert _is_english(parent.send())
