"""Removing a version that was never published, with everything that it brought."""

from sqlalchemy import Exists, delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.db import Database
from app.errors import LoadRefused
from app.models import (
    DataJob,
    DataVersion,
    LoadReportRow,
    Observation,
    Publication,
    Slice,
    SourceFile,
    VersionSlice,
)
from loaders.publication import check_seen, hold_version

_QUIETLY = {"synchronize_session": False}


def remove_version(db: Database, version_id: int, *, by: str, seen: str | None = None) -> None:
    """Remove a version that waits for publication: its figures, and its file where nothing else uses it.

    Its report stays, with what was accepted in it: that somebody offered the file is still so.

    Raises:
        SwitchMoved: what `seen` tells is no longer so.
        LoadRefused: there is no such version, it was published once, or its file is being loaded again.
    """
    try:
        with db.transaction() as session:
            _remove_in(session, version_id, by=by, seen=seen)
    except IntegrityError as error:
        raise LoadRefused(
            "Het bestand van deze versie wordt op dit moment opnieuw geladen. Probeer het straks nog eens."
        ) from error


def _remove_in(session: Session, version_id: int, *, by: str, seen: str | None) -> None:
    switch = session.get(Publication, 1, with_for_update=True)
    version = hold_version(session, version_id)
    check_seen(version, switch.version_id if switch else None, seen)
    if version.state != "staged":
        raise LoadRefused(f"Versie {version_id} is gepubliceerd geweest en blijft daarom bewaard.")
    of_version = select(Slice.id).where(Slice.version_id == version_id)
    sources = list(session.scalars(select(Slice.source_file_id).where(Slice.version_id == version_id)))
    for statement in (
        delete(VersionSlice).where(VersionSlice.version_id == version_id),
        delete(Observation).where(Observation.slice_id.in_(of_version)),
        delete(Slice).where(Slice.version_id == version_id),
        delete(SourceFile).where(SourceFile.id.in_(set(sources)), ~_is_used()),
        update(LoadReportRow).where(LoadReportRow.version_id == version_id).values(version_id=None),
        update(DataJob).where(DataJob.version_id == version_id).values(version_id=None),
        delete(DataVersion).where(DataVersion.id == version_id),
    ):
        session.execute(statement, execution_options=_QUIETLY)
    audit.record(session, by=by, action="delete", subject=f"versie {version_id}")


def _is_used() -> Exists:
    return exists().where(Slice.source_file_id == SourceFile.id)
