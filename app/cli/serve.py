"""`serve`: refuse in one sentence what cannot work, then become gunicorn."""

import argparse
import errno
import os
import socket
import subprocess
import sys
from contextlib import closing
from typing import Any

from app.config import ROOT, Settings
from app.db import Database
from app.errors import StartUpError
from app.schema import check_schema
from app.server import gunicorn_arguments
from app.vendor import PUBLIC


def register(subparsers: Any) -> None:
    """Add `serve`."""
    parser = subparsers.add_parser("serve", help="het dashboard starten")
    parser.add_argument("--with-worker", action="store_true", help="ook de verwerker van bestanden starten")
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    settings = Settings.from_environment()
    _check_assets()
    _check_database(settings)
    check_port(settings.host, settings.port)
    if options.with_worker:
        _start_worker()
    print(f"Het dashboard staat op {settings.base_url} (stoppen met Ctrl+C).", flush=True)
    command = [sys.executable, "-m", "gunicorn", *gunicorn_arguments(settings)]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted


def _start_worker() -> None:
    """A worker that ends with this process: gunicorn keeps its number, so it stays the parent."""
    subprocess.Popen(  # noqa: S603 - our own program, with a number
        [sys.executable, "-m", "app", "worker", "--with-parent", str(os.getpid())],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )


def _check_assets() -> None:
    missing = [name for name in PUBLIC if not (ROOT / "assets" / "vendor" / name).is_file()]
    if missing:
        raise StartUpError(f"In assets/vendor ontbreekt {missing[0]}: voer `python -m app setup` uit.")


def _check_database(settings: Settings) -> None:
    with closing(Database(settings.database_url)) as db:
        check_schema(db)


def check_port(host: str, port: int) -> None:
    """Nothing, if we could listen there.

    Raises:
        StartUpError: another program does, or the machine does not allow it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = "is al in gebruik: stop het andere programma of kies een andere PORT"
        else:
            words = f"is niet te gebruiken ({error.strerror}): kies een andere HOST of PORT"
        raise StartUpError(f"Poort {port} op {host} {words}.") from error
