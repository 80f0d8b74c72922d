"""Mail of a round: written down before it is sent, sent once, and never lost, whatever the server does."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app import jobs
from app.config import Settings
from app.db import Database
from app.models import Base
from survey.invitations import State as Invitee
from survey.mail import sending
from survey.mail.kinds import State
from survey.tokens import token_of
from tests.integration.round_world import (
    NOON,
    Mailbox,
    World,
    invited_round,
    read_body,
    read_mail,
)
from tests.servers import free_port

DAY = timedelta(days=1)


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    return invited_round(db, settings)


def test_everybody_gets_one_mail_with_a_link_of_their_own(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server)
    round_.look(server)

    assert [address for address, _ in box.received] == ["anna@example.org", "bram@example.org"]
    for person, (_, content) in zip(round_.people(), box.received, strict=True):
        link = f"{round_.settings.base_url}/invullen/{token_of(round_.key, person.nonce)}"
        assert link in read_body(content)
    assert round_.states() == [State.SENT, State.SENT]


def test_a_mail_is_plain_text_from_a_machine_to_one_person(round_: World, box: Mailbox, server: str) -> None:
    round_.look(server)

    message = read_mail(box.received[0][1])
    assert message["To"] == "Anna <anna@example.org>"
    assert message["From"] == "Amsterdam en Diemen <dashboard@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == "Hoe werkt het bij u? 10 minuten over school en jeugdhulp"
    assert "{" not in read_body(box.received[0][1])
    assert "22 november 2026" in read_body(box.received[0][1])


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

    subjects = [(address, str(read_mail(content)["Subject"])) for address, content in box.received[2:]]
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

    assert [str(read_mail(content)["Subject"]) for _, content in box.received[2:]] == [
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
    assert f"{round_.settings.base_url}/uitkomsten/{round_.round_id}" in read_body(content)
    assert "/invullen/" not in read_body(content)
    assert str(read_mail(content)["Subject"]) == "Dit zeiden minder dan 5 mensen in Amsterdam en Diemen"


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
