"""A figure that is not published: the choices that ask for it, whether an answer tells it, and publishing it.

A test that finds nothing proves nothing; after `publish_canary` the same questions must find it.
"""

import re
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.models import DataVersion, Publication
from loaders.contents import number_periods
from tests.integration import world

CHOICES = {"jaar": "2026", "uitsplitsing": "totaal", "niveau": "swv_po"}
"""What to choose on a page to see the period and the regions that the figure belongs to."""


_BY_CHANCE = re.compile(r"\b[0-9a-f]{8}\b|[\w-]{20,}")
"""References of errors, and tokens: among thousands of answers one of them holds any six digits some day."""


def tells(text: str, number: int) -> bool:
    """Whether a number is in an answer, as a number or as it is written on screen; not in what is random.

    >>> tells("876.543 leerlingen", 876543), tells("Kenmerk: f8765430", 876543)
    (True, False)
    """
    return str(number) in _BY_CHANCE.sub(" ", text).replace(".", "")


def tells_canary(text: str) -> bool:
    """Whether the figure is in an answer."""
    return tells(text, world.CANARY)


def publish_canary(db: Database) -> None:
    """Show the version that holds the figure, which the world made with its contents already fixed."""
    with db.transaction() as session:
        version = _staged(session)
        version.state, version.published_at, version.published_by = "published", datetime.now(UTC), "test"
        switch = session.get_one(Publication, 1)
        switch.version_id, switch.changed_at = version.id, datetime.now(UTC)
        number_periods(session, version.id)


def _staged(session: Session) -> DataVersion:
    return session.scalars(select(DataVersion).where(DataVersion.state == "staged")).one()
