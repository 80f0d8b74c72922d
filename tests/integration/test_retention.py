"""What was kept long enough is erased at night, by itself; nothing goes a day too early."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.disclosure import Count
from app.models import (
    AuditEvent,
    Base,
    SurveyAnswer,
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyGuess,
    SurveyInvitation,
    SurveyJoint,
    SurveyList,
    SurveyMail,
    SurveyOpenAnswer,
    SurveyResponse,
    SurveyResult,
    SurveyRound,
)
from app.tasks import Worker
from survey.invitations import is_working
from survey.results.snapshots import Snapshot, to_json
from survey.retention import Erased, erase_what_is_old
from survey.store import find_door
from survey.tokens import token_of
from tests.integration import survey_world, world
from tests.integration.submissions import invite, open_key, send_all

CLOSED_AT = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
TABLES = (
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyMail,
    SurveyResponse,
    SurveyAnswer,
    SurveyOpenAnswer,
    SurveyJoint,
)

NOTHING = to_json(Snapshot(Count(0, 4)))
"""An outcome in which nothing is shown."""


@pytest.fixture
def closed(db: Database, settings: Settings) -> Database:
    """A closed round: two sent questionnaires, a draft, four addresses, a mail, a joint one, an outcome."""
    with db.transaction() as session:
        world._add_regions(session)
    key = survey_world.key_of(settings)
    round_id, people = invite(db, key, 4)
    send_all(db, key, people[:2], open_key())
    with db.transaction() as session:
        _add_rest(session, round_id, people[3].id)
        found = session.get_one(SurveyRound, round_id)
        found.state, found.closed_at = "gesloten", CLOSED_AT
    return db


def _add_rest(session: Session, round_id: int, invitation: str) -> None:
    list_id = session.scalars(select(SurveyList.id)).one()
    session.add(SurveyDraft(id="d", list_id=list_id, invitation_id=invitation))
    session.add(
        SurveyMail(invitation_id=invitation, kind="uitnodiging", state="verzonden", due_on=date(2026, 3, 1))
    )
    session.add(SurveyJoint(round_id=round_id, swv_code="PO2707", gemeente_code="GM0363"))
    session.add(SurveyResult(list_id=list_id, made_at=CLOSED_AT, contents=NOTHING))
    session.flush()
    session.add(SurveyDraftAnswer(draft_id="d", question="K01", value="4", version=1))


def _counts(db: Database) -> list[int]:
    with db.session() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def _after(db: Database, **time: float) -> Erased:
    return erase_what_is_old(db, by="verwerker", now=CLOSED_AT + timedelta(**time))


def test_p20_nothing_goes_a_moment_too_early(closed: Database) -> None:
    before = _counts(closed)

    erased = _after(closed, days=30)

    assert not any(erased)
    assert _counts(closed) == before == [1, 1, 1, 2, 4, 2, 1]


def test_p20_addresses_and_mails_go_after_thirty_days_and_the_rows_still_count(closed: Database) -> None:
    erased = _after(closed, days=30, seconds=1)

    with closed.session() as session:
        rows = session.execute(select(SurveyInvitation.name, SurveyInvitation.email)).all()
        states = sorted(session.scalars(select(SurveyInvitation.state)))
        dump = "\n".join(
            str(tuple(row)) for t in Base.metadata.sorted_tables for row in session.execute(select(t))
        )
    assert (erased.addresses, erased.mails) == (4, 1)
    assert {tuple(row) for row in rows} == {("", "")}
    assert states == ["uitgenodigd", "uitgenodigd", "verzonden", "verzonden"]
    assert "@example.org" not in dump.replace("coordinator@example.org", "")
    assert "Persoon" not in dump


def test_p17_after_thirty_days_no_link_tells_any_more_who_answered(
    closed: Database, settings: Settings
) -> None:
    key = survey_world.key_of(settings)
    tokens = [token_of(key, nonce) for nonce in _nonces(closed)]
    _after(closed, days=30)
    before = _nonces(closed)

    _after(closed, days=30, seconds=1)
    ended = _nonces(closed)
    _after(closed, days=31)

    with closed.session() as session:
        assert not any(is_working(row, key) for row in session.scalars(select(SurveyInvitation)))
        assert not any(find_door(session, key, token) for token in tokens)
    assert [token_of(key, nonce) for nonce in before] == tokens
    assert not set(before) & set(ended)
    assert _nonces(closed) == ended  # each is renewed once


def _nonces(db: Database) -> list[str]:
    with db.session() as session:
        return list(session.scalars(select(SurveyInvitation.nonce).order_by(SurveyInvitation.number)))


def test_p20_drafts_go_after_ninety_days(closed: Database) -> None:
    assert _after(closed, days=90).drafts == 0
    assert _after(closed, days=90, seconds=1).drafts == 1
    assert _counts(closed)[:2] == [0, 0]


def test_p20_answers_go_after_two_years_and_the_outcome_stays(closed: Database) -> None:
    assert _after(closed, days=730).responses == 0

    erased = _after(closed, days=730, seconds=1)

    assert (erased.responses, erased.joints) == (2, 1)
    assert _counts(closed) == [0] * len(TABLES)
    with closed.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyResult)) == 1
        assert session.scalar(select(SurveyList.received)) == 2


def test_p20_guesses_go_after_a_day(db: Database) -> None:
    with db.transaction() as session:
        session.add(SurveyGuess(address_hash="oud", at=CLOSED_AT - timedelta(days=1, seconds=1)))
        session.add(SurveyGuess(address_hash="nieuw", at=CLOSED_AT - timedelta(days=1)))

    assert _after(db).guesses == 1
    with db.session() as session:
        assert session.scalars(select(SurveyGuess.address_hash)).all() == ["nieuw"]


def test_p20_a_round_that_is_open_keeps_everything_whatever_the_clock_says(
    db: Database, settings: Settings
) -> None:
    with db.transaction() as session:
        world._add_regions(session)
    key = survey_world.key_of(settings)
    _, people = invite(db, key, 2)
    send_all(db, key, people[:1])

    assert not any(_after(db, days=5_000))


def test_p20_a_round_that_was_never_opened_is_over_after_its_last_day(closed: Database) -> None:
    with closed.transaction() as session:  # its last day ends at the moment from which `_after` counts
        session.execute(
            update(SurveyRound).values(state="concept", closed_at=None, closes_on=date(2026, 3, 31))
        )

    assert not any(_after(closed, days=30, seconds=-1))
    assert _after(closed, days=30)[:4] == (0, 4, 1, 0)
    assert _after(closed, days=90)[:4] == (1, 0, 0, 0)


def test_p20_each_run_is_reported_with_numbers_only(closed: Database) -> None:
    _after(closed, days=91)
    _after(closed, days=91)

    with closed.session() as session:
        rows = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "retention").order_by(AuditEvent.id)
        )
        told = [(row.actor, row.subject, row.detail) for row in rows]
    assert told == [
        ("verwerker", "vragenlijsten", "1 concepten, 4 namen en adressen, 1 mails"),
        ("verwerker", "vragenlijsten", "niets te wissen"),
    ]


def test_p20_the_worker_does_it_every_night_also_when_something_else_fails(
    closed: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_worker: Worker) -> None:
        raise RuntimeError("de groepen")

    fail.__name__ = "renew_groups"
    monkeypatch.setattr(Worker, "renew_groups", fail)
    with closed.transaction() as session:
        session.execute(update(SurveyRound).values(closed_at=datetime.now(UTC) - timedelta(days=100)))

    Worker(settings, closed).keep_house()

    assert _counts(closed)[:3] == [0, 0, 0]
