"""One period of all regions: places, extremes, classes, bands; never of what is hidden."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.benchmarks import Rank
from app.cross_sections import CrossSection, Shade
from app.funnels import NoFunnel
from app.indicators import Direction, Figure, Indicator
from app.map_classes import classify
from app.regions import RegionKind
from layouts.map_figures import shade_keys
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

    assert [fifths.count(each) for each in range(1, 6)] == [16, 15, 15, 15, 15]
    assert fifths == sorted(fifths)


def test_regions_that_are_all_alike_are_in_one_class_with_the_middle_tint() -> None:
    found = section(*values(*[2.0] * 12))

    assert set(found.shades.values()) == {Shade(1, 1)}
    assert set(found.quintiles.values()) == {3}


def test_many_equal_values_share_a_class_and_leave_fewer_classes() -> None:
    # eleven values: borders 0, 0, 1 and 3, so four classes: 0, 1, 2–3 and 4–5
    found = section(*values(0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5))

    assert [shade.number for shade in found.shades.values()] == [1, 1, 1, 1, 1, 1, 2, 3, 3, 4, 4]
    assert {shade.of for shade in found.shades.values()} == {4}


@pytest.mark.parametrize(
    ("of", "tints"), [(1, [3]), (2, [1, 5]), (3, [1, 3, 5]), (4, [1, 2, 4, 5]), (5, [1, 2, 3, 4, 5])]
)
def test_fewer_classes_are_spread_over_the_five_tints(of: int, tints: list[int]) -> None:
    assert [Shade(number, of).tint for number in range(1, of + 1)] == tints
    assert [int(key) for key in shade_keys(of)] == tints


@given(st.lists(st.floats(0, 5), min_size=10, max_size=80))
def test_the_table_and_the_map_have_the_same_classes(numbers: list[float]) -> None:
    found = section(*values(*numbers))

    mapped = classify({code: round(low, 1) for code, (low, _) in found.bounds.items()})

    assert {code: shade.number for code, shade in found.shades.items()} == mapped.class_of
    assert {shade.of for shade in found.shades.values()} == {len(mapped.classes)}


def test_what_the_page_shows_as_the_same_number_has_the_same_class() -> None:
    found = section(*values(2.04, 1.96, *range(3, 12))).shades

    assert found["PO2701"] == found["PO2702"]


def banded(direction: Direction, *figures: Figure) -> str:
    found = section(*figures, indicator=replace(PERCENT, direction=direction)).bands
    return "".join(found.get(f"PO{2701 + place}", "-") for place in range(len(figures)))


def test_bands_are_quarters_that_follow_the_direction() -> None:
    # 1 to 10: quartiles 3.25, 5.5 and 7.75
    assert banded(Direction.HIGHER, *values(*range(1, 11))) == "DDDCCBBAAA"
    assert banded(Direction.LOWER, *values(*range(1, 11))) == "AAABBCCDDD"


def test_a_value_on_a_border_is_in_the_better_band() -> None:
    # 0 to 12: quartiles 3, 6 and 9, which are values themselves
    assert banded(Direction.HIGHER, *values(*range(13))) == "DDDCCCBBBAAAA"
    assert banded(Direction.LOWER, *values(*range(13))) == "AAAABBBCCCDDD"


def test_regions_that_are_all_alike_are_in_the_best_band_and_not_the_worst() -> None:
    assert banded(Direction.HIGHER, *values(*[2.0] * 10)) == "A" * 10


def test_there_are_no_bands_below_ten_regions_or_without_a_direction() -> None:
    assert banded(Direction.HIGHER, *values(*range(9))) == "-" * 9
    assert banded(Direction.NEUTRAL, *values(*range(20))) == "-" * 20


def test_bounds_that_may_be_in_two_bands_are_in_none() -> None:
    # with 5.5 as a middle: quartiles 2.5, 5.5 and 8.5 of 1 … 10 and the unsure one
    unsure = count(2, 9, unit=PERCENT.unit)

    assert banded(Direction.HIGHER, *values(*range(1, 11)), unsure).endswith("A-")


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


def test_a_gemeente_is_never_striking_by_where_schools_stand() -> None:
    figures = [part(events, 400) for events in (30, 31, 31, 32, 32, 32, 32, 33, 33, 34, 60)]
    named = {
        f"GM{number:04d}": each._replace(region=f"GM{number:04d}") for number, each in enumerate(figures)
    }
    of_schools = replace(PERCENT, by_school=True)

    lived = CrossSection(PERCENT, "2025", RegionKind.GEMEENTE, named, None)
    found = CrossSection(of_schools, "2025", RegionKind.GEMEENTE, named, None)

    assert lived.striking == {"GM0010"}
    assert (found.funnel, found.striking) == (None, frozenset())
    assert found.why_no_funnel is NoFunnel.BY_SCHOOL
    assert section(*figures, indicator=of_schools).striking == {"PO2711"}


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
