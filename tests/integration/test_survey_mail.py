"""Mail of a round: written down before it is sent, sent once, and never lost, whatever the server does."""

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import text

from app import jobs
from app.config import Settings
from app.db import Database
from app.models import Base
from survey.invitations import State as Invitee
from survey.mail import outbox, sending
from survey.mail.kinds import State
from survey.mail.server import MailServer
from survey.tokens import token_of
from tests.integration import world as small_world
from tests.integration.round_world import (
    BY,
    NOON,
    OPENS,
    Mailbox,
    World,
    mail_server,
    make_round,
)
from tests.servers import free_port

DAY = timedelta(days=1)


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    """An open round with Anna and Bram invited, their mails in the outbox."""
    small_world.fill(db)
    found = make_round(db, settings)
    found.invite("Anna", "Bram")
    found.queue()
    return found


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(box: Mailbox) -> Iterator[str]:
    with mail_server(box) as url:
        yield url


def _read(content: bytes) -> EmailMessage:
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def _body(content: bytes) -> str:
    return str(_read(content).get_content())


def test_everybody_gets_one_mail_with_a_link_of_their_own(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server)
    round_.look(server)

    assert [address for address, _ in box.received] == ["anna@example.org", "bram@example.org"]
    for person, (_, content) in zip(round_.people(), box.received, strict=True):
        link = f"{round_.settings.base_url}/invullen/{token_of(round_.key, person.nonce)}"
        assert link in _body(content)
    assert round_.states() == [State.SENT, State.SENT]


def test_a_mail_is_plain_text_from_a_machine_to_one_person(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server)

    message = _read(box.received[0][1])
    assert message["To"] == "Anna <anna@example.org>"
    assert message["From"] == "Amsterdam en Diemen <dashboard@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == "Hoe werkt het bij u? 10 minuten over school en jeugdhulp"
    assert "{" not in _body(box.received[0][1])
    assert "22 november 2026" in _body(box.received[0][1])


def test_p04_no_token_stands_in_the_database_or_the_log(
    round_: World, box: Mailbox, server: str, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = [token_of(round_.key, person.nonce) for person in round_.people()]

    with caplog.at_level("DEBUG"):
        round_.look(server)

    with round_.db.session() as session:
        dump = " ".join(
            str(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608
        )
    ours = " ".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    assert len(box.received) == 2  # `mail.log` is the log of the test's own mail server
    assert not [token for token in tokens if token in dump or token in ours]


def test_without_a_mail_server_in_the_settings_nothing_happens(round_: World) -> None:
    round_.look("")

    assert round_.states() == [State.WAITING, State.WAITING]
    assert [mail.attempts for mail in round_.mails()] == [0, 0]


def test_a_server_that_is_away_loses_nothing_and_shows(round_: World, box: Mailbox) -> None:
    round_.look(f"smtp://127.0.0.1:{free_port()}")

    assert round_.states() == [State.WAITING, State.WAITING]
    assert [mail.error for mail in round_.mails()] == ["De mailserver is niet bereikbaar."] * 2
    with mail_server(box) as url:
        round_.look(url)
    assert round_.states() == [State.SENT, State.SENT]


def test_attempts_come_further_apart(round_: World) -> None:
    away, minute = f"smtp://127.0.0.1:{free_port()}", timedelta(minutes=1)
    for number in range(8):
        round_.look(away, NOON + number * minute)

    # Noon is a minute that 64 divides: tried at 0 (1 failure), 2 (2), 4 (3); then only minute 8.
    assert [mail.attempts for mail in round_.mails()] == [3, 3]
    with round_.db.session() as session:
        due = [bool(outbox.list_due(session, OPENS, number)) for number in range(17)]
    assert [number for number, is_due in enumerate(due) if is_due] == [0, 8, 16]


def test_one_refused_address_does_not_stop_the_others(round_: World, box: Mailbox, server: str) -> None:
    box.answers["anna@example.org"] = "550 no such person, https://x.example/invullen/GEHEIM"

    round_.look(server)

    assert [address for address, _ in box.received] == ["bram@example.org"]
    anna, bram = round_.mails()
    assert (anna.state, anna.error) == (State.FAILED, "De mailserver weigert deze mail (code 550).")
    assert bram.state == State.SENT


def test_a_server_that_is_busy_is_asked_again(round_: World, box: Mailbox, server: str) -> None:
    box.answers["anna@example.org"] = "451 later"

    round_.look(server)
    anna = round_.mails()[0]
    box.answers.clear()
    round_.look(server, NOON + timedelta(minutes=2))

    assert (anna.state, anna.attempts) == (State.WAITING, 1)
    assert round_.states() == [State.SENT, State.SENT]
    assert [address for address, _ in box.received] == ["bram@example.org", "anna@example.org"]


def test_a_line_that_drops_after_the_mail_leaves_it_uncertain_and_sends_the_rest(
    round_: World, box: Mailbox, server: str
) -> None:
    box.drops.add("anna@example.org")

    round_.look(server)
    round_.look(server, NOON + DAY)

    assert round_.states() == [State.UNCERTAIN, State.SENT]
    assert [address for address, _ in box.received] == ["anna@example.org", "bram@example.org"]


def test_a_server_that_says_nothing_is_given_up(round_: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.mail.server.TIMEOUT_SECONDS", 0.2)

    with _silent_server() as url:
        round_.look(url)

    assert round_.states() == [State.WAITING, State.WAITING]
    assert round_.mails()[0].error == "De mailserver antwoordt niet op tijd."


class Killed(BaseException):
    """What a worker feels of `kill -9`: nothing after it is done."""


def test_a_worker_killed_between_the_server_and_the_mark_sends_nothing_twice(
    round_: World, box: Mailbox, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = MailServer.send

    def send_and_die(self: MailServer, *arguments: object) -> None:
        send(self, *arguments)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(MailServer, "send", send_and_die)
    with pytest.raises(Killed):
        round_.look(server)
    before = round_.states()
    monkeypatch.setattr(MailServer, "send", send)
    round_.look(server)
    round_.look(server, NOON + DAY)

    assert before == [State.BUSY, State.WAITING]
    assert round_.states() == [State.UNCERTAIN, State.SENT]
    assert [address for address, _ in box.received].count("anna@example.org") == 1


def test_an_uncertain_mail_goes_again_only_when_the_coordinator_says_so(
    round_: World, box: Mailbox, server: str
) -> None:
    box.drops.add("anna@example.org")
    round_.look(server)
    box.drops.clear()

    with round_.db.transaction() as session:
        count = outbox.send_again(session, round_.round(), State.UNCERTAIN, by=BY, today=OPENS)
    round_.look(server)

    assert count == 1
    assert round_.states() == [State.SENT, State.SENT]
    first, _, second = (_read(content) for _, content in box.received)
    assert first["Message-ID"] == second["Message-ID"]


def test_of_two_workers_one_sends(round_: World, box: Mailbox, server: str) -> None:
    with jobs.job_lock(round_.settings.data_dir, sending.LOCK):
        round_.look(server)

    assert box.received == []
    assert round_.states() == [State.WAITING, State.WAITING]


def test_inviting_twice_writes_no_second_mail(round_: World) -> None:
    round_.invite("Anna", "Carla")

    assert round_.queue() == 1
    assert [person.name for person in round_.people()] == ["Anna", "Bram", "Carla"]


def test_invitations_wait_for_the_first_day(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server, NOON - DAY)

    assert box.received == []


def test_reminders_go_on_day_7_and_14_to_who_has_not_sent(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server)
    round_.move("Bram", Invitee.SENT)
    for number in range(1, 21):
        round_.look(server, NOON + number * DAY)
        if number == 6:
            assert len(box.received) == 2

    subjects = [(address, str(_read(content)["Subject"])) for address, content in box.received[2:]]
    assert subjects == [
        ("anna@example.org", "Nog 14 dagen: uw ervaring telt"),
        ("anna@example.org", "Laatste kans om mee te doen"),
    ]


def test_who_is_first_looked_at_after_day_14_gets_one_reminder(
    round_: World, box: Mailbox, server: str
) -> None:
    round_.look(server)

    round_.look(server, NOON + 15 * DAY)
    round_.look(server, NOON + 16 * DAY)

    assert [str(_read(content)["Subject"]) for _, content in box.received[2:]] == [
        "Laatste kans om mee te doen",
        "Laatste kans om mee te doen",
    ]


def test_a_reminder_that_waits_goes_when_its_addressee_has_sent(
    round_: World, box: Mailbox, server: str
) -> None:
    round_.look(server)
    round_.look(f"smtp://127.0.0.1:{free_port()}", NOON + 7 * DAY)

    round_.move("Anna", Invitee.SENT)
    round_.look(server, NOON + 7 * DAY + timedelta(minutes=2))

    assert [address for address, _ in box.received[2:]] == ["bram@example.org"]


def test_a_mail_that_a_closed_round_can_no_longer_send_says_so(
    round_: World, box: Mailbox, server: str
) -> None:
    round_.close(NOON)

    round_.look(server)

    assert box.received == []
    assert {mail.error for mail in round_.mails()} == {"De ronde sloot voordat deze mail weg kon."}


def test_thanks_go_once_to_who_sent_when_the_outcome_is_public(
    round_: World, box: Mailbox, server: str
) -> None:
    round_.look(server)
    round_.move("Bram", Invitee.SENT)
    round_.close(NOON + 21 * DAY, release="publiek")
    box.received.clear()

    round_.look(server, NOON + 30 * DAY)
    round_.look(server, NOON + 31 * DAY)

    ((address, content),) = box.received
    assert address == "bram@example.org"
    assert f"{round_.settings.base_url}/uitkomsten/{round_.round_id}" in _body(content)
    assert "/invullen/" not in _body(content)
    assert str(_read(content)["Subject"]) == "Dit zeiden minder dan 5 mensen in Amsterdam en Diemen"


def test_no_thanks_after_thirty_days_or_before_the_release(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server)
    round_.move("Bram", Invitee.SENT)
    round_.close(NOON + 21 * DAY, release="regio")
    box.received.clear()

    round_.look(server, NOON + 22 * DAY)
    with round_.db.transaction() as session:
        session.merge(round_.round()).release = "publiek"
    round_.look(server, NOON + 52 * DAY)

    assert box.received == []


@contextmanager
def _silent_server() -> Iterator[str]:
    """A server that accepts a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held: list[socket.socket] = []
        thread = threading.Thread(target=lambda: held.append(listener.accept()[0]), daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(2)
        for each in held:
            each.close()
