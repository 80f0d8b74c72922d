"""The background worker as a process of its own: no job twice, none lost, whatever is killed."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import jobs
from app.config import ROOT, Settings
from app.db import Database
from app.jobs import Kind, Order, State
from app.models import DataJob, DataVersion, Observation
from app.tasks import Worker
from app.uploads import FOLDER
from app.work_queue import WorkQueue
from tests.integration.loads import BY, count_orphans, load_here
from tests.samples.generated import write_large_files
from tests.servers import environment, running_worker

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
PATIENCE = 120


def _ask(db: Database, settings: Settings, content: bytes, name: str = "cijfers.csv") -> str:
    """A job for an uploaded file, as the web server leaves it."""
    folder = settings.data_dir / FOLDER / name
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    with db.transaction() as session:
        return jobs.add_job(session, Order(Kind.FILE, name, f"{name}/{name}"), by=BY, now=NOW)


def _wait(db: Database, job_id: str, states: set[State]) -> DataJob:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with db.session() as session:
            job = session.get_one(DataJob, job_id)
        if job.state in states:
            return job
        time.sleep(0.02)
    raise AssertionError(f"the job is still {job.state}: {job.step}")


def _cells(db: Database) -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(Observation)) or 0


def _versions(db: Database) -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(DataVersion)) or 0


@pytest.fixture(scope="module")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files of a larger invented world; the last one takes a while."""
    return write_large_files(tmp_path_factory.mktemp("groot"))


@pytest.fixture
def history(db: Database, large_files: list[Path]) -> bytes:
    """A long file with figures, in a database that knows its regions."""
    *facts, figures = large_files
    for path in facts:
        load_here(db, path)
    return figures.read_bytes()


@pytest.mark.parametrize("seconds", [0.1, 0.7, 1.2])
def test_r13_a_worker_that_is_killed_leaves_all_or_nothing_and_the_next_one_finishes(
    db: Database, settings: Settings, history: bytes, seconds: float
) -> None:
    job_id = _ask(db, settings, history)
    with running_worker(settings):
        _wait(db, job_id, {State.RUNNING, State.DONE})
        time.sleep(seconds)
    after_kill = _cells(db)

    with running_worker(settings):
        job = _wait(db, job_id, {State.DONE, State.REFUSED, State.FAILED})

    assert job.state == State.DONE
    assert after_kill in {0, _cells(db)}
    assert (_versions(db), count_orphans(db)) == (1, 0)


def test_a_job_that_is_put_while_the_worker_sleeps_is_done_soon(
    db: Database, settings: Settings, history: bytes
) -> None:
    with running_worker(settings):
        job_id = _ask(db, settings, b"geen cijfers")
        WorkQueue("", settings.data_dir).put(job_id)

        job = _wait(db, job_id, {State.REFUSED, State.FAILED, State.DONE})

    assert job.state == State.REFUSED


def test_of_many_workers_one_gets_the_job(db: Database, settings: Settings) -> None:
    job_id = _ask(db, settings, b"x")

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: jobs.claim(db, job_id, now=NOW), range(8)))

    assert sum(job is not None for job in taken) == 1


def test_a_job_that_somebody_holds_is_not_put_back(db: Database, settings: Settings) -> None:
    job_id = _ask(db, settings, b"x")
    jobs.claim(db, job_id, now=NOW)

    with jobs.job_lock(settings.data_dir, job_id) as is_mine:
        held = jobs.recover(db, settings.data_dir, now=NOW)
    left = jobs.recover(db, settings.data_dir, now=NOW)

    assert (is_mine, held, left) == (True, [], [job_id])


def test_the_worker_of_a_server_ends_with_it(settings: Settings, free: Callable[[], None]) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--with-worker"],
        cwd=ROOT,
        env=environment(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    worker = _child(server.pid, "worker")

    server.send_signal(signal.SIGKILL)
    server.wait()

    deadline = time.monotonic() + PATIENCE
    while _lives(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(worker)


@pytest.fixture
def free(db: Database) -> Callable[[], None]:
    """Only asks for a migrated database."""
    return db.close


def _lives(number: int) -> bool:
    """Whether a process does anything yet: one that nobody has buried keeps its number."""
    try:
        return "State:\tZ" not in Path(f"/proc/{number}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def _child(parent: int, word: str) -> int:
    """The number of the child process whose command holds the word."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        for child in children:
            if word in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8"):
                return int(child)
        time.sleep(0.1)
    raise AssertionError(f"there is no child {word}")


def test_the_worker_renews_groups_at_night_and_looks_around_every_minute(
    db: Database, settings: Settings
) -> None:
    queue = Worker(settings, db).make_queue()

    tasks = {task.name for task in queue.huey._registry.periodic_tasks}
    for task in queue.huey._registry.periodic_tasks:
        queue.huey.execute(task)

    assert tasks == {"look_around", "nightly"}
    with db.session() as session:
        assert not jobs.is_worker_silent(session, settings.data_dir, now=datetime.now(UTC))
