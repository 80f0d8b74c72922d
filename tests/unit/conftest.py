"""Unit tests reach neither a database nor the network: whoever tries fails with the reason."""

from typing import Any, NoReturn

import pytest


@pytest.fixture(autouse=True)
def no_outside_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Close the doors: sockets, and SQLAlchemy's engines."""

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError(
            "a unit test reaches neither a database nor the network; make it an integration test"
        )

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    monkeypatch.setattr("sqlalchemy.engine.Engine.connect", refuse)
    monkeypatch.setattr("sqlalchemy.engine.Engine.raw_connection", refuse)
