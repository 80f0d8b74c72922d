"""The small CSV files of the starter figures: text to values and back, same bytes for same values."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.regions import RegionKind
from loaders.regions import AreaRow, SuccessionRow


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write `rows` under a header; numbers with at most ten significant digits, None as an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def area_row(row: dict[str, str]) -> AreaRow:
    """One line of `regions.csv`."""
    return AreaRow(
        code=row["code"],
        kind=RegionKind(row["kind"]),
        name=row["name"],
        province_code=row["province_code"] or None,
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
    )


def succession_row(row: dict[str, str]) -> SuccessionRow:
    """One line of `successions.csv`."""
    return SuccessionRow(
        old=row["old"],
        new=row["new"],
        happened_on=date.fromisoformat(row["happened_on"]),
        inhabitants=int(row["inhabitants"]) if row["inhabitants"] else None,
        share=float(row["share"]),
    )


def share_cells(row: dict[str, str]) -> dict[str, Any]:
    """One line of `shares.csv`, with the codes of both regions."""
    return {
        "gemeente": row["gemeente"],
        "swv": row["swv"],
        "first_year": int(row["first_year"]),
        "last_year": int(row["last_year"]) if row["last_year"] else None,
        "share": float(row["share"]),
        "is_whole": row["is_whole"] == "1",
        "weight_name": row["weight_name"] or None,
    }


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
