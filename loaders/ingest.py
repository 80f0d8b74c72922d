"""From a file to a staged version: read, checked and written in one transaction, or refused with a report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.db import Database
from app.errors import LoadRefused
from app.models import DataVersion, Slice, SourceFile
from loaders.checks import Check, Checker, Finding, Level, Report, check_tidy, from_problem, make_report
from loaders.comparison import load_context
from loaders.files import Bundle, Problem, read_path
from loaders.held import SliceChecks
from loaders.profiles import PROFILES, Profile, check_needs, find_profile
from loaders.publication import renew_edition
from loaders.reference import Reference, load_reference
from loaders.refused_files import hash_file, keep_file
from loaders.reports import Attempt, FileRefused, store_report
from loaders.staging import Staging, stage
from loaders.tidy import Tidy
from loaders.versions import VersionRow, list_versions

__all__ = [
    "LoadOptions",
    "LoadReport",
    "VersionRow",
    "list_versions",
    "load_file",
    "stage",
    "starter_source",
]


@dataclass(frozen=True)
class LoadOptions:
    """What a person may choose at a load.

    `allows_older` lets provisional figures replace final ones, `again` loads a known file once more, `chosen`
    names the profile where more than one fits, `rejected` is the folder that keeps refused files (None: they
    are not kept), `today` is the day that is today (None: really today).
    """

    allows_older: bool = False
    again: bool = False
    chosen: str | None = None
    rejected: Path | None = None
    today: date | None = None


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
    bundle = read_path(path)
    profile = find_profile(bundle, options.chosen)
    with db.session() as session:
        known = _known(session, bundle, profile)
        if known and not options.again:
            return known
        reference = load_reference(session)
    check_needs(profile, reference)
    try:
        if profile.store is not None:
            return _store_facts(db, profile, bundle, by=by, again=options.again)
        return _load_figures(db, profile, bundle, reference, by=by, options=options)
    except IntegrityError:
        with db.session() as session:
            if known := _known(session, bundle, profile):  # somebody loaded it while we were reading
                return known
        raise


def read_figures(profile: Profile, bundle: Bundle, reference: Reference) -> Iterator[Tidy]:
    """The one place where a stranger's file becomes figures, in one piece or several."""
    return profile.read_chunks(bundle, reference)


def _load_figures(
    db: Database,
    profile: Profile,
    bundle: Bundle,
    reference: Reference,
    *,
    by: str,
    options: LoadOptions,
) -> LoadReport:
    pieces = read_figures(profile, bundle, reference)
    start = [piece for _, piece in zip(range(2), pieces, strict=False)]
    load = _Load(db, profile, bundle, reference, by, options)
    return load.of_one(start[0]) if len(start) == 1 else load.of_many(chain(start, pieces))


@dataclass(frozen=True)
class _Load:
    """One file on its way into the database."""

    db: Database
    profile: Profile
    bundle: Bundle
    reference: Reference
    by: str
    options: LoadOptions

    def of_one(self, tidy: Tidy) -> LoadReport:
        """Check in memory, then write: what is refused never held up another writer."""
        with self.db.session() as session:
            context = load_context(
                session, self.reference, self._today, allows_older=self.options.allows_older
            )
            report = check_tidy(tidy, context, self.bundle.name)
        if report.is_refused:
            raise _Stopped(self.bundle.name, self.profile.name, report)
        with self.db.transaction() as session:
            if not self.options.again and (known := _known(session, self.bundle, self.profile)):
                return known  # somebody loaded it while we were reading
            source = _source(session, self.bundle, self.profile, by=self.by)
            version = stage(session, [(source, tidy)], by=self.by)
            return self._finish(session, version, report, tidy.problems)

    def of_many(self, pieces: Iterator[Tidy]) -> LoadReport:
        """Write and check by piece; slices when they are whole, from memory or else from the database."""
        problems: list[Problem] = []
        with self.db.transaction() as session:
            context = load_context(
                session, self.reference, self._today, allows_older=self.options.allows_older
            )
            checker, staging = Checker(context), Staging(session, by=self.by)
            slices = SliceChecks(checker)
            source = _source(session, self.bundle, self.profile, by=self.by)
            for tidy in pieces:
                problems += tidy.problems
                checker.add_problems(tidy.problems, self.bundle.name)
                checker.add_part(tidy.observations, tidy.statuses, tidy.division)
                if not checker.has_stopped:
                    staging.add(source, tidy)
                    slices.add(tidy.observations)
            if not checker.has_stopped:
                slices.finish(staging.slices)
            report = checker.report()
            if report.is_refused:
                raise _Stopped(self.bundle.name, self.profile.name, report)
            return self._finish(session, staging.version_id, report, tuple(problems))

    @property
    def _today(self) -> date:
        return self.options.today or datetime.now(UTC).date()

    def _finish(
        self, session: Session, version: int, report: Report, problems: tuple[Problem, ...]
    ) -> LoadReport:
        report_id = store_report(
            session, _attempt(self.bundle, self.profile, by=self.by), report, version_id=version
        )
        audit.record(session, by=self.by, action="load", subject=f"versie {version}", detail=self.bundle.name)
        return LoadReport(
            self.bundle.name,
            self.profile.title,
            version,
            report.counts["cijfers"],
            problems,
            report_id=report_id,
        )


def _known(session: Session, bundle: Bundle, profile: Profile) -> LoadReport | None:
    """What an earlier load of the file did, if loading it again would do the same."""
    source = _find_source(session, bundle, profile)
    if source is None:
        return None
    if profile.store is not None:
        return (
            LoadReport(bundle.name, profile.title, None, is_new=False) if _is_last(session, source) else None
        )
    query = (
        select(DataVersion.id, DataVersion.created_at)
        .join(Slice, Slice.version_id == DataVersion.id)
        .where(Slice.source_file_id == source.id)
        .order_by(DataVersion.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None or (profile.needs and row[1] < _facts_since(session)):
        return None
    return LoadReport(bundle.name, profile.title, row[0], is_new=False)


def _find_source(session: Session, bundle: Bundle, profile: Profile) -> SourceFile | None:
    return session.scalar(
        select(SourceFile).where(
            SourceFile.sha256 == bundle.sha256,
            SourceFile.profile == profile.name,
            SourceFile.is_starter.is_(False),
        )
    )


def _is_last(session: Session, source: SourceFile) -> bool:
    """Whether the facts of this file still stand: no other file of its kind came after it."""
    last = (
        select(SourceFile.id)
        .where(SourceFile.profile == source.profile, SourceFile.is_starter.is_(False))
        .order_by(SourceFile.loaded_at.desc(), SourceFile.id.desc())
        .limit(1)
    )
    return session.scalar(last) == source.id


def _facts_since(session: Session) -> datetime:
    """When region facts last came in."""
    names = [profile.name for profile in PROFILES if profile.store is not None]
    last = select(func.max(SourceFile.loaded_at)).where(
        SourceFile.profile.in_(names), SourceFile.is_starter.is_(False)
    )
    return session.scalar(last) or datetime(1970, 1, 1, tzinfo=UTC)


def _store_facts(db: Database, profile: Profile, bundle: Bundle, *, by: str, again: bool) -> LoadReport:
    assert profile.store is not None  # noqa: S101 - the caller looked
    with db.transaction() as session:
        if not again and (known := _known(session, bundle, profile)):
            return known
        problems = profile.store(session, bundle)
        renew_edition(session)
        source = _source(session, bundle, profile, by=by)
        source.loaded_at, source.loaded_by = datetime.now(UTC), by
        report = make_report([from_problem(problem, bundle.name) for problem in problems], {})
        report_id = store_report(session, _attempt(bundle, profile, by=by), report)
        audit.record(session, by=by, action="load", subject="regiogegevens", detail=bundle.name)
    return LoadReport(bundle.name, profile.title, None, problems=tuple(problems), report_id=report_id)


def _source(session: Session, bundle: Bundle, profile: Profile, *, by: str) -> SourceFile:
    """The record of a file, made now unless it was loaded before."""
    if source := _find_source(session, bundle, profile):
        return source
    source = SourceFile(
        name=bundle.name,
        sha256=bundle.sha256,
        size=bundle.size,
        profile=profile.name,
        publisher=profile.publisher,
        title=profile.title,
        licence=profile.licence,
        reference_date=None,
        lines=bundle.lines,
        is_starter=False,
        loaded_at=datetime.now(UTC),
        loaded_by=by,
    )
    session.add(source)
    session.flush()
    return source


def _attempt(bundle: Bundle, profile: Profile, *, by: str) -> Attempt:
    return Attempt(bundle.name, bundle.sha256, bundle.size, profile.name, by)


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


def starter_source(row: dict[str, str], *, by: str) -> SourceFile:
    """The record of a file whose figures came with the installation."""
    return SourceFile(
        name=row["name"],
        sha256=row["sha256"],
        size=int(row["size"]),
        profile=row["profile"],
        publisher=row["publisher"],
        title=row["title"],
        licence=row["licence"],
        reference_date=date.fromisoformat(row["reference_date"]) if row["reference_date"] else None,
        lines=int(row["lines"]),
        is_starter=True,
        loaded_at=datetime.now(UTC),
        loaded_by=by,
    )
