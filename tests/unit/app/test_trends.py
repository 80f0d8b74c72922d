"""Rise, fall or neither over five consecutive periods, and why nothing can be said of others."""

from dataclasses import replace
from typing import Any

import pytest

from app.indicators import CellStatus, Figure, PeriodStatus, SeriesBreak, Unit
from app.regions import COUNTRY
from app.statistics import Trend
from app.trends import TrendFinding, TrendState, is_faster, trend_of
from tests.example_figures import COUNT, PERCENT, count, finished, part
from tests.example_indicators import INDICATORS

RISING = [(80, 2000), (92, 2010), (101, 1990), (118, 2005), (131, 1995)]
"""The series of METHODS: b 0.638, χ² 16.55."""


def series(pairs: list[tuple[int, int]], start: int = 2021, **other: Any) -> list[Figure]:
    return [
        part(events, of, period=str(start + place))._replace(**other)
        for place, (events, of) in enumerate(pairs)
    ]


def test_the_rise_of_methods_is_a_rise() -> None:
    found = trend_of(series(RISING), PERCENT)

    assert (found.state, found.first, found.last) == (TrendState.RISING, "2021", "2025")
    assert found.trend is not None
    assert (found.trend.slope, found.trend.chi_square) == pytest.approx((0.638, 16.55), abs=0.005)


def test_backwards_it_is_a_fall() -> None:
    assert trend_of(series(RISING[::-1]), PERCENT).state is TrendState.FALLING


def test_among_a_tenth_of_the_children_it_is_neither() -> None:
    small = [(8, 200), (9, 201), (10, 199), (12, 200), (13, 199)]

    assert trend_of(series(small), PERCENT).state is TrendState.NONE


def test_only_the_last_five_periods_count() -> None:
    found = trend_of(series([(500, 2000), (400, 2000), *RISING], 2019), PERCENT)

    assert (found.state, found.first) == (TrendState.RISING, "2021")


def test_until_moves_the_end() -> None:
    found = trend_of(series([*RISING, (10, 2000)]), PERCENT, "2025")

    assert (found.state, found.last) == (TrendState.RISING, "2025")


@pytest.mark.parametrize(
    "given",
    [
        [],
        series(RISING)[1:],
        series([*RISING, (140, 2000)])[:2] + series([*RISING, (140, 2000)])[3:],
        [
            each._replace(status=CellStatus.MISSING) if each.period == "2023" else each
            for each in series(RISING)
        ],
    ],
)
def test_fewer_than_five_or_a_hole_is_too_short(given: list[Figure]) -> None:
    assert trend_of(given, PERCENT).state is TrendState.TOO_SHORT


def test_a_missing_year_at_the_end_leaves_the_five_before_it() -> None:
    given = [*series(RISING), finished(None, period="2026")]

    assert trend_of(given, PERCENT).last == "2025"


@pytest.mark.parametrize(("cut", "state"), [("2021", TrendState.RISING), ("2022", TrendState.TOO_SHORT)])
def test_years_before_a_break_take_no_part(cut: str, state: TrendState) -> None:
    indicator = replace(PERCENT, series_breaks=(SeriesBreak(cut, "Anders geteld."),))

    assert trend_of(series(RISING), indicator).state is state


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": CellStatus.HIDDEN},
        {
            "status": CellStatus.AT_LEAST,
            "numerator_high": None,
            "denominator_low": None,
            "denominator_high": None,
        },
    ],
)
def test_a_hidden_or_open_year_takes_no_part(hidden: dict[str, Any]) -> None:
    given = series(RISING)
    given[2] = given[2]._replace(**hidden)

    assert trend_of(given, PERCENT).state is TrendState.NOT_KNOWN


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ({"indirect": 0.05}, TrendState.RISING),
        ({"indirect": 0.051}, TrendState.INDIRECT),
        ({"estimated": 0.3}, TrendState.RISING),
        ({"estimated": 0.04, "converted": True}, TrendState.RISING),
        ({"estimated": 0.06, "converted": True}, TrendState.INDIRECT),
    ],
)
def test_a_year_above_five_percent_by_another_way_takes_no_part(
    other: dict[str, Any], state: TrendState
) -> None:
    given = series(RISING)
    given[0] = given[0]._replace(**other)

    assert trend_of(given, PERCENT).state is state


def test_without_counts_there_is_no_margin() -> None:
    years = [str(year) for year in range(2021, 2026)]

    assert trend_of([finished(10.0, period=year) for year in years], PERCENT).state is TrendState.NO_MARGIN
    assert trend_of([count(10, period=year) for year in years], COUNT).state is TrendState.NO_MARGIN


def test_one_year_without_counts_is_enough() -> None:
    given = series(RISING)
    given[2] = finished(5.1, period="2023")

    assert trend_of(given, PERCENT).state is TrendState.NO_MARGIN


@pytest.mark.parametrize(
    ("name", "periods", "state"),
    [
        ("halfjaar", ["2021-H1", "2021-H2", "2022-H1", "2022-H2", "2023-H1"], TrendState.RISING),
        ("halfjaar", ["2019-H1", "2020-H1", "2021-H1", "2022-H1", "2023-H1"], TrendState.TOO_SHORT),
        ("kwartaal", ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1"], TrendState.RISING),
        ("kwartaal", ["2022-Q1", "2022-Q2", "2022-Q3", "2023-Q1", "2023-Q2"], TrendState.TOO_SHORT),
        ("thuiszitters", ["2019/20", "2020/21", "2021/22", "2022/23", "2023/24"], TrendState.RISING),
        ("sbo", ["2017", "2019", "2021", "2023", "2025"], TrendState.TOO_SHORT),
    ],
)
def test_periods_follow_one_another_by_their_kind(name: str, periods: list[str], state: TrendState) -> None:
    indicator = INDICATORS[name]
    given = [
        part(*pair, period=period, unit=indicator.unit) for pair, period in zip(RISING, periods, strict=True)
    ]

    assert trend_of(given, indicator).state is state


def test_the_finding_remembers_what_makes_its_figures_less_than_sure() -> None:
    given = series(RISING)
    given[4] = given[4]._replace(period_status=PeriodStatus.PROVISIONAL, indirect=0.01)

    found = trend_of(given, PERCENT)

    assert (found.is_provisional, found.is_estimated) == (True, True)


def test_final_and_counted_years_leave_nothing_to_remember() -> None:
    found = trend_of(series(RISING), PERCENT)

    assert (found.is_provisional, found.is_estimated) == (False, False)


def finding(slope: float, error: float, last: str = "2025") -> TrendFinding:
    return TrendFinding(TrendState.RISING, Trend(slope, error, 0.0, 1), "2021", last)


@pytest.mark.parametrize(
    ("own", "other", "faster"),
    [
        (finding(0.6, 0.1), finding(0.1, 0.1), 1),  # 0.5 ± 3.09·√0.02 = 0.063 to 0.937
        (finding(0.1, 0.1), finding(0.6, 0.1), -1),
        (finding(0.5, 0.1), finding(0.1, 0.1), 0),  # 0.4 ± 0.437
        (finding(0.6, 0.1), finding(0.1, 0.1, "2024"), 0),
        (finding(0.6, 0.1), TrendFinding(TrendState.TOO_SHORT), 0),
        (TrendFinding(TrendState.NO_MARGIN), finding(0.1, 0.1), 0),
    ],
)
def test_faster_stands_on_the_test_of_two_slopes_over_the_same_periods(
    own: TrendFinding, other: TrendFinding, faster: int
) -> None:
    assert is_faster(own, other) == faster


def test_a_rate_has_a_trend_too() -> None:
    given = [
        part(events, 10_000, period=str(2021 + place), unit=Unit.PER_1000, region=COUNTRY)
        for place, events in enumerate((20, 30, 40, 50, 60))
    ]

    assert trend_of(given, INDICATORS["thuiszitters"]).state is TrendState.RISING
