"""The list of versions: what each brought, and which one officers see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import DataVersion, Publication, Slice, SourceFile


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
