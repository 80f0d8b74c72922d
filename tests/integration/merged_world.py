"""The small world with a merger and a split gemeente, for tests of divisions. All numbers are invented.

Weesp joined Amsterdam on 24 March 2022; Amstelveen lies for a quarter in PO2707.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contributions import SwvRoute
from app.db import Database
from app.indicators import TOTAL, CellStatus, PeriodStatus
from app.models import (
    GemeenteSwv,
    Observation,
    Publication,
    Region,
    RegionSuccession,
    Slice,
    SourceFile,
    VersionSlice,
)
from app.regions import kind_of

CARE, SHARE, SCHOOLS = "jz-natura", "jh-pct", "ll-sbo"

CARE_2022 = {
    "NL01": 100_000,
    "GM0363": 21_520,
    "GM0384": 600,
    "GM0457": 400,
    "GM0362": 400,
    "PO2707": 22_220,
    "PO2709": 700,
}
CARE_2023 = {
    "NL01": 101_000,
    "GM0363": 22_000,
    "GM0384": (1, 4),
    "GM0362": 400,
    "PO2707": (22_101, 22_104),
    "PO2709": 300,
}
SCHOOLS_2023 = {"NL01": 9_000, "GM0363": 700, "GM0384": 60, "GM0362": 400, "PO2707": 905}
SHARES_2022 = {"NL01": 13.2, "GM0363": 12.5, "GM0457": 9.5, "GM0384": 11.0}


def add_merger(db: Database) -> None:
    """Add the merger, the split gemeente and their figures to the small world."""
    with db.transaction() as session:
        _add_areas(session)
        counted = {"route": SwvRoute.GEMEENTEN, "estimated": {"PO2707": 100 / 22_220}}
        _add_slice(session, CARE, "2022", CARE_2022, **counted)
        _add_slice(session, CARE, "2023", CARE_2023, **counted)
        _add_slice(session, SHARE, "2022", SHARES_2022)
        _add_slice(session, SCHOOLS, "2023", SCHOOLS_2023, route=SwvRoute.POSTCODE, division="2026")


def _add_areas(session: Session) -> None:
    weesp = Region(code="GM0457", name="Weesp", valid_to=date(2022, 3, 24))
    others = [
        Region(code=code, name=name) for code, name in (("GM0362", "Amstelveen"), ("PO2709", "Het Gooi"))
    ]
    for region in (weesp, *others):
        region.kind = kind_of(region.code)
        session.add(region)
    session.flush()
    ids = _ids(session)
    moved = {"happened_on": date(2022, 3, 24), "inhabitants": 20_766, "share": 1.0}
    session.add(RegionSuccession(old_region_id=ids["GM0457"], new_region_id=ids["GM0363"], **moved))
    for gemeente, swv, share, last_year in (
        ("GM0457", "PO2709", 1.0, 2022),
        ("GM0362", "PO2707", 0.25, None),
        ("GM0362", "PO2709", 0.75, None),
    ):
        years = {"first_year": 2015, "last_year": last_year}
        part = {
            "share": share,
            "is_whole": share == 1.0,
            "weight_name": None if share == 1.0 else "leerlingen",
        }
        session.add(GemeenteSwv(gemeente_id=ids[gemeente], swv_id=ids[swv], **years, **part))


def _add_slice(session: Session, indicator: str, period: str, cells: dict[str, Any], **facts: Any) -> None:
    version = session.scalars(select(Publication.version_id)).one()
    part = Slice(
        version_id=version,
        source_file_id=session.scalars(select(SourceFile.id)).first(),
        indicator=indicator,
        period=period,
        status=PeriodStatus.FINAL,
        division=facts.get("division", "toen"),
        swv_route=facts.get("route"),
    )
    session.add(part)
    session.flush()
    age = {"2023": 1, "2022": 2}[period]
    session.add(
        VersionSlice(version_id=version, indicator=indicator, period=period, slice_id=part.id, age=age)
    )
    ids = _ids(session)
    estimated = facts.get("estimated", {})
    for code, value in cells.items():
        session.add(_cell(part.id, ids[code], value, estimated.get(code, 0.0)))


def _cell(slice_id: int, region_id: int, value: Any, estimated: float) -> Observation:
    cell = Observation(slice_id=slice_id, breakdown=TOTAL, region_id=region_id)
    cell.estimated, cell.indirect, cell.status = estimated, 0.0, CellStatus.PRESENT
    if isinstance(value, float):
        cell.value = value
        return cell
    low, high = value if isinstance(value, tuple) else (value, value)
    cell.numerator_low, cell.numerator_high = low, high
    if low < high:
        cell.status = CellStatus.HIDDEN if high == 4 else CellStatus.PARTLY_HIDDEN
    return cell


def _ids(session: Session) -> dict[str, int]:
    return {row.code: row.id for row in session.execute(select(Region.code, Region.id))}
