"""Outlines of gemeenten in the database: kept from the file that was loaded last, and read for the map."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session, aliased

from app.models import (
    GemeenteSwv,
    Region,
    RegionMembership,
    RegionOutline,
    RegionSuccession,
    SourceFile,
)
from app.regions import SWVS, RegionKind

if TYPE_CHECKING:
    from loaders.outlines import Outline

PROFILE = "gemeente-omtrekken"
FORM = 1
"""Goes up when the form of the answer changes, for browsers keep it."""


@dataclass(frozen=True, slots=True)
class OutlineSet:
    """The outlines that are there: the gemeenten of which year, which version, and whose they are."""

    year: int
    version: str
    file_name: str
    publisher: str
    title: str
    licence: str
    loaded_at: datetime

    @property
    def href(self) -> str:
        """Where a browser finds them; the address changes with the content."""
        return f"/kaart/{self.year}.json?v={self.version}"


def store_outlines(session: Session, outlines: Sequence["Outline"], year: int) -> None:
    """Replace all outlines by those of the gemeenten of `year`."""
    ids = {row.code: row.id for row in session.execute(select(Region.code, Region.id))}
    session.execute(delete(RegionOutline))
    rows = [
        {"region_id": ids[each.code], "year": year, "rings": json.dumps(each.rings, separators=(",", ":"))}
        for each in outlines
    ]
    if rows:
        session.execute(insert(RegionOutline), rows)


def load_outline_year(session: Session) -> OutlineSet | None:
    """What is known of the outlines that are there; None while nobody loaded any."""
    year = session.scalar(select(func.max(RegionOutline.year)))
    newest = (
        select(SourceFile)
        .where(SourceFile.profile == PROFILE, SourceFile.is_starter.is_(False))
        .order_by(SourceFile.loaded_at.desc(), SourceFile.id.desc())
        .limit(1)
    )
    source = session.scalar(newest)
    if year is None or source is None:
        return None
    return OutlineSet(
        year,
        f"{FORM}-{source.sha256[:12]}",
        source.name,
        source.publisher,
        source.title,
        source.licence,
        source.loaded_at,
    )


def load_outlines(session: Session, year: int) -> str | None:
    """The outlines as JSON: `{"year": 2023, "areas": {"GM0014": [[x, y, x, y, …], …], …}}`; None without any.

    Units of 100 m, see `loaders.outlines.Ring`.
    """
    query = (
        select(Region.code, RegionOutline.rings)
        .join(RegionOutline, RegionOutline.region_id == Region.id)
        .where(RegionOutline.year == year)
        .order_by(Region.code)
    )
    areas = ",".join(f'"{code}":{rings}' for code, rings in session.execute(query))
    return f'{{"year":{year},"areas":{{{areas}}}}}' if areas else None


def load_region_of(session: Session, kind: RegionKind) -> dict[str, str]:
    """Every gemeente that has an outline → the region of `kind` that it lies in today.

    A gemeente that has gone counts as the one that most of it went to; of a gemeente that is divided the
    largest part decides. One that lies in no such region is left out.
    """
    query = select(Region.code).join(RegionOutline, RegionOutline.region_id == Region.id)
    heirs, homes = _load_heirs(session), load_main_regions(session, kind)
    last = {code: _last_heir(code, heirs) for code in session.scalars(query.order_by(Region.code))}
    if kind is RegionKind.GEMEENTE:
        return last
    return {code: homes[heir] for code, heir in last.items() if heir in homes}


def load_main_regions(session: Session, kind: RegionKind) -> dict[str, str]:
    """Gemeente of now → the SWV, provincie or other region that its largest part lies in."""
    homes: dict[str, str] = {}
    for gemeente, region in session.execute(_shares(kind) if kind in SWVS else _memberships(kind)):
        homes.setdefault(gemeente, region)
    return homes


def _shares(kind: RegionKind) -> Select[str, str]:
    gemeente, swv = aliased(Region), aliased(Region)
    return (
        select(gemeente.code, swv.code)
        .join(GemeenteSwv, GemeenteSwv.gemeente_id == gemeente.id)
        .join(swv, swv.id == GemeenteSwv.swv_id)
        .where(swv.kind == kind, GemeenteSwv.last_year.is_(None))
        .order_by(gemeente.code, GemeenteSwv.share.desc(), swv.code)
    )


def _memberships(kind: RegionKind) -> Select[str, str]:
    gemeente, region = aliased(Region), aliased(Region)
    return (
        select(gemeente.code, region.code)
        .join(RegionMembership, RegionMembership.gemeente_id == gemeente.id)
        .join(region, region.id == RegionMembership.region_id)
        .where(region.kind == kind, RegionMembership.last_year.is_(None))
        .order_by(gemeente.code, region.code)
    )


def _load_heirs(session: Session) -> dict[str, str]:
    """Gemeente that has gone → the one that most of it went to."""
    old, new = aliased(Region), aliased(Region)
    rows = session.execute(
        select(old.code, new.code)
        .join(RegionSuccession, RegionSuccession.old_region_id == old.id)
        .join(new, new.id == RegionSuccession.new_region_id)
        .where(old.valid_to.is_not(None))
        .order_by(old.code, RegionSuccession.share.desc(), new.code)
    )
    heirs: dict[str, str] = {}
    for gone, heir in rows:
        heirs.setdefault(gone, heir)
    return heirs


def _last_heir(code: str, heirs: dict[str, str]) -> str:
    seen = {code}
    while code in heirs and heirs[code] not in seen:
        code = heirs[code]
        seen.add(code)
    return code
