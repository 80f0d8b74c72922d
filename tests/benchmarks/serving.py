"""The server of the benchmarks, with the product's own arguments."""

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

from app.config import ROOT, Settings
from app.server import gunicorn_arguments
from tests.servers import environment, free_port


def make_bench_settings(folder: Path) -> Settings:
    """Settings of an installation on a free port with a SQLite file in the folder."""
    port = free_port()
    return Settings(
        secret_key=secrets.token_urlsafe(48),
        database_url=f"sqlite:///{folder / 'bench.sqlite'}",
        base_url=f"http://127.0.0.1:{port}",
        data_dir=folder,
        port=port,
    )


@contextmanager
def gunicorn(settings: Settings) -> "Iterator[tuple[subprocess.Popen[bytes], float]]":
    """The server, and the seconds until it answered."""
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
