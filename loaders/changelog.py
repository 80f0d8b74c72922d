"""What became of the published figures, event by event, for everybody to read; names of persons stay out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.impact import Way
from app.indicators import Indicator, PeriodStatus
from app.models import PublicationEvent, Slice, SourceFile, VersionSlice
from app.visits import Reason

_LAST_ID = 2**31 - 1

# Statements are made once: making one costs as much as running it.
_OTHER, _OLD = aliased(VersionSlice, name="other"), aliased(Slice, name="old")
_HERE_NOT_THERE = (
    select(
        VersionSlice.indicator,
        VersionSlice.period,
        Slice.status,
        _OLD.status,
        SourceFile.name,
        SourceFile.publisher,
        SourceFile.title,
    )
    .join(Slice, Slice.id == VersionSlice.slice_id)
    .join(SourceFile, SourceFile.id == Slice.source_file_id)
    .outerjoin(
        _OTHER,
        and_(
            _OTHER.version_id == bindparam("there"),
            _OTHER.indicator == VersionSlice.indicator,
            _OTHER.period == VersionSlice.period,
        ),
    )
    .outerjoin(_OLD, _OLD.id == _OTHER.slice_id)
    .where(
        VersionSlice.version_id == bindparam("here"),
        VersionSlice.slice_id.is_distinct_from(_OTHER.slice_id),
    )
    .order_by(SourceFile.publisher, SourceFile.title, VersionSlice.indicator, VersionSlice.period)
)

_LEFT = select(func.max(PublicationEvent.id)).where(PublicationEvent.previous_id == bindparam("old"))
_REACHED = select(func.max(PublicationEvent.id)).where(PublicationEvent.version_id == bindparam("new"))
_BETWEEN = (
    select(PublicationEvent.at, PublicationEvent.reason, PublicationEvent.is_undo)
    .where(PublicationEvent.id >= _LEFT.scalar_subquery(), PublicationEvent.id <= _REACHED.scalar_subquery())
    .order_by(PublicationEvent.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """What happened to some periods of one indicator. `statuses` is (was, is) where that changed."""

    indicator: Indicator
    way: Way
    periods: tuple[str, ...]
    statuses: tuple[PeriodStatus, PeriodStatus] | None = None


@dataclass(frozen=True, slots=True)
class LogSource:
    """The lines that one file brought, or took along."""

    publisher: str
    title: str
    file: str
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One publication: when, why, and what came, changed or went, by file."""

    id: int
    at: datetime
    reason: str
    is_undo: bool
    is_first: bool
    sources: tuple[LogSource, ...]


def load_log(
    session: Session, catalogue: Iterable[Indicator], *, before: int | None = None, most: int
) -> list[LogEntry]:
    """Publications with a number below `before`, the newest first, at most so many."""
    query = (
        select(PublicationEvent)
        .where(PublicationEvent.id < (before or _LAST_ID))
        .order_by(PublicationEvent.id.desc())
        .limit(most)
    )
    known = {each.id: each for each in catalogue}
    return [_entry(session, known, event) for event in session.scalars(query)]


def load_reasons(session: Session, *, old: int, new: int, most: int) -> list[Reason]:
    """The publications that led from one version to another, the newest first, at most so many."""
    rows = session.execute(_BETWEEN, {"old": old, "new": new, "most": most})
    return [Reason(at, words, is_undo) for at, words, is_undo in rows]


def _entry(session: Session, known: Mapping[str, Indicator], event: PublicationEvent) -> LogEntry:
    here, there = event.version_id, event.previous_id or 0
    came = session.execute(_HERE_NOT_THERE, {"here": here, "there": there}).all()
    both = {(row[0], row[1]) for row in came}
    went = session.execute(_HERE_NOT_THERE, {"here": there, "there": here}).all()
    files: dict[tuple[str, str, str], dict[_Kind, list[str]]] = {}
    for indicator, period, status, was, name, publisher, title in came:
        way = Way.NEW if was is None else Way.CHANGED
        statuses = (was, status) if was not in (None, status) else None
        _group(files, (publisher, title, name), (indicator, way, statuses), period)
    for indicator, period, _, _, name, publisher, title in went:
        if (indicator, period) not in both:
            _group(files, (publisher, title, name), (indicator, Way.GONE, None), period)
    sources = tuple(_source(known, place, kinds) for place, kinds in files.items())
    told = tuple(source for source in sources if source.lines)
    first = event.previous_id is None
    return LogEntry(event.id, event.at, event.reason, event.is_undo, first, told)


_Kind = tuple[str, Way, tuple[str, str] | None]


def _group(
    files: dict[tuple[str, str, str], dict[_Kind, list[str]]],
    file: tuple[str, str, str],
    kind: _Kind,
    period: str,
) -> None:
    files.setdefault(file, {}).setdefault(kind, []).append(period)


def _source(
    known: Mapping[str, Indicator], place: tuple[str, str, str], kinds: Mapping[_Kind, Sequence[str]]
) -> LogSource:
    publisher, title, name = place
    lines = (
        LogLine(
            known[indicator],
            way,
            tuple(periods),
            (PeriodStatus(statuses[0]), PeriodStatus(statuses[1])) if statuses else None,
        )
        for (indicator, way, statuses), periods in kinds.items()
        if indicator in known
    )
    return LogSource(publisher, title, name, tuple(lines))
