"""Headers, limits, forged requests, real error codes, and nothing told about versions."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version

import pytest
from dash import Dash
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, StatementError
from werkzeug.test import TestResponse

from app.config import Settings
from app.db import Database
from app.security import MAX_BODY_BYTES
from app.tokens import make_token
from tests.integration.standing import Standing
from tests.integration.visitor import Visitor

PATHS = [
    "/",
    "/inloggen",
    "/over",
    "/over/definities",
    "/over/indicatoren",
    "/over/indicatoren?zoek=%3Cscript%3E&thema=nergens",
    "/over/methoden",
    "/over/privacy",
    "/over/toegankelijkheid",
    "/over/contact",
    "/.well-known/security.txt",
    "/healthz",
    "/account",
    "/regio/PO2707/overzicht",
    "/regio/GM0034/overzicht",
    "/wachtwoord/oud",
    "/nergens",
    "/uitloggen",
    "/_dash-layout",
    "/_dash-dependencies",
    "/assets/10-app.css",
    "/assets/nergens.css",
    "/_dash-component-suites/dash/nergens.js",
]


def _answers(person: Visitor) -> dict[str, TestResponse]:
    """Every kind of answer, by a name: pages, files, callbacks and 400, 401, 403, 404, 405, 413."""
    answers = {path: person.get(path) for path in PATHS}
    answers["400"] = person.client.post("/_dash-update-component", data="{", content_type="application/json")
    answers["413"] = person.client.post("/account/wachtwoord", data=b"x" * (MAX_BODY_BYTES + 1))
    answers["405"] = person.client.post("/over")
    answers["trace"] = person.client.open("/over", method="TRACE")
    return answers


@pytest.mark.parametrize("login", [None, "swv"])
def test_s33_every_answer_carries_the_headers(visitor: Visitor, login: str | None) -> None:
    if login:
        visitor.log_in(login)

    for name, answer in _answers(visitor).items():
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "camera=()" in headers["Permissions-Policy"], name
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], name
        assert "Access-Control-Allow-Origin" not in headers, name


def test_s33_hsts_is_sent_when_the_base_address_is_https(
    make_app: Callable[[Settings], Dash], settings: Settings, app: Dash
) -> None:
    secure = make_secure(make_app, settings)

    answers = _answers(Visitor(secure))

    assert {answer.headers["Strict-Transport-Security"] for answer in answers.values()} == {
        "max-age=31536000; includeSubDomains"
    }
    assert "Strict-Transport-Security" not in Visitor(app).get("/over").headers


def make_secure(make_app: Callable[[Settings], Dash], settings: Settings) -> Dash:
    """The application behind https."""
    return make_app(replace(settings, base_url="https://dashboard.example.org"))


def test_s34_the_policy_allows_own_scripts_and_dashs_inline_ones_by_hash(visitor: Visitor) -> None:
    visitor.log_in("swv")
    policy = visitor.get("/regio/PO2707/overzicht").headers["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))

    assert parts["default-src"] == "'self'"
    assert parts["script-src"].startswith("'self' 'sha256-")
    assert "unsafe-inline" not in parts["script-src"]
    assert "unsafe-eval" not in policy
    assert "http:" not in policy
    assert all(hashed in parts["script-src"] for hashed in visitor.app.csp_hashes())


def test_s35_what_is_not_a_static_file_is_stored_nowhere(visitor: Visitor) -> None:
    visitor.log_in("swv")

    for name, answer in _answers(visitor).items():
        if name == "/assets/10-app.css":
            assert "no-store" not in answer.headers["Cache-Control"]
        else:
            assert answer.headers["Cache-Control"] == "no-store", name
            assert "Cookie" in answer.headers["Vary"], name


@pytest.mark.parametrize(
    "path",
    [
        "/nergens",
        "/regio/PO2707",
        "/regio/PO2707/beheer",
        "/regio//overzicht",
        "/over//definities",
        "/over/x",
        "/console",
        "/_mcp",
    ],
)
def test_s40_an_unknown_path_is_a_real_404(standing: Standing, path: str) -> None:
    answer = standing.person("swv").get(path)

    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.text


def test_s40_a_second_slash_in_front_is_a_404_too(visitor: Visitor) -> None:
    assert visitor.get("/", environ_overrides={"PATH_INFO": "//over"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/over"),
        ("PUT", "/inloggen"),
        ("DELETE", "/account"),
        ("GET", "/uitloggen"),
        ("TRACE", "/over"),
        ("CONNECT", "/over"),
        ("PROPFIND", "/"),
        ("POST", "/regio/PO2707/overzicht"),
    ],
)
def test_s40_a_wrong_method_is_a_405(standing: Standing, method: str, path: str) -> None:
    person = standing.person("swv")

    answer = person.client.open(path, method=method, headers=person.csrf())

    assert answer.status_code == 405
    assert answer.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/?__debugger__=yes", "/_reload-hash", "/_mcp", "/console", "/_favicon.ico", "/_alive_x"]
)
def test_s41_nothing_of_development_answers(standing: Standing, path: str) -> None:
    answer = standing.person("swv").get(path)

    assert answer.status_code in {302, 404}
    assert "debugger" not in answer.text.lower()


def test_s41_development_tools_stay_off_whatever_the_environment_says(
    make_app: Callable[[Settings], Dash], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "DASH_DEBUG",
        "DASH_UI",
        "DASH_HOT_RELOAD",
        "DASH_PROPS_CHECK",
        "DASH_MCP_ENABLED",
        "FLASK_DEBUG",
    ):
        monkeypatch.setenv(name, "true")

    app = make_app(settings)

    assert not app.server.debug
    assert not any(app._dev_tools[name] for name in ("ui", "hot_reload", "props_check", "prune_errors"))
    assert not any("mcp" in str(rule) for rule in app.server.url_map.iter_rules())


def test_s41_an_unknown_script_lists_no_packages(visitor: Visitor) -> None:
    for path in ("nergens/x.js", "dash/nergens.js", "dash/../setup.py", "dash/dcc/async-nergens.js.map"):
        answer = visitor.get(f"/_dash-component-suites/{path}")
        assert answer.status_code == 404
        assert "dash_core_components" not in answer.text
        assert "registered" not in answer.text.lower()


def test_s42_no_page_tells_a_version(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")
    versions = {
        version(name) for name in ("dash", "plotly", "flask", "werkzeug", "dash-bootstrap-components")
    }
    told = versions | {text.replace(".", "_") for text in versions}

    for path in (*PATHS, "/regio/PO2707/overzicht"):
        if path.startswith("/assets/"):
            continue
        page = person.get(path).text
        assert not {text for text in told if text in page}, path
        assert "python_version" not in page, path


def test_s42_scripts_are_still_found_under_their_quieter_addresses(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")
    page = person.get("/regio/PO2707/overzicht").text
    scripts = re.findall(r'src="(/_dash-component-suites/[^"]+)"', page)

    assert len(scripts) > 5
    assert {person.get(script).status_code for script in scripts} == {200}


def test_s43_a_fault_of_ours_says_a_reference_and_nothing_else(
    log_in: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person = log_in("swv")

    def fail() -> None:
        raise RuntimeError("SELECT secret FROM /work/app")

    monkeypatch.setitem(person.app.server.view_functions, "pages.home", fail)

    html = person.get("/")
    plain = person.client.get("/")

    assert html.status_code == plain.status_code == 500
    assert not any(
        word in html.text + plain.text for word in ("Traceback", "SELECT", "RuntimeError", "/work/")
    )
    assert plain.get_json()["kenmerk"] in caplog.text
    assert "SELECT secret" in caplog.text


def test_s43_the_error_page_stands_when_the_database_does_not(
    log_in: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = log_in("swv")

    def fail(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("away"))

    monkeypatch.setattr("app.auth.identity.find_session", fail)

    answer = person.get("/account")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "nu even te druk" in answer.text
    assert "SELECT" not in answer.text


def test_s43_a_statement_that_is_wrong_is_a_fault_of_ours(
    log_in: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = log_in("swv")

    def fail(*_: object) -> None:
        try:
            sqlite3.connect(":memory:").execute("SELECT 1 FROM nowhere")
        except sqlite3.OperationalError as error:
            raise OperationalError("SELECT 1", {}, error) from error

    monkeypatch.setattr("app.auth.identity.find_session", fail)

    assert person.get("/account").status_code == 500


@pytest.mark.parametrize("path", ["dcc/async-mathjax.js.map", "dash-renderer/build/dash_renderer.min.js.map"])
def test_s41_a_source_map_that_is_registered_but_not_shipped_is_not_found(
    standing: Standing, path: str
) -> None:
    assert standing.stranger().get(f"/_dash-component-suites/dash/{path}").status_code == 404


def test_s15_a_token_in_the_path_of_a_fault_is_not_logged(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(token: str) -> None:
        raise RuntimeError

    monkeypatch.setitem(visitor.app.server.view_functions, "auth.show_password_link", fail)
    token = make_token()

    answer = visitor.get(f"/wachtwoord/{token}")

    assert answer.status_code == 500
    assert token[:12] not in caplog.text
    assert "/wachtwoord/***" in caplog.text


def test_s15_a_token_in_a_path_that_is_refused_is_not_logged(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    token = make_token()

    answer = visitor.client.post(f"/wachtwoord/{token}", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert token[:12] not in caplog.text
    assert "POST /wachtwoord/***" in caplog.text


def test_s15_an_error_of_the_database_tells_no_values(db: Database) -> None:
    with pytest.raises(StatementError) as caught, db.session() as session:
        session.execute(text("SELECT :value FROM nowhere"), {"value": "geheim van iemand"})

    assert "geheim van iemand" not in str(caught.value)


def test_s37_no_answer_invites_other_origins(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")

    for path in PATHS:
        answer = person.get(path, headers={"Origin": "https://evil.example"})
        assert not any(name.startswith("Access-Control") for name, _ in answer.headers), path


def test_errors_are_pages_for_people_and_json_for_scripts(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")

    page, data = person.get("/regio/GM0034/overzicht"), person.client.get("/regio/GM0034/overzicht")

    assert page.mimetype == "text/html"
    assert "Kenmerk:" in page.text
    assert data.status_code == 403
    assert set(data.get_json()) == {"fout", "kenmerk"}


def test_the_application_is_warm_before_its_first_request(app: Dash) -> None:
    assert app._got_first_request["setup_server"]
