"""Contracts over the whole application: every route and every callback, whoever added it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from dash import Dash

from app.config import Settings
from app.db import Database
from app.factory import create_app
from tests.integration import world
from tests.integration.canary import CHOICES, publish_canary, tells_canary
from tests.integration.standing import Standing
from tests.integration.visitor import Visitor, callback_body
from tests.routes import (
    ADMIN,
    ARGUMENTS,
    BY_PERMISSION,
    CLOSED,
    LACKING,
    OF_THE_REGION,
    OPEN,
    WITHOUT_ROUND,
)

PLACE = "shell-location.pathname"
OWN = {
    "swv": "PO2707",
    "gemeente": "GM0034",
    "lezer": "GM0363",
    "coordinator": "VO2708",
    "data": "PO2401",
    "beheer": "NL01",
}
LISTED = "/ll-bao.csv"
PLACES = ("overview-content", "indicator-summary", "indicator-trend", "indicator-regions")
TELLERS = {*(f"{place}.children" for place in PLACES), ".csv", LISTED}
"""What tells the canary once it is published, to everybody who may open its region."""

OTHER = {"swv": "GM0034", "gemeente": "PO2707", "lezer": "GM0034", "coordinator": "PO2401"}
NO_CODES = ["*", "GM9999", "PO9999", "po2707", "null", "A" * 10_240, "PO2707' OR '1'='1", "..", "NL01 "]
NO_PATHS: list[object] = [
    [],
    ["/regio/PO2707/overzicht"],
    {},
    {"path": "/regio/PO2707/overzicht"},
    0,
    1.5,
    True,
    "x" * 10_240,
]


@pytest.fixture
def app(settings: Settings, small_world: None) -> Iterator[Dash]:
    """The application over the small world."""
    app = create_app(settings)
    yield app
    app.server.extensions["dashboard"].db.close()


def _rules(app: Dash) -> dict[str, set[str]]:
    """Address → methods, without those that Flask adds by itself."""
    rules: dict[str, set[str]] = {}
    for rule in app.server.url_map.iter_rules():
        rules.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return rules


def _fill_in(rule: str) -> str:
    for name, value in ARGUMENTS.items():
        for kind in ("", "int:", "string:", "path:"):
            rule = rule.replace(f"<{kind}{name}>", value)
    return rule


def _server_callbacks(app: Dash) -> list[str]:
    return [output for output, callback in app.callback_map.items() if "callback" in callback]


def _enter(app: Dash, login: str) -> Visitor:
    """Somebody who has logged in and opened a page, so that callbacks can be sent."""
    person = Visitor(app, f"192.0.2.{len(login)}")
    assert person.log_in(login).status_code == 303
    person.get(f"/regio/{OWN[login]}/overzicht")
    return person


def _codes(app: Dash, person: Visitor, values: dict[str, object]) -> dict[str, int]:
    """Output → status of the answer when these values are sent to every callback that reads the address."""
    return {
        output: person.call(callback_body(app, output, values)).status_code
        for output in _server_callbacks(app)
        if any(f"{item['id']}.{item['property']}" in values for item in _places(app, output))
    }


def _places(app: Dash, output: str) -> list[dict[str, str]]:
    callback = app.callback_map[output]
    places: list[dict[str, str]] = callback["inputs"] + callback["state"]
    return places


def _not_for(login: str) -> set[str]:
    """The callbacks that refuse somebody at the door, whatever is asked."""
    return OF_THE_REGION if login in {"data", "beheer"} else set()


def test_ac1_every_route_is_on_one_of_three_written_lists(standing: Standing) -> None:
    assert _rules(standing.app) == OPEN | CLOSED | ADMIN


@pytest.mark.parametrize("rule", [*CLOSED, *ADMIN])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT"])
def test_ac1_every_route_refuses_strangers(standing: Standing, rule: str, method: str) -> None:
    answer = standing.stranger().client.open(_fill_in(rule), method=method)

    assert answer.status_code in {302, 401, 403, 405}
    assert method not in (CLOSED | ADMIN)[rule] or answer.status_code != 405
    assert world.REGIONS["PO2707"] not in answer.text


def test_ac1_the_same_routes_answer_who_logged_in(standing: Standing) -> None:
    person = standing.person("swv")

    answers = {
        rule: person.get(_fill_in(rule)).status_code for rule, methods in CLOSED.items() if "GET" in methods
    }

    assert {rule: code for rule, code in answers.items() if code not in {200, 302}} == {
        **dict.fromkeys(LACKING, 404),
        **{rule: 403 for rule in WITHOUT_ROUND | BY_PERMISSION if "GET" in CLOSED[rule]},
    }


@pytest.mark.parametrize("login", [*OTHER, "zonder", "data", "beheer"])
def test_ac1_administration_answers_administrators_only(app: Dash, login: str) -> None:
    person = Visitor(app)
    person.log_in(login)
    person.get("/", follow_redirects=True)
    token = {"csrf_token": person.token("/account")}

    answers = {
        (rule, method): person.client.open(_fill_in(rule), method=method, data=token).status_code
        for rule, methods in ADMIN.items()
        for method in methods
    }

    refused = {place for place, code in answers.items() if code == 403}
    assert refused == (set() if login in {"data", "beheer"} else set(answers))


def test_ac2_every_callback_passes_the_gate(standing: Standing) -> None:
    without = [
        output
        for output in _server_callbacks(standing.app)
        if not getattr(standing.app.callback_map[output]["callback"], "__gated__", False)
    ]

    assert len(_server_callbacks(standing.app)) >= 3
    assert without == []


def test_ac4_every_callback_reads_the_region_from_the_address(standing: Standing) -> None:
    without = [
        output
        for output in _server_callbacks(standing.app)
        if not any(f"{item['id']}.{item['property']}" == PLACE for item in _places(standing.app, output))
    ]

    assert without == []


@pytest.mark.parametrize("login", OWN)
def test_ac4_every_callback_answers_for_ones_own_region(standing: Standing, login: str) -> None:
    person = standing.person(login)

    codes = _codes(standing.app, person, {PLACE: f"/regio/{OWN[login]}/indicatoren/ll-bao"})

    refused = {output: code for output, code in codes.items() if code not in {200, 204}}
    assert refused == dict.fromkeys(_not_for(login), 403)


@pytest.mark.parametrize("login", OTHER)
def test_ac4_no_callback_answers_for_a_region_of_others(standing: Standing, login: str) -> None:
    person = standing.person(login)

    codes = _codes(standing.app, person, {PLACE: f"/regio/{OTHER[login]}/indicatoren/ll-bao"})

    assert set(codes.values()) == {403}


@pytest.mark.parametrize("login", OWN)
def test_ac4_no_callback_takes_what_is_no_region(standing: Standing, login: str) -> None:
    person = standing.person(login)

    answers = {
        code: _codes(standing.app, person, {PLACE: f"/regio/{code}/indicatoren/ll-bao"}) for code in NO_CODES
    }

    wrong = {code: found for code, found in answers.items() if not set(found.values()) <= {400, 403, 204}}
    assert wrong == {}
    assert set(answers["*"].values()) == {403}


@pytest.mark.parametrize("login", OWN)
def test_ac4_no_callback_takes_what_is_no_path(standing: Standing, login: str) -> None:
    person = standing.person(login)

    codes = [_codes(standing.app, person, {PLACE: value}) for value in NO_PATHS]

    wrong = {output for found in codes for output, code in found.items() if code != 400}
    assert wrong == _not_for(login)


def test_ac4_an_address_without_a_page_gets_no_data(standing: Standing) -> None:
    app, person = standing.app, standing.person("swv")

    answers = [
        person.call(callback_body(app, output, {PLACE: path}))
        for output in _server_callbacks(app)
        for path in (None, "", "/", "/account", "/regio/PO2707/beheer", "/regio//overzicht")
    ]

    assert {answer.status_code for answer in answers} == {400}
    assert not any(world.REGIONS["PO2707"] in answer.text for answer in answers)


@pytest.mark.parametrize(
    "value", [[], ["2025"], {}, {"a": 1}, 1, 1.5, True, "x" * 10_240, "\N{GRINNING FACE}", "*", "' OR 1=1"]
)
def test_s20_no_argument_of_any_callback_causes_a_fault(standing: Standing, value: Any) -> None:
    app, person = standing.app, standing.person("swv")
    own = {PLACE: "/regio/PO2707/indicatoren/ll-bao"}

    codes = {
        (output, item["id"]): person.call(
            callback_body(app, output, {**own, f"{item['id']}.{item['property']}": value})
        ).status_code
        for output in _server_callbacks(app)
        for item in _places(app, output)
    }

    allowed = {200, 204, 400, 403} if isinstance(value, str) and len(value) < 100 else {400}
    assert {key: code for key, code in codes.items() if code not in allowed} == {}


def test_ac4_a_stranger_gets_nothing_of_any_callback(standing: Standing) -> None:
    codes = _codes(standing.app, standing.stranger(), {PLACE: "/regio/PO2707/indicatoren/ll-bao"})

    assert set(codes.values()) == {401}


def _tellers(app: Dash, person: Visitor) -> set[str]:
    """The callbacks and downloads that tell the canary, asked for with every choice that leads to it."""
    page = "/regio/PO2707/indicatoren"
    values: dict[str, object] = {PLACE: f"{page}/ll-bao", "indicators-jaar.value": CHOICES["jaar"]}
    values |= {f"indicator-{name}.value": value for name, value in CHOICES.items()}
    answers = {output: person.call(callback_body(app, output, values)) for output in _server_callbacks(app)}
    answers[".csv"] = person.get(f"{page}.csv?jaar={CHOICES['jaar']}")
    answers[LISTED] = person.get(f"{page}{LISTED}?{urlencode(CHOICES)}")
    assert {
        name for name, each in answers.items() if each.status_code not in {200, 204, 404}
    } <= OF_THE_REGION
    return {name for name, answer in answers.items() if tells_canary(answer.text)}


@pytest.mark.parametrize("login", ["swv", "coordinator", "data", "beheer"])
def test_ac6_no_callback_or_download_tells_a_figure_that_is_not_published(
    app: Dash, db: Database, login: str
) -> None:
    person = _enter(app, login)

    before = _tellers(app, person)
    publish_canary(db)
    after = _tellers(app, person)

    assert before == set()
    assert after >= TELLERS


@pytest.mark.parametrize("login", OTHER)
@pytest.mark.parametrize("path", ["indicatoren.csv", "indicatoren/ll-bao.csv"])
def test_ac6_downloads_of_a_region_of_others_are_refused(standing: Standing, login: str, path: str) -> None:
    person = standing.person(login)

    codes = [person.get(f"/regio/{code}/{path}").status_code for code in (OTHER[login], *NO_CODES[:5])]

    assert set(codes) <= {403, 404}
    assert codes[0] == 403


def test_s43_a_fault_in_any_callback_says_a_reference_and_nothing_else(
    app: Dash, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = _enter(app, "swv")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("SELECT secret FROM /work/app")

    monkeypatch.setattr("callbacks.gate.current_viewer", fail)
    bodies = [
        callback_body(app, output, {PLACE: "/regio/PO2707/indicatoren/ll-bao"})
        for output in _server_callbacks(app)
    ]

    answers = [person.call(body) for body in bodies]

    assert {answer.status_code for answer in answers} == {500}
    assert all(set(answer.get_json()) == {"fout", "kenmerk"} for answer in answers)
    assert not any("SELECT" in answer.text or "Traceback" in answer.text for answer in answers)


def test_s44_a_region_check_that_fails_gives_no_data(app: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    person = _enter(app, "swv")
    monkeypatch.setattr("app.access.is_code", lambda _text: False)

    codes = _codes(app, person, {PLACE: "/regio/PO2707/indicatoren/ll-bao"})

    assert set(codes.values()) == {403}
