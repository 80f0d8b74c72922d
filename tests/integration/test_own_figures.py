"""Own figures through the door: who may bring and read them, what is refused, and what is never half."""

import io
import logging
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.models import OwnAttempt, OwnFigure, OwnUpload
from tests.integration import world
from tests.integration.own_files import CANARY, PERIOD, PLACE, TLV, counts, form, offer, plant, row
from tests.integration.standing import Standing
from tests.integration.visitor import HTML, Visitor
from tests.samples import hostile

Enter = Callable[[str], Visitor]

READERS = {
    "swv": {"PO2707"},
    "gemeente": {"GM0034"},
    "lezer": {"GM0363"},
    "coordinator": {"PO2707", "VO2708"},
    "data": set(),
    "beheer": set(),
    "zonder": set(),
}
"""Login → the regions whose own figures they read: never related ones, and for administrators none."""

ADDRESSES = ("", ".csv", "/sjabloon.csv", "/sjabloon.xlsx")
TOO_LARGE = b"x" * (10 * hostile.MEGABYTE)


@pytest.mark.parametrize("login", READERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_s17_each_role_reads_the_own_figures_of_exactly_its_regions(
    standing: Standing, login: str, address: str
) -> None:
    person = standing.person(login)

    codes = {code: person.get(PLACE.format(code) + address).status_code for code in world.REGIONS}

    assert {code for code, status in codes.items() if status == 200} == READERS[login]
    assert {status for code, status in codes.items() if code not in READERS[login]} <= {403}


@pytest.mark.parametrize("code", ["*", "GM9999", "po2707", "PO2707'--", "A" * 2000, "PO2707%0a"])
def test_ac4_a_forged_region_is_refused_like_that_of_others(log_in: Enter, code: str) -> None:
    person = log_in("swv")

    assert person.get(PLACE.format(code)).status_code == 403
    assert offer(person, code, form(row())).status_code == 403


@pytest.mark.parametrize("login", [*READERS])
def test_s28_only_who_fills_that_very_region_may_bring_figures(
    log_in: Enter, db: Database, login: str
) -> None:
    person = log_in(login)
    own = {"swv": "PO2707", "gemeente": "GM0034", "coordinator": "VO2708"}.get(login)
    others = [code for code in world.REGIONS if code not in READERS[login] or login == "lezer"]
    before = counts(db)

    codes = [offer(person, code, form(row(code))).status_code for code in others]

    assert set(codes) == {403}
    assert counts(db) == before
    assert own is None or offer(person, own, form(row(own, indicator="oogo-n"))).status_code == 422


def test_a_file_is_stored_shown_and_logged(
    log_in: Enter, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "dashboard")
    person = log_in("swv")

    answer = offer(person, "PO2707", form(row(), row(period="2023/24", part="100")))
    page = person.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    assert "3,0 per 1.000" in page
    assert "120 van 40.000" in page
    assert "schooljaar 2023/24" in page
    assert "nog geen vergelijking" in page
    assert '"event": "own_figures_stored", "who": "swv"' in caplog.text
    assert counts(db)["own_figure"] == 2


def test_the_last_upload_counts_and_the_page_tells_old_and_new(log_in: Enter) -> None:
    person = log_in("swv")
    offer(person, "PO2707", form(row()))

    page = person.get(offer(person, "PO2707", form(row(part="160"))).headers["Location"]).text

    assert '<td class="r">3,0 per 1.000</td><td class="r">4,0 per 1.000</td>' in page


def test_the_same_file_twice_changes_nothing(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    offer(person, "PO2707", form(row()))
    before = counts(db)

    again = offer(person, "PO2707", form(row()), name="andere naam.csv")

    assert "klaar=zelfde" in again.headers["Location"]
    assert "Er is niets veranderd" in person.get(again.headers["Location"]).text
    assert counts(db) == before


def test_a_withdrawn_upload_leaves_the_one_before(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    offer(person, "PO2707", form(row()))
    offer(person, "PO2707", form(row(part="160")))
    place = PLACE.format("PO2707")

    answer = person.send(f"{place}/intrekken", {"upload": str(_last(db))}, form=place)
    page = person.get(answer.headers["Location"]).text

    assert "3,0 per 1.000" in page
    assert "4,0 per 1.000" not in page
    assert "ingetrokken" in page
    assert counts(db)["own_upload"] == 2


@pytest.mark.parametrize("upload", ["", "0", "-1", "x", "9" * 30, "1 OR 1=1"])
def test_what_is_no_upload_cannot_be_withdrawn(log_in: Enter, db: Database, upload: str) -> None:
    person, place = log_in("swv"), PLACE.format("PO2707")
    offer(person, "PO2707", form(row()))

    answer = person.send(f"{place}/intrekken", {"upload": upload}, form=place)

    assert "klaar=al-ingetrokken" in answer.headers["Location"]
    assert "3,0 per 1.000" in person.get(place).text


def test_s17_an_upload_of_another_region_cannot_be_withdrawn_or_looked_at(
    log_in: Enter, db: Database
) -> None:
    other, person, place = plant(db, "PO2401", {PERIOD: CANARY}), log_in("swv"), PLACE.format("PO2707")

    person.send(f"{place}/intrekken", {"upload": str(other)}, form=place)
    page = person.get(f"{place}?upload={other}&klaar=geladen").text

    assert "geplant.csv" not in page
    with db.session() as session:
        assert session.get_one(OwnUpload, other).withdrawn_at is None


def test_a_reader_looks_and_cannot_send_or_withdraw(log_in: Enter, db: Database) -> None:
    upload, person, place = plant(db, "GM0363", {PERIOD: 40}), log_in("lezer"), PLACE.format("GM0363")

    page = person.get(place).text
    data = {"upload": str(upload)}
    answer = person.send(f"{place}/intrekken", data, form="/account")

    assert "geplant.csv" in page
    assert 'type="file"' not in page
    assert "intrekken" not in page
    assert answer.status_code == 403


def test_every_fault_is_told_at_once_with_its_place_and_nothing_is_stored(
    log_in: Enter, db: Database
) -> None:
    person, before = log_in("swv"), counts(db)
    rows = [
        row("PO2401"),
        row(indicator="ll-bao"),
        row(part="=1+1"),
        row(period="2098/99"),
        row(indicator="<b>x"),
    ]

    answer = offer(person, "PO2707", form(row(period="2022/23"), *rows))

    assert answer.status_code == 422
    for words in (
        "PO2401 is een andere regio; hier kunnen alleen cijfers van PO2707 staan.",
        "is geen eigen cijfer",
        "is een formule",
        "ligt in de toekomst",
        "&lt;b&gt;x",
        'rij 3<span class="sub">kolom regio</span>',
        'rij 5<span class="sub">kolom teller</span>',
    ):
        assert words in answer.text
    assert "<b>x" not in answer.text
    assert counts(db) == before


def test_s36_without_a_token_nothing_is_read(log_in: Enter, db: Database) -> None:
    person, before = log_in("swv"), counts(db)

    answer = offer(person, "PO2707", form(row()), csrf_token="")

    assert answer.status_code == 400
    assert counts(db) == before
    assert _attempts(db) == 0


def test_ac1_a_stranger_is_refused_before_the_file(visitor: Visitor) -> None:
    answer = visitor.client.post(PLACE.format("PO2707"), data=TOO_LARGE, headers=HTML)

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cijfers.xlsx", form(row())),
        ("cijfers.csv", hostile.far_corner_xlsx()),
        ("cijfers.xlsx", hostile.far_corner_xlsx()),
        ("cijfers.xlsx", hostile.repeated_string_xlsx(4 * hostile.MEGABYTE, 5000)),
        ("cijfers.xlsx", hostile.locked_workbook()),
        ("cijfers.csv", b"\x00\x01\x02" * 1000),
        ("cijfers.csv", b""),
        ("cijfers.csv", b"a;b\n1;2\n"),
        ("cijfers.zip", hostile.locked_zip()),
        ("cijfers.exe", form(row())),
        ("cijfers", form(row())),
    ],
)
def test_s29_a_hostile_or_wrong_file_is_refused_in_words(
    log_in: Enter, db: Database, name: str, content: bytes
) -> None:
    person, before = log_in("swv"), counts(db)

    answer = offer(person, "PO2707", content, name)

    assert answer.status_code == 422
    assert "Er is niets opgeslagen" in answer.text
    assert counts(db) == before


def test_s48_ten_megabytes_are_refused(log_in: Enter, db: Database) -> None:
    person = log_in("swv")

    answer = offer(person, "PO2707", TOO_LARGE)

    assert answer.status_code == 413
    assert _attempts(db) == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "<script>alert(1)</script>.csv", "=cmd|' /C calc'!A0.csv"]
)
def test_s28_the_name_of_a_file_is_only_text(log_in: Enter, db: Database, name: str) -> None:
    person = log_in("swv")

    page = person.get(offer(person, "PO2707", form(row()), name).headers["Location"]).text

    assert "<script>alert" not in page
    assert "../" not in page
    with db.session() as session:
        stored = session.scalars(select(OwnUpload.file_name)).one()
    assert "/" not in stored


def test_s31_nothing_of_a_file_stays_on_disk(log_in: Enter, app: object) -> None:
    person = log_in("swv")
    folder = person.app.server.extensions["dashboard"].settings.data_dir

    offer(person, "PO2707", form(row()))
    offer(person, "PO2707", b"a;b\n1;2\n")

    assert [path for path in (folder / "uploads").rglob("*") if path.is_file()] == []


def test_s26_the_download_holds_no_formula(log_in: Enter) -> None:
    person = log_in("swv")
    offer(person, "PO2707", form(row()))

    answer = person.get(PLACE.format("PO2707") + ".csv")

    assert answer.headers["Content-Disposition"] == "attachment; filename=eigen-cijfers-po2707.csv"
    assert (
        '"PO2707";"schooljaar 2024/25";"per 1.000";120;40000;3;"3,0 per 1.000";"definitief";;' in answer.text
    )


def test_the_form_that_is_handed_out_is_taken_back(log_in: Enter) -> None:
    person, place = log_in("swv"), PLACE.format("PO2707")
    handed_out = person.get(f"{place}/sjabloon.csv").data

    empty = offer(person, "PO2707", handed_out)
    filled = offer(person, "PO2707", handed_out + ";".join(row()).encode())

    assert "Er staat geen enkel cijfer" in empty.text
    assert "klaar=geladen" in filled.headers["Location"]


def test_no_file_and_two_files_are_told_in_words(log_in: Enter) -> None:
    person, place = log_in("swv"), PLACE.format("PO2707")
    token = {"csrf_token": person.token("/account")}
    two = [(io.BytesIO(form(row())), f"{name}.csv") for name in "ab"]

    none = person.client.post(place, data=token, headers=HTML)
    more = person.client.post(place, data=token | {"bestand": two}, headers=HTML)

    assert "Kies eerst een bestand" in none.text
    assert "Kies één bestand tegelijk" in more.text


def test_the_switch_leads_to_own_figures_or_to_the_overview(log_in: Enter) -> None:
    person = log_in("coordinator")

    assert person.get("/regio?regio=VO2708").headers["Location"] == "/regio/VO2708/eigen-cijfers"
    assert person.get("/regio?regio=GM0363").headers["Location"] == "/regio/GM0363/overzicht"
    assert person.get("/regio?regio=PO2401").status_code == 403
    assert person.get("/regio").headers["Location"] == "/"


def _last(db: Database) -> int:
    with db.session() as session:
        return max(session.scalars(select(OwnUpload.id)))


def _attempts(db: Database) -> int:
    with db.session() as session:
        return len(list(session.scalars(select(OwnAttempt.id))))


def test_the_figures_of_a_form_are_kept_as_given(log_in: Enter, db: Database) -> None:
    offer(log_in("swv"), "PO2707", form(row()))

    with db.session() as session:
        figure = session.scalars(select(OwnFigure)).one()
    assert (figure.indicator, figure.period, figure.breakdown) == (TLV, PERIOD, "totaal")
    assert (figure.numerator, figure.denominator, figure.source_row) == (120, 40_000, 2)
