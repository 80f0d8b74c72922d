"""What is stored of a person can be seen and erased, all of it, also after an old backup was put back."""

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app import accounts
from app.config import Settings
from app.db import Database
from app.models import AuditEvent, Base, User
from app.processing import OnErasure, load_register
from app.rights.accounts import HIDDEN, load_rows
from app.rights.erasures import FILE
from tests.integration.everything import fill_every_table
from tests.integration.visitor import Visitor

REGISTER = load_register()
LOGIN = "zonder"
"""Stands nowhere in the small world but as a login name."""

OWNED = {entry.table for entry in REGISTER.entries.values() if entry.belongs_to_accounts}


@pytest.fixture
def everything(filled: Database) -> Database:
    """A row in every table that can point to an account, pointing to one account."""
    with filled.transaction() as session:
        fill_every_table(session, LOGIN)
    return filled


def _rows(db: Database, login: str) -> dict[str, list[dict[str, object]]]:
    with db.session() as session:
        return load_rows(session, accounts.get_user(session, login))


def test_p18_every_table_that_points_to_an_account_comes_along(everything: Database) -> None:
    rows = _rows(everything, LOGIN)

    assert set(rows) == OWNED
    assert [table for table, found in rows.items() if not found] == []


def test_p18_nothing_of_anybody_else_comes_along(everything: Database) -> None:
    told = json.dumps(_rows(everything, "gemeente"), default=str)

    assert LOGIN not in told


def test_p18_secrets_are_named_and_not_shown(everything: Database) -> None:
    rows = _rows(everything, LOGIN)

    assert rows["user"][0]["password_hash"] == HIDDEN
    assert rows["login_session"][0]["token_hash"] == HIDDEN
    assert rows["survey_open_answer"] == [{"reviewed_by": LOGIN}]  # not the text, and no response


def test_p18_the_account_page_gives_the_file(log_in: Callable[[str], Visitor]) -> None:
    person = log_in("swv")

    page, answer = person.get("/account").text, person.get("/account/gegevens.json")
    told = json.loads(answer.data)

    assert 'href="/account/gegevens.json"' in page
    assert "attachment" in answer.headers["Content-Disposition"]
    assert told["user"]["rijen"][0]["login"] == "swv"
    assert told["grant"]["wat"] == "Regio’s en rollen"
    assert told["login_session"]["hoe_lang"] == "ten hoogste twaalf uur geldig"
    assert all(
        set(part) == {"wat", "waarvoor", "grondslag", "hoe_lang", "wie_ziet_het", "rijen"}
        for part in told.values()
    )


def test_p19_erasing_an_account_leaves_no_trace_but_a_pseudonym(
    everything: Database, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("erase", LOGIN) == 0

    pseudonym = capsys.readouterr().out.partition("nu ")[2].split(".")[0]
    assert pseudonym.startswith("gewist-")
    with everything.session() as session:
        assert session.scalar(select(func.count()).where(User.login == LOGIN)) == 0
        assert _mentions(session, LOGIN, f"Persoon {LOGIN}", f"user:{LOGIN}") == set()
        assert _mentions(session, pseudonym, f"user:{pseudonym}") == {
            entry.table for entry in REGISTER.entries.values() if entry.on_erasure is OnErasure.PSEUDONYM
        } | {"erasure"}
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "account.erase")).one()
    assert act.subject == f"user:{pseudonym}"


def test_p19_erasing_one_account_touches_no_other(everything: Database, command: Callable[..., int]) -> None:
    before = _rows(everything, "gemeente")

    command("erase", LOGIN)

    assert _rows(everything, "gemeente") == before


def test_p19_the_log_of_erasures_names_nobody(
    everything: Database,
    command: Callable[..., int],
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "dashboard")

    command("erase", LOGIN)

    text = (settings.data_dir / FILE).read_text()
    assert LOGIN not in text
    assert LOGIN not in caplog.text
    assert "account_erased" in caplog.text
    assert (settings.data_dir / FILE).stat().st_mode & 0o077 == 0


def test_p19_who_does_not_exist_cannot_be_erased(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("erase", "niemand") == 1
    assert "Er is geen account" in capsys.readouterr().err


def test_p19_a_restored_backup_is_erased_again(
    filled: Database, command: Callable[..., int], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    if filled.engine.dialect.name != "sqlite":
        pytest.skip("the file of the database is put back")
    place = Path(filled.engine.url.database or "")
    with filled.session() as session:
        created = session.scalar(select(User.created_at).where(User.login == "swv"))
    filled.close()
    shutil.copy(place, place.with_suffix(".kopie"))
    command("erase", "swv")
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    shutil.copy(place.with_suffix(".kopie"), place)
    place.with_suffix(".kopie").unlink()
    with filled.session() as session:
        assert session.scalar(select(User.created_at).where(User.login == "swv")) == created

    assert command("repeat-erasures") == 0

    assert "account: 1 opnieuw gewist" in capsys.readouterr().out
    with filled.session() as session:
        assert session.scalar(select(func.count()).where(User.login == "swv")) == 0
        assert _mentions(session, "swv") == set()
    command("repeat-erasures")
    assert "account: 0 opnieuw gewist" in capsys.readouterr().out


def test_p19_a_new_account_with_an_old_login_is_not_erased(
    filled: Database, command: Callable[..., int]
) -> None:
    command("erase", "swv")
    command("add", "swv", "--name", "Iemand anders")
    with filled.transaction() as session:
        session.execute(Base.metadata.tables["erasure"].delete())  # as in a database that knows of nothing

    command("repeat-erasures")

    with filled.session() as session:
        assert session.scalar(select(User.name).where(User.login == "swv")) == "Iemand anders"


def _mentions(session: Session, *words: str) -> set[str]:
    """The tables in which a column holds one of these words and nothing else."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.type.python_type is str
        and session.scalar(
            select(func.count()).select_from(table).where(or_(*(column == word for word in words)))
        )
    }
