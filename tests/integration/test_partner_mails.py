"""Mails to partners and for meetings: pasted, confirmed, written down, sent once, and erased in time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text

from app.access import CoordinatedRegion
from app.config import Settings
from app.db import Database
from app.models import AuditEvent, Erasure, SurveyMail, SurveyPartner, SurveyRound
from app.rights.erasures import FILE, copy_out, erasure_key
from app.rights.erasures import Kind as Erased
from app.schema import downgrade, upgrade
from callbacks.questionnaires import round_mail_text
from survey.mail import outbox, partners
from survey.mail.kinds import Kind, State
from survey.retention import erase_what_is_old
from survey.rights import erase_partner, repeat_erasures
from tests.integration.round_world import (
    BY,
    NOON,
    OPENS,
    Mailbox,
    World,
    add_regions,
    make_round,
    post,
    read_body,
    read_mail,
)
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]
DAY = timedelta(days=1)
PASTED = "Anna@Example.org\n\n bram@example.org \r\nanna@example.org\n"


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    add_regions(db)
    return make_round(db, settings)


def _queue(round_: World, *addresses: str, kind: Kind = Kind.PARTNERS) -> int:
    with round_.db.transaction() as session:
        found = session.get_one(SurveyRound, round_.round_id)
        return partners.queue(session, found, kind, addresses, by=BY, today=OPENS)


def _kept(round_: World) -> list[str]:
    with round_.db.session() as session:
        return list(session.scalars(select(SurveyPartner.email).order_by(SurveyPartner.email)))


def test_a_partner_gets_a_kind_of_mail_once_whoever_asks_again(
    round_: World, box: Mailbox, server: str
) -> None:
    assert _queue(round_, "anna@example.org") == 1
    round_.look(server)
    assert _queue(round_, "anna@example.org", "bram@example.org") == 1
    round_.look(server)
    round_.look(server)

    assert [address for address, _ in box.received] == ["anna@example.org", "bram@example.org"]
    assert "doet mee met het dashboard" in read_mail(box.received[0][1])["Subject"]
    body = read_body(box.received[0][1])
    assert "Beste collega," in body
    assert "Zij krijgen die op 2 november 2026." in body
    assert "{" not in body
    assert round_.states() == [State.SENT, State.SENT]


def test_the_same_address_gets_another_kind_of_mail(round_: World, box: Mailbox, server: str) -> None:
    with round_.db.transaction() as session:
        session.get_one(SurveyRound, round_.round_id).first_meeting_on = OPENS + DAY
    _queue(round_, "anna@example.org")
    _queue(round_, "anna@example.org", kind=Kind.MEETING_1)
    round_.look(server)

    subjects = [str(read_mail(content)["Subject"]) for _, content in box.received]
    assert subjects[1] == "Uitnodiging: eerste bijeenkomst op 3 november 2026"
    assert _kept(round_) == ["anna@example.org"]


def test_a_mail_to_a_partner_that_is_refused_shows_and_goes_again_when_asked(
    round_: World, box: Mailbox, server: str
) -> None:
    box.answers["anna@example.org"] = "550 nobody here"
    _queue(round_, "anna@example.org")
    round_.look(server)
    failed = round_.mails()[0]
    box.answers.clear()
    with round_.db.transaction() as session:
        found = session.get_one(SurveyRound, round_.round_id)
        again = outbox.send_again(session, found, State.FAILED, by=BY, today=OPENS)
    round_.look(server)

    assert (failed.state, failed.error) == (State.FAILED, "De mailserver weigert deze mail (code 550).")
    assert (again, len(box.received)) == (1, 1)


def test_a_mail_about_a_closed_round_still_goes(round_: World, box: Mailbox, server: str) -> None:
    _queue(round_, "anna@example.org")
    round_.close(NOON)
    round_.look(server)

    assert len(box.received) == 1


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0)])
def test_p20_partners_are_erased_thirty_days_after_round_and_last_mail(
    round_: World, days: int, left: int
) -> None:
    _queue(round_, "anna@example.org")
    round_.close(NOON)
    late = NOON + 40 * DAY
    with round_.db.transaction() as session:
        session.scalars(select(SurveyMail)).one().due_on = late.date()

    erased = erase_what_is_old(round_.db, by="verwerker", now=late + days * DAY + DAY)

    assert (erased.addresses, len(_kept(round_)), len(round_.mails())) == (1 - left, left, left)


def test_p19_the_address_of_a_partner_is_erased_on_request(round_: World) -> None:
    _queue(round_, "anna@example.org", "bram@example.org")

    def erase(region: str) -> int:
        with round_.db.transaction() as session:
            key = erasure_key(round_.settings)
            code = CoordinatedRegion(region)
            return erase_partner(session, code, round_.round_id, " ANNA@example.org", by=BY, key=key)

    assert [erase("VO2708"), erase("PO2707"), erase("PO2707")] == [0, 1, 0]
    assert _kept(round_) == ["bram@example.org"]
    assert len(round_.mails()) == 1


def test_p19_an_erased_partner_is_erased_again_after_a_backup_was_put_back(round_: World) -> None:
    _queue(round_, "anna@example.org")
    key, data_dir = erasure_key(round_.settings), round_.settings.data_dir
    with round_.db.transaction() as session:
        (kept,) = session.scalars(select(SurveyPartner.id)).all()
        code = CoordinatedRegion("PO2707")
        erase_partner(session, code, round_.round_id, "anna@example.org", by=BY, key=key)
    copy_out(round_.db, data_dir)
    with round_.db.transaction() as session:
        session.execute(delete(Erasure))
        session.add(SurveyPartner(id=kept, round_id=round_.round_id, email="anna@example.org"))

    with round_.db.transaction() as session:
        found = repeat_erasures(session, [data_dir / FILE], by=BY, key=key)

    assert (found[Erased.INVITEE], _kept(round_)) == (1, [])


def test_a_mail_whose_round_is_removed_while_it_is_sent_stops_no_other(
    round_: World, box: Mailbox, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _queue(round_, "anna@example.org", "bram@example.org")
    claim = outbox.claim

    def claim_and_lose(db: Database, mail_id: int) -> bool:
        is_mine = claim(db, mail_id)
        with db.transaction() as session:
            session.execute(delete(SurveyPartner).where(SurveyPartner.email == "anna@example.org"))
        return is_mine

    monkeypatch.setattr(outbox, "claim", claim_and_lose)
    round_.look(server)

    assert [address for address, _ in box.received] == ["bram@example.org"]
    assert round_.states() == [State.SENT]


def test_changed_texts_of_the_one_meeting_become_those_of_the_second_and_back(round_: World) -> None:
    db = round_.db
    downgrade(db, "0009")
    old = ("bijeenkomst", "Op {datum_bijeenkomst}", "Kom op {datum_bijeenkomst}.")
    with db.transaction() as session:
        row = {"round": round_.round_id, "kind": old[0], "subject": old[1], "body": old[2]}
        session.execute(text("INSERT INTO survey_mail_text VALUES (:round, :kind, :subject, :body)"), row)

    upgrade(db)
    with db.session() as session:
        new = session.execute(text("SELECT kind, subject, body FROM survey_mail_text")).one()
    _queue(round_, "anna@example.org")
    downgrade(db, "0009")
    with db.session() as session:
        again = session.execute(text("SELECT kind, subject, body FROM survey_mail_text")).one()
        mails = session.scalar(text("SELECT count(*) FROM survey_mail"))

    assert tuple(new) == ("bijeenkomst-2", "Op {datum_bijeenkomst_2}", "Kom op {datum_bijeenkomst_2}.")
    assert (tuple(again), mails) == (old, 0)


# ---- the pages --------------------------------------------------------------------------------------------


@pytest.fixture
def own(app: object, db: Database, settings: Settings) -> World:
    return make_round(db, settings, is_open=False)


@pytest.fixture
def coordinator(log_in: Enter, noon: None) -> Visitor:
    return log_in("coordinator")


@pytest.fixture
def with_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_mail_text, "has_server", lambda: True)


def _place(round_: World, kind: str = "partners") -> str:
    return f"/regio/PO2707/vragenlijsten/rondes/{round_.round_id}/mails/tekst/{kind}"


@pytest.mark.usefixtures("with_server")
def test_sending_to_partners_is_asked_for_with_the_number_and_then_written_down(
    coordinator: Visitor, own: World
) -> None:
    place = f"{_place(own)}/versturen"

    asked = post(coordinator, place, {"adressen": PASTED})
    before = own.mails()
    sent = post(coordinator, place, {"adressen": "anna@example.org\nbram@example.org", "zeker": "ja"})
    again = post(coordinator, place, {"adressen": PASTED, "zeker": "ja"})
    more = post(coordinator, place, {"adressen": f"{PASTED}\ncor@example.org"})
    none = post(coordinator, place, {"adressen": PASTED})

    assert (asked.status_code, before) == (200, [])
    assert "Deze mail versturen naar 2 adressen?" in asked.text
    assert 'value="anna@example.org\nbram@example.org"' in asked.text
    assert "klaar=klaargezet" in sent.headers["Location"]
    assert "klaar=niemand" in again.headers["Location"]
    assert "versturen naar 1 adres?" in more.text
    assert "2 andere adressen kregen deze mail al en krijgen hem niet nog eens." in more.text
    assert none.status_code == 422
    assert own.states() == [State.WAITING, State.WAITING]
    assert "Tot nu toe: 2 wacht" in coordinator.get(_place(own)).text
    with own.db.session() as session:
        acts = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "mails klaargezet")).all()
    assert acts == ["partners: 2 mails"]


WRONG = [
    ("", "Plak eerst mailadressen"),
    ("anna", "Controleer regel 1"),
    ("anna@example.org\nBram; bram@example.org\nx@y.nl, z@y.nl", "Controleer regel 2 en 3"),
    ("\n".join(f"a{number}@example.org" for number in range(101)), "Plak hoogstens 100 adressen tegelijk."),
]


@pytest.mark.usefixtures("with_server")
@pytest.mark.parametrize("sure", ["", "ja"])
def test_addresses_that_are_none_are_told_in_words(coordinator: Visitor, own: World, sure: str) -> None:
    answers = [
        post(coordinator, f"{_place(own)}/versturen", {"adressen": text, "zeker": sure}) for text, _ in WRONG
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert [
        words for (_, words), answer in zip(WRONG, answers, strict=True) if words not in answer.text
    ] == []
    assert "anna@example.org\nBram; bram@example.org" in answers[2].text
    assert own.mails() == []


@pytest.mark.usefixtures("with_server")
def test_no_meeting_is_sent_without_a_day_and_only_these_mails_are(coordinator: Visitor, own: World) -> None:
    form = {"adressen": "anna@example.org", "zeker": "ja"}

    meetings = [
        post(coordinator, f"{_place(own, f'bijeenkomst-{number}')}/versturen", form) for number in (1, 2)
    ]
    other = post(coordinator, f"{_place(own, 'uitnodiging-ouders')}/versturen", form)
    in_words = {"onderwerp": "Bijeenkomst op 3 mei", "tekst": "Komt u op 3 mei?"}
    post(coordinator, _place(own, "bijeenkomst-2"), in_words)
    sent = post(coordinator, f"{_place(own, 'bijeenkomst-2')}/versturen", form)

    assert {answer.status_code for answer in meetings} == {422}
    assert all("De dag van de bijeenkomst is nog niet bekend." in answer.text for answer in meetings)
    assert other.status_code == 404
    assert sent.status_code == 303
    assert [mail.kind for mail in own.mails()] == ["bijeenkomst-2"]


def test_without_a_mail_server_nothing_is_written_down(coordinator: Visitor, own: World) -> None:
    answer = post(coordinator, f"{_place(own)}/versturen", {"adressen": "anna@example.org", "zeker": "ja"})

    assert answer.status_code == 422
    assert "kan zelf geen mail versturen" in coordinator.get(_place(own)).text
    assert own.mails() == []
