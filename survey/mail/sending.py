"""Sends what is due: one worker at a time, one mail at a time, each written down before and after."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from app import jobs
from app.config import Settings
from app.db import Database
from survey import rounds
from survey.lists import Questionnaires
from survey.mail import outbox
from survey.mail.kinds import State
from survey.mail.letters import Letter, load_letter
from survey.mail.message import make_message, make_message_id
from survey.mail.server import MailServer, MaybeSent, NeverSent, NotSent, ServerAway, open_server
from survey.tokens import survey_key

LOCK = "mail"
MOST_SECONDS = 40.0
"""How long one look at the outbox may take: uploads wait for the same worker."""

NO_ADDRESS = "Er is geen adres (meer) om deze mail naar te sturen."
BAD_ADDRESS = "Met dit adres kan geen mail worden gemaakt."

Connect = Callable[[str], AbstractContextManager[MailServer]]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sender:
    """What sending needs, and the moment at which it looks."""

    db: Database
    settings: Settings
    questionnaires: Questionnaires
    now: datetime
    connect: Connect = open_server

    @property
    def today(self) -> date:
        """The day in the Netherlands."""
        return rounds.today_in_amsterdam(self.now)


def send_due(sender: Sender) -> None:
    """Write down the reminders and thanks of the day, and send what is due; does nothing without a server.

    Holding the lock is what tells a mail that is being sent from one that a dead worker left behind.
    """
    settings, db = sender.settings, sender.db
    if not settings.smtp_url or not settings.mail_from:
        return
    with jobs.job_lock(settings.data_dir, LOCK) as is_mine:
        if not is_mine:
            return
        with db.transaction() as session:
            outbox.recover(session)
            outbox.drop_needless(session)
            outbox.queue_reminders(session, sender.today)
            outbox.queue_thanks(session, sender.today, now=sender.now)
        with db.session() as session:
            due = outbox.list_due(session, sender.today, int(sender.now.timestamp()) // 60)
        _send_all(sender, due)


def _send_all(sender: Sender, due: list[int]) -> None:
    """Send as many as the time allows, over as few connections as it takes."""
    deadline, left = time.monotonic() + MOST_SECONDS, list(due)
    while left and time.monotonic() < deadline:
        try:
            with sender.connect(sender.settings.smtp_url) as server:
                while left and time.monotonic() < deadline:
                    mail_id = left.pop(0)
                    if outbox.claim(sender.db, mail_id):
                        _send_one(sender, server, mail_id)
        except MaybeSent:
            continue  # that connection is gone, and its mail is settled
        except ServerAway as away:
            log.warning("mails wait: %s", away)
            outbox.postpone(sender.db, left, str(away))
            return


def _send_one(sender: Sender, server: MailServer, mail_id: int) -> None:
    """Send a mail that was taken, and write down how it ended.

    Raises:
        ServerAway, MaybeSent: the connection is of no use any more.
    """
    db = sender.db
    with db.session() as session:
        letter = load_letter(session, mail_id, sender.questionnaires, sender.settings, sender.today)
    if letter is None:
        outbox.settle(db, mail_id, State.FAILED, NO_ADDRESS)
        return
    try:
        _hand_over(server, sender.settings, letter, sender.now)
    except (ServerAway, NotSent) as reason:
        outbox.settle(db, mail_id, State.WAITING, str(reason))
        if isinstance(reason, ServerAway):
            raise
    except NeverSent as reason:
        outbox.settle(db, mail_id, State.FAILED, str(reason))
    except MaybeSent as reason:
        outbox.settle(db, mail_id, State.UNCERTAIN, str(reason))
        raise
    except ValueError:
        outbox.settle(db, mail_id, State.FAILED, BAD_ADDRESS)
    else:
        outbox.settle(db, mail_id, State.SENT)


def _hand_over(server: MailServer, settings: Settings, letter: Letter, now: datetime) -> None:
    key = survey_key(settings)
    message = make_message(
        letter.text,
        sender=settings.mail_from,
        sender_name=letter.sender_name,
        address=letter.address,
        name=letter.name,
        message_id=make_message_id(key, letter.addressee_id, letter.kind, settings.base_url),
        now=now,
    )
    server.send(message, settings.mail_from, letter.address)
