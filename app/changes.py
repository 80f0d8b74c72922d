"""`/over/wijzigingen`: what came into the figures, what was corrected and taken back, and why."""

from functools import lru_cache

from flask import render_template, request

from app.db import Database
from app.services import current_services
from loaders.changelog import LogEntry, load_log
from loaders.publication import Edition, load_edition

MOST_TOLD = 20
KEPT = 8


def changes() -> str:
    """One page of the log, the newest first."""
    asked = request.args.get("voor", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    db = current_services().db
    with db.session() as session:
        edition = load_edition(session)
    entries = _entries(db, edition, before)
    older = entries[MOST_TOLD - 1].id if len(entries) > MOST_TOLD else None
    return render_template("over/wijzigingen.html", entries=entries[:MOST_TOLD], older=older)


@lru_cache(KEPT)
def _entries(db: Database, _edition: Edition, before: int | None) -> list[LogEntry]:
    """Asked once per edition: anybody may ask."""
    with db.session() as session:
        return load_log(session, current_services().catalogue, before=before, most=MOST_TOLD + 1)
