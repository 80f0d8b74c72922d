"""The verdict in three steps, with limits by hand from the formulas of METHODS."""

from dataclasses import replace

import pytest

from app.group_values import GROUP
from app.indicators import Direction, Figure, Indicator, Unit
from app.statistics import Estimate
from app.verdicts import Margin, Step, Verdict, estimate, in_children, margin_of, verdict
from tests.example_figures import COUNT, PERCENT, country, finished, part
from tests.example_indicators import INDICATORS

TRUANTS = INDICATORS["thuiszitters"]


def rate(events: float, of: float) -> Figure:
    return part(events, of, unit=Unit.PER_1000)


def other_region(figure: Figure) -> Figure:
    return figure._replace(region="PO2601")


def group(figure: Figure) -> Figure:
    return figure._replace(region=GROUP)


@pytest.mark.parametrize(
    ("indicator", "method"),
    [
        (PERCENT, Margin.PROPORTION),
        (TRUANTS, Margin.RATE),
        (COUNT, Margin.NONE),
        (replace(PERCENT, has_margin=False), Margin.NONE),
        (replace(PERCENT, denominator=""), Margin.NONE),
        (INDICATORS["kosten"], Margin.NONE),
        (INDICATORS["doorlooptijd"], Margin.NONE),
        (INDICATORS["oordeel"], Margin.NONE),
    ],
)
def test_only_parts_of_people_and_events_per_number_have_a_margin(
    indicator: Indicator, method: Margin
) -> None:
    assert margin_of(indicator) is method


def test_a_percentage_has_the_limits_of_wilson() -> None:
    found = estimate(part(150, 1800), PERCENT)

    assert found is not None
    assert found == pytest.approx((8.3333, 7.1436, 9.7006), abs=0.0005)


def test_a_rate_has_the_limits_of_byar() -> None:
    # 43 events: 43(1 − 1/387 − 1.96/(3√43))³ = 31.116 and 44(1 − 1/396 + 1.96/(3√44))³ = 57.922, of 10 000
    found = estimate(rate(43, 10_000), TRUANTS)

    assert found is not None
    assert found == pytest.approx((4.3, 3.1116, 5.7922), abs=0.0005)


def test_below_ten_events_the_limits_are_exact() -> None:
    found = estimate(rate(5, 1000), TRUANTS)

    assert found is not None
    assert found == pytest.approx((5.0, 1.623, 11.668), abs=0.001)


@pytest.mark.parametrize(("events", "limits"), [(0, (0.0, 24.25)), (12, (75.75, 100.0))])
def test_nobody_and_everybody_of_twelve_leave_much_open(events: int, limits: tuple[float, float]) -> None:
    found = estimate(part(events, 12), PERCENT)

    assert found is not None
    assert (found.low, found.high) == pytest.approx(limits, abs=0.005)


def test_shares_of_divided_gemeenten_may_miss_the_whole_by_their_rounding() -> None:
    found = estimate(part(0.1 + 0.2, 0.3), PERCENT)

    assert found is not None
    assert found.value == 100.0


@pytest.mark.parametrize(
    ("there", "step", "side"),
    [
        (6.0, Step.CLEARLY, 1),  # 99.8% limits 6.53 to 10.57
        (6.54, Step.PROBABLY, 1),
        (7.0, Step.PROBABLY, 1),  # 95% limits 7.14 to 9.70
        (7.15, Step.COMPARABLE, 0),
        (9.69, Step.COMPARABLE, 0),
        (9.71, Step.PROBABLY, -1),
        (10.6, Step.CLEARLY, -1),
    ],
)
def test_beside_the_country_the_own_limits_decide(there: float, step: Step, side: int) -> None:
    found = verdict(part(150, 1800), country(finished(there)), PERCENT)

    assert found is not None
    assert (found.step, found.side) == (step, side)


def test_the_gap_with_the_country_has_the_own_limits() -> None:
    found = verdict(part(150, 1800), country(finished(6.0)), PERCENT)

    assert found is not None
    assert found.gap == pytest.approx((2.3333, 1.1436, 3.7006), abs=0.0005)


def test_a_limit_that_touches_the_benchmark_excludes_nothing() -> None:
    limits = estimate(part(150, 1800), PERCENT)
    assert limits is not None

    found = verdict(part(150, 1800), country(finished(limits.low)), PERCENT)

    assert found is not None
    assert found.step is Step.COMPARABLE


def test_the_countrys_own_counts_do_not_widen_the_limits() -> None:
    as_counts = verdict(part(150, 1800), country(part(6, 100)), PERCENT)
    as_value = verdict(part(150, 1800), country(finished(6.0)), PERCENT)

    assert as_counts == as_value


def test_beside_a_group_the_difference_of_the_two_decides() -> None:
    # the same 6% of a hundred children in a group says little: 12.48 is its upper limit
    found = verdict(part(150, 1800), group(part(6, 100)), PERCENT)

    assert found is not None
    assert found.step is Step.COMPARABLE


def test_beside_another_region_the_limits_are_those_of_newcombe() -> None:
    # METHODS: 56/70 against 48/80 → 0.2000 (0.0524 to 0.3339)
    found = verdict(part(56, 70), other_region(part(48, 80)), PERCENT)

    assert found is not None
    assert found.gap == pytest.approx((20.0, 5.24, 33.39), abs=0.005)
    assert found.words == "waarschijnlijk hoger"


def test_beside_the_own_past_the_limits_are_those_of_newcombe_too() -> None:
    # METHODS: 20/1000 against 25/1000 → −0.0050 (−0.0186 to 0.0084)
    found = verdict(part(20, 1000), part(25, 1000, period="2020"), PERCENT)

    assert found is not None
    assert found.gap == pytest.approx((-0.5, -1.86, 0.84), abs=0.005)
    assert found.words == "vergelijkbaar"


def test_rates_differ_by_the_limits_of_both() -> None:
    # 4.3 (3.11 to 5.79) and 2.3 (1.46 to 3.45): down √(1.19² + 1.15²) = 1.65, up √(1.49² + 0.84²) = 1.71
    found = verdict(rate(43, 10_000), other_region(rate(23, 10_000)), TRUANTS)

    assert found is not None
    assert found.gap == pytest.approx((2.0, 0.345, 3.715), abs=0.01)
    assert found.words == "waarschijnlijk hoger"


@pytest.mark.parametrize(
    ("side", "direction", "is_better"),
    [
        (1, Direction.HIGHER, True),
        (-1, Direction.HIGHER, False),
        (1, Direction.LOWER, False),
        (-1, Direction.LOWER, True),
        (1, Direction.NEUTRAL, None),
        (0, Direction.HIGHER, None),
    ],
)
def test_the_direction_turns_higher_into_better_or_leaves_it(
    side: int, direction: Direction, *, is_better: bool | None
) -> None:
    found = Verdict(Step.CLEARLY if side else Step.COMPARABLE, side, Estimate(0.0, 0.0, 0.0))

    assert found.is_better(direction) is is_better


def test_a_difference_is_so_many_children_with_the_same_limits() -> None:
    # 1,800 times 2.3333, 1.1436 and 3.7006 percentage points
    own = part(150, 1800)

    found = in_children(own, verdict(own, country(finished(6.0)), PERCENT), PERCENT)

    assert found is not None
    assert found == pytest.approx((42.0, 20.58, 66.61), abs=0.01)


def test_the_number_of_children_is_that_of_methods() -> None:
    # 150 of 1,800 against 7%: 1.3333 points, limits 7.1399 and 9.7006 → 24 (2.5 to 48.6)
    own = part(150, 1800)

    found = in_children(own, verdict(own, country(finished(7.0)), PERCENT), PERCENT)

    assert found is not None
    assert found == pytest.approx((24.0, 2.58, 48.61), abs=0.01)


def test_a_rate_per_thousand_is_so_many_events() -> None:
    own = rate(43, 10_000)

    found = in_children(own, verdict(own, country(finished(2.3, unit=Unit.PER_1000)), TRUANTS), TRUANTS)

    assert found is not None
    assert found == pytest.approx((20.0, 8.12, 34.92), abs=0.01)


def test_without_a_verdict_there_is_no_number_of_children() -> None:
    assert in_children(part(150, 1800), None, PERCENT) is None
    assert in_children(None, None, PERCENT) is None
