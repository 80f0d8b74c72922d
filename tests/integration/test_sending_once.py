"""R-06: however often answers are sent, there is one result, and the same receipt."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from dash import Dash
from sqlalchemy import event

from app.config import Settings
from app.db import Database
from tests.integration import survey_world
from tests.integration.filling import (
    NEEDED,
    Respondent,
    drafts,
    receipt_in,
    received,
    respondent,
    responses,
)
from tests.integration.visitor import Visitor


@pytest.fixture
def list_id(app: Dash, db: Database) -> int:
    with db.transaction() as session:
        return survey_world.add_list(session, survey_world.add_round(session))


@pytest.fixture
def person(app: Dash, db: Database, settings: Settings, list_id: int) -> Respondent:
    """Somebody with a personal link, who has answered what is needed."""
    with db.transaction() as session:
        group_id = survey_world.add_group(session, list_id)
        token = survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token
    found = respondent(app, token)
    found.begin()
    assert found.save(NEEDED).status_code == 200
    return found


@pytest.fixture
def parent(app: Dash, db: Database, settings: Settings, list_id: int) -> Respondent:
    """Somebody who came by an open link."""
    with db.transaction() as session:
        token = survey_world.add_open_group(session, survey_world.key_of(settings), list_id).token
    found = respondent(app, token)
    found.begin()
    assert found.save(NEEDED).status_code == 200
    return found


def _other_browser(person: Respondent) -> Respondent:
    return replace(person, visitor=Visitor(person.visitor.app))


def test_r06_twenty_equal_posts_at_once_are_one_result(
    db: Database, person: Respondent, list_id: int
) -> None:
    browsers = [_other_browser(person) for _ in range(20)]
    start = threading.Barrier(len(browsers))

    def send(browser: Respondent) -> tuple[int, str]:
        start.wait()
        answer = browser.send()
        return answer.status_code, receipt_in(answer)

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = set(pool.map(send, browsers))

    assert len(answers) == 1
    assert {status for status, _ in answers} == {200}
    assert (responses(db), drafts(db), received(db, list_id)) == (1, 0, 1)


def test_r06_twenty_beginners_with_one_link_share_one_draft(
    app: Dash, db: Database, settings: Settings, list_id: int
) -> None:
    with db.transaction() as session:
        group_id = survey_world.add_group(session, list_id)
        token = survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token

    with ThreadPoolExecutor(20) as pool:
        codes = set(pool.map(lambda _: respondent(app, token).begin().status_code, range(20)))

    assert codes == {303}
    assert drafts(db) == 1


def test_r06_sending_again_after_the_reply_was_lost_gives_the_same_receipt(
    db: Database, person: Respondent, parent: Respondent
) -> None:
    for number, sender in enumerate((person, parent), 1):
        first, again = sender.send(), sender.send()

        assert receipt_in(first) == receipt_in(again)
        assert responses(db) == number


def test_r06_a_second_tab_learns_the_first_ones_id_and_gets_the_same_receipt(person: Respondent) -> None:
    tab = replace(_other_browser(person), submission="")
    tab.submission = tab.save({}).get_json()["verzending"]

    assert receipt_in(person.send()) == receipt_in(tab.send())


def test_r06_who_does_not_know_the_id_only_hears_that_it_was_sent(db: Database, person: Respondent) -> None:
    person.send()

    answer = person.send(submission="6f0a4c9e-2f5b-4a6e-9a6f-0f0b4f0c8a11")

    assert "Deze vragenlijst is al verstuurd" in answer.text
    assert "ontvangstcode" not in answer.text
    assert responses(db) == 1


def test_an_id_that_somebody_else_used_does_not_hand_out_their_receipt(
    person: Respondent, parent: Respondent
) -> None:
    first = receipt_in(person.send())

    second = receipt_in(parent.send(submission=person.submission))

    assert first != second


def test_two_who_propose_one_id_get_two_results(
    app: Dash, db: Database, settings: Settings, person: Respondent, list_id: int
) -> None:
    with db.transaction() as session:
        token = survey_world.add_open_group(session, survey_world.key_of(settings), list_id).token
    other = replace(respondent(app, token), submission=person.submission)
    other.begin()
    other.save(NEEDED)

    codes = {receipt_in(person.send()), receipt_in(other.send())}

    assert len(codes) == 2
    assert responses(db) == 2


def test_an_own_link_is_gone_once_it_was_used(parent: Respondent) -> None:
    parent.send()

    assert parent.get().status_code == 404
    assert parent.save({"K01": 1}).status_code == 404


def test_nothing_is_saved_after_sending(db: Database, person: Respondent) -> None:
    person.send()

    answer = person.save({"K01": 1}, known=1)

    assert answer.status_code == 403
    assert answer.get_json()["reden"] == "verzonden"
    assert drafts(db) == 0


def test_p07_a_sending_that_breaks_at_any_statement_leaves_the_draft_whole_and_nothing_else(
    db: Database, app: Dash, person: Respondent, list_id: int
) -> None:
    engine = app.server.extensions["dashboard"].db.engine
    for number in range(1, 100):
        left = [number]

        def refuse(*_: object, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise RuntimeError

        event.listen(engine, "before_cursor_execute", refuse)
        try:
            status = person.send().status_code
        finally:
            event.remove(engine, "before_cursor_execute", refuse)
        if status == 200 and left[0] > 0:
            break
        # Broken after the commit, while the thanks are made: it is sent, and only the reply is lost.
        assert (responses(db), drafts(db), received(db, list_id)) in {(0, 1, 0), (1, 0, 1)}

    assert number > 10
    assert (responses(db), drafts(db), received(db, list_id)) == (1, 0, 1)


def test_an_organisation_sends_once_by_account_and_by_link(
    app: Dash, db: Database, settings: Settings, log_in: Callable[[str], Visitor]
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session), "swv")
        group_id = survey_world.add_group(session, list_id, "Amsterdam en Diemen", None)
        token = survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token
    visitor = log_in("swv")
    by_account = Respondent(
        visitor, f"/regio/PO2707/vragenlijsten/invullen/{list_id}", token=visitor.token("/account")
    )
    by_link = respondent(app, token)
    by_account.begin()
    by_link.begin()

    first, second = by_account.send(), by_link.send()

    assert receipt_in(first)
    assert "Deze vragenlijst is al verstuurd" in second.text
    assert (responses(db), drafts(db)) == (1, 0)


def test_s17_who_is_not_asked_cannot_begin_for_an_organisation(
    app: Dash, db: Database, log_in: Callable[[str], Visitor]
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session), "gemeente")
    visitor = log_in("swv")
    token = visitor.token("/account")

    refused = [
        Respondent(visitor, f"/regio/{region}/vragenlijsten/invullen/{list_id}", token=token).begin()
        for region in ("PO2707", "GM0363", "GM0034")
    ]

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert drafts(db) == 0
