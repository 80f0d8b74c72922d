"""docs/benchmarks.md from what was measured."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.benchmarks.client import percentiles
from tests.benchmarks.first_page import FirstPage
from tests.benchmarks.painting import Painting
from tests.benchmarks.rows import EMPTY

ROUNDS = 5

Times = dict[tuple[str, int], list[float]]
"""(row, clients) → the seconds of every call."""


@dataclass(frozen=True)
class Run:
    """The circumstances and what was measured once: observations, load of the machine before, seconds, MB."""

    cells: int
    load: float
    start: float
    memory: list[float]
    first: FirstPage
    painting: Painting


def write_report(times: Times, run: Run) -> str:
    """The whole page."""
    return "\n".join([*_introduction(run), *_callbacks(times), *_others(run)]) + "\n"


def _introduction(run: Run) -> list[str]:
    return [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores (load before it "
        f"{run.load:.1f}), Python {sys.version_info.major}.{sys.version_info.minor}, SQLite with "
        f"{run.cells:,} observations (the real starter figures and generated ones).",
        f"One gunicorn with the product's own arguments; {ROUNDS} interleaved rounds. The client runs on the "
        "same machine. Only ratios travel to another one; the empty callback passes the same gate. Other "
        "work on the machine makes the long rows look longer than they are, in ratio too.",
        "",
        "Answers are kept (ADR 9). A plain row is the same request again, as the second officer of a region "
        "makes it; a row `koud` visits more regions in turn than a process keeps answers for, as the first "
        "officer does.",
        "",
    ]


def _callbacks(times: Times) -> Iterator[str]:
    yield "| callback | clients | p50 ms | p95 ms | p50 ÷ empty | p95 ÷ empty |"
    yield "|---|---|---|---|---|---|"
    for (name, clients), seconds in sorted(times.items(), key=lambda item: item[0][1]):
        p50, p95 = percentiles(seconds)
        empty50, empty95 = percentiles(times[EMPTY, clients])
        ratios = f"{p50 / empty50:.2f} × | {p95 / empty95:.2f} ×"
        yield f"| {name} | {clients} | {p50:.1f} | {p95:.1f} | {ratios} |"


def _others(run: Run) -> list[str]:
    page = f"{run.first.transferred / 1e6:.2f} MB in {run.first.requests} requests"
    painted, asked = run.painting.chart_ms, run.painting.empty_ms
    ratio = f"{painted:.0f} ms, {painted / asked:.1f} × the empty callback in the same page ({asked:.0f} ms)"
    workers = ", ".join(f"{size:.0f} MB" for size in run.memory)
    return [
        "",
        "| what | measured |",
        "|---|---|",
        f"| start-up until the first answer | {run.start:.1f} s |",
        f"| memory per worker after the run (proportional) | {workers} |",
        f"| first page, bytes over the line | {page} |",
        f"| first page, until the table stands, cold cache | {run.first.seconds:.1f} s |",
        f"| from a filter to the painted chart in Chromium, median | {ratio} |",
        f"| another period on the map of tiles, over the line | {run.painting.map_bytes / 1000:.1f} kB |",
        f"| one log-in attempt (argon2id) | {run.first.login_ms:.0f} ms |",
    ]
