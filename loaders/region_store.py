"""Region facts into the database: areas, the regulation, school sites, and the shares they lead to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.errors import LoadRefused
from app.models import (
    Base,
    GemeenteSwv,
    Postcode,
    Region,
    RegionMembership,
    RegionSuccession,
    SchoolSite,
)
from app.regions import NATIONAL_SWVS, RegionKind, canonical_code, kind_of
from loaders.duo import SiteRow
from loaders.files import Problem, Severity
from loaders.membership import (
    FIRST_YEAR,
    Areas,
    Membership,
    Share,
    Weights,
    areas_by_year,
    first_areas,
    gemeenten_of,
    province_memberships,
    shares,
    swv_names,
)
from loaders.reference import Reference, plain
from loaders.reference_store import SITE_PROFILES, load_reference
from loaders.regions import AreaRow, PostcodeRow, SuccessionRow, national_areas


def store_areas(session: Session, areas: Iterable[AreaRow], successions: Iterable[SuccessionRow]) -> None:
    """Add or renew areas, replace all successions, and say in which provincie every gemeente lies."""
    known = list(areas)
    ids = _upsert(session, known)
    session.execute(delete(RegionSuccession))
    _insert(
        session,
        RegionSuccession,
        [
            {
                "old_region_id": ids[row.old],
                "new_region_id": ids[row.new],
                "happened_on": row.happened_on,
                "inhabitants": row.inhabitants,
                "share": row.share,
            }
            for row in successions
        ],
    )
    provinces = [each for each in province_memberships(known) if each.region in ids]
    _replace_memberships(session, {RegionKind.PROVINCE}, provinces, ids)


def store_memberships(session: Session, areas: Iterable[AreaRow], memberships: Iterable[Membership]) -> None:
    """Add or renew regions such as jeugdregio's, and replace which gemeenten lie in their kinds."""
    known = list(areas)
    ids = _upsert(session, known)
    _replace_memberships(session, {area.kind for area in known}, memberships, ids)


def _replace_memberships(
    session: Session, kinds: Set[RegionKind], memberships: Iterable[Membership], ids: Mapping[str, int]
) -> None:
    of_kinds = select(Region.id).where(Region.kind.in_(kinds))
    session.execute(delete(RegionMembership).where(RegionMembership.region_id.in_(of_kinds)))
    _insert(
        session,
        RegionMembership,
        [
            {
                "gemeente_id": ids[each.gemeente],
                "region_id": ids[each.region],
                "first_year": each.first_year,
                "last_year": each.last_year,
            }
            for each in memberships
        ],
    )


def store_postcodes(session: Session, rows: list[PostcodeRow]) -> None:
    """Replace the postcode table and add the SWVs it names, under a provisional name."""
    codes = {code for row in rows for code in (row.po_swv, row.vo_swv) if code}
    areas = [
        AreaRow(code, kind_of(code), f"SWV {code[:2]} {code[2:4]}-{code[4:]}", None, None, None)
        for code in codes
    ]
    ids = _upsert(session, [*areas, *national_areas()])
    session.execute(delete(Postcode))
    _insert(
        session,
        Postcode,
        [
            {
                "pc4": row.pc4,
                "gemeente_name": row.gemeente_name,
                "po_swv_id": ids[row.po_swv] if row.po_swv else None,
                "vo_swv_id": ids[row.vo_swv] if row.vo_swv else None,
            }
            for row in rows
        ],
    )


def store_sites(session: Session, profile: str, rows: list[SiteRow]) -> list[Problem]:
    """Replace the school sites that came by one kind of file."""
    reference = load_reference(session)
    ids = region_ids(session)
    names = {
        plain(area.name): area.code
        for area in reference.areas
        if area.valid_to is None and area.code[:2] == "GM"
    }
    session.execute(delete(SchoolSite).where(SchoolSite.profile == profile))
    _insert(
        session,
        SchoolSite,
        [
            {
                "brin6": row.brin6,
                "profile": profile,
                "pc4": row.pc4,
                "gemeente_id": ids.get(_gemeente(row, names)),
                "sector": row.sector,
                "pupils": row.pupils,
            }
            for row in rows
        ],
    )
    without = sum(row.pc4 is None for row in rows)
    sentence = f"{without} van {len(rows)} vestigingen hebben geen postcode."
    return [Problem(sentence, Severity.NOTE)] if without else []


def _gemeente(row: SiteRow, names: Mapping[str, str]) -> str:
    by_code = canonical_code(row.gemeente_notation) if row.gemeente_notation else None
    return by_code or names.get(plain(row.gemeente_name or ""), "")


def _insert(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Add rows; SQLAlchemy makes one row of defaults out of an empty list."""
    if rows:
        session.execute(insert(model), rows)


def _upsert(session: Session, areas: Iterable[AreaRow]) -> dict[str, int]:
    existing = {region.code: region for region in session.scalars(select(Region))}
    for area in areas:
        region = existing.get(area.code)
        if region is None:
            region = existing[area.code] = Region(code=area.code)
            session.add(region)
        region.kind = area.kind
        region.name = area.name
        region.province_code = area.province_code
        region.valid_from = area.valid_from
        region.valid_to = area.valid_to
        region.is_national = area.code in NATIONAL_SWVS
    session.flush()
    return {code: region.id for code, region in existing.items()}


def region_ids(session: Session) -> dict[str, int]:
    """Region code → its id."""
    rows = session.execute(select(Region.code, Region.id))
    return {row.code: row.id for row in rows}


def rebuild_shares(session: Session) -> None:
    """Compute the shares of gemeenten in SWVs anew, and name the SWVs after the gemeenten in them.

    Raises:
        LoadRefused: the regulation names a gemeente that did not exist in 2015; all such names are listed.
    """
    reference = load_reference(session)
    postcodes = _postcode_rows(session)
    if not postcodes:
        return
    first = _first_areas(postcodes, reference)
    weights = _weights(session)
    successions = _successions(session)
    last_year = max((row.happened_on.year + 1 for row in successions), default=2015)
    by_year = areas_by_year(first, successions, weights.gemeente_of, last_year)
    found = shares(by_year, postcodes, weights)
    _replace_shares(session, found)
    _rename_swvs(session, found, by_year[last_year], reference, weights)


def _first_areas(postcodes: list[PostcodeRow], reference: Reference) -> Areas:
    codes = {row.gemeente_name: reference.gemeente_named(row.gemeente_name, FIRST_YEAR) for row in postcodes}
    first, unknown = first_areas(postcodes, {name: code for name, code in codes.items() if code})
    if unknown:
        problems = tuple(
            Problem(f"Gemeente {name!r} bestond niet op 1 januari {FIRST_YEAR}.") for name in unknown
        )
        raise LoadRefused(f"De regeling noemt {len(unknown)} onbekende gemeenten.", problems)
    return first


def _postcode_rows(session: Session) -> list[PostcodeRow]:
    codes = {region_id: code for code, region_id in region_ids(session).items()}
    rows = session.execute(
        select(Postcode.pc4, Postcode.gemeente_name, Postcode.po_swv_id, Postcode.vo_swv_id).order_by(
            Postcode.pc4
        )
    )
    return [PostcodeRow(pc4, name, codes.get(po or 0), codes.get(vo or 0)) for pc4, name, po, vo in rows]


def _successions(session: Session) -> list[SuccessionRow]:
    codes = {region_id: code for code, region_id in region_ids(session).items()}
    rows = session.scalars(select(RegionSuccession))
    return [
        SuccessionRow(
            codes[row.old_region_id], codes[row.new_region_id], row.happened_on, row.inhabitants, row.share
        )
        for row in rows
    ]


def _weights(session: Session) -> Weights:
    codes = {region_id: code for code, region_id in region_ids(session).items()}
    pupils: dict[str, Counter[str]] = {"po": Counter(), "vo": Counter()}
    votes: dict[str, Counter[tuple[int, str]]] = {}
    rows = session.execute(
        select(
            SchoolSite.pc4, SchoolSite.gemeente_id, SchoolSite.sector, SchoolSite.pupils, SchoolSite.profile
        ).where(SchoolSite.pc4.is_not(None))
    )
    for pc4, gemeente_id, sector, count, profile in rows:
        if pc4 and sector and count:
            pupils[sector][pc4] += count
        if pc4 and gemeente_id:
            key = (-SITE_PROFILES.index(profile), codes[gemeente_id])
            votes.setdefault(pc4, Counter())[key] += 1
    gemeente_of = {
        pc4: max(counter, key=lambda key: (key[0], counter[key], key[1]))[1] for pc4, counter in votes.items()
    }
    return Weights(pupils["po"], pupils["vo"], gemeente_of)


def _replace_shares(session: Session, found: list[Share]) -> None:
    ids = region_ids(session)
    session.execute(delete(GemeenteSwv))
    _insert(
        session,
        GemeenteSwv,
        [
            {
                "gemeente_id": ids[share.gemeente],
                "swv_id": ids[share.swv],
                "first_year": share.first_year,
                "last_year": share.last_year,
                "share": share.share,
                "is_whole": share.is_whole,
                "weight_name": share.weight_name,
            }
            for share in found
        ],
    )


def _rename_swvs(
    session: Session, found: list[Share], areas: Areas, reference: Reference, weights: Weights
) -> None:
    size = {
        code: sum(weights.po.get(pc4, 0) + weights.vo.get(pc4, 0) for pc4 in area) or len(area)
        for code, area in areas.items()
    }
    current = [share for share in found if share.last_year is None]
    names = swv_names(current, gemeenten_of(reference.areas), size)
    kinds = (RegionKind.SWV_PO, RegionKind.SWV_VO)
    for region in session.scalars(select(Region).where(Region.kind.in_(kinds), Region.code.in_(names))):
        region.name = names[region.code]
