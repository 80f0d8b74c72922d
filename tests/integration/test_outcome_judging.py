"""What most people cannot judge: those words in place of the score, on every page and in every file."""

import io
import re
from collections.abc import Callable

import pytest
from dash import Dash
from python_calamine import CalamineWorkbook

from app.db import Database
from app.models import SurveyRound
from layouts.outcome_words import HARD, TOO_FEW
from survey.definition import Value
from survey.results import make_results
from tests.integration.outcome_world import CLOSED_ON, NOW, add_response, core_answers
from tests.integration.survey_world import add_group, add_list, add_round, close_round
from tests.integration.visitor import Visitor, callback_body

LogIn = Callable[[str], Visitor]
PLACE = "/regio/GM0363/vragenlijsten/uitkomst/1"
MOST, NEARLY_ALL, FEW, HERE = (
    "Doordat school en jeugdhulp samenwerken, krijgt een kind eerder de hulp die past.",
    "De samenwerking voorkomt dat kleine problemen groot worden.",
    "Dankzij de samenwerking blijven meer leerlingen op een gewone school in de buurt.",
    "De samenwerking maakt mijn eigen werk beter of makkelijker.",
)


def _answers(place: int, gemeente: str) -> dict[str, Value]:
    """Of 50: K01 30 × 9; K02 47 × 9; K03 3 answers; K04 16 × 9 in Amsterdam; K20–K23 30 × 9; Q1.04 all."""
    found: dict[str, Value] = dict(core_answers(1 + place % 5))
    if place % 5 < 3:
        found |= dict.fromkeys(("K01", "K20", "K21", "K22", "K23"), 9)
    if place > 2:
        found["K02"] = 9
        found.pop("K03")
    if gemeente == "GM0363" and place < 16:
        found["K04"] = 9
    return found | {"Q1.04": "weet_niet"}


@pytest.fixture
def outcome(app: Dash, db: Database) -> None:
    with db.transaction() as session:
        round_id = add_round(session, closes_on=CLOSED_ON)
        list_id = add_list(session, round_id)
        for code, start in {"GM0363": 0, "GM0384": 25}.items():
            add_group(session, list_id, f"Scholen {code}", code, size=60)
            for place in range(start, start + 25):
                add_response(session, list_id, _answers(place, code), code)
        close_round(session, round_id)
    make_results(db, round_id, now=NOW)
    with db.transaction() as session:
        session.get_one(SurveyRound, round_id).release = "publiek"


def _row(page: str, start: str, name: str) -> str:
    """The row of a question in the first table after some words, whatever its cells look like."""
    found = page.partition(start)[2].partition(f">{name}</th>")[2].partition("</tr>")[0]
    return re.sub(r' class="[^"]*"', "", found)


@pytest.mark.parametrize("address", [PLACE, "/uitkomsten/1"])
def test_the_page_has_the_words_in_place_of_the_score(outcome: None, log_in: LogIn, address: str) -> None:
    page = log_in("lezer").get(address).text

    scores = {name: _row(page, "Stellingen, van", name) for name in (MOST, NEARLY_ALL, FEW)}
    assert scores[MOST] == scores[NEARLY_ALL] == f"<td>{HARD}</td>" + "<td>–</td>" * 6
    assert TOO_FEW in scores[FEW]
    shares = {name: _row(page, "Stellingen, verdeling", name) for name in (MOST, NEARLY_ALL)}
    assert shares[MOST] == shares[NEARLY_ALL] == "<td>–</td>" * 5 + f"<td>{HARD}</td>"
    part = _row(page, "Stellingen per gemeente", HERE)
    assert part.startswith(f"<td>{HARD}</td><td>3,0 ")
    assert HARD in _row(page, "Scores per thema", "Zicht op bereik")
    fixed = page.partition("Keuzes en aantallen")[2].partition("Deze hulpverlener kan zelf hulp starten")[2]
    assert HARD in fixed.partition("</tr>")[0]


def test_the_files_have_them_too(outcome: None, log_in: LogIn) -> None:
    reader = log_in("lezer")

    lines = reader.get(f"{PLACE}.csv").text.splitlines()
    content = reader.get(f"{PLACE}.xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]

    for name in (MOST, NEARLY_ALL):
        told = [line for line in lines if f'"{name}"' in line]
        assert told
        assert all(line.endswith(f'"{HARD}"') for line in told)
        assert all(HARD in row for row in rows if row[0] == name)


def test_the_chapter_has_the_words_and_no_mark_for_such_a_group(
    outcome: None, log_in: LogIn, app: Dash
) -> None:
    path, reader = "/regio/GM0363/aansluiting", log_in("lezer")
    reader.get(path)
    values: dict[str, object] = {"shell-location.pathname": path, "shell-edition.children": ""}
    values["connection-thema.value"] = "bereik"

    text = reader.call(callback_body(app, "connection-content.children", values)).text

    assert f"{HARD.capitalize()}: intern begeleiders." in text
    assert "te weinig antwoorden om iets te tonen" not in text
    assert "Puntgrafiek" not in text
