"""After a leak one command tells whose data it was: by account, by round, by upload."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.cli import main
from app.config import Settings
from app.db import Database
from app.models import AuditEvent, OwnUpload, Region, SurveyPartner
from tests.integration import survey_world
from tests.integration.submissions import TEXT, invite, open_key, send_all

Command = Callable[..., int]


@pytest.fixture
def touched(
    command: Command, filled: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """A function that runs the drill and gives what it prints; there are a round and an upload."""
    key = survey_world.key_of(settings)
    _, people = invite(filled, key, 3)
    send_all(filled, key, people[:2], open_key())
    with filled.transaction() as session:
        region = session.scalars(select(Region.id).where(Region.code == "PO2707")).one()
        at = datetime(2026, 11, 1, tzinfo=UTC)
        session.add(SurveyPartner(id="p", round_id=1, email="partner@example.org"))
        session.add(OwnUpload(region_id=region, file_name="tlv.csv", sha256="0", at=at, by="swv"))

    def run(*words: str) -> str:
        assert main(["privacy", "touched", *words]) == 0
        return capsys.readouterr().out

    return run


def test_p23_an_account_touches_what_it_could_see(touched: Callable[..., str]) -> None:
    told = touched("--account", "swv")

    assert "swv (Persoon swv)" in told
    assert "beleid_swv in PO2707 Amsterdam en Diemen" in told
    assert "upload 1" in told
    assert "ronde 1: Ronde van de test (open, PO2707 Amsterdam en Diemen)" in told
    assert "Rondes die het account kon zien:\n  geen" in touched("--account", "beheer")


def test_p23_a_round_names_organisations_and_people_and_no_answer(touched: Callable[..., str]) -> None:
    told = touched("--round", "1")

    assert "GM0363 Amsterdam" in told
    assert "swv (Persoon swv): beleid_swv in PO2707" in told
    assert "lezer (Persoon lezer): lezer in GM0363" in told
    assert "Basisschool De Brug (ib): 3 uitnodigingen" in told
    assert told.count("@example.org>") == 3
    assert "Partners aan wie is gemaild:\n  partner@example.org" in told
    assert "2 verstuurde vragenlijsten" in told
    assert "2 open antwoorden" in told
    assert TEXT not in told


def test_p23_an_upload_names_its_organisation_and_the_drill_is_written_down(
    touched: Callable[..., str], filled: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "dashboard")

    told = touched("--upload", "1")

    assert "PO2707 Amsterdam en Diemen" in told
    with filled.session() as session:
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "privacy.touched")).one()
    assert act.subject == "upload 1"
    assert "leak_listed" in caplog.text


def test_p23_what_does_not_exist_is_said(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--account", "niemand"), ("--round", "99"), ("--upload", "x"), ("--upload", "99")):
        assert main(["privacy", "touched", *words]) == 1
        assert "Er is geen" in capsys.readouterr().err
