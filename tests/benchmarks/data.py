"""The database of the benchmark: the real starter figures, and generated ones up to a million cells."""

import random
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts import create_demo_accounts
from app.accounts.grants import grant
from app.accounts.people import create_user
from app.db import Database
from app.indicators import Indicator
from app.models import Region, RegionSuccession
from app.passwords import hash_password, make_password
from app.regions import RegionKind
from app.schema import upgrade
from loaders.catalogue import Catalogue, load_catalogue

PERIODS = [str(year) for year in range(2006, 2026)]
GENERATED = 92
READERS = 14
"""Few enough to log in within a quarter of an hour from one address, many enough for a dozen regions each."""
MODEL = "deel-sbo-pct"
EMPTY_INPUT, EMPTY_OUTPUT = "bench-input", "bench-output"
"""The ends of the callback that does nothing."""


def bench_catalogue() -> Catalogue:
    """The real catalogue and the generated indicators after it."""
    real = load_catalogue()
    model = real.indicators[MODEL]
    return Catalogue({**real.indicators, **{each.id: each for each in _generated(model)}})


def _generated(model: Indicator) -> list[Indicator]:
    kinds = tuple(RegionKind)
    return [
        replace(
            model, id=f"bench-{n:03}", label=f"Gegenereerd {n}", short_label=f"Gegenereerd {n}", levels=kinds
        )
        for n in range(GENERATED)
    ]


class Visitor(NamedTuple):
    """Somebody who logs in, and the regions in which they have a role."""

    login: str
    password: str
    regions: tuple[str, ...]


def build_database(path: Path) -> tuple[list[Visitor], int]:
    """Fill a new SQLite database; who visits it, a policy officer first, and the number of cells."""
    from loaders.starter import load_starter  # brings pandas, which the measured workers do without

    db = Database(f"sqlite:///{path}")
    upgrade(db)
    with db.transaction() as session:
        version = load_starter(session, by="bench")
    with db.transaction() as session:
        accounts = create_demo_accounts(session, by="bench")
        officer = next(Visitor(*each[:2], ("PO2707",)) for each in accounts if each[0] == "demo.swv")
        readers = _create_readers(session)
    db.close()
    with sqlite3.connect(path) as connection:
        _add_generated(connection, version)
        connection.execute("ANALYZE")
        (cells,) = connection.execute("SELECT count(*) FROM observation").fetchone()
    return [officer, *readers], cells


def _create_readers(session: Session) -> list[Visitor]:
    """Readers who open every SWV and merged gemeente between them.

    With all of those in one account, finding out what it may open would cost more than it does for anybody.
    """
    merged = select(RegionSuccession.new_region_id)
    query = select(Region.code).where(
        Region.valid_to.is_(None),
        or_(Region.kind.in_([RegionKind.SWV_PO, RegionKind.SWV_VO]), Region.id.in_(merged)),
    )
    codes = sorted(session.scalars(query))
    password = make_password()
    hashed, readers = hash_password(password), []
    for number in range(READERS):
        login = f"bench.{number}"
        create_user(session, login, login, by="bench").password_hash = hashed
        own = tuple(codes[number::READERS])
        for code in own:
            grant(session, login, code, Role.READER, by="bench")
        readers.append(Visitor(login, password, own))
    return readers


def _add_generated(connection: sqlite3.Connection, version: int) -> None:
    regions = [
        row[0] for row in connection.execute("SELECT id FROM region WHERE valid_to IS NULL ORDER BY id")
    ]
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    now = datetime.now(UTC).replace(tzinfo=None)
    source = connection.execute(
        "INSERT INTO source_file (name, sha256, size, profile, publisher, title, licence, lines, is_starter,"
        " loaded_at, loaded_by)"
        " VALUES ('bench.csv', 'bench', 0, 'bench', 'bench', 'bench', 'CC0', 0, 0, ?, 'bench')",
        (str(now),),
    ).lastrowid
    for number in range(GENERATED):
        for period in PERIODS:
            slice_id = connection.execute(
                "INSERT INTO slice (version_id, source_file_id, indicator, period, status)"
                " VALUES (?, ?, ?, ?, ?)",
                (version, source, f"bench-{number:03}", period, "definitief"),
            ).lastrowid
            connection.execute(
                "INSERT INTO version_slice (version_id, indicator, period, slice_id, age)"
                " VALUES (?, ?, ?, ?, ?)",
                (version, f"bench-{number:03}", period, slice_id, len(PERIODS) - PERIODS.index(period)),
            )
            connection.executemany(
                "INSERT INTO observation (slice_id, breakdown, region_id, numerator_low, numerator_high,"
                " denominator_low, denominator_high, value, status, estimated, indirect, source_row)"
                " VALUES (?, 'totaal', ?, ?, ?, 1000, 1000, NULL, 'aanwezig', 0, 0, NULL)",
                [(slice_id, region, n := chance.randint(5, 60), n) for region in regions],
            )
