"""`python -m app fetch`: from a publisher to a staged version, in plain Dutch."""

import io
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import loaders.fetch
from app.cli import main
from app.config import ROOT, Settings
from app.db import Database
from loaders.ingest import load_file
from tests.integration.fetch.answers import leftovers
from tests.integration.loads import count_rows, load_regions
from tests.publisher import FakeClock, Handler, Publisher, Reply, publish_v4
from tests.samples.world import SAMPLES
from tests.servers import environment

SHARED = ROOT.parent / "shared" / "data"
REGION_FACTS = (
    "cbs/03759ned/codes-RegioS.json",
    "regions/BWBR0032324_2015-04-23.md",
    "duo/02.-alle-schoolvestigingen-basisonderwijs.csv",
    "duo/alle-vestigingen-vo.csv",
    "duo/scholen20241122.geo.zip",
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def surroundings(
    settings: Settings, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The environment of an installation whose sources lie at the test's publisher."""
    own = tmp_path / "bronnen.toml"
    own.write_text(_SOURCES.replace("HIER", publisher.address), encoding="utf-8")
    values = environment(settings) | {"SOURCES_FILE": str(own), "no_proxy": "*"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(loaders.fetch, "SystemClock", FakeClock)
    return values


_SOURCES = """
[[source]]
name = "bevolking"
v4_address = "HIER/v4"
v3_address = ""
keep = {}
local = true

[[source]]
name = "duo-vsv-swv"
address = "HIER/vsv.csv"
local = true

[[source]]
name = "laag-inkomen-csv"
title = "Laag inkomen"
publisher = "CBS"
kind = "file"
address = "HIER/csv/CBS/nl/85678NED"
file_name = "85678NED.zip"
local = true
"""


@pytest.fixture
def run(surroundings: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs `fetch`: exit code, output, errors."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["fetch", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def regions(invented_regions: None) -> None:
    """The database knows the invented regions."""


def _count_versions(db: Database) -> int:
    return count_rows(db)["data_version"]


def test_a_table_becomes_a_staged_version(
    run: Run, publisher: Publisher, regions: None, db: Database
) -> None:
    publish_v4(publisher, SAMPLES / "bevolking-v4")

    code, output, _ = run("bevolking")

    assert code == 0
    assert output.startswith("Opgehaald en bewaard in ")
    assert "03759ned staat klaar als versie 1:" in output
    assert _count_versions(db) == 1


def test_nothing_new_is_said_and_nothing_is_staged(
    run: Run, publisher: Publisher, regions: None, db: Database
) -> None:
    publish_v4(publisher, SAMPLES / "bevolking-v4")
    run("bevolking")

    code, output, _ = run("bevolking")

    assert code == 0
    assert output.splitlines() == [
        "Niets nieuws bij CBS: bevolking is gelijk aan wat op 24-11-2026 13:00 is opgehaald.",
        "03759ned is al eerder geladen als versie 1; er is niets gewijzigd.",
    ]
    assert _count_versions(db) == 1


def test_what_was_refused_is_tried_again_from_the_earlier_answer(
    run: Run, publisher: Publisher, db: Database
) -> None:
    publisher.answer("/vsv.csv", Reply((SAMPLES / "vsv.csv").read_bytes()))
    refused, first, _ = run("duo-vsv-swv")
    load_regions(db)

    code, output, _ = run("duo-vsv-swv")

    assert (refused, code) == (1, 0)
    assert "Laad eerst" in first
    assert output.startswith("Niets nieuws bij DUO")
    assert "vsv.csv staat klaar als versie 1" in output


@pytest.mark.skipif(not SHARED.is_dir(), reason="the publishers' files (../shared/data) are not here")
def test_a_real_csv_bundle_goes_from_its_address_to_a_version(
    run: Run, publisher: Publisher, regions: None
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((SHARED / "cbs" / "v4-csv-bundle").iterdir()):
            archive.write(path, path.name)
    publisher.answer("/csv/CBS/nl/85678NED", Reply(packed.getvalue()))

    code, output, _ = run("laag-inkomen-csv")

    assert code == 0
    assert "85678NED.zip staat klaar als versie 1" in output


@pytest.mark.skipif(not SHARED.is_dir(), reason="the publishers' files (../shared/data) are not here")
def test_the_real_population_goes_from_its_pages_to_a_version(
    run: Run, publisher: Publisher, db: Database
) -> None:
    for name in REGION_FACTS:
        load_file(db, SHARED / name, by="tester")
    publish_v4(publisher, SHARED / "cbs" / "03759ned")

    code, output, _ = run("bevolking")

    assert code == 0
    assert re.search(r"03759ned staat klaar als versie 1: \d{4} cijfers", output)


def test_a_failure_is_one_sentence_and_exit_code_1(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    publisher.answer("/vsv.csv", Reply(b"<html>"))

    assert run("duo-vsv-swv") == (
        1,
        "Niet opgehaald, er is niets gewijzigd. De server geeft een webpagina in plaats van het bestand. "
        "Klopt het adres nog?\n",
        "",
    )


def test_an_unknown_source_is_refused(run: Run) -> None:
    code, output, errors = run("katten")

    assert (code, output) == (1, "")
    assert errors == "'katten' is geen bron. Alle bronnen: python -m app fetch --list\n"


def test_without_tables_nothing_is_asked(
    run: Run, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'leeg.sqlite'}")

    code, _, errors = run("bevolking")

    assert code == 1
    assert "python -m app setup" in errors
    assert publisher.asked == []


def test_the_list_says_what_has_an_address(run: Run, publisher: Publisher) -> None:
    code, output, _ = run("--list")

    lines = {line.split()[0]: line for line in output.splitlines()}
    assert code == 0
    assert "03759ned" in lines["bevolking"]
    assert "adres bekend" in lines["duo-vsv-swv"]
    assert "adres ontbreekt" in lines["duo-historie-po"]
    assert publisher.asked == []


def _stall(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + b"x" * 1000)
    handler.wfile.flush()
    handler.publisher.stalled.set()
    handler.publisher.ended.wait(180)


def test_a_killed_command_leaves_nothing_that_counts(
    run: Run, surroundings: dict[str, str], publisher: Publisher, regions: None, tmp_path: Path
) -> None:
    publisher.answer("/vsv.csv", _stall, Reply((SAMPLES / "vsv.csv").read_bytes()))
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "fetch", "duo-vsv-swv"], cwd=ROOT, env=surroundings
    )

    stalled = publisher.stalled.wait(120)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    half = leftovers(tmp_path)
    code, output, _ = run("duo-vsv-swv")

    assert stalled
    assert [name.startswith(".half-") for name in half] == [True]
    assert code == 0
    assert "staat klaar als versie 1" in output
    assert [name[:1].isdigit() for name in leftovers(tmp_path)] == [True]  # named after its moment


def test_two_at_once_do_not_get_in_each_others_way(
    run: Run, surroundings: dict[str, str], publisher: Publisher, tmp_path: Path
) -> None:
    publisher.answer("/vsv.csv", _stall)
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "fetch", "duo-vsv-swv"], cwd=ROOT, env=surroundings
    )

    stalled = publisher.stalled.wait(120)
    code, output, _ = run("duo-vsv-swv")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert stalled
    assert code == 1
    assert "wordt op dit moment al opgehaald" in output
