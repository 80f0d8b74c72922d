"""Whether the rows of a form say what the catalogue and the regions allow, and the cells they make."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from app.indicators import TOTAL, CellStatus, Indicator, PeriodStatus, Unit
from app.regions import canonical_code
from app.wording import is_period, is_period_of, year_of
from loaders.catalogue import Catalogue
from loaders.files import Problem
from loaders.reference import Reference, in_force
from loaders.regions import AreaRow
from loaders.template import (
    BREAKDOWN,
    DENOMINATOR,
    HIDDEN,
    INDICATOR,
    MISSING,
    NUMERATOR,
    PERIOD,
    REGION,
    STATUS,
    VALUE,
)
from loaders.tidy import BOUNDS, COLUMNS, Tidy, complete
from loaders.tidy import KEYS as TIDY_KEYS

_CELL_WORDS = {HIDDEN: CellStatus.HIDDEN, MISSING: CellStatus.MISSING}
_PERIOD_WORDS = {status.value: status for status in PeriodStatus}
_PLACES = (1 << 12, 1 << 12, 1 << 16)
"""How many different periods, breakdowns and regions one key holds apart; far more than exist."""


class Faults:
    """What is wrong with the form, by row and column."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheet: str | None = None
        self.problems: list[Problem] = []

    def add(self, sentence: str, row: int, column: str | None = None) -> None:
        """One thing that is wrong."""
        problem = Problem(sentence, file=self.file, sheet=self.sheet, row=int(row), column=column)
        self.problems.append(problem)

    def add_rows(self, sentence: str, rows: "pd.Series[int]", column: str | None = None) -> None:
        """The same thing in several rows."""
        for row in rows.head(1000):
            self.add(sentence, row, column)


class Checker:
    """Checks the pieces of one form, one after another, and remembers which figures it has seen."""

    def __init__(self, catalogue: Catalogue, reference: Reference, faults: Faults) -> None:
        self._catalogue = catalogue
        self._reference = reference
        self._faults = faults
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in TIDY_KEYS}
        self._areas: dict[str, AreaRow | None] = {}
        self._alive: dict[tuple[str, str], bool] = {}
        self._seen: list[np.ndarray] = []
        self._rows: list[np.ndarray] = []

    def check(self, rows: pd.DataFrame) -> Tidy:
        """The figures of one piece; what is wrong goes to the faults, and its rows make no figure."""
        filled = rows[_has_anything(rows)]
        cells = [_nothing()]
        statuses: dict[tuple[str, str], PeriodStatus] = {}
        for name, part in filled.groupby(INDICATOR, sort=False, observed=True):
            indicator = self._catalogue.get(str(name))
            if indicator is None:
                self._faults.add_rows(f"{name!r} staat niet in de catalogus.", part["row"], INDICATOR)
                continue
            checked = self._check_part(indicator, part)
            cells.append(checked)
            statuses |= self._statuses(indicator, part)
        return Tidy(pd.concat(cells, ignore_index=True), statuses)

    def _check_part(self, indicator: Indicator, part: pd.DataFrame) -> pd.DataFrame:
        frame = pd.DataFrame(
            {
                "indicator": indicator.id,
                "period": self._mapped(part, PERIOD, dict(self._periods(indicator, part))),
                "breakdown": self._mapped(part, BREAKDOWN, dict(self._breakdowns(indicator, part))),
                "region": self._regions(indicator, part),
                "status": self._mapped(part, STATUS, dict(self._words(part))),
                "row": part["row"],
            },
            index=part.index,
        )
        numbers = _Numbers(indicator, part, self._faults).bounds(frame["status"])
        whole = pd.concat([frame, numbers], axis=1).rename(columns={"row": "source_row"})
        good = whole[whole[["period", "breakdown", "region", "status"]].notna().all(axis=1)]
        self._remember(good)
        status = np.where(good["status"] == "", CellStatus.PRESENT.value, good["status"])
        return complete(good.assign(status=status))

    def _mapped(self, part: pd.DataFrame, column: str, meaning: dict[str, str | None]) -> pd.Series:
        """What each cell means; None, and a fault, where it means nothing."""
        texts = part[column].astype(object)
        found = texts.map(meaning)
        if found.isna().any():
            for text, row in zip(texts[found.isna()], part["row"][found.isna()], strict=True):
                self._faults.add(f"{text!r} kan hier niet staan.", row, column)
        return found

    def _periods(self, indicator: Indicator, part: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
        for text in part[PERIOD].unique():
            yield str(text), str(text) if is_period_of(str(text), indicator.period_kind) else None

    def _breakdowns(self, indicator: Indicator, part: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
        known = {TOTAL, *(category.code for category in indicator.categories)}
        for text in part[BREAKDOWN].unique():
            code = str(text) or TOTAL
            yield str(text), code if code in known else None

    def _words(self, part: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
        for text in part[STATUS].unique():
            word = str(text)
            if word in _CELL_WORDS:
                yield word, _CELL_WORDS[word].value
            else:
                yield word, "" if not word or word in _PERIOD_WORDS else None

    def _regions(self, indicator: Indicator, part: pd.DataFrame) -> pd.Series:
        pairs = part[[REGION, PERIOD]].astype(object)
        meaning = {
            pair: self._region(indicator, *pair)
            for pair in pairs.drop_duplicates().itertuples(index=False, name=None)
        }
        found = [meaning[pair] for pair in zip(pairs[REGION], pairs[PERIOD], strict=True)]
        for (code, sentence), row in zip(found, part["row"], strict=True):
            if code is None:
                self._faults.add(sentence, row, REGION)
        return pd.Series([code for code, _ in found], index=part.index, dtype=object)

    def _region(self, indicator: Indicator, text: str, period: str) -> tuple[str | None, str]:
        """(code, '') of a region that may stand here, or (None, what is wrong)."""
        if text not in self._areas:
            self._areas[text] = self._reference.by_code.get(canonical_code(text) or text)
        area = self._areas[text]
        if area is None:
            return None, f"regio {text!r} is onbekend; schrijf een code, zoals GM0363 of PO2707."
        if area.kind not in indicator.levels:
            return None, f"{indicator.label} bestaat niet voor {area.name} ({area.kind})."
        if not self._exists(area, period):
            return None, f"{area.name} ({area.code}) bestond niet op 1 januari {period[:4]}."
        return area.code, ""

    def _exists(self, area: AreaRow, period: str) -> bool:
        """Whether an area is there in a period; true of what is no period, which is named elsewhere."""
        key = area.code, period
        if key not in self._alive:
            self._alive[key] = not is_period(period) or in_force(area, year_of(period))
        return self._alive[key]

    def _statuses(self, indicator: Indicator, part: pd.DataFrame) -> dict[tuple[str, str], PeriodStatus]:
        """The least final word that any row of a period has."""
        pairs = part[[PERIOD, STATUS]].astype(object).drop_duplicates()
        found: dict[tuple[str, str], PeriodStatus] = {}
        order = [PeriodStatus.FINAL, PeriodStatus.REVISED_PROVISIONAL, PeriodStatus.PROVISIONAL]
        for period, word in pairs.itertuples(index=False):
            key = (indicator.id, period)
            status = _PERIOD_WORDS.get(word, PeriodStatus.FINAL)
            found[key] = max(found.get(key, status), status, key=order.index)
        return found

    def _remember(self, cells: pd.DataFrame) -> None:
        key = np.zeros(len(cells), dtype=np.int64)
        for column, places in zip(TIDY_KEYS, (1, *_PLACES), strict=True):
            numbers = self._numbers[column]
            for text in cells[column].unique():
                numbers.setdefault(text, len(numbers))
            key = key * places + cells[column].map(numbers).to_numpy(dtype=np.int64)
        self._seen.append(key)
        self._rows.append(cells["source_row"].to_numpy(dtype=np.int64))

    def check_doubles(self) -> None:
        """A figure that stands in the form twice is wrong, however far apart."""
        if not any(len(keys) for keys in self._seen):
            return
        keys, rows = np.concatenate(self._seen), np.concatenate(self._rows)
        order = np.argsort(keys, kind="stable")
        is_double = np.concatenate([[False], np.diff(keys[order]) == 0])
        for row in sorted(rows[order][is_double])[:1000]:
            self._faults.add("dit cijfer staat al eerder in het formulier.", row)


def _has_anything(rows: pd.DataFrame) -> "pd.Series[bool]":
    """A row that is not filled in beyond what the form came with says nothing."""
    numbers = rows[[NUMERATOR, DENOMINATOR, VALUE]].notna().any(axis=1)
    texts = [rows[name].astype(object).fillna("") != "" for name in (REGION, PERIOD, STATUS)]
    return numbers | texts[0] | texts[1] | texts[2]


def _nothing() -> pd.DataFrame:
    texts = ["indicator", "period", "breakdown", "region", "status"]
    kinds = {name: "object" if name in texts else "float64" for name in COLUMNS}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


class _Numbers:
    """The numbers of one indicator's rows."""

    def __init__(self, indicator: Indicator, part: pd.DataFrame, faults: Faults) -> None:
        self._indicator = indicator
        self._part = part
        self._faults = faults
        self._has = {name: part[name].notna() for name in (NUMERATOR, DENOMINATOR, VALUE)}

    def bounds(self, status: pd.Series) -> pd.DataFrame:
        """Bounds and value as tidy frames have them."""
        is_without = status.isin([CellStatus.HIDDEN.value, CellStatus.MISSING.value])
        any_number = self._has[NUMERATOR] | self._has[DENOMINATOR] | self._has[VALUE]
        self._wrong(is_without & any_number, "bij deze status hoort geen getal.", STATUS)
        if self._indicator.denominator:
            self._check_rate(is_without)
        else:
            self._check_plain(is_without)
        self._check_limits()
        part = self._part
        value = part[VALUE].where(~self._has[NUMERATOR])
        frame = pd.DataFrame({name: part[_SOURCE[name]] for name in BOUNDS}, index=part.index)
        is_sum = self._indicator.unit is Unit.COUNT or self._indicator.is_counted_total
        if not self._indicator.denominator and not is_sum:
            value = part[VALUE].fillna(part[NUMERATOR])
            frame = frame.assign(**dict.fromkeys(BOUNDS, np.nan))
        return frame.assign(value=value)

    def _wrong(self, where: pd.Series, sentence: str, column: str) -> None:
        if where.any():
            self._faults.add_rows(sentence, self._part["row"][where], column)

    def _check_rate(self, is_without: pd.Series) -> None:
        has, part, unit = self._has, self._part, self._indicator.unit
        self._wrong(has[NUMERATOR] & ~has[DENOMINATOR], "bij een teller hoort een noemer.", DENOMINATOR)
        self._wrong(has[DENOMINATOR] & ~has[NUMERATOR], "bij een noemer hoort een teller.", NUMERATOR)
        nothing = ~has[NUMERATOR] & ~has[VALUE] & ~is_without
        self._wrong(nothing, "hier staat geen cijfer; zet bij status verborgen of ontbreekt.", VALUE)
        self._wrong(part[DENOMINATOR] <= 0, "de noemer moet meer zijn dan 0.", DENOMINATOR)
        if unit is Unit.PERCENT and self._indicator.highest <= 100:
            self._wrong(part[NUMERATOR] > part[DENOMINATOR], "de teller is meer dan de noemer.", NUMERATOR)
        rate = unit.factor * part[NUMERATOR] / part[DENOMINATOR].where(part[DENOMINATOR] > 0)
        margin = 0.5 * 10.0**-self._indicator.decimals + 1e-9
        apart = has[VALUE] & ((rate - part[VALUE]).abs() > margin)
        self._wrong(apart, "de waarde is niet teller gedeeld door noemer.", VALUE)

    def _check_plain(self, is_without: pd.Series) -> None:
        has, part = self._has, self._part
        self._wrong(has[DENOMINATOR], "deze indicator heeft geen noemer.", DENOMINATOR)
        if self._indicator.unit is Unit.COUNT or self._indicator.is_counted_total:
            self._wrong(has[VALUE], "schrijf het aantal bij teller.", VALUE)
            self._wrong(~has[NUMERATOR] & ~has[VALUE] & ~is_without, _NO_FIGURE, NUMERATOR)
        else:
            self._wrong(has[NUMERATOR] & has[VALUE], "vul teller of waarde in, niet allebei.", VALUE)
            self._wrong(~has[NUMERATOR] & ~has[VALUE] & ~is_without, _NO_FIGURE, VALUE)
        if self._indicator.unit is Unit.COUNT and not self._indicator.decimals:
            self._wrong(part[NUMERATOR] % 1 > 0, "dit moet een heel getal zijn.", NUMERATOR)

    def _check_limits(self) -> None:
        part = self._part
        for name in (NUMERATOR, DENOMINATOR):
            self._wrong((part[name] < 0) | np.isinf(part[name]), "een aantal kan niet negatief zijn.", name)
        low, high = self._indicator.unit.limits
        low, high = max(low, self._indicator.lowest), min(high, self._indicator.highest)
        outside = (part[VALUE] < low) | (part[VALUE] > high) | np.isinf(part[VALUE])
        self._wrong(outside, f"een cijfer in {self._indicator.unit} ligt van {low:g} tot {high:g}.", VALUE)


_NO_FIGURE = "hier staat geen cijfer; zet bij status verborgen of ontbreekt."
_SOURCE = dict(zip(BOUNDS, (NUMERATOR, NUMERATOR, DENOMINATOR, DENOMINATOR), strict=True))
