"""What was erased on request, kept so that it can be erased again after a backup was put back.

Each erasure is a row in the database and a line in a file beside it, which a backup of the database does not
take back. What stands in the file and not in the table was erased after the backup was made: that is what
`python -m app user repeat-erasures` does again. Both hold keyed hashes only, without a moment.
"""

import hmac
import json
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.models import Erasure

FILE = "erasures.jsonl"
"""Below DATA_DIR. Leave it out of what a restore puts back, or hand over a copy with `--from`."""


class Kind(StrEnum):
    """What can be erased on request."""

    ACCOUNT = "account"
    INVITEE = "genodigde"
    RESPONSE = "antwoord"  # withdrawn by its receipt


class Erased(NamedTuple):
    """One erasure, as table and file keep it."""

    kind: Kind
    subject_hash: str
    pseudonym: str = ""


def erasure_key(settings: Settings) -> bytes:
    """The key of the hashes: with another SECRET_KEY, what was written before is found no more."""
    return hmac.digest(settings.secret_key.encode(), b"wissingen", "sha256")


def subject_hash(key: bytes, kind: Kind, *parts: object) -> str:
    """What the log finds a person by: nobody can read from it who that is."""
    told = "\0".join([kind, *(str(part) for part in parts)])
    return hmac.new(key, told.encode(), "sha256").hexdigest()


def note(session: Session, erased: Erased) -> None:
    """Write an erasure down in the transaction that does it; a second time changes nothing."""
    if session.get(Erasure, (erased.kind, erased.subject_hash)) is None:
        session.add(Erasure(**erased._asdict()))
        session.flush()


def noted(session: Session) -> set[Erased]:
    """Every erasure that was done in this database."""
    query = select(Erasure.kind, Erasure.subject_hash, Erasure.pseudonym)
    return {Erased(Kind(kind), *rest) for kind, *rest in session.execute(query)}


def copy_out(db: Database, data_dir: Path) -> int:
    """Bring the file up to date with the table; returns how many lines came. The worker does it each minute.

    Lines are never taken out: after a restore they are what tells what must be erased again.
    """
    with db.session() as session:
        rows = noted(session)
    path = data_dir / FILE
    new = sorted(rows - set(read_file(path)))
    if new:
        _append(path, "".join(json.dumps(each) + "\n" for each in new))
    return len(new)


def read_file(path: Path) -> Iterator[Erased]:
    """The erasures in a file; a line that a crash cut off is left out: its row is still in the table."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="ascii").splitlines():
        if line.endswith("]"):
            kind, *rest = json.loads(line)
            yield Erased(Kind(kind), *rest)


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(("\n" if _is_cut_off(path) else "") + text)
        file.flush()
        os.fsync(file.fileno())


def _is_cut_off(path: Path) -> bool:
    content = path.read_bytes()
    return bool(content) and not content.endswith(b"\n")
