"""Measure everything, or the parts that are named (see PARTS), and write docs/benchmarks*.md."""

import os
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from app.access import Tab
from app.config import ROOT
from tests.benchmarks import filling, loading, publishing
from tests.benchmarks.client import Client, time_calls
from tests.benchmarks.data import Visitor, build_database
from tests.benchmarks.first_page import open_first_page
from tests.benchmarks.painting import measure_painting
from tests.benchmarks.report import ROUNDS, Run, Times, write_report
from tests.benchmarks.rows import EMPTY, PAGE, cold_rows, warm_rows
from tests.benchmarks.serving import gunicorn, make_bench_settings

CALLS = {1: 60, 16: 8}
"""Clients at once → calls of each in a round."""


def main() -> None:
    """Build, start, measure, write."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        settings = make_bench_settings(Path(folder))
        visitors, cells = build_database(Path(folder) / "bench.sqlite")
        with gunicorn(settings) as (process, seconds):
            times = _measure(settings.port, visitors)
            memory = _memory(process.pid)
            officer = visitors[0]
            first = open_first_page(settings.base_url, officer.login, officer.password, PAGE)
            empty = warm_rows(_logged_in(settings.port, officer))[EMPTY][0].content
            painting = measure_painting(
                settings.base_url, officer.login, officer.password, region=officer.regions[0], empty=empty
            )
    report = write_report(times, Run(cells, load, seconds, memory, first, painting))
    (ROOT / "docs" / "benchmarks.md").write_text(report, encoding="utf-8")
    print(report)


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


PARTS = {"callbacks": main, "loading": loading.main, "publishing": publishing.main, "filling": filling.main}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
