"""Free texts are read by somebody with the permission before anybody else sees them, and tell of nobody."""

import logging
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.access import ReviewedRegion
from app.db import Database
from app.errors import AccessDenied
from app.models import AuditEvent, SurveyOpenAnswer, SurveyResponse
from survey.review import decide, load_questions, load_shown_texts, load_texts
from survey.texts import Choice, Decision
from tests.integration import world
from tests.integration.review_world import (
    CANARY,
    FEW,
    MANY,
    PLACE,
    add_reviewer,
    add_round,
    add_texts,
    list_of,
    review_all,
)
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]
REGION = ReviewedRegion("PO2707")
HERE = PLACE.format("PO2707")


@pytest.fixture
def ids(app: object, db: Database) -> list[str]:
    """A closed round 1 with ten texts of one question and nine of another; returns the ids of the ten."""
    add_reviewer(db)
    with db.transaction() as session:
        round_id = add_round(session)
        ids = add_texts(session, round_id)
        add_texts(session, round_id, 9, FEW)
    return ids


def _address(question: str = MANY) -> str:
    return f"{HERE}/1?lijst=1&vraag={question}"


def _send(person: Visitor, text_id: str, choice: str, **data: str) -> int:
    fields = {"lijst": "1", "vraag": MANY, "tekst-id": text_id, "gezien": "nieuw", "keuze": choice}
    return person.send(f"{HERE}/1", fields | data, form=_address()).status_code


def _state(db: Database, text_id: str) -> tuple[str, str, str, str | None]:
    with db.session() as session:
        row = session.get_one(SurveyOpenAnswer, text_id)
        return row.state, row.shown_text, row.reason, row.reviewed_by


def test_s17_only_who_has_the_permission_in_that_very_region_reads_and_decides(
    log_in: Enter, db: Database, ids: list[str]
) -> None:
    addresses = (HERE, f"{HERE}/1", _address(), f"{HERE}/1.csv")
    fields = {"lijst": "1", "vraag": MANY, "tekst-id": ids[0], "gezien": "nieuw", "keuze": "tonen"}
    for login in world.PEOPLE:
        person = log_in(login)
        assert {person.get(address).status_code for address in addresses} == {403}
        assert person.send(f"{HERE}/1", fields, form="/account").status_code == 403
        assert f'href="{HERE}"' not in person.get("/regio/PO2707/vragenlijsten").text
    reviewer = log_in("nakijker")

    assert {reviewer.get(address).status_code for address in addresses} == {200}
    assert f'href="{HERE}"' in reviewer.get("/regio/PO2707/vragenlijsten").text
    assert reviewer.get(PLACE.format("GM0363")).status_code == 403
    assert _state(db, ids[0])[0] == "nieuw"


def test_p16_a_reviewer_of_a_partner_or_of_another_region_reads_nothing(
    log_in: Enter, db: Database, ids: list[str]
) -> None:
    add_reviewer(db, "buur", "GM0363")
    person = log_in("buur")

    page = person.get(PLACE.format("GM0363"))

    assert page.status_code == 200
    assert "Najaarsronde" not in page.text
    assert person.get(f"{PLACE.format('GM0363')}/1").status_code == 403
    assert person.get(_address()).status_code == 403


def test_p16_the_pages_show_texts_of_ten_and_keep_nine_hidden(log_in: Enter, ids: list[str]) -> None:
    person = log_in("nakijker")

    overview, texts, few = (
        person.get(f"{HERE}/1").text,
        person.get(_address()).text,
        person.get(_address(FEW)),
    )

    assert "0 van 10 nagekeken" in overview
    assert overview.count("te weinig teksten") == 1
    assert CANARY not in overview
    assert texts.count(f"<blockquote>{CANARY}") == 10
    assert few.status_code == 403


def test_p16_an_open_round_shows_nothing(log_in: Enter, db: Database) -> None:
    add_reviewer(db)
    with db.transaction() as session:
        add_texts(session, add_round(session, closed_at=None))
    person = log_in("nakijker")

    assert "nog geen gesloten ronde" in person.get(HERE).text
    assert person.get(_address()).status_code == 403


def test_p16_texts_stand_apart_from_response_organisation_and_order(
    log_in: Enter, db: Database, ids: list[str]
) -> None:
    page = log_in("nakijker").get(_address()).text

    with db.session() as session:
        responses = session.scalars(select(SurveyResponse.id)).all()
    shown = re.findall(r'name="tekst-id" value="(\w+)"', page)
    assert not [each for each in responses if each in page]
    assert "GM0363" not in page.partition("<main")[2].replace('value="GM0363"', "")
    assert shown == sorted(ids)  # random ids: the order of nothing


def test_a_text_is_shown_edited_or_left_out(log_in: Enter, db: Database, ids: list[str]) -> None:
    person = log_in("nakijker")

    codes = [
        _send(person, ids[0], "tonen"),
        _send(person, ids[1], "aanpassen", tekst="Het overleg kan beter."),
        _send(person, ids[2], "weglaten", reden="herkenbaar"),
    ]

    assert codes == [303] * 3
    assert _state(db, ids[0]) == ("getoond", f"{CANARY} 0: het overleg kan beter", "", "nakijker")
    assert _state(db, ids[1]) == ("getoond", "Het overleg kan beter.", "", "nakijker")
    assert _state(db, ids[2]) == ("weggelaten", "", "herkenbaar", "nakijker")
    with db.session() as session:
        assert session.get_one(SurveyOpenAnswer, ids[1]).text.startswith(CANARY)
    assert "3 van 10 nagekeken" in person.get(f"{HERE}/1").text


def test_what_is_not_complete_is_said_at_the_field_and_kept_on_the_page(
    log_in: Enter, db: Database, ids: list[str]
) -> None:
    person = log_in("nakijker")
    fields = {"lijst": "1", "vraag": MANY, "tekst-id": ids[0], "gezien": "nieuw"}
    mail = "Mail piet@example.org"

    for data, words in (
        ({"keuze": "weglaten", "reden": ""}, "Kies waarom u deze tekst weglaat."),
        ({"keuze": "aanpassen", "tekst": " "}, "Schrijf de tekst die wij mogen tonen"),
        ({"keuze": "aanpassen", "tekst": mail}, "e-mailadres"),
    ):
        answer = person.send(f"{HERE}/1", fields | data, form=_address())
        assert answer.status_code == 422
        assert words in answer.text
        assert "Er is iets niet goed" in answer.text
    assert mail in answer.text
    assert _state(db, ids[0])[0] == "nieuw"
    assert [_send(person, ids[0], choice) for choice in ("wissen", "")] == [400, 400]


def test_a_refused_decision_that_names_another_question_is_told_in_words(
    log_in: Enter, db: Database, ids: list[str]
) -> None:
    with db.transaction() as session:
        add_texts(session, 1, 10, "K27")
    person = log_in("nakijker")
    fields = {"lijst": "1", "vraag": "K27", "tekst-id": ids[0], "gezien": "nieuw", "keuze": "weglaten"}

    answer = person.send(f"{HERE}/1", fields | {"reden": ""}, form=_address())

    assert answer.status_code == 400
    assert "Deze tekst hoort niet bij deze vraag. Er is niets bewaard." in answer.text
    assert _state(db, ids[0])[0] == "nieuw"


def test_ac4_a_text_of_another_round_or_region_is_refused(
    log_in: Enter, db: Database, ids: list[str]
) -> None:
    with db.transaction() as session:
        others = add_texts(session, add_round(session, "PO2401"))
        few = session.scalars(select(SurveyOpenAnswer.id).where(SurveyOpenAnswer.question == FEW)).first()
    person = log_in("nakijker")

    codes = [_send(person, each, "tonen") for each in (others[0], str(few), "x", "")]

    assert codes == [403] * 4
    assert _state(db, others[0])[0] == "nieuw"
    assert _state(db, str(few))[0] == "nieuw"


def test_two_reviewers_at_once_are_told_and_the_first_one_counts(db: Database, ids: list[str]) -> None:
    first = Decision(ids[0], "nieuw", Choice.LEAVE_OUT, reason="kwetsend")
    second = Decision(ids[0], "nieuw", Choice.SHOW)

    with db.transaction() as session:
        assert decide(session, REGION, 1, first, by="een")
        assert not decide(session, REGION, 1, second, by="twee")

    assert _state(db, ids[0]) == ("weggelaten", "", "kwetsend", "een")


def test_a_form_without_its_token_is_refused(log_in: Enter, db: Database, ids: list[str]) -> None:
    person = log_in("nakijker")

    answer = person.client.post(f"{HERE}/1", data={"tekst-id": ids[0], "keuze": "tonen", "gezien": "nieuw"})

    assert answer.status_code == 400
    assert _state(db, ids[0])[0] == "nieuw"


def test_p16_reading_deciding_and_taking_along_are_logged_without_the_text(
    log_in: Enter, db: Database, ids: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "dashboard")
    person = log_in("nakijker")
    with db.transaction() as session:
        review_all(session, ids[1:])

    _send(person, ids[0], "tonen")
    content = person.get(f"{HERE}/1.csv").data.decode()

    with db.session() as session:
        acts = session.execute(select(AuditEvent.action, AuditEvent.subject, AuditEvent.detail)).all()
    told = [tuple(act) for act in acts if act.action.startswith("answer")]
    assert told == [("answer.review", "ronde 1", f"ib {MANY}: getoond"), ("answers.export", "ronde 1", "")]
    assert content.count(CANARY) == 10
    assert {"texts_read", "texts_reviewed", "texts_exported"} <= set(re.findall(r"texts_\w+", caplog.text))
    assert CANARY not in caplog.text
    assert CANARY not in str(acts)


def test_p16_others_get_texts_of_a_question_once_all_of_them_were_read(db: Database, ids: list[str]) -> None:
    with db.transaction() as session:
        review_all(session, ids[:9])
        assert load_shown_texts(session, 1) == {}
        last = Decision(ids[9], "nieuw", Choice.LEAVE_OUT, reason="herkenbaar")
        decide(session, REGION, 1, last, by="nakijker")

        shown = load_shown_texts(session, 1)

    assert list(shown) == [MANY]
    assert len(shown[MANY]) == 9
    assert not any(" 9:" in text for text in shown[MANY])


def test_p08_texts_below_ten_reach_nobody_also_after_a_withdrawal(db: Database, ids: list[str]) -> None:
    with db.transaction() as session:
        review_all(session, ids)
        assert load_shown_texts(session, 1)
        one = session.get_one(SurveyOpenAnswer, ids[0])
        session.delete(session.get_one(SurveyResponse, one.response_id))
        session.flush()

        assert load_shown_texts(session, 1) == {}
        with pytest.raises(AccessDenied):
            load_texts(session, REGION, 1, 1, MANY)


def test_p16_a_round_that_is_not_closed_gives_nothing_to_others(db: Database, ids: list[str]) -> None:
    with db.transaction() as session:
        open_round = add_round(session, closed_at=None)
        review_all(session, add_texts(session, open_round))

        assert load_shown_texts(session, list_of(session, open_round)) == {}
        with pytest.raises(AccessDenied):
            load_questions(session, REGION, open_round)


def test_p16_no_answer_to_any_other_role_holds_a_text_that_nobody_has_read(
    log_in: Enter, ids: list[str]
) -> None:
    addresses = [
        f"/regio/PO2707/{tab}"
        for tab in ("overzicht", "indicatoren", "vragenlijsten", "aansluiting", "eigen-cijfers")
    ]
    addresses += [
        HERE,
        f"{HERE}/1",
        _address(),
        f"{HERE}/1.csv",
        "/account",
        "/account/gegevens.json",
        "/_dash-layout",
    ]
    for login in world.PEOPLE:
        person = log_in(login)
        for address in addresses:
            assert CANARY not in person.get(address).text
