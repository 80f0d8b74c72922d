"""The process that reads one file and then ends: `python -m loaders.sandbox.child`, by loaders.sandbox only.

Standard input is the order, standard output the answer; both are files.
"""

import json
import os
import resource
import signal
import sys
import traceback
from contextlib import suppress
from typing import IO, Any

from app.errors import LoadRefused
from loaders.files import Bundle
from loaders.guards import open_bundle
from loaders.guards.refusals import refusal
from loaders.sandbox import OUT_OF_MEMORY, Limits
from loaders.sandbox.plain import from_plain
from loaders.sandbox.refused import write_refusal

_FAILED = 4
_GRACE_SECONDS = 5


def main() -> int:
    """Read, answer, and give the exit code."""
    result = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not print into the answer
    try:
        _work(result)
        result.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001 - a panic in a compiled reader is no Exception
        traceback.print_exc()
        return _FAILED
    return 0


def _work(result: IO[bytes]) -> None:
    order = json.load(sys.stdin.buffer)
    limits = Limits(**order["limits"])
    confine(limits)
    try:
        contents = {member: _read_once(member, descriptor) for member, descriptor in order["members"]}
        bundle = open_bundle(order["name"], contents, is_folder=order["is_folder"], max_cells=limits.cells)
        _parse(result, bundle, order)
    except LoadRefused as refused:
        write_refusal(result, refused)


def _parse(result: IO[bytes], bundle: Bundle, order: dict[str, Any]) -> None:
    """The costly part; the modules that it needs come in only now, under the limits and after the guards."""
    from loaders.reference import Reference
    from loaders.sandbox import wire
    from loaders.sandbox.parsing import parse

    reference = from_plain(Reference, order["reference"])
    wire.write_parsed(result, parse(bundle, reference, chosen=order["chosen"]))


def confine(limits: Limits) -> None:
    """Give up for ever what reading a file does not need. What the system does not know is left as it is."""
    os.nice(10)
    signal.alarm(limits.wall_seconds + _GRACE_SECONDS)  # should the parent be gone
    wanted = {
        "RLIMIT_AS": (limits.memory, limits.memory),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_CPU": (limits.cpu_seconds, limits.cpu_seconds + _GRACE_SECONDS),
        "RLIMIT_FSIZE": (limits.result_bytes, limits.result_bytes),
        "RLIMIT_NOFILE": (limits.open_files, limits.open_files),
        "RLIMIT_NPROC": (0, 0),
    }
    for name, pair in wanted.items():
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), pair)


def _read_once(name: str, descriptor: int) -> bytes:
    """The whole of a file that the parent opened."""
    with os.fdopen(descriptor, "rb") as source:
        before = os.fstat(descriptor)
        content = source.read()
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise refusal(name, "Dit bestand veranderde terwijl het werd gelezen. Probeer het opnieuw.")
    return content


if __name__ == "__main__":
    sys.exit(main())
