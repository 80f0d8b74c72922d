"""The impact of a version, for the pages that show it; computed once as long as nothing changed."""

from datetime import datetime
from functools import lru_cache

from app.db import Database
from app.impact import Impact
from app.services import current_services
from loaders.impact import load_impact
from loaders.publication import load_edition

KEPT = 8
"""How many a process keeps, of some 50 kB each."""


def impact_of(version_id: int, created_at: datetime) -> Impact:
    """What publishing a version would change now. A number may be given out again; the moment tells."""
    db = current_services().db
    with db.session() as session:
        edition = load_edition(session)
    return _impact_of(db, version_id, created_at, edition.since)


@lru_cache(KEPT)
def _impact_of(db: Database, version_id: int, _created_at: datetime, _since: datetime) -> Impact:
    with db.session() as session:
        return load_impact(session, version_id, current_services().catalogue)
