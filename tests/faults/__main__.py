"""Break loads and questionnaires on purpose, many times, and write docs/reliability.md: `make faults`.

Two numbers change how often: kills of loads, and kills while respondents fill in.
"""

import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from app import jobs
from app.config import ROOT, Settings
from app.db import Database
from app.jobs import Kind, Order, State
from app.models import DataJob, DataVersion, Observation
from app.uploads import FOLDER
from tests.databases import PostgresFactory, SqliteFactory
from tests.faults import filling
from tests.integration import world
from tests.integration.loads import BY, count_orphans, load_here
from tests.samples.generated import write_large_files
from tests.servers import make_settings, running_worker

KILLS = 50
FILLING_KILLS = 1000
CLIENTS = 6
LONGEST = 3.0
SEED = 20261129
PATIENCE = 600


def main(number: int, filling_number: int) -> None:
    """Kill workers on both kinds of database, and write down what was left."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = write_large_files(folder)
        factories: dict[str, SqliteFactory | PostgresFactory] = {
            "SQLite": SqliteFactory(folder),
            "PostgreSQL": stack.enter_context(PostgresFactory.started(folder / "pg")),
        }
        for factory in factories.values():
            with factory.fresh(migrated=True):
                pass  # alembic migrates one database at a time; copies may be made together
        with ThreadPoolExecutor(len(factories)) as pool:
            kills = partial(_kill_workers, files=files, folder=folder, number=number)
            counts = pool.map(kills, [factory.fresh for factory in factories.values()])
            found = dict(zip(factories, counts, strict=True))
        filled = {name: _kill_filling(factory, folder, filling_number) for name, factory in factories.items()}
    words = _report(found, number) + _filling_report(filled, filling_number)
    (ROOT / "docs" / "reliability.md").write_text(words, encoding="utf-8")


Fresh = Callable[..., AbstractContextManager[str]]


def _kill_workers(fresh: Fresh, files: list[Path], folder: Path, number: int) -> Counter[str]:
    """How loads stood after each kill, and how each ended after the next start."""
    moments, seen = random.Random(SEED), Counter[str]()  # noqa: S311 - moments, not secrets
    for _ in range(number):
        with fresh(migrated=True) as url:
            data_dir = Path(tempfile.mkdtemp(dir=folder))
            settings = make_settings(url, data_dir)
            db = Database(url)
            try:
                seen.update(_kill_once(db, settings, files, moments.uniform(0, LONGEST)))
            finally:
                db.close()
    return seen


def _kill_once(db: Database, settings: Settings, files: list[Path], seconds: float) -> Iterator[str]:
    *facts, figures = files
    for path in facts:
        load_here(db, path)
    job_id = _ask(db, settings, figures.read_bytes())
    with running_worker(settings) as worker:
        _wait(db, job_id, {State.RUNNING, State.DONE})
        time.sleep(seconds)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    after = _state(db)
    yield f"after the kill: {'nothing' if after == (0, 0, 0) else 'whole' if after[0] == 1 else 'IN PART'}"
    with running_worker(settings):
        job = _wait(db, job_id, {State.DONE, State.REFUSED, State.FAILED})
    versions, cells, orphans = _state(db)
    is_same = after[1] in (0, cells)
    is_whole = (job.state, versions, orphans) == (State.DONE, 1, 0) and cells > 0 and is_same
    yield f"after a new start: {'whole, one version' if is_whole else 'WRONG'}"


def _kill_filling(factory: SqliteFactory | PostgresFactory, folder: Path, number: int) -> Counter[str]:
    """What was left of respondents who filled in while workers were killed."""
    with factory.fresh(migrated=True) as url:
        settings = make_settings(url, Path(tempfile.mkdtemp(dir=folder)))
        db = Database(url)
        world.fill(db)
        tokens = filling.make_tokens(db, settings, 15 * number)
        db.close()
        journeys = filling.kill_while_filling(settings, tokens, kills=number, clients=CLIENTS)
        found = filling.verdict(db, settings, journeys)
        db.close()
    return found


def _ask(db: Database, settings: Settings, content: bytes) -> str:
    folder = settings.data_dir / FOLDER / "f"
    folder.mkdir(parents=True)
    (folder / "cijfers.csv").write_bytes(content)
    with db.transaction() as session:
        order = Order(Kind.FILE, "cijfers.csv", "f/cijfers.csv")
        return jobs.add_job(session, order, by=BY, now=datetime.now(UTC))


def _state(db: Database) -> tuple[int, int, int]:
    """(versions, observations, rows that belong to nothing)."""
    with db.session() as session:
        versions = session.scalar(select(func.count()).select_from(DataVersion)) or 0
        cells = session.scalar(select(func.count()).select_from(Observation)) or 0
    return versions, cells, count_orphans(db)


def _wait(db: Database, job_id: str, states: set[State]) -> DataJob:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with db.session() as session:
            job = session.get_one(DataJob, job_id)
        if job.state in states:
            return job
        time.sleep(0.01)
    raise RuntimeError(f"the job is still {job.state}")


def _report(found: dict[str, Counter[str]], number: int) -> str:
    lines = [
        "# Reliability",
        "",
        f"Made by `make faults` on {datetime.now(UTC):%Y-%m-%d}. On each kind of database a worker "
        f"is killed with SIGKILL {number} times while it loads a file, at a random moment up to "
        f"{LONGEST:.0f} seconds after it began; then a new worker is started and must finish the job.",
        "",
        "| database | what was found | times |",
        "|---|---|---|",
    ]
    for database, counts in found.items():
        lines += [f"| {database} | {what} | {times} |" for what, times in sorted(counts.items())]
    return "\n".join(lines) + "\n"


def _filling_report(found: dict[str, Counter[str]], number: int) -> str:
    lines = [
        "",
        "## Questionnaires",
        "",
        f"{CLIENTS} respondents at a time begin, save in five steps and send, and repeat what gets no "
        f"answer, while workers are killed with SIGKILL {number} times on each kind of database. Afterwards "
        "every answer that was confirmed must stand with a response, once, under the code that was given "
        "out; no draft may be left beside it, and the counters must agree.",
        "",
        "| database | what was found | respondents |",
        "|---|---|---|",
    ]
    for database, counts in found.items():
        lines += [f"| {database} | {what} | {times} |" for what, times in sorted(counts.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:3]]
    main(*given, *(KILLS, FILLING_KILLS)[len(given) :])
