"""`python -m tests.benchmarks publishing`: readers while ten million figures are loaded and published.

Writes docs/benchmarks-publishing.md. Readers ask for the trend of one indicator after the other, so that kept
answers serve few of them; loading and publishing are processes of their own.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from sqlalchemy import func, select

from app.accounts import create_demo_accounts
from app.config import ROOT
from app.db import Database
from app.models import DataVersion
from app.regions import RegionKind
from layouts import ids
from loaders.catalogue import load_catalogue
from tests.benchmarks.client import Call, Client, body_for, percentiles, time_calls
from tests.benchmarks.loading import SHOWN_ROWS, build_database
from tests.benchmarks.long_file import write_long_file
from tests.servers import environment, make_settings, running_server

ROWS = 10_000_000
IDLE_SECONDS = 20.0
LOGIN, REGION = "demo.swv", "PO2707"
BATCH = 20
MOST_SECONDS = 1.0
"""How long a publication may hold up a reader."""

REPORT = ROOT / "docs" / "benchmarks-publishing.md"


@dataclass(frozen=True)
class Window:
    """What readers met while something went on: its length, and the seconds of every call."""

    name: str
    seconds: float
    calls: list[float]


def main() -> None:
    """Build, measure, write."""
    with tempfile.TemporaryDirectory() as folder:
        windows = _measure(Path(folder))
    report = _describe(windows)
    REPORT.write_text(report, encoding="utf-8")
    print(report)


def _measure(folder: Path) -> list[Window]:
    path, file = folder / "bench.sqlite", folder / "long.csv"
    settings = make_settings(f"sqlite:///{path}", folder)
    write_long_file(file, ROWS, build_database(path, SHOWN_ROWS))
    password = _add_accounts(settings.database_url)
    with running_server(settings):
        client = Client(settings.port)
        client.log_in(LOGIN, password, f"/regio/{REGION}/indicatoren")
        calls = cycle(_calls(client))
        start = time.monotonic()
        idle = _while(lambda: time.monotonic() - start < IDLE_SECONDS, settings.port, calls, "niets")
        load = [
            sys.executable,
            "-m",
            "tests.benchmarks.loading_child",
            "load",
            settings.database_url,
            str(file),
        ]
        loading = _during(load, environment(settings), settings.port, calls, "laden")
        version = str(_last_version(settings.database_url))
        publish = [sys.executable, "-m", "app", "publish", version, "--accept", "gegenereerd"]
        return [idle, loading, _during(publish, environment(settings), settings.port, calls, "publiceren")]


def _during(
    command: list[str], environ: dict[str, str], port: int, calls: Iterator[Call], name: str
) -> Window:
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    window = _while(lambda: process.poll() is None, port, calls, name)
    if process.returncode:
        raise RuntimeError(f"{name} ended with {process.returncode}")
    return window


def _while(goes_on: Callable[[], bool], port: int, calls: Iterator[Call], name: str) -> Window:
    start, times = time.monotonic(), list[float]()
    while goes_on():
        times += time_calls(port, calls, clients=1, number=BATCH)
    return Window(name, time.monotonic() - start, times)


def _calls(client: Client) -> list[Call]:
    values = {ids.IndicatorPage.BREAKDOWN: "totaal", ids.IndicatorPage.DIVISION: "nu"}
    return [
        Call(
            client,
            body_for(client.dependencies, ids.IndicatorPage.TREND, values | {ids.Shell.LOCATION: place}),
        )
        for indicator in load_catalogue()
        if RegionKind.SWV_PO in indicator.levels
        for place in [f"/regio/{REGION}/indicatoren/{indicator.id}"]
    ]


def _add_accounts(url: str) -> str:
    """The password of the officer who reads."""
    db = Database(url)
    with db.transaction() as session:
        made = create_demo_accounts(session, by="bench")
    db.close()
    return next(password for login, password, *_ in made if login == LOGIN)


def _last_version(url: str) -> int:
    db = Database(url)
    with db.session() as session:
        version = session.scalar(select(func.max(DataVersion.id))) or 0
    db.close()
    return version


def _describe(windows: list[Window]) -> str:
    idle = percentiles(windows[0].calls)
    lines = [
        "# Benchmark of readers during a load and a publication",
        "",
        f"Made by `make bench` (only this part: `python -m tests.benchmarks publishing`) on "
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {sys.version_info.major}."
        f"{sys.version_info.minor}, SQLite. One reader asks without pause for the trend of one indicator "
        f"after the other, while a version of {ROWS:,} figures is loaded and then published, by processes of "
        "their own.",
        "",
        "| meanwhile | seconds | calls | p50 ms | p95 ms | p95 ÷ idle | slowest ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for window in windows:
        p50, p95 = percentiles(window.calls)
        lines.append(
            f"| {window.name} | {window.seconds:.0f} | {len(window.calls):,} | {p50:.1f} | {p95:.1f} "
            f"| {p95 / idle[1]:.2f} × | {1000 * max(window.calls):.0f} |"
        )
    slowest = max(windows[-1].calls)
    verdict = "met" if slowest < MOST_SECONDS else "not met"
    lines += ["", f"Aim: a publication holds up no reader for {MOST_SECONDS:.0f} s: **{verdict}**."]
    return "\n".join(lines) + "\n"
