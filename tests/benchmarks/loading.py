"""`python -m tests.benchmarks loading`: ten million observations through the ordinary loader into SQLite.

Measured beside `pandas.read_csv` of the same file, each in a process of its own; writes
docs/benchmarks-loading.md.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import delete

from app.config import ROOT
from app.db import Database
from app.models import Publication
from app.schema import upgrade
from loaders.ingest import load_file
from loaders.publication import publish
from loaders.reference import Reference
from loaders.reference_store import load_reference
from loaders.starter import load_starter
from tests.benchmarks.long_file import write_long_file

ROWS, SHOWN_ROWS = 10_000_000, 1_000_000
"""Of the measured file, and of one with its latest years that officers see already."""

ROUNDS = 2
MOST_TIMES, MOST_MB = 20.0, 1000.0
"""What a load may cost: so many times the time of `read_csv`, and memory."""

REPORT = ROOT / "docs" / "benchmarks-loading.md"


@dataclass(frozen=True)
class Cost:
    """Of one run: seconds on the clock and of the processor, and the peak memory in MB.

    `reader_mb` is that of the largest process which the measured one started, 0 where it started none.
    """

    rows: int
    seconds: float
    processor: float
    peak_mb: float
    reader_mb: float


@dataclass(frozen=True)
class Result:
    """Every run of both on one file; sizes in bytes."""

    reads: tuple[Cost, ...]
    loads: tuple[Cost, ...]
    file_size: int
    database_size: int


def main() -> None:
    """Generate, measure, write."""
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), ROWS, SHOWN_ROWS, rounds=ROUNDS)
    report = describe(result)
    REPORT.write_text(report, encoding="utf-8")
    print(report)


def measure(folder: Path, rows: int, shown_rows: int, *, rounds: int) -> Result:
    """Cost of loads and readings in turns, so that what else the machine does hits both."""
    start, file = folder / "start.sqlite", folder / "long.csv"
    write_long_file(file, rows, build_database(start, shown_rows))
    reads, loads, size = [_run("read_csv", str(file))], list[Cost](), 0
    for number in range(rounds):
        database = folder / f"{number}.sqlite"
        shutil.copy(start, database)
        loads.append(_run("load", f"sqlite:///{database}", str(file)))
        reads.append(_run("read_csv", str(file)))
        size = database.stat().st_size
        database.unlink()
    return Result(tuple(reads), tuple(loads), file.stat().st_size, size)


def build_database(path: Path, shown_rows: int) -> Reference:
    """The real regions, and generated figures of the latest years that officers see; gives the regions."""
    db = Database(f"sqlite:///{path}")
    upgrade(db)
    with db.transaction() as session:
        load_starter(session, by="bench")
        session.execute(delete(Publication))  # beside real figures the checks refuse invented ones
    with db.session() as session:
        reference = load_reference(session)
    shown = path.with_name("shown.csv")
    write_long_file(shown, shown_rows, reference)
    report = load_file(db, shown, by="bench")
    publish(db, report.version_id or 0, by="bench", accept="gegenereerd")
    db.close()
    shown.unlink()
    return reference


def _run(*arguments: str) -> Cost:
    """What one measurement in a process of its own costs."""
    command = [sys.executable, "-m", "tests.benchmarks.loading_child", *arguments]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Cost(**json.loads(answer.stdout))


def describe(result: Result) -> str:
    """The result as a page of documentation."""
    times = _median(result.loads, "seconds") / _median(result.reads, "seconds")
    peak = max(_most(result.loads, "peak_mb"), _most(result.loads, "reader_mb"))
    lines = [
        "# Benchmark of loading",
        "",
        f"Made by `make bench` (only this part: `python -m tests.benchmarks loading`) on "
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {sys.version_info.major}."
        f"{sys.version_info.minor}.",
        "",
        f"A generated file on our own form with {result.loads[0].rows:,} observations "
        f"({result.file_size / 1e6:.0f} MB) goes through `loaders.ingest.load_file`, all checks on, into "
        "SQLite with the real regions; officers see generated figures of its latest years already. Beside it "
        'stands `pandas.read_csv` of the same file (`sep=";", decimal=",", low_memory=False`: the quickest '
        f"plain call). Each runs in a process of its own, in turns, {len(result.loads)} × and "
        f"{len(result.reads)} ×: medians of time, the most memory of any run. Only ratios travel to another "
        "machine.",
        "",
        *_table(result),
        "",
        f"Aim: at most {MOST_TIMES:.0f} × the time of read_csv: **{_verdict(times, MOST_TIMES)}**; less than "
        f"{MOST_MB:,.0f} MB in any process: **{_verdict(peak, MOST_MB)}**.",
    ]
    return "\n".join(lines) + "\n"


def _table(result: Result) -> list[str]:
    rows, reads, loads = result.loads[0].rows, result.reads, result.loads
    read, load = _median(reads, "seconds"), _median(loads, "seconds")
    read_work, load_work = _median(reads, "processor"), _median(loads, "processor")
    read_peak, load_peak = _most(reads, "peak_mb"), _most(loads, "peak_mb")
    return [
        "| what | read_csv | load | ratio |",
        "|---|---|---|---|",
        f"| time | {read:.1f} s | {load:.1f} s | {load / read:.1f} × |",
        f"| processor time | {read_work:.1f} s | {load_work:.1f} s | {load_work / read_work:.1f} × |",
        f"| rows per second | {rows / read:,.0f} | {rows / load:,.0f} | |",
        f"| peak memory | {read_peak:,.0f} MB | {load_peak:,.0f} MB | {load_peak / read_peak:.2f} × |",
        f"| peak memory of the reading process, if there is one | | {_most(loads, 'reader_mb'):,.0f} MB | |",
        f"| database afterwards | | {result.database_size / 1e6:,.0f} MB | |",
    ]


def _median(costs: tuple[Cost, ...], name: str) -> float:
    return median(getattr(cost, name) for cost in costs)


def _most(costs: tuple[Cost, ...], name: str) -> float:
    return max(getattr(cost, name) for cost in costs)


def _verdict(value: float, most: float) -> str:
    return "met" if value <= most else "not met"
