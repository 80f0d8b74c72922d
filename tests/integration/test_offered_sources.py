"""Fetching from the browser: asked once, carried out by the worker, ended in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash
from sqlalchemy import select

import loaders.fetch
from app.config import Settings
from app.db import Database
from app.jobs import State
from app.models import AuditEvent, DataJob
from app.tasks import Worker
from tests.integration.visitor import Visitor
from tests.publisher import FakeClock, Publisher, Reply, publishing
from tests.samples.world import SAMPLES

PAGE = "/beheer/bronnen"


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A publisher on this machine, and time that nobody waits for."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(loaders.fetch, "SystemClock", FakeClock)
    with publishing() as running:
        yield running


@pytest.fixture
def own_settings(settings: Settings, publisher: Publisher, tmp_path: Path) -> Settings:
    """Settings in which one source has an address: the publisher's."""
    own = tmp_path / "bronnen.toml"
    entry = f'[[source]]\nname = "duo-vsv-swv"\naddress = "{publisher.address}/vsv.csv"\nlocal = true\n'
    own.write_text(entry, encoding="utf-8")
    return replace(settings, sources_file=own)


@pytest.fixture
def admin(make_app: Callable[[Settings], Dash], own_settings: Settings, invented_regions: None) -> Visitor:
    """A data administrator of that installation."""
    person = Visitor(make_app(own_settings))
    assert person.log_in("data").status_code == 303
    return person


def test_a_source_is_fetched_checked_and_staged(
    admin: Visitor, db: Database, publisher: Publisher, own_settings: Settings
) -> None:
    publisher.answer("/vsv.csv", Reply((SAMPLES / "vsv.csv").read_bytes()))

    place = admin.send(f"{PAGE}/duo-vsv-swv", form=PAGE).location
    Worker(own_settings, db).pick_up()

    assert "Staat klaar als versie" in admin.get(place).text
    assert "24 november 2026" in admin.get(PAGE).text
    with db.session() as session:
        assert "fetch" in session.scalars(select(AuditEvent.action)).all()


def test_a_failure_at_the_publisher_is_one_sentence(
    admin: Visitor, db: Database, publisher: Publisher, own_settings: Settings
) -> None:
    publisher.answer("/vsv.csv", Reply(b"<html>"))

    place = admin.send(f"{PAGE}/duo-vsv-swv", form=PAGE).location
    Worker(own_settings, db).pick_up()

    page = admin.get(place).text
    assert "Niet opgehaald, er is niets gewijzigd. De server geeft een webpagina" in page
    assert "nog niet opgehaald" in admin.get(PAGE).text


def test_what_waits_is_not_asked_for_twice(admin: Visitor, db: Database) -> None:
    first = admin.send(f"{PAGE}/duo-vsv-swv", form=PAGE)
    second = admin.send(f"{PAGE}/duo-vsv-swv", form=PAGE)

    with db.session() as session:
        states = session.scalars(select(DataJob.state)).all()
    assert (first.status_code, second.status_code) == (303, 400)
    assert states == [State.WAITING]


@pytest.mark.parametrize(
    ("name", "code"), [("duo-historie-po", 400), ("katten", 404), ("..%2f..%2fetc", 404), ("x" * 5000, 404)]
)
def test_what_has_no_address_or_is_no_source_is_refused(admin: Visitor, name: str, code: int) -> None:
    assert admin.send(f"{PAGE}/{name}", form=PAGE).status_code == code
