"""Cells cut into indicators and periods, and the arithmetic on small arrays."""

from statistics import median

import numpy as np
import pandas as pd
import pytest

from loaders.checks import Check, Level, Sliced, slice_of, slices_of
from loaders.checks.change import middle_of
from tests.unit.loaders.checks.examples import COUNT, country, counts, report

TEXTS = ["indicator", "period", "breakdown", "region", "status"]


def _latest_first() -> pd.DataFrame:
    """2022 and then 2021, in categories, as the reader of our own form gives them."""
    cells = pd.concat([counts({"GM1001": 9.0}, "2022"), counts({"GM1001": 5.0}, "2021")], ignore_index=True)
    return cells.assign(**{name: pd.Categorical(cells[name], cells[name].unique()) for name in TEXTS})


def test_slices_come_by_period_whatever_stands_first_in_the_file() -> None:
    found = [(*key, cells["numerator_low"].tolist()) for *key, cells in slices_of(_latest_first())]

    assert found == [(COUNT.id, "2021", [5.0]), (COUNT.id, "2022", [9.0])]


def test_a_file_with_the_latest_year_first_is_compared_with_the_year_before() -> None:
    cells = pd.concat([counts(country({}), "2022"), counts(country({"GM1001": 300.0}), "2021")])
    ordered = cells.assign(period=pd.Categorical(cells["period"], ["2022", "2021"]))

    findings = report(ordered.reset_index(drop=True)).of(Level.WARN)

    changes = [finding for finding in findings if finding.check is Check.CHANGE]
    assert [(finding.region, finding.period, finding.sentence) for finding in changes] == [
        ("GM1001", "2022", "100 is ver van 300 (2021).")
    ]


def test_cells_of_a_slice_keep_their_order_and_no_cells_are_no_slice() -> None:
    cells = counts({"GM1002": 2.0, "NL01": 3.0, "GM1001": 1.0})

    assert [own["region"].tolist() for *_, own in slices_of(cells)] == [["GM1002", "NL01", "GM1001"]]
    assert list(slices_of(cells.iloc[:0])) == []


def test_texts_in_categories_are_the_same_texts() -> None:
    cells = _latest_first()

    in_categories, plain = slice_of(cells), slice_of(cells.astype(dict.fromkeys(TEXTS, object)))

    for name in ("region", "breakdown", "status", "kind"):
        assert in_categories[name].tolist() == plain[name].tolist()


def test_a_region_is_found_at_its_place_or_nowhere() -> None:
    totals = Sliced({"region": np.array(["GM1001", "NL01"], dtype=object)})

    assert totals.find(np.array(["NL01", "GM1002"], dtype=object)).tolist() == [1, -1]
    assert totals.find(np.array([], dtype=object)).tolist() == []


@pytest.mark.parametrize("values", [[4.0], [3.0, 1.0], [0.1, 0.7, 0.2], [5.0, -1.0, 2.0, np.inf]])
def test_the_middle_is_the_median(values: list[float]) -> None:
    assert middle_of(np.array(values)) == median(values)


def test_the_middle_of_an_unknown_number_is_unknown() -> None:
    assert np.isnan(middle_of(np.array([1.0, np.nan, 2.0])))
