"""The switch between versions: which one officers see, since when, and turning it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.db import Database
from app.errors import LoadRefused
from app.models import DataVersion, Publication, PublicationEvent
from loaders.acceptance import accept_rest, count_open
from loaders.contents import fix_contents, renew_staged

_LAST_ID = 2**31 - 1
"""A database refuses larger numbers in its own words."""

NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when nothing is shown, before the first publication."""

# Made once: building a statement costs more than running it.
_EDITION = select(Publication.version_id, Publication.changed_at)
_LOADED = select(DataVersion.created_at).where(DataVersion.id == bindparam("version"))
_STATE = select(DataVersion.state).where(DataVersion.id == bindparam("version"))


class Edition(NamedTuple):
    """What officers see now. Two equal editions show equal pages: what was made for one serves the other."""

    version: int
    since: datetime


class SwitchMoved(LoadRefused):
    """Somebody turned the switch, or removed the version, after the person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders heeft intussen een versie gepubliceerd of verwijderd. Er is niets gewijzigd. "
            "Bekijk de gevolgen opnieuw en probeer het dan nog eens."
        )


class WarningsOpen(LoadRefused):
    """A version has `number` warnings that nobody accepted."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.number = number


@dataclass(frozen=True)
class Turn:
    """Why the switch turns, for everybody to read, and what the person looked at before (`stamp_of`)."""

    reason: str = ""
    seen: str | None = None


_NO_WORDS = Turn()


class PageEdition(NamedTuple):
    """The edition for one page, and whether a newer one was published since the page began."""

    edition: Edition
    is_past: bool = False


def load_edition(session: Session | Connection) -> Edition:
    """The edition of this moment; version 0, which has no figures, before the first publication."""
    row = session.execute(_EDITION).first()
    return Edition(*row) if row else Edition(0, NOTHING_YET)


def edition_on(db: Database, *, preview: int | None = None, shown: int = 0) -> PageEdition:
    """The edition for a page: one version as long as the page stands, whatever is published meanwhile.

    Args:
        preview: a waiting version that an administrator looks at, as the session has it.
        shown: the version that the page began with, 0 for a new page. The browser says it, so it counts only
            if it was public once.
    """
    with db.engine.connect() as connection:  # a bare connection costs half of a session
        current = load_edition(connection)
        if preview is not None:
            # The number of a removed version is given out again: the moment of its load tells them apart.
            loaded = connection.scalar(_LOADED, {"version": preview}) or current.since
            return PageEdition(Edition(preview, max(loaded, current.since)))
        if shown in (0, current.version) or _state_of(connection, shown) != "published":
            return PageEdition(current)
        return PageEdition(Edition(shown, current.since), is_past=True)


def _state_of(connection: Connection, version: int) -> str | None:
    return connection.scalar(_STATE, {"version": version})


def stamp_of(current: int | None, version: DataVersion) -> str:
    """What a page about a version was made from: the version that is shown, and when this one came.

    A number of a removed version may be given out again; the moment tells them apart.
    """
    return f"{current or 0}-{version.id}-{version.created_at:%Y%m%d%H%M%S%f}"


def publish(db: Database, version_id: int, *, by: str, accept: str = "", turn: Turn = _NO_WORDS) -> None:
    """Show a version from now on. A version that was published before comes back exactly as it was then.

    `accept` is why the warnings that are still open are no objection; it is kept with the version.

    Raises:
        SwitchMoved: what `turn.seen` tells is no longer so.
        WarningsOpen: it has warnings that nobody accepted.
        LoadRefused: there is no such version.
    """
    try:
        with db.transaction() as session:
            publish_in(session, version_id, by=by, accept=accept, turn=turn)
    except IntegrityError as error:  # two first publications at once: nothing was there to hold
        raise SwitchMoved from error


def publish_in(
    session: Session, version_id: int, *, by: str, accept: str = "", turn: Turn = _NO_WORDS
) -> None:
    """`publish` inside a transaction that is already open."""
    switch = session.get(Publication, 1, with_for_update=True)
    version = hold_version(session, version_id)
    current = switch.version_id if switch else None
    check_seen(version, current, turn.seen)
    words = turn.reason.strip() or accept.strip()
    audit.record(session, by=by, action="publish", subject=f"versie {version_id}", detail=words)
    if version_id == current:
        return
    now, is_undo = datetime.now(UTC), version.state == "published"
    if not is_undo:
        version.note = _check_accepted(session, version_id, accept.strip(), by=by)
        fix_contents(session, version_id, current)
        version.state, version.published_at, version.published_by = "published", now, by
    if switch is None:
        session.add(Publication(id=1, version_id=version_id, changed_at=now))
    else:
        switch.version_id, switch.changed_at = version_id, now
    session.add(
        PublicationEvent(
            at=now,
            by=by,
            version_id=version_id,
            previous_id=current,
            is_undo=is_undo,
            reason=turn.reason.strip(),
        )
    )
    session.flush()
    renew_staged(session, version_id)


def hold_version(session: Session, version_id: int) -> DataVersion:
    """A version that nobody else changes before this transaction ends.

    Raises:
        LoadRefused: it does not exist.
    """
    known = 0 < version_id <= _LAST_ID
    version = session.get(DataVersion, version_id, with_for_update=True) if known else None
    if version is None:
        raise LoadRefused(f"Versie {version_id} bestaat niet.")
    return version


def check_seen(version: DataVersion, current: int | None, seen: str | None) -> None:
    """Nothing, if the person looked at what is so now; None is asked of nobody: the command line.

    Raises:
        SwitchMoved: it changed.
    """
    if seen is not None and seen != stamp_of(current, version):
        raise SwitchMoved


def _check_accepted(session: Session, version_id: int, accept: str, *, by: str) -> str:
    """The reason for which warnings are accepted; empty if there are none to accept."""
    warnings, report_id = count_open(session, version_id)
    if warnings and not accept:
        words = "1 waarschuwing" if warnings == 1 else f"{warnings} waarschuwingen"
        raise WarningsOpen(
            f"Versie {version_id} heeft {words} die nog niemand heeft bevestigd. Bekijk ze met "
            f'`python -m app report {report_id}` en publiceer met --accept "reden".',
            warnings,
        )
    if warnings:
        accept_rest(session, version_id, accept, by=by)
    return accept


def renew_edition(session: Session) -> None:
    """Say that pages may show something else from now on, though the version stays: other region facts."""
    session.execute(update(Publication).values(changed_at=datetime.now(UTC)))
