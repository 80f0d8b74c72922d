"""Checks of whole periods: sums, changes, bands, hidden figures, periods and their status, by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators import PeriodKind, PeriodStatus, SeriesBreak
from app.regions import RegionKind
from loaders.catalogue import Catalogue
from loaders.checks import Band, Check, Context, Level, Published, PublishedPeriod
from loaders.checks.change import find_factor
from loaders.checks.context import totals_of
from loaders.checks.periods import place_of
from loaders.checks.totals import Gap, find_gap, find_rounding
from tests.unit.loaders.checks.examples import (
    CONTEXT,
    COUNT,
    GEMEENTEN,
    HIDDEN,
    SHARE,
    country,
    counts,
    said,
    shares,
)


def published(cells: pd.DataFrame, status: PeriodStatus = PeriodStatus.FINAL) -> Context:
    """A context in which these cells are what officers see, from version 3."""
    frames = {key: totals_of(own) for key, own in cells.groupby(["indicator", "period"])}
    periods: Any = {key: PublishedPeriod(status, 3) for key in frames}
    return replace(CONTEXT, published=Published(periods, lambda *key: frames[key]))


def test_counts_rounded_to_5_may_differ_from_the_country_by_5_per_region() -> None:
    total = 31 * 100.0

    assert said(counts(country({}) | {"NL01": total + 30})) == []
    assert said(counts(country({}) | {"NL01": total + 155})) == []


@pytest.mark.parametrize(("total", "level"), [(3100, None), (3101, Level.WARN), (4000, Level.STOP)])
def test_a_country_row_that_is_no_sum_of_exact_counts_is_seen(total: float, level: Level | None) -> None:
    cells = counts(country({"GM1001": 101.0, "GM1002": 99.0}) | {"NL01": float(total)})

    assert said(cells) == ([(level, Check.TOTALS)] if level else [])


def test_the_rounding_is_seen_only_where_all_counts_have_it() -> None:
    fives = {code: 5.0 * number for number, code in enumerate(GEMEENTEN, 1)}

    assert find_rounding(counts(fives)) == 5
    assert find_rounding(counts(fives | {"GM1001": 7.0})) == 0
    assert find_rounding(counts({"GM1001": 10})) == 0


def test_a_gap_by_hand() -> None:
    assert find_gap((4, 7), (10, 10), 0, is_whole=True).size == 3
    assert find_gap((4, 7), (10, 10), 0, is_whole=False).size == 0
    assert find_gap((12, 12), (10, 10), 0, is_whole=False).size == 2
    assert Gap(1725, 1725, 461985).level is None
    assert Gap(1726, 1725, 461985).level is Level.WARN
    assert Gap(11000, 1725, 461985).level is Level.STOP


def test_parts_that_do_not_make_their_total_stop() -> None:
    parts = [counts({"GM1001": one}, breakdown=f"geslacht:{sex}") for sex, one in (("m", 50.0), ("v", 40.0))]
    cells = pd.concat([counts({"GM1001": 100.0}), *parts], ignore_index=True)

    assert (Level.STOP, Check.PARTS) in said(cells)


def test_a_single_hidden_part_under_a_known_total_is_a_warning() -> None:
    hidden = counts({"GM1001": 1.0}, breakdown="geslacht:v").assign(numerator_high=4.0, status=HIDDEN)
    known = counts({"GM1001": 97.0}, breakdown="geslacht:m")

    cells = pd.concat([counts({"GM1001": 100.0}), known, hidden], ignore_index=True)

    assert (Level.WARN, Check.HIDDEN) in said(cells)


def test_ten_times_last_year_stops_whatever_the_reading() -> None:
    before = counts(country({}), "2022")

    assert (Level.STOP, Check.FACTOR) in said(
        counts(country({}), "2023").assign(
            numerator_low=before["numerator_low"] * 10, numerator_high=before["numerator_high"] * 10
        ),
        published(before),
    )


@given(st.lists(st.floats(1, 1e6), min_size=3, max_size=40), st.sampled_from([-3, -2, -1, 0, 1, 2, 3]))
def test_a_move_of_everything_by_a_power_of_ten_is_found(values: list[float], power: int) -> None:
    then = np.array(values)

    assert find_factor(then * 10.0**power, then) == (power or None)


def test_one_region_that_jumps_is_a_warning_and_the_others_are_not() -> None:
    before = counts(country({}), "2022")
    now = counts(country({"GM1001": 300.0}), "2023")

    assert said(now, published(before)) == [(Level.WARN, Check.CHANGE)]


def test_chance_in_small_counts_is_no_jump() -> None:
    before = counts(country(dict.fromkeys(GEMEENTEN, 20.0)), "2022")
    now = counts(country(dict.fromkeys(GEMEENTEN, 20.0) | {"GM1001": 30.0}), "2023")

    assert said(now, published(before)) == []


def test_behind_a_break_in_the_series_nothing_is_compared() -> None:
    broken = replace(COUNT, series_breaks=(SeriesBreak("2023", "nieuwe telling"),))
    before = counts(country({}), "2022")
    context = replace(published(before), catalogue=Catalogue({COUNT.id: broken, SHARE.id: SHARE}))

    assert said(counts({key: 10 * one for key, one in country({}).items()}, "2023"), context) == []


def test_a_region_that_was_there_last_year_and_is_not_now_is_a_warning() -> None:
    before = counts(country({}), "2022")
    now = counts(country({}), "2023").drop(index=[4])

    assert (Level.WARN, Check.REGIONS) in said(now, published(before))


def test_a_first_file_that_is_cut_off_is_a_warning() -> None:
    assert (Level.WARN, Check.REGIONS) in said(counts(country({})).head(20))


def test_values_outside_their_band_and_a_whole_file_in_the_wrong_unit_are_warnings() -> None:
    band = replace(CONTEXT, bands={(SHARE.id, RegionKind.GEMEENTE): Band(2.75, 34.35, 8.92, 17.1)})
    normal = dict.fromkeys(GEMEENTEN, 12.0)

    assert said(shares(normal), band) == []
    assert said(shares(normal | {"GM1001": 40.0}), band) == [(Level.WARN, Check.BANDS)]
    assert said(shares(dict.fromkeys(GEMEENTEN, 0.2)), band) == [(Level.WARN, Check.FACTOR)]
    assert said(shares(dict.fromkeys(GEMEENTEN, 30.0)), band) == [(Level.WARN, Check.BANDS)]


@pytest.mark.parametrize("period", ["22", "2022/23", "2030", "1700"])
def test_a_period_that_cannot_be_stops(period: str) -> None:
    assert (Level.STOP, Check.PERIODS) in said(counts(country({}), period))


def test_a_gap_between_periods_is_a_warning() -> None:
    assert (Level.WARN, Check.PERIODS) in said(
        counts(country({}), "2025"), published(counts(country({}), "2022"))
    )


def test_places_of_periods_by_hand() -> None:
    assert place_of("2023/24", PeriodKind.SCHOOL_YEAR) == 2023
    assert place_of("2023/25", PeriodKind.SCHOOL_YEAR) is None
    assert place_of("2024-Q1", PeriodKind.QUARTER) == 1 + (place_of("2023-Q4", PeriodKind.QUARTER) or 0)
    assert place_of("2023-H2", PeriodKind.HALF_YEAR) == 4047


@pytest.mark.parametrize(
    ("shown", "loaded", "allowed", "level"),
    [
        (PeriodStatus.FINAL, PeriodStatus.PROVISIONAL, False, Level.STOP),
        (PeriodStatus.FINAL, PeriodStatus.PROVISIONAL, True, Level.WARN),
        (PeriodStatus.REVISED_PROVISIONAL, PeriodStatus.PROVISIONAL, False, Level.STOP),
        (PeriodStatus.PROVISIONAL, PeriodStatus.FINAL, False, Level.NOTE),
        (PeriodStatus.FINAL, PeriodStatus.FINAL, False, None),
    ],
)
def test_a_later_status_replaces_an_earlier_one_and_not_the_other_way_round(
    shown: PeriodStatus,
    loaded: PeriodStatus,
    *,
    allowed: bool,
    level: Level | None,
) -> None:
    cells = counts(country({}))
    context = replace(published(cells, shown), allows_older=allowed)

    assert said(cells, context, status=loaded) == ([(level, Check.STATUS)] if level else [])
