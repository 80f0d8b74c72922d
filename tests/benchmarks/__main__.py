"""Measure everything, or the parts that are named (callbacks, loading), and write docs/benchmarks*.md."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from urllib.request import urlopen

from app.access import Tab
from app.config import ROOT, Settings
from app.server import gunicorn_arguments
from tests.benchmarks import loading
from tests.benchmarks.client import Client, percentiles, time_calls
from tests.benchmarks.data import Visitor, build_database
from tests.benchmarks.first_page import FirstPage, open_first_page
from tests.benchmarks.rows import EMPTY, PAGE, cold_rows, warm_rows
from tests.servers import environment, free_port

ROUNDS, CALLS = 5, {1: 60, 16: 8}

Times = dict[tuple[str, int], list[float]]
"""(row, clients) → the seconds of every call."""


def main() -> None:
    """Build, start, measure, write."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        visitors, cells = build_database(Path(folder) / "bench.sqlite")
        with _gunicorn(settings) as (process, seconds):
            times = _measure(settings.port, visitors)
            memory = _memory(process.pid)
            first = open_first_page(settings.base_url, visitors[0].login, visitors[0].password, PAGE)
    report = _report(times, cells=cells, start=seconds, memory=memory, first=first)
    (ROOT / "docs" / "benchmarks.md").write_text(report, encoding="utf-8")
    print(report)


def _settings(folder: Path) -> Settings:
    port = free_port()
    return Settings(
        secret_key=secrets.token_urlsafe(48),
        database_url=f"sqlite:///{folder / 'bench.sqlite'}",
        base_url=f"http://127.0.0.1:{port}",
        data_dir=folder,
        port=port,
    )


@contextmanager
def _gunicorn(settings: Settings) -> "Iterator[tuple[subprocess.Popen[bytes], float]]":
    """The server with the product's own arguments, and the seconds until it answered."""
    arguments = gunicorn_arguments(replace(settings))
    arguments[0] = "tests.benchmarks.server:server"
    command = [sys.executable, "-m", "gunicorn", *arguments, "--access-logfile=/dev/null"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment(settings))
    try:
        yield process, _wait(settings.port, start)
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait(port: int, start: float) -> float:
    while time.perf_counter() - start < 60:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return time.perf_counter() - start
    raise RuntimeError("the server did not start")


def _measure(port: int, visitors: list[Visitor]) -> Times:
    """Seconds of every call; rounds are interleaved, so that drift hits all alike."""
    clients = [(_logged_in(port, each), each) for each in visitors]
    rows = {name: cycle(calls) for name, calls in (warm_rows(clients[0][0]) | cold_rows(clients[1:])).items()}
    for calls in rows.values():
        time_calls(port, calls, clients=4, number=10)
    times: Times = {}
    for _ in range(ROUNDS):
        for name, calls in rows.items():
            for together, number in CALLS.items():
                fresh = time_calls(port, calls, clients=together, number=number)
                times.setdefault((name, together), []).extend(fresh)
    return times


def _logged_in(port: int, visitor: Visitor) -> Client:
    client = Client(port)
    client.log_in(visitor.login, visitor.password, f"/regio/{visitor.regions[0]}/{Tab.INDICATORS}")
    return client


def _memory(parent: int) -> list[float]:
    """Proportional set size of each worker, in MB."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return [_pss(int(child)) for child in children]


def _pss(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _report(
    times: Times,
    *,
    cells: int,
    start: float,
    memory: list[float],
    first: FirstPage,
) -> str:
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python "
        f"{sys.version_info.major}.{sys.version_info.minor}, SQLite with {cells:,} observations (the real "
        "starter figures and generated ones).",
        f"One gunicorn with the product's own arguments; {ROUNDS} interleaved rounds. The client runs on the "
        "same machine. Only ratios travel to another one; the empty callback passes the same gate.",
        "",
        "Answers are kept (ADR 9). A plain row is the same request again, as the second officer of a region "
        "makes it; a row `koud` visits more regions in turn than a process keeps answers for, as the first "
        "officer does.",
        "",
        "| callback | clients | p50 ms | p95 ms | p50 ÷ empty | p95 ÷ empty |",
        "|---|---|---|---|---|---|",
    ]
    for (name, clients), seconds in sorted(times.items(), key=lambda item: item[0][1]):
        p50, p95 = percentiles(seconds)
        empty50, empty95 = percentiles(times[EMPTY, clients])
        lines.append(
            f"| {name} | {clients} | {p50:.1f} | {p95:.1f} | {p50 / empty50:.2f} × | {p95 / empty95:.2f} × |"
        )
    page = f"{first.transferred / 1e6:.2f} MB in {first.requests} requests"
    workers = ", ".join(f"{size:.0f} MB" for size in memory)
    lines += [
        "",
        "| what | measured |",
        "|---|---|",
        f"| start-up until the first answer | {start:.1f} s |",
        f"| memory per worker after the run (proportional) | {workers} |",
        f"| first page, bytes over the line | {page} |",
        f"| first page, until the table stands, cold cache | {first.seconds:.1f} s |",
        f"| one log-in attempt (argon2id) | {first.login_ms:.0f} ms |",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for part in sys.argv[1:] or ("callbacks", "loading"):
        {"callbacks": main, "loading": loading.main}[part]()
