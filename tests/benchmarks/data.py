"""The database of the benchmark: the real starter figures, and generated ones up to a million cells."""

import random
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.accounts import create_demo_accounts
from app.db import Database
from app.indicators import Indicator
from app.regions import RegionKind
from app.schema import upgrade
from loaders.catalogue import Catalogue, load_catalogue

PERIODS = [str(year) for year in range(2006, 2026)]
GENERATED = 92
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


def build_database(path: Path) -> tuple[str, str, int]:
    """Fill a new SQLite database; a demo login, its password, and the number of cells."""
    from loaders.starter import load_starter  # brings pandas, which the measured workers do without

    db = Database(f"sqlite:///{path}")
    upgrade(db)
    with db.transaction() as session:
        version = load_starter(session, by="bench")
    with db.transaction() as session:
        accounts = create_demo_accounts(session, by="bench")
    db.close()
    with sqlite3.connect(path) as connection:
        _add_generated(connection, version)
        connection.execute("ANALYZE")
        (cells,) = connection.execute("SELECT count(*) FROM observation").fetchone()
    login, password = next((each[0], each[1]) for each in accounts if each[0] == "demo.swv")
    return login, password, cells


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
