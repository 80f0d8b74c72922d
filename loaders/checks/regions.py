"""Checks of the regions of one indicator and period against the division of that year. Pure."""

import numpy as np
import pandas as pd

from app.divisions import OWN_YEAR
from app.indicators import TOTAL, CellStatus, Indicator
from app.regions import KIND_NAMES, RegionKind
from loaders.checks.context import Context, kinds_of
from loaders.checks.findings import MOST_SHOWN, Check, Finding, Level, Place, more_of

MOST_MISSING = 0.05
"""A first file in which more than this part of the gemeenten is missing is probably cut off."""

_FIRST_DIVISION = 2015
"""The code list does not hold gemeenten that ended before."""


def find_division(gemeenten: frozenset[str], year: int, context: Context) -> tuple[int, frozenset[str]]:
    """(year of the division the figures stand on, gemeenten that are in no such division).

    A file of 2011 may stand on today's gemeenten, never the other way round: only the year itself and later
    ones are tried. Of later ones that hold all, the one that misses the fewest wins; the earliest of equals.
    Where no division holds all, the one with the fewest strangers is named, with those strangers.
    """
    if not gemeenten - context.division(year):
        return year, frozenset()
    years = range(max(year, _FIRST_DIVISION), max(year, context.today.year + 1) + 1)
    tried = [
        (len(gemeenten - context.division(one)), len(context.division(one) - gemeenten), one) for one in years
    ]
    if not tried:
        return year, gemeenten - context.division(year)
    best = min(tried)[2]
    return best, gemeenten - context.division(best)


def check_division(cells: pd.DataFrame, declared: str, context: Context) -> tuple[int, list[Finding]]:
    """The year of the division the gemeenten stand on, and a stop for each that did not exist in it.

    `declared` is the year whose gemeenten the file uses, or 'toen' for those of the period itself; a file
    that says 'toen' and fits a later year only is a warning.
    """
    year = int(cells["period"].iloc[0][:4])
    has_figure = cells["status"] != CellStatus.MISSING.value
    is_gemeente = kinds_of(cells["region"]) == RegionKind.GEMEENTE.value
    codes = frozenset(cells.loc[has_figure & is_gemeente, "region"]) & context.known
    if declared != OWN_YEAR:
        division, strangers = int(declared), codes - context.division(int(declared))
    elif codes:
        division, strangers = find_division(codes, year, context)
    else:
        division, strangers = year, frozenset()
    if declared == OWN_YEAR and not strangers and codes - context.division(year) and year >= _FIRST_DIVISION:
        sentence = f"De gemeenten zijn die van {division}, niet die van {year}."
        help_text = "Kijk of de bron de cijfers op een latere indeling heeft omgerekend."
        cell = cells.iloc[0]
        place: Place = {"period": str(cell["period"]), "indicator": str(cell["indicator"])}
        return division, [Finding(Level.WARN, Check.CODES, sentence, help_text, **place)]
    rows = cells[cells["region"].isin(strangers)].drop_duplicates("region")
    help_text = "Kijk of de gemeente is opgegaan in een andere, en welke indeling de bron gebruikt."
    found = [
        Finding(
            Level.STOP,
            Check.CODES,
            f"Gemeente {cell['region']} bestond niet in {division}.",
            help_text,
            row=None if np.isnan(cell["source_row"]) else int(cell["source_row"]),
            region=cell["region"],
            period=cell["period"],
            indicator=cell["indicator"],
        )
        for cell in rows.head(MOST_SHOWN).to_dict("records")
    ]
    rest = len(rows) - len(found)
    return division, [*found, more_of(found[0], rest)] if rest else found


def check_presence(
    totals: pd.DataFrame,
    previous: pd.DataFrame | None,
    division: int,
    context: Context,
    place: Place,
) -> list[Finding]:
    """Regions that had a row the period before, and still exist, should have one now."""
    kinds = kinds_of(totals["region"])
    existing = context.division(division)
    found: list[Finding] = []
    for kind in sorted(set(kinds) - {""}):
        now = frozenset(totals.loc[kinds == kind, "region"])
        before = _regions(previous, kind)
        is_gemeente = kind == RegionKind.GEMEENTE
        lost = before - now
        lost = lost & existing if is_gemeente else lost
        names = KIND_NAMES[RegionKind(kind)][1]
        if lost:
            sentence = f"{len(lost)} {names} hadden de vorige periode wel een rij en nu niet: {_some(lost)}."
        elif is_gemeente and not before and len(existing - now) > MOST_MISSING * len(existing):
            sentence = f"{len(existing - now)} van de {len(existing)} {names} van {division} hebben geen rij."
        else:
            continue
        help_text = "Kijk of het bestand volledig is: een afgebroken download mist de laatste rijen."
        found.append(Finding(Level.WARN, Check.REGIONS, sentence, help_text, **place))
    return found


def _regions(totals: pd.DataFrame | None, kind: str) -> frozenset[str]:
    if totals is None or not len(totals):
        return frozenset()
    return frozenset(totals.loc[kinds_of(totals["region"]) == kind, "region"])


def _some(codes: frozenset[str]) -> str:
    names = sorted(codes)
    return ", ".join(names[:10]) + (f" en {len(names) - 10} andere" if len(names) > 10 else "")


def lost_kinds(cells: pd.DataFrame, previous: pd.DataFrame | None, indicator: Indicator) -> list[Finding]:
    """Levels that had figures the period before and have none now."""
    if previous is None or not len(previous):
        return []
    own = cells[cells["breakdown"] == TOTAL]
    gone = set(kinds_of(previous["region"])) - set(kinds_of(own["region"])) - {""}
    return [
        Finding(
            Level.WARN,
            Check.REGIONS,
            f"Voor {KIND_NAMES[RegionKind(kind)][1]} was er de vorige periode wel een cijfer en nu niet.",
            "Kijk of dit het hele bestand is.",
            period=str(own["period"].iloc[0]) if len(own) else None,
            indicator=indicator.id,
        )
        for kind in sorted(gone)
    ]
