"""A generated file on our own form, of any length: valid, plausible, and sorted as a publisher would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from app.indicators import TOTAL, Aggregation, Indicator, PeriodKind
from app.regions import COUNTRY, RegionKind
from loaders.catalogue import load_catalogue
from loaders.reference import Reference, in_force
from loaders.regions import AreaRow
from loaders.template import COLUMNS, HIDDEN

LAST_YEAR, FIRST_YEAR = 2024, 1900
_HIDDEN_ONE_IN = 40
"""So many gemeenten are too small to be shown, and are hidden whole."""


@dataclass(frozen=True)
class _Regions:
    """The regions of one indicator in one year, and whose sum each is: places of its gemeenten, or none."""

    codes: tuple[str, ...]
    parts: tuple[np.ndarray | None, ...]
    is_hidden: np.ndarray


def write_long_file(path: Path, rows: int, reference: Reference) -> int:
    """Write about `rows` rows, whole indicators and periods; how many there are.

    Every indicator of the catalogue with all its breakdowns, from the last year back.
    """
    years = _years(rows, reference)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(COLUMNS) + "\n")
        for indicator in load_catalogue():
            for year in years:
                lines = list(_slice(indicator, year, reference))
                file.writelines(lines)
                count += len(lines)
    return count


def _years(rows: int, reference: Reference) -> range:
    """The years from the first that is needed."""
    left = rows
    for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
        left -= sum(
            len(_regions(indicator, year, reference).codes) * (1 + len(indicator.categories))
            for indicator in load_catalogue()
        )
        if left <= 0:
            return range(year, LAST_YEAR + 1)
    raise ValueError(f"{rows} rows need years before {FIRST_YEAR}")


def _regions(indicator: Indicator, year: int, reference: Reference) -> _Regions:
    areas = [area for area in reference.areas if area.kind in indicator.levels and in_force(area, year)]
    gemeenten = [number for number, area in enumerate(areas) if area.kind is RegionKind.GEMEENTE]
    provinces = [areas[number].province_code for number in gemeenten]
    return _Regions(
        tuple(area.code for area in areas),
        tuple(_parts(area, gemeenten, provinces) for area in areas),
        np.array(
            [area.kind is RegionKind.GEMEENTE and not _mix(area.code) % _HIDDEN_ONE_IN for area in areas]
        ),
    )


def _parts(area: AreaRow, gemeenten: list[int], provinces: Sequence[str | None]) -> np.ndarray | None:
    if area.code == COUNTRY and gemeenten:
        return np.array(gemeenten)
    if area.kind is not RegionKind.PROVINCE:
        return None
    own = [number for number, province in zip(gemeenten, provinces, strict=True) if province == area.code]
    return np.array(own) if own else None


def _mix(text: str) -> int:
    return crc32(text.encode())


def _slice(indicator: Indicator, year: int, reference: Reference) -> Iterator[str]:
    """The lines of one indicator and period, by breakdown and region."""
    regions = _regions(indicator, year, reference)
    period = f"{year}/{(year + 1) % 100:02}" if indicator.period_kind is PeriodKind.SCHOOL_YEAR else str(year)
    sizes = np.array([400 + _mix(code) % 9000 for code in regions.codes])
    moved = np.array([(_mix(f"{code}{year}") % 21 - 10) / 1000 for code in regions.codes])
    rate = _usual(indicator)
    shares = _shares(indicator)
    for breakdown, share in shares.items():
        if not indicator.denominator and not indicator.is_counted_total:
            cells = _values(indicator, rate * (1 + moved), regions)
        elif not indicator.denominator:
            parts = _summed(_split(np.rint(sizes * (1 + moved)), share), regions)
            cells = [f"{part:.0f};;" for part in parts]
        elif indicator.aggregation is Aggregation.SUM:
            wholes = _summed(sizes, regions)
            counts = np.rint(sizes * rate * (1 + moved) / indicator.unit.factor)
            parts = _summed(_split(counts, share), regions)
            cells = [f"{part:.0f};{whole};" for part, whole in zip(parts, wholes, strict=True)]
        else:
            cells = _values(indicator, rate * (1 + moved), regions)
        start = f"{indicator.id};"
        end = f";{period};{'' if breakdown == TOTAL else breakdown};"
        for code, cell, is_hidden in zip(regions.codes, cells, regions.is_hidden, strict=True):
            yield f"{start}{code}{end};;;{HIDDEN};\n" if is_hidden else f"{start}{code}{end}{cell};;\n"


def _usual(indicator: Indicator) -> float:
    """A figure in the middle of what the catalogue calls normal, or of what the unit allows."""
    for band in indicator.plausible:
        low, high = (band.low, band.high) if band.p5 is None or band.p95 is None else (band.p5, band.p95)
        return (low + high) / 2
    low, high = max(indicator.lowest, indicator.unit.limits[0]), min(indicator.highest, 100.0)
    return max(low, 0.0) + (high - max(low, 0.0)) / 4


def _shares(indicator: Indicator) -> dict[str, tuple[int, int]]:
    """Breakdown → (which part it is, of how many); parts of what does not add up are halves."""
    found = {TOTAL: (0, 1)}
    for breakdown in indicator.breakdowns:
        number = len(breakdown.categories) if breakdown.adds_up else 2
        for place, category in enumerate(breakdown.categories):
            found[category.code] = place % number, number
    return found


def _split(whole: np.ndarray, share: tuple[int, int]) -> np.ndarray:
    """The part of each count; all parts together are the whole."""
    place, number = share
    return (whole + number - 1 - place) // number


def _summed(counts: np.ndarray, regions: _Regions) -> np.ndarray:
    """Counts of which the country and the provinces are the sum of their gemeenten."""
    result = counts.astype(np.int64)
    for number, parts in enumerate(regions.parts):
        if parts is not None:
            result[number] = result[parts].sum()
    return result


def _values(indicator: Indicator, values: np.ndarray, regions: _Regions) -> list[str]:
    low, high = indicator.unit.limits
    inside = np.clip(values, max(low, indicator.lowest), min(high, indicator.highest))
    middle = [number for number, code in enumerate(regions.codes) if code == COUNTRY]
    if middle:
        inside[middle] = np.median(inside)
    texts = (f"{value:.{indicator.decimals}f}".replace(".", ",") for value in inside)
    return [f";;{text}" for text in texts]
