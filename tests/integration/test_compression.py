"""Static files leave compressed, with a validator and a fitting life in caches."""

import gzip
import logging
from pathlib import Path

import pytest
from flask import Flask, Response, session
from flask.testing import FlaskClient

from app.compression import FOREVER, SHORTLY, compress_static

SCRIPT = "console.log('hallo');\n" * 200
GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def static_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "app.js").write_text(SCRIPT)
    (folder / "small.css").write_text("a{}")
    (folder / "font.woff2").write_bytes(b"wOF2" * 1000)
    return folder


@pytest.fixture
def cache_dir(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def client(static_folder: Path, cache_dir: Path) -> FlaskClient:
    server = Flask(__name__, static_folder=static_folder, static_url_path="/assets")
    server.secret_key = "invented"

    @server.get("/_dash-component-suites/dash/<path:name>")
    def suite(name: str) -> Response:
        return Response(SCRIPT, mimetype="application/javascript")

    @server.after_request
    def look_at_session(response: Response) -> Response:
        session["seen"] = True
        return response

    @server.get("/page")
    def page() -> Response:
        return Response("<p>eigen gegevens</p>" * 100, mimetype="text/html")

    compress_static(server, cache_dir)
    return server.test_client()


def test_a_script_comes_compressed_to_a_browser_that_asks(client: FlaskClient) -> None:
    response = client.get("/assets/app.js?m=17", headers=GZIP)

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert int(response.headers["Content-Length"]) == len(response.data) < len(SCRIPT) / 10
    assert gzip.decompress(response.data).decode() == SCRIPT


def test_a_session_leaves_its_mark_on_pages_and_never_on_files(client: FlaskClient) -> None:
    page = client.get("/page")
    file = client.get("/assets/app.js", headers=GZIP)

    assert page.headers["Vary"] == "Cookie"
    assert "Set-Cookie" in page.headers
    assert file.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in file.headers


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0"])
def test_a_script_comes_as_it_is_to_others(client: FlaskClient, accepted: str) -> None:
    response = client.get("/assets/app.js", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.text == SCRIPT


@pytest.mark.parametrize("name", ["small.css", "font.woff2"])
def test_what_would_not_shrink_is_left_alone(client: FlaskClient, cache_dir: Path, name: str) -> None:
    response = client.get(f"/assets/{name}", headers=GZIP)

    assert "Content-Encoding" not in response.headers
    assert not cache_dir.exists()


def test_a_page_is_never_compressed_or_cached(client: FlaskClient, cache_dir: Path) -> None:
    response = client.get("/page", headers=GZIP)

    assert "Content-Encoding" not in response.headers
    assert "Cache-Control" not in response.headers
    assert not cache_dir.exists()


def test_compression_happens_once_for_all_requests_and_workers(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/assets/app.js", headers=GZIP)
    monkeypatch.delattr("gzip.compress")

    again = client.get("/_dash-component-suites/dash/dash.js", headers=GZIP)

    assert again.headers["Content-Encoding"] == "gzip"


def test_a_changed_file_is_served_anew(client: FlaskClient, static_folder: Path) -> None:
    old = client.get("/assets/app.js", headers=GZIP)
    (static_folder / "app.js").write_text(SCRIPT.replace("hallo", "dag"))

    new = client.get("/assets/app.js", headers={**GZIP, "If-None-Match": old.headers["ETag"]})

    assert new.status_code == 200
    assert "dag" in gzip.decompress(new.data).decode()


@pytest.mark.parametrize(
    ("address", "life"),
    [
        ("/assets/app.js?m=1763942400.5", SHORTLY),
        ("/assets/app.js?m=1763942400", FOREVER),
        ("/assets/app.js", SHORTLY),
        ("/_dash-component-suites/dash/dash.v4_4_1m1763942400.min.js", FOREVER),
        ("/_dash-component-suites/dash/dash.min.js", SHORTLY),
    ],
)
def test_only_an_address_that_changes_with_its_content_is_kept_for_long(
    client: FlaskClient, address: str, life: str
) -> None:
    response = client.get(address, headers=GZIP)

    assert response.headers["Cache-Control"] == life


@pytest.mark.parametrize("headers", [GZIP, {}])
def test_a_browser_that_has_the_file_gets_304_without_body(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    etag = client.get("/assets/app.js", headers=headers).headers["ETag"]

    response = client.get("/assets/app.js", headers={**headers, "If-None-Match": etag})

    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["ETag"] == etag
    assert response.headers["Cache-Control"] == SHORTLY


def test_the_two_forms_of_a_file_have_two_validators(client: FlaskClient) -> None:
    packed = client.get("/assets/app.js", headers=GZIP)
    plain = client.get("/assets/app.js")

    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_head_tells_the_same_as_get(client: FlaskClient) -> None:
    head = client.head("/assets/app.js", headers=GZIP)
    get = client.get("/assets/app.js", headers=GZIP)

    assert head.data == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert head.headers["ETag"] == get.headers["ETag"]


def test_a_missing_file_is_not_kept_by_caches(client: FlaskClient) -> None:
    response = client.get("/assets/nowhere.js?m=1", headers=GZIP)

    assert response.status_code == 404
    assert "Cache-Control" not in response.headers


def test_without_room_for_copies_files_leave_uncompressed(
    client: FlaskClient, cache_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache_dir.write_text("a file where the folder should be")

    with caplog.at_level(logging.WARNING):
        response = client.get("/assets/app.js", headers=GZIP)

    assert response.text == SCRIPT
    assert "no compressed copies" in caplog.text


def test_a_copy_is_written_whole_or_not_at_all(
    client: FlaskClient, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    client.get("/assets/app.js", headers=GZIP)

    assert list(cache_dir.iterdir()) == []
