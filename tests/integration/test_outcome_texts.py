"""What people wrote in own words on the pages of an outcome: where it stands, and under whose name."""

import io
from collections.abc import Callable

from python_calamine import CalamineWorkbook

from app.db import Database
from app.models import SurveyRound
from survey.results import make_results
from tests.integration.outcome_world import CLOSED_ON, NOW, add_response, core_answers
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
