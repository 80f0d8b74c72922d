"""Letting writers of own figures go one after another."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

ATTEMPTS, STORING, GROUPS = 7_301, 7_302, 7_303
"""What may be locked apart: counting attempts, the uploads of a region, the values of groups."""


def wait_for_turn(session: Session, what: int, which: int = 0) -> None:
    """Hold off others until the transaction ends. SQLite has one writer anyway; PostgreSQL needs a lock."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(what, which)))
