"""Who lies outside the funnel of all regions, widened where they differ more than by chance."""

from dataclasses import replace

import pytest

from app.funnels import MIN_FUNNEL, Funnel, NoFunnel, funnel, why_no_funnel
from app.indicators import Aggregation, Figure, Indicator, Unit
from app.statistics import Z95, Z998
from tests.example_figures import COUNT, PERCENT, count, finished, hidden, part
from tests.example_indicators import INDICATORS

TRUANTS = INDICATORS["thuiszitters"]


def regions(*events: float, of: float = 400, kind: str = "PO", unit: Unit = Unit.PERCENT) -> list[Figure]:
    return [
        part(number, of, region=f"{kind}{2701 + place}", unit=unit) for place, number in enumerate(events)
    ]


def drawn(figures: list[Figure]) -> Funnel:
    found = funnel(figures, PERCENT)
    assert found is not None
    return found


# ten regions of 400 around 8%: z = (x − 32) / √(400·0.08·0.92) = (x − 32) / 5.426
QUIET = (30, 31, 31, 32, 32, 32, 32, 33, 33, 34)


def test_the_target_is_all_children_together_with_the_limits_of_methods() -> None:
    found = drawn(regions(*QUIET))

    assert found.target == pytest.approx(0.08)
    assert found.limits(400, Z95) == pytest.approx((0.0534, 0.1066), abs=0.0001)
    assert found.limits(400, Z998) == pytest.approx((0.0381, 0.1219), abs=0.0001)
    assert not found.dispersion.is_wide
    assert found.outside == frozenset()


def test_one_region_far_off_lies_outside_and_is_above() -> None:
    # with 60 the target becomes 380 / 4400 = 0.0864, and 0.0864 + 3.09·√(0.0864·0.9136/400) = 0.1298 < 0.15
    found = drawn(regions(*QUIET, 60))

    assert found.outside == {"PO2711"}
    assert (found.side("PO2711"), found.side("PO2701"), found.side("PO2799")) == (1, 0, 0)


def test_one_region_far_below_lies_outside_and_is_below() -> None:
    found = drawn(regions(*QUIET, 8))

    assert found.outside == {"PO2711"}
    assert found.side("PO2711") == -1


def test_where_regions_differ_a_lot_the_funnel_widens_and_fewer_lie_outside() -> None:
    # z-scores of ±5.5 for all but one: φ = about 27, so 3.09·√27 = 16 standard errors
    found = drawn(regions(2, 2, 2, 2, 2, 32, 62, 62, 62, 62, 62))

    assert found.dispersion.is_wide
    assert found.outside == frozenset()


def test_below_ten_regions_there_is_no_funnel() -> None:
    assert MIN_FUNNEL == 10
    assert funnel(regions(*QUIET)[:9], PERCENT) is None
    assert funnel([], PERCENT) is None


def test_the_country_national_swvs_and_hidden_regions_take_no_part() -> None:
    extra = [
        part(800, 1000, region="NL01"),
        part(300, 400, region="PO0001"),
        hidden(region="PO2790", denominator_low=400.0, denominator_high=400.0),
        finished(75.0, region="PO2791"),
    ]

    found = drawn([*regions(*QUIET), *extra])

    assert found.target == pytest.approx(0.08)
    assert set(found.sizes) == {f"PO{code}" for code in range(2701, 2711)}


def test_children_who_count_in_two_swvs_have_no_common_value() -> None:
    swvs, gemeenten = (regions(*QUIET, kind=kind, unit=Unit.PER_1000) for kind in ("PO", "GM"))

    assert funnel(swvs, TRUANTS) is None
    found = funnel(gemeenten, TRUANTS)
    assert found is not None
    assert found.is_rate


def test_counts_and_figures_without_counts_have_no_funnel() -> None:
    codes = [f"PO{2701 + place}" for place in range(12)]

    assert funnel([count(30, region=code) for code in codes], COUNT) is None
    assert funnel([finished(8.0, region=code) for code in codes], PERCENT) is None


@pytest.mark.parametrize("events", [0, 400])
def test_where_nobody_or_everybody_has_it_there_is_no_funnel(events: float) -> None:
    assert funnel(regions(*[events] * 12), PERCENT) is None


def test_a_region_between_bounds_is_outside_only_if_all_it_can_be_is() -> None:
    sure, unsure = part(60, 400, 62, region="PO2790"), part(40, 400, 62, region="PO2791")

    found = drawn([*regions(*QUIET, *QUIET[2:]), sure, unsure])

    assert found.outside == {"PO2790"}


def test_the_curve_runs_from_the_smallest_to_the_largest_region() -> None:
    figures = [*regions(*QUIET), part(160, 2000, region="PO2790")]

    points = drawn(figures).curve()

    assert len(points) == 100
    assert (points[0].size, points[-1].size) == (400, 2000)
    assert points[0].low998 < points[0].low95 < 0.08 < points[0].high95 < points[0].high998


CODES = [f"PO{2701 + place}" for place in range(12)]


@pytest.mark.parametrize(
    ("figures", "indicator", "reason"),
    [
        (regions(*QUIET), PERCENT, None),
        (regions(*QUIET, kind="GM"), PERCENT, None),
        ([count(30, region=code) for code in CODES], COUNT, NoFunnel.COUNTED_TOTAL),
        ([finished(8.0, region=code) for code in CODES], PERCENT, NoFunnel.NO_MARGIN),
        (regions(*QUIET), replace(PERCENT, has_margin=False), NoFunnel.NO_MARGIN),
        (regions(*QUIET), replace(PERCENT, aggregation=Aggregation.FORBIDDEN), NoFunnel.NO_MARGIN),
        (regions(*QUIET, kind="GM"), replace(PERCENT, by_school=True), NoFunnel.BY_SCHOOL),
        (regions(*QUIET), replace(PERCENT, by_school=True), None),
        (regions(*QUIET, unit=Unit.PER_1000), TRUANTS, NoFunnel.COUNTED_TWICE),
        (regions(*QUIET, kind="GM", unit=Unit.PER_1000), TRUANTS, None),
        (regions(*QUIET)[:9], PERCENT, NoFunnel.TOO_FEW),
        ([], PERCENT, NoFunnel.TOO_FEW),
        (regions(*[0] * 12), PERCENT, NoFunnel.NO_ROOM),
        (regions(*[400] * 12), PERCENT, NoFunnel.NO_ROOM),
    ],
)
def test_there_is_a_reason_exactly_where_there_is_no_funnel(
    figures: list[Figure], indicator: Indicator, reason: NoFunnel | None
) -> None:
    assert why_no_funnel(figures, indicator) is reason
    assert (funnel(figures, indicator) is None) is (reason is not None)
