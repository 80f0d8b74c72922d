"""Where the regions of now lie and which of them touch, from outlines of gemeenten: pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import dist
from typing import NamedTuple

from app.regions import NATIONAL_SWVS, RegionKind, kind_of
from loaders.outlines import UNITS_PER_KM, Outline, area_and_middle, points_of
from loaders.tiles.layout import Place

LONGEST_LINK = 28 * UNITS_PER_KM
"""Gemeenten whose centres lie further apart touch in the water of the IJsselmeer or the Delta only."""

Places = dict[str, Place]
Links = set[tuple[str, str]]


class Part(NamedTuple):
    """How much a gemeente counts for where a region lies, and which part of the gemeente is in it."""

    gemeente: str
    region: str
    weight: float
    share: float


def place_gemeenten(outlines: Sequence[Outline], heir_of: Mapping[str, str]) -> tuple[Places, Links]:
    """Where the gemeenten of now lie, and which are neighbours over land.

    Args:
        heir_of: gemeente of the outlines → the gemeente of now, where that is another. One that took others
            in lies in the mean of their places.
    """
    parts: dict[str, list[Place]] = defaultdict(list)
    for outline in outlines:
        area, x, y = area_and_middle(outline.rings)
        parts[heir_of.get(outline.code, outline.code)].append(Place(x, y, area))
    places = {code: _mean(found) for code, found in parts.items()}
    touching = {
        _pair(heir_of.get(one, one), heir_of.get(other, other)) for one, other in _neighbours(outlines)
    }
    return places, {
        (one, other)
        for one, other in touching
        if one != other and dist(places[one][:2], places[other][:2]) < LONGEST_LINK
    }


def place_regions(
    gemeenten: Places, links: Links, parts: Iterable[Part], kind: RegionKind
) -> tuple[Places, Links]:
    """The same for a kind that gemeenten lie in, by the weight of each; SWVs without an area are left out.

    Regions that share a gemeente are neighbours too.
    """
    inside: dict[str, list[Part]] = defaultdict(list)
    homes: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if kind_of(part.region) is kind and part.region not in NATIONAL_SWVS and part.gemeente in gemeenten:
            inside[part.region].append(part)
            homes[part.gemeente].append(part.region)
    places = {region: _weighed(gemeenten, found) for region, found in inside.items()}
    within = {_pair(*pair) for regions in homes.values() for pair in combinations(regions, 2)}
    between = {_pair(a, b) for one, other in links for a in homes[one] for b in homes[other] if a != b}
    return places, within | between


def _neighbours(outlines: Iterable[Outline]) -> Links:
    """The gemeenten that share two corners of their outlines or more."""
    owners: dict[tuple[int, int], set[str]] = defaultdict(set)
    for outline in outlines:
        for ring in outline.rings:
            for point in points_of(ring):
                owners[point].add(outline.code)
    shared = Counter(pair for codes in owners.values() for pair in combinations(sorted(codes), 2))
    return {pair for pair, corners in shared.items() if corners > 1}


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _mean(found: Sequence[Place]) -> Place:
    count = len(found)
    return Place(
        sum(each.x for each in found) / count,
        sum(each.y for each in found) / count,
        sum(each.area for each in found),
    )


def _weighed(gemeenten: Places, parts: Sequence[Part]) -> Place:
    total = sum(part.weight for part in parts)
    return Place(
        sum(part.weight * gemeenten[part.gemeente].x for part in parts) / total,
        sum(part.weight * gemeenten[part.gemeente].y for part in parts) / total,
        sum(part.share * gemeenten[part.gemeente].area for part in parts),
    )
