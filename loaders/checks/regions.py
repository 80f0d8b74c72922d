"""Checks of the regions of one indicator and period against the division of that year. Pure."""

import numpy as np

from app.divisions import OWN_YEAR
from app.indicators import CellStatus
from app.regions import KIND_NAMES, RegionKind
from loaders.checks.context import Context
from loaders.checks.sliced import Sliced
from loaders.findings import MOST_SHOWN, Check, Finding, Level, Place, more_of

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


def check_division(cells: Sliced, declared: str, context: Context, place: Place) -> tuple[int, list[Finding]]:
    """The year of the division the gemeenten stand on, and a stop for each that did not exist in it.

    `declared` is the year whose gemeenten the file uses, or 'toen' for those of the period itself; a file
    that says 'toen' and fits a later year only is a warning.
    """
    year = int(place["period"][:4])
    has_figure = cells["status"] != CellStatus.MISSING.value
    is_gemeente = cells["kind"] == RegionKind.GEMEENTE.value
    codes = frozenset(cells["region"][has_figure & is_gemeente]) & context.known
    if declared != OWN_YEAR:
        division, strangers = int(declared), codes - context.division(int(declared))
    elif codes:
        division, strangers = find_division(codes, year, context)
    else:
        division, strangers = year, frozenset()
    if declared == OWN_YEAR and not strangers and codes - context.division(year) and year >= _FIRST_DIVISION:
        sentence = f"De gemeenten zijn die van {division}, niet die van {year}."
        help_text = "Kijk of de bron de cijfers op een latere indeling heeft omgerekend."
        return division, [Finding(Level.WARN, Check.CODES, sentence, help_text, **place)]
    rows = _firsts(cells, strangers)
    help_text = "Kijk of de gemeente is opgegaan in een andere, en welke indeling de bron gebruikt."
    found = [
        Finding(
            Level.STOP,
            Check.CODES,
            f"Gemeente {cells['region'][row]} bestond niet in {division}.",
            help_text,
            row=None if np.isnan(cells["source_row"][row]) else int(cells["source_row"][row]),
            region=cells["region"][row],
            **place,
        )
        for row in rows[:MOST_SHOWN]
    ]
    rest = len(rows) - len(found)
    return division, [*found, more_of(found[0], rest)] if rest else found


def _firsts(cells: Sliced, codes: frozenset[str]) -> list[int]:
    """The place of the first cell of each of the regions."""
    places: dict[str, int] = {}
    if codes:
        for row, code in enumerate(cells["region"]):
            if code in codes:
                places.setdefault(code, row)
    return list(places.values())


def check_presence(
    totals: Sliced,
    previous: Sliced | None,
    division: int,
    context: Context,
    place: Place,
) -> list[Finding]:
    """Regions that had a row the period before, and still exist, should have one now."""
    existing = context.division(division)
    found: list[Finding] = []
    for kind in sorted(totals.kinds):
        now = _regions(totals, kind)
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


def _regions(totals: Sliced | None, kind: str) -> frozenset[str]:
    return frozenset() if totals is None else frozenset(totals["region"][totals["kind"] == kind])


def _some(codes: frozenset[str]) -> str:
    names = sorted(codes)
    return ", ".join(names[:10]) + (f" en {len(names) - 10} andere" if len(names) > 10 else "")


def lost_kinds(totals: Sliced, previous: Sliced | None, place: Place) -> list[Finding]:
    """Levels that had figures the period before and have none now."""
    gone = frozenset() if previous is None else previous.kinds - totals.kinds
    return [
        Finding(
            Level.WARN,
            Check.REGIONS,
            f"Voor {KIND_NAMES[RegionKind(kind)][1]} was er de vorige periode wel een cijfer en nu niet.",
            "Kijk of dit het hele bestand is.",
            **place,
        )
        for kind in sorted(gone)
    ]
