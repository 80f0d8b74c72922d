"""The groups that a region can be compared with, over a few places laid out by hand."""

from dataclasses import replace

import pytest

from app.comparison_groups import UNKNOWN, GroupKey, GroupKind, PeerGroup, parse_key, why_too_small
from app.errors import BadInput
from app.regions import NETHERLANDS, RegionKind, RegionName, kind_of
from app.similarity import SINGLE, SIZE, STANDARD, YOUNG
from loaders.atlas import KINDS, Atlas
from loaders.peer_groups import find_group, find_similar, groups_of, similar_group
from loaders.places import Places

GEMEENTEN = ("GM0363", "GM0384", "GM0034", "GM0995", "GM0303")
SWVS = ("PO2707", "PO2401", "PO2402", "VO2708", "VO2401")
NAMES = {code: f"Regio {code}" for code in (*GEMEENTEN, *SWVS, "PV27", "PV24", "NL01")}
SHARES = {
    "PO2707": {"GM0363": 1.0, "GM0384": 1.0},
    "PO2401": {"GM0034": 1.0},
    "PO2402": {"GM0995": 1.0, "GM0303": 1.0, "GM0034": 0.1},
    "VO2708": {"GM0363": 1.0, "GM0384": 1.0},
    "VO2401": {"GM0034": 1.0, "GM0995": 1.0, "GM0303": 1.0},
    "PO0001": {"GM0363": 0.01},
}
HOME = {
    **{(code, RegionKind.PROVINCE): "PV27" for code in ("GM0363", "GM0384", "PO2707", "VO2708")},
    **{
        (code, RegionKind.PROVINCE): "PV24"
        for code in ("GM0034", "GM0995", "GM0303", "PO2401", "PO2402", "VO2401")
    },
}


def places() -> Places:
    swvs: dict[str, dict[str, float]] = {}
    for swv, parts in SHARES.items():
        for gemeente, share in parts.items():
            swvs.setdefault(gemeente, {})[swv] = share
    return Places(NAMES, HOME, SHARES, swvs)


def atlas() -> Atlas:
    sizes = {
        RegionKind.GEMEENTE: {code: 1000.0 * (1 + place) for place, code in enumerate(GEMEENTEN)},
        RegionKind.SWV_PO: {"PO2707": 60_000.0, "PO2401": 20_000.0, "PO2402": 15_000.0},
        RegionKind.SWV_VO: {"VO2708": 50_000.0, "VO2401": 20_000.0},
    }
    young = {code: 25.0 + place for place, code in enumerate(GEMEENTEN)}
    variables = {kind: {SIZE.key: sizes[kind]} for kind in KINDS}
    variables[RegionKind.GEMEENTE][YOUNG.key] = young
    return Atlas(places(), sizes, variables, {})


def region(code: str) -> RegionName:
    return RegionName(code, kind_of(code), NAMES[code])


def groups(code: str) -> dict[str, PeerGroup]:
    return {str(each.key): each for each in groups_of(atlas(), region(code))}


def test_a_gemeente_has_the_gemeenten_and_the_swvs_of_each_of_its_swvs() -> None:
    found = groups("GM0363")

    assert list(found) == [
        "nederland",
        "provincie",
        "jeugdregio",
        "grootte",
        "vergelijkbaar",
        "swv-PO2707",
        "swv-VO2708",
        "swvs-po",
        "swvs-vo",
        "verleden",
    ]
    assert found["provincie"].codes == ("GM0384",)
    assert found["swv-PO2707"].codes == ("GM0384",)
    assert (found["swvs-po"].codes, found["swvs-po"].kind) == (("PO2707",), RegionKind.SWV_PO)


def test_a_gemeente_in_two_swvs_of_a_sector_has_both() -> None:
    found = groups("GM0034")

    assert found["swvs-po"].codes == ("PO2401", "PO2402")
    assert found["swv-PO2401"].codes == ()
    assert found["swv-PO2402"].codes == ("GM0303", "GM0995")


def test_an_swv_has_its_gemeenten_and_those_that_share_one_with_it() -> None:
    found = groups("PO2402")

    assert list(found) == [
        "nederland",
        "provincie",
        "jeugdregio",
        "grootte",
        "vergelijkbaar",
        "gemeenten",
        "buren",
        "verleden",
    ]
    assert (found["gemeenten"].codes, found["gemeenten"].kind) == (
        ("GM0034", "GM0303", "GM0995"),
        RegionKind.GEMEENTE,
    )
    assert found["buren"].codes == ("PO2401",)
    assert found["provincie"].codes == ("PO2401",)
    assert found["provincie"].note == (
        "Een samenwerkingsverband hoort bij het gebied waarin de meeste van zijn inwoners wonen."
    )


def test_an_swv_that_shares_no_gemeente_says_so() -> None:
    near = groups("PO2707")["buren"]

    assert near.codes == ()
    assert why_too_small(near) == "Geen ander samenwerkingsverband deelt een gemeente met het uwe."


@pytest.mark.parametrize("code", ["PV27", "NL01"])
def test_a_province_and_the_country_have_the_country_and_their_own_past(code: str) -> None:
    assert list(groups(code)) == ["nederland", "verleden"]


@pytest.mark.parametrize("code", [*GEMEENTEN, *SWVS, "PV27"])
def test_a_region_is_never_in_a_group_of_its_own(code: str) -> None:
    own = PeerGroup(GroupKey(GroupKind.OWN, "1"), "Mijn groep", "uw groep", kind_of(code), tuple(NAMES))

    every = groups_of(atlas(), region(code), [own])

    assert [str(each.key) for each in every if code in each.codes] == []
    assert len(every[-2].codes) == len(NAMES) - 1


@pytest.mark.parametrize("code", [*GEMEENTEN, *SWVS])
def test_no_group_holds_a_national_swv_or_another_kind_than_it_says(code: str) -> None:
    every = groups_of(atlas(), region(code))

    assert {
        kind_of(member) for each in every for member in each.codes if kind_of(member) is not each.kind
    } == set()
    assert "PO0001" not in {member for each in every for member in each.codes}


def test_jeugdregios_that_are_not_loaded_are_told_in_words() -> None:
    young = groups("GM0363")["jeugdregio"]

    assert (young.label, young.codes) == ("Jeugdregio", ())
    assert why_too_small(young) == (
        "De indeling in jeugdregio’s is nog niet geladen. De databeheerder kan haar laden uit de Regioatlas."
    )


def test_jeugdregios_that_are_loaded_are_a_group() -> None:
    home = HOME | {(code, RegionKind.YOUTH_REGION): "JR01" for code in ("GM0363", "GM0384", "GM0034")}
    laid_out = replace(places(), home=home, names=NAMES | {"JR01": "Amsterdam-Amstelland"})

    found = groups_of(replace(atlas(), places=laid_out), region("GM0363"))

    young = next(each for each in found if each.key.kind is GroupKind.YOUTH_REGION)
    assert (young.label, young.codes) == ("Jeugdregio Amsterdam-Amstelland", ("GM0034", "GM0384"))


def test_regions_of_which_no_size_or_province_is_known_say_so() -> None:
    bare = Atlas(Places(NAMES, {}, {}, {}), {kind: {} for kind in KINDS}, {}, {})

    found = {str(each.key): each for each in groups_of(bare, region("PO2707"))}

    assert why_too_small(found["grootte"]) == "Hoe groot deze regio is, is nog niet geladen."
    assert why_too_small(found["provincie"]).startswith("Van deze regio is niet bekend")
    assert find_similar(bare, region("PO2707")).codes == ()


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("GM0363", "gemeenten"),
        ("GM0363", "buren"),
        ("GM0363", "swv-PO2401"),
        ("GM0363", "swv-PO9999"),
        ("GM0363", "eigen-1"),
        ("PO2707", "swv-PO2707"),
        ("PO2707", "swvs-po"),
        ("PV27", "provincie"),
        ("PV27", "grootte"),
        ("NL01", "vergelijkbaar"),
    ],
)
def test_a_group_that_a_region_does_not_have_is_refused_in_words(code: str, asked: str) -> None:
    with pytest.raises(BadInput, match=UNKNOWN):
        find_group(groups_of(atlas(), region(code)), parse_key(asked))


def test_similar_regions_become_a_group_or_say_why_not() -> None:
    found = find_similar(atlas(), region("GM0384"))
    group = similar_group(groups("GM0384")["vergelijkbaar"], found)

    # Sizes 1, 2, 3, 4 and 5 as logarithms, young 25 to 29: next to 2 is 3, then 1 or 4.
    assert group.codes[0] == "GM0034"
    assert sorted((*group.codes, "GM0384")) == sorted(GEMEENTEN)
    without = dict(STANDARD) | {SIZE.key: 0, YOUNG.key: 0}
    assert similar_group(group, find_similar(atlas(), region("GM0384"), without)).note
    assert SINGLE.key in found.left_out


def test_only_a_sector_has_neighbours_and_codes_come_sorted() -> None:
    laid_out = places()

    assert laid_out.neighbours("PO2401") == ["PO2402"]
    assert laid_out.neighbours("VO2401") == []
    assert laid_out.neighbours("PO9999") == []
    assert laid_out.of_kind(RegionKind.SWV_PO) == ["PO2401", "PO2402", "PO2707"]
    assert NETHERLANDS.code not in laid_out.of_kind(RegionKind.GEMEENTE)
