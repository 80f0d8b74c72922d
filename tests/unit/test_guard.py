"""The doors that tests/unit/conftest.py closes are closed."""

import socket

import pytest
from sqlalchemy import text

from app.db import Database


def test_a_unit_test_cannot_open_a_connection() -> None:
    with socket.socket() as client, pytest.raises(AssertionError, match="integration test"):
        client.connect(("127.0.0.1", 9))


def test_a_unit_test_cannot_query_a_database() -> None:
    db = Database("sqlite://")

    with db.session() as session, pytest.raises(AssertionError, match="integration test"):
        session.execute(text("SELECT 1"))
