"""The groups that a region can be compared with, from the atlas of an edition and a person's own groups."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.comparison_groups import UNKNOWN, GroupKey, GroupKind, PeerGroup
from app.errors import BadInput
from app.regions import SWVS, RegionKind, RegionName
from app.similarity import NO_SIMILAR, STANDARD, Similar, Weights, in_class, similar
from loaders.atlas import KINDS, Atlas

SHORT_PLURALS = {
    RegionKind.GEMEENTE: "gemeenten",
    RegionKind.SWV_PO: "samenwerkingsverbanden",
    RegionKind.SWV_VO: "samenwerkingsverbanden",
}


def groups_of(atlas: Atlas, region: RegionName, own: Sequence[PeerGroup] = ()) -> list[PeerGroup]:
    """Every group for a region, the country first and the own past last; `own` are those the person made.

    The group of similar regions is empty here: it depends on weights and outcome (`similar_group`).
    """
    found = [PeerGroup(GroupKey(GroupKind.COUNTRY), "Nederland", "Nederland", region.kind)]
    if region.kind in KINDS:
        found += [
            *_larger(atlas, region),
            _same_size(atlas, region),
            _similar(region),
            *_inside(atlas, region),
        ]
    past = PeerGroup(GroupKey(GroupKind.PAST), "Eigen verleden", "van de vorige meting", region.kind)
    return [*(_without(each, region.code) for each in (*found, *own)), past]


def find_group(groups: Sequence[PeerGroup], key: GroupKey) -> PeerGroup:
    """The group with a key.

    Raises:
        BadInput: this region has no such group, or it is another person's.
    """
    found = next((each for each in groups if each.key == key), None)
    if found is None:
        raise BadInput(UNKNOWN)
    return found


def find_similar(
    atlas: Atlas, region: RegionName, weights: Weights = STANDARD, *, outcome: str = ""
) -> Similar:
    """The ten regions most like a region, with the explanation."""
    return similar(region.code, atlas.variables.get(region.kind, {}), weights, outcome=outcome)


def similar_group(group: PeerGroup, found: Similar) -> PeerGroup:
    """The group of similar regions with its members."""
    return replace(group, codes=found.codes, note="" if found.codes else NO_SIMILAR)


def _without(group: PeerGroup, own: str) -> PeerGroup:
    return replace(group, codes=tuple(code for code in group.codes if code != own))


def _larger(atlas: Atlas, region: RegionName) -> Iterator[PeerGroup]:
    """The regions of the same kind in the provincie and the jeugdregio, each where its largest part lies."""
    for kind, group_kind, note in (
        (RegionKind.PROVINCE, GroupKind.PROVINCE, NO_PROVINCE),
        (RegionKind.YOUTH_REGION, GroupKind.YOUTH_REGION, NO_YOUTH_REGION),
    ):
        home = atlas.places.home.get((region.code, kind))
        key, plural = GroupKey(group_kind), SHORT_PLURALS[region.kind]
        if home is None:
            title = "Provincie" if kind is RegionKind.PROVINCE else "Jeugdregio"
            yield PeerGroup(key, title, title.lower(), region.kind, note=note)
            continue
        codes = [
            each for each in atlas.places.of_kind(region.kind) if atlas.places.home.get((each, kind)) == home
        ]
        name = atlas.places.names[home]
        title = "Provincie" if kind is RegionKind.PROVINCE else "Jeugdregio"
        label, words = f"{title} {name}", f"de andere {plural} in de {title.lower()} {name}"
        yield PeerGroup(key, label, words, region.kind, tuple(codes), _by_largest_part(region.kind))


NO_PROVINCE = "Van deze regio is niet bekend in welke provincie zij ligt."
NO_YOUTH_REGION = (
    "De indeling in jeugdregio’s is nog niet geladen. De databeheerder kan haar laden uit de Regioatlas."
)


def _by_largest_part(kind: RegionKind) -> str:
    if kind is RegionKind.GEMEENTE:
        return ""
    return "Een samenwerkingsverband hoort bij het gebied waarin de meeste van zijn inwoners wonen."


def _same_size(atlas: Atlas, region: RegionName) -> PeerGroup:
    plural = SHORT_PLURALS[region.kind]
    codes = in_class(atlas.sizes[region.kind], region.code, set(atlas.places.of_kind(region.kind)))
    note = SIZE_NOTES[region.kind] if codes else NO_SIZE
    label, words = "Zelfde grootte", f"{plural} van ongeveer dezelfde grootte"
    return PeerGroup(GroupKey(GroupKind.SIZE), label, words, region.kind, codes, note)


SIZE_NOTES = {
    RegionKind.GEMEENTE: "Alle gemeenten staan naar inwoners in vijf klassen met evenveel gemeenten.",
    RegionKind.SWV_PO: "Alle samenwerkingsverbanden staan naar leerlingen in vijf klassen van gelijk aantal.",
    RegionKind.SWV_VO: "Alle samenwerkingsverbanden staan naar leerlingen in vijf klassen van gelijk aantal.",
}
NO_SIZE = "Hoe groot deze regio is, is nog niet geladen."


def _similar(region: RegionName) -> PeerGroup:
    words = f"{SHORT_PLURALS[region.kind]} die op {region.name} lijken"
    return PeerGroup(GroupKey(GroupKind.SIMILAR), "Vergelijkbare regio’s", words, region.kind)


def _inside(atlas: Atlas, region: RegionName) -> Iterator[PeerGroup]:
    """For a gemeente the others of its SWVs, and those SWVs; for an SWV its gemeenten and its neighbours."""
    places = atlas.places
    if region.kind is RegionKind.GEMEENTE:
        covering = [code for code in places.swvs.get(region.code, {}) if code in places.names]
        for swv in covering:
            name, key = places.names[swv], GroupKey(GroupKind.SWV, swv)
            members = tuple(sorted(code for code in places.gemeenten[swv] if code in places.names))
            yield PeerGroup(
                key, f"Gemeenten in {name}", f"de andere gemeenten in {name}", region.kind, members
            )
        for kind in SWVS:
            codes = tuple(code for code in covering if code.startswith(kind[-2:].upper()))
            if codes:
                yield _swvs_of_gemeente(kind, codes)
        return
    members = tuple(sorted(code for code in places.gemeenten.get(region.code, {}) if code in places.names))
    key, label = GroupKey(GroupKind.PARTS), "Gemeenten in dit samenwerkingsverband"
    yield PeerGroup(key, label, "de eigen gemeenten", RegionKind.GEMEENTE, members)
    near = tuple(places.neighbours(region.code))
    words = f"samenwerkingsverbanden die een gemeente delen met {region.name}"
    yield PeerGroup(
        GroupKey(GroupKind.NEAR), "Delen een gemeente", words, region.kind, near, "" if near else ALONE
    )


ALONE = "Geen ander samenwerkingsverband deelt een gemeente met het uwe."


def _swvs_of_gemeente(kind: RegionKind, codes: tuple[str, ...]) -> PeerGroup:
    key = GroupKey(GroupKind.WHOLES, kind[-2:])
    label = f"Samenwerkingsverbanden {kind[-2:]} van deze gemeente"
    return PeerGroup(key, label, f"de eigen samenwerkingsverbanden {kind[-2:]}", kind, codes)
