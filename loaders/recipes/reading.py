"""The one reader of all recipes: a table, row by row the same, to tidy observations: pure."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from app.contributions import SwvRoute
from app.errors import LoadRefused
from app.indicators import CellStatus, PeriodStatus
from app.regions import COUNTRY
from app.wording import plain_number
from loaders.files import Bundle, Problem, Severity, decimal_sign
from loaders.recipes.model import Country, Measure, Recipe, Role, Swv, Term
from loaders.recipes.placing import numbers, place_rows
from loaders.recipes.source import Source, open_source
from loaders.reference import Reference
from loaders.tidy import Tidy, complete, sum_to_country, sum_to_swv

UNTRIED = "Dit soort bestand is niet aan een echt bestand getoetst; kijk de cijfers na voor u ze publiceert."
_KEYS = ["region", "period"]
_ROUTES = {Swv.SHARES: SwvRoute.GEMEENTEN, Swv.GIVEN: SwvRoute.DELIVERED, Swv.NONE: None}
_EMPTY = {"low": float, "high": float, "hidden": bool, "row": float}


def read_by_recipe(recipe: Recipe, bundle: Bundle, reference: Reference) -> Tidy:
    """What a recipe makes of a bundle that fits it.

    Raises:
        LoadRefused: anything is wrong or, for a recipe that was never tried on a real file, in doubt.
    """
    source = open_source(recipe, bundle)
    measures = [measure for measure in recipe.measures if _is_present(measure, source)]
    measured = sorted({term.column for measure in measures for term in _terms(measure)})
    rows, finality, problems = place_rows(recipe, source, reference, measured)
    reader = _Reader(recipe, source, rows)
    cells = pd.concat([reader.cells(measure) for measure in measures], ignore_index=True)
    problems += reader.problems()
    if not len(cells) and not any(problem.severity is Severity.STOP for problem in problems):
        raise LoadRefused(f"{source.file} bevat geen cijfers over een regio die bestaat.")
    problems += [] if problems else list(_forgotten(recipe, source, cells, reference))
    notes = _notes_or_refuse(recipe, source, problems)
    keys = set(zip(cells["indicator"], cells["period"], strict=True))
    statuses: dict[tuple[str, str], PeriodStatus] = {
        (indicator, period): finality[period] for indicator, period in keys
    }
    return Tidy(_with_sums(recipe, cells, reference), statuses, notes, recipe.division, _ROUTES[recipe.swv])


def _terms(measure: Measure) -> Iterator[Term]:
    return (term for terms in measure.terms.values() for term in terms)


def _is_present(measure: Measure, source: Source) -> bool:
    wanted = {name for term in _terms(measure) for name in (term.column, *(key for key, _ in term.where))}
    return wanted <= set(source.rows.columns)


def _notes_or_refuse(recipe: Recipe, source: Source, problems: list[Problem]) -> tuple[Problem, ...]:
    ordered = sorted(problems, key=lambda problem: problem.row or 0)
    stops = tuple(problem for problem in ordered if problem.severity is Severity.STOP)
    if stops:
        raise LoadRefused(f"{source.file}: {len(stops)} cellen kloppen niet.", stops)
    doubts = tuple(problem for problem in problems if problem.severity is Severity.WARNING)
    if doubts and not recipe.tried:
        raise LoadRefused(f"{source.file}: er is twijfel, en {UNTRIED[0].lower()}{UNTRIED[1:]}", doubts)
    extra = [] if recipe.tried else [Problem(UNTRIED, Severity.WARNING, source.file)]
    if recipe.region.fixed:
        words = "Dit bestand heeft alleen cijfers voor Nederland."
        extra.append(Problem(words, Severity.NOTE, source.file))
    return (*problems, *extra)


class _Reader:
    """Makes cells of measures and collects every fault once, by row and column."""

    def __init__(self, recipe: Recipe, source: Source, rows: pd.DataFrame) -> None:
        self._recipe = recipe
        self._source = source
        self._rows = rows
        self._faults: dict[tuple[int | None, str, str], Problem] = {}
        self._signs: dict[str, str] = {}

    def problems(self) -> list[Problem]:
        return list(self._faults.values())

    def _fault(self, sentence: str, row: int | None, column: str = "") -> None:
        key = (row, column, sentence)
        self._faults.setdefault(key, self._source.fault(sentence, row, column))

    def cells(self, measure: Measure) -> pd.DataFrame:
        """One row per region and period: keys, bounds or value, `hidden`, `source_row`."""
        found = {role: [self._term(term) for term in terms] for role, terms in measure.terms.items()}
        if measure.optional and any(part.empty for parts in found.values() for part in parts):
            found = {role: [part.iloc[:0] for part in parts] for role, parts in found.items()}
        parts = {role: _added(terms) for role, terms in found.items()}
        first = parts.get(Role.VALUE, parts.get(Role.NUMERATOR))
        assert first is not None  # noqa: S101 - a recipe with neither is refused when it is read
        frame = pd.DataFrame(index=first.index).assign(hidden=first["hidden"], source_row=first["row"])
        if Role.VALUE in parts:
            frame = frame.assign(value=first["low"] * measure.factor)
        else:
            frame = frame.assign(
                numerator_low=first["low"] * measure.factor, numerator_high=first["high"] * measure.factor
            )
        if Role.DENOMINATOR in parts:
            frame = _with_whole(frame, parts[Role.DENOMINATOR], measure.denominator_factor)
        self._check_most(measure, frame)
        return frame.reset_index().assign(indicator=measure.indicator, breakdown=measure.breakdown)

    def _term(self, term: Term) -> pd.DataFrame:
        rows = self._rows
        for column, text in term.where:
            rows = rows[rows[column] == text]
        doubles = rows[rows.duplicated([*_KEYS, *self._recipe.sum_over])]
        for region, number in zip(doubles["region"], doubles["row"], strict=True):
            self._fault(f"regio {region} staat er meer dan één keer in.", int(number))
        decimal = self._decimal(term.column)
        found = numbers(rows[term.column], decimal, self._recipe.missing, dict(self._recipe.hidden))
        wrong = found["wrong"].astype(bool) & (decimal != "")
        for text, number in rows.loc[wrong, [term.column, "row"]].itertuples(index=False):
            self._fault(f"{text!r} is geen getal.", int(number), term.column)
        frame = found[["low", "high", "hidden"]].assign(
            region=rows["region"], period=rows["period"], row=rows["row"].astype(float)
        )
        if self._recipe.sum_over:
            return _grouped(frame)
        once = frame.drop_duplicates(_KEYS)
        return once.set_index(_KEYS).sort_index()[list(_EMPTY)].astype(_EMPTY)

    def _decimal(self, column: str) -> str:
        if self._source.decimal is not None:
            return self._source.decimal
        if self._recipe.decimal != "kolom":
            return self._recipe.decimal
        if column not in self._signs:
            sign = decimal_sign(self._rows[column])
            self._signs[column] = sign or ""
            if sign is None:
                both = self._rows[self._rows[column].str.contains("[.,]", regex=True)]
                is_comma = both[column].str.contains(",", regex=False)
                row = (
                    int(both["row"][is_comma != is_comma.iloc[0]].iloc[0]) if is_comma.nunique() > 1 else None
                )
                sentence = "of hier een punt of een komma de decimalen scheidt, is niet uit te maken."
                self._fault(sentence, row, column)
        return self._signs[column]

    def _check_most(self, measure: Measure, frame: pd.DataFrame) -> None:
        if measure.most is None:
            return
        if "value" in frame:
            figure = frame["value"]
        else:
            figure = 100 * frame["numerator_low"] / frame["denominator_high"]
        high = figure > measure.most
        for value, number in zip(figure[high], frame["source_row"][high], strict=True):
            row = None if pd.isna(number) else int(number)
            self._fault(f"{plain_number(value)} is meer dan {plain_number(measure.most)}%.", row)


def _added(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The sum of terms; a part without a number leaves none, and if that part was hidden, so is the whole."""
    index = parts[0].index
    for part in parts[1:]:
        index = index.union(part.index)
    aligned = [part.reindex(index) for part in parts]
    rows = pd.concat([part["row"] for part in aligned], axis=1)
    is_one_row = rows.nunique(axis=1, dropna=False) == 1
    hidden = pd.concat([part["hidden"] == 1 for part in aligned], axis=1)
    low = pd.concat([part["low"] for part in aligned], axis=1).sum(axis=1, skipna=False)
    high = pd.concat([part["high"] for part in aligned], axis=1).sum(axis=1, skipna=False)
    is_hidden = hidden.all(axis=1) | (hidden.any(axis=1) & high.isna())
    return pd.DataFrame(
        {"low": low, "high": high, "hidden": is_hidden, "row": aligned[0]["row"].where(is_one_row)}
    )


def _grouped(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per region and period, the sum of its rows; the same rules as between terms."""
    groups = cells.groupby(_KEYS, sort=True)
    sums = groups[["low", "high"]].sum(min_count=1)
    has_gap = groups["high"].apply(lambda part: part.isna().any()).astype(bool)
    hidden = groups["hidden"]
    is_hidden = hidden.all() | (hidden.any() & has_gap)
    row = groups["row"].first().where(groups.size() == 1)
    return pd.DataFrame(
        {
            "low": sums["low"].mask(has_gap),
            "high": sums["high"].mask(has_gap),
            "hidden": is_hidden.astype(bool),
            "row": row,
        }
    )


def _with_whole(frame: pd.DataFrame, whole: pd.DataFrame, factor: float) -> pd.DataFrame:
    """The cells with their denominator; of a part of an unknown whole no figure is known."""
    aligned = whole.reindex(frame.index)
    known = aligned["high"].notna()
    return frame.assign(
        numerator_low=frame["numerator_low"].where(known),
        numerator_high=frame["numerator_high"].where(known),
        denominator_low=aligned["low"] * factor,
        denominator_high=aligned["high"] * factor,
        hidden=frame["hidden"] | (aligned["hidden"] == 1),
        source_row=frame["source_row"].where(frame["source_row"] == aligned["row"]),
    )


def _forgotten(
    recipe: Recipe, source: Source, cells: pd.DataFrame, reference: Reference
) -> Iterator[Problem]:
    if not recipe.region.complete:
        return
    for period, part in cells.groupby("period"):
        if missing := sorted(set(reference.gemeenten(int(str(period)[:4]))) - set(part["region"])):
            sentence = f"{len(missing)} gemeenten van {period} ontbreken: {', '.join(missing[:10])}."
            yield source.fault(sentence)


def _with_sums(recipe: Recipe, cells: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The cells as delivered, with SWVs and the country summed from gemeenten where the recipe says so."""
    bare = cells.drop(columns="hidden")
    given = complete(bare)
    is_unknown = given["numerator_high"].isna() & given["value"].isna()
    is_single = cells["hidden"] & (is_unknown | (given["numerator_low"] < given["numerator_high"]))
    frames = [given.assign(status=np.where(is_single, CellStatus.HIDDEN.value, given["status"]))]
    gemeenten = bare[bare["region"].str.startswith("GM")]
    valued = {measure.indicator for measure in recipe.measures if Role.VALUE in measure.terms}
    gemeenten = gemeenten[~gemeenten["indicator"].isin(valued)]
    if recipe.swv is Swv.SHARES:
        for period, part in gemeenten.groupby("period"):
            frames.append(sum_to_swv(part, reference.shares_in(int(str(period)[:4]))))
    if recipe.country is Country.SUM:
        has_country = _keys_of(bare[bare["region"] == COUNTRY])
        frames.append(sum_to_country(gemeenten[~_keys_of(gemeenten).isin(has_country)]))
    return pd.concat(frames, ignore_index=True)


def _keys_of(cells: pd.DataFrame) -> pd.Series:
    return cells["indicator"] + " " + cells["period"] + " " + cells["breakdown"]
