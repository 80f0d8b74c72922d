"""What a load is held against: catalogue, regions, and what is published now: pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import pandas as pd

from app.indicators import TOTAL, Basis, Indicator, PeriodStatus
from app.regions import RegionKind, kind_of
from loaders.catalogue import Catalogue

_FIGURES = ("value", "numerator_low", "numerator_high", "denominator_low", "denominator_high")
MEASURES = ["region", "numerator_low", "numerator_high", "denominator_low", "denominator_high", "value"]
"""Columns of a frame of totals, with `status`: one row per region, no breakdown, one indicator and period."""


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """How final the figures of an indicator and period are that officers see now, and from which load."""

    status: PeriodStatus
    version: int
    reference_date: date | None = None


def _no_totals(_indicator: str, _period: str) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in [*MEASURES, "status"]})


@dataclass(frozen=True)
class Published:
    """What officers see now; `totals(indicator, period)` is asked only for what `periods` holds."""

    periods: Mapping[tuple[str, str], PublishedPeriod] = field(default_factory=dict)
    totals: Callable[[str, str], pd.DataFrame] = _no_totals


@dataclass(frozen=True, slots=True)
class Band:
    """Where figures normally lie: hardly ever outside `low`–`high`, one in ten outside `p5`–`p95`."""

    low: float
    high: float
    p5: float | None = None
    p95: float | None = None
    is_measured: bool = True


Bands = Mapping[tuple[str, RegionKind], Band]


class Columns(Protocol):
    """A frame or a slice: numbers by the names of the tidy shape."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True)
class Context:
    """Everything a check may know beside the load itself.

    `known` are the codes of all regions there ever were, `division(year)` those of the gemeenten that existed
    on 1 January of a year.
    """

    catalogue: Catalogue
    known: frozenset[str]
    division: Callable[[int], frozenset[str]]
    today: date
    published: Published = field(default_factory=Published)
    bands: Bands = field(default_factory=dict)
    reference_date: date | None = None
    allows_older: bool = False


def catalogue_bands(catalogue: Catalogue) -> dict[tuple[str, RegionKind], Band]:
    """The bands that the catalogue gives, widened by half: lowest × 0.5 to highest × 1.5.

    jh-pct, gemeente, measured 5.5–22.9 → 2.75–34.35. Where a level has several, the widest goes.
    """
    bands: dict[tuple[str, RegionKind], Band] = {}
    for indicator in catalogue:
        for found in indicator.plausible:
            key = indicator.id, found.level
            low, high = sorted((0.5 * found.low, 1.5 * found.high))
            before = bands.get(key)
            bands[key] = Band(
                min(low, before.low) if before else low,
                max(high, before.high) if before else high,
                found.p5,
                found.p95,
                found.basis is Basis.MEASURED,
            )
    return bands


def kinds_of(regions: pd.Series) -> pd.Series:
    """The kind of each region, by code; an empty text for what is no code."""
    places, codes = pd.factorize(regions)
    kinds = np.array([*(kind_of_code(str(code)) for code in codes), ""], dtype=object)
    return pd.Series(kinds[places], index=regions.index, dtype=object)


def look_up(texts: pd.Series, numbers: Mapping[str, float], other: float) -> np.ndarray:
    """The number of each text, `other` where there is none; each different text is looked up once."""
    places, different = pd.factorize(texts)
    return np.array([*(numbers.get(text, other) for text in different), other])[places]


@lru_cache(maxsize=20_000)
def kind_of_code(code: str) -> str:
    """The kind of a region; an empty text for what is no code."""
    try:
        return kind_of(code).value
    except KeyError:
        return ""


def is_delivered(cells: pd.DataFrame) -> pd.Series:
    """Whether one row of the file says the number, rather than a sum of ours."""
    return cells["source_row"].notna() & (cells["estimated"] == 0)


def totals_of(cells: pd.DataFrame) -> pd.DataFrame:
    """The undivided figures among the cells of one indicator and period."""
    return cells.loc[cells["breakdown"] == TOTAL, [*MEASURES, "status"]].reset_index(drop=True)


def figures(cells: Columns, indicator: Indicator) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and highest value of each cell in the indicator's unit; NaN where nothing bounds it.

    Of a percentage the extremes are part / (part + rest), as in `app.indicators.part_of_whole`; of another
    rate low / highest denominator and high / lowest denominator.
    """
    value, low, high, whole_low, whole_high = (np.asarray(cells[name], dtype=float) for name in _FIGURES)
    factor = indicator.unit.factor
    if indicator.unit.value == "%":
        bottom, top = low + (whole_high - high), high + (whole_low - low)
    else:
        bottom, top = whole_high, whole_low
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_low = np.where(bottom > 0, factor * low / bottom, np.nan)
        rate_high = np.where(top > 0, factor * high / top, np.nan)
    is_count = np.isnan(whole_low) & np.isnan(whole_high)
    return (
        np.where(np.isnan(value), np.where(is_count, low, rate_low), value),
        np.where(np.isnan(value), np.where(is_count, high, rate_high), value),
    )
