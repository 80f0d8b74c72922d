"""The list of versions: what each brought, and which one officers see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.models import DataVersion, LoadReportRow, Publication, PublicationEvent, Slice, SourceFile
from loaders.publication import stamp_of

_LAST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list: what it brought, and whether officers see it now."""

    id: int
    state: str
    is_current: bool
    file: str
    sha256: str
    created_at: datetime
    created_by: str
    published_at: datetime | None
    published_by: str | None


def list_versions(session: Session) -> list[VersionRow]:
    """Every version, newest first, one row per file it brought."""
    current = session.scalar(select(Publication.version_id))
    files = (
        select(Slice.version_id, SourceFile.name, SourceFile.sha256)
        .join(SourceFile, SourceFile.id == Slice.source_file_id)
        .distinct()
    ).subquery()
    query = (
        select(DataVersion, files.c.name, files.c.sha256)
        .join(files, files.c.version_id == DataVersion.id)
        .order_by(DataVersion.id.desc(), files.c.name)
    )
    return [
        VersionRow(
            version.id,
            version.state,
            version.id == current,
            name,
            sha256,
            version.created_at,
            version.created_by,
            version.published_at,
            version.published_by,
        )
        for version, name, sha256 in session.execute(query)
    ]


class Standing(StrEnum):
    """Where a version stands, in a word."""

    WAITING = "klaargezet"
    SHOWN = "nu zichtbaar"
    EARLIER = "eerder zichtbaar"


@dataclass(frozen=True, slots=True)
class Version:
    """One version with the files it brought, and why it was published last.

    `stamp` says what this was read from: a form sends it back (`loaders.publication.Turn.seen`).
    """

    id: int
    standing: Standing
    current: int | None
    stamp: str
    files: tuple[tuple[str, str, str], ...]  # name, hash, publisher
    report_id: int | None
    created_at: datetime
    created_by: str
    published_at: datetime | None
    published_by: str | None
    reason: str


def load_versions(session: Session, *, before: int = _LAST_ID, most: int) -> list[Version]:
    """Versions with a number below `before`, the newest first, at most so many."""
    query = select(DataVersion).where(DataVersion.id < before).order_by(DataVersion.id.desc()).limit(most)
    return _load(session, query)


def get_version(session: Session, version_id: int) -> Version | None:
    """One version; None if it does not exist."""
    if not 0 < version_id <= _LAST_ID:
        return None
    found = _load(session, select(DataVersion).where(DataVersion.id == version_id))
    return found[0] if found else None


def _load(session: Session, query: Select[DataVersion]) -> list[Version]:
    current = session.scalar(select(Publication.version_id))
    rows = list(session.scalars(query))
    ids = [row.id for row in rows]
    files, reasons, reports = _files(session, ids), _reasons(session, ids), _reports(session, ids)
    return [
        Version(
            row.id,
            _standing(row, current),
            current,
            stamp_of(current, row),
            tuple(files.get(row.id, ())),
            reports.get(row.id),
            row.created_at,
            row.created_by,
            row.published_at,
            row.published_by,
            reasons.get(row.id, "") or row.note,
        )
        for row in rows
    ]


def _standing(row: DataVersion, current: int | None) -> Standing:
    if row.id == current:
        return Standing.SHOWN
    return Standing.WAITING if row.state == "staged" else Standing.EARLIER


def _files(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    query = (
        select(Slice.version_id, SourceFile.name, SourceFile.sha256, SourceFile.publisher)
        .join(SourceFile, SourceFile.id == Slice.source_file_id)
        .where(Slice.version_id.in_(ids))
        .distinct()
        .order_by(Slice.version_id, SourceFile.name)
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for number, *file in session.execute(query):
        found.setdefault(number, []).append((file[0], file[1], file[2]))
    return found


def _reasons(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """version → the reason of the last time it was published."""
    query = (
        select(PublicationEvent.version_id, PublicationEvent.reason)
        .where(PublicationEvent.version_id.in_(ids))
        .order_by(PublicationEvent.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _reports(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(LoadReportRow.version_id, func.max(LoadReportRow.id))
        .where(LoadReportRow.version_id.in_(ids))
        .group_by(LoadReportRow.version_id)
    )
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}
