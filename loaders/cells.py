"""Collecting cells from a table row by row, with everything that is wrong with them."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from app.errors import LoadRefused
from loaders.files import Problem, parse_number

COUNT_COLUMNS = [
    "indicator",
    "period",
    "breakdown",
    "region",
    "numerator_low",
    "numerator_high",
    "source_row",
]

UNKNOWN = {"", "."}
"""CBS's marks for: cannot occur, unknown, unreliable or secret. Never a zero."""


class Cells:
    """Collects numbers and what is wrong with them, while a table is read row by row."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[dict[str, Any]] = []
        self.faults: list[Problem] = []
        self.notes: list[Problem] = []

    def number(self, text: str, row: int, column: str, *, decimal: str) -> float:
        """The number in a cell, NaN where the source has none; anything else, or below zero, is a fault."""
        if text in UNKNOWN:
            return np.nan
        value = parse_number(text, decimal=decimal)
        if value is None or value < 0:
            self.faults.append(Problem(f"{text!r} is geen getal.", file=self.file, row=row, column=column))
            return np.nan
        return value

    def frame(self, columns: list[str]) -> pd.DataFrame:
        """What was collected.

        Raises:
            LoadRefused: there is nothing, any cell was faulty, or two rows are about the same region.
        """
        if not self.rows and not self.faults:
            raise LoadRefused(f"{self.file} bevat geen cijfers over een regio die bestaat.")
        cells = pd.DataFrame(self.rows, columns=columns)
        keys = [name for name in ("indicator", "period", "breakdown", "region") if name in columns]
        doubles = cells[cells.duplicated(keys)]
        for region, row in zip(doubles["region"], doubles["source_row"], strict=True):
            sentence = f"regio {region} staat er meer dan één keer in."
            self.faults.append(Problem(sentence, file=self.file, row=int(row)))
        if self.faults:
            raise LoadRefused(f"{self.file}: {len(self.faults)} cellen kloppen niet.", tuple(self.faults))
        return cells


def note_unknown_region(cells: Cells, name: str, row: int, values: Iterable[str]) -> None:
    """An empty row of a dissolved gemeente needs no word; a row with figures that we cannot place does."""
    if any(value not in UNKNOWN for value in values):
        sentence = f"regio {name!r} bestaat niet in de indeling van dat jaar."
        cells.faults.append(Problem(sentence, file=cells.file, row=row))


def share_cell(indicator: str, period: str, region: str, value: float, row: int) -> dict[str, Any]:
    """A finished percentage of one region; the breakdown is added later."""
    return {
        "indicator": indicator,
        "period": period,
        "region": region,
        "value": value,
        "source_row": row,
    }


def count_cell(
    indicator: str, period: str, breakdown: str, region: str, *, value: float, row: int
) -> dict[str, Any]:
    """A known count of one region: both bounds are the number."""
    return {
        "indicator": indicator,
        "period": period,
        "breakdown": breakdown,
        "region": region,
        "numerator_low": value,
        "numerator_high": value,
        "source_row": row,
    }
