"""Where every region has its tile: `tiles.csv`, our own layout, made by `python -m app tiles BESTAND`.

It holds a code, a column and a row per region, and nothing of the outlines that the places come from.
"""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from app.regions import RegionKind, kind_of

FILE = Path(__file__).with_name("tiles.csv")
COLUMNS = ("code", "column", "row")
KINDS = (RegionKind.PROVINCE, RegionKind.GEMEENTE, RegionKind.SWV_PO, RegionKind.SWV_VO)
"""Kinds that have a map of tiles."""


@lru_cache
def load_tiles(kind: RegionKind) -> Mapping[str, tuple[int, int]]:
    """Region → column from the west and row from the north, both from 0; empty for a kind without a map."""
    with FILE.open(encoding="ascii", newline="") as file:
        rows = [(row["code"], (int(row["column"]), int(row["row"]))) for row in csv.DictReader(file)]
    return MappingProxyType({code: cell for code, cell in rows if kind_of(code) is kind})
