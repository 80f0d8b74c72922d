"""A row in every table that can point to an account, made from the tables themselves."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Date, DateTime, Table, insert, select
from sqlalchemy.orm import Session

from app.models import Base, User
from app.processing import load_register

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SPECIAL: dict[tuple[str, str], object] = {
    ("survey_round", "state"): "concept",
    ("survey_round", "release"): "concept",
    ("survey_round", "closed_at"): None,
    ("survey_approval", "side"): "swv",
    ("survey_joint_signature", "side"): "swv",
    ("survey_joint", "swv_code"): "PO2707",
    ("survey_joint", "gemeente_code"): "GM0363",
    ("survey_open_answer", "state"): "getoond",
    ("survey_response", "organisation_code"): None,
    ("data_job", "kind"): "bestand",
    ("data_job", "state"): "wacht",
    ("data_job", "finished_at"): None,
    ("data_version", "state"): "published",
    ("load_report", "outcome"): "geladen",
    ("load_finding", "severity"): "opmerking",
    ("grant", "role"): "lezer",
    ("grant", "region_code"): "GM0363",
    ("audit_event", "subject"): "user:zonder",
}


def fill_every_table(session: Session, login: str) -> None:
    """Add rows, parents first; what is there already is left as it is."""
    user = session.scalars(select(User).where(User.login == login)).one()
    register = load_register()
    needed = _needed([entry.table for entry in register.entries.values() if entry.belongs_to_accounts])
    keys: dict[str, dict[str, Any]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in needed and table.name not in {"user", "region"}:
            keys[table.name] = _add(session, table, user, keys)


def _needed(wanted: list[str]) -> set[str]:
    """These tables and those that they point to."""
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += [key.column.table.name for key in Base.metadata.tables[name].foreign_keys]
    return found


def _add(session: Session, table: Table, user: User, keys: dict[str, dict[str, Any]]) -> dict[str, Any]:
    entry = load_register().entries[table.name]
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.name in entry.user_ids:
            values[column.name] = user.id
        elif column.name in entry.logins:
            values[column.name] = user.login
        elif column.name in entry.names:
            values[column.name] = user.name
        else:
            values[column.name] = _value(table, column, keys)
    session.execute(insert(table).values(values))
    return values


def _value(table: Table, column: Column[Any], keys: dict[str, dict[str, Any]]) -> Any:
    if (table.name, column.name) in SPECIAL:
        return SPECIAL[table.name, column.name]
    for key in column.foreign_keys:
        parent = key.column.table.name
        return "PO2707" if parent == "region" and key.column.name == "code" else _parent(parent, key, keys)
    if isinstance(column.type, DateTime) or column.type.__class__.__name__ == "UtcDateTime":
        return NOW
    if isinstance(column.type, Date):
        return date(2026, 11, 2)
    return {str: "x", int: 900, bool: False, float: 0.0}[column.type.python_type]


def _parent(parent: str, key: Any, keys: dict[str, dict[str, Any]]) -> Any:
    return 1 if parent == "region" else keys[parent][key.column.name]
