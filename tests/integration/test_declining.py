"""'Ik doe niet mee': what was not sent is erased, nobody is reminded, and it can be taken back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from dash import Dash
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import SurveyGroup, SurveyInvitation, SurveyMail
from survey.mail import outbox
from survey.mail.kinds import Kind, State
from survey.monitor import Counts, load_responses
from survey.reading import load_questionnaires
from tests.integration import survey_world
from tests.integration.filling import (
    NEEDED,
    Respondent,
    drafts,
    received,
    respondent,
    responses,
    stored,
)
from tests.integration.test_filling import Asked, asked, person

__all__ = ["asked", "person"]  # fixtures

SAYS_NO, TAKES_PART = "/niet-meedoen", "/toch-meedoen"


def _state(db: Database, invitation: str) -> str:
    with db.session() as session:
        return session.get_one(SurveyInvitation, invitation).state


def _started(person: Respondent) -> Respondent:
    person.begin()
    assert person.save({"K01": 4}).status_code == 200
    return person


def test_an_invitee_is_asked_whether_it_is_meant_and_told_what_happens(person: Respondent) -> None:
    assert "Ik doe niet mee" in person.get().text

    question = person.get(SAYS_NO).text

    assert "U krijgt geen herinneringen meer. Wat u al invulde, wordt gewist." in question
    assert "U kunt tot en met 31 december 2099 alsnog meedoen via dezelfde link." in question


def test_saying_no_erases_draft_and_answers_and_does_so_once(
    db: Database, asked: Asked, person: Respondent
) -> None:
    _started(person)

    answers = [person.post(SAYS_NO) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (drafts(db), stored(db), responses(db), received(db, asked.list_id)) == (0, {}, 0, 0)
    assert _state(db, asked.invited.id) == "geweigerd"
    page = person.get()
    assert page.status_code == 200
    assert "U doet niet mee" in page.text
    assert "Toch meedoen" in page.text


def test_whoever_said_no_can_take_part_after_all_with_the_same_link(
    db: Database, asked: Asked, person: Respondent
) -> None:
    person.post(SAYS_NO)

    answers = [person.post(TAKES_PART) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert _state(db, asked.invited.id) == "geopend"
    assert person.fill_in().status_code == 200
    assert _state(db, asked.invited.id) == "verzonden"


@pytest.mark.parametrize("end", ["/opening/1", "/controle", "/verder"])
def test_pages_that_were_still_open_say_that_somebody_takes_no_part(person: Respondent, end: str) -> None:
    _started(person).post(SAYS_NO)

    assert "U doet niet mee" in person.get(end).text


def test_tabs_that_were_still_open_store_nothing(db: Database, asked: Asked, person: Respondent) -> None:
    _started(person).post(SAYS_NO)

    saved = person.save({"K02": 2}, known=1)

    assert (saved.status_code, saved.json and saved.json["reden"]) == (403, "niet meedoen")
    for answer in (person.begin(), person.send(), person.post("/opening/1", {"naar": "volgende"})):
        assert "U doet niet mee" in answer.text
    assert (drafts(db), responses(db)) == (0, 0)
    assert _state(db, asked.invited.id) == "geweigerd"


def test_after_sending_it_is_too_late_to_say_no(db: Database, asked: Asked, person: Respondent) -> None:
    person.fill_in()

    for answer in (person.get(SAYS_NO), person.post(SAYS_NO), person.post(TAKES_PART)):
        assert "Deze vragenlijst is al verstuurd" in answer.text
    assert "Ik doe niet mee" not in person.get().text
    assert (_state(db, asked.invited.id), responses(db)) == ("verzonden", 1)


def test_after_the_close_nobody_can_say_no_or_come_back(
    db: Database, asked: Asked, person: Respondent
) -> None:
    person.post(SAYS_NO)
    with db.transaction() as session:
        survey_world.close_round(session, asked.round_id)

    for answer in (person.get(), person.get(SAYS_NO), person.post(SAYS_NO), person.post(TAKES_PART)):
        assert answer.status_code == 403
        assert "Deze vragenlijst is gesloten" in answer.text
    assert _state(db, asked.invited.id) == "geweigerd"


@pytest.fixture
def open_group(app: Dash, db: Database, asked: Asked, settings: Settings) -> survey_world.OpenGroup:
    with db.transaction() as session:
        return survey_world.add_open_group(session, survey_world.key_of(settings), asked.list_id)


def test_an_open_link_offers_nothing_to_stop_before_somebody_began(
    app: Dash, db: Database, open_group: survey_world.OpenGroup
) -> None:
    visitor = respondent(app, open_group.token)

    assert "Ik doe niet mee" not in visitor.get().text
    assert [visitor.get(SAYS_NO).status_code, visitor.post(SAYS_NO).status_code] == [302, 303]
    assert drafts(db) == 0


def test_who_began_by_an_open_link_can_erase_and_stop_and_the_open_link_still_works(
    app: Dash, db: Database, open_group: survey_world.OpenGroup
) -> None:
    other = _started(respondent(app, open_group.token))
    own = _started(respondent(app, open_group.token))
    assert "Wis mijn antwoorden en stop" in own.get().text
    assert "Wij wissen alles wat u invulde." in own.get(SAYS_NO).text

    first, again = own.post(SAYS_NO), own.post(SAYS_NO)

    assert "Uw antwoorden zijn gewist" in first.text
    assert "Onder deze link of code is niets bewaard, of niets meer." in again.text
    assert (drafts(db), stored(db)) == (1, {"K01": 4})
    with db.session() as session:
        assert session.get_one(SurveyGroup, open_group.id).started == 2
    assert other.get("/controle").status_code == 200
    assert respondent(app, open_group.token).begin().status_code == 303


def test_reminders_that_wait_go_and_none_is_made_any_more(
    db: Database, asked: Asked, person: Respondent
) -> None:
    today = survey_world.NOW.date()
    with db.transaction() as session:
        for kind, state in ((Kind.PROFESSIONAL, State.SENT), (Kind.REMINDER_1, State.WAITING)):
            session.add(
                SurveyMail(
                    invitation_id=asked.invited.id, kind=kind, state=state, due_on=today - timedelta(days=30)
                )
            )

    person.post(SAYS_NO)

    with db.transaction() as session:
        assert outbox.queue_reminders(session, today) == 0
        kinds = session.scalars(select(SurveyMail.kind)).all()
    assert kinds == [Kind.PROFESSIONAL]

    person.post(TAKES_PART)
    with db.transaction() as session:
        assert outbox.queue_reminders(session, today) == 1


def test_the_monitor_counts_who_takes_no_part_and_leaves_the_size_alone(
    db: Database, asked: Asked, person: Respondent
) -> None:
    _started(person).post(SAYS_NO)

    with db.session() as session:
        (found,) = load_responses(session, asked.round_id, load_questionnaires())

    assert found.counts == Counts(invited=1, opened=1, started=0, sent=0, declined=1)
    assert found.size == 20


def test_sending_and_saying_no_at_once_one_of_them_wins_whole(
    app: Dash, db: Database, asked: Asked, settings: Settings
) -> None:
    with db.transaction() as session:
        key = survey_world.key_of(settings)
        people = [survey_world.add_invitation(session, key, asked.group_id) for _ in range(8)]
    seen = []
    for invited in people:
        sender, decliner = respondent(app, invited.token), respondent(app, invited.token)
        sender.begin()
        assert sender.save(NEEDED).status_code == 200
        start = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            sent = pool.submit(lambda by, at: (at.wait(), by.send())[1], sender, start)
            declined = pool.submit(lambda by, at: (at.wait(), by.post(SAYS_NO))[1], decliner, start)
        has_receipt, says_no = "ontvangstcode" in sent.result().text, declined.result().status_code == 303
        seen.append((has_receipt, says_no, _state(db, invited.id)))

    assert set(seen) <= {(True, False, "verzonden"), (False, True, "geweigerd")}
    number = sum(has_receipt for has_receipt, *_ in seen)
    assert (responses(db), received(db, asked.list_id), drafts(db)) == (number, number, 0)


def test_beginning_and_saying_no_at_once_leaves_no_draft_behind_a_no(
    app: Dash, db: Database, asked: Asked, settings: Settings
) -> None:
    with db.transaction() as session:
        key = survey_world.key_of(settings)
        people = [survey_world.add_invitation(session, key, asked.group_id) for _ in range(8)]
    for invited in people:
        browsers, start = [respondent(app, invited.token) for _ in range(2)], threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            begun = pool.submit(lambda by, at: (at.wait(), by.begin())[1], browsers[0], start)
            declined = pool.submit(lambda by, at: (at.wait(), by.post(SAYS_NO))[1], browsers[1], start)
        assert {begun.result().status_code, declined.result().status_code} <= {200, 303}

    assert {_state(db, each.id) for each in people} == {"geweigerd"}
    assert drafts(db) == 0
