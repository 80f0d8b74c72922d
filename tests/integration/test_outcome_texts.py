"""What people wrote in own words on the pages of an outcome: where it stands, and under whose name."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from dash import Dash
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from app.db import Database
from app.models import SurveyOpenAnswer, SurveyResponse, SurveyRound
from survey.results import make_results
from survey.retention import erase_what_is_old
from survey.review import load_named_texts
from survey.store.receipts import erase_response
from survey.words import dutch, english
from tests.integration.outcome_world import CLOSED_ON, NOW, add_response, core_answers
from tests.integration.review_world import PLACE, add_reviewer
from tests.integration.survey_world import add_group, add_list, add_round, close_round
from tests.integration.visitor import Visitor

LogIn = Callable[[str], Visitor]
OTHER = "Met welke vormen van jeugdhulp heeft uw school vaste afspraken?: anders, namelijk"


def _place(round_id: int, ending: str = "") -> str:
    return f"/regio/GM0363/vragenlijsten/uitkomst/{round_id}{ending}"


def _cells(content: bytes) -> set[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return {str(cell) for sheet in sheets for row in sheet for cell in row}


def _publish(db: Database, round_id: int) -> None:
    make_results(db, round_id, now=NOW)
    with db.transaction() as session:
        session.get_one(SurveyRound, round_id).release = "publiek"


def test_own_words_beside_an_option_stand_under_their_question(
    db: Database, log_in: LogIn, visitor: Visitor
) -> None:
    with db.transaction() as session:
        round_id = add_round(session, closes_on=CLOSED_ON)
        list_id = add_list(session, round_id)
        add_group(session, list_id, size=60)
        for number in range(12):
            answers = core_answers(1 + number % 5) | {"Q1.01": ["anders"]}
            add_response(session, list_id, answers, texts={"Q1.01.anders": f"logopedie {number}"})
        close_round(session, round_id)
    _publish(db, round_id)
    reader = log_in("lezer")

    page = reader.get(_place(round_id))
    files = [reader.get(_place(round_id, ending)) for ending in (".csv", ".xlsx")]
    public = [visitor.get(f"/uitkomsten/{round_id}{ending}") for ending in ("", ".csv", ".xlsx")]

    assert page.status_code == 200
    assert f"Open antwoorden: {OTHER} (12)" in page.text
    assert "logopedie 7" in page.text
    assert [each.status_code for each in (*files, *public)] == [200] * 5
    assert not any(b"logopedie" in each.data for each in (*files[:1], *public[:2]))
    assert not any("logopedie" in cell for cell in _cells(files[1].data) | _cells(public[2].data))


ORGANISATIONS = {"GM0363": "Gemeente Amsterdam", "GM0384": "Gemeente Diemen"}
GOOD = "Wat gaat goed en moet zo blijven?"


@pytest.fixture
def organisations(app: Dash, db: Database) -> int:
    """A round of PO2707 in which two gemeenten wrote something that nobody has read; the id of its list."""
    add_reviewer(db)
    with db.transaction() as session:
        round_id = add_round(session, closes_on=CLOSED_ON)
        list_id = add_list(session, round_id, "gemeente")
        for code, name in ORGANISATIONS.items():
            texts = {"K26": f"Het overleg in {code}.", "Q4.10.anders": f"Het register van {code}."}
            add_response(session, list_id, core_answers(4), None, organisation=(code, name), texts=texts)
        unread = {"state": "nieuw", "shown_text": "", "reviewed_by": None}
        session.execute(update(SurveyOpenAnswer).values(**unread))
        close_round(session, round_id)
    _publish(db, round_id)
    return list_id


def _review(db: Database, log_in: LogIn, question: str = "K26") -> list[str]:
    """The reviewer lets every text of a question through; what the pages said before each choice."""
    person, here = log_in("nakijker"), f"{PLACE.format('PO2707')}/1"
    with db.session() as session:
        query = select(SurveyOpenAnswer.id).where(SurveyOpenAnswer.question == question)
        ids = session.scalars(query).all()
    seen = []
    for text_id in ids:
        address = f"{here}?lijst=1&vraag={question}"
        seen.append(person.get(address).text)
        fields = {"lijst": "1", "vraag": question, "tekst-id": text_id, "gezien": "nieuw", "keuze": "tonen"}
        assert person.send(here, fields, form=address).status_code == 303
    return seen


def test_the_reviewer_reads_what_organisations_wrote_from_the_first_text_on_without_their_names(
    db: Database, log_in: LogIn, organisations: int
) -> None:
    listed = log_in("nakijker").get(f"{PLACE.format('PO2707')}/1").text
    before = log_in("lezer").get(_place(1)).text
    seen = _review(db, log_in)
    content = log_in("nakijker").get(f"{PLACE.format('PO2707')}/1.csv").data.decode()

    assert "0 van 2 nagekeken" in listed
    assert "te weinig teksten" not in listed
    assert "Het overleg in GM0384. (ruw)" in seen[0]
    assert "De regio ziet deze teksten onder de naam van de organisatie." in seen[0]
    assert not any(name in page.partition("<main")[2] for page in seen for name in ORGANISATIONS.values())
    assert "Het overleg" not in before
    assert content.count("Het overleg in") == 2
    assert "Diemen" not in content


def test_what_organisations_wrote_stands_under_their_names_inside_the_region_alone(
    db: Database, log_in: LogIn, visitor: Visitor, organisations: int
) -> None:
    _review(db, log_in)
    _review(db, log_in, "Q4.10.anders")
    reader = log_in("lezer")

    page = reader.get(_place(1)).text
    csv = reader.get(_place(1, ".csv")).text
    cells = _cells(reader.get(_place(1, ".xlsx")).data)
    outside = [visitor.get(f"/uitkomsten/1{ending}") for ending in ("", ".csv", ".xlsx")]

    row = page.partition(GOOD)[2].partition("</tr>")[0]
    assert row.index("Het overleg in GM0363.") < row.index("Het overleg in GM0384.")
    table = "Antwoorden: gemeenten"
    assert f'"{table}";"{GOOD}";"Gemeente Diemen";"Het overleg in GM0384. (ruw)"' in csv
    assert '"Gemeente Amsterdam";"Het register van GM0363. (ruw)"' in csv
    assert ": anders, namelijk" in csv
    assert {f"Het overleg in {code}. (ruw)" for code in ORGANISATIONS} <= cells
    assert [each.status_code for each in outside] == [200] * 3
    assert not any(word in each.text for each in outside[:2] for word in ("Het overleg", "Het register"))
    assert not any("Het overleg" in cell for cell in _cells(outside[2].data))


def test_one_text_of_organisations_that_nobody_has_read_keeps_its_question_away(
    db: Database, log_in: LogIn, organisations: int
) -> None:
    _review(db, log_in)
    with db.transaction() as session:
        one = session.scalars(select(SurveyOpenAnswer.id).where(SurveyOpenAnswer.question == "K26")).first()
        unread = {"state": "nieuw", "shown_text": "", "reviewed_by": None}
        session.execute(update(SurveyOpenAnswer).where(SurveyOpenAnswer.id == one).values(**unread))

    assert "Het overleg" not in log_in("lezer").get(_place(1)).text


def test_p20_what_an_organisation_wrote_goes_with_its_answers(
    db: Database, log_in: LogIn, organisations: int
) -> None:
    _review(db, log_in)
    with db.transaction() as session:
        is_diemen = SurveyResponse.organisation_code == "GM0384"
        receipt = session.scalars(select(SurveyResponse.receipt_hash).where(is_diemen)).one()
        assert erase_response(session, receipt)

    page = log_in("lezer").get(_place(1)).text
    erase_what_is_old(db, by="test", now=NOW + timedelta(days=731))

    assert "Het overleg in GM0363." in page
    assert "GM0384" not in page.partition("<main")[2]
    assert "Gemeente Diemen" not in page
    assert "Het overleg" not in log_in("lezer").get(_place(1)).text
    with db.session() as session:
        assert load_named_texts(session, organisations) == {}
        assert session.scalars(select(SurveyOpenAnswer.id)).all() == []


def test_functionaries_are_promised_just_that_before_the_first_question_and_on_the_privacy_page(
    visitor: Visitor,
) -> None:
    page = " ".join(visitor.get("/over/privacy").text.split())

    assert (
        "Dat geldt ook voor wat u in eigen woorden schrijft, nadat iemand het heeft nagekeken."
        in (dutch.WORDS["by_function"])
    )
    assert (
        "That goes for your own words too, after somebody has checked them." in english.WORDS["by_function"]
    )
    assert "ook als er maar één tekst is. Daarna staat ook dat binnen de regio onder de naam van uw" in page
