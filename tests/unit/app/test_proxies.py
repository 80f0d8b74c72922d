"""The address that throttle and logs see is the visitor's, and no visitor chooses it."""

import pytest
from flask import Flask, request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.proxies import install_proxies


def _seen(address: str, forwarded: str | None, trusted: tuple[str, ...] = ("127.0.0.1", "::1")) -> str:
    """The address that the application sees for a request from `address`."""
    server = Flask(__name__)
    server.add_url_rule("/", view_func=lambda: request.remote_addr or "")
    install_proxies(server, trusted)
    headers = Headers({} if forwarded is None else {"X-Forwarded-For": forwarded})
    environ = EnvironBuilder(headers=headers, environ_overrides={"REMOTE_ADDR": address}).get_environ()
    body, _, _ = run_wsgi_app(server.wsgi_app, environ)
    return b"".join(body).decode()


@pytest.mark.parametrize(
    ("address", "forwarded", "seen"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("::1", "2001:DB8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.1, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.1,192.0.2.7 ", "192.0.2.7"),
        ("127.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_s50_a_trusted_proxy_says_who_asks(address: str, forwarded: str, seen: str) -> None:
    assert _seen(address, forwarded) == seen


@pytest.mark.parametrize(
    "forwarded", [None, "", ",", "192.0.2.7,", "onzin", "192.0.2.7, onzin", "192.0.2.7:80", "x" * 8000]
)
def test_s50_what_is_no_address_leaves_the_proxys(forwarded: str | None) -> None:
    assert _seen("127.0.0.1", forwarded) == "127.0.0.1"


@pytest.mark.parametrize("address", ["198.51.100.4", "127.0.0.2", "", "onzin"])
def test_s50_nobody_else_is_believed(address: str) -> None:
    assert _seen(address, "192.0.2.7") == address


def test_s50_without_trusted_proxies_nobody_is_believed() -> None:
    assert _seen("127.0.0.1", "192.0.2.7", trusted=()) == "127.0.0.1"
