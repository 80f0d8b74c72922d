"""The processing register: of every table and column what it is, why and how long it is kept, for whom. Pure.

It stands in `app/data/register.toml`; a test compares it with the tables both ways. The privacy page shows
the personal part, and what belongs to an account is shown and erased by what the register says of it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.periods import PERIODS, Period, Retention

FILE = Path(__file__).parent / "data" / "register.toml"


class Protection(StrEnum):
    """How a column must be protected."""

    OPEN = "open"  # published, or about nobody
    INTERN = "intern"  # of the installation or an organisation
    PERSONAL = "persoonlijk"  # says something of a person, or who did something
    SECRET = "vertrouwelijk"  # answers, addresses, and what opens a door # noqa: S105


class Subject(StrEnum):
    """Whose data a table holds."""

    ACCOUNT = "account"
    INVITEE = "genodigde"
    RESPONDENT = "respondent"
    NOBODY = "niemand"


class OnErasure(StrEnum):
    """What becomes of the rows of an account that is erased."""

    DELETED = "verwijderd"
    PSEUDONYM = "pseudoniem"  # the row stays; login and name make place for a pseudonym
    NONE = "geen"  # no row points to an account


class Column(NamedTuple):
    """One column: its class, and in words what is in it."""

    protection: Protection
    words: str = ""


class Parent(NamedTuple):
    """Rows that belong to a person through another table: whose key, and the column that points there."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of one table.

    `user_ids` are columns with the number of an account, `logins` with its login name, `names` with the
    person's name beside a login, `subjects` with `user:<login>`.
    """

    table: str
    title: str
    purpose: str
    basis: str
    retention: Retention
    receivers: str
    subject: Subject
    on_erasure: OnErasure
    columns: Mapping[str, Column]
    user_ids: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    parent: Parent | None = None

    @property
    def period(self) -> Period:
        """How long its rows are kept."""
        return PERIODS[self.retention]

    @property
    def is_personal(self) -> bool:
        """Whether a column says something of a person."""
        classes = {column.protection for column in self.columns.values()}
        return self.subject is not Subject.NOBODY and bool(classes & {Protection.PERSONAL, Protection.SECRET})

    @property
    def belongs_to_accounts(self) -> bool:
        """Whether rows point to an account."""
        return bool(self.user_ids or self.logins or self.subjects or self.parent)

    @property
    def tells_who(self) -> bool:
        """Whether it is about something else, and only tells which account did it."""
        return bool(self.logins) and not self.subjects

    def words(self) -> list[str]:
        """What its personal columns hold, each once, in the order of the register."""
        shown = (column.words for column in self.columns.values() if column.words)
        return list(dict.fromkeys(shown))


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register."""

    bases: Mapping[str, str]
    receivers: Mapping[str, str]
    entries: Mapping[str, Entry]

    def personal(self, subject: Subject) -> list[Entry]:
        """The tables with personal data of these people."""
        return [each for each in self.entries.values() if each.subject is subject and each.is_personal]


@cache
def load_register() -> Register:
    """The register as it stands in the file.

    Raises:
        ValueError: a table lacks a part, has an unknown one, or names what does not exist.
    """
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    bases, receivers = raw["grondslagen"], raw["ontvangers"]
    register = Register(bases, receivers, {name: _entry(name, part) for name, part in raw["tabel"].items()})
    for entry in register.entries.values():
        if entry.basis not in bases or entry.receivers not in receivers:
            raise ValueError(f"register.toml: {entry.table} names a basis or receivers that are not there")
    return register


_KNOWN = frozenset(
    {"titel", "doel", "grondslag", "bewaren", "ontvangers", "van", "bij_wissen", "wijst_naar", *Protection}
)
_POINTERS = frozenset({"nummer", "gebruikersnaam", "naam", "onderwerp", "via"})


def _entry(table: str, part: Mapping[str, Any]) -> Entry:
    points: Mapping[str, Any] = part.get("wijst_naar", {})
    if unknown := (part.keys() - _KNOWN) | (points.keys() - _POINTERS):
        raise ValueError(f"register.toml: {table} has unknown parts: {', '.join(sorted(unknown))}")
    return Entry(
        table=table,
        title=part["titel"],
        purpose=part["doel"],
        basis=part["grondslag"],
        retention=Retention(part["bewaren"]),
        receivers=part["ontvangers"],
        subject=Subject(part["van"]),
        on_erasure=OnErasure(part.get("bij_wissen", OnErasure.NONE)),
        columns=_columns(table, part),
        user_ids=tuple(points.get("nummer", ())),
        logins=tuple(points.get("gebruikersnaam", ())),
        names=tuple(points.get("naam", ())),
        subjects=tuple(points.get("onderwerp", ())),
        parent=Parent(*points["via"]) if "via" in points else None,
    )


def _columns(table: str, part: Mapping[str, Any]) -> dict[str, Column]:
    """The columns: a list of names for open and internal ones, names with words for the others."""
    columns: dict[str, Column] = {}
    for protection in Protection:
        named = part.get(protection, {})
        for name in named:
            if name in columns:
                raise ValueError(f"register.toml: {table}.{name} has two classes")
            columns[name] = Column(protection, named[name] if isinstance(named, dict) else "")
    return columns
