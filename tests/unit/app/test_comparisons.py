"""Which indicators a page shows, and each beside the country."""

from dataclasses import replace

import pytest

from app.comparisons import (
    ALSO_WITHOUT,
    Comparison,
    Filters,
    breakdowns_of,
    choose,
    compare,
    compare_levels,
    lagging,
    pick_for_overview,
    select_rows,
)
from app.indicators import TOTAL, Indicator
from app.regions import COUNTRY, RegionKind
from tests.example_figures import AGES, BREAK, COUNT, PERCENT, SWV, count, country, finished

YOUTH = replace(COUNT, id="jz", label="Jongeren met jeugdzorg", theme="Jeugdhulp", breakdowns=(AGES,))
ALL = (PERCENT, COUNT, YOUTH)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ["deel-sbo-pct", "ll-bao", "jz"]),
        (Filters(theme="Jeugdhulp"), ["jz"]),
        (Filters(text="DEELNAME sbo"), ["deel-sbo-pct"]),
        (Filters(text="(.*"), []),
        (Filters(level="swv_vo"), []),
        (Filters(level="gemeente"), ["deel-sbo-pct", "ll-bao", "jz"]),
        (Filters(dimension="leeftijd"), ["jz"]),
        (Filters(theme="bestaat niet"), []),
    ],
)
def test_the_filters_leave_what_fits_all_of_them(filters: Filters, found: list[str]) -> None:
    assert [indicator.id for indicator in choose(ALL, filters)] == found


def test_what_has_no_figures_is_left_out_and_counted_unless_asked_for() -> None:
    rows = compare(ALL, {("ll-bao", TOTAL): {SWV.code: [count(10)]}}, SWV.code)

    some, every = select_rows(rows, Filters()), select_rows(rows, Filters(figures=ALSO_WITHOUT))

    assert [row.indicator.id for row in some.rows] == ["ll-bao"]
    assert some.left_out == 2
    assert (len(every.rows), every.left_out) == (3, 0)


def test_an_indicator_lags_where_the_country_has_only_later_years_here() -> None:
    recent = {
        ("ll-bao", TOTAL): {SWV.code: [count(1, period="2019")], COUNTRY: [count(9, period="2021")]},
        ("jz", TOTAL): {SWV.code: [count(1, period="2021")], COUNTRY: [count(9, period="2021")]},
        ("deel-sbo-pct", TOTAL): {COUNTRY: [count(9, period="2021")]},
    }

    assert lagging(recent, SWV.code) == ["ll-bao"]


def test_a_dimension_gives_a_row_for_each_category() -> None:
    assert breakdowns_of(YOUTH, "leeftijd") == ["leeftijd:0-4", "leeftijd:4-12"]
    assert breakdowns_of(YOUTH, "") == [TOTAL]


def test_a_row_takes_the_countrys_figure_of_the_same_period() -> None:
    recent = {
        ("ll-bao", TOTAL): {
            SWV.code: [count(10, period="2024")],
            COUNTRY: [count(90, period="2024"), count(95, period="2025")],
        }
    }

    row = compare([COUNT], recent, SWV.code)[0]

    assert row.own == count(10, period="2024")
    assert row.country == count(90, period="2024")


def test_without_an_own_figure_a_row_tells_of_the_country() -> None:
    there = country(count(95))

    row = compare([COUNT], {("ll-bao", TOTAL): {COUNTRY: [there]}}, SWV.code)[0]

    assert (row.own, row.country, row.latest) == (None, there, there)


def test_a_year_leaves_only_rows_with_figures_of_that_year() -> None:
    recent = {
        ("ll-bao", TOTAL): {SWV.code: [count(10, period="2024")]},
        ("jz", TOTAL): {SWV.code: [count(5, period="2022")]},
    }

    rows = compare(ALL, recent, SWV.code, year="2022")

    assert [row.indicator.id for row in rows] == ["jz"]


def test_what_is_comparable_starts_at_the_last_break() -> None:
    indicator = replace(COUNT, series_breaks=(BREAK,))
    row = Comparison(indicator, TOTAL, [count(1, period=year) for year in ("2021", "2023", "2024")], [])

    assert [figure.period for figure in row.comparable] == ["2023", "2024"]


def test_the_overview_spreads_over_themes_with_percentages_first() -> None:
    rows = [_row(COUNT, "a"), _row(PERCENT, "b"), _row(COUNT, "c"), _row(YOUTH, "d")]

    assert [row.indicator.id for row in pick_for_overview(rows, 2)] == ["b", "d"]
    assert [row.indicator.id for row in pick_for_overview(rows, 3)] == ["a", "b", "d"]


def test_the_overview_leaves_out_what_has_no_figure_of_the_region() -> None:
    empty = Comparison(PERCENT, TOTAL, [finished(None)], [])
    nothing = Comparison(COUNT, TOTAL, [], [country(count(5))])

    assert pick_for_overview([empty, nothing]) == []


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        (RegionKind.SWV_PO, [RegionKind.SWV_PO, RegionKind.GEMEENTE]),
        (RegionKind.SWV_VO, [RegionKind.GEMEENTE]),
        (RegionKind.GEMEENTE, [RegionKind.GEMEENTE]),
        (RegionKind.COUNTRY, [RegionKind.GEMEENTE, RegionKind.SWV_PO]),
        (RegionKind.PROVINCE, []),
    ],
)
def test_an_swv_also_compares_its_gemeenten_and_the_country_every_kind(
    kind: RegionKind, levels: list[RegionKind]
) -> None:
    assert compare_levels(kind, PERCENT) == levels


def _row(indicator: Indicator, key: str) -> Comparison:
    return Comparison(replace(indicator, id=key), TOTAL, [count(5)], [])
