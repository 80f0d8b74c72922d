"""From a file to a staged version: read, checked and written in one transaction, or refused with a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.db import Database
from app.errors import LoadRefused
from loaders.checks import Check, Checker, Finding, Level, Report, check_tidy, from_problem, make_report
from loaders.comparison import load_context
from loaders.contents import stage_contents
from loaders.fact_store import store_facts
from loaders.facts import Facts
from loaders.files import Problem
from loaders.held import SliceChecks
from loaders.profiles import Profile, get_profile
from loaders.publication import renew_edition
from loaders.reference import Reference
from loaders.reference_store import load_reference
from loaders.refused_files import hash_file, keep_file
from loaders.reports import Attempt, FileRefused, store_report
from loaders.sandbox import Parsed, Reader, read_in_sandbox
from loaders.source_files import find_earlier, record_file
from loaders.staging import Staging, stage
from loaders.tidy import Tidy


@dataclass(frozen=True)
class LoadOptions:
    """What a person may choose at a load.

    `allows_older` lets provisional figures replace final ones, `again` loads a known file once more, `chosen`
    names the profile where more than one fits, `rejected` is the folder that keeps refused files (None: they
    are not kept), `today` is the day that is today (None: really today), `read` opens a stranger's file,
    `tell` hears what is being done.
    """

    allows_older: bool = False
    again: bool = False
    chosen: str | None = None
    rejected: Path | None = None
    today: date | None = None
    read: Reader = read_in_sandbox
    tell: Callable[[str], None] = lambda _step: None


@dataclass(frozen=True)
class LoadReport:
    """What a load did. `version_id` is None for region facts, which hold from then on for every next load."""

    file: str
    profile: str
    version_id: int | None
    observations: int = 0
    problems: tuple[Problem, ...] = ()
    is_new: bool = True
    report_id: int | None = None


class _Stopped(LoadRefused):
    """The checks refused a file; carries their whole report, passes and warnings included."""

    def __init__(self, file: str, profile: str, report: Report) -> None:
        stops = report.of(Level.STOP)
        words = "1 bevinding houdt" if len(stops) == 1 else f"{len(stops)} bevindingen houden"
        super().__init__(f"{file}: {words} het laden tegen.", stops)
        self.profile = profile
        self.report = report


_DEFAULTS = LoadOptions()


def load_file(db: Database, path: Path, *, by: str, options: LoadOptions = _DEFAULTS) -> LoadReport:
    """Read one file, folder or zip into a new staged version; a file that was loaded before changes nothing.

    A known file is loaded anew when region facts came in since: its figures may have other places now.

    Raises:
        LoadRefused: the file cannot be read, is not recognised, or holds anything wrong. No figure is
            kept; the report is, and the file itself where `options.rejected` says so.
    """
    try:
        return _load(db, path, by=by, options=options)
    except LoadRefused as refusal:
        raise _write_down(db, path, refusal, by=by, folder=options.rejected) from refusal


def _load(db: Database, path: Path, *, by: str, options: LoadOptions) -> LoadReport:
    with db.session() as session:
        reference = load_reference(session)
    options.tell("Het bestand wordt gelezen")
    with options.read(path, reference, chosen=options.chosen) as parsed:
        load = _Load(db, get_profile(parsed.profile), parsed, reference, by, options)
        try:
            return load.run()
        except IntegrityError:
            if earlier := load.earlier():  # somebody loaded it while we were reading
                return earlier
            raise


@dataclass(frozen=True)
class _Load:
    """One file on its way into the database."""

    db: Database
    profile: Profile
    parsed: Parsed
    reference: Reference
    by: str
    options: LoadOptions

    def run(self) -> LoadReport:
        """Store what the file says, unless it would change nothing."""
        if not self.options.again and (earlier := self.earlier()):
            return earlier
        if self.parsed.facts is not None:
            return self.of_facts(self.parsed.facts)
        start = [piece for _, piece in zip(range(2), self.parsed.pieces, strict=False)]
        return self.of_one(start[0]) if len(start) == 1 else self.of_many(chain(start, self.parsed.pieces))

    def earlier(self) -> LoadReport | None:
        """What an earlier load of the file did, if this one would do the same."""
        with self.db.session() as session:
            return self._earlier(session)

    def _earlier(self, session: Session) -> LoadReport | None:
        found = find_earlier(session, self.parsed, self.profile)
        if found is None:
            return None
        return LoadReport(self.parsed.name, self.profile.title, found.version_id, is_new=False)

    def of_facts(self, facts: Facts) -> LoadReport:
        """Store region facts; they hold from now on."""
        with self.db.transaction() as session:
            if not self.options.again and (earlier := self._earlier(session)):
                return earlier
            problems = store_facts(session, self.profile.name, facts)
            renew_edition(session)
            source = record_file(session, self.parsed, self.profile, by=self.by)
            source.loaded_at, source.loaded_by = datetime.now(UTC), self.by
            report = make_report([from_problem(problem, self.parsed.name) for problem in problems], {})
            report_id = store_report(session, self._attempt, report)
            audit.record(session, by=self.by, action="load", subject="regiogegevens", detail=self.parsed.name)
        return LoadReport(
            self.parsed.name, self.profile.title, None, problems=tuple(problems), report_id=report_id
        )

    def of_one(self, tidy: Tidy) -> LoadReport:
        """Check in memory, then write: what is refused never held up another writer."""
        self.options.tell("De cijfers worden gecontroleerd")
        with self.db.session() as session:
            context = load_context(
                session, self.reference, self._today, allows_older=self.options.allows_older
            )
            report = check_tidy(tidy, context, self.parsed.name)
        if report.is_refused:
            raise _Stopped(self.parsed.name, self.profile.name, report)
        self.options.tell("De cijfers worden opgeslagen")
        with self.db.transaction() as session:
            if not self.options.again and (earlier := self._earlier(session)):
                return earlier  # somebody loaded it while we were reading
            source = record_file(session, self.parsed, self.profile, by=self.by)
            version = stage(session, [(source, tidy)], by=self.by)
            return self._finish(session, version, report, tidy.problems)

    def of_many(self, pieces: Iterator[Tidy]) -> LoadReport:
        """Write and check by piece; slices when they are whole, from memory or else from the database."""
        problems: list[Problem] = []
        self.options.tell("De cijfers worden gecontroleerd en opgeslagen")
        with self.db.transaction() as session:
            context = load_context(
                session, self.reference, self._today, allows_older=self.options.allows_older
            )
            checker, staging = Checker(context), Staging(session, by=self.by)
            slices = SliceChecks(checker)
            source = record_file(session, self.parsed, self.profile, by=self.by)
            for tidy in pieces:
                problems += tidy.problems
                checker.add_problems(tidy.problems, self.parsed.name)
                checker.add_part(tidy.observations, tidy.statuses, tidy.division)
                if not checker.has_stopped:
                    staging.add(source, tidy)
                    slices.add(tidy.observations)
            if not checker.has_stopped:
                slices.finish(staging.slices)
            report = checker.report()
            if report.is_refused:
                raise _Stopped(self.parsed.name, self.profile.name, report)
            return self._finish(session, staging.version_id, report, tuple(problems))

    @property
    def _attempt(self) -> Attempt:
        return Attempt(self.parsed.name, self.parsed.sha256, self.parsed.size, self.profile.name, self.by)

    @property
    def _today(self) -> date:
        return self.options.today or datetime.now(UTC).date()

    def _finish(
        self, session: Session, version: int, report: Report, problems: tuple[Problem, ...]
    ) -> LoadReport:
        report_id = store_report(session, self._attempt, report, version_id=version)
        stage_contents(session, version)
        audit.record(session, by=self.by, action="load", subject=f"versie {version}", detail=self.parsed.name)
        return LoadReport(
            self.parsed.name,
            self.profile.title,
            version,
            report.counts["cijfers"],
            problems,
            report_id=report_id,
        )


def _write_down(
    db: Database, path: Path, refusal: LoadRefused, *, by: str, folder: Path | None
) -> LoadRefused:
    """Keep the file and the report of its refusal, in a transaction of its own."""
    try:
        sha256, size = hash_file(path)
        kept_at = keep_file(path, sha256, folder) if folder is not None and sha256 else ""
    except OSError:
        return refusal
    if not sha256:
        return refusal
    stopped = refusal if isinstance(refusal, _Stopped) else None
    attempt = Attempt(path.name, sha256, size, stopped.profile if stopped else "", by)
    report = stopped.report if stopped else _report_of(refusal, path.name)
    with db.transaction() as session:
        report_id = store_report(session, attempt, report, reason=str(refusal), kept_at=kept_at)
    return FileRefused(str(refusal), refusal.problems, report_id)


def _report_of(refusal: LoadRefused, file: str) -> Report:
    """The report of a file that did not get as far as the checks."""
    findings = [
        from_problem(problem, file) if isinstance(problem, Problem) else problem
        for problem in refusal.problems
        if isinstance(problem, Problem | Finding)
    ]
    return make_report(findings or [Finding(Level.STOP, Check.READING, str(refusal))], {})
