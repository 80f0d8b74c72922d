"""Everything that points to an account: shown to its person, and erased on request.

Which tables and columns those are stands in the processing register, so that a new table cannot be forgotten:
a test compares it with the tables.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from app.audit import record
from app.models import Base, User
from app.processing import Entry, OnErasure, Protection, Subject, load_register
from app.rights.erasures import Erased, Kind, note, subject_hash

HIDDEN = "(afgeschermd)"
"""In place of hashes of passwords and sessions, which a file should not carry around."""

GONE_NAME = "(gewist)"
Row = dict[str, Any]


def load_rows(session: Session, user: User) -> dict[str, list[Row]]:
    """Every row that points to an account, by table; secrets are named and not shown.

    Of rows about others, such as an answer that this person read first, only the own login name is shown.
    """
    return {
        entry.table: _rows(session, entry, condition)
        for entry in load_register().entries.values()
        if (condition := _points_to(entry, user.id, user.login)) is not None
    }


def told(rows: Mapping[str, list[Row]]) -> dict[str, Any]:
    """The same as a file for people and programs: with what each table is, why it is kept and how long."""
    register = load_register()
    return {
        table: {
            "wat": register.entries[table].title,
            "waarvoor": register.entries[table].purpose,
            "grondslag": register.bases[register.entries[table].basis],
            "hoe_lang": register.entries[table].period.words,
            "wie_ziet_het": register.receivers[register.entries[table].receivers],
            "rijen": rows[table],
        }
        for table in rows
    }


def erase_account(session: Session, user: User, *, by: str, key: bytes, pseudonym: str = "") -> str:
    """Erase an account and all that is only of its person; returns the pseudonym that stands in its place.

    Sessions, roles, groups, views and visits go. Rows that tell who did something stay, under a pseudonym
    that is the same in all of them and follows from nothing.
    """
    login, user_id, proof = user.login, user.id, _proof(user, key)
    pseudonym = pseudonym or f"gewist-{secrets.token_hex(4)}"
    session.expunge(user)
    _put_pseudonym(session, login, pseudonym)
    session.execute(delete(User).where(User.id == user_id))  # what only it holds goes along: see the register
    note(session, Erased(Kind.ACCOUNT, proof, pseudonym))
    record(session, by=by, action="account.erase", subject=f"user:{pseudonym}")
    return pseudonym


def repeat_accounts(session: Session, missing: Mapping[str, str], *, by: str, key: bytes) -> int:
    """Erase again the accounts that a backup brought back; returns how many.

    Args:
        missing: hash of an account → pseudonym, of erasures that this database does not know.
    """
    found = 0
    for user in session.scalars(select(User)).all():
        pseudonym = missing.get(_proof(user, key))
        if pseudonym is not None:
            erase_account(session, user, by=by, key=key, pseudonym=pseudonym)
            found += 1
    return found


def _proof(user: User, key: bytes) -> str:
    """The moment belongs to it: the login name may be given to somebody else afterwards."""
    return subject_hash(key, Kind.ACCOUNT, user.login, user.created_at.isoformat())


def _put_pseudonym(session: Session, login: str, pseudonym: str) -> None:
    for entry in load_register().entries.values():
        if entry.on_erasure is not OnErasure.PSEUDONYM:
            continue
        table = _table(entry)
        for column in entry.logins:
            values = {column: pseudonym} | dict.fromkeys(entry.names, GONE_NAME)
            session.execute(update(table).where(table.c[column] == login).values(values))
        for column in entry.subjects:
            about = table.c[column] == f"user:{login}"
            session.execute(update(table).where(about).values({column: f"user:{pseudonym}"}))


def _points_to(entry: Entry, user_id: int, login: str) -> ColumnElement[bool] | None:
    """Which rows of a table are about an account; None where none can be."""
    table = _table(entry)
    conditions: list[ColumnElement[bool]] = [table.c[name] == user_id for name in entry.user_ids]
    conditions += [table.c[name] == login for name in entry.logins]
    conditions += [table.c[name] == f"user:{login}" for name in entry.subjects]
    if entry.parent:
        parent = load_register().entries[entry.parent.table]
        owned = _points_to(parent, user_id, login)
        if owned is not None:
            key = next(iter(_table(parent).primary_key))
            conditions.append(table.c[entry.parent.column].in_(select(key).where(owned)))
    return or_(*conditions) if conditions else None


def _rows(session: Session, entry: Entry, condition: ColumnElement[bool]) -> list[Row]:
    table = _table(entry)
    names = list(entry.columns) if entry.subject is Subject.ACCOUNT else entry.logins
    query = select(*(table.c[name] for name in names)).where(condition).order_by(*table.primary_key)
    return [
        {name: _shown(entry, name, value) for name, value in row.items()}
        for row in session.execute(query).mappings()
    ]


def _shown(entry: Entry, name: str, value: Any) -> Any:
    if entry.columns[name].protection is Protection.SECRET and value is not None:
        return HIDDEN
    return value.isoformat() if isinstance(value, date | datetime) else value


def _table(entry: Entry) -> Table:
    return Base.metadata.tables[entry.table]
