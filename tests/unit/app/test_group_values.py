"""The value of a group: the plain mean, and numbers together where they may be added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.group_values import GROUP, group_value, may_pool
from app.indicators import CellStatus, Figure, PeriodStatus, Unit
from app.sentences import value_words
from tests.example_figures import COUNT, PERCENT, at_least, count, finished, hidden, part
from tests.example_indicators import INDICATORS

TRUANTS = INDICATORS["thuiszitters"]


def members(*figures: Figure, kind: str = "PO") -> dict[str, Figure]:
    codes = [f"{kind}{2701 + place}" for place in range(len(figures))]
    return {code: figure._replace(region=code) for code, figure in zip(codes, figures, strict=True)}


HIDDEN = hidden(denominator_low=100.0, denominator_high=100.0)


def test_a_group_has_a_plain_mean_and_a_common_value() -> None:
    # (10% + 30%) / 2 = 20%; 10 + 90 of 100 + 300 = 25%
    figures = members(part(10, 100), part(90, 300), HIDDEN)

    found = group_value(figures, figures, PERCENT)

    assert found.mean == (20.0, 20.0)
    assert found.pooled is not None
    assert (found.pooled.region, found.pooled.low, found.pooled.high) == (GROUP, 25.0, 25.0)
    assert (found.contributing, found.size) == (2, 3)


@pytest.mark.parametrize("lost", [HIDDEN, hidden(), finished(None), at_least(120)])
def test_what_is_hidden_missing_or_open_contributes_nothing(lost: Figure) -> None:
    figures = members(part(10, 100), part(90, 300))
    more = {**figures, "PO2709": lost._replace(region="PO2709")}

    with_lost, without = (group_value(given, given, PERCENT) for given in (more, figures))

    assert (with_lost.mean, with_lost.pooled) == (without.mean, without.pooled)
    assert (with_lost.contributing, with_lost.size) == (2, 3)


def test_a_region_without_a_row_is_one_of_the_group_all_the_same() -> None:
    figures = members(part(10, 100), part(90, 300))

    found = group_value(figures, [*figures, "PO2799"], PERCENT)

    assert (found.contributing, found.size) == (2, 3)


def test_the_own_region_national_swvs_and_doubles_stay_out() -> None:
    figures = members(part(10, 100), part(90, 300), part(50, 100))
    figures["PO0001"] = part(99, 100, region="PO0001")

    found = group_value(figures, [*figures, "PO2701", "PO2702"], PERCENT, own="PO2703")

    assert found.mean == (20.0, 20.0)
    assert (found.contributing, found.size) == (2, 2)


@pytest.mark.parametrize("figures", [(), (part(10, 100),), (part(10, 100), HIDDEN)])
def test_fewer_than_two_with_a_figure_are_no_group(figures: tuple[Figure, ...]) -> None:
    given = members(*figures)

    found = group_value(given, given, PERCENT)

    assert (found.mean, found.pooled, found.average) == (None, None, None)
    assert found.size == len(figures)


def test_percentages_without_counts_are_never_summed() -> None:
    figures = members(finished(10.0), part(90, 300))

    found = group_value(figures, figures, PERCENT)

    assert found.pooled is None
    assert found.mean == (20.0, 20.0)


def test_what_a_source_forbids_to_add_has_a_mean_only() -> None:
    figures = members(finished(12.0), finished(20.0))

    found = group_value(figures, figures, INDICATORS["doorlooptijd"])

    assert found.pooled is None
    assert found.average is not None
    assert (found.average.region, found.average.value, found.average.denominator_low) == (GROUP, 16.0, None)


def test_children_who_count_whole_in_each_swv_are_added_for_gemeenten_only() -> None:
    figures = (part(20, 10_000, unit=Unit.PER_1000), part(40, 10_000, unit=Unit.PER_1000))
    swvs, gemeenten = members(*figures), members(*figures, kind="GM")

    assert group_value(swvs, swvs, TRUANTS).pooled is None
    pooled = group_value(gemeenten, gemeenten, TRUANTS).pooled
    assert pooled is not None
    assert pooled.low == 3.0
    assert not may_pool(["GM2701", "PO2701"], TRUANTS)


def test_counts_have_no_common_value_as_a_benchmark() -> None:
    figures = members(count(10), count(30))

    assert group_value(figures, figures, COUNT).pooled is None


def test_judgements_have_no_mean() -> None:
    figures = members(finished(1.0), finished(2.0))

    found = group_value(figures, figures, INDICATORS["oordeel"])

    assert (found.mean, found.average, found.contributing) == (None, None, 2)


def test_hidden_parts_leave_bounds_in_both_values() -> None:
    # 10 of 100, and 120–150 of 1800–1830: 130 / 1900 = 6.842 to 160 / 1930 = 8.290
    figures = members(part(10, 100), part(120, 1800, 150))

    found = group_value(figures, figures, PERCENT)

    assert found.mean == pytest.approx((8.3333, 9.0984), abs=0.0001)
    assert found.pooled is not None
    assert (found.pooled.low, found.pooled.high) == pytest.approx((6.842, 8.290), abs=0.001)
    assert found.pooled.status is CellStatus.PARTLY_HIDDEN
    assert found.average is not None
    assert value_words(found.average, PERCENT) == "tussen 8,3 en 9,1%"


def test_a_group_is_as_provisional_as_the_least_final_of_its_members() -> None:
    figures = members(
        part(10, 100, period_status=PeriodStatus.REVISED_PROVISIONAL),
        part(90, 300, period_status=PeriodStatus.PROVISIONAL),
    )

    found = group_value(figures, figures, PERCENT)

    assert found.pooled is not None
    assert found.average is not None
    assert {found.pooled.period_status, found.average.period_status} == {PeriodStatus.PROVISIONAL}


def test_what_is_estimated_counts_by_size_in_the_common_value() -> None:
    # 0.4 of 100 children and nothing of 300: 40 of 400
    figures = members(part(10, 100, estimated=0.4, indirect=0.2, converted=True), part(90, 300))

    found = group_value(figures, figures, PERCENT)

    assert found.pooled is not None
    assert (found.pooled.estimated, found.pooled.indirect) == pytest.approx((0.1, 0.05))
    assert found.pooled.converted
    assert found.average is not None
    assert found.average.estimated == pytest.approx(0.2)


PARTS = st.tuples(st.integers(0, 500), st.integers(0, 5000)).map(lambda pair: part(pair[0], sum(pair) + 1))


@given(st.lists(PARTS, min_size=2, max_size=12))
def test_both_values_lie_between_the_extremes_of_the_members(figures: list[Figure]) -> None:
    given_ = members(*figures)
    lows = [each.low or 0.0 for each in figures]

    found = group_value(given_, given_, PERCENT)

    assert found.mean is not None
    assert found.pooled is not None
    assert found.pooled.low is not None
    assert min(lows) - 1e-9 <= found.mean[0] <= max(lows) + 1e-9
    assert min(lows) - 1e-9 <= found.pooled.low <= max(lows) + 1e-9


@given(st.lists(PARTS, min_size=2, max_size=8), st.randoms())
def test_the_order_of_the_members_changes_nothing_but_the_last_digits(
    figures: list[Figure], chance: object
) -> None:
    given_ = members(*figures)
    codes = list(given_)
    chance.shuffle(codes)  # type: ignore[attr-defined]

    first, second = group_value(given_, given_, PERCENT), group_value(given_, codes, PERCENT)

    assert first.mean == pytest.approx(second.mean)
    assert first.pooled is not None
    assert second.pooled is not None
    assert first.pooled.ends == second.pooled.ends


@given(st.lists(PARTS, min_size=2, max_size=8), st.integers(1, 4))
def test_a_hidden_member_changes_nothing_but_the_size(figures: list[Figure], number: int) -> None:
    given_ = members(*figures)
    more = given_ | {f"PO99{place:02d}": HIDDEN for place in range(number)}

    plain, wide = group_value(given_, given_, PERCENT), group_value(more, more, PERCENT)

    assert (plain.mean, plain.pooled, plain.contributing) == (wide.mean, wide.pooled, wide.contributing)
    assert wide.size == plain.size + number
