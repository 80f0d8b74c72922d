"""Whether the database fits this program, and the one command that makes it fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.config import ROOT
from app.db import Database
from app.errors import StartUpError

MIGRATIONS = ROOT / "app" / "migrations"


def upgrade(db: Database, revision: str = "head") -> None:
    """Bring the tables to `revision`, wholly or not at all.

    Raises:
        StartUpError: the database cannot be reached, or belongs to a newer program.
    """
    if not _is_known(_current(db)):
        raise StartUpError(_NEWER)
    _run(db, command.upgrade, revision)


def downgrade(db: Database, revision: str) -> None:
    """Take the tables back to `revision`; `base` removes all of them."""
    _run(db, command.downgrade, revision)


def check_schema(db: Database) -> None:
    """Nothing, if the tables are those that this program expects.

    Raises:
        StartUpError: the database cannot be reached, or its tables are older or newer.
    """
    current = _current(db)
    if not _is_known(current):
        raise StartUpError(_NEWER)
    if current is None:
        raise StartUpError("De database is nog leeg: voer eerst `python -m app setup` uit.")
    if current != _scripts().get_current_head():
        raise StartUpError("De database heeft nog een oude indeling: voer `python -m app migrate` uit.")


_NEWER = (
    "De database is van een nieuwere versie van dit programma: start die versie, of zet een back-up terug."
)


def _current(db: Database) -> str | None:
    _check_folder(db)
    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        where = db.engine.url.render_as_string(hide_password=True)
        raise StartUpError(
            f"De database ({where}) is niet bereikbaar: controleer DATABASE_URL en of de server draait."
        ) from error


def _check_folder(db: Database) -> None:
    """SQLite makes a missing file but not a missing folder, and says only that it cannot open it."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").parent.is_dir():
        raise StartUpError(
            f"De map van de database ({url.database}) bestaat niet: voer eerst `python -m app setup` uit."
        )


def _is_known(revision: str | None) -> bool:
    return revision is None or revision in {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(MIGRATIONS)


def _run(db: Database, action: Any, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _without_cascades(db) as connection:
        config.attributes["connection"] = connection
        action(config, revision)


@contextmanager
def _without_cascades(db: Database) -> Iterator[Connection]:
    """A write transaction in which SQLite can make a table anew.

    To change a table it must be dropped, and a drop with foreign keys on erases every row that hangs on it.
    They are off meanwhile, which can only be said before the transaction, and checked at its end.
    """
    if db.engine.dialect.name != "sqlite":
        with db.engine.begin() as connection:
            yield connection
        return
    with db.engine.connect().execution_options(writes=True) as connection:
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StartUpError(
                        f"De tabel {broken[0]} verwijst na het omzetten naar rijen die er niet zijn."
                    )
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
