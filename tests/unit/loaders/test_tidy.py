"""Sums keep what is hidden hidden and what is missing missing; nothing unknown ever becomes a zero."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators import CellStatus, PeriodStatus
from loaders.membership import Share
from loaders.tidy import COLUMNS, Tidy, complete, sum_to_country, sum_to_swv
from tests.samples.world import cell, part, whole

few = settings(deadline=None, max_examples=25)
"""Frames are slow to make, and the first one is slower still."""

GEMEENTEN = ("GM9001", "GM9002", "GM9003")


def _cells(bounds: dict[str, tuple[float, float]]) -> pd.DataFrame:
    rows = [
        {
            "indicator": "x",
            "period": "2020",
            "breakdown": "totaal",
            "region": code,
            "numerator_low": low,
            "numerator_high": high,
        }
        for code, (low, high) in bounds.items()
    ]
    return pd.DataFrame(rows)


def _one(cells: pd.DataFrame, region: str) -> dict[str, object]:
    statuses = {("x", "2020"): PeriodStatus.FINAL}
    return cell(Tidy(cells, statuses), "x", "2020", region)


def test_a_sum_over_hidden_parts_has_both_bounds() -> None:
    total = sum_to_country(_cells({"GM9001": (1, 4), "GM9002": (10, 10)}))

    found = _one(total, "NL01")
    assert (found["numerator_low"], found["numerator_high"]) == (11, 14)
    assert found["status"] == CellStatus.PARTLY_HIDDEN


def test_a_sum_over_a_missing_part_has_no_upper_bound() -> None:
    total = sum_to_country(_cells({"GM9001": (np.nan, np.nan), "GM9002": (10, 10)}))

    found = _one(total, "NL01")
    assert found["numerator_low"] == 10
    assert np.isnan(found["numerator_high"])  # type: ignore[call-overload]
    assert found["status"] == CellStatus.AT_LEAST


def test_a_sum_over_missing_parts_only_is_missing() -> None:
    total = sum_to_country(_cells({"GM9001": (np.nan, np.nan), "GM9002": (np.nan, np.nan)}))

    found = _one(total, "NL01")
    assert np.isnan(found["numerator_low"])  # type: ignore[call-overload]
    assert found["status"] == CellStatus.MISSING


def test_a_gemeente_without_a_row_is_a_missing_part() -> None:
    shares = [whole("GM9001", "PO9001", 2015), whole("GM9002", "PO9001", 2015)]

    sums = sum_to_swv(_cells({"GM9001": (10, 10)}), shares)

    assert _one(sums, "PO9001")["status"] == CellStatus.AT_LEAST


def test_a_gemeente_that_lies_in_an_swv_for_nothing_does_not_spoil_its_sum() -> None:
    shares = [
        whole("GM9001", "PO9001", 2015),
        part("GM9002", "PO9001", 2015, 0.0),
        part("GM9002", "PO9002", 2015, 1.0),
    ]

    sums = sum_to_swv(_cells({"GM9001": (10, 10)}), shares)

    assert _one(sums, "PO9001")["status"] == CellStatus.PRESENT
    assert _one(sums, "PO9002")["status"] == CellStatus.MISSING


def test_the_estimated_part_of_a_sum_is_what_split_gemeenten_bring() -> None:
    shares = [
        whole("GM9001", "PO9001", 2015),
        part("GM9002", "PO9001", 2015, 0.25),
        part("GM9002", "PO9002", 2015, 0.75),
    ]

    sums = sum_to_swv(_cells({"GM9001": (30, 30), "GM9002": (40, 40)}), shares)

    # 30 whole and a quarter of 40
    assert _one(sums, "PO9001")["numerator_low"] == 40
    assert _one(sums, "PO9001")["estimated"] == pytest.approx(10 / 40)
    assert _one(sums, "PO9002")["estimated"] == 1.0


def test_denominators_are_added_up_like_numerators() -> None:
    cells = _cells({"GM9001": (10, 10), "GM9002": (20, 20)}).assign(
        denominator_low=[100.0, 200.0], denominator_high=[100.0, 204.0]
    )

    found = _one(sum_to_country(cells), "NL01")

    assert (found["denominator_low"], found["denominator_high"]) == (300, 304)
    assert found["status"] == CellStatus.PARTLY_HIDDEN


def test_summing_changes_no_argument() -> None:
    cells = _cells({"GM9001": (1, 4)})
    before = cells.copy()

    sum_to_country(cells)
    sum_to_swv(cells, [whole("GM9001", "PO9001", 2015)])

    pd.testing.assert_frame_equal(cells, before)


def test_every_frame_has_all_columns_in_one_order() -> None:
    cells = _cells({"GM9001": (1, 1)})

    assert list(complete(cells).columns) == COLUMNS
    assert list(sum_to_country(cells).columns) == COLUMNS
    assert list(sum_to_swv(cells, [whole("GM9001", "PO9001", 2015)]).columns) == COLUMNS


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"numerator_low": 0.0, "numerator_high": 0.0}, CellStatus.PRESENT),
        ({"numerator_low": 1.0, "numerator_high": 4.0}, CellStatus.PARTLY_HIDDEN),
        ({"numerator_low": 1.0, "numerator_high": np.nan}, CellStatus.AT_LEAST),
        ({"numerator_low": np.nan, "numerator_high": np.nan}, CellStatus.MISSING),
        ({"value": 0.0}, CellStatus.PRESENT),
        ({"value": np.nan}, CellStatus.MISSING),
    ],
)
def test_the_status_follows_from_the_bounds(cells: dict[str, float], status: CellStatus) -> None:
    keys = {"indicator": "x", "period": "2020", "breakdown": "totaal", "region": "NL01"}

    assert list(complete(pd.DataFrame([keys | cells]))["status"]) == [status]


_counts = st.integers(0, 10_000).map(float)
_bounds = st.tuples(_counts, _counts).map(lambda pair: (min(pair), max(pair)))
_parts = st.fixed_dictionaries(dict.fromkeys(GEMEENTEN, _bounds))
_fractions = st.tuples(*(st.integers(0, 100) for _ in GEMEENTEN))


def _split(fractions: tuple[int, ...]) -> list[Share]:
    return [
        share
        for code, percent in zip(GEMEENTEN, fractions, strict=True)
        for share in (
            part(code, "PO9001", 2015, percent / 100),
            part(code, "PO9002", 2015, 1 - percent / 100),
        )
    ]


@few
@given(_parts, _fractions)
def test_swvs_of_fully_divided_gemeenten_add_up_to_the_country(
    bounds: dict[str, tuple[float, float]], fractions: tuple[int, ...]
) -> None:
    cells = _cells(bounds)

    swvs, country = sum_to_swv(cells, _split(fractions)), sum_to_country(cells)

    assert swvs["numerator_low"].sum() == pytest.approx(country["numerator_low"].sum())
    assert swvs["numerator_high"].sum() == pytest.approx(country["numerator_high"].sum())


@few
@given(_parts, _fractions, st.sampled_from(GEMEENTEN))
def test_an_unknown_part_never_becomes_a_zero(
    bounds: dict[str, tuple[float, float]], fractions: tuple[int, ...], unknown: str
) -> None:
    cells = _cells(bounds | {unknown: (np.nan, np.nan)})

    sums = pd.concat([sum_to_country(cells), sum_to_swv(cells, _split(fractions))])

    touched = {"NL01"} | {s.swv for s in _split(fractions) if s.gemeente == unknown and s.share > 0}
    assert sums.loc[sums["region"].isin(touched), "numerator_high"].isna().all()
    assert set(sums.loc[sums["region"].isin(touched), "status"]) <= {CellStatus.AT_LEAST, CellStatus.MISSING}
    assert sums.loc[~sums["region"].isin(touched), "numerator_high"].notna().all()


@few
@given(_parts, _fractions)
def test_a_hidden_part_stays_within_its_bounds(
    bounds: dict[str, tuple[float, float]], fractions: tuple[int, ...]
) -> None:
    sums = sum_to_swv(_cells(bounds), _split(fractions))

    assert (sums["numerator_low"] <= sums["numerator_high"]).all()
    assert (sums["numerator_low"] >= 0).all()
