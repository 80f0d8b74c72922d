"""One measurement in a process of its own, so that its peak memory is its own: prints a line of JSON.

`load <database> <file>` or `read_csv <file>`; each brings in only what it needs itself.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

Work = Callable[[], int]


def main(kind: str, *arguments: str) -> None:
    """Do the work once and tell what it cost."""
    kinds: dict[str, Callable[..., Work]] = {"load": _load, "read_csv": _read_csv}
    work = kinds[kind](*arguments)
    start, processor = time.perf_counter(), _processor_seconds()
    rows = work()
    cost = {
        "rows": rows,
        "seconds": time.perf_counter() - start,
        "processor": _processor_seconds() - processor,
        "peak_mb": _peak_mb(resource.RUSAGE_SELF),
        "reader_mb": _peak_mb(resource.RUSAGE_CHILDREN),
    }
    print(json.dumps(cost))


def _load(database: str, file: str) -> Work:
    from app.db import Database
    from loaders.ingest import LoadOptions, load_file
    from loaders.sandbox import LARGE, read_in_sandbox

    def load() -> int:
        db = Database(database)
        report = load_file(
            db, Path(file), by="bench", options=LoadOptions(read=partial(read_in_sandbox, limits=LARGE))
        )
        db.close()
        return report.observations

    return load


def _read_csv(file: str) -> Work:
    import pandas as pd

    return lambda: len(pd.read_csv(file, sep=";", decimal=",", low_memory=False))


def _processor_seconds() -> float:
    """Of this process and of those it started, in the program and in the system."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def _peak_mb(kind: int) -> float:
    """The most memory of one process so far; Linux counts in kB, macOS in bytes."""
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(kind).ru_maxrss / unit / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
