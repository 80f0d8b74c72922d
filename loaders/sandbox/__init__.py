"""Reads a file of a stranger in a process of its own that may use little, and takes back only plain data.

The process may do everything that a hostile file could make it do; therefore it gets no secrets, and what it
answers is checked here against the types it should have. See docs/adr/0012-reading-in-a-sandbox.md.
"""

import json
import logging
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from app.config import ROOT
from app.errors import LoadRefused
from loaders.guards.refusals import MAX_NAME, plain_text
from loaders.sandbox.plain import to_plain

if TYPE_CHECKING:
    from loaders.facts import Facts
    from loaders.reference import Reference
    from loaders.tidy import Tidy

MEGABYTE = 1024 * 1024
OUT_OF_MEMORY = 3
"""The exit code of a child that met its memory limit in Python; elsewhere it dies by a signal."""

_TIME_SIGNALS = {signal.SIGALRM, signal.SIGXCPU}
_MEMORY_SIGNALS = {signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}
_LOG_TAIL = 4000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes; `cells` is the rectangle of one sheet of a workbook."""

    memory: int = 1024 * MEGABYTE
    cpu_seconds: int = 300
    wall_seconds: int = 600
    file_bytes: int = 200 * MEGABYTE
    result_bytes: int = 2048 * MEGABYTE
    cells: int = 30_000_000
    open_files: int = 64


LIMITS = Limits()
LARGE = replace(LIMITS, file_bytes=500 * MEGABYTE, cpu_seconds=1800, wall_seconds=3600)
"""For the command line, whose user may wait longer and knows the file."""


@dataclass(frozen=True)
class Parsed:
    """What a file holds: region facts, or figures in pieces that can be walked through once.

    `size` is in bytes, unpacked; `lines` are line ends; `profile` is the name of the profile that fits.
    """

    name: str
    sha256: str
    size: int
    lines: int
    profile: str
    facts: "Facts | None"
    pieces: "Iterator[Tidy]"


class Reader(Protocol):
    """The way from a file to what it says: `read_in_sandbox` with its limits, or what a test puts there."""

    def __call__(
        self, path: Path, reference: "Reference", *, chosen: str | None
    ) -> AbstractContextManager[Parsed]: ...


@contextmanager
def read_in_sandbox(
    path: Path, reference: "Reference", *, chosen: str | None = None, limits: Limits = LIMITS
) -> Iterator[Parsed]:
    """Read a file, folder or zip in a process with limits; the process has ended when this gives its answer.

    Args:
        path: the file; it is opened once, so what replaces it meanwhile is not read.
        reference: the region facts of the database.
        chosen: the name of the profile that a person chose, where more than one fits.
        limits: what it may cost.

    Raises:
        LoadRefused: the file is refused, with the reasons that the reader gave, or it costs too much.
    """
    name = plain_text(path.name, longest=MAX_NAME)
    with ExitStack() as stack:
        request, result, errors = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        with ExitStack() as opened:
            sources = _open_sources(opened, path, name, limits)
            order = {
                "name": name,
                "members": [[member, source.fileno()] for member, source in sources.items()],
                "is_folder": path.is_dir(),
                "chosen": chosen,
                "limits": asdict(limits),
                "reference": to_plain(reference),
            }
            request.write(json.dumps(order).encode())
            request.seek(0)
            code = _run(request, result, errors, list(sources.values()), limits)
        yield _answer(name, code, result, errors, limits)


def _open_sources(stack: ExitStack, path: Path, name: str, limits: Limits) -> dict[str, IO[bytes]]:
    try:
        files = [item for item in sorted(path.iterdir()) if item.is_file()] if path.is_dir() else [path]
        sources = {item.name: stack.enter_context(_open_regular(item)) for item in files}
    except OSError as error:
        raise LoadRefused(f"{name} kan niet worden gelezen: {error.strerror or error}.") from error
    size = sum(os.fstat(source.fileno()).st_size for source in sources.values())
    if not size:
        raise LoadRefused(f"{name} is leeg.")
    if size > limits.file_bytes:
        allowed = limits.file_bytes // MEGABYTE
        raise LoadRefused(f"{name} is groter dan {allowed} MB; zo groot mag een bestand niet zijn.")
    return sources


def _open_regular(path: Path) -> IO[bytes]:
    """Opened without waiting: a pipe or a device would keep us for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    source = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        source.close()
        raise OSError(0, "het is geen gewoon bestand")
    return source


def _run(
    request: IO[bytes], result: IO[bytes], errors: IO[bytes], sources: list[IO[bytes]], limits: Limits
) -> int | None:
    """The exit code of the child, or None when its time was over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "loaders.sandbox.child"],
        stdin=request,
        stdout=result,
        stderr=errors,
        pass_fds=[source.fileno() for source in sources],
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    )
    try:
        return process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            _kill_group(process)


def _environment() -> dict[str, str]:
    """No secret, no proxy, one thread: each thread of a library costs address space."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TZ") if name in os.environ}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answer(name: str, code: int | None, result: IO[bytes], errors: IO[bytes], limits: Limits) -> Parsed:
    from loaders.sandbox import wire

    if code != 0:
        log.warning("the sandbox ended with %s while it read %r: %s", code, name, _tail(errors))
        raise LoadRefused(f"{name} is geweigerd. {_cause(code)}")
    with _agreed_form(name):
        parsed = wire.read(result, limits.result_bytes)
    return replace(parsed, pieces=_checked(name, parsed.pieces))


def _checked(name: str, pieces: "Iterator[Tidy]") -> "Iterator[Tidy]":
    while True:
        with _agreed_form(name):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


@contextmanager
def _agreed_form(name: str) -> Iterator[None]:
    """What comes back must be what our own code writes; else the file took it over, or we have a bug."""
    try:
        yield
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        MemoryError,
        RecursionError,
    ) as error:
        log.exception("the answer of the sandbox about %r is not of the agreed form", name)
        raise LoadRefused(f"{name} kan niet worden gelezen en is daarom geweigerd.") from error


def _cause(code: int | None) -> str:
    if code is None or -code in _TIME_SIGNALS:
        return "Dit bestand vraagt te veel tijd om te lezen en is daarom geweigerd."
    if code == OUT_OF_MEMORY or -code in _MEMORY_SIGNALS:
        return "Dit bestand vraagt te veel geheugen om te lezen en is daarom geweigerd."
    return "Het lezen brak af: de inhoud heeft een vorm die dit dashboard niet aankan."


def _tail(errors: IO[bytes]) -> str:
    """The last words of the child on one line; they may hold text of the file."""
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _LOG_TAIL))
    return plain_text(errors.read().decode("utf-8", errors="replace"))
