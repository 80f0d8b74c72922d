"""Checks of single cells: what cannot be, is refused with its row; what can, passes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.checks import Check, Level
from tests.unit.loaders.checks.examples import (
    COUNT,
    GEMEENTEN,
    HIDDEN,
    MISSING,
    NEW,
    OLD,
    country,
    counts,
    report,
    said,
    shares,
)

GOOD = counts(country({}))


def test_a_complete_and_consistent_file_passes_every_check() -> None:
    found = report(GOOD)

    assert {finding.level for finding in found.findings} == {Level.PASS}
    assert not found.is_refused
    assert found.counts["cijfers"] == 32


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"numerator_low": -1.0, "numerator_high": -1.0}, Check.STRUCTURE),
        ({"numerator_low": 101.0}, Check.STRUCTURE),
        ({"numerator_low": np.inf, "numerator_high": np.inf}, Check.STRUCTURE),
        ({"estimated": 1.5}, Check.STRUCTURE),
        ({"status": "vreemd"}, Check.STRUCTURE),
        ({"status": MISSING}, Check.STRUCTURE),
        ({"status": HIDDEN}, Check.STRUCTURE),
        ({"numerator_low": np.nan, "numerator_high": np.nan}, Check.STRUCTURE),
        ({"numerator_low": 1.234, "numerator_high": 1.234}, Check.UNITS),
        ({"region": "GM9999"}, Check.CODES),
        ({"breakdown": "geslacht:x"}, Check.CODES),
        ({"indicator": "onbekend"}, Check.CODES),
    ],
)
def test_a_cell_that_cannot_be_stops_the_load_with_its_row(change: dict[str, Any], check: Check) -> None:
    changed = GOOD.iloc[[5]].assign(**change)
    cells = pd.concat([GOOD.drop(index=5), changed]).sort_index()

    found = [finding for finding in report(cells).of(Level.STOP) if finding.check is check]

    assert found
    assert found[0].help
    assert found[0].row == 7 or check is Check.CODES


def test_a_column_that_is_missing_stops_before_all_other_checks() -> None:
    found = report(GOOD.drop(columns="value"))

    assert [(finding.level, finding.check) for finding in found.findings] == [(Level.STOP, Check.STRUCTURE)]


def test_a_percentage_above_100_or_a_part_above_its_whole_stops() -> None:
    percent = shares({"GM1001": 110.0})
    part = counts({"GM1001": 12.0}).assign(indicator="deel-pct", denominator_low=10.0, denominator_high=10.0)

    assert (Level.STOP, Check.UNITS) in said(percent)
    assert (Level.STOP, Check.STRUCTURE) in said(part)


def test_a_part_of_one_where_a_percentage_is_due_is_a_warning() -> None:
    assert (Level.WARN, Check.UNITS) in said(shares({"GM1001": 0.1342, "GM1002": 0.11}))


def test_two_figures_for_one_region_stop_and_name_both_rows() -> None:
    doubled = pd.concat([GOOD, GOOD.iloc[[3]].assign(source_row=99.0)], ignore_index=True)

    (found,) = [finding for finding in report(doubled).findings if finding.check is Check.DOUBLES]

    assert (found.level, found.row, found.region) == (Level.STOP, 99, GEMEENTEN[2])
    assert "rij 5" in found.sentence


def test_of_many_equal_faults_twenty_are_named_and_the_rest_is_counted() -> None:
    cells = GOOD.assign(numerator_low=-1.0, numerator_high=-1.0)

    negative = [finding for finding in report(cells).of(Level.STOP) if finding.check is Check.STRUCTURE]

    assert len(negative) == 21
    assert (negative[-1].more, negative[-1].sentence) == (12, "Zo zijn er nog 12.")


def test_a_merged_gemeente_in_a_new_year_stops_and_in_its_own_year_passes() -> None:
    values = dict.fromkeys((*GEMEENTEN, OLD), 100.0) | {"NL01": 3100.0}

    late, in_time = said(counts(values, "2022")), said(counts(values, "2021"))

    assert (Level.STOP, Check.CODES) in late
    assert in_time == []


def test_figures_of_then_on_the_gemeenten_of_later_are_a_warning() -> None:
    assert said(counts(country({}), "2020")) == [(Level.WARN, Check.CODES)]


def test_a_level_that_the_catalogue_does_not_have_stops() -> None:
    cells = counts({"PO9001": 100.0}).assign(indicator="deel-pct")

    assert (Level.STOP, Check.CODES) not in said(cells)
    assert COUNT.levels
    assert NEW in set(GOOD["region"])


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=30),
)
def test_bounds_are_refused_exactly_when_the_lower_is_above_the_upper(
    pairs: list[tuple[int, int]],
) -> None:
    low, high = [float(pair[0]) for pair in pairs], [float(pair[1]) for pair in pairs]
    cells = counts(dict(zip(GEMEENTEN, low, strict=False))).assign(numerator_high=high)
    apart = cells["numerator_low"] < cells["numerator_high"]

    found = said(cells.assign(status=np.where(apart, "deels_verborgen", "aanwezig")))

    assert ((Level.STOP, Check.STRUCTURE) in found) == any(one > other for one, other in pairs)
