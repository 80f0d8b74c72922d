"""A small invented world for tests: a few regions, a person for every role, and figures made by hand.

Nothing in it is real: the region codes exist, the figures do not.
"""

import functools
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import accounts
from app.access import Role
from app.db import Database
from app.indicators import TOTAL, CellStatus, PeriodStatus
from app.models import (
    DataVersion,
    GemeenteSwv,
    Observation,
    Publication,
    Region,
    Slice,
    SourceFile,
    User,
    VersionSlice,
)
from app.passwords import hash_password
from app.regions import kind_of
from loaders.contents import number_periods

PASSWORD = "vier gele fietsen piepen"
NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

REGIONS = {
    "NL01": "Nederland",
    "PV27": "Noord-Holland",
    "GM0363": "Amsterdam",
    "GM0384": "Diemen",
    "GM0034": "Almere",
    "GM0995": "Lelystad",
    "PO2707": "Amsterdam en Diemen",
    "VO2708": "Amsterdam en Diemen voortgezet",
    "PO2401": "Passend Onderwijs Almere",
    "VO2401": "Passend Onderwijs Almere voortgezet",
    "PO2402": "Lelystad en Dronten",
}

PARTS = (
    ("GM0363", "PO2707", 1.0),
    ("GM0384", "PO2707", 1.0),
    ("GM0363", "VO2708", 1.0),
    ("GM0384", "VO2708", 1.0),
    ("GM0034", "PO2401", 1.0),
    ("GM0034", "VO2401", 1.0),
    ("GM0995", "PO2402", 0.75),
)
"""Gemeente, SWV, part of it."""

PEOPLE: dict[str, Sequence[tuple[Role, str]]] = {
    "swv": [(Role.POLICY_SWV, "PO2707")],
    "gemeente": [(Role.POLICY_GEMEENTE, "GM0034")],
    "lezer": [(Role.READER, "GM0363")],
    "coordinator": [(Role.COORDINATOR, "PO2707"), (Role.COORDINATOR, "VO2708")],
    "data": [(Role.DATA_ADMIN, "NL01")],
    "beheer": [(Role.ADMIN, "NL01")],
    "zonder": [],
}
"""Login → grants; everybody's password is `PASSWORD`."""

COUNT, PERCENT = "ll-bao", "deel-sbo-pct"
PERIODS = ("2023", "2024", "2025")
CANARY = 987654
"""A figure of a version that is not published: no answer to anybody may hold it."""

Cell = tuple[float | None, float | None, float | None, float | None]

COUNTS: dict[str, Sequence[Cell]] = {
    "NL01": [
        (1_400_000, 1_400_000, None, None),
        (1_390_000, 1_390_000, None, None),
        (1_380_000,) * 2 + (None,) * 2,
    ],
    "PO2707": [(62_000, 62_000, None, None), (61_500, 61_500, None, None), (61_000, 61_000, None, None)],
    "PO2401": [(18_000, 18_000, None, None), (17_900, 17_900, None, None), (17_800, 17_800, None, None)],
    "PO2402": [(9_000, 9_000, None, None), (9_001, 9_007, None, None), (None, None, None, None)],
    "GM0363": [(58_000, 58_000, None, None), (57_500, 57_500, None, None), (57_000, 57_000, None, None)],
    "GM0384": [(1, 4, None, None), (None, None, None, None), (4_000, 4_000, None, None)],
    "GM0034": [(18_000, 18_000, None, None), (17_900, 17_900, None, None), (17_800, 17_800, None, None)],
}
PERCENTS: dict[str, Sequence[Cell]] = {
    "NL01": [(33_600, 33_600, 1_400_000, 1_400_000)] * 3,
    "PO2707": [
        (1_240, 1_240, 62_000, 62_000),
        (1_230, 1_240, 61_500, 61_510),
        (1_220, 1_220, 61_000, 61_000),
    ],
    "PO2401": [(450, 450, 18_000, 18_000)] * 3,
    "PO2402": [(1, 4, 9_000, 9_003), (None, None, None, None), (270, 270, 9_000, 9_000)],
    "GM0034": [(450, 450, 18_000, 18_000)] * 3,
    "GM0363": [(1_100, 1_100, 58_000, 58_000)] * 3,
}


def fill(db: Database) -> None:
    """Put the whole world into a migrated database."""
    with db.transaction() as session:
        _add_regions(session)
        _add_people(session)
        _add_figures(session)


def user_id(db: Database, login: str) -> int:
    """The id of one of the people."""
    with db.session() as session:
        return session.scalars(select(User.id).where(User.login == login)).one()


def _add_regions(session: Session) -> None:
    for code, name in REGIONS.items():
        session.add(Region(code=code, kind=kind_of(code), name=name, province_code=None, is_national=False))
    session.flush()
    ids = _region_ids(session)
    for gemeente, swv, share in PARTS:
        is_whole = share == 1.0
        session.add(
            GemeenteSwv(
                gemeente_id=ids[gemeente],
                swv_id=ids[swv],
                first_year=2015,
                last_year=None,
                share=share,
                is_whole=is_whole,
                weight_name=None if is_whole else "leerlingen naar vestigingspostcode 2023/24",
            )
        )


def _add_people(session: Session) -> None:
    for login, grants in PEOPLE.items():
        user = accounts.create_user(session, login, f"Persoon {login}", by="test")
        user.password_hash = _password_hash()
        for role, region in grants:
            accounts.grant(session, login, region, role, by="test")


@functools.cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


def _add_figures(session: Session) -> None:
    source = SourceFile(
        name="verzonnen.csv",
        sha256="0" * 64,
        size=1,
        profile="test",
        publisher="DUO",
        title="Verzonnen cijfers voor tests",
        licence="CC0",
        reference_date=date(2025, 10, 1),
        lines=1,
        loaded_at=NOW,
        loaded_by="test",
    )
    session.add(source)
    published = DataVersion(
        state="published", created_at=NOW, created_by="test", published_at=NOW, published_by="test"
    )
    staged = DataVersion(state="staged", created_at=NOW, created_by="test")
    session.add_all([published, staged])
    session.flush()
    session.add(Publication(id=1, version_id=published.id, changed_at=NOW))
    for indicator, table in ((COUNT, COUNTS), (PERCENT, PERCENTS)):
        for number, period in enumerate(PERIODS):
            cells = {code: series[number] for code, series in table.items()}
            _add_slice(session, published.id, source.id, indicator, period, cells)
    number_periods(session, published.id)
    _add_slice(session, staged.id, source.id, COUNT, "2026", {"PO2707": (CANARY, CANARY, None, None)})


def _add_slice(
    session: Session, version: int, source: int, indicator: str, period: str, cells: dict[str, Cell]
) -> None:
    status = PeriodStatus.PROVISIONAL if period == PERIODS[-1] else PeriodStatus.FINAL
    part = Slice(version_id=version, source_file_id=source, indicator=indicator, period=period, status=status)
    session.add(part)
    session.flush()
    session.add(VersionSlice(version_id=version, indicator=indicator, period=period, slice_id=part.id, age=0))
    ids = _region_ids(session)
    session.add_all(_observation(part.id, ids[code], cell) for code, cell in cells.items())


def _observation(slice_id: int, region_id: int, cell: Cell) -> Observation:
    low, high, whole_low, whole_high = cell
    return Observation(
        slice_id=slice_id,
        breakdown=TOTAL,
        region_id=region_id,
        numerator_low=low,
        numerator_high=high,
        denominator_low=whole_low,
        denominator_high=whole_high,
        status=_status(low, high),
        estimated=0.0,
        indirect=0.0,
    )


def _status(low: float | None, high: float | None) -> CellStatus:
    if low is None:
        return CellStatus.MISSING
    if low == high:
        return CellStatus.PRESENT
    return CellStatus.HIDDEN if low == 1 else CellStatus.PARTLY_HIDDEN


def _region_ids(session: Session) -> dict[str, int]:
    return {row.code: row.id for row in session.execute(select(Region.code, Region.id))}
