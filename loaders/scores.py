"""Disadvantage scores per school (CBS workbook), to scores per pupil for SWVs po and the country: pure."""

import re

import numpy as np
import pandas as pd

from app.contributions import SwvRoute
from app.errors import LoadRefused
from app.indicators import TOTAL, PeriodStatus
from app.regions import COUNTRY
from loaders.files import Bundle, Problem, Severity, TextTable, parse_number
from loaders.recipes.signs import Signs
from loaders.reference import Reference
from loaders.tidy import Tidy, complete

INDICATOR = "achterst-ll"
SIGNS = Signs(columns=("School (BRIN vestiging)", "Aantal bekostigde leerlingen", "Achterstandsscore"))
_BRIN = re.compile(r"\d{2}[A-Z]{2}\d{2}", re.ASCII)
_DAY = re.compile(r"\b1 oktober ((?:19|20)\d{2})\b")


def read_scores(bundle: Bundle, reference: Reference) -> Tidy:
    """Scores with threshold, summed over schools, and the pupils of those schools, by postcode.

    Raises:
        LoadRefused: no reference date above the table, or a school or number that is none; every one named.
    """
    head = SIGNS.head(bundle.heads)
    if head is None:
        raise LoadRefused(f"{bundle.name} heeft geen tabel met achterstandsscores.")
    table = bundle.table_at(head)
    period = _period(table)
    schools = _schools(table)
    swv_of = {pc4: po for pc4, (po, _) in reference.swv_of_postcode.items()}
    region = schools["brin6"].map(reference.postcode_of_site).map(swv_of)
    placed = schools.assign(region=region)
    both = pd.concat([placed.dropna(subset="region"), placed.assign(region=COUNTRY)])
    sums = both.groupby("region", as_index=False)[["score", "pupils"]].sum()
    cells = sums.assign(
        indicator=INDICATOR,
        period=period,
        breakdown=TOTAL,
        numerator_low=sums["score"].round(2),
        numerator_high=sums["score"].round(2),
        denominator_low=sums["pupils"],
        denominator_high=sums["pupils"],
    )
    statuses = {(INDICATOR, period): PeriodStatus.FINAL}
    notes = tuple(_notes(table, placed))
    return Tidy(complete(cells), statuses, notes, swv_route=SwvRoute.POSTCODE)


def _period(table: TextTable) -> str:
    days: set[str] = {match for line in table.comments for match in _DAY.findall(line)}
    if len(days) != 1:
        raise LoadRefused(f"{table.name}: boven de tabel staat niet één peildatum, zoals 1 oktober 2019.")
    return days.pop()


def _schools(table: TextTable) -> pd.DataFrame:
    """One row per school: `brin6`, `pupils`, `score`."""
    problems = []
    columns = SIGNS.columns
    texts = list(zip(*(table.column(name) for name in columns), table.numbers, strict=True))
    rows = []
    for brin6, pupils_text, score_text, number in texts:
        pupils, score = (parse_number(text, decimal=".") for text in (pupils_text, score_text))
        faults = {
            columns[0]: not _BRIN.fullmatch(brin6),
            columns[1]: pupils is None or pupils < 0 or pupils % 1 > 0,
            columns[2]: score is None or score < 0,
        }
        for column, text in zip(columns, (brin6, pupils_text, score_text), strict=True):
            if faults[column]:
                problems.append(_fault(table, f"{text!r} kan hier niet staan.", number, column))
        rows.append((brin6, pupils, score))
    schools = pd.DataFrame(rows, columns=["brin6", "pupils", "score"])
    for place in np.flatnonzero(schools["brin6"].duplicated()):
        sentence = f"{schools['brin6'][place]!r} staat er meer dan één keer in."
        problems.append(_fault(table, sentence, table.numbers[place], columns[0]))
    if problems:
        raise LoadRefused(f"{table.name}: {len(problems)} cellen kloppen niet.", tuple(problems))
    return schools


def _fault(table: TextTable, sentence: str, row: int, column: str) -> Problem:
    return Problem(sentence, file=table.name, sheet=table.sheet, row=row, column=column)


def _notes(table: TextTable, placed: pd.DataFrame) -> list[Problem]:
    lost = placed[placed["region"].isna()]
    small = placed[placed["pupils"] <= 40]
    notes = []
    if len(lost):
        sentence = (
            f"{len(lost)} vestigingen met {int(lost['pupils'].sum())} leerlingen hebben geen bekende "
            "postcode in een samenwerkingsverband; zij tellen alleen landelijk mee."
        )
        notes.append(Problem(sentence, Severity.WARNING, table.name, table.sheet))
    if len(small):
        sentence = f"Van {len(small)} vestigingen met 40 of minder leerlingen noemt het CBS de score onzeker."
        notes.append(Problem(sentence, Severity.NOTE, table.name, table.sheet))
    return notes
