"""From a region's file to its figures: read in the sandbox, checked, and refused with every reason at once.

Such a file is small: it is read while the person waits, within limits far below those of a national file.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from app.errors import LoadRefused
from app.indicators import CellStatus
from app.own_figures import CellKey, OwnCell
from loaders.catalogue import Catalogue
from loaders.checks import Check, Context, Finding, Level, catalogue_bands, check_tidy, from_problem
from loaders.own_figures.offer import Offer
from loaders.reference import Reference
from loaders.sandbox import MEGABYTE, Limits, Reader, read_in_sandbox
from loaders.template import PERIOD, STATUS
from loaders.tidy import Tidy

PROFILE = "eigen-formulier"
MOST_FIGURES = 2000
LIMITS = Limits(
    memory=768 * MEGABYTE,
    cpu_seconds=15,
    wall_seconds=20,
    file_bytes=5 * MEGABYTE,
    result_bytes=64 * MEGABYTE,
    cells=500_000,
)

_AGAIN = "Download het formulier opnieuw, vul dat in en verstuur het als csv of xlsx."
_REPAIR = "Herstel deze cel in uw formulier en verstuur het opnieuw."
_LOOK = "Klopt het, dan hoeft u niets te doen. Klopt het niet, trek dan de upload in en verstuur hem opnieuw."
_OF_MANY = frozenset({Check.TOTALS, Check.REGIONS, Check.CHANGE, Check.FACTOR})
"""Checks that hold regions against each other: of one region they say nothing."""


read_small: Reader = partial(read_in_sandbox, limits=LIMITS)


def read_offer(
    path: Path,
    reference: Reference,
    catalogue: Catalogue,
    *,
    today: date,
    read: Reader = read_small,
) -> Offer:
    """The figures of a region's form.

    Args:
        reference: made by `load_areas_for` for the region that the person may fill.

    Raises:
        LoadRefused: anything in it is wrong; `problems` are findings, each with row, column and help.
    """
    if not reference.only_region:
        raise ValueError("own figures are read for one region")  # without one, any region would come in
    try:
        with read(path, reference, chosen=PROFILE) as parsed:
            tidy = _whole(list(parsed.pieces))
    except LoadRefused as refused:
        raise LoadRefused(str(refused), _explained(refused, path.name)) from refused
    findings = _check(tidy, reference, catalogue, today, path.name)
    findings.sort(key=lambda each: (each.more > 0, each.row or 0))
    if stops := tuple(each for each in findings if each.level is Level.STOP):
        raise LoadRefused(_refusal(stops), stops)
    warnings = tuple(each for each in findings if each.level is Level.WARN)
    return Offer(parsed.sha256, tuple(_cells(tidy)), warnings)


def _whole(pieces: list[Tidy]) -> Tidy:
    if len(pieces) != 1:
        raise LoadRefused("Dit formulier is te lang voor eigen cijfers.")
    return pieces[0]


def _explained(refused: LoadRefused, file: str) -> tuple[Finding, ...]:
    """A refusal of the guards or the reader; what has no place is its own one problem."""
    if f"{PROFILE!r}" in str(refused):
        sentence = "Dit is geen formulier voor eigen cijfers: de kolommen zijn andere."
        return (Finding(Level.STOP, Check.READING, sentence, _AGAIN),)
    problems = [from_problem(each, file) for each in refused.problems]  # type: ignore[arg-type]
    found = problems or [Finding(Level.STOP, Check.READING, str(refused))]
    return tuple(replace(each, help=_AGAIN) for each in found)


def _check(tidy: Tidy, reference: Reference, catalogue: Catalogue, today: date, file: str) -> list[Finding]:
    """Everything that is wrong with the cells and between them."""
    told = [replace(from_problem(each, file), help=_REPAIR) for each in tidy.problems]
    cells = tidy.observations
    if len(cells) > MOST_FIGURES:
        sentence = f"Het formulier heeft {len(cells)} cijfers; hoogstens {MOST_FIGURES} kunnen in één keer."
        return [*told, Finding(Level.STOP, Check.STRUCTURE, sentence, "Verdeel ze over meer bestanden.")]
    if not len(cells):
        sentence = "Er staat geen enkel cijfer in het formulier."
        empty = Finding(Level.STOP, Check.STRUCTURE, sentence, "Vul ten minste één rij in.")
        return told or [empty]
    report = check_tidy(replace(tidy, problems=()), _context(reference, catalogue, today), file)
    found = [each for each in report.findings if each.level in (Level.STOP, Level.WARN)]
    place, rows = _places(cells), {each.row for each in told}
    findings = [place(each) for each in found if each.check not in _OF_MANY or each.level is Level.STOP]
    return told + [each for each in findings if each.check is not Check.STRUCTURE or each.row not in rows]


def _context(reference: Reference, catalogue: Catalogue, today: date) -> Context:
    return Context(
        catalogue=catalogue,
        known=frozenset(reference.by_code),
        division=lambda year: frozenset(reference.gemeenten(year)),
        today=today,
        bands=catalogue_bands(catalogue),
    )


def _places(cells: pd.DataFrame) -> Callable[[Finding], Finding]:
    """What gives a finding the row of the form that it is about, and words that fit a form."""
    rows = cells.sort_values("source_row").drop_duplicates(["indicator", "period"])
    first = {(row.indicator, row.period): int(row.source_row) for row in rows.itertuples()}  # type: ignore[arg-type]
    columns = {Check.PERIODS: PERIOD, Check.STATUS: STATUS}

    def place(finding: Finding) -> Finding:
        row = finding.row or first.get((finding.indicator or "", finding.period or ""))
        advice = _REPAIR if finding.level is Level.STOP else _LOOK
        column = columns.get(finding.check)
        return replace(finding, row=row, column=column, help=advice, region=None)

    return place


def _refusal(stops: tuple[Finding, ...]) -> str:
    number = "1 plek" if len(stops) == 1 else f"{len(stops)} plekken"
    return f"Er is niets opgeslagen: het formulier klopt op {number} niet."


def _cells(tidy: Tidy) -> list[OwnCell]:
    return [
        OwnCell(
            key=CellKey(str(row["indicator"]), str(row["period"]), str(row["breakdown"])),
            numerator=_number(row["numerator_low"]),
            denominator=_number(row["denominator_low"]),
            value=_number(row["value"]),
            status=CellStatus(row["status"]),
            period_status=tidy.statuses[row["indicator"], row["period"]],
            source_row=None if pd.isna(row["source_row"]) else int(row["source_row"]),
        )
        for row in tidy.observations.to_dict("records")
    ]


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
