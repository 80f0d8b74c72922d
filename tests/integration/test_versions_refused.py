"""Versions over HTTP: who may do nothing, what is removed and what not, and what everybody reads of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.models import AuditEvent, DataVersion, LoadReportRow, VersionSlice
from tests.integration.loads import count_rows
from tests.integration.versions import seen_in, send, shown
from tests.integration.visitor import Visitor

LogIn = Callable[[str], Visitor]
REASON = "Nieuwe telling van DUO."
TOLD = "987.654"
ACTS = ("waarschuwingen", "publiceren", "verwijderen")


def test_s36_without_the_right_token_nothing_happens(log_in: LogIn, db: Database, waiting: int) -> None:
    person = log_in("data")
    stamp = seen_in(person.get(f"/beheer/versies/{waiting}").text)
    data = {"gezien": stamp, "reden": REASON, "zeker": "ja"}
    before = count_rows(db)

    codes = {
        person.client.post(f"/beheer/versies/{waiting}/{act}", data=data | token).status_code
        for act in ACTS
        for token in ({}, {"csrf_token": "x"}, {"csrf_token": Visitor(person.app).token("/inloggen")})
    }

    assert codes == {400}
    assert count_rows(db) == before


@pytest.mark.parametrize("login", ["swv", "gemeente", "lezer", "coordinator", "zonder"])
def test_ac1_others_can_do_nothing_here(log_in: LogIn, db: Database, waiting: int, login: str) -> None:
    person, admin = log_in(login), log_in("data")
    stamp = seen_in(admin.get(f"/beheer/versies/{waiting}").text)
    data = {"csrf_token": person.token("/account"), "gezien": stamp, "reden": REASON, "zeker": "ja"}
    before = count_rows(db)

    answers = [person.get(path) for path in ("/beheer/versies", f"/beheer/versies/{waiting}")]
    answers += [person.client.post(f"/beheer/versies/{waiting}/{act}", data=data) for act in ACTS]

    assert {answer.status_code for answer in answers} == {403}
    assert not any(TOLD in answer.text for answer in answers)
    assert count_rows(db) == before


def test_removing_takes_a_waiting_version_away_whole(
    log_in: LogIn, db: Database, waiting: int, warned: list[int]
) -> None:
    code, _ = send(log_in("data"), waiting, "verwijderen", {"zeker": "ja"})

    assert code == 303
    with db.session() as session:
        assert session.get(DataVersion, waiting) is None
        assert session.scalar(select(func.count()).where(VersionSlice.version_id == waiting)) == 0
        assert session.scalars(select(LoadReportRow.version_id)).all() == [None]
        assert (
            session.scalar(select(AuditEvent.subject).where(AuditEvent.action == "delete"))
            == f"versie {waiting}"
        )


def test_removing_asks_whether_one_is_sure_and_refuses_what_was_published(
    log_in: LogIn, db: Database, waiting: int
) -> None:
    person, first, before = log_in("data"), shown(db), count_rows(db)

    unsure = send(person, waiting, "verwijderen")
    shown_one = send(person, first, "verwijderen", {"zeker": "ja"}, seen="x")
    send(person, waiting, "publiceren", {"reden": REASON})
    earlier = send(person, first, "verwijderen", {"zeker": "ja"})

    assert [unsure[0], shown_one[0], earlier[0]] == [422, 409, 409]
    assert "is gepubliceerd geweest" in earlier[1]
    assert count_rows(db)["data_version"] == before["data_version"]


def test_s45_each_act_leaves_a_line_in_the_security_log(
    log_in: LogIn, db: Database, waiting: int, caplog: pytest.LogCaptureFixture
) -> None:
    person, first = log_in("data"), shown(db)
    with caplog.at_level("INFO", "dashboard.security"):
        send(person, waiting, "publiceren", {"reden": REASON})
        send(person, first, "publiceren", {"reden": "Terug."})

    assert '"event": "version_published", "who": "data"' in caplog.text
    assert '"event": "version_returned", "who": "data"' in caplog.text


def test_the_public_log_tells_what_came_and_went_and_why_without_names(
    log_in: LogIn, db: Database, waiting: int
) -> None:
    person, first = log_in("data"), shown(db)
    send(person, waiting, "publiceren", {"reden": REASON})
    send(person, first, "publiceren", {"reden": "Het bestand was fout."})

    page = Visitor(person.app).get("/over/wijzigingen").text

    assert page.index("Het bestand was fout.") < page.index(REASON)
    assert ">teruggenomen<" in page
    assert ">nieuw<" in page
    assert "Verzonnen cijfers voor tests" in page
    assert "Persoon data" not in page
    assert ">data<" not in page
