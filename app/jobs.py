"""Background jobs in the database: asked for, claimed once, and ended in words whatever happens.

A job that runs holds a lock on a file of its own. A worker that dies lets go of it at once, so that another
one can tell a job that is being done from one that was left behind, without clocks.
"""

import fcntl
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import TooManyRequests
from app.models import DataJob, WorkerSign

MOST_ATTEMPTS = 3
MOST_PER_HOUR = 60
"""Jobs that one person may ask for: six times a year is usual, a whole set of files on one day happens."""

WORKER_SILENCE = timedelta(minutes=3)
LOCKS = "jobs"


class Kind(StrEnum):
    """What a job is about."""

    FILE = "bestand"
    FETCH = "ophalen"


class State(StrEnum):
    """How far a job is; after the first two nothing changes any more."""

    WAITING = "wacht"
    RUNNING = "bezig"
    DONE = "klaar"
    REFUSED = "geweigerd"
    FAILED = "mislukt"
    STOPPED = "gestopt"


@dataclass(frozen=True)
class Order:
    """What somebody asks for. `stored_at` is the kept upload, below the folder of uploads."""

    kind: Kind
    name: str
    stored_at: str = ""
    sha256: str = ""
    size: int = 0
    profile: str = ""
    is_reread: bool = False
    allows_older: bool = False


@dataclass(frozen=True)
class Ending:
    """How a job ended, in one sentence, with what came of it."""

    state: State
    message: str
    version_id: int | None = None
    report_id: int | None = None


def add_job(session: Session, order: Order, *, by: str, now: datetime) -> str:
    """Write an order down as a waiting job, and return its id.

    Raises:
        TooManyRequests: this person asked for too much in the last hour.
    """
    recent = select(func.count()).select_from(DataJob)
    count = session.scalar(
        recent.where(DataJob.created_by == by, DataJob.created_at > now - timedelta(hours=1))
    )
    if (count or 0) >= MOST_PER_HOUR:
        raise TooManyRequests(
            f"U bood dit uur al {MOST_PER_HOUR} bestanden aan. Probeer het over een uur opnieuw.",
            retry_after=3600,
        )
    job = DataJob(
        id=secrets.token_urlsafe(16),
        kind=order.kind,
        name=order.name,
        stored_at=order.stored_at,
        sha256=order.sha256,
        size=order.size,
        profile=order.profile,
        is_reread=order.is_reread,
        allows_older=order.allows_older,
        state=State.WAITING,
        created_at=now,
        created_by=by,
    )
    session.add(job)
    session.flush()
    return job.id


def get_job(session: Session, job_id: str) -> DataJob | None:
    """One job; None if there is none of that id."""
    return session.get(DataJob, job_id)


def list_jobs(session: Session, *, most: int) -> Sequence[DataJob]:
    """The latest jobs, the newest first."""
    return session.scalars(select(DataJob).order_by(DataJob.created_at.desc(), DataJob.id).limit(most)).all()


def list_states(session: Session, job_ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """(id, state, step) of those jobs that exist."""
    query = select(DataJob.id, DataJob.state, DataJob.step).where(DataJob.id.in_(job_ids))
    return [(job_id, state, step) for job_id, state, step in session.execute(query)]


def last_fetches(session: Session) -> dict[str, DataJob]:
    """source → the last job that fetched it."""
    query = select(DataJob).where(DataJob.kind == Kind.FETCH).order_by(DataJob.created_at)
    return {job.name: job for job in session.scalars(query)}


def claim(db: Database, job_id: str, *, now: datetime) -> DataJob | None:
    """Take a waiting job; None if it is not waiting (any more). Of many who try, one gets it."""
    with db.transaction() as session:
        taken = session.execute(
            update(DataJob)
            .where(DataJob.id == job_id, DataJob.state == State.WAITING)
            .values(
                state=State.RUNNING,
                attempts=DataJob.attempts + 1,
                started_at=now,
                seen_at=now,
                step="Begonnen",
            )
            .returning(DataJob.id)
            .execution_options(synchronize_session=False)
        ).first()
        return session.get(DataJob, job_id, populate_existing=True) if taken else None


def tell(db: Database, job_id: str, step: str, *, now: datetime) -> None:
    """Say what a running job is doing; a message that may be missed while the database is busy."""
    try:
        with db.passing_transaction() as session:
            session.execute(
                update(DataJob)
                .where(DataJob.id == job_id, DataJob.state == State.RUNNING)
                .values(step=step, seen_at=now)
            )
    except OperationalError:
        return


def finish(db: Database, job_id: str, ending: Ending, *, now: datetime) -> None:
    """Write down how a running job ended."""
    with db.transaction() as session:
        session.execute(
            update(DataJob)
            .where(DataJob.id == job_id, DataJob.state == State.RUNNING)
            .values(
                state=ending.state,
                message=ending.message,
                version_id=ending.version_id,
                report_id=ending.report_id,
                step="",
                seen_at=now,
                finished_at=now,
            )
        )


def stop_waiting(session: Session, job_id: str, *, by: str, now: datetime) -> bool:
    """Take a job back that nobody began; False if somebody did."""
    stopped = session.execute(
        update(DataJob)
        .where(DataJob.id == job_id, DataJob.state == State.WAITING)
        .values(state=State.STOPPED, message=f"Teruggetrokken door {by}.", finished_at=now)
        .returning(DataJob.id)
    ).first()
    return stopped is not None


def recover(db: Database, data_dir: Path, *, now: datetime) -> list[str]:
    """Put jobs whose worker died back in line, or end them in words; gives every job that waits."""
    with db.session() as session:
        running = session.scalars(select(DataJob.id).where(DataJob.state == State.RUNNING)).all()
    for job_id in running:
        with job_lock(data_dir, job_id) as is_mine:
            if is_mine:
                _put_back(db, job_id, now=now)
    with db.session() as session:
        waiting = select(DataJob.id).where(DataJob.state == State.WAITING).order_by(DataJob.created_at)
        return list(session.scalars(waiting))


def _put_back(db: Database, job_id: str, *, now: datetime) -> None:
    with db.transaction() as session:
        job = session.get_one(DataJob, job_id, with_for_update=True)
        if job.state != State.RUNNING:
            return
        if job.attempts < MOST_ATTEMPTS:
            job.state, job.step = State.WAITING, "Afgebroken; begint opnieuw"
            return
        job.state, job.step, job.finished_at = State.FAILED, "", now
        job.message = (
            f"Het verwerken is {MOST_ATTEMPTS} keer afgebroken. Er is niets gewijzigd. "
            "Vraag uw technisch beheerder om in het logboek van de verwerker te kijken."
        )


@contextmanager
def job_lock(data_dir: Path, job_id: str) -> Iterator[bool]:
    """Hold the job for as long as this process lives; gives False where another one holds it."""
    folder = data_dir / LOCKS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{job_id}.lock"
    with path.open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def turn(data_dir: Path) -> Iterator[None]:
    """Wait for one's turn to write figures: SQLite has one writer, and two loads at once gain nothing."""
    folder = data_dir / LOCKS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "turn").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sign_of_life(db: Database, *, now: datetime) -> None:
    """Say that a worker is there; may be missed while the database is busy."""
    try:
        with db.passing_transaction() as session:
            sign = session.get(WorkerSign, 1)
            if sign is None:
                session.add(WorkerSign(id=1, seen_at=now))
            else:
                sign.seen_at = now
    except OperationalError:
        return


def is_worker_silent(session: Session, data_dir: Path, *, now: datetime) -> bool:
    """Whether no worker gave a sign of life for minutes, and none holds a job."""
    seen = session.scalar(select(WorkerSign.seen_at).where(WorkerSign.id == 1))
    if seen is not None and seen >= now - WORKER_SILENCE:
        return False
    running = session.scalars(select(DataJob.id).where(DataJob.state == State.RUNNING)).all()
    return not any(is_held(data_dir, job_id) for job_id in running)


def is_held(data_dir: Path, job_id: str) -> bool:
    """Whether a worker is at work on a job at this moment."""
    with job_lock(data_dir, job_id) as is_mine:
        return not is_mine
