"""Rounds for tests: made by the same functions as the pages use, with invented people at example.org."""

import email
import email.policy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.access import CoordinatedRegion
from app.config import Settings
from app.db import Database
from app.models import Region, SurveyGroup, SurveyInvitation, SurveyList, SurveyMail, SurveyRound
from app.regions import kind_of
from survey import rounds
from survey.groups import add_group
from survey.invitations import Person, State, add_codes, add_people
from survey.lists import Questionnaires
from survey.mail import outbox, sending
from survey.mail.server import open_server
from survey.reading import latest, load_questionnaires
from survey.rounds import RoundDraft
from survey.tokens import survey_key
from tests.integration.visitor import HTML, Visitor
from tests.integration.world import REGIONS
from tests.servers import free_port

OPENS, CLOSES = date(2026, 11, 2), date(2026, 11, 22)
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)  # minutes that 64 divides: every mail is due
BY = "test"
QUESTIONNAIRES: Questionnaires = load_questionnaires()


def add_regions(db: Database) -> None:
    """The few regions of the rounds, for tests that need no more of the small world."""
    with db.transaction() as session:
        for code in ("PO2707", "VO2708", "GM0363", "GM0384", "PO2401", "GM0034"):
            name = REGIONS[code]
            session.add(
                Region(code=code, kind=kind_of(code), name=name, province_code=None, is_national=False)
            )


@dataclass(frozen=True)
class World:
    """One open round with one list and one group."""

    db: Database
    settings: Settings
    round_id: int
    list_id: int
    group_id: int

    @property
    def key(self) -> bytes:
        """What links are made with."""
        return survey_key(self.settings)

    def round(self) -> SurveyRound:
        """The round as it is now."""
        with self.db.session() as session:
            return session.get_one(SurveyRound, self.round_id)

    def invite(self, *names: str) -> None:
        """Invite people by name, each with an address at example.org."""
        people = [Person(name, f"{name.lower()}@example.org") for name in names]
        with self.db.transaction() as session:
            group = session.get_one(SurveyGroup, self.group_id)
            add_people(session, group, people, self.key, by=BY, round_id=self.round_id)

    def codes(self, number: int) -> None:
        """Make codes on paper."""
        with self.db.transaction() as session:
            group = session.get_one(SurveyGroup, self.group_id)
            add_codes(session, group, number, self.key, by=BY, round_id=self.round_id)

    def queue(self, today: date = OPENS) -> int:
        """Put the invitations in the outbox."""
        with self.db.transaction() as session:
            round_ = session.get_one(SurveyRound, self.round_id)
            return outbox.queue_invitations(session, round_, QUESTIONNAIRES, by=BY, today=today)

    def look(self, url: str, now: datetime = NOON) -> None:
        """What the worker does each minute."""
        settings = replace(self.settings, smtp_url=url, mail_from="dashboard@example.org")
        sending.send_due(sending.Sender(self.db, settings, QUESTIONNAIRES, now, open_server))

    def mails(self) -> list[SurveyMail]:
        """Everything in the outbox."""
        with self.db.session() as session:
            return list(session.scalars(select(SurveyMail).order_by(SurveyMail.id)))

    def states(self) -> list[str]:
        """The state of each mail."""
        return [mail.state for mail in self.mails()]

    def people(self) -> list[SurveyInvitation]:
        """Every invitation of the group, in order."""
        with self.db.session() as session:
            query = select(SurveyInvitation).where(SurveyInvitation.group_id == self.group_id)
            return list(session.scalars(query.order_by(SurveyInvitation.number)))

    def move(self, name: str, state: State) -> None:
        """Let somebody be at a state."""
        with self.db.transaction() as session:
            session.execute(update(SurveyInvitation).where(SurveyInvitation.name == name).values(state=state))

    def close(self, now: datetime, release: str = "concept") -> None:
        """Close the round, and let its outcome be at a release."""
        with self.db.transaction() as session:
            rounds.close_round(session, self.round_id, by=BY, now=now)
            session.get_one(SurveyRound, self.round_id).release = release


def make_round(
    db: Database,
    settings: Settings,
    *,
    region: str = "PO2707",
    questionnaire: str = "ib",
    is_open: bool = True,
    partners: tuple[str, ...] = ("GM0363", "GM0384"),
    draft: RoundDraft | None = None,
) -> World:
    """A round with one list and one group of forty people."""
    draft = draft or RoundDraft(
        "Najaar 2026", OPENS, CLOSES, None, "Bel 000 of mail ronde@example.org", "school"
    )
    with db.transaction() as session:
        code = CoordinatedRegion(region)
        round_id = rounds.create_round(session, code, draft, partners, by=BY, now=NOON)
        version = latest(QUESTIONNAIRES, questionnaire).version
        row = SurveyList(round_id=round_id, questionnaire=questionnaire, version=version)
        session.add(row)
        session.flush()
        group_id = add_group(session, row, "Scholen Zuid", gemeente="GM0363", size=40, by=BY)
        if is_open:
            rounds.open_round(session, session.get_one(SurveyRound, round_id), by=BY, today=OPENS)
        list_id = row.id
    return World(db, settings, round_id, list_id, group_id)


def invited_round(db: Database, settings: Settings) -> World:
    """An open round with Anna and Bram invited, their mails in the outbox."""
    add_regions(db)
    found = make_round(db, settings)
    found.invite("Anna", "Bram")
    found.queue()
    return found


def read_mail(content: bytes) -> EmailMessage:
    """A mail as it came in."""
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def read_body(content: bytes) -> str:
    """The text of a mail."""
    return str(read_mail(content).get_content())


def post(person: Visitor, path: str, data: Mapping[str, object] | None = None) -> TestResponse:
    """Send a form, with the token of the session."""
    token = {"csrf_token": person.token("/account")}
    return person.client.post(path, data={**token, **(data or {})}, headers=HTML)


class Mailbox:
    """A mail server that keeps what it gets; `answers` maps an address to another answer than 250."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.answers: dict[str, str] = {}
        self.at_data = "250 OK"
        self.drops: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]  # noqa: N802
        if self.at_data.startswith("250"):
            self.received.append((envelope.rcpt_tos[0], envelope.content))
        if envelope.rcpt_tos[0] in self.drops:
            server.transport.abort()
        return self.at_data


@contextmanager
def mail_server(box: Mailbox) -> Iterator[str]:
    """The address of a real mail server on this machine."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), ready_timeout=60)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
