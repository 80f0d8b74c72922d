"""What tests of checks share: a few invented gemeenten, one indicator of each kind, and cells by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from app.indicators import (
    TOTAL,
    Aggregation,
    Breakdown,
    Category,
    CellStatus,
    Direction,
    Indicator,
    PeriodKind,
    PeriodStatus,
    Unit,
)
from app.regions import RegionKind
from loaders.catalogue import Catalogue
from loaders.checks import Check, Context, Level, Report, check_tidy
from loaders.tidy import Tidy, complete

SEX = Breakdown(
    "geslacht", "geslacht", (Category("geslacht:m", "man"), Category("geslacht:v", "vrouw")), adds_up=True
)
COUNT = Indicator(
    id="telling",
    label="Telling",
    short_label="Telling",
    theme="Proef",
    chapter="Proef",
    definition="Verzonnen.",
    numerator="kinderen",
    denominator="",
    unit=Unit.COUNT,
    decimals=0,
    direction=Direction.NEUTRAL,
    levels=(RegionKind.COUNTRY, RegionKind.GEMEENTE, RegionKind.SWV_PO),
    breakdowns=(SEX,),
    source="CBS",
    source_table="proef",
    source_columns="Aantal",
    source_url="",
    period_kind=PeriodKind.CALENDAR_YEAR,
    reference_day="",
    series_breaks=(),
    hiding_rule="",
    aggregation=Aggregation.SUM,
    note="",
    licence="CC0",
    reviewed_by="",
    reviewed_on=None,
)
SHARE = replace(
    COUNT,
    id="deel-pct",
    unit=Unit.PERCENT,
    decimals=1,
    denominator="alle kinderen",
    aggregation=Aggregation.FORBIDDEN,
    highest=100.0,
    breakdowns=(),
)
CATALOGUE = Catalogue({COUNT.id: COUNT, SHARE.id: SHARE})

GEMEENTEN = tuple(f"GM{number}" for number in range(1001, 1031))
OLD, NEW = "GM2001", "GM2002"
"""Went at the end of 2021; came with 2022."""


def division(year: int) -> frozenset[str]:
    return frozenset((*GEMEENTEN, OLD if year < 2022 else NEW))


CONTEXT = Context(
    catalogue=CATALOGUE,
    known=frozenset({"NL01", "PO9001", OLD, NEW, *GEMEENTEN}),
    division=division,
    today=date(2026, 11, 24),
)


def counts(values: dict[str, float], period: str = "2022", breakdown: str = TOTAL) -> pd.DataFrame:
    """One known count per region, each with a row of its own."""
    return complete(
        pd.DataFrame(
            {
                "indicator": COUNT.id,
                "period": period,
                "breakdown": breakdown,
                "region": list(values),
                "numerator_low": list(values.values()),
                "numerator_high": list(values.values()),
                "source_row": np.arange(2.0, 2.0 + len(values)),
            }
        )
    )


def shares(values: dict[str, float], period: str = "2022") -> pd.DataFrame:
    """One finished percentage per region."""
    cells = counts(values, period).assign(indicator=SHARE.id, value=list(values.values()))
    return cells.assign(numerator_low=np.nan, numerator_high=np.nan)


def country(values: dict[str, float], **others: float) -> dict[str, float]:
    """The values with all gemeenten of 2022 at 100 unless said otherwise, and their sum as the country."""
    full = dict.fromkeys((*GEMEENTEN, NEW), 100.0) | values
    return {"NL01": sum(full.values())} | full | others


def report(
    cells: pd.DataFrame, context: Context = CONTEXT, status: PeriodStatus = PeriodStatus.FINAL
) -> Report:
    """What the checks say of these cells."""
    pairs = cells[["indicator", "period"]].drop_duplicates().itertuples(index=False, name=None)
    return check_tidy(Tidy(cells, dict.fromkeys(pairs, status)), context, "proef.csv")


def said(cells: pd.DataFrame, context: Context = CONTEXT, **options: Any) -> list[tuple[Level, Check]]:
    """Level and check of every finding that is no pass."""
    found = report(cells, context, **options).findings
    return [(finding.level, finding.check) for finding in found if finding.level is not Level.PASS]


HIDDEN, MISSING = CellStatus.HIDDEN.value, CellStatus.MISSING.value
