"""How much of each gemeente lies in each SWV, year by year: pure.

The regulation lists 4-digit postcodes under the gemeenten of 2015. Those areas are carried forward with the
successions of the CBS code list; of a gemeente that was split, a postcode follows the schools that stand in
it. The share of a gemeente in an SWV is the share of its weight (pupils at school sites, per postcode).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from app.regions import RegionKind
from loaders.regions import AreaRow, PostcodeRow, SuccessionRow

FIRST_YEAR = 2015
PUPILS = "Leerlingen naar postcode van de school, 2023/24 (DUO)"
POSTCODES = "Aantal postcodegebieden"

Areas = dict[str, frozenset[str]]
"""gemeente code → its 4-digit postcodes."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a gemeente in an SWV on 1 January of `first_year` up to and including `last_year`."""

    gemeente: str
    swv: str
    first_year: int
    last_year: int | None
    share: float
    is_whole: bool
    weight_name: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A gemeente that lies whole in a region on 1 January of `first_year` up to and including `last_year`."""

    gemeente: str
    region: str
    first_year: int
    last_year: int | None

    def is_in_force(self, year: int) -> bool:
        """Whether it holds on 1 January of `year`."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @property
    def as_share(self) -> Share:
        """The same for code that adds up by shares."""
        years = self.first_year, self.last_year
        return Share(self.gemeente, self.region, *years, share=1.0, is_whole=True, weight_name=None)


@dataclass(frozen=True)
class Weights:
    """Pupils per postcode, by the sector of the school; empty while no file with pupils per site is in."""

    po: Mapping[str, int]
    vo: Mapping[str, int]
    gemeente_of: Mapping[str, str]  # postcode → the gemeente, as it is today, of the schools in it


def areas_by_year(
    first: Areas, successions: Iterable[SuccessionRow], gemeente_of: Mapping[str, str], last_year: int
) -> dict[int, Areas]:
    """The postcodes of every gemeente on 1 January of each year from 2015 up to and including `last_year`."""
    by_year = {FIRST_YEAR: dict(first)}
    ordered = sorted(successions, key=lambda row: (row.happened_on, row.old, row.new))
    for year in range(FIRST_YEAR, last_year):
        areas = dict(by_year[year])
        changes: dict[str, list[SuccessionRow]] = defaultdict(list)
        for row in ordered:
            if _division_year(row) == year + 1:
                changes[row.old].append(row)
        for old, rows in changes.items():
            _hand_over(areas, old, rows, _descendants(ordered, gemeente_of))
        by_year[year + 1] = areas
    return by_year


def _division_year(row: SuccessionRow) -> int:
    """The first 1 January on which a change is in force; one of 1 January itself counts from that day."""
    return _first_new_year(row.happened_on)


def _descendants(
    successions: Iterable[SuccessionRow], gemeente_of: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """postcode → today's gemeente of its schools and everything that merged into it."""
    predecessors: dict[str, set[str]] = defaultdict(set)
    for row in successions:
        predecessors[row.new].add(row.old)

    def family(code: str) -> frozenset[str]:
        return frozenset({code}).union(*(family(old) for old in predecessors[code]))

    families = {code: family(code) for code in set(gemeente_of.values())}
    return {pc4: families[code] for pc4, code in gemeente_of.items()}


def _hand_over(
    areas: Areas, old: str, rows: list[SuccessionRow], family_of: Mapping[str, frozenset[str]]
) -> None:
    largest = max(rows, key=lambda row: row.share).new
    heirs = {row.new for row in rows}
    received: dict[str, set[str]] = defaultdict(set)
    for pc4 in areas.pop(old, frozenset()):
        fits = [heir for heir in sorted(heirs) if heir in family_of.get(pc4, frozenset())]
        received[fits[0] if len(fits) == 1 else largest].add(pc4)
    for heir, postcodes in received.items():
        areas[heir] = areas.get(heir, frozenset()) | postcodes


def shares(by_year: Mapping[int, Areas], postcodes: Iterable[PostcodeRow], weights: Weights) -> list[Share]:
    """The shares of all years; years in which nothing changes for a gemeente are one row."""
    rows = list(postcodes)
    found: list[Share] = []
    for swv_of, weight in (
        ({row.pc4: row.po_swv for row in rows}, weights.po),
        ({row.pc4: row.vo_swv for row in rows}, weights.vo),
    ):
        open_rows: dict[str, list[Share]] = {}
        for year in sorted(by_year):
            fresh = {code: _split(code, area, swv_of, weight, year) for code, area in by_year[year].items()}
            open_rows = _carry_on(fresh, year, open_rows, found)
        found += [share for group in open_rows.values() for share in group]
    return sorted(found, key=lambda share: (share.gemeente, share.swv, share.first_year))


def _carry_on(
    fresh_rows: Mapping[str, list[Share]], year: int, before: dict[str, list[Share]], found: list[Share]
) -> dict[str, list[Share]]:
    """The rows still open after `year`; those that ended the year before go to `found`."""
    now: dict[str, list[Share]] = {}
    for gemeente, fresh in fresh_rows.items():
        old = before.get(gemeente, [])
        same = [replace(share, first_year=year) for share in old] == fresh
        now[gemeente] = old if same else fresh
    for gemeente, old in before.items():
        if now.get(gemeente) is not old:
            found += [replace(share, last_year=year - 1) for share in old]
    return now


def _split(
    gemeente: str,
    area: frozenset[str],
    swv_of: Mapping[str, str | None],
    weight: Mapping[str, int],
    year: int,
) -> list[Share]:
    in_swv: dict[str, set[str]] = defaultdict(set)
    for pc4 in area:
        if swv := swv_of.get(pc4):
            in_swv[swv].add(pc4)
    if len(in_swv) == 1:
        return [Share(gemeente, next(iter(in_swv)), year, None, 1.0, is_whole=True, weight_name=None)]
    pupils = {swv: sum(weight.get(pc4, 0) for pc4 in part) for swv, part in in_swv.items()}
    name, parts = (
        (PUPILS, pupils) if sum(pupils.values()) else (POSTCODES, {k: len(v) for k, v in in_swv.items()})
    )
    total = sum(parts.values())
    return [
        Share(gemeente, swv, year, None, parts[swv] / total, is_whole=False, weight_name=name)
        for swv in sorted(parts)
    ]


def swv_names(
    current: Iterable[Share], gemeenten: Mapping[str, AreaRow], weight: Mapping[str, float]
) -> dict[str, str]:
    """SWV code → a name of the form “SWV PO 27-07 Amsterdam en Diemen”, after the gemeenten that lie in it.

    A gemeente lends its name to the SWV in which most of it lies; `weight` puts the largest first.
    """
    home: dict[str, Share] = {}
    inside: dict[str, list[Share]] = defaultdict(list)
    for share in current:
        inside[share.swv].append(share)
        key = share.gemeente + share.swv[:2]
        if key not in home or home[key].share < share.share:
            home[key] = share
    names: dict[str, str] = {}
    for swv, group in inside.items():
        own = [share for share in group if home[share.gemeente + swv[:2]].swv == swv] or group
        own.sort(key=lambda share: (-weight.get(share.gemeente, 0), share.gemeente))
        titles = [gemeenten[share.gemeente].name for share in own]
        names[swv] = f"SWV {swv[:2]} {swv[2:4]}-{swv[4:]} {_joined(titles)}"
    return names


def _joined(titles: list[str]) -> str:
    if len(titles) <= 2:
        return " en ".join(titles)
    return f"{titles[0]} e.o."


def first_areas(postcodes: Iterable[PostcodeRow], code_of: Mapping[str, str]) -> tuple[Areas, list[str]]:
    """The gemeenten of 1 January 2015 with their postcodes, and the names that no gemeente has."""
    areas: dict[str, set[str]] = defaultdict(set)
    unknown: list[str] = []
    for row in postcodes:
        code = code_of.get(row.gemeente_name)
        if code is None:
            unknown.append(row.gemeente_name)
        else:
            areas[code].add(row.pc4)
    return {code: frozenset(part) for code, part in areas.items()}, sorted(set(unknown))


def gemeenten_of(areas: Iterable[AreaRow]) -> dict[str, AreaRow]:
    """Gemeenten by code."""
    return {area.code: area for area in areas if area.kind is RegionKind.GEMEENTE}


def province_memberships(areas: Iterable[AreaRow]) -> list[Membership]:
    """In which provincie every gemeente lies for as long as it exists, from 2015 on."""
    found = []
    for area in areas:
        if area.kind is RegionKind.GEMEENTE and area.province_code:
            first = max(FIRST_YEAR, _first_new_year(area.valid_from)) if area.valid_from else FIRST_YEAR
            last = _first_new_year(area.valid_to) - 1 if area.valid_to else None
            if last is None or last >= first:
                found.append(Membership(area.code, area.province_code, first, last))
    return found


def _first_new_year(day: date) -> int:
    """The first year that begins on or after a day."""
    return day.year if (day.month, day.day) == (1, 1) else day.year + 1


def carry_memberships(
    region_of: Mapping[str, str], year: int, successions: Iterable[SuccessionRow], last_year: int
) -> tuple[list[Membership], list[str]]:
    """The regions of one year's gemeenten, carried forward to those that came after them.

    A gemeente that absorbs another stays where it was. A new one lies where all its parts lay; where they lay
    in more regions than one only a newer list can tell, so it has none.

    Args:
        region_of: gemeente of `year` → region.

    Returns:
        The memberships, and the codes of new gemeenten of which the region is not known.
    """
    rows = [row for row in successions if row.share > 0]
    now = {code: (region, year) for code, region in region_of.items()}
    found: list[Membership] = []
    unknown: set[str] = set()
    for each_year in range(year + 1, last_year + 1):
        changes = [row for row in rows if _division_year(row) == each_year]
        regions: dict[str, set[str | None]] = defaultdict(set)
        for row in changes:
            regions[row.new].add(now[row.old][0] if row.old in now else None)
        for old in {row.old for row in changes} & now.keys():
            region, since = now.pop(old)
            found.append(Membership(old, region, since, each_year - 1))
        for heir, places in regions.items():
            if heir not in now:
                place = next(iter(places)) if len(places) == 1 else None
                if place is None:
                    unknown.add(heir)
                else:
                    now[heir] = place, each_year
    found += [Membership(code, region, since, None) for code, (region, since) in now.items()]
    return sorted(found, key=attrgetter("gemeente", "first_year")), sorted(unknown)
