"""Where and when PostgreSQL put a row tells nothing of who sent it, and shuffling loses nothing."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scipy.stats import kendalltau
from sqlalchemy import delete, event, func, select, text
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.models import (
    SurveyAnswer,
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
    SurveyRound,
)
from survey.rounds import close_round
from survey.shuffling import shuffle_list, shuffle_rounds
from survey.store import find_receipt, withdraw
from tests.integration import survey_world, world
from tests.integration.submissions import Sent, invite, open_key, send_all, send_one

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
WAVES, PEOPLE = 3, 20
UNLIKELY = 1e-12
"""Twenty in the order of sending come far below this; twenty in random order never in a lifetime of runs."""


@pytest.fixture
def key(db: Database, settings: Settings) -> bytes:
    with db.transaction() as session:
        world._add_regions(session)
    return survey_world.key_of(settings)


def _places(session: Session) -> list[str]:
    """The receipts of responses in the order in which the database hands them out unasked."""
    order = "ctid" if session.get_bind().dialect.name == "postgresql" else "id"
    return list(session.scalars(text(f"SELECT receipt_hash FROM survey_response ORDER BY {order}")))  # noqa: S608


def _tau(session: Session, sent: list[Sent]) -> float:
    """How likely it is that order of sending and order of storage have nothing to do with each other."""
    places = _places(session)
    return float(kendalltau(range(len(sent)), [places.index(each.receipt_hash) for each in sent]).pvalue)


def _written_by(session: Session, table: str) -> set[str]:
    return set(session.scalars(text(f"SELECT CAST(xmin AS TEXT) FROM {table}")))  # noqa: S608


def test_p06_after_shuffling_the_order_of_rows_says_nothing_of_the_order_of_sending(
    db: Database, key: bytes
) -> None:
    chances = []
    for _ in range(WAVES):
        _, people = invite(db, key, PEOPLE)
        sent = send_all(db, key, people)
        shuffle_rounds(db, now=NOW)
        with db.transaction() as session:
            chances.append(_tau(session, sent))
            session.execute(text("DELETE FROM survey_round"))

    assert min(chances) > UNLIKELY


def test_p06_without_shuffling_postgresql_would_tell(db: Database, key: bytes) -> None:
    _, people = invite(db, key, PEOPLE)
    sent = send_all(db, key, people)

    with db.session() as session:
        chance = _tau(session, sent)
        is_postgres = session.get_bind().dialect.name == "postgresql"

    assert (chance < UNLIKELY) == is_postgres


def test_p03_no_answer_carries_the_number_of_the_transaction_that_marked_an_invitation(
    db: Database, key: bytes
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps no such numbers")
    _, people = invite(db, key, 12)
    send_all(db, key, people, open_key())
    answers = ("survey_response", "survey_answer", "survey_open_answer")
    with db.session() as session:
        before = _written_by(session, "survey_invitation") & _written_by(session, "survey_response")

    shuffle_rounds(db, now=NOW)

    with db.session() as session:
        people_s = _written_by(session, "survey_invitation") | _written_by(session, "survey_list")
        answers_s = set().union(*(_written_by(session, table) for table in answers))
    assert len(before) == 12
    assert len(answers_s) == 1
    assert not people_s & answers_s


def test_nothing_is_lost_and_receipts_keep_working(db: Database, key: bytes) -> None:
    _, people = invite(db, key, 6)
    sent = send_all(db, key, people, open_key())
    before = _contents(db)

    shuffle_rounds(db, now=NOW)

    assert _contents(db) == before
    with db.transaction() as session:
        assert all(find_receipt(session, key, each.receipt) for each in sent)
        assert withdraw(session, key, sent[2].receipt)
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyResponse)) == 5
        assert session.scalar(select(func.count()).select_from(SurveyOpenAnswer)) == 5


def _contents(db: Database) -> list[list[tuple[object, ...]]]:
    with db.session() as session:
        return [
            sorted((tuple(row) for row in session.execute(select(table.__table__))), key=str)
            for table in (SurveyResponse, SurveyAnswer, SurveyOpenAnswer)
        ]


def test_closing_a_round_shuffles_it(db: Database, key: bytes) -> None:
    round_id, people = invite(db, key, PEOPLE)
    sent = send_all(db, key, people)

    with db.transaction() as session:
        close_round(session, round_id, by="test", now=NOW)

    with db.session() as session:
        assert _tau(session, sent) > UNLIKELY


def test_a_round_that_was_closed_long_ago_is_left_alone(db: Database, key: bytes) -> None:
    round_id, people = invite(db, key, 2)
    send_all(db, key, people)
    with db.transaction() as session:
        found = session.get_one(SurveyRound, round_id)
        found.state, found.closed_at = "gesloten", NOW - timedelta(days=3)

    assert shuffle_rounds(db, now=NOW) == 0


def test_p06_after_the_night_no_file_holds_a_draft_that_was_erased(db: Database, key: bytes) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL gives up old rows by VACUUM")
    words = "kanarie-in-een-concept"
    _, people = invite(db, key, 1)
    with db.transaction() as session:
        list_id = session.scalars(select(SurveyList.id)).one()
        session.add(SurveyDraft(id="d", list_id=list_id, invitation_id=people[0].id))
        session.flush()
        session.add(SurveyDraftAnswer(draft_id="d", question="K26", value=words, version=1))
    with db.transaction() as session:
        session.execute(delete(SurveyDraft))
    before = _files_hold(db, words)

    shuffle_rounds(db, now=NOW)

    assert before
    assert not _files_hold(db, words)


def _files_hold(db: Database, words: str) -> bool:
    path = Path(db.engine.url.database or "")
    return any(words.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_p06_every_night_postgresql_gives_up_old_rows_of_everything_that_ties_person_and_answer(
    db: Database, key: bytes
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite overwrites what is erased")
    invite(db, key, 1)
    done: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: done.append(given[2]))

    assert shuffle_rounds(db, now=NOW) == 0

    vacuumed = [each for each in done if each.startswith("VACUUM")]
    assert len(vacuumed) == 1
    for table in (SurveyResponse, SurveyAnswer, SurveyOpenAnswer, SurveyDraft, SurveyDraftAnswer):
        assert table.__tablename__ in vacuumed[0]
    assert "survey_invitation" in vacuumed[0]


def test_who_sends_or_withdraws_during_shuffling_is_waited_for(db: Database, key: bytes) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time, and is not shuffled")
    round_id, people = invite(db, key, 4)
    sent = send_all(db, key, people[:2])
    done: list[object] = []
    with db.transaction() as session:
        list_id = session.scalars(select(SurveyList.id).where(SurveyList.round_id == round_id)).one()
        shuffle_list(session, list_id)
        threads = [
            threading.Thread(target=lambda: done.append(send_one(db, key, people[2]))),
            threading.Thread(target=lambda: done.append(_withdraw(db, key, sent[0]))),
        ]
        for thread in threads:
            thread.start()
        _wait_for_locks(db, 2)
        assert done == []
    for thread in threads:
        thread.join(120)

    with db.session() as session:
        kept = set(session.scalars(select(SurveyResponse.receipt_hash)))
    assert len(done) == 2
    assert len(kept) == 2
    assert sent[1].receipt_hash in kept
    assert sent[0].receipt_hash not in kept


def _withdraw(db: Database, key: bytes, sent: Sent) -> bool:
    with db.transaction() as session:
        return withdraw(session, key, sent.receipt)


def _wait_for_locks(db: Database, number: int) -> None:
    """Until so many others wait for a lock."""
    for _ in range(20_000):
        with db.session() as session:
            waiting = session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
        if waiting == number:
            return
        threading.Event().wait(0.005)
    raise AssertionError("nobody waits")


def test_a_shuffle_waits_for_who_is_sending(db: Database, key: bytes) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time, and is not shuffled")
    _, people = invite(db, key, 3)
    send_all(db, key, people[:2])
    with db.session() as session:
        list_id = session.scalars(select(SurveyList.id)).one()
    with db.transaction() as session:
        session.add(SurveyResponse(id="r" * 32, list_id=list_id, receipt_hash="h" * 64))
        session.flush()
        shuffler = threading.Thread(target=lambda: shuffle_rounds(db, now=NOW))
        shuffler.start()
        _wait_for_locks(db, 1)
    shuffler.join(120)

    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyResponse)) == 3
        assert len(_written_by(session, "survey_response")) == 1
