"""Who may open what: strangers nothing, people their own regions, and changes count at once."""

import json
import logging
from collections.abc import Callable

import pytest
from dash import Dash
from sqlalchemy import update

from app import accounts
from app.access import Role, Viewer
from app.db import Database
from app.errors import AccessDenied
from app.models import GemeenteSwv
from app.viewers import load_viewer
from tests.integration import world
from tests.integration.canary import tells_canary
from tests.integration.standing import Standing
from tests.integration.visitor import Visitor

EVERYTHING = frozenset(world.REGIONS)

SCOPES: dict[str, frozenset[str]] = {
    "swv": frozenset({"PO2707", "GM0363", "GM0384"}),
    "gemeente": frozenset({"GM0034", "PO2401", "VO2401"}),
    "lezer": frozenset({"GM0363"}),
    "coordinator": frozenset({"PO2707", "VO2708", "GM0363", "GM0384"}),
    "data": EVERYTHING,
    "beheer": EVERYTHING,
    "zonder": frozenset(),
}
"""Login → the regions whose pages they may open."""

ODD_CODES = [
    "*",
    "XX",
    "po2707",
    "PO2707 ",
    "GM9999",
    "PO9999",
    "null",
    "%00",
    "PO2707%0a",
    "A" * 10_000,
    "['PO2707']",
]


@pytest.mark.parametrize("login", world.PEOPLE)
@pytest.mark.parametrize("page", ["overzicht", "indicatoren", "indicatoren/ll-bao"])
def test_ac4_each_role_opens_its_own_regions_and_no_other(standing: Standing, login: str, page: str) -> None:
    person = standing.person(login)

    opened = {code for code in world.REGIONS if person.get(f"/regio/{code}/{page}").status_code == 200}
    refused = {code for code in world.REGIONS if person.get(f"/regio/{code}/{page}").status_code == 403}

    assert opened == SCOPES[login]
    assert refused == EVERYTHING - SCOPES[login]


@pytest.mark.parametrize("code", ODD_CODES)
def test_ac4_what_is_no_region_is_refused_like_a_region_of_others(standing: Standing, code: str) -> None:
    person = standing.person("swv")
    words = "U heeft geen toegang tot deze pagina of gegevens."

    answer = person.get(f"/regio/{code}/overzicht")

    assert answer.status_code == 403
    assert words in answer.text
    assert words in person.get("/regio/GM0034/overzicht").text


def test_ac4_a_refusal_is_logged_once_and_short(
    log_in: Callable[[str], Visitor], caplog: pytest.LogCaptureFixture
) -> None:
    person = log_in("swv")
    caplog.clear()

    person.get("/regio/" + "A" * 10_000 + "/overzicht")

    lines = [json.loads(record.message) for record in caplog.records if record.name == "dashboard.security"]
    assert [(line["event"], line["who"]) for line in lines] == [("access_denied", "swv")]
    assert len(lines[0]["detail"]) <= 80
    assert caplog.records[0].levelno == logging.WARNING


def test_ac1_a_stranger_is_led_to_the_log_in_page_and_back(standing: Standing) -> None:
    answer = standing.stranger().get("/regio/PO2707/indicatoren?zoek=bao&jaar=2025")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/inloggen?next=/regio/PO2707/indicatoren?zoek%3Dbao%26jaar%3D2025"


@pytest.mark.parametrize("code", ["PO2707", "GM9999", "*"])
def test_ac1_a_stranger_cannot_tell_which_regions_exist(standing: Standing, code: str) -> None:
    assert standing.stranger().get(f"/regio/{code}/overzicht").status_code == 302


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", "/_dash-update-component"])
def test_ac5_a_stranger_gets_nothing_of_dashs_own(standing: Standing, path: str) -> None:
    client = standing.stranger().client

    answer = client.post(path, json={}) if path.endswith("component") else client.get(path)

    assert answer.status_code == 401
    assert set(answer.get_json()) == {"fout", "kenmerk"}


@pytest.mark.parametrize("login", world.PEOPLE)
def test_ac5_dashs_layout_is_the_same_for_everybody_and_holds_no_data(standing: Standing, login: str) -> None:
    layout = standing.person(login).get("/_dash-layout").text

    assert "Persoon" not in layout
    assert not any(code in layout for code in world.REGIONS)


@pytest.mark.parametrize("login", world.PEOPLE)
def test_ac6_a_figure_that_is_not_published_is_in_no_page(standing: Standing, login: str) -> None:
    person = standing.person(login)
    paths = [
        "/account",
        "/_dash-layout",
        "/regio/PO2707/overzicht",
        "/regio/PO2707/indicatoren",
        "/over/indicatoren",
    ]

    pages = [person.get(path).text for path in paths]

    assert not any(tells_canary(page) for page in pages)


def test_ac8_a_role_that_is_taken_away_counts_at_the_next_request(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    person = log_in("coordinator")
    before = person.get("/regio/VO2708/overzicht").status_code

    with db.transaction() as session:
        accounts.revoke(session, "coordinator", "VO2708", Role.COORDINATOR, by="test")

    assert before == 200
    assert person.get("/regio/VO2708/overzicht").status_code == 403


def test_ac8_a_role_that_is_given_counts_at_the_next_request(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    person = log_in("swv")
    before = person.get("/regio/GM0034/overzicht").status_code

    with db.transaction() as session:
        accounts.grant(session, "swv", "GM0034", Role.READER, by="test")

    assert before == 403
    assert person.get("/regio/GM0034/overzicht").status_code == 200


def test_ac8_an_account_that_is_closed_is_out_at_the_next_request(
    log_in: Callable[[str], Visitor], db: Database
) -> None:
    person = log_in("swv")

    with db.transaction() as session:
        accounts.disable_user(session, "swv", by="test")

    assert person.get("/regio/PO2707/overzicht").status_code == 302
    assert person.get("/_dash-layout").status_code == 401


@pytest.mark.parametrize(
    ("login", "home"),
    [("swv", "PO2707"), ("gemeente", "GM0034"), ("coordinator", "PO2707"), ("beheer", "NL01")],
)
def test_the_first_page_is_ones_own_region(standing: Standing, login: str, home: str) -> None:
    assert standing.person(login).get("/").headers["Location"] == f"/regio/{home}/overzicht"


def test_s44_a_fault_while_checking_a_region_shows_nothing(
    log_in: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = log_in("swv")

    def fail(_self: Viewer, _code: object) -> None:
        raise AccessDenied

    monkeypatch.setattr(Viewer, "region", fail)

    assert person.get("/regio/PO2707/overzicht").status_code == 403


def test_a_division_that_ended_gives_no_access(app: Dash, db: Database) -> None:
    with db.transaction() as session:
        session.execute(update(GemeenteSwv).values(last_year=2020))

    with db.session() as session:
        viewer = load_viewer(session, world.user_id(db, "swv"))

    assert viewer is not None
    assert viewer.related == frozenset()


def test_ac4_a_reader_of_an_swv_does_not_read_its_gemeenten(app: Dash, db: Database) -> None:
    with db.transaction() as session:
        accounts.grant(session, "gemeente", "PO2707", Role.READER, by="test")

    with db.session() as session:
        viewer = load_viewer(session, world.user_id(db, "gemeente"))

    assert viewer is not None
    assert set(viewer.grants) == {"GM0034", "PO2707"}
    assert viewer.related == {"PO2401", "VO2401"}


def test_nobody_is_no_viewer(db: Database) -> None:
    with db.session() as session:
        assert load_viewer(session, 123456) is None
