"""Checks of sums: gemeenten against the country, parts against their total, and what sums give away. Pure.

Tolerance = rounding × number of parts, as DOMAIN e.4 has it: of 345 gemeenten rounded to 5, the sum may be
1,725 off the country row (CBS's own is 30 off). Of counts that are not rounded the tolerance is 0. Beyond
it is a warning; beyond it by more than 2% of the total is a stop.
"""

from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd

from app.indicators import TOTAL, Aggregation, Breakdown, Indicator
from app.regions import COUNTRY, RegionKind
from app.wording import plain_number
from loaders.checks.sliced import Sliced, slice_of
from loaders.findings import MOST_SHOWN, Check, Finding, Level, Place, more_of

STOP_BEYOND = 0.02
_FEWEST_TO_COMPARE = 20
_SUM_HELP = "Kijk of rijen ontbreken, dubbel staan of op een verkeerde regel zijn gelezen."
_HIDE_HELP = "Vraag de bron of dit zo bedoeld is; publiceer anders het totaal of een tweede deel niet."


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a sum lies outside its total, whose numbers are bounds; 0 where the two can be the same."""

    size: float
    tolerance: float
    total: float

    @property
    def level(self) -> Level | None:
        """Warn beyond the tolerance, stop beyond it by more than 2% of the total."""
        if self.size <= self.tolerance + 1e-6:
            return None
        return Level.STOP if self.size > self.tolerance + STOP_BEYOND * self.total else Level.WARN


def find_rounding(cells: pd.DataFrame) -> int:
    """To what the publisher rounds the counts of these cells: 5, 10, …; 0 where it does not, or who knows."""
    return slice_of(cells).rounding


def find_gap(
    sums: tuple[float, float], total: tuple[float, float], tolerance: float, *, is_whole: bool
) -> Gap:
    """The gap between the bounds of a sum and of its total; a sum of some of the parts may be lower.

    Parts 4–7 and total 10–10 → 3 short; with `is_whole=False` 0, because the rest can be in other parts.
    """
    short = total[0] - sums[1] if is_whole and not np.isnan(sums[1]) else 0.0
    over = sums[0] - total[1]
    size = max(0.0, *(one for one in (short, over) if not isnan(one)))
    return Gap(float(size), tolerance, float(total[1]))


def check_country(
    cells: Sliced, indicator: Indicator, division: frozenset[str], place: Place
) -> list[Finding]:
    """The counts of all gemeenten, and of all provinces, add up to the row of the country."""
    if indicator.aggregation is not Aggregation.SUM:
        return _check_between(cells, place)
    found: list[Finding] = []
    for row in cells.country_rows:
        country = cells.record(row)
        for kind in (RegionKind.GEMEENTE, RegionKind.PROVINCE):
            parts = cells.rows_of(country["breakdown"], kind)
            is_whole = kind is RegionKind.PROVINCE or division <= set(cells["region"][parts])
            for name in ("numerator", "denominator"):
                gap = _country_gap(cells, parts, country, name, is_whole=is_whole)
                if gap is not None and gap.level is not None:
                    found.append(_country_finding(gap, country, kind, len(parts), place))
    return found


def _country_gap(
    cells: Sliced, parts: np.ndarray, country: Place, name: str, *, is_whole: bool
) -> Gap | None:
    total = country[f"{name}_low"], country[f"{name}_high"]
    if len(parts) < 2 or np.isnan(total).any():
        return None
    low, high = cells[f"{name}_low"][parts], cells[f"{name}_high"][parts]
    if np.isnan(low).all():
        return None
    sums = float(np.nansum(low)), float(high.sum())  # without one upper bound the sum has none
    return find_gap(sums, total, cells.rounding * len(parts), is_whole=is_whole)


def _country_finding(gap: Gap, country: Place, kind: RegionKind, number: int, place: Place) -> Finding:
    part = "" if country["breakdown"] == TOTAL else f" ({country['breakdown']})"
    sentence = (
        f"De {number} regio's van het niveau {kind} tellen niet op tot Nederland{part}: het verschil is "
        f"{plain_number(gap.size, 0)} van {plain_number(gap.total, 0)}, "
        f"en {plain_number(gap.tolerance, 0)} is te verklaren door afronding."
    )
    assert gap.level is not None  # noqa: S101 - the caller looked
    row = None if np.isnan(country["source_row"]) else int(country["source_row"])
    return Finding(gap.level, Check.TOTALS, sentence, _SUM_HELP, row=row, region=COUNTRY, **place)


def _check_between(cells: Sliced, place: Place) -> list[Finding]:
    """A country's rate lies between the lowest and the highest of its gemeenten."""
    totals = cells.totals.take(~np.isnan(cells.totals["value"]))
    values = totals["value"][totals["kind"] == RegionKind.GEMEENTE.value]
    country = totals["value"][totals["region"] == COUNTRY]
    if len(values) < _FEWEST_TO_COMPARE or not len(country):
        return []
    value = float(country[0])
    if values.min() <= value <= values.max():
        return []
    lowest, highest = plain_number(values.min()), plain_number(values.max())
    sentence = (
        f"Nederland ({plain_number(value)}) ligt niet tussen de laagste ({lowest}) en hoogste ({highest})."
    )
    return [Finding(Level.WARN, Check.TOTALS, sentence, _SUM_HELP, region=COUNTRY, **place)]


def check_parts(cells: Sliced, indicator: Indicator, place: Place) -> list[Finding]:
    """The parts of a breakdown add up to the total, where the catalogue says they do; none is given away."""
    adding = [breakdown for breakdown in indicator.breakdowns if breakdown.adds_up]
    if not adding:
        return []
    counts = cells.is_delivered | cells.is_hidden
    delivered = cells if counts.all() else cells.take(counts)
    found: list[Finding] = []
    for breakdown in adding:
        sums = _part_sums(delivered, breakdown)
        found += _check_sums(sums, breakdown, cells.rounding, place)
        found += _check_given_away(sums, breakdown, cells.rounding, place)
    return found


def _part_sums(cells: Sliced, breakdown: Breakdown) -> Sliced:
    """One row per region with a total and parts: bounds of both, and what is hidden."""
    codes = {category.code for category in breakdown.categories}
    total, rows = cells.totals, np.concatenate([cells.rows_of(code) for code in codes])
    owner = total.find(cells["region"][rows])
    rows, owner = rows[owner >= 0], owner[owner >= 0]
    low, high, hidden = cells["numerator_low"][rows], cells["numerator_high"][rows], cells.is_hidden[rows]
    width = np.full(len(total), -np.inf)
    np.fmax.at(width, owner[hidden], (high - low)[hidden])

    def add(weights: np.ndarray) -> np.ndarray:
        return np.bincount(owner, weights, minlength=len(total))

    number = add(np.ones(len(owner)))
    sums = {name: total[name] for name in ("region", "numerator_low", "numerator_high", "source_row")} | {
        "low": add(np.nan_to_num(low)),
        "high": add(high),  # without one upper bound the sum has none
        "number": number,
        "hidden": add(hidden),
        "width": np.where(np.isneginf(width), np.nan, width),
        "gaps": add(np.isnan(high) & ~hidden),
        "is_whole": number == len(codes),
    }
    return Sliced({name: column[number > 0] for name, column in sums.items()})


def _check_sums(sums: Sliced, breakdown: Breakdown, rounding: int, place: Place) -> list[Finding]:
    short = np.where(sums["is_whole"], sums["numerator_low"] - sums["high"], 0.0)
    over = sums["low"] - sums["numerator_high"]
    size = np.fmax(np.fmax(short, over), 0.0)  # what has no bound is no gap
    tolerance = rounding * (sums["number"] + 1)
    found: list[Finding] = []
    for wrong in np.flatnonzero(size > tolerance + 1e-6):
        row = sums.record(int(wrong))
        gap = Gap(size[wrong], tolerance[wrong], row["numerator_high"])
        sentence = (
            f"De delen van {breakdown.label!r} tellen niet op tot het totaal: het verschil is "
            f"{plain_number(gap.size, 0)} van {plain_number(gap.total, 0)}."
        )
        number = None if np.isnan(row["source_row"]) else int(row["source_row"])
        level = gap.level or Level.WARN
        found.append(
            Finding(level, Check.PARTS, sentence, _SUM_HELP, row=number, region=row["region"], **place)
        )
    found.sort(key=lambda finding: finding.level is not Level.STOP)
    return (
        [*found[:MOST_SHOWN], more_of(found[0], len(found) - MOST_SHOWN)]
        if len(found) > MOST_SHOWN
        else found
    )


def _check_given_away(sums: Sliced, breakdown: Breakdown, rounding: int, place: Place) -> list[Finding]:
    """A single hidden part under a known total can be computed by anybody: total − the others."""
    known_total = sums["numerator_low"] == sums["numerator_high"]
    width = np.where(np.isnan(sums["width"]), np.inf if rounding == 0 else 0.0, sums["width"])
    alone = (sums["hidden"] == 1) & (sums["gaps"] == 0) & sums["is_whole"]
    open_cells = sums["region"][alone & known_total & (width > rounding * sums["number"])]
    if not len(open_cells):
        return []
    sentence = (
        f"In {len(open_cells)} regio's is van {breakdown.label!r} één deel verborgen dat uit het totaal en "
        f"de andere delen is te berekenen, zoals in {open_cells[0]}."
    )
    return [Finding(Level.WARN, Check.HIDDEN, sentence, _HIDE_HELP, **place)]


def check_country_gives_away(
    cells: Sliced, indicator: Indicator, division: frozenset[str], place: Place
) -> list[Finding]:
    """A single hidden gemeente under a known country can be computed too."""
    if indicator.aggregation is not Aggregation.SUM or cells.rounding:
        return []
    found: list[Finding] = []
    for breakdown in sorted(set(cells["breakdown"][cells.country_rows])):
        rows = cells.rows_of(breakdown, RegionKind.GEMEENTE)
        hidden = cells.is_hidden[rows]
        unknown = np.isnan(cells["numerator_high"][rows]) & ~hidden
        regions = cells["region"][rows]
        if hidden.sum() == 1 and not unknown.any() and division <= set(regions):
            code = regions[hidden][0]
            sentence = (
                f"Alleen {code} is verborgen; het is uit Nederland en de andere gemeenten te berekenen."
            )
            found.append(Finding(Level.WARN, Check.HIDDEN, sentence, _HIDE_HELP, region=code, **place))
    return found
