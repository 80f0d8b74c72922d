"""The region facts of the database, as the `Reference` that loaders ask."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models import GemeenteSwv, Postcode, Region, RegionMembership, SchoolSite
from app.regions import RegionKind
from loaders.membership import Membership, Share
from loaders.reference import Reference
from loaders.regions import AreaRow

SITE_PROFILES = ("duo-adressen-po", "duo-adressen-vo", "scholen-geo")
"""Files with school addresses; where two know a site, the first goes."""


def load_reference(session: Session) -> Reference:
    """The reference as the database has it now."""
    return Reference(
        areas=_areas(session),
        swv_of_postcode=_postcodes(session),
        postcode_of_site=_sites(session),
        shares=tuple(_shares(session)),
        memberships=tuple(_memberships(session)),
    )


def load_areas_for(session: Session, code: str) -> Reference:
    """What reading the own figures of one region takes: the names of all, and nothing about places."""
    return Reference(_areas(session), {}, {}, (), only_region=code)


def _areas(session: Session) -> tuple[AreaRow, ...]:
    rows = session.execute(
        select(
            Region.code, Region.kind, Region.name, Region.province_code, Region.valid_from, Region.valid_to
        ).order_by(Region.code)
    )
    return tuple(AreaRow(row[0], RegionKind(row[1]), *row[2:]) for row in rows)


def _postcodes(session: Session) -> dict[str, tuple[str | None, str | None]]:
    po, vo = aliased(Region), aliased(Region)
    rows = session.execute(
        select(Postcode.pc4, po.code, vo.code)
        .outerjoin(po, po.id == Postcode.po_swv_id)
        .outerjoin(vo, vo.id == Postcode.vo_swv_id)
    )
    return {pc4: (po_code, vo_code) for pc4, po_code, vo_code in rows}


def _sites(session: Session) -> dict[str, str]:
    rows = session.execute(
        select(SchoolSite.brin6, SchoolSite.pc4, SchoolSite.profile).where(SchoolSite.pc4.is_not(None))
    )
    found: dict[str, str] = {}
    for brin6, pc4, _profile in sorted(rows, key=lambda row: _preference(row[2])):
        found.setdefault(brin6, pc4 or "")
    return found


def _preference(profile: str) -> int:
    return SITE_PROFILES.index(profile)


def _shares(session: Session) -> Iterable[Share]:
    gemeente, swv = aliased(Region), aliased(Region)
    rows = session.execute(
        select(
            gemeente.code,
            swv.code,
            GemeenteSwv.first_year,
            GemeenteSwv.last_year,
            GemeenteSwv.share,
            GemeenteSwv.is_whole,
            GemeenteSwv.weight_name,
        )
        .join(gemeente, gemeente.id == GemeenteSwv.gemeente_id)
        .join(swv, swv.id == GemeenteSwv.swv_id)
        .order_by(gemeente.code, swv.code, GemeenteSwv.first_year)
    )
    return (Share(*row) for row in rows)


def _memberships(session: Session) -> Iterable[Membership]:
    gemeente, region = aliased(Region), aliased(Region)
    rows = session.execute(
        select(gemeente.code, region.code, RegionMembership.first_year, RegionMembership.last_year)
        .join(gemeente, gemeente.id == RegionMembership.gemeente_id)
        .join(region, region.id == RegionMembership.region_id)
        .order_by(gemeente.code, region.code, RegionMembership.first_year)
    )
    return (Membership(*row) for row in rows)
