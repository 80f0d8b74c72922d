"""How much a person keeps, and letting the writes of one person go one after another."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import ComparisonGroup, RegionVisit, SavedView, User


class Kept(NamedTuple):
    """How many groups and views a person has, and of how many regions the last visit is known."""

    groups: int
    views: int
    visits: int


def count_kept(session: Session, user_id: int) -> Kept:
    """What is kept of one person."""
    counts = (
        select(func.count()).where(table.user_id == user_id).scalar_subquery()
        for table in (ComparisonGroup, SavedView, RegionVisit)
    )
    return Kept(*session.execute(select(*counts)).one())


def hold_person(session: Session, user_id: int) -> None:
    """Let no other transaction keep something for this person until this one ends.

    PostgreSQL locks the row, SQLite has one writer: a second click counts what the first one kept.
    """
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
