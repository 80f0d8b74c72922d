"""When a source should be fetched again, after how often its publisher renews it: pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from loaders.sources import Source

_DAYS = {"maandelijks": 31, "halfjaarlijks": 183, "jaarlijks": 366}
"""The first word of `schedule` → days until there should be something new; no other word is a rhythm."""

LATE_AFTER = timedelta(days=60)


class Due(StrEnum):
    """Whether a source wants fetching."""

    LATE = "te laat"
    NOW = "nu ophalen"
    NEVER = "nog niet opgehaald"
    LATER = "later"
    NO_RHYTHM = "geen vast ritme"

    @property
    def order(self) -> int:
        """The most pressing first."""
        return list(Due).index(self)


def due_since(source: Source, fetched_at: datetime | None) -> datetime | None:
    """From when on there should be something new; None without a rhythm, or if it was never fetched."""
    words = source.schedule.replace(",", " ").split()
    days = _DAYS.get(words[0]) if words else None
    return None if days is None or fetched_at is None else fetched_at + timedelta(days=days)


def due_state(source: Source, fetched_at: datetime | None, now: datetime) -> Due:
    """Whether a source wants fetching now: a yearly one after 366 days, and after 426 it is late."""
    since = due_since(source, fetched_at)
    if fetched_at is None:
        return Due.NEVER
    if since is None:
        return Due.NO_RHYTHM
    if now < since:
        return Due.LATER
    return Due.NOW if now < since + LATE_AFTER else Due.LATE
