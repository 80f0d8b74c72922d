"""How much of each gemeente lies in each SWV: worked out by hand for a few postcodes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.membership import (
    POSTCODES,
    Share,
    Weights,
    areas_by_year,
    first_areas,
    gemeenten_of,
    shares,
    swv_names,
)
from loaders.regions import PostcodeRow, SuccessionRow
from tests.samples import world
from tests.samples.world import part, whole

NO_WEIGHTS = Weights({}, {}, {})


def _rows(**swv_of: str) -> list[PostcodeRow]:
    return [PostcodeRow(pc4[1:], "x", swv, None) for pc4, swv in swv_of.items()]


def _succession(old: str, new: str, year: int, share: float = 1.0) -> SuccessionRow:
    return SuccessionRow(old, new, date(year, 1, 1), None, share)


def test_a_gemeente_whose_postcodes_share_an_swv_lies_whole_in_it() -> None:
    by_year = {2015: {"GM9001": frozenset({"9001", "9002"})}}

    found = shares(by_year, _rows(p9001="PO9001", p9002="PO9001"), NO_WEIGHTS)

    assert found == [whole("GM9001", "PO9001", 2015)]


def test_a_split_gemeente_is_divided_by_pupils() -> None:
    by_year = {2015: {"GM9002": frozenset({"9003", "9004"})}}
    weights = Weights({"9003": 150, "9004": 50}, {}, {})

    found = shares(by_year, _rows(p9003="PO9001", p9004="PO9002"), weights)

    assert found == [part("GM9002", "PO9001", 2015, 0.75), part("GM9002", "PO9002", 2015, 0.25)]


def test_without_pupils_a_split_gemeente_is_divided_by_number_of_postcodes() -> None:
    by_year = {2015: {"GM9002": frozenset({"9003", "9004", "9005", "9006"})}}
    rows = _rows(p9003="PO9001", p9004="PO9002", p9005="PO9002", p9006="PO9002")

    found = shares(by_year, rows, NO_WEIGHTS)

    assert [(share.swv, share.share, share.weight_name) for share in found] == [
        ("PO9001", 0.25, POSTCODES),
        ("PO9002", 0.75, POSTCODES),
    ]


def test_po_and_vo_are_divided_by_their_own_pupils() -> None:
    by_year = {2015: {"GM9002": frozenset({"9003", "9004"})}}
    rows = [PostcodeRow("9003", "x", "PO9001", "VO9001"), PostcodeRow("9004", "x", "PO9002", "VO9002")]
    weights = Weights({"9003": 30, "9004": 10}, {"9003": 10, "9004": 90}, {})

    found = shares(by_year, rows, weights)

    assert {share.swv: share.share for share in found} == {
        "PO9001": 0.75,
        "PO9002": 0.25,
        "VO9001": 0.1,
        "VO9002": 0.9,
    }


def test_a_postcode_without_an_swv_does_not_split_its_gemeente() -> None:
    by_year = {2015: {"GM9001": frozenset({"9001", "9010"})}}
    rows = [PostcodeRow("9001", "x", "PO9001", None), PostcodeRow("9010", "x", None, None)]

    assert shares(by_year, rows, NO_WEIGHTS) == [whole("GM9001", "PO9001", 2015)]


def test_after_a_merger_each_postcode_keeps_its_swv() -> None:
    first = {"GM9101": frozenset({"9001"}), "GM9102": frozenset({"9002"})}
    mergers = [_succession("GM9101", "GM9103", 2017), _succession("GM9102", "GM9103", 2017)]
    weights = Weights({"9001": 60, "9002": 40}, {}, {})

    by_year = areas_by_year(first, mergers, {}, 2018)
    found = shares(by_year, _rows(p9001="PO9001", p9002="PO9002"), weights)

    assert found == [
        whole("GM9101", "PO9001", 2015, 2016),
        whole("GM9102", "PO9002", 2015, 2016),
        part("GM9103", "PO9001", 2017, 0.6),
        part("GM9103", "PO9002", 2017, 0.4),
    ]


def test_the_postcodes_of_a_split_gemeente_follow_the_schools_in_them() -> None:
    first = {"GM9101": frozenset({"9001", "9002", "9003"})}
    split = [_succession("GM9101", "GM9102", 2019, 0.7), _succession("GM9101", "GM9103", 2019, 0.3)]
    schools = {"9001": "GM9102", "9002": "GM9103"}

    by_year = areas_by_year(first, split, schools, 2019)

    # 9003 has no school: it goes with the larger part.
    assert by_year[2018] == first
    assert by_year[2019] == {"GM9102": frozenset({"9001", "9003"}), "GM9103": frozenset({"9002"})}


def test_schools_count_for_the_heir_that_later_merged_into_their_gemeente() -> None:
    first = {"GM9101": frozenset({"9001", "9002"})}
    changes = [
        _succession("GM9101", "GM9102", 2018, 0.9),
        _succession("GM9101", "GM9103", 2018, 0.1),
        _succession("GM9103", "GM9104", 2021),
    ]
    schools = {"9001": "GM9102", "9002": "GM9104"}

    by_year = areas_by_year(first, changes, schools, 2021)

    assert by_year[2018] == {"GM9102": frozenset({"9001"}), "GM9103": frozenset({"9002"})}
    assert by_year[2021] == {"GM9102": frozenset({"9001"}), "GM9104": frozenset({"9002"})}


@pytest.mark.parametrize(
    ("day", "first_year"), [(date(2019, 1, 1), 2019), (date(2019, 1, 2), 2020), (date(2019, 12, 31), 2020)]
)
def test_a_change_counts_from_the_first_new_year_on_which_it_is_in_force(day: date, first_year: int) -> None:
    change = SuccessionRow("GM9101", "GM9102", day, None, 1.0)

    by_year = areas_by_year({"GM9101": frozenset({"9001"})}, [change], {}, 2021)

    assert [year for year, areas in by_year.items() if "GM9102" in areas] == list(range(first_year, 2022))


def test_years_in_which_nothing_changes_are_one_interval() -> None:
    first = {"GM9101": frozenset({"9001"}), "GM9102": frozenset({"9002"})}

    by_year = areas_by_year(first, [_succession("GM9102", "GM9101", 2018)], {}, 2026)
    found = shares(by_year, _rows(p9001="PO9001", p9002="PO9001"), NO_WEIGHTS)

    assert found == [whole("GM9101", "PO9001", 2015), whole("GM9102", "PO9001", 2015, 2017)]


def test_the_sample_world_has_the_shares_worked_out_by_hand() -> None:
    first = {
        "GM9001": frozenset({"9001", "9002", "9010"}),
        "GM9002": frozenset({"9003", "9004"}),
        "GM9003": frozenset({"9005", "9006"}),
        "GM9005": frozenset({"9007"}),
    }
    changes = [
        _succession("GM9003", "GM9004", 2019, 0.75),
        _succession("GM9003", "GM9001", 2019, 0.25),
        SuccessionRow("GM9005", "GM9006", world.RENAMED_ON, None, 1.0),
    ]
    rows = [PostcodeRow(pc4, "x", po, vo) for pc4, (po, vo) in world.SWV_OF_POSTCODE.items()]
    weights = Weights(
        po={"9001": 300, "9002": 100, "9003": 150, "9004": 50, "9005": 80, "9006": 100, "9007": 70},
        vo={"9001": 500, "9006": 125},
        gemeente_of={"9005": "GM9004", "9006": "GM9001"},
    )

    found = shares(areas_by_year(first, changes, weights.gemeente_of, 2020), rows, weights)

    assert tuple(found) == world.SHARES


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([f"90{number:02}" for number in range(20)]),
        st.tuples(st.sampled_from(["PO9001", "PO9002", "PO9003"]), st.integers(0, 500)),
        min_size=1,
    )
)
def test_the_shares_of_a_gemeente_always_add_up_to_one(postcodes: dict[str, tuple[str, int]]) -> None:
    rows = [PostcodeRow(pc4, "x", swv, None) for pc4, (swv, _) in postcodes.items()]
    weights = Weights({pc4: pupils for pc4, (_, pupils) in postcodes.items()}, {}, {})

    found = shares({2015: {"GM9001": frozenset(postcodes)}}, rows, weights)

    assert sum(share.share for share in found) == pytest.approx(1.0)


def test_an_swv_is_named_after_the_gemeenten_that_lie_mostly_in_it() -> None:
    current = [share for share in world.SHARES if share.last_year is None]

    names = swv_names(current, gemeenten_of(world.GEMEENTEN), {"GM9001": 500.0, "GM9002": 200.0})

    assert names == {
        "PO9001": "SWV PO 90-01 Duinstad en Veendorp",
        "PO9002": "SWV PO 90-02 Nieuwzand en Hoog Eloo",
        "VO9001": "SWV VO 90-01 Duinstad en Veendorp",
        "VO9002": "SWV VO 90-02 Nieuwzand en Hoog Eloo",
    }


def test_an_swv_of_many_gemeenten_is_named_after_the_largest() -> None:
    current = [whole(code, "PO9001", 2015) for code in ("GM9001", "GM9002", "GM9004")]

    names = swv_names(current, gemeenten_of(world.GEMEENTEN), {"GM9002": 9.0, "GM9001": 5.0})

    assert names == {"PO9001": "SWV PO 90-01 Veendorp e.o."}


def test_names_that_no_gemeente_has_are_handed_back() -> None:
    rows = [PostcodeRow("9001", "Duinstad", None, None), PostcodeRow("9002", "Nergens", None, None)]

    areas, unknown = first_areas(rows, {"Duinstad": "GM9001"})

    assert areas == {"GM9001": frozenset({"9001"})}
    assert unknown == ["Nergens"]


def test_a_share_of_nothing_is_still_named() -> None:
    by_year = {2015: {"GM9002": frozenset({"9003", "9004"})}}
    weights = Weights({"9003": 150}, {}, {})

    found = shares(by_year, _rows(p9003="PO9001", p9004="PO9002"), weights)

    assert [(share.swv, share.share, share.is_whole) for share in found] == [
        ("PO9001", 1.0, False),
        ("PO9002", 0.0, False),
    ]
    assert isinstance(found[0], Share)
