"""A figure tells what is known: a value, bounds around it, or nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators import TOTAL, CellStatus, Figure, PeriodStatus, Unit
from loaders.catalogue import load_catalogue

COUNT = Figure(
    region="GM9001",
    period="2025",
    breakdown=TOTAL,
    numerator_low=10.0,
    numerator_high=10.0,
    denominator_low=None,
    denominator_high=None,
    value=None,
    status=CellStatus.PRESENT,
    period_status=PeriodStatus.FINAL,
)
PART = COUNT._replace(denominator_low=40.0, denominator_high=40.0)


def test_a_known_count_is_its_own_bound() -> None:
    assert (COUNT.low, COUNT.middle, COUNT.high) == (10.0, 10.0, 10.0)


def test_a_known_part_of_a_known_whole_is_a_percentage() -> None:
    assert (PART.low, PART.middle, PART.high) == (25.0, 25.0, 25.0)


def test_zero_is_a_number() -> None:
    zero = COUNT._replace(numerator_low=0.0, numerator_high=0.0)

    assert (zero.low, zero.middle, zero.high) == (0.0, 0.0, 0.0)


def test_a_hidden_count_has_bounds_and_a_point_to_draw() -> None:
    hidden = COUNT._replace(numerator_low=1.0, numerator_high=4.0, status=CellStatus.HIDDEN)

    assert (hidden.low, hidden.middle, hidden.high) == (1.0, 2.5, 4.0)


def test_a_hidden_part_and_a_hidden_rest_bound_a_percentage_from_both_sides() -> None:
    # 12-15 of 100-103: the rest is 88, so 12 of 100 at least and 15 of 103 at most
    figure = PART._replace(
        numerator_low=12.0, numerator_high=15.0, denominator_low=100.0, denominator_high=103.0
    )

    assert figure.low == pytest.approx(12.0)
    assert figure.high == pytest.approx(14.563, abs=0.001)


def test_a_hidden_rest_alone_bounds_a_percentage_too() -> None:
    figure = PART._replace(denominator_low=40.0, denominator_high=50.0)

    assert (figure.low, figure.high) == (20.0, 25.0)


def test_a_count_over_missing_parts_has_no_upper_bound_and_no_point_to_draw() -> None:
    figure = COUNT._replace(numerator_high=None, status=CellStatus.AT_LEAST)

    assert (figure.low, figure.middle, figure.high) == (10.0, None, None)


def test_a_percentage_over_missing_parts_is_not_known_at_all() -> None:
    figure = PART._replace(numerator_high=None, denominator_high=None, status=CellStatus.AT_LEAST)

    assert (figure.middle, figure.high) == (None, None)


def test_a_missing_figure_has_nothing() -> None:
    figure = COUNT._replace(numerator_low=None, numerator_high=None, status=CellStatus.MISSING)

    assert (figure.low, figure.middle, figure.high) == (None, None, None)


def test_a_finished_percentage_is_its_own_bound() -> None:
    figure = COUNT._replace(numerator_low=None, numerator_high=None, value=13.2)

    assert (figure.low, figure.middle, figure.high) == (13.2, 13.2, 13.2)


def test_a_figure_made_from_another_has_bounds_of_its_own() -> None:
    first = COUNT._replace(numerator_low=10.0, numerator_high=12.0)
    assert (first.low, first.high) == (10.0, 12.0)

    second = first._replace(numerator_high=30.0)

    assert (second.low, second.high) == (10.0, 30.0)
    assert (first.low, first.high) == (10.0, 12.0)


def test_a_part_of_nobody_is_no_percentage() -> None:
    nobody = {"numerator_low": 0.0, "numerator_high": 0.0, "denominator_low": 0.0, "denominator_high": 0.0}

    figure = PART._replace(**nobody)  # type: ignore[arg-type]

    assert (figure.low, figure.middle, figure.high) == (None, None, None)


@settings(deadline=None)
@given(st.integers(0, 99), st.integers(0, 9), st.integers(1, 99), st.integers(0, 9), st.data())
def test_the_true_percentage_lies_between_the_bounds(
    part: int, part_width: int, rest: int, rest_width: int, data: st.DataObject
) -> None:
    true_part = data.draw(st.integers(part, part + part_width))
    true_rest = data.draw(st.integers(rest, rest + rest_width))

    figure = PART._replace(
        numerator_low=float(part),
        numerator_high=float(part + part_width),
        denominator_low=float(part + rest),
        denominator_high=float(part + part_width + rest + rest_width),
    )

    assert figure.low is not None
    assert figure.high is not None
    assert figure.low - 1e-9 <= 100 * true_part / (true_part + true_rest) <= figure.high + 1e-9


def test_only_totals_that_grow_with_the_region_are_shown_as_a_share_of_the_country() -> None:
    totals = {each.id: each.unit for each in load_catalogue() if each.is_counted_total}
    not_counts = {indicator for indicator, unit in totals.items() if unit is not Unit.COUNT}

    assert all(each.is_counted_total for each in load_catalogue() if each.unit is Unit.COUNT)
    assert not_counts == {"achterst-gem", "swv-ev", "swv-bovenmatig"}


def test_what_is_made_per_child_is_no_total() -> None:
    catalogue = load_catalogue().indicators

    for indicator in ("achterst-ll", "jh-kosten-jeugdige", "swv-lasten-ll", "tlv-so-1000", "vr-tevreden"):
        assert not catalogue[indicator].is_counted_total


def test_every_unit_has_limits_and_a_factor() -> None:
    assert {unit: unit.factor for unit in Unit if unit.factor > 1} == {
        Unit.PERCENT: 100,
        Unit.PER_100: 100,
        Unit.INDEX: 100,
        Unit.PER_1000: 1000,
        Unit.PER_10000: 10000,
    }
    assert all(unit.limits[0] < unit.limits[1] for unit in Unit)
