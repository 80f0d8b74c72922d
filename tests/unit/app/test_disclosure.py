"""What a group value may tell: arithmetic by hand, and every rule at its edge."""

import pytest

from app.disclosure import Counted, GroupValue, Member, counted, group_value, may_be_shown, next_group
from app.indicators import CellStatus, Indicator
from loaders.catalogue import load_catalogue

CATALOGUE = load_catalogue()
RATE = CATALOGUE.indicators["tlv-so-1000"]
PERCENT = CATALOGUE.indicators["terugplaats-pct"]
COUNT = CATALOGUE.indicators["geschillen-n"]
DAYS = CATALOGUE.indicators["doorloop-tlv"]
GROWTH = CATALOGUE.indicators["groei-1feb"]
JUDGEMENT = CATALOGUE.indicators["oordeel-insp"]
PUPILS = 4000.0


def _rates(*parts: float) -> list[Counted]:
    return [Counted(part, PUPILS) for part in parts]


def _plain(*parts: float) -> list[Counted]:
    return [Counted(part) for part in parts]


def _members(*parts: float, start: str = "a") -> dict[str, Member]:
    return {chr(ord(start) + place): Member(each) for place, each in enumerate(_rates(*parts))}


def _current(**parts: float) -> dict[str, Counted]:
    return {code: Counted(part, PUPILS) for code, part in parts.items()}


def test_a_rate_of_a_group_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    group = [Counted(12, 2000), Counted(20, 4000), Counted(15, 3000), Counted(18, 5000), Counted(25, 6000)]

    assert group_value(group, RATE) == GroupValue(4.5, 5)  # 1000 × 90 / 20000


def test_a_percentage_of_a_group_is_rounded_to_its_decimals() -> None:
    group = [Counted(3, 40), Counted(4, 50), Counted(5, 60), Counted(4, 45), Counted(5, 55)]

    assert group_value(group, PERCENT) == GroupValue(8.4, 5)  # 100 × 21 / 250


def test_a_value_without_denominator_is_the_plain_mean_of_the_regions() -> None:
    assert group_value(_plain(20, 25, 30, 35, 41), DAYS) == GroupValue(30, 5)  # 151 / 5 = 30,2
    assert group_value(_plain(3, 4, 5, 6, 4), COUNT) == GroupValue(4, 5)  # 22 / 5 = 4,4


@pytest.mark.parametrize("number", range(5))
def test_four_regions_are_too_few_for_one_of_them_knows_its_own(number: int) -> None:
    assert group_value(_rates(*[20.0] * number), RATE) is None


@pytest.mark.parametrize(
    ("parts", "is_shown"),
    [
        ((9, 8, 7, 6, 5), True),  # without the 8, the 9 is less than half of the other 27
        ((20, 8, 6, 6, 8), True),  # without an 8, the 20 is exactly half of the other 40
        ((21, 8, 6, 6, 8), False),  # without an 8, the 21 is more than half of the other 41
        ((40, 40, 1, 1, 1), False),  # none is above half of 83, but one 40 knows nearly all about the other
        ((50, 1, 1, 1, 1), False),
    ],
)
def test_no_region_dominates_also_when_another_takes_its_own_figure_off(
    parts: tuple[float, ...], *, is_shown: bool
) -> None:
    assert may_be_shown(_rates(*parts), RATE) is is_shown


def test_no_region_dominates_by_its_size() -> None:
    even = [Counted(20, 4000)] * 5
    large = [Counted(20, 40_000), *even[1:]]

    assert may_be_shown(even, RATE)
    assert not may_be_shown(large, RATE)


def test_a_sum_of_nothing_would_tell_that_each_has_nothing() -> None:
    assert not may_be_shown(_rates(0, 0, 0, 0, 0), RATE)
    assert not may_be_shown(_plain(0, 0, 0, 0, 0), DAYS)


def test_a_hundred_percent_would_tell_that_each_is_whole() -> None:
    assert not may_be_shown([Counted(50, 50)] * 6, PERCENT)
    assert may_be_shown([Counted(40, 50)] * 6, PERCENT)


@pytest.mark.parametrize(("parts", "is_shown"), [((3, 3, 3, 3, 1), True), ((3, 3, 3, 2, 1), False)])
def test_ten_children_remain_without_the_largest_region(parts: tuple[float, ...], *, is_shown: bool) -> None:
    assert may_be_shown(_rates(*parts), RATE) is is_shown


def test_amounts_that_can_be_negative_weigh_by_their_size() -> None:
    assert may_be_shown(_plain(-20, 15, 18, -17, 12), GROWTH)
    assert not may_be_shown(_plain(-200, 15, 18, -17, 12), GROWTH)


def test_a_judgement_has_no_group_value() -> None:
    assert _counted(JUDGEMENT, value=2.0) is None


@pytest.mark.parametrize("status", [CellStatus.HIDDEN, CellStatus.MISSING])
def test_a_figure_that_is_hidden_or_missing_is_no_contributor(status: CellStatus) -> None:
    assert counted(RATE, status, numerator=12, denominator=4000, value=None) is None


def test_a_rate_without_its_counts_is_no_contributor() -> None:
    assert _counted(RATE, value=3.0) is None
    assert _counted(RATE, numerator=12.0, denominator=4000.0) == Counted(12, 4000)
    assert _counted(DAYS, value=23.0) == Counted(23)
    assert _counted(COUNT, numerator=4.0) == Counted(4)


def _counted(
    indicator: Indicator,
    *,
    numerator: float | None = None,
    denominator: float | None = None,
    value: float | None = None,
) -> Counted | None:
    status = CellStatus.PRESENT
    return counted(indicator, status, numerator=numerator, denominator=denominator, value=value)


def test_the_first_value_comes_with_the_fifth_region() -> None:
    four = _current(a=20, b=21, c=22, d=23)

    assert next_group({}, four, RATE) is None
    assert next_group({}, four | _current(e=24), RATE) == _members(20, 21, 22, 23, 24)


def test_one_more_region_does_not_change_the_value() -> None:
    members = _members(20, 21, 22, 23, 24)
    current = _current(a=20, b=21, c=22, d=23, e=24, f=30)

    assert next_group(members, current, RATE) is None


def test_newcomers_come_in_together_when_they_are_a_group_by_themselves() -> None:
    members = _members(20, 21, 22, 23, 24)
    current = _current(a=20, b=21, c=22, d=23, e=24, f=10, g=11, h=12, i=13, j=14)

    assert next_group(members, current, RATE) == members | _members(10, 11, 12, 13, 14, start="f")


def test_newcomers_of_whom_one_dominates_wait() -> None:
    members = _members(20, 21, 22, 23, 24)
    current = _current(f=90, g=11, h=12, i=13, j=14)

    assert next_group(members, current, RATE) is None


def test_four_changed_figures_do_not_change_the_value_and_five_do() -> None:
    members = _members(20, 21, 22, 23, 24)
    four = _current(a=22, b=23, c=24, d=25, e=24)

    after = next_group(members, four | _current(e=26), RATE)

    assert next_group(members, four, RATE) is None
    assert after == {
        code: Member(each.counted._replace(part=each.counted.part + 2), is_renewed=True)
        for code, each in members.items()
    }


def test_a_change_that_dominates_the_others_waits() -> None:
    members = _members(20, 21, 22, 23, 24)

    assert next_group(members, _current(a=40, b=22, c=23, d=24, e=25), RATE) is None


def test_a_figure_is_renewed_once_so_that_nobody_can_go_back() -> None:
    members = {code: each._replace(is_renewed=True) for code, each in _members(20, 21, 22, 23, 24).items()}

    assert next_group(members, _current(a=22, b=23, c=24, d=25, e=26), RATE) is None


def test_who_takes_everything_back_stays_in_the_value_that_was_shown() -> None:
    members = _members(20, 21, 22, 23, 24)

    assert next_group(members, {}, RATE) is None
    assert set(next_group(members, _current(f=10, g=11, h=12, i=13, j=14), RATE) or {}) >= set(members)
