"""Which region and period each row of a table is about: pure."""

import re

import numpy as np
import pandas as pd

from app.indicators import PeriodStatus
from app.regions import COUNTRY, RegionKind, canonical_code
from loaders.files import Problem, Severity, parse_number
from loaders.periods import parse_period
from loaders.recipes.model import Recipe, RegionBy
from loaders.recipes.source import Source
from loaders.reference import Reference, in_force, plain

_OTHER_CODE = re.compile(r"(?:LD|CR|WK|BU)\d+", re.ASCII)
_OTHER_NAME = re.compile(r".* \((?:LD|CR)\)")
_PROVINCE_ALIASES = {"friesland": "fryslan"}

Place = tuple[str | None, bool]
"""The canonical code, and whether the row is of a kind of area that this product leaves out."""


def place_rows(
    recipe: Recipe, source: Source, reference: Reference, measured: list[str]
) -> tuple[pd.DataFrame, dict[str, PeriodStatus], list[Problem]]:
    """The rows of regions that we know, with `region` and `period` (text); the statuses of those periods.

    An empty row of a dissolved gemeente needs no word; a row with figures that we cannot place is a fault.

    Args:
        measured: the columns with figures.
    """
    rows, statuses, problems = _with_periods(recipe, source)
    pairs = rows[["_region", "period"]].drop_duplicates()
    places = {
        (text, period): _place(recipe, text, int(period[:4]), reference)
        for text, period in zip(pairs["_region"], pairs["period"], strict=True)
    }
    found = [places[key] for key in zip(rows["_region"], rows["period"], strict=True)]
    regions = pd.Series([code for code, _ in found], index=rows.index, dtype=object)
    rows = rows.assign(region=regions, _other=[is_other for _, is_other in found])
    is_empty = _is_empty(rows, measured, recipe)
    lost = rows[rows["region"].isna() & ~rows["_other"].astype(bool) & ~is_empty]
    for text, number in zip(lost["_region"], lost["row"], strict=True):
        sentence = f"regio {text!r} bestaat niet in de indeling van dat jaar."
        problems.append(source.fault(sentence, int(number)))
    if count := int(rows["_other"].astype(bool).sum()):
        sentence = f"{count} rijen over landsdelen, COROP-gebieden, wijken of buurten zijn niet gebruikt."
        problems.append(Problem(sentence, Severity.NOTE, source.file))
    kept = rows[rows["region"].notna()].drop(columns=["_region", "_other"])
    return kept, statuses, problems


def _is_empty(rows: pd.DataFrame, measured: list[str], recipe: Recipe) -> pd.Series:
    present = [name for name in measured if name in rows]
    return rows[present].isin(recipe.missing).all(axis=1)


def _with_periods(
    recipe: Recipe, source: Source
) -> tuple[pd.DataFrame, dict[str, PeriodStatus], list[Problem]]:
    rule, rows = recipe.period, source.rows
    texts = rows[rule.column] if rule.column else pd.Series(rule.fixed, index=rows.index, dtype=object)
    parsed = {text: parse_period(text, rule.form, rule.day) for text in texts.unique()}
    wrong = texts.map(lambda text: parsed[text] is None).astype(bool)
    problems = [
        source.fault(f"{text!r} is geen {rule.form}.", int(number), rule.column)
        for text, number in zip(texts[wrong], rows["row"][wrong], strict=True)
    ]
    statuses: dict[str, PeriodStatus] = {}
    for text, found in parsed.items():
        if found is not None:
            period, mark = found
            statuses[period] = mark or rule.unmarked
            if source.statuses is not None:
                statuses[period] = source.statuses.get(text, PeriodStatus.PROVISIONAL)
                problems += _unlisted(source, text, period)
    regions = rows[recipe.region.column] if recipe.region.column else recipe.region.fixed
    kept = rows.assign(
        period=[(parsed[text] or ("", None))[0] for text in texts],
        _region=regions,
    )
    return kept[~wrong], statuses, problems


def _unlisted(source: Source, text: str, period: str) -> list[Problem]:
    if source.statuses is None or text in source.statuses:
        return []
    sentence = f"{period} staat niet in de lijst van perioden; wij noemen het cijfer voorlopig."
    return [Problem(sentence, Severity.WARNING, source.file)]


def _place(recipe: Recipe, text: str, year: int, reference: Reference) -> Place:
    if recipe.region.fixed:
        return recipe.region.fixed, False
    if recipe.region.by is RegionBy.NAME:
        return _named(text, year, reference), bool(_OTHER_NAME.fullmatch(text))
    code = canonical_code(text)
    area = reference.by_code.get(code or "")
    if area is None or not in_force(area, year):
        return None, bool(_OTHER_CODE.fullmatch(text))
    return area.code, False


def _named(name: str, year: int, reference: Reference) -> str | None:
    if name == "Nederland":
        return COUNTRY
    if name.endswith("(PV)"):
        wanted = _PROVINCE_ALIASES.get(plain(name), plain(name))
        areas = (area for area in reference.areas if area.kind is RegionKind.PROVINCE)
        return next((area.code for area in areas if plain(area.name) == wanted), None)
    return reference.gemeente_named(name, year)


def numbers(
    texts: pd.Series, decimal: str, missing: frozenset[str], hidden: dict[str, tuple[float, float] | None]
) -> pd.DataFrame:
    """`low`, `high` (float), `hidden`, `wrong` (bool) for a column of cells.

    A hidden cell has the bounds that its mark stands for, or none. What is no number is wrong; so is a number
    below zero.
    """
    known: dict[str, tuple[float, float, bool, bool]] = {}
    for text in texts.unique():
        if text in missing:
            known[text] = (np.nan, np.nan, False, False)
        elif text in hidden:
            low, high = hidden[text] or (np.nan, np.nan)
            known[text] = (low, high, True, False)
        else:
            value = parse_number(text, decimal=decimal)
            wrong = value is None or value < 0
            number = np.nan if value is None or wrong else value
            known[text] = (number, number, False, wrong)
    found = [known[text] for text in texts]
    return pd.DataFrame(found, columns=["low", "high", "hidden", "wrong"], index=texts.index)
