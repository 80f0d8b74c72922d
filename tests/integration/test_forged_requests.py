"""Requests that no page of ours sends: from other sites, without a token, too large, or in no known shape."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash

from app.config import Settings
from tests.integration import world
from tests.integration.standing import Standing
from tests.integration.visitor import Visitor

CROSS_SITE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://["},
    {"Origin": "http://localhost:port"},
    {"Origin": "http://"},
    {"Origin": ""},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:81"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_s36_a_post_from_another_site_is_refused_even_with_the_token(
    standing: Standing, headers: dict[str, str]
) -> None:
    form = {"gebruikersnaam": "swv", "wachtwoord": world.PASSWORD}

    answer = standing.stranger().send("/inloggen", form, **headers)

    assert answer.status_code == 403
    assert "andere website" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "HTTP://LOCALHOST:80"},
    ],
)
def test_s36_a_post_from_our_own_page_passes(visitor: Visitor, headers: dict[str, str]) -> None:
    form = {"gebruikersnaam": "swv", "wachtwoord": world.PASSWORD}

    assert visitor.send("/inloggen", form, **headers).status_code == 303


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://dashboard.example.org", 400),
        ("https://dashboard.example.org:443", 400),
        ("http://dashboard.example.org", 403),
        ("https://dashboard.example.org:444", 403),
    ],
)
def test_s36_the_scheme_of_a_page_counts_whatever_the_proxy_says(
    make_app: Callable[[Settings], Dash], settings: Settings, origin: str, status: int
) -> None:
    client = make_app(replace(settings, base_url="https://dashboard.example.org")).server.test_client()

    answer = client.post(
        "/inloggen",
        base_url="http://dashboard.example.org",
        headers={"Origin": origin, "Accept": "text/html"},
    )

    assert answer.status_code == status  # 400: past this check, and then without a token


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.2", "[::2]", "a b", "localhost:x", ""]
)
def test_s10_another_name_than_ours_is_refused_with_ours(
    visitor: Visitor, settings: Settings, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visitor.get("/inloggen", headers={"Host": host})

    assert answer.status_code == 400
    assert settings.base_url in answer.text
    assert "request_refused" in caplog.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8050", "[::1]:8050", "LOCALHOST"])
def test_on_ones_own_machine_every_name_of_it_is_ours(standing: Standing, host: str) -> None:
    assert standing.stranger().get("/inloggen", headers={"Host": host}).status_code == 200


def test_who_listens_everywhere_without_a_name_answers_to_any(
    make_app: Callable[[Settings], Dash], settings: Settings
) -> None:
    app = make_app(replace(settings, base_url="http://0.0.0.0:8050"))

    assert Visitor(app).get("/inloggen", headers={"Host": "10.0.0.4:8050"}).status_code == 200


def test_a_load_balancer_may_ask_for_health_by_our_number(standing: Standing) -> None:
    assert standing.stranger().get("/healthz", headers={"Host": "10.0.0.4:8050"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/inloggen", "/uitloggen", "/wachtwoord/x", "/account/wachtwoord", "/account/sessies"]
)
@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_s36_a_form_without_its_token_is_refused(standing: Standing, path: str, token: str) -> None:
    person = standing.person("swv")

    answer = person.client.post(path, data={"csrf_token": token}, headers={"Accept": "text/html"})

    assert answer.status_code == 400
    assert "formulier is verlopen" in answer.text
    assert person.get("/account").status_code == 200


def test_s36_a_token_of_another_session_is_refused(standing: Standing) -> None:
    person, other = standing.person("swv"), standing.person("gemeente")

    answer = person.client.post("/uitloggen", data={"csrf_token": other.token("/account")})

    assert answer.status_code == 400


def test_s36_a_callback_needs_the_token_that_a_page_handed_out(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")
    without = person.client.post("/_dash-update-component", json={})

    person.get("/regio/PO2707/overzicht")
    with_token = person.call({})

    assert "formulier is verlopen" in without.get_json()["fout"]
    assert "kan niet worden gelezen" in with_token.get_json()["fout"]


def test_s36_who_is_no_longer_logged_in_hears_that_first(standing: Standing) -> None:
    answer = standing.stranger().client.post("/_dash-update-component", json={})

    assert answer.status_code == 401
    assert "niet (meer) ingelogd" in answer.get_json()["fout"]


BODIES: list[Any] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"NaN",
    b"\xff\xfe",
    b"[" * 60_000,
    b"9" * 60_000,
    b'{"output": "a", "output": "b"}',
    b'{"output": NaN}',
    b'{"output": "nergens.children", "inputs": [], "state": []}',
    b'{"output": {"a": 1}}',
    b'{"output": "\\ud800"}',
    json.dumps({"output": "x" * 70_000}).encode(),
]


@pytest.mark.parametrize("body", BODIES)
def test_s48_a_callback_body_in_no_known_shape_is_refused(standing: Standing, body: bytes) -> None:
    person = standing.person("swv")
    person.get("/regio/PO2707/overzicht")

    answer = person.client.post(
        "/_dash-update-component", data=body, content_type="application/json", headers=person.csrf()
    )

    assert answer.status_code == 400
    assert set(answer.get_json()) == {"fout", "kenmerk"}


def test_s48_a_body_of_another_type_is_refused(standing: Standing) -> None:
    person = standing.person("swv")
    person.get("/regio/PO2707/overzicht")

    answer = person.client.post("/_dash-update-component", data={"output": "a"}, headers=person.csrf())

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/_dash-update-component", "/account/wachtwoord", "/inloggen"])
def test_s48_twenty_megabytes_are_too_much(standing: Standing, path: str) -> None:
    person = standing.person("swv")

    answer = person.client.post(path, data=b"x" * 20_000_000, content_type="application/json")

    assert answer.status_code == 413
