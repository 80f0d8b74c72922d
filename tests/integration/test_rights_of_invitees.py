"""Who was invited can be erased on request; what was withdrawn stays so after a backup was put back."""

from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access import CoordinatedRegion
from app.config import Settings
from app.db import Database
from app.models import (
    AuditEvent,
    Base,
    Erasure,
    SurveyDraft,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyMail,
    SurveyResponse,
)
from app.rights.erasures import FILE, Erased, Kind, copy_out, erasure_key, note, read_file
from survey.rights import erase_invitee, repeat_erasures
from survey.store import begin, find_door, withdraw
from tests.integration import survey_world, world
from tests.integration.submissions import invite, send_all

REGION = CoordinatedRegion("PO2707")


@pytest.fixture
def key(db: Database, settings: Settings) -> bytes:
    with db.transaction() as session:
        world._add_regions(session)
    return survey_world.key_of(settings)


def _group(session: Session) -> int:
    return session.scalars(select(SurveyGroup.id)).one()


def _erase(db: Database, settings: Settings, email: str, region: CoordinatedRegion = REGION) -> int:
    with db.transaction() as session:
        return erase_invitee(
            session, region, _group(session), email, by="coordinator", key=erasure_key(settings)
        )


def _email(db: Database, invitation: str) -> str:
    with db.session() as session:
        return session.get_one(SurveyInvitation, invitation).email


def test_p19_an_invitee_is_erased_with_mails_and_what_was_not_sent(
    db: Database, key: bytes, settings: Settings
) -> None:
    _, people = invite(db, key, 2)
    email = _email(db, people[0].id)
    with db.transaction() as session:
        door = find_door(session, key, people[0].token)
        assert door is not None
        begin(session, door, key=key)
        session.add(
            SurveyMail(invitation_id=people[0].id, kind="k", state="wacht", due_on=survey_world.OPENS)
        )

    assert _erase(db, settings, f"  {email.upper()} ") == 1

    with db.session() as session:
        row = session.get_one(SurveyInvitation, people[0].id)
        assert (row.name, row.email, row.state) == ("", "", "begonnen")  # no count changes
        assert find_door(session, key, people[0].token) is None
        assert find_door(session, key, people[1].token) is not None
        for table in (SurveyMail, SurveyDraft):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        rows = "\n".join(
            str(tuple(row)) for t in Base.metadata.sorted_tables for row in session.execute(select(t))
        )
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "invitee.erase")).one()
    assert email not in rows
    assert (act.actor, act.detail) == ("coordinator", "1")


def test_p19_who_has_sent_still_counts_as_sent(db: Database, key: bytes, settings: Settings) -> None:
    _, people = invite(db, key, 1)
    email = _email(db, people[0].id)
    send_all(db, key, people)

    _erase(db, settings, email)

    with db.session() as session:
        assert session.get_one(SurveyInvitation, people[0].id).state == "verzonden"
        assert session.scalar(select(func.count()).select_from(SurveyResponse)) == 1


def test_ac4_a_coordinator_erases_nobody_of_another_region(
    db: Database, key: bytes, settings: Settings
) -> None:
    _, people = invite(db, key, 1)
    email = _email(db, people[0].id)

    assert _erase(db, settings, email, CoordinatedRegion("VO2708")) == 0
    assert _erase(db, settings, "niemand@example.org") == 0
    assert _erase(db, settings, "") == 0
    assert _email(db, people[0].id) == email


def test_p19_invitees_and_withdrawals_are_repeated_from_the_file(
    db: Database, key: bytes, settings: Settings
) -> None:
    _, people = invite(db, key, 3)
    sent = send_all(db, key, people[:2])
    _erase(db, settings, _email(db, people[2].id))
    with db.transaction() as session:
        assert withdraw(session, key, sent[0].receipt)
    assert copy_out(db, settings.data_dir) == 2
    _put_back(db, people[2].id, sent[0].receipt_hash)

    found = _repeat(db, settings)

    assert found == {Kind.ACCOUNT: 0, Kind.INVITEE: 1, Kind.RESPONSE: 1}
    with db.session() as session:
        assert session.get_one(SurveyInvitation, people[2].id).email == ""
        assert session.scalars(select(SurveyResponse.receipt_hash)).all() == [sent[1].receipt_hash]
        assert session.scalar(select(SurveyList.withdrawn)) == 1
    assert sum(_repeat(db, settings).values()) == 0


def _put_back(db: Database, invitation: str, receipt_hash: str) -> None:
    """As a backup from before has it."""
    with db.transaction() as session:
        row = session.get_one(SurveyInvitation, invitation)
        row.email, row.state = "terug@example.org", "uitgenodigd"
        one = session.scalars(select(SurveyList)).one()
        one.withdrawn = 0
        session.add(SurveyResponse(id="terug", list_id=one.id, receipt_hash=receipt_hash))
        session.execute(delete(Erasure))


def _repeat(db: Database, settings: Settings) -> dict[Kind, int]:
    with db.transaction() as session:
        paths = [settings.data_dir / FILE]
        return repeat_erasures(session, paths, by="test", key=erasure_key(settings))


def test_p19_the_file_only_grows_and_survives_a_line_that_was_cut_off(db: Database, tmp_path: Path) -> None:
    first, second = (Erased(Kind.RESPONSE, letter * 64) for letter in "ab")
    with db.transaction() as session:
        note(session, first)
        note(session, first)
    assert copy_out(db, tmp_path) == 1
    (tmp_path / FILE).write_text((tmp_path / FILE).read_text() + '["antwoord", "bbb')
    with db.transaction() as session:
        session.execute(delete(Erasure))
        note(session, second)

    assert copy_out(db, tmp_path) == 1

    assert set(read_file(tmp_path / FILE)) == {first, second}
    assert copy_out(db, tmp_path) == 0
