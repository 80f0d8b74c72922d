"""The real server for tests: gunicorn on a free port, started as an installation starts it."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, islice
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from app.config import ROOT, Settings

START_SECONDS = 120
PATIENCE_MS = 60_000
"""How long a browser test waits for what it asked: a busy machine is slow, and nothing is wrong."""


FIRST_PORT, PORTS_EACH, MOST_PROCESSES = 11_000, 1_000, 20
"""Below the ports that a machine hands out by chance, and above those that browsers refuse."""

_NUMBERS = count(os.getpid())


def free_port() -> int:
    """A port that nobody listens on, nor will before it is used: each process of the tests has its own."""
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST_PORT + process % MOST_PROCESSES * PORTS_EACH
    for number in islice(_NUMBERS, PORTS_EACH):
        port = first + number % PORTS_EACH
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"no port is free from {first} on")


def make_settings(database_url: str, data_dir: Path) -> Settings:
    """Settings of an installation on a free port, with a random key."""
    port = free_port()
    return Settings(
        secret_key=secrets.token_urlsafe(48),
        database_url=database_url,
        base_url=f"http://127.0.0.1:{port}",
        data_dir=data_dir,
        port=port,
        contact_name="Team dashboard",
        contact_email="dashboard@example.org",
    )


def environment(settings: Settings) -> dict[str, str]:
    """The environment that describes `settings`, with nothing of the tester's own settings in it."""
    own = {
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "BASE_URL": settings.base_url,
        "DATA_DIR": str(settings.data_dir),
        "HOST": settings.host,
        "PORT": str(settings.port),
        "WORKERS": str(settings.workers),
        "THREADS": str(settings.threads),
        "CONTACT_NAME": settings.contact_name,
        "CONTACT_EMAIL": settings.contact_email,
        "SMTP_URL": settings.smtp_url,
        "MAIL_FROM": settings.mail_from,
    }
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | own


@contextmanager
def running_server(settings: Settings) -> Iterator[str]:
    """The address of a server that answers; stopped afterwards. Its output is `server.log` in data_dir."""
    log = settings.data_dir / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"],
            cwd=ROOT,
            env=environment(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(process, settings)
        yield settings.base_url
    finally:
        process.send_signal(signal.SIGQUIT)  # gunicorn stops at once, without waiting for kept connections
        process.wait(timeout=40)


def _wait(process: "subprocess.Popen[bytes]", settings: Settings) -> None:
    address = f"http://127.0.0.1:{settings.port}/inloggen"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(HTTPError, OSError), urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    words = (settings.data_dir / "server.log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"the server did not start:\n{words[-3000:]}")


@contextmanager
def running_worker(settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    """The background worker as a process of its own, for as long as the block lasts; then it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "worker"],
        cwd=ROOT,
        env=environment(settings),
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
