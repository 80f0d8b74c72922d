"""Checks that look at single cells: shape, bounds, codes, units, doubles. Every function is pure.

All take a tidy frame (see loaders.tidy) and give findings; none stops at the first fault.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from app.indicators import TOTAL, CellStatus, Indicator, Unit
from app.wording import plain_number
from loaders.checks.context import Context, figures, is_delivered, kinds_of, look_up
from loaders.findings import MOST_SHOWN, Check, Finding, Level, column_of, more_of
from loaders.tidy import BOUNDS, COLUMNS, KEYS

_TEXTS = [*KEYS, "status"]
_NUMBERS = [name for name in COLUMNS if name not in _TEXTS]
_STATUSES = frozenset(status.value for status in CellStatus)
_READER = "Dit is een fout in het inlezen, niet in het bestand. Meld het aan de beheerder van het programma."
_LOOK_UP = (
    "Zoek deze rij op in het bestand. Klopt de bron niet, vraag dan de uitgever om een herstelde versie."
)


def check_shape(cells: pd.DataFrame) -> list[Finding]:
    """Columns and types; anything found here makes the other checks impossible."""
    missing = [name for name in COLUMNS if name not in cells]
    wrong = [name for name in _NUMBERS if name in cells and not pd.api.types.is_numeric_dtype(cells[name])]
    empty = [name for name in _TEXTS if name in cells and (cells[name].isna() | (cells[name] == "")).any()]
    sentences = [
        *(f"De kolom {name} ontbreekt." for name in missing),
        *(f"De kolom {name} bevat geen getallen." for name in wrong),
        *(f"De kolom {name} is niet overal gevuld." for name in empty),
    ]
    if not len(cells):
        sentences.append("Er staat geen enkel cijfer in het bestand.")
    return [Finding(Level.STOP, Check.STRUCTURE, sentence, _READER) for sentence in sentences]


def check_cells(cells: pd.DataFrame, context: Context) -> list[Finding]:
    """Everything that one cell can have wrong, whatever the other cells say."""
    return [
        *check_numbers(cells, context),
        *check_statuses(cells, context),
        *check_codes(cells, context),
        *check_units(cells, context),
    ]


def _places(
    cells: pd.DataFrame, mask: Any, context: Context
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(cell, place of the finding) of the first cells under the mask, as many as a report names."""
    chosen = cells.iloc[np.flatnonzero(np.asarray(mask, bool))[:MOST_SHOWN]]
    for cell in chosen.to_dict("records"):
        row = cell["source_row"]
        place = {
            "row": None if pd.isna(row) else int(row),
            "column": column_of(context.catalogue.get(cell["indicator"])),
            **{name: cell[name] for name in ("region", "period", "indicator")},
        }
        yield {str(name): value for name, value in cell.items()}, place


def _words(cell: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a cell as a Dutch sentence writes them."""
    return {name: plain_number(each) if isinstance(each, float) else each for name, each in cell.items()}


def _stops(
    cells: pd.DataFrame,
    mask: Any,
    context: Context,
    check: Check,
    sentence: str,
) -> list[Finding]:
    """A stop per cell under the mask; `sentence` is filled with the cell's own values."""
    if not np.any(mask):
        return []
    found = [
        Finding(Level.STOP, check, sentence.format(**_words(cell)), _LOOK_UP, **place)
        for cell, place in _places(cells, mask, context)
    ]
    rest = int(np.count_nonzero(mask)) - len(found)
    return [*found, more_of(found[0], rest)] if rest else found


def check_numbers(cells: pd.DataFrame, context: Context) -> list[Finding]:
    """No number is infinite or below zero, no lower bound above the upper one, no part above its whole."""
    numbers = cells[[*BOUNDS, "value"]]
    lowest = look_up(cells["indicator"], {item.id: item.lowest for item in context.catalogue}, 0.0)
    negative = (cells[BOUNDS] < 0).any(axis=1) | (cells["value"] < np.minimum(lowest, 0.0))
    percents = {item.id for item in context.catalogue if item.unit is Unit.PERCENT}
    part, whole = cells["numerator_low"], cells["denominator_high"]
    above = cells["indicator"].isin(percents) & (part > whole * (1 + 1e-9))
    found = _stops(
        cells, np.isinf(numbers).any(axis=1), context, Check.STRUCTURE, "Een oneindig getal kan niet."
    )
    found += _stops(cells, negative, context, Check.STRUCTURE, "Een getal onder nul kan hier niet.")
    for name, words in (("numerator", "teller"), ("denominator", "noemer")):
        low, high = cells[f"{name}_low"], cells[f"{name}_high"]
        sentence = (
            f"De ondergrens van de {words} ({{{name}_low}}) is hoger dan de bovengrens ({{{name}_high}})."
        )
        found += _stops(cells, low > high + 1e-9 * high.abs(), context, Check.STRUCTURE, sentence)
    sentence = "De teller ({numerator_low}) is groter dan de noemer ({denominator_high})."
    found += _stops(cells, above, context, Check.STRUCTURE, sentence)
    parts = cells[["estimated", "indirect"]]
    outside = ~((parts >= 0) & (parts <= 1)).all(axis=1)
    return found + _stops(
        cells, outside, context, Check.STRUCTURE, "Een geschat deel ligt niet tussen 0 en 1."
    )


def check_statuses(cells: pd.DataFrame, context: Context) -> list[Finding]:
    """A cell has a number, or a status that says why not; never both and never neither."""
    low, high, value = cells["numerator_low"], cells["numerator_high"], cells["value"]
    has_number = value.notna() | (low.notna() & (low == high))
    has_any = value.notna() | low.notna() | high.notna()
    status = cells["status"]
    bare = status.eq(CellStatus.PRESENT.value) & ~has_number
    kept = status.eq(CellStatus.MISSING.value) & has_any
    shown = status.eq(CellStatus.HIDDEN.value) & has_number
    check = Check.STRUCTURE
    return [
        *_stops(cells, ~status.isin(_STATUSES), context, check, "De status {status!r} bestaat niet."),
        *_stops(cells, bare, context, check, "Er is geen getal, en geen reden waarom niet."),
        *_stops(cells, kept, context, check, "Het cijfer ontbreekt volgens de status, maar er is een getal."),
        *_stops(
            cells, shown, context, check, "Het cijfer is verborgen volgens de status, maar er is een getal."
        ),
    ]


def check_codes(cells: pd.DataFrame, context: Context) -> list[Finding]:
    """Every region, indicator, breakdown and level is one that exists."""
    found = _stops(
        cells, ~cells["region"].isin(context.known), context, Check.CODES, "{region} is een onbekende regio."
    )
    pairs = cells[["indicator", "breakdown"]].drop_duplicates()
    for indicator_id, breakdown in pairs.itertuples(index=False):
        indicator = context.catalogue.get(indicator_id)
        if indicator is None:
            sentence = f"{indicator_id!r} staat niet in de catalogus."
        elif breakdown != TOTAL and breakdown not in {category.code for category in indicator.categories}:
            sentence = f"{indicator_id!r} heeft geen uitsplitsing {breakdown!r}."
        else:
            continue
        found.append(Finding(Level.STOP, Check.CODES, sentence, _READER, indicator=indicator_id))
    return found + _check_levels(cells, context)


def _check_levels(cells: pd.DataFrame, context: Context) -> list[Finding]:
    pairs = cells[["indicator"]].assign(kind=kinds_of(cells["region"])).drop_duplicates()
    return [
        Finding(
            Level.STOP,
            Check.CODES,
            f"De catalogus kent dit cijfer niet voor het niveau {kind!r}.",
            "Kijk of dit het goede bestand is, of laat het niveau aan de catalogus toevoegen.",
            indicator=indicator_id,
        )
        for indicator_id, kind in pairs.itertuples(index=False)
        if (indicator := context.catalogue.get(indicator_id)) and kind and kind not in indicator.levels
    ]


def check_units(cells: pd.DataFrame, context: Context) -> list[Finding]:
    """Within the indicator's limits; whole numbers where people are counted; no more decimals than agreed."""
    found: list[Finding] = []
    for indicator_id, own in cells.groupby("indicator", sort=True, observed=True):
        indicator = context.catalogue.get(str(indicator_id))
        if indicator is not None:
            found += _check_limits(own, indicator, context)
            found += _check_whole(own, indicator, context)
            found += _check_decimals(own, indicator)
    return found


def _check_limits(own: pd.DataFrame, indicator: Indicator, context: Context) -> list[Finding]:
    low, high = figures(own, indicator)
    margin = 1e-9 * max(abs(indicator.lowest), 1.0)
    with np.errstate(invalid="ignore"):
        outside = (low < indicator.lowest - margin) | (high > indicator.highest * (1 + 1e-9) + margin)
    top = "" if indicator.highest == np.inf else f" tot en met {plain_number(indicator.highest)}"
    sentence = f"De waarde ligt niet in het bereik van {plain_number(indicator.lowest)}{top}."
    return _stops(own, outside, context, Check.UNITS, sentence)


def _check_whole(own: pd.DataFrame, indicator: Indicator, context: Context) -> list[Finding]:
    if indicator.unit is not Unit.COUNT:
        return []
    counts = own[["numerator_low", "numerator_high", "value"]].to_numpy(float)
    with np.errstate(invalid="ignore"):  # an infinite number is said elsewhere
        broken = (np.abs(counts - np.rint(counts)) > 1e-6).any(axis=1) & is_delivered(own).to_numpy()
    sentence = (
        "Een aantal moet een heel getal zijn. Misschien is een punt voor duizendtallen als komma gelezen."
    )
    return _stops(own, broken, context, Check.UNITS, sentence)


def _check_decimals(own: pd.DataFrame, indicator: Indicator) -> list[Finding]:
    value = own["value"].to_numpy(float)
    with np.errstate(invalid="ignore"):
        finer = np.abs(value - np.round(value, indicator.decimals)) > 1e-9
    finer &= is_delivered(own).to_numpy()
    if not finer.any():
        return []
    first = own[finer].iloc[0]
    words = "1 cijfer heeft" if finer.sum() == 1 else f"{finer.sum()} cijfers hebben"
    return [
        Finding(
            Level.WARN,
            Check.UNITS,
            f"{words} meer decimalen dan de {indicator.decimals} van de catalogus, "
            f"zoals {plain_number(first['value'])}.",
            "Kijk of de eenheid klopt: een deel van 1 is geen percentage.",
            row=int(first["source_row"]),
            column=column_of(indicator),
            region=str(first["region"]),
            period=str(first["period"]),
            indicator=indicator.id,
        )
    ]


def check_doubles(cells: pd.DataFrame, context: Context) -> list[Finding]:
    """A region has one figure per indicator, period and category."""
    doubles = cells[cells.duplicated(KEYS, keep=False)]
    again = doubles.duplicated(KEYS).to_numpy()
    firsts = doubles.drop_duplicates(KEYS).set_index(KEYS)["source_row"] if len(doubles) else None
    found: list[Finding] = []
    for cell, place in _places(doubles, again, context):
        row = firsts.loc[tuple(cell[name] for name in KEYS)] if firsts is not None else np.nan
        also = "" if pd.isna(row) else f" Het stond ook op rij {int(row)}."
        sentence = f"Een regio heeft voor dezelfde periode meer dan één cijfer.{also}"
        help_text = "Haal de dubbele rijen uit het bestand, of haal het opnieuw op bij de bron."
        found.append(Finding(Level.STOP, Check.DOUBLES, sentence, help_text, **place))
    rest = int(again.sum()) - len(found)
    return [*found, more_of(found[0], rest)] if rest else found
