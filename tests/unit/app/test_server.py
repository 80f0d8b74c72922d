"""gunicorn reads our arguments as the safe settings that they are meant to be."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from app.config import Settings
from app.server import DiscreetLogger, gunicorn_arguments

SETTINGS = Settings(
    secret_key="x" * 48,
    database_url="sqlite:///x",
    base_url="http://127.0.0.1:8050",
    data_dir=Path("var"),
    workers=3,
    threads=5,
)


def _read(arguments: list[str]) -> Config:
    config = Config()
    options = vars(config.parser().parse_args(arguments))
    for name, value in options.items():
        if value is not None and name in config.settings:
            config.set(name, value)
    return config


@pytest.fixture
def config() -> Config:
    return _read(gunicorn_arguments(SETTINGS))


def test_several_threaded_workers_listen_where_the_settings_say(config: Config) -> None:
    assert config.worker_class_str == "gthread"
    assert (config.workers, config.threads) == (3, 5)
    assert config.bind == ["127.0.0.1:8050"]


def test_an_ipv6_address_is_written_in_brackets() -> None:
    config = _read(gunicorn_arguments(replace(SETTINGS, host="::1")))

    assert config.bind == ["[::1]:8050"]


def test_nothing_of_the_server_can_be_steered_from_outside(config: Config) -> None:
    assert config.control_socket_disable is True
    assert config.reload is False
    assert config.forwarded_allow_ips == ["127.0.0.1", "::1"]
    assert config.forwarder_headers == []
    assert config.proxy_protocol == "off"


def test_s50_the_settings_say_which_proxies_are_believed() -> None:
    config = _read(gunicorn_arguments(replace(SETTINGS, trusted_proxies=("10.0.0.1",))))
    without = _read(gunicorn_arguments(replace(SETTINGS, trusted_proxies=())))

    assert config.forwarded_allow_ips == ["10.0.0.1"]
    assert without.forwarded_allow_ips == []


def test_requests_and_workers_have_limits(config: Config) -> None:
    assert 0 < config.limit_request_line <= 4094
    assert 0 < config.limit_request_fields <= 100
    assert 0 < config.limit_request_field_size <= 8190
    assert 0 < config.timeout <= 120
    assert 0 < config.graceful_timeout <= 60
    assert config.max_requests > 0
    assert config.max_requests_jitter > 0


def test_connections_of_browsers_are_kept(config: Config) -> None:
    assert config.keepalive == 75
    assert config.reuse_port is True


def test_the_access_log_never_holds_a_query_referer_or_cookie(config: Config) -> None:
    assert not any(atom in config.access_log_format for atom in ("%(r)s", "%(q)s", "%(f)s", "{", "%(a)s"))


def test_the_logger_uses_the_discreet_path(config: Config) -> None:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/a?b=c",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": "/a\nb",
    }
    response = SimpleNamespace(status="200 OK", headers=[], sent=1)
    request = SimpleNamespace(headers=[])

    atoms = DiscreetLogger(config).atoms(response, request, environ, timedelta(seconds=1))

    assert atoms["U"] == "/a%0Ab"
