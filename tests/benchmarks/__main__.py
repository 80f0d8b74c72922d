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
from pathlib import Path
from urllib.request import urlopen

from app.config import ROOT, Settings
from app.server import gunicorn_arguments
from tests.benchmarks import loading
from tests.benchmarks.client import Body, Client, body_for, percentiles, time_calls
from tests.benchmarks.data import EMPTY_INPUT, EMPTY_OUTPUT, build_database
from tests.benchmarks.first_page import FirstPage, open_first_page
from tests.servers import environment, free_port

REGION, INDICATOR, OTHER = "PO2707", "deel-sbo-pct", "bench-007"
ROUNDS, CALLS = 5, {1: 60, 16: 8}
PAGE = f"/regio/{REGION}/indicatoren"


def main() -> None:
    """Build, start, measure, write."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        login, password, cells = build_database(Path(folder) / "bench.sqlite")
        with _gunicorn(settings) as (process, seconds):
            client = Client(settings.port)
            client.log_in(login, password, PAGE)
            times = _measure(client)
            memory = _memory(process.pid)
            first = open_first_page(settings.base_url, login, password, PAGE)
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


def _bodies(client: Client) -> dict[str, Body]:
    listed = client.dependencies()
    own = {
        "shell-location": f"{PAGE}/{INDICATOR}",
        "indicator-jaar": "2025",
        "indicator-uitsplitsing": "totaal",
    }
    generated = own | {"shell-location": f"{PAGE}/{OTHER}"}
    table = {"shell-location": PAGE}
    return {
        "leeg": body_for(listed, EMPTY_OUTPUT, {EMPTY_INPUT: "x"}),
        "figuur: verloop, echte cijfers": body_for(listed, "indicator-trend", own),
        "figuur: verloop, gegenereerd": body_for(listed, "indicator-trend", generated),
        "zinnen van een indicator": body_for(listed, "indicator-summary", own),
        "76 regio's gesorteerd, figuur en tabel": body_for(listed, "indicator-regions", own),
        "tabel van alle 114 indicatoren": body_for(listed, "indicators-table", table),
        "overzicht met tegels": body_for(
            listed, "overview-content", {"shell-location": f"/regio/{REGION}/overzicht"}
        ),
    }


def _measure(client: Client) -> dict[tuple[str, int], list[float]]:
    """(callback, clients) → seconds of every call; rounds are interleaved, so that drift hits all alike."""
    bodies = _bodies(client)
    for body in bodies.values():
        time_calls(client, body, clients=4, calls=10)
    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(ROUNDS):
        for name, body in bodies.items():
            for clients, calls in CALLS.items():
                fresh = time_calls(client, body, clients=clients, calls=calls)
                times.setdefault((name, clients), []).extend(fresh)
    return times


def _memory(parent: int) -> list[float]:
    """Proportional set size of each worker, in MB."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return [_pss(int(child)) for child in children]


def _pss(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _report(
    times: dict[tuple[str, int], list[float]],
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
        "| callback | clients | p50 ms | p95 ms | p50 ÷ empty | p95 ÷ empty |",
        "|---|---|---|---|---|---|",
    ]
    for (name, clients), seconds in sorted(times.items(), key=lambda item: item[0][1]):
        p50, p95 = percentiles(seconds)
        empty50, empty95 = percentiles(times["leeg", clients])
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
