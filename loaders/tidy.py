"""Tidy observations: the one shape in which every source family hands over its figures, and their sums: pure.

One row is one cell. Columns: `indicator`, `period`, `breakdown`, `region` (canonical code), all text;
`numerator_low`, `numerator_high`, `denominator_low`, `denominator_high`, `value`: float, NaN where the
source has none (bounds are equal where the number is known); `status`: a `CellStatus`; `estimated`,
`indirect`: float, parts of 1; `source_row`: the row in the file, NaN where several rows make the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.contributions import SwvRoute
from app.divisions import OWN_YEAR
from app.indicators import CellStatus, PeriodStatus
from app.regions import COUNTRY
from loaders.files import Problem
from loaders.membership import Share

KEYS = ["indicator", "period", "breakdown", "region"]
BOUNDS = ["numerator_low", "numerator_high", "denominator_low", "denominator_high"]
COLUMNS = [*KEYS, *BOUNDS, "value", "status", "estimated", "indirect", "source_row"]


@dataclass(frozen=True)
class Tidy:
    """What a file says: observations, how final each period is, and what a person should know.

    `division` is 'toen' where the gemeenten are those of each period, else the year whose gemeenten the file
    uses for all periods; `swv_route` says how its figures of SWVs were made, if it has any.
    """

    observations: pd.DataFrame
    statuses: dict[tuple[str, str], PeriodStatus]
    problems: tuple[Problem, ...] = ()
    division: str = OWN_YEAR
    swv_route: SwvRoute | None = None


def complete(cells: pd.DataFrame) -> pd.DataFrame:
    """`cells` with every column of the tidy shape; a status that is not given follows from the bounds."""
    defaults = dict.fromkeys([*BOUNDS, "value", "source_row"], np.nan) | {"estimated": 0.0, "indirect": 0.0}
    filled = cells.assign(**{name: value for name, value in defaults.items() if name not in cells})
    if "status" not in filled:
        filled = filled.assign(status=_status(filled))
    return filled[COLUMNS]


def _status(cells: pd.DataFrame) -> np.ndarray:
    known = cells["numerator_high"].notna() | cells["value"].notna()
    started = cells["numerator_low"].notna()
    apart = (cells["numerator_low"] < cells["numerator_high"]) | (
        cells["denominator_low"] < cells["denominator_high"]
    )
    return np.select(
        [~known & ~started, ~known & started, apart],
        [CellStatus.MISSING.value, CellStatus.AT_LEAST.value, CellStatus.PARTLY_HIDDEN.value],
        CellStatus.PRESENT.value,
    )


def sum_to_country(cells: pd.DataFrame) -> pd.DataFrame:
    """The country as the sum of its gemeenten; a hidden or missing part leaves a bound, never a zero."""
    return _sum(cells.assign(region=COUNTRY, weight=1.0, is_whole=True))


def sum_to_swv(cells: pd.DataFrame, shares: Sequence[Share]) -> pd.DataFrame:
    """SWV figures from the cells of gemeenten, by the shares of one year's division.

    A gemeente without a row counts as a part the source does not give. `estimated` is the part of the sum
    that comes from gemeenten which do not lie whole in the SWV.
    """
    parts = pd.DataFrame(
        [(share.gemeente, share.swv, share.share, share.is_whole) for share in shares],
        columns=["gemeente", "region", "weight", "is_whole"],
    )
    kinds = cells[["indicator", "period", "breakdown"]].drop_duplicates()
    wanted = kinds.merge(parts, how="cross", validate="many_to_many")
    keys = ["indicator", "period", "breakdown", "gemeente"]
    measures = [name for name in BOUNDS if name in cells]
    given = cells.rename(columns={"region": "gemeente"})[[*keys, *measures]]
    return _sum(wanted.merge(given, how="left", on=keys, validate="many_to_one"))


def _sum(parts: pd.DataFrame) -> pd.DataFrame:
    weighed = parts.assign(
        **{name: parts[name] * parts["weight"] for name in BOUNDS if name in parts},
        missing=parts["numerator_high"].isna() & (parts["weight"] > 0),
    )
    reached = weighed.assign(partial=weighed["numerator_low"].where(~weighed["is_whole"], 0.0))
    grouped = reached.groupby(KEYS, sort=True)
    sums = grouped[[name for name in BOUNDS if name in reached]].sum(min_count=1)
    has_gap = grouped["missing"].any()
    estimated = (grouped["partial"].sum() / sums["numerator_low"]).fillna(0.0)
    split = grouped["is_whole"].all()
    result = sums.assign(estimated=estimated.where(~split, 0.0).clip(0, 1))
    for name in ("numerator_high", "denominator_high"):
        if name in result:
            result = result.assign(**{name: result[name].mask(has_gap)})
    return complete(result.reset_index())
