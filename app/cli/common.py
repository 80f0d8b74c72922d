"""What commands share: the database of the settings, checked and closed again."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.config import Settings
from app.db import Database
from app.schema import check_schema


@contextmanager
def open_database() -> Iterator[Database]:
    """The installation's database.

    Raises:
        StartUpError: the settings are wrong, the database is away, or its tables are of another release.
    """
    db = Database(Settings.from_environment().database_url)
    try:
        check_schema(db)
        yield db
    finally:
        db.close()
