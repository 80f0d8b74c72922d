"""Which version a person saw of a region, and which one at the visit before: written once per visit."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.access import AllowedRegion
from app.db import Database
from app.models import RegionVisit
from app.visits import Visit

logger = logging.getLogger(__name__)


def record_visit(db: Database, user_id: int, region: AllowedRegion, version: int, now: datetime) -> Visit:
    """The visit that goes on, or that begins now. Nobody waits for the database to write it down.

    Args:
        version: one that was published; 0, before the first publication, is not written down.
    """
    with db.session() as session:
        known = _load(session, user_id, region)
    if version == 0 or (known is not None and not known.has_ended(now)):
        return known or Visit(version, now)
    try:
        with db.passing_transaction() as session:
            return _begin(session, user_id, region, version, now)
    except IntegrityError:  # the same person, in another window, came first
        logger.info("a first visit was recorded twice at once")
    except OperationalError as error:
        logger.warning("a visit was not recorded: %s", error.orig)
    return Visit(version, now) if known is None else known.next(version, now)


def _begin(session: Session, user_id: int, region: str, version: int, now: datetime) -> Visit:
    """The new visit in the place of the last one, unless another window was first."""
    row = session.get(RegionVisit, (user_id, region), with_for_update=True)
    if row is None:
        session.add(RegionVisit(user_id=user_id, region_code=region, version_id=version, seen_at=now))
        return Visit(version, now)
    last = _visit(row)
    if not last.has_ended(now):
        return last
    row.previous_version_id, row.previous_at = row.version_id, row.seen_at
    row.version_id, row.seen_at = version, now
    return last.next(version, now)


def _load(session: Session, user_id: int, region: str) -> Visit | None:
    query = select(RegionVisit).where(RegionVisit.user_id == user_id, RegionVisit.region_code == region)
    row = session.scalar(query)
    return None if row is None else _visit(row)


def _visit(row: RegionVisit) -> Visit:
    return Visit(row.version_id, row.seen_at, row.previous_version_id, row.previous_at)
