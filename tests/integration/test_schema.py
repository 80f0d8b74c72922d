"""Migrations and models describe the same tables, and a start on the wrong tables is refused in words."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, delete, func, inspect, select, text

from app.config import Settings
from app.db import Database
from app.errors import StartUpError
from app.models import Base, SurveyAnswer, SurveyDraft, SurveyDraftAnswer, SurveyList, SurveyResponse
from app.schema import check_schema, downgrade, upgrade
from tests.databases import SqliteFactory
from tests.integration import survey_world, world


@pytest.fixture
def empty_db(empty_database_url: str) -> Any:
    database = Database(empty_database_url)
    yield database
    database.close()


def _constraints(connection: Connection) -> dict[str, Any]:
    inspector = inspect(connection)
    return {
        table: {
            "primary key": inspector.get_pk_constraint(table),
            "unique": sorted(inspector.get_unique_constraints(table), key=str),
            "check": sorted(inspector.get_check_constraints(table), key=str),
            "foreign keys": sorted(inspector.get_foreign_keys(table), key=str),
            "indexes": sorted(inspector.get_indexes(table), key=str),
            "options": inspector.get_table_options(table),
        }
        for table in sorted(Base.metadata.tables)
    }


def test_up_down_and_up_again_ends_where_it_began(empty_db: Database) -> None:
    upgrade(empty_db)
    with empty_db.engine.connect() as connection:
        first = _constraints(connection)

    downgrade(empty_db, "base")
    with empty_db.engine.connect() as connection:
        left = set(inspect(connection).get_table_names())
    upgrade(empty_db)

    assert left == {"alembic_version"}
    with empty_db.engine.connect() as connection:
        assert _constraints(connection) == first


def test_the_models_ask_for_nothing_that_the_migrations_do_not_make(db: Database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_migrated_tables_carry_the_same_constraints_as_the_models(db: Database, empty_db: Database) -> None:
    with empty_db.engine.execution_options(writes=True).begin() as connection:
        Base.metadata.create_all(connection)
        wanted = _constraints(connection)

    with db.engine.connect() as connection:
        made = _constraints(connection)

    assert made == wanted


def test_a_migrated_database_passes(db: Database) -> None:
    check_schema(db)


def test_an_empty_database_is_told_to_set_up(empty_db: Database) -> None:
    with pytest.raises(StartUpError, match="python -m app setup"):
        check_schema(empty_db)


def test_tables_of_a_newer_program_are_refused_by_start_and_by_migrate(db: Database) -> None:
    with db.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StartUpError, match="nieuwere versie"):
        check_schema(db)
    with pytest.raises(StartUpError, match="nieuwere versie"):
        upgrade(db)


def test_older_tables_name_the_command_that_mends_them(db: Database) -> None:
    downgrade(db, "0001")

    with pytest.raises(StartUpError, match="python -m app migrate"):
        check_schema(db)


def test_what_hangs_on_a_table_that_is_changed_stays(db: Database, settings: Settings) -> None:
    """SQLite makes a changed table anew: a round with everything on it, down to before that and up again."""
    world.fill(db)
    key = survey_world.key_of(settings)
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group = survey_world.add_group(session, list_id)
        invited = survey_world.add_invitation(session, key, group)
        session.add(SurveyDraft(id="d", list_id=list_id, group_id=group, invitation_id=invited.id))
        session.add(SurveyResponse(id="r", list_id=list_id, receipt_hash="h"))
        session.flush()
        session.add(SurveyDraftAnswer(draft_id="d", question="K01", value="4", version=1))
        session.add(SurveyAnswer(response_id="r", question="K01", value="4"))
    before = _numbers_of_rows(db)

    downgrade(db, "0009")
    upgrade(db)

    assert _numbers_of_rows(db) == before
    with db.transaction() as session:
        session.execute(delete(SurveyList))  # and what hangs on it still goes with it
    assert (
        not {"survey_group", "survey_invitation", "survey_draft", "survey_answer"}
        & _numbers_of_rows(db).keys()
    )


def _numbers_of_rows(db: Database) -> dict[str, int]:
    with db.session() as session:
        counts = {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }
    return {name: count for name, count in counts.items() if count}


def test_a_migration_that_breaks_a_reference_is_undone(
    sqlite_factory: SqliteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        monkeypatch.setattr("app.schema.command.upgrade", _break_a_reference)

        with pytest.raises(StartUpError, match="survey_list"):
            upgrade(db)

        assert "survey_list" not in _numbers_of_rows(db)
        db.close()


def _break_a_reference(config: Config, _revision: str) -> None:
    columns = "(round_id, questionnaire, version, dropped_themes, received, withdrawn)"
    statement = text(f"INSERT INTO survey_list {columns} VALUES (99, 'ib', 1, '', 0, 0)")  # noqa: S608
    config.attributes["connection"].execute(statement)


def test_figures_that_were_published_before_get_their_age(db: Database) -> None:
    downgrade(db, "0001")
    with db.transaction() as session:
        for statement in OLD_VERSION:
            session.execute(text(statement))

    upgrade(db)

    with db.session() as session:
        ages = session.execute(text("SELECT indicator, period, age FROM version_slice ORDER BY 1, 2")).all()
    assert ages == [("a", "2019", 3), ("a", "2020", 2), ("a", "2024", 1), ("b", "2020", 1)]


OLD_VERSION = (
    "INSERT INTO data_version (id, state, note, created_at, created_by)"
    " VALUES (1, 'staged', '', CURRENT_TIMESTAMP, 'test')",
    "INSERT INTO source_file (id, name, sha256, size, profile, publisher, title, licence, lines, is_starter,"
    " loaded_at, loaded_by)"
    " VALUES (1, 'x', 'x', 1, 'x', 'x', 'x', 'x', 1, FALSE, CURRENT_TIMESTAMP, 'test')",
    "INSERT INTO slice (id, version_id, source_file_id, indicator, period, status) VALUES"
    " (1, 1, 1, 'a', '2019', 'definitief'), (2, 1, 1, 'b', '2020', 'definitief'),"
    " (3, 1, 1, 'a', '2024', 'definitief'), (4, 1, 1, 'a', '2020', 'definitief')",
    "INSERT INTO version_slice (version_id, indicator, period, slice_id) VALUES"
    " (1, 'a', '2019', 1), (1, 'b', '2020', 2), (1, 'a', '2024', 3), (1, 'a', '2020', 4)",
)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    database = Database("postgresql+psycopg://someone:s3cret@127.0.0.1:9/nowhere")

    with pytest.raises(StartUpError, match=r"127\.0\.0\.1:9/nowhere.*niet bereikbaar") as refusal:
        check_schema(database)

    assert "s3cret" not in str(refusal.value)


def test_a_missing_folder_is_said_and_not_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite'}")

    with pytest.raises(StartUpError, match="bestaat niet"):
        check_schema(database)

    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_text("this is a letter, not a database" * 50)

    with pytest.raises(StartUpError, match="niet bereikbaar"):
        check_schema(Database(f"sqlite:///{path}"))


def test_a_failing_migration_leaves_nothing_behind(
    empty_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        upgrade(empty_db)

    with empty_db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
