"""Answers under the name of an organisation: gone from the outcome when they are taken back, or old."""

from datetime import timedelta

from sqlalchemy import func, select

from app.db import Database
from app.models import SurveyAnswer, SurveyResponse, SurveyResult
from survey.results import make_results
from survey.results.snapshots import from_json
from survey.retention import erase_what_is_old
from survey.store import find_receipt, withdraw
from survey.tokens import make_id, receipt_hash, receipt_of
from tests.integration import world
from tests.integration.survey_world import NOW, add_list, add_round, close_round

KEY = b"k" * 32
SENT = "8c2c9b0c-54ce-4d0b-8f06-3a6f0b3d8a11"


def _closed(db: Database) -> int:
    """A closed round of which one SWV and one gemeente sent their list; the list of the SWV."""
    world.fill(db)
    with db.transaction() as session:
        round_id = add_round(session)
        list_id = add_list(session, round_id, "swv")
        for submission, name, code in ((SENT, "SWV Amsterdam", "PO2707"), (make_id(), "SWV Oost", None)):
            row = SurveyResponse(
                id=make_id(),
                list_id=list_id,
                receipt_hash=receipt_hash(KEY, receipt_of(KEY, submission)),
                organisation=name,
                organisation_code=code,
            )
            session.add(row)
            session.flush()
            session.add(SurveyAnswer(response_id=row.id, question="K01", value="4"))
        close_round(session, round_id)
    make_results(db, round_id, now=NOW)
    return list_id


def _named(db: Database, list_id: int) -> list[str]:
    with db.session() as session:
        contents = session.scalar(select(SurveyResult.contents).where(SurveyResult.list_id == list_id))
        return [each.organisation for each in from_json(contents or "").named]


def test_who_takes_back_the_answers_of_an_organisation_takes_them_out_of_the_outcome(db: Database) -> None:
    list_id = _closed(db)
    code = receipt_of(KEY, SENT)
    with db.session() as session:
        receipt = find_receipt(session, KEY, code)

    with db.transaction() as session:
        is_gone = withdraw(session, KEY, code)

    assert receipt is not None
    assert receipt.organisation == "SWV Amsterdam"
    assert is_gone
    assert _named(db, list_id) == ["SWV Oost"]


def test_p20_after_two_years_no_answer_stands_under_a_name(db: Database) -> None:
    list_id = _closed(db)
    before = erase_what_is_old(db, by="test", now=NOW + timedelta(days=729))
    kept = _named(db, list_id)

    erased = erase_what_is_old(db, by="test", now=NOW + timedelta(days=731))

    assert (before.responses, erased.responses) == (0, 2)
    assert kept == ["SWV Amsterdam", "SWV Oost"]
    assert _named(db, list_id) == []
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyResponse)) == 0
