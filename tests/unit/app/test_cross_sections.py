"""One period of all regions: places, extremes, fifths; never of what is hidden."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.benchmarks import Rank
from app.cross_sections import CrossSection
from app.indicators import Direction, Figure, Indicator
from app.regions import RegionKind
from tests.example_figures import COUNT, PERCENT, at_least, count, finished, hidden, part


def section(*figures: Figure, indicator: Indicator = PERCENT) -> CrossSection:
    codes = [f"PO{2701 + place}" for place in range(len(figures))]
    named = {code: each._replace(region=code) for code, each in zip(codes, figures, strict=True)}
    return CrossSection(indicator, "2025", RegionKind.SWV_PO, named, None)


def values(*numbers: float) -> list[Figure]:
    return [finished(number) for number in numbers]


def test_ties_share_a_place_and_only_those_with_a_figure_count() -> None:
    found = section(*values(9, 8, 8, 5), hidden(denominator_low=90.0, denominator_high=90.0), finished(None))

    assert found.ranks == {
        "PO2701": Rank(1, 1, 4),
        "PO2702": Rank(2, 2, 4),
        "PO2703": Rank(2, 2, 4),
        "PO2704": Rank(4, 4, 4),
    }


def test_where_lower_is_better_the_lowest_is_first() -> None:
    found = section(*values(9, 8, 5), indicator=replace(PERCENT, direction=Direction.LOWER))

    assert [found.ranks[code].best for code in ("PO2701", "PO2702", "PO2703")] == [3, 2, 1]


def test_extremes_and_quartiles_are_by_linear_interpolation() -> None:
    # 1 to 10: the 0.25 quantile lies at place 2.25, so 3.25; the 0.75 one at 6.75, so 7.75
    found = section(*values(*range(10, 0, -1)))

    assert found.extent == (1.0, 3.25, 7.75, 10.0)


def test_below_ten_regions_there_are_no_quartiles_and_no_fifths() -> None:
    found = section(*values(*range(9)))

    assert found.extent is None
    assert found.quintiles == {}


def test_bounds_take_part_with_their_middle_and_open_ones_not_at_all() -> None:
    figures = [*[count(number) for number in range(10, 19)], count(0, 4), at_least(100), hidden()]

    found = section(*figures, indicator=COUNT)

    assert found.extent is not None
    assert (found.extent.lowest, found.extent.highest) == (2.0, 18.0)
    assert set(found.quintiles) == {f"PO{code}" for code in range(2701, 2711)}


def test_seventy_six_regions_make_fifths_of_equal_number() -> None:
    fifths = list(section(*values(*range(76))).quintiles.values())

    assert [fifths.count(each) for each in range(1, 6)] == [15, 15, 16, 15, 15]
    assert fifths == sorted(fifths)


def test_regions_that_are_all_alike_are_in_the_middle_and_not_the_lowest() -> None:
    assert set(section(*values(*[2.0] * 12)).quintiles.values()) == {3}


def test_many_equal_values_share_the_fifth_of_the_middle_one() -> None:
    # six of ten at 0: places 0 to 6, the middle 3 of 10 is in the second fifth
    found = section(*values(0, 0, 0, 0, 0, 0, 1, 2, 3, 4)).quintiles

    assert list(found.values()) == [2, 2, 2, 2, 2, 2, 4, 4, 5, 5]


def test_national_swvs_have_no_place_and_no_area() -> None:
    figures = {"PO0001": finished(99.0, region="PO0001"), "PO2701": finished(1.0, region="PO2701")}
    found = CrossSection(PERCENT, "2025", RegionKind.SWV_PO, figures, None)

    assert set(found.ranks) == {"PO2701"}
    assert found.codes == ["PO2701"]


def test_striking_is_who_lies_outside_the_funnel_with_its_side() -> None:
    figures = [part(events, 400) for events in (30, 31, 31, 32, 32, 32, 32, 33, 33, 34, 60)]

    found = section(*figures)

    assert found.striking == {"PO2711"}
    assert (found.striking_side("PO2711"), found.striking_side("PO2701")) == (1, 0)


def test_without_a_funnel_nobody_is_striking() -> None:
    found = section(*values(*range(20)))

    assert found.striking == frozenset()
    assert found.striking_side("PO2701") == 0


@given(st.lists(st.integers(0, 20), min_size=10, max_size=60))
def test_higher_values_never_have_a_lower_fifth(numbers: list[int]) -> None:
    found = section(*values(*numbers))
    pairs = sorted((number, found.quintiles[f"PO{2701 + place}"]) for place, number in enumerate(numbers))

    assert [fifth for _, fifth in pairs] == sorted(fifth for _, fifth in pairs)
    assert all(1 <= fifth <= 5 for _, fifth in pairs)
    assert len({number for number, _ in pairs}) >= len({fifth for _, fifth in pairs})


@pytest.mark.parametrize("lost", [hidden(denominator_low=90.0, denominator_high=90.0), finished(None)])
def test_what_is_hidden_has_no_place_fifth_or_part_in_the_extremes(lost: Figure) -> None:
    plain, wide = section(*values(*range(12))), section(*values(*range(12)), lost)

    assert wide.ranks == plain.ranks
    assert wide.quintiles == plain.quintiles
    assert wide.extent == plain.extent
