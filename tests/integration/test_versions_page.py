"""`/beheer/versies` over HTTP: look, tick, publish and go back; refused in words and never half."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from app.db import Database
from app.models import AcceptedFinding, AuditEvent, LoadReportRow, PublicationEvent
from tests.integration import later_version
from tests.integration.canary import tells_canary
from tests.integration.loads import count_rows
from tests.integration.versions import seen_in, send, shown, ticks
from tests.integration.visitor import Visitor

LogIn = Callable[[str], Visitor]
REASON = "Nieuwe telling van DUO."
TOLD = "987.654"
"""The figure of the version that waits, as a page writes it."""

ACTS = ("waarschuwingen", "publiceren", "verwijderen")


def test_the_list_tells_every_version_with_its_file_and_who_and_why(log_in: LogIn, waiting: int) -> None:
    page = log_in("data").get("/beheer/versies").text

    assert page.count("<tr") == 3
    assert page.index(f">Versie\u00a0{waiting}<") < page.index(f">Versie\u00a0{waiting - 1}<")
    assert ">klaargezet<" in page
    assert ">nu zichtbaar<" in page
    assert "verzonnen.csv" in page
    assert "kenmerk 000000000000" in page


def test_the_page_tells_what_would_change(log_in: LogIn, waiting: int) -> None:
    page = log_in("beheer").get(f"/beheer/versies/{waiting}").text

    assert "Wat gebruikers straks anders zien" in page
    assert TOLD in page
    assert "Amsterdam en Diemen" in page


@pytest.mark.parametrize("number", ["999", "0", "-1", "1.0", "abc", "9" * 30, "%D9%A1"])
def test_a_version_that_does_not_exist_is_not_found(log_in: LogIn, waiting: int, number: str) -> None:
    person = log_in("data")
    token = {"csrf_token": person.token(f"/beheer/versies/{waiting}"), "reden": REASON, "zeker": "ja"}

    page = f"/beheer/versies/{number}"
    codes = [person.client.post(f"{page}/{act}", data=token).status_code for act in ACTS]

    assert {person.get(page).status_code, *codes} == {404}


def test_publishing_needs_every_warning_ticked_with_a_reason(
    log_in: LogIn, db: Database, waiting: int, warned: list[int]
) -> None:
    person, first = log_in("data"), shown(db)
    page = person.get(f"/beheer/versies/{waiting}")

    assert "Publiceer versie" not in page.text
    refused = send(person, waiting, "publiceren", {"reden": REASON})
    some = send(person, waiting, "waarschuwingen", ticks(warned[:2]))
    still = send(person, waiting, "publiceren", {"reden": REASON})
    rest = send(person, waiting, "waarschuwingen", ticks(warned[2:], "Met DUO besproken."))
    before = shown(db)
    done = send(person, waiting, "publiceren", {"reden": REASON})

    assert [refused[0], some[0], still[0], rest[0], done[0]] == [409, 303, 409, 303, 303]
    assert "nog 3 waarschuwingen" in refused[1]
    assert "nog 1 waarschuwing " in still[1]
    assert (before, shown(db)) == (first, waiting)
    with db.session() as session:
        reasons = session.execute(select(AcceptedFinding.by, AcceptedFinding.reason)).all()
        acts = session.execute(
            select(AuditEvent.action, AuditEvent.detail).where(AuditEvent.actor == "data")
        ).all()
        event = session.scalars(select(PublicationEvent)).one()
    assert sorted(map(tuple, reasons)) == [
        ("data", "Met DUO besproken."),
        ("data", "gezien"),
        ("data", "gezien"),
    ]
    assert [tuple(row) for row in acts if row[0] in {"accept", "publish"}] == [
        ("accept", "2 waarschuwingen"),
        ("accept", "1 waarschuwing"),
        ("publish", REASON),
    ]
    assert (event.by, event.version_id, event.previous_id, event.is_undo) == ("data", waiting, first, False)


def test_a_tick_without_a_reason_is_refused_and_keeps_what_was_typed(
    log_in: LogIn, db: Database, waiting: int, warned: list[int]
) -> None:
    data = ticks(warned[:2]) | {f"reden-{warned[0]}": " \t "}

    code, page = send(log_in("data"), waiting, "waarschuwingen", data)

    assert code == 422
    assert "Schrijf op waarom deze waarschuwing geen bezwaar is." in page
    assert f'name="reden-{warned[1]}" value="gezien"' in page
    assert page.count(" checked") == 2
    assert count_rows(db)["accepted_finding"] == 0


def test_a_warning_of_another_version_cannot_be_ticked(
    log_in: LogIn, db: Database, waiting: int, warned: list[int]
) -> None:
    first = shown(db)
    with db.transaction() as session:
        session.execute(update(LoadReportRow).values(version_id=first))

    code, page = send(log_in("data"), waiting, "waarschuwingen", ticks(warned[:1]))

    assert (code, "hoort niet bij versie" in page) == (409, True)
    assert count_rows(db)["accepted_finding"] == 0


@pytest.mark.parametrize("text", ["x" * 10_240, "é" * 501])
def test_a_reason_that_is_too_long_is_refused_and_kept(
    log_in: LogIn, db: Database, waiting: int, text: str
) -> None:
    first = shown(db)

    code, page = send(log_in("data"), waiting, "publiceren", {"reden": text})

    assert code == 422
    assert "De reden is te lang:" in page
    assert text in page
    assert shown(db) == first


@pytest.mark.parametrize("text", ["", "   ", "\x00\u200b\n"])
def test_publishing_without_a_reason_is_refused(log_in: LogIn, db: Database, waiting: int, text: str) -> None:
    first = shown(db)

    code, page = send(log_in("data"), waiting, "publiceren", {"reden": text})

    assert (code, "Schrijf op waarom u dit publiceert" in page) == (422, True)
    assert shown(db) == first


def test_odd_characters_in_a_reason_are_written_as_plain_text(
    log_in: LogIn, db: Database, waiting: int
) -> None:
    text = "<script>alert(1)</script>\x00\r\n=1+1\u202e 'aan\"halingen'"

    code, _ = send(log_in("data"), waiting, "publiceren", {"reden": text})

    assert code == 303
    page = Visitor(log_in("data").app).get("/over/wijzigingen").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1 &#39;aan" in page


def test_an_officer_sees_the_new_figure_and_after_going_back_the_old_one(
    log_in: LogIn, db: Database, waiting: int
) -> None:
    person, officer, first = log_in("data"), log_in("swv"), shown(db)
    address = "/regio/PO2707/indicatoren.csv?jaar=2026"

    def figure() -> bool:
        return tells_canary(officer.get(address).text)

    before = figure()
    send(person, waiting, "publiceren", {"reden": REASON})
    after = figure()
    back = send(person, first, "publiceren", {"reden": "Fout in het bestand."})

    assert (before, after, back[0], figure()) == (False, True, 303, False)
    with db.session() as session:
        events = session.scalars(select(PublicationEvent).order_by(PublicationEvent.id)).all()
    assert [(each.version_id, each.previous_id, each.is_undo, each.reason) for each in events] == [
        (waiting, first, False, REASON),
        (first, waiting, True, "Fout in het bestand."),
    ]


def test_going_back_without_a_reason_is_refused(log_in: LogIn, db: Database, waiting: int) -> None:
    person, first = log_in("data"), shown(db)
    send(person, waiting, "publiceren", {"reden": REASON})

    code, page = send(person, first, "publiceren", {"reden": ""})

    assert (code, "Schrijf op waarom u teruggaat" in page, shown(db)) == (422, True, waiting)


def test_ac7_of_two_admins_at_once_the_second_is_refused_in_words(
    log_in: LogIn, db: Database, waiting: int
) -> None:
    one, other, first = log_in("data"), log_in("beheer"), shown(db)
    later = later_version.publish_again(db, 61_111)[1]
    seen = seen_in(other.get(f"/beheer/versies/{first}").text)
    send(one, waiting, "publiceren", {"reden": REASON})
    rows = count_rows(db)

    code, page = send(other, first, "publiceren", {"reden": "Mijn reden."}, seen=seen)

    assert code == 409
    assert "Iemand anders heeft intussen een versie gepubliceerd" in page
    assert "Mijn reden." in page
    assert (shown(db), count_rows(db)) == (waiting, rows)
    assert seen.startswith(f"{later}-")


def test_a_second_click_says_that_it_was_done_already(log_in: LogIn, db: Database, waiting: int) -> None:
    person = log_in("data")
    page = person.get(f"/beheer/versies/{waiting}").text
    send(person, waiting, "publiceren", {"reden": REASON})
    rows = count_rows(db)

    code, _ = send(person, waiting, "publiceren", {"reden": REASON}, seen=seen_in(page))

    assert (code, count_rows(db)) == (303, rows)
