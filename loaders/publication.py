"""The switch between versions: which one officers see, since when, and turning it."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, insert, literal, select, update
from sqlalchemy.orm import Session, aliased

from app import audit
from app.db import Database
from app.errors import LoadRefused
from app.models import DataVersion, Publication, Slice, VersionSlice
from loaders.reports import count_warnings

_LAST_ID = 2**31 - 1
"""A database refuses larger numbers in its own words."""

NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when nothing is shown, before the first publication."""

# Made once: building a statement costs more than running it.
_EDITION = select(Publication.version_id, Publication.changed_at)


class Edition(NamedTuple):
    """What officers see now. Two equal editions show equal pages: what was made for one serves the other."""

    version: int
    since: datetime


def current_edition(db: Database) -> Edition:
    """The edition of this moment. Every callback asks for it: a bare connection costs half of a session."""
    with db.engine.connect() as connection:
        return load_edition(connection)


def load_edition(session: Session | Connection) -> Edition:
    """The edition of this moment; version 0, which has no figures, before the first publication."""
    row = session.execute(_EDITION).first()
    return Edition(*row) if row else Edition(0, NOTHING_YET)


def publish(db: Database, version_id: int, *, by: str, accept: str = "") -> None:
    """Show a version from now on. A version that was published before comes back exactly as it was then.

    `accept` is why the warnings of the checks are no objection; it is kept with the version.

    Raises:
        LoadRefused: there is no such version, or it has warnings that nobody accepted.
    """
    with db.transaction() as session:
        publish_in(session, version_id, by=by, accept=accept)


def publish_in(session: Session, version_id: int, *, by: str, accept: str = "") -> None:
    """`publish` inside a transaction that is already open."""
    version = session.get(DataVersion, version_id) if 0 < version_id <= _LAST_ID else None
    if version is None:
        raise LoadRefused(f"Versie {version_id} bestaat niet.")
    switch = session.get(Publication, 1, with_for_update=True)
    if version.state == "staged":
        version.note = _check_accepted(session, version_id, accept.strip())
        _fix_contents(session, version_id, switch.version_id if switch else None)
        version.state = "published"
        version.published_at = datetime.now(UTC)
        version.published_by = by
    session.flush()
    if switch is None:
        session.add(Publication(id=1, version_id=version_id, changed_at=datetime.now(UTC)))
    else:
        switch.version_id, switch.changed_at = version_id, datetime.now(UTC)
    audit.record(session, by=by, action="publish", subject=f"versie {version_id}", detail=accept.strip())


def _check_accepted(session: Session, version_id: int, accept: str) -> str:
    """The reason for which warnings are accepted; empty if there are none to accept."""
    warnings, report_id = count_warnings(session, version_id)
    if warnings and not accept:
        words = "1 waarschuwing" if warnings == 1 else f"{warnings} waarschuwingen"
        raise LoadRefused(
            f"Versie {version_id} heeft {words} die nog niemand heeft bevestigd. Bekijk ze met "
            f'`python -m app report {report_id}` en publiceer met --accept "reden".'
        )
    return accept


def renew_edition(session: Session) -> None:
    """Say that pages may show something else from now on, though the version stays: other region facts."""
    session.execute(update(Publication).values(changed_at=datetime.now(UTC)))


def _fix_contents(session: Session, version_id: int, base_id: int | None) -> None:
    """Write down which slice the version shows for each indicator and period: its own, else the base's."""
    own = select(literal(version_id), Slice.indicator, Slice.period, Slice.id, literal(0)).where(
        Slice.version_id == version_id
    )
    columns = ["version_id", "indicator", "period", "slice_id", "age"]
    session.execute(insert(VersionSlice).from_select(columns, own))
    if base_id is not None:
        base, mine = aliased(VersionSlice), aliased(VersionSlice)
        kept = (
            select(literal(version_id), base.indicator, base.period, base.slice_id, literal(0))
            .outerjoin(
                mine,
                and_(
                    mine.version_id == version_id,
                    mine.indicator == base.indicator,
                    mine.period == base.period,
                ),
            )
            .where(base.version_id == base_id, mine.version_id.is_(None))
        )
        session.execute(insert(VersionSlice).from_select(columns, kept))
    number_periods(session, version_id)


def number_periods(session: Session, version_id: int) -> None:
    """Give every period in a version its age within its indicator: 1 for the latest."""
    later = aliased(VersionSlice)
    age = (
        select(func.count())
        .where(
            later.version_id == VersionSlice.version_id,
            later.indicator == VersionSlice.indicator,
            later.period >= VersionSlice.period,
        )
        .scalar_subquery()
    )
    session.execute(
        update(VersionSlice)
        .where(VersionSlice.version_id == version_id)
        .values(age=age)
        .execution_options(synchronize_session=False)
    )
