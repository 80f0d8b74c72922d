"""Saved views through the door: pages of ours under a name, for regions that the person may open."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import delete, select

from app.db import Database
from app.models import AuditEvent, Grant, SavedView
from tests.integration import world
from tests.integration.visitor import HTML, PAGE, Visitor, callback_body
from tests.nodes import find, text

Enter = Callable[[str], Visitor]
PLACE = "/bewaarde-weergaven"
ADDRESS = "/regio/PO2707/indicatoren?thema=Onderwijs&jaar=2025"


def keep(person: Visitor, name: str = "Onderwijs 2025", address: str = ADDRESS, **data: str) -> Any:
    """Send the form as the script of the page fills it in."""
    fields = {"csrf_token": person.token("/account"), "naam": name, "adres": address, **data}
    return person.client.post(PLACE, data=fields, headers=HTML)


def remove(person: Visitor, number: int | str) -> Any:
    fields = {"csrf_token": person.token("/account"), "weergave": str(number)}
    return person.client.post(f"{PLACE}/verwijderen", data=fields, headers=HTML)


def views(db: Database) -> list[tuple[str, str]]:
    with db.session() as session:
        rows = session.execute(select(SavedView.name, SavedView.path, SavedView.query).order_by(SavedView.id))
        return [(name, f"{path}?{query}" if query else path) for name, path, query in rows]


def number_of(answer: Any) -> int:
    return int(re.findall(r"weergave=(\d+)", answer.headers["Location"])[0])


def test_a_view_is_kept_and_leads_back_to_the_page(log_in: Enter, db: Database) -> None:
    person = log_in("swv")

    answer = keep(person, "  Onderwijs  2025 ")
    page = person.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    assert views(db) == [("Onderwijs 2025", ADDRESS)]
    assert page.count(f'href="{ADDRESS.replace("&", "&amp;")}"') == 2
    assert "Amsterdam en Diemen · Indicatoren" in page
    assert person.get(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/regio/PO2707/overzicht", "Amsterdam en Diemen · Overzicht"),
        ("/regio/PO2707/indicatoren/", "Amsterdam en Diemen · Indicatoren"),
        ("/regio/PO2707/indicatoren/ll-bao?jaar=2025", "Indicatoren · "),
        ("/regio/GM0363/overzicht", "Amsterdam · Overzicht"),
    ],
)
def test_every_page_of_a_region_that_is_open_can_be_kept(log_in: Enter, address: str, words: str) -> None:
    person = log_in("swv")

    page = person.get(keep(person, "Pagina", address).headers["Location"]).text

    assert words in page
    assert f'href="{address.rstrip("/")}"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/regio/PO2401/overzicht",
        "/regio/GM9999/overzicht",
        "/regio/*/overzicht",
        "/regio/PO2707'--/overzicht",
    ],
)
def test_ac4_a_view_of_a_region_of_others_is_refused(log_in: Enter, db: Database, address: str) -> None:
    assert keep(log_in("swv"), "Van anderen", address).status_code == 403
    assert views(db) == []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/account",
        "/beheer/gegevens",
        "/regio/PO2707/eigen-cijfers",
        "//evil.example/regio/PO2707/overzicht",
        "https://evil.example/regio/PO2707/overzicht",
        "javascript:alert(1)",
        "/regio/PO2707/overzicht/../../account",
        "/regio/PO2707/indicatoren/a b",
        "/regio/PO2707/indicatoren/é",
        "/regio/PO2707/indicatoren/a\nb",
        "/regio/PO2707/overzicht?" + "&".join(f"a{number}=1" for number in range(90)),
        "?jaar=2025",
    ],
)
def test_s20_what_is_no_page_of_ours_cannot_be_kept(log_in: Enter, db: Database, address: str) -> None:
    assert keep(log_in("swv"), "Vreemd", address).status_code == 400
    assert views(db) == []


@pytest.mark.parametrize("address", [ADDRESS + "&x=" + "y" * 700, "/regio/PO2707/" + "x" * 300, "x" * 50_000])
def test_an_address_that_is_too_long_is_told_in_words(log_in: Enter, db: Database, address: str) -> None:
    answer = keep(log_in("swv"), "Lang", address)

    assert answer.status_code == 422
    assert "te veel keuzes om te bewaren" in answer.text
    assert views(db) == []


def test_a22_without_a_script_the_page_says_what_to_do(log_in: Enter) -> None:
    answer = keep(log_in("swv"), "Zonder script", "")

    assert answer.status_code == 422
    assert "JavaScript" in answer.text


def test_signs_in_a_query_come_back_as_they_were(log_in: Enter, db: Database) -> None:
    query = "zoek=%3Cscript%3E+%26+%C3%A9&regio=PO2401&regio=PO2402"

    answer = keep(log_in("swv"), "Tekens", f"/regio/PO2707/indicatoren?{query}#volg")

    assert views(db) == [("Tekens", f"/regio/PO2707/indicatoren?{query}")]
    assert answer.status_code == 303


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x00b", "x" * 100_000])
def test_a_name_that_cannot_be_one_is_told_and_nothing_is_lost(
    log_in: Enter, db: Database, name: str
) -> None:
    answer = keep(log_in("swv"), name)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f'name="adres" value="{ADDRESS.replace("&", "&amp;")}"' in answer.text
    assert len(answer.text) < 20_000
    assert views(db) == []


def test_a_name_is_text_and_never_markup(log_in: Enter) -> None:
    person = log_in("swv")

    page = person.get(keep(person, "<b>dik</b>").headers["Location"]).text

    assert "&lt;b&gt;dik&lt;/b&gt;" in page
    assert "<b>dik" not in page


def test_a_name_that_is_taken_becomes_a_question(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    keep(person)
    other = "/regio/PO2707/overzicht"

    asked = keep(person, "ONDERWIJS 2025", other)
    before = views(db)
    replaced = keep(person, "ONDERWIJS 2025", other, vervang="ja")

    assert asked.status_code == 409
    assert "U heeft al een weergave met de naam “Onderwijs 2025”. Wilt u die vervangen?" in asked.text
    assert f'name="adres" value="{other}"' in asked.text
    assert before == [("Onderwijs 2025", ADDRESS)]
    assert replaced.status_code == 303
    assert views(db) == [("ONDERWIJS 2025", other)]


def test_r06_a_double_click_keeps_one_view(log_in: Enter, db: Database) -> None:
    person = log_in("swv")

    assert keep(person).headers["Location"] == keep(person).headers["Location"]
    assert len(views(db)) == 1


def test_the_fifty_first_view_is_refused(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    for number in range(50):
        assert keep(person, f"Weergave {number}").status_code == 303

    answer = keep(person, "Nog een")

    assert answer.status_code == 422
    assert "U heeft al 50 weergaven" in answer.text
    assert len(views(db)) == 50


def test_s28_keeping_and_removing_need_a_token(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    number = number_of(keep(person))
    fields = {"naam": "x", "adres": ADDRESS, "weergave": str(number)}

    codes = [
        person.client.post(path, data=fields, headers=HTML).status_code
        for path in (PLACE, f"{PLACE}/verwijderen")
    ]

    assert codes == [400, 400]
    assert len(views(db)) == 1


def test_s17_a_view_of_another_cannot_be_seen_or_removed(log_in: Enter, db: Database) -> None:
    owner, person = log_in("coordinator"), log_in("swv")
    number = number_of(keep(owner, "Geheim"))

    answers = [remove(person, each) for each in (number, "0", "-1", "x", "9" * 30)]

    assert {answer.headers["Location"] for answer in answers} == {f"{PLACE}?klaar=al-verwijderd#melding"}
    assert "Geheim" not in person.get(f"{PLACE}?klaar=bewaard&weergave={number}").text
    assert views(db) == [("Geheim", ADDRESS)]


def test_a_view_is_removed_with_one_audit_row(log_in: Enter, db: Database) -> None:
    person = log_in("swv")

    answer = remove(person, number_of(keep(person)))

    assert "De weergave is verwijderd." in person.get(answer.headers["Location"]).text
    assert views(db) == []
    with db.session() as session:
        acts = select(AuditEvent.action).where(AuditEvent.actor == "swv").order_by(AuditEvent.id)
        assert session.scalars(acts).all()[-2:] == ["saved_view.add", "saved_view.delete"]


def test_a_view_of_a_region_that_is_no_longer_theirs_stands_without_a_link(
    log_in: Enter, db: Database
) -> None:
    person = log_in("coordinator")
    keep(person, "Van vroeger", "/regio/VO2708/overzicht")
    with db.transaction() as session:
        session.execute(delete(Grant).where(Grant.region_code == "VO2708"))

    page = person.get(PLACE).text

    assert "Van vroeger" in page
    assert "U heeft geen toegang meer tot deze regio." in page
    assert "VO2708" not in page
    assert world.REGIONS["VO2708"] not in page


def test_a_view_of_a_page_that_is_gone_stands_without_a_link(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    with db.transaction() as session:
        user = world.user_id(db, "swv")
        row = {"name": "Oud", "path": "/regio/PO2707/verdwenen", "query": "", "created_at": world.NOW}
        session.add(SavedView(user_id=user, **row))

    page = person.get(PLACE).text

    assert "Deze pagina bestaat niet meer." in page
    assert "verdwenen" not in page


def test_without_views_the_page_says_how_to_keep_one(log_in: Enter) -> None:
    assert "U heeft nog niets bewaard." in log_in("zonder").get(PLACE).text


def test_every_page_of_dash_can_be_kept_by_a_form_with_a_token(app: Dash, log_in: Enter) -> None:
    person = log_in("swv")
    person.get("/regio/PO2707/overzicht")
    body = callback_body(app, PAGE, {"shell-location.pathname": "/regio/PO2707/indicatoren"})

    page = person.call(body).get_json()["response"]
    form = next(each for each in find(page["shell-body"]["children"], "Form"))
    fields = {each["props"]["name"]: each["props"].get("value", "") for each in find(form, "Input")}
    token = fields["csrf_token"]

    assert (form["props"]["action"], form["props"]["method"]) == (PLACE, "post")
    assert set(fields) == {"csrf_token", "adres", "naam"}
    sent = {"csrf_token": token, "naam": "Van Dash", "adres": ADDRESS}
    assert person.client.post(PLACE, data=sent, headers=HTML).status_code == 303
    assert "Bewaarde weergaven" in text(page["shell-header"]["children"])


def test_the_account_page_counts_views_and_leads_to_them(log_in: Enter) -> None:
    person = log_in("swv")
    keep(person)

    assert f'<a href="{PLACE}">1 bewaarde weergave</a>' in person.get("/account").text
