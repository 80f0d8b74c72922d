"""Filling in by a link: from the first page to the receipt, with and without a script."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from dash import Dash

from app.config import Settings
from app.db import Database
from app.models import SurveyGroup, SurveyInvitation, SurveyList, SurveyRound
from tests.integration import survey_world
from tests.integration.filling import (
    NEEDED,
    Respondent,
    drafts,
    first_screens,
    form_of,
    receipt_in,
    received,
    respondent,
    responses,
    stored,
)
from tests.integration.visitor import Visitor


@dataclass(frozen=True)
class Asked:
    """A round with one list, and a personal link."""

    round_id: int
    list_id: int
    group_id: int
    invited: survey_world.Invited


@pytest.fixture
def asked(app: Dash, db: Database, settings: Settings) -> Asked:
    with db.transaction() as session:
        round_id = survey_world.add_round(session)
        list_id = survey_world.add_list(session, round_id)
        group_id = survey_world.add_group(session, list_id)
        invited = survey_world.add_invitation(session, survey_world.key_of(settings), group_id)
    return Asked(round_id, list_id, group_id, invited)


@pytest.fixture
def person(app: Dash, asked: Asked) -> Respondent:
    return respondent(app, asked.invited.token)


def _state(db: Database, asked: Asked) -> str:
    with db.session() as session:
        return session.get_one(SurveyInvitation, asked.invited.id).state


def test_an_invitee_answers_and_gets_a_receipt_that_can_be_checked(
    app: Dash, db: Database, asked: Asked, person: Respondent
) -> None:
    assert "Vragenlijst voor intern begeleiders" in person.get().text

    thanks = person.fill_in(K01=4)

    code = receipt_in(thanks)
    assert thanks.status_code == 200
    assert (responses(db), drafts(db), received(db, asked.list_id)) == (1, 0, 1)
    assert _state(db, asked) == "verzonden"
    checked = Visitor(app).client.post("/ontvangst", data={"code": code.lower()}).text
    assert "Ontvangen, de groep is nog te klein om te tonen." in checked


def test_who_answered_gets_the_address_of_the_outcome_and_hears_when_it_is_public(
    app: Dash, db: Database, asked: Asked, person: Respondent, settings: Settings
) -> None:
    with db.session() as session:
        round_id = session.get_one(SurveyList, asked.list_id).round_id
    address = f"{settings.base_url}/uitkomsten/{round_id}"
    visitor = Visitor(app).client

    thanks = person.fill_in(K01=4)
    code = {"code": receipt_in(thanks)}
    before = visitor.post("/ontvangst", data=code).text
    empty, unknown = visitor.get(f"/uitkomsten/{round_id}"), visitor.get("/uitkomsten/987654")
    with db.transaction() as session:
        survey_world.close_round(session, round_id)
        session.get_one(SurveyRound, round_id).release = "publiek"
    after = visitor.post("/ontvangst", data={**code, "taal": "en"}).text

    link = f'<a id="uitkomst" href="{address}">{address}</a>'
    assert f"Hier staat de uitkomst zodra de regio die openbaar maakt: {link}" in thanks.text
    assert f"Hier staat de uitkomst zodra de regio die openbaar maakt: {link}" in before
    assert f"The region has made the outcome public: {link}" in after
    assert (empty.status_code, unknown.status_code) == (404, 404)
    assert empty.text == unknown.text
    assert "Op dit adres is nu niets te zien." in empty.text


def test_five_answers_of_a_list_count_in_the_region(
    app: Dash, db: Database, asked: Asked, settings: Settings
) -> None:
    with db.transaction() as session:
        key = survey_world.key_of(settings)
        tokens = [survey_world.add_invitation(session, key, asked.group_id).token for _ in range(5)]

    codes = [receipt_in(respondent(app, token).fill_in()) for token in tokens]

    checked = Visitor(app).client.post("/ontvangst", data={"code": codes[0]}).text
    assert "Ontvangen, telt mee in regio Amsterdam en Diemen." in checked


def test_every_screen_can_be_walked_with_forms_alone(db: Database, person: Respondent) -> None:
    answer = person.begin()
    seen = []
    while "/controle" not in answer.headers["Location"]:
        end = answer.headers["Location"].removeprefix(person.address)
        seen.append(end)
        page = person.get(end)
        given = {key: NEEDED[key] for key in NEEDED if f'name="{key}"' in page.text}
        answer = person.post(end, {**form_of(page), **given, "naar": "volgende"})
        assert answer.status_code == 303, answer.text

    assert seen == first_screens("ib", NEEDED)
    assert stored(db) == NEEDED
    assert "Controleer uw antwoorden" in person.get("/controle").text


def test_p16_every_field_for_own_words_warns_against_names(person: Respondent) -> None:
    person.begin()
    person.save(NEEDED)
    walked = [person.get(end).text for end in first_screens("ib", NEEDED)]

    fields = [
        each
        for page in walked
        for each in re.findall(r'<(?:textarea|input class="form-control" type="text")[^>]*>', page)
    ]
    words = [each for each in fields if 'inputmode="numeric"' not in each]

    assert any("<textarea" in each for each in words)
    assert any(".anders" in each for each in words)
    for each in words:
        described = re.search(r'aria-describedby="([^" ]+)', each)
        assert described is not None, each
        assert any(f'id="{described[1]}">Noem geen namen' in page for page in walked)


def test_the_button_back_saves_too_and_leads_to_the_screen_before(db: Database, person: Respondent) -> None:
    person.begin()
    page = person.get("/opening/3")

    answer = person.post("/opening/3", {**form_of(page), "A05": "4-9", "naar": "vorige"})

    assert answer.headers["Location"] == f"{person.address}/opening/2"
    assert stored(db) == {"A05": "4-9"}


def test_a_number_that_is_none_comes_back_with_words_and_what_was_typed(
    db: Database, person: Respondent
) -> None:
    person.begin()
    end = next(each for each in first_screens("ib") if 'name="A06"' in person.get(each).text)

    answer = person.post(end, {**form_of(person.get(end)), "A06": "tien", "naar": "volgende"})

    assert answer.status_code == 422
    assert "<title>Fout: Stap" in answer.text
    assert 'href="#A06"' in answer.text
    assert 'value="tien"' in answer.text
    assert stored(db) == {}


def test_a_question_that_cannot_be_skipped_holds_the_button_but_not_the_way_back(person: Respondent) -> None:
    person.begin()
    end = next(each for each in first_screens("ib") if 'name="Q1.01"' in person.get(each).text)
    form = form_of(person.get(end))

    assert person.post(end, {**form, "naar": "volgende"}).status_code == 422
    assert person.post(end, {**form, "naar": "vorige"}).status_code == 303


def test_sending_too_early_says_what_is_missing_with_links(db: Database, person: Respondent) -> None:
    person.begin()

    answer = person.send()

    assert answer.status_code == 422
    assert "/school/1?terug=controle" in answer.text
    assert (responses(db), drafts(db)) == (0, 1)


def test_answers_on_a_branch_that_was_left_are_not_sent(db: Database, person: Respondent) -> None:
    person.begin()
    person.save({"Q1.01": ["smw"], "Q1.02": "week"})
    person.save({"Q1.01": ["geen"]}, known=1)

    assert "Hoe vaak is een vaste hulpverlener" not in person.get("/controle").text
    assert stored(db)["Q1.02"] == "week"


def test_looking_counts_nothing_and_a_browser_that_shows_the_page_does(
    db: Database, asked: Asked, person: Respondent
) -> None:
    person.get()
    assert _state(db, asked) == "uitgenodigd"

    assert person.post("/geopend").status_code == 204
    assert _state(db, asked) == "geopend"
    person.begin()
    person.post("/geopend")

    assert _state(db, asked) == "begonnen"


def test_another_device_goes_on_by_the_code_on_paper(app: Dash, db: Database, person: Respondent) -> None:
    person.begin()
    person.save({"K24": 8})
    resume = person.get("/verder").text
    spaced = next(line for line in resume.splitlines() if "<b>" in line and "-" in line)
    code = spaced.split("<b>")[-1].split("</b>")[0]

    answer = Visitor(app, "198.51.100.7").client.post("/invullen", data={"code": code.lower()})

    assert answer.headers["Location"] == person.address


def test_an_open_link_makes_a_draft_of_ones_own_only_at_the_start(
    app: Dash, db: Database, asked: Asked, settings: Settings
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, asked.round_id, "ouders")
        group = survey_world.add_open_group(session, survey_world.key_of(settings), list_id)
    one, other = respondent(app, group.token), respondent(app, group.token)
    one.get()
    one.post("/geopend")
    assert drafts(db) == 0

    one.language = "en"
    one.begin()
    other.begin()
    answer = one.save({"Q6.01": "8-11", "Q6.02": "bao", "Q6.04": "nee"})
    sent = one.send()

    assert one.address != other.address
    assert answer.status_code == 200
    assert "Thank you" in sent.text
    with db.session() as session:
        row = session.get_one(SurveyGroup, group.id)
        assert (row.opened, row.started, row.sent) == (1, 2, 1)
    assert drafts(db) == 1


def test_a_test_group_sees_everything_and_nothing_is_kept(
    app: Dash, db: Database, asked: Asked, settings: Settings
) -> None:
    with db.transaction() as session:
        group_id = survey_world.add_group(session, asked.list_id, is_test=True)
        invited = survey_world.add_invitation(session, survey_world.key_of(settings), group_id)

    thanks = respondent(app, invited.token).fill_in()

    assert "Dit was een proef" in thanks.text
    assert (responses(db), drafts(db), received(db, asked.list_id)) == (0, 0, 0)


def test_p05_functionaries_read_before_the_first_question_that_they_are_not_anonymous(
    app: Dash, db: Database, asked: Asked, settings: Settings, log_in: Callable[[str], Visitor]
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, asked.round_id, "swv")

    page = log_in("swv").get(f"/regio/PO2707/vragenlijsten/invullen/{list_id}").text

    assert "Op functie, niet anoniem" in page
    assert "Uw naam staat niet bij uw antwoorden" not in page
    assert "Op functie, niet anoniem" not in respondent(app, asked.invited.token).get().text
