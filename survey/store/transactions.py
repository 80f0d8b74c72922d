"""One act, one transaction; tried once more where another writer was in the way."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.db import Database, is_unavailable

Done = TypeVar("Done")


def carry_out(db: Database, act: Callable[[Session], Done]) -> Done:
    """What an act returns, carried out whole in a transaction of its own.

    It runs a second time, from its start, after a lock that was not free in time (SQLite), a deadlock, or a
    row that somebody else made in the same moment (PostgreSQL).
    """
    try:
        with db.transaction() as session:
            return act(session)
    except OperationalError as error:
        if not is_unavailable(error):
            raise
    except IntegrityError:
        pass
    with db.transaction() as session:
        return act(session)
