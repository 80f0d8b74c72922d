"""What the database knows of files: which came in before, and whether they would now say anything else."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import DataVersion, Slice, SourceFile
from loaders.profiles import PROFILES, Profile
from loaders.sandbox import Parsed


class Earlier(NamedTuple):
    """An earlier load of the same file. `version_id` is None for region facts."""

    version_id: int | None


def find_earlier(session: Session, parsed: Parsed, profile: Profile) -> Earlier | None:
    """The earlier load of a file, if loading it again would do the same."""
    source = _find_source(session, parsed, profile)
    if source is None:
        return None
    if profile.parse is not None:
        return Earlier(None) if _is_last(session, source) else None
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
    return Earlier(row[0])


def _find_source(session: Session, parsed: Parsed, profile: Profile) -> SourceFile | None:
    return session.scalar(
        select(SourceFile).where(
            SourceFile.sha256 == parsed.sha256,
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
    names = [profile.name for profile in PROFILES if profile.parse is not None]
    last = select(func.max(SourceFile.loaded_at)).where(
        SourceFile.profile.in_(names), SourceFile.is_starter.is_(False)
    )
    return session.scalar(last) or datetime(1970, 1, 1, tzinfo=UTC)


def record_file(session: Session, parsed: Parsed, profile: Profile, *, by: str) -> SourceFile:
    """The record of a file, made now unless it was loaded before."""
    if source := _find_source(session, parsed, profile):
        return source
    source = SourceFile(
        name=parsed.name,
        sha256=parsed.sha256,
        size=parsed.size,
        profile=profile.name,
        publisher=profile.publisher,
        title=profile.title,
        licence=profile.licence,
        reference_date=None,
        lines=parsed.lines,
        is_starter=False,
        loaded_at=datetime.now(UTC),
        loaded_by=by,
    )
    session.add(source)
    session.flush()
    return source


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
