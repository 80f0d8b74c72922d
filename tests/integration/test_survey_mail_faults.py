"""A mail server that fails, refuses, drops or is silent, and killed workers: nothing lost, nothing double."""

import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from app.config import ROOT, Settings
from app.db import Database
from survey import rounds
from survey.mail import outbox
from survey.mail.kinds import State
from survey.mail.server import MailServer
from tests.integration.round_world import (
    BY,
    NOON,
    OPENS,
    Mailbox,
    World,
    add_regions,
    invited_round,
    mail_server,
    make_round,
    read_mail,
)
from tests.servers import environment, free_port

DAY = timedelta(days=1)


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    return invited_round(db, settings)


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


def test_a_mail_that_cannot_be_written_is_found_out_before_the_server_hears_of_it() -> None:
    """An open conversation would leave the server waiting in the middle of a mail."""

    class Unwritable(EmailMessage):
        def as_bytes(self, *_arguments: object, **_options: object) -> bytes:
            raise ValueError("not a mail")

    class Listening(smtplib.SMTP):
        heard: list[str] = []  # noqa: RUF012

        def putcmd(self, cmd: str, args: str = "") -> None:
            self.heard.append(cmd)

    with pytest.raises(ValueError, match="not a mail"):
        MailServer(Listening()).send(Unwritable(), "dashboard@example.org", "anna@example.org")

    assert Listening.heard == []


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


CHILD = """
from app.config import ROOT, Settings
from app.db import Database
from app.tasks import Worker
settings = Settings.from_environment()
Worker(settings, Database(settings.database_url)).tend_rounds()
"""


def _worker(settings: Settings, url: str) -> "subprocess.Popen[bytes]":
    """A worker of its own that looks around once."""
    own = {"SMTP_URL": url, "MAIL_FROM": "dashboard@example.org"}
    return subprocess.Popen([sys.executable, "-c", CHILD], cwd=ROOT, env=environment(settings) | own)


def test_kill_9_while_the_server_takes_a_mail_sends_nothing_twice(db: Database, settings: Settings) -> None:
    add_regions(db)
    today = rounds.today_in_amsterdam(datetime.now(UTC))
    found = make_round(db, settings, draft=rounds.RoundDraft("Nu", today, today + 20 * DAY, None, "x"))
    found.invite("Anna", "Bram")
    found.queue(today)
    killer = KillingBox()

    with mail_server(killer) as url:
        for _ in range(2):
            killer.worker = _worker(settings, url)
            killer.worker.wait(120)
        states = found.states()
        killer.worker = None
        _worker(settings, url).wait(120)

    assert states == [State.UNCERTAIN, State.BUSY]
    assert found.states() == [State.UNCERTAIN, State.UNCERTAIN]
    assert [address for address, _ in killer.received] == ["anna@example.org", "bram@example.org"]


class KillingBox(Mailbox):
    """Has a mail, and kills the worker that sent it before it can hear so."""

    worker: "subprocess.Popen[bytes] | None" = None

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
        return answer


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
    first, _, second = (read_mail(content) for _, content in box.received)
    assert first["Message-ID"] == second["Message-ID"]


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
