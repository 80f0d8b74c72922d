"""The processing register names every table and column, and says of each what the law asks."""

import re

import pytest

from app.models import Base
from app.periods import PERIODS, Retention
from app.processing import Entry, OnErasure, Protection, Subject, load_register

REGISTER = load_register()
TABLES = Base.metadata.tables
WHO = re.compile(r"^(by|\w+_by|login|actor)$")
"""Names of columns that hold the login name of who did something."""

CLASSES = {Protection.PERSONAL, Protection.SECRET}


def _entries() -> list[Entry]:
    return list(REGISTER.entries.values())


def test_p01_every_table_and_column_stands_in_the_register_and_nothing_else() -> None:
    stored = {name: set(table.columns.keys()) for name, table in TABLES.items()}
    written = {entry.table: set(entry.columns) for entry in _entries()}

    assert written == stored


def test_p01_a_new_column_without_an_entry_would_be_found() -> None:
    stored = {*TABLES["user"].columns.keys(), "telephone"}

    assert stored - set(REGISTER.entries["user"].columns) == {"telephone"}


def test_p01_every_table_says_purpose_basis_receivers_and_period() -> None:
    for entry in _entries():
        assert entry.title
        assert entry.purpose
        assert entry.basis in REGISTER.bases
        assert entry.receivers in REGISTER.receivers
        assert entry.period.words


def test_p01_no_basis_receiver_or_period_stands_unused() -> None:
    assert {entry.basis for entry in _entries()} == set(REGISTER.bases)
    assert {entry.receivers for entry in _entries()} == set(REGISTER.receivers)
    assert {entry.retention for entry in _entries()} == set(Retention) == set(PERIODS)


def test_p02_what_is_of_nobody_holds_nothing_personal_and_what_is_personal_has_a_basis() -> None:
    for entry in _entries():
        classes = {column.protection for column in entry.columns.values()}
        if entry.basis == "geen":
            assert entry.subject is Subject.NOBODY
            assert Protection.PERSONAL not in classes
        if entry.subject is not Subject.NOBODY:
            assert entry.is_personal
            assert entry.basis != "geen"


def test_p02_every_personal_column_has_words_or_is_a_key_or_a_secret_without_meaning() -> None:
    wordless = {
        f"{entry.table}.{name}"
        for entry in _entries()
        for name, column in entry.columns.items()
        if column.protection in CLASSES and not column.words
    }

    assert {name.partition(".")[2] for name in wordless} <= {
        *("id", "user_id", "invitation_id", "partner_id", "token_hash", "nonce", "submission_id")
    }


def test_p18_every_column_that_can_point_to_an_account_is_named() -> None:
    for table in TABLES.values():
        entry = REGISTER.entries[table.name]
        to_user = {key.parent.name for key in table.foreign_keys if key.column.table.name == "user"}
        who = {column.name for column in table.columns if WHO.match(column.name)}

        assert to_user == set(entry.user_ids) - {"id"}, table.name
        assert who - {"login"} == set(entry.logins) - {"login"}, table.name
        assert table.name == "user" or "login" not in who or "login" in entry.logins, table.name


def test_p18_rows_that_hang_under_those_of_a_person_belong_to_the_person() -> None:
    for table in TABLES.values():
        entry = REGISTER.entries[table.name]
        parents = {key.column.table.name for key in table.foreign_keys} - {"user"}
        owned = {name for name in parents if REGISTER.entries[name].user_ids}

        assert owned == ({entry.parent.table} if entry.parent else set()), table.name


def test_p19_the_register_decides_what_erasing_an_account_does_to_each_table() -> None:
    for entry in _entries():
        assert entry.belongs_to_accounts == (entry.on_erasure is not OnErasure.NONE), entry.table
        assert (entry.on_erasure is OnErasure.DELETED) <= bool(entry.user_ids or entry.parent), entry.table
        assert bool(entry.logins) <= (entry.on_erasure is OnErasure.PSEUDONYM), entry.table


@pytest.mark.parametrize("name", ["survey_response", "survey_answer", "survey_open_answer", "survey_draft"])
def test_p02_answers_are_confidential(name: str) -> None:
    entry = REGISTER.entries[name]

    assert Protection.SECRET in {column.protection for column in entry.columns.values()}
    assert entry.subject is Subject.RESPONDENT
