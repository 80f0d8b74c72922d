"""The security log: one line per event, that nobody outside can write in and no secret gets into."""

import json
from collections.abc import Callable

import pytest

from app import accounts
from app.db import Database
from tests.integration import world
from tests.integration.visitor import Visitor


def _events(caplog: pytest.LogCaptureFixture) -> list[dict[str, str]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "dashboard.security"]


def test_s45_every_event_is_one_line_that_says_who_what_and_from_where(
    log_in: Callable[[str], Visitor], db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "dashboard")
    person = log_in("swv")
    person.get("/regio/GM0034/overzicht")
    person.send(
        "/account/wachtwoord", {"huidig": world.PASSWORD, "nieuw": "een zin over eenden"}, form="/account"
    )
    person.send("/uitloggen", form="/account")
    person.log_in("swv", "fout wachtwoord hoor")

    events = _events(caplog)

    assert [(event["event"], event["who"]) for event in events] == [
        ("login_ok", "swv"),
        ("access_denied", "swv"),
        ("password_changed", "swv"),
        ("logout", "swv"),
        ("login_failed", "swv"),
    ]
    assert {event["from"] for event in events} == {"192.0.2.1"}
    assert all(event["at"].endswith("+00:00") for event in events)


def test_s45_a_role_change_is_logged(command: Callable[..., int], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "dashboard")

    command("grant", "swv", "lezer", "GM0034")

    assert [(event["event"], event["detail"]) for event in _events(caplog)] == [
        ("role_changed", "swv lezer GM0034")
    ]


def test_s45_the_link_of_a_new_account_is_logged_too(
    command: Callable[..., int], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "dashboard")

    command("add", "j.jansen", "--name", "Jo Jansen")

    assert [(event["event"], event["detail"]) for event in _events(caplog)] == [
        ("account_changed", "j.jansen"),
        ("password_link_made", "j.jansen"),
    ]


def test_s45_the_log_holds_no_passwords_tokens_or_made_up_names(
    log_in: Callable[[str], Visitor], db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    person = log_in("swv")
    person.log_in("mijn wachtwoord in het verkeerde veld", "geheime zin van mij")
    with db.transaction() as session:
        token = accounts.make_password_link(session, "swv", by="test")
    Visitor(person.app).send(f"/wachtwoord/{token}", {"wachtwoord": "een zin over eenden"})

    secrets = [world.PASSWORD, "geheime zin", "verkeerde veld", token, "over eenden", person.session_cookie]
    assert not [secret for secret in secrets if secret in caplog.text]


def test_s45_guesses_on_the_account_page_that_have_to_wait_are_logged(
    log_in: Callable[[str], Visitor], caplog: pytest.LogCaptureFixture
) -> None:
    person = log_in("swv")
    caplog.clear()

    answers = [
        person.send("/account/wachtwoord", {"huidig": "fout", "nieuw": "fout"}, form="/account")
        for _ in range(6)
    ]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert [(event["event"], event["who"]) for event in _events(caplog)] == [
        *[("login_failed", "swv")] * 5,
        ("login_throttled", "swv"),
    ]


@pytest.mark.parametrize(
    "path", ["/regio/x%0a2026 INFO admin login ok/overzicht", "/regio/%1b[31mrood%7f/overzicht"]
)
def test_s46_nothing_can_be_written_into_the_log_from_outside(
    log_in: Callable[[str], Visitor], caplog: pytest.LogCaptureFixture, path: str
) -> None:
    person = log_in("swv")
    caplog.clear()

    person.get(path)

    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == 1
    assert all(message.isprintable() for message in messages)
