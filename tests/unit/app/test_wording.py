"""Numbers, dates and periods are written as Dutch readers expect them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.indicators import PeriodKind
from app.wording import (
    amount,
    day,
    is_period,
    is_period_of,
    listing,
    moment,
    number,
    period_label,
    share,
    signed,
    year_label,
    year_of,
)
from tests.example_figures import COUNT, PERCENT

YEARLY = replace(PERCENT, period_kind=PeriodKind.CALENDAR_YEAR, reference_day="")
SCHOOL = replace(PERCENT, period_kind=PeriodKind.SCHOOL_YEAR, reference_day="")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234.5, 1, "1.234,5"),
        (17282163, 0, "17.282.163"),
        (-1240, 0, "−1.240"),
        (-0.04, 1, "0,0"),
        (2.25, 1, "2,2"),
        (0.005, 2, "0,01"),
    ],
)
def test_a_number_has_points_a_comma_and_a_true_minus(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize(("value", "text"), [(0.3, "+0,3"), (-0.3, "−0,3"), (0.04, "0,0"), (-0.04, "0,0")])
def test_a_difference_has_its_sign_unless_nothing_is_left_after_rounding(value: float, text: str) -> None:
    assert signed(value, 1) == text


def test_an_amount_carries_its_unit() -> None:
    assert (amount(2.013, PERCENT), amount(61718, COUNT)) == ("2,0%", "61.718")


@pytest.mark.parametrize(("value", "text"), [(4.876, "4,9%"), (0.0831, "0,08%"), (0, "0,0%"), (1, "1,0%")])
def test_a_small_share_of_the_country_keeps_a_second_decimal(value: float, text: str) -> None:
    assert share(value) == text


def test_a_date_is_written_out() -> None:
    assert day(date(2025, 10, 1)) == "1 oktober 2025"


def test_a_moment_is_dated_as_in_the_netherlands() -> None:
    assert day(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "21 november 2026"


@pytest.mark.parametrize(
    ("indicator", "period", "label", "when"),
    [
        (PERCENT, "2025", "1 oktober 2025", "op 1 oktober 2025"),
        (YEARLY, "2022", "2022", "in 2022"),
        (SCHOOL, "2023/24", "schooljaar 2023/24", "in schooljaar 2023/24"),
        (SCHOOL, "1999", "schooljaar 1999/00", "in schooljaar 1999/00"),
    ],
)
def test_a_period_reads_as_what_it_is(indicator: object, period: str, label: str, when: str) -> None:
    assert (period_label(period, indicator), moment(period, indicator)) == (label, when)  # type: ignore[arg-type]


def test_a_school_year_starts_in_its_first_year() -> None:
    assert (year_of("2023/24"), year_label("2023/24", PeriodKind.SCHOOL_YEAR)) == (2023, "2023/24")


def test_a_listing_ends_with_en() -> None:
    assert [listing([]), listing(["a"]), listing(["a", "b", "c"])] == ["", "a", "a, b en c"]


@pytest.mark.parametrize("text", ["0000", "0000/01", "0000-H1", "0000-Q4"])
def test_the_year_zero_is_no_period(text: str) -> None:
    assert not is_period(text)
    assert not any(is_period_of(text, kind) for kind in PeriodKind)


@pytest.mark.parametrize("text", ["0001", "2025", "2023/24", "2023-H2", "2023-Q4", "9999"])
def test_other_years_are_periods(text: str) -> None:
    assert is_period(text)
    assert any(is_period_of(text, kind) for kind in PeriodKind)
