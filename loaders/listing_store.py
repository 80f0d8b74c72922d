"""A list of gemeenten against the regions that the database has; what is new in it is kept."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.errors import LoadRefused
from app.models import Region, RegionSuccession
from app.regions import RegionKind, kind_of
from loaders.files import Problem, Severity
from loaders.listings import Listed, ListedGemeente, Listing
from loaders.membership import carry_memberships
from loaders.outline_store import store_outlines
from loaders.reference import Reference, plain
from loaders.reference_store import load_reference
from loaders.region_store import store_memberships
from loaders.regions import AreaRow, SuccessionRow

_KEPT = (Listed.YOUTH_REGION, Listed.RMC)
_SHOWN = 10


def store_listing(session: Session, listing: Listing) -> list[Problem]:
    """Check a list; keep outlines, and which gemeente lies in which jeugdregio or RMC-regio until today.

    Raises:
        LoadRefused: it names a gemeente that did not exist then, or fits no year at all; with rows.
    """
    reference, file = load_reference(session), listing.file
    year = listing.year or _year_of(listing, reference, file)
    problems = list(_check_codes(listing, reference, year, file))
    if listing.kind in _KEPT:
        problems += _keep(session, listing, year)
    elif listing.kind in (Listed.SWV_PO, Listed.SWV_VO):
        problems += _check_swvs(listing, reference, year, file)
    elif listing.kind in (Listed.PROVINCE, Listed.EXISTS):
        problems += _check_provinces(listing, reference, file)
    elif listing.kind is Listed.OUTLINE:
        store_outlines(session, listing.outlines, year)
        problems.append(Problem("De omtrekken zijn bewaard voor de kaart.", Severity.NOTE, file))
    else:
        sentence = f"De lijst is nagekeken; een {listing.kind} wordt nog nergens getoond en is niet bewaard."
        problems.append(Problem(sentence, Severity.NOTE, file))
    return problems


def _year_of(listing: Listing, reference: Reference, file: str) -> int:
    """The first year whose gemeenten are exactly those of the list.

    Raises:
        LoadRefused: there is none; the nearest year is named with what differs.
    """
    codes = {row.code for row in listing.rows}
    days = [day.year for area in reference.areas for day in (area.valid_from, area.valid_to) if day]
    last = max(days, default=2015) + 1
    apart = {year: codes ^ set(reference.gemeenten(year)) for year in range(2015, last + 1)}
    if fitting := [year for year, difference in apart.items() if not difference]:
        return fitting[0]
    year = min(apart, key=lambda each: (len(apart[each]), -each))
    names = ", ".join(sorted(apart[year])[:_SHOWN])
    raise LoadRefused(
        f"{file} heeft niet de gemeenten van één jaar. Het dichtst bij is {year}; verschil: {names}."
    )


def _check_codes(listing: Listing, reference: Reference, year: int, file: str) -> Iterator[Problem]:
    existing = set(reference.gemeenten(year))
    strange = tuple(
        Problem(f"{row.code} ({row.name}) bestond niet op 1 januari {year}.", file=file, row=row.row)
        for row in listing.rows
        if row.code not in existing
    )
    if strange:
        raise LoadRefused(f"{file}: {len(strange)} gemeenten bestonden niet in {year}.", strange)
    if missing := sorted(existing - {row.code for row in listing.rows}):
        sentence = f"{len(missing)} gemeenten van {year} ontbreken: {', '.join(missing[:_SHOWN])}."
        yield Problem(sentence, Severity.WARNING, file)
    count = len({row.code for row in listing.rows})
    yield Problem(f"{count} gemeenten, op de indeling van {year}.", Severity.NOTE, file)


def _keep(session: Session, listing: Listing, year: int) -> Iterator[Problem]:
    file = listing.file
    region_of: dict[str, str] = {}
    for row in listing.rows:
        if region_of.setdefault(row.code, row.region) != row.region:
            problem = Problem(f"{row.name} ligt in twee regio's.", file=file, row=row.row)
            raise LoadRefused(f"{file}: een gemeente ligt in meer dan één {listing.kind}.", (problem,))
    names = {row.region: row.region_name for row in listing.rows}
    areas = [AreaRow(code, kind_of(code), name, None, None, None) for code, name in sorted(names.items())]
    successions = _successions(session)
    last_year = max((row.happened_on.year + 1 for row in successions), default=year)
    memberships, unknown = carry_memberships(region_of, year, successions, last_year)
    store_memberships(session, areas, memberships)
    yield Problem(f"{len(areas)} regio's van de soort {listing.kind} zijn bewaard.", Severity.NOTE, file)
    if unknown:
        listed = ", ".join(unknown[:_SHOWN])
        sentence = (
            f"Van {len(unknown)} latere gemeenten zegt deze lijst niet in welke {listing.kind}: {listed}."
        )
        yield Problem(sentence, Severity.WARNING, file)


def _successions(session: Session) -> list[SuccessionRow]:
    old, new = aliased(Region), aliased(Region)
    rows = session.execute(
        select(
            old.code,
            new.code,
            RegionSuccession.happened_on,
            RegionSuccession.inhabitants,
            RegionSuccession.share,
        )
        .join(old, old.id == RegionSuccession.old_region_id)
        .join(new, new.id == RegionSuccession.new_region_id)
        .order_by(RegionSuccession.happened_on, old.code, new.code)
    )
    return [SuccessionRow(*row) for row in rows]


def _check_swvs(listing: Listing, reference: Reference, year: int, file: str) -> Iterator[Problem]:
    """Regioatlas names one SWV per gemeente, the largest; the regulation says where it is divided."""
    kind = RegionKind.SWV_PO if listing.kind is Listed.SWV_PO else RegionKind.SWV_VO
    shares = {
        (share.gemeente, share.swv) for share in reference.shares_in(year) if kind_of(share.swv) is kind
    }
    if not shares:
        sentence = "Laad eerst de regeling met de postcodes; deze lijst is er niet mee vergeleken."
        yield Problem(sentence, Severity.WARNING, file)
        return
    apart = [row for row in listing.rows if (row.code, row.region) not in shares]
    for row in apart[:_SHOWN]:
        sentence = f"{row.name} ligt volgens de regeling niet in {row.region}; wij volgen de regeling."
        yield Problem(sentence, Severity.WARNING, file, row=row.row)
    yield Problem("De lijst is vergeleken met de regeling en niet bewaard.", Severity.NOTE, file)


def _check_provinces(listing: Listing, reference: Reference, file: str) -> Iterator[Problem]:
    for row in listing.rows:
        area = reference.by_code[row.code]
        province = reference.by_code.get(area.province_code or "")
        if province is None or not _is_same_province(row, province):
            sentence = f"{row.name} ligt volgens het CBS niet in {row.region_name or row.region}."
            yield Problem(sentence, Severity.WARNING, file, row=row.row)
    yield Problem("De lijst is vergeleken met de codelijst van het CBS.", Severity.NOTE, file)


def _is_same_province(row: ListedGemeente, province: AreaRow) -> bool:
    alias = {"friesland": "fryslan"}
    names = {plain(name.removesuffix("(NL)")) for name in (row.region_name, row.region)}
    return row.region == province.code or bool(
        {alias.get(name, name) for name in names} & {plain(province.name)}
    )
