"""Runs migrations on the connection that app.schema hands over, or on the configured database."""

from alembic import context
from sqlalchemy import Connection, text

from app.config import Settings
from app.db import Database
from app.models import Base

LOCK = 2_707_1982  # any number, the same in every process


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    # SQLite changes a table by copying it: render_as_batch.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    context.run_migrations()


def _run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    db = Database(Settings.from_environment().database_url)
    with db.engine.execution_options(writes=True).begin() as connection:
        _migrate(connection)


_run()
