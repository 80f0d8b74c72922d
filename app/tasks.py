"""What the background worker does: reads uploads, fetches sources, and picks up what was left behind."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app import jobs
from app.config import Settings
from app.db import Database
from app.errors import DashboardError, LoadRefused
from app.jobs import Ending, Kind, State
from app.models import DataJob
from app.rights.erasures import copy_out
from app.uploads import discard, path_of
from app.work_queue import WorkQueue
from loaders.catalogue import load_catalogue
from loaders.ingest import LoadOptions, LoadReport, load_file
from loaders.own_figures.groups import renew_groups
from loaders.reports import FileRefused
from survey.closing import close_past
from survey.mail.sending import Sender, send_due
from survey.reading import load_questionnaires
from survey.results import make_missing
from survey.results.standing import cut_blocks
from survey.retention import erase_what_is_old
from survey.shuffling import shuffle_rounds

UPLOADS_KEPT = timedelta(days=90)
"""How long the file of a refused or failed job stays, so that it can be read again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Worker:
    """One background worker."""

    settings: Settings
    db: Database

    def make_queue(self) -> WorkQueue:
        """The queue that this worker serves."""
        queue = WorkQueue(self.settings.queue_url, self.settings.data_dir, self.run)

        def look_around() -> None:
            jobs.sign_of_life(self.db, now=utc_now())
            self.clean_up()
            self.copy_erasures()
            self.tend_rounds()
            self.pick_up()

        queue.every_minute(look_around)
        queue.every_night(self.keep_house)
        return queue

    def keep_house(self) -> None:
        """What is done every night, each apart: one that fails stops none of the others."""
        for do in (self.renew_groups, self.erase_what_is_old, self.shuffle_answers):
            try:
                do()
            except Exception:
                log.exception("nightly work failed: %s", do.__name__)

    def copy_erasures(self) -> None:
        """Keep the file of erasures up to date; a full disk stops no file from being read."""
        try:
            copy_out(self.db, self.settings.data_dir)
        except OSError:
            log.exception("the file of erasures could not be written")

    def erase_what_is_old(self) -> None:
        """Erase what was kept long enough of questionnaires."""
        erase_what_is_old(self.db, by="verwerker", now=utc_now())

    def shuffle_answers(self) -> None:
        """Write sent answers anew, so that their place and number tell nothing."""
        shuffle_rounds(self.db, now=utc_now())

    def tend_rounds(self) -> None:
        """Close rounds of questionnaires past their last day, make their outcomes, and send mail that is due.

        Each apart: what goes wrong is told in the log and tried again in a minute.
        """
        for do in (self.close_rounds, self.make_outcomes, self.send_mail):
            try:
                do()
            except Exception:
                log.exception("the rounds of questionnaires could not be tended: %s", do.__name__)

    def close_rounds(self) -> None:
        """Close the rounds that are past their last day."""
        close_past(self.db, now=utc_now())

    def make_outcomes(self) -> None:
        """Make the outcomes of closed rounds that have none, and let those stand beside each other."""
        make_missing(self.db, now=utc_now())
        with self.db.transaction() as session:
            cut_blocks(session, now=utc_now())

    def send_mail(self) -> None:
        """Send the mail that is due."""
        send_due(Sender(self.db, self.settings, load_questionnaires(), utc_now()))

    def renew_groups(self) -> None:
        """Renew the values of groups of own figures where the rules allow it; twice a night does no harm."""
        renew_groups(self.db, load_catalogue(), by="verwerker", now=utc_now())

    def pick_up(self) -> None:
        """Do every job that waits, those of workers that died included."""
        for job_id in jobs.recover(self.db, self.settings.data_dir, now=utc_now()):
            self.run(job_id)

    def run(self, job_id: str) -> None:
        """Do one job, unless another worker has it or it is no longer waiting; it ends in words."""
        data_dir = self.settings.data_dir
        with jobs.job_lock(data_dir, job_id) as is_mine:
            job = jobs.claim(self.db, job_id, now=utc_now()) if is_mine else None
            if job is None:
                return
            jobs.sign_of_life(self.db, now=utc_now())
            jobs.tell(self.db, job_id, "Wacht op een ander bestand", now=utc_now())
            with jobs.turn(data_dir):
                ending = self._end(job)
            jobs.finish(self.db, job_id, ending, now=utc_now())
            if ending.state is State.DONE:
                discard(data_dir, job.stored_at)

    def _end(self, job: DataJob) -> Ending:
        """Carry the job out; whatever goes wrong becomes an ending."""
        try:
            return DOERS[Kind(job.kind)](self, job)
        except FileRefused as refusal:
            return Ending(State.REFUSED, str(refusal), report_id=refusal.report_id)
        except DashboardError as error:
            return Ending(State.REFUSED, str(error))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("job %s failed (%s)", job.id, reference)
            return Ending(
                State.FAILED,
                "Het verwerken is door een fout bij ons niet gelukt. Er is niets gewijzigd. "
                f"Probeer het opnieuw; noem kenmerk {reference} als u contact opneemt.",
            )

    def read_file(self, job: DataJob) -> Ending:
        """Read an uploaded file into a staged version."""
        path = path_of(self.settings.data_dir, job.stored_at)
        return self._load(job, path)

    def fetch(self, job: DataJob) -> Ending:
        """Fetch a source and read what came."""
        from loaders.fetch import FetchFailed, fetch_source  # the only way to the network
        from loaders.sources import load_sources

        source = load_sources(self.settings.sources_file).get(job.name)
        if source is None:
            raise LoadRefused(f"{job.name} is geen bron (meer).")
        jobs.tell(self.db, job.id, f"Ophalen bij {source.publisher}", now=utc_now())
        try:
            fetched = fetch_source(source, self.settings.data_dir, self.settings.user_agent)
        except FetchFailed as failure:
            raise LoadRefused(f"Niet opgehaald, er is niets gewijzigd. {failure}") from failure
        return self._load(job, fetched.path)

    def _load(self, job: DataJob, path: Path) -> Ending:
        options = LoadOptions(
            allows_older=job.allows_older,
            again=job.is_reread,
            chosen=job.profile or None,
            tell=lambda step: jobs.tell(self.db, job.id, step, now=utc_now()),
        )
        return _ending(load_file(self.db, path, by=job.created_by, options=options))

    def clean_up(self) -> None:
        """Throw away uploads that nobody read again in time."""
        data_dir, before = self.settings.data_dir, utc_now() - UPLOADS_KEPT
        with self.db.session() as session:
            old = session.scalars(
                select(DataJob.stored_at).where(DataJob.stored_at != "", DataJob.finished_at < before)
            ).all()
        for stored_at in old:
            discard(data_dir, stored_at)


DOERS: dict[Kind, Callable[[Worker, DataJob], Ending]] = {
    Kind.FILE: Worker.read_file,
    Kind.FETCH: Worker.fetch,
}


def _ending(report: LoadReport) -> Ending:
    if not report.is_new:
        known = f" als versie {report.version_id}" if report.version_id else ""
        words = f"Dit bestand is al eerder gelezen{known}. Er is niets gewijzigd."
    elif report.version_id is None:
        words = "Verwerkt als gegevens over regio's. Ze gelden voor alles wat u hierna laadt."
    else:
        words = f"Staat klaar als versie {report.version_id}. Gebruikers zien ze pas als u publiceert."
    return Ending(State.DONE, words, report.version_id, report.report_id)


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)
