"""Whether the rows of a form say what the catalogue and the regions allow, and the cells they make."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from app.indicators import TOTAL, CellStatus, Indicator, PeriodStatus, Unit
from app.regions import canonical_code
from app.wording import is_period, is_period_of, plain_number, year_of
from loaders.catalogue import Catalogue
from loaders.files import Problem
from loaders.reference import Reference
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
from loaders.tidy import BOUNDS, COLUMNS, Tidy
from loaders.tidy import KEYS as TIDY_KEYS

_CELL_WORDS = {HIDDEN: CellStatus.HIDDEN, MISSING: CellStatus.MISSING}
_PERIOD_WORDS = {status.value: status for status in PeriodStatus}
_TEXTS = (*TIDY_KEYS, "status")
_MOST_REGIONS = 1 << 16
"""How many regions the key of a figure holds apart, beside 32,768 breakdowns; far more than exist."""

_NO_LIFE = (-1, 0, 0)


class Faults:
    """What is wrong with the form, by row and column."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheet: str | None = None
        self.problems: list[Problem] = []
        self.unreadable: set[int] = set()

    def add_unreadable(self, sentence: str, row: int, column: str) -> None:
        """A number that is none; whatever else the row's numbers then lack is not worth telling."""
        self.unreadable.add(int(row))
        self.add(sentence, row, column)

    def add(self, sentence: str, row: int, column: str | None = None) -> None:
        """One thing that is wrong."""
        problem = Problem(sentence, file=self.file, sheet=self.sheet, row=int(row), column=column)
        self.problems.append(problem)

    def add_rows(self, sentence: str, rows: "pd.Series[int]", column: str | None = None) -> None:
        """The same thing in several rows."""
        for row in rows.head(1000):
            self.add(sentence, row, column)


class Checker:
    """Checks the pieces of one form, one after another, and remembers which figures it has seen.

    Texts go as numbers into `_words`, so that a piece of 200,000 rows compares few texts.
    """

    def __init__(self, catalogue: Catalogue, reference: Reference, faults: Faults) -> None:
        self._catalogue = catalogue
        self._reference = reference
        self._faults = faults
        self._words = {name: Words() for name in _TEXTS}
        self._seen: dict[tuple[str, int], np.ndarray] = {}
        self._doubles: list[int] = []

    def check(self, rows: pd.DataFrame) -> Tidy:
        """The figures of one piece; what is wrong goes to the faults, and its rows make no figure."""
        filled = rows[_has_anything(rows)]
        cells = [_nothing()]
        statuses: dict[tuple[str, str], PeriodStatus] = {}
        for name, part in filled.groupby(INDICATOR, sort=False, observed=True):
            indicator = self._catalogue.get(str(name))
            if indicator is None or (self._reference.only_region and not indicator.own_figures):
                self._faults.add_rows(_unknown(str(name), indicator), part["row"], INDICATOR)
                continue
            cells.append(self._check_part(indicator, part))
            statuses |= self._statuses(indicator, part)
        found = pd.concat([one for one in cells if len(one)] or cells, ignore_index=True)
        texts = {name: self._words[name].column(found[name].to_numpy()) for name in _TEXTS}
        return Tidy(found.assign(**texts)[COLUMNS], statuses)

    def _check_part(self, indicator: Indicator, part: pd.DataFrame) -> pd.DataFrame:
        """The cells of one indicator, with the numbers of their texts."""
        texts = {
            "indicator": np.full(len(part), self._words["indicator"].number(indicator.id), dtype=np.int32),
            "period": self._coded("period", part, PERIOD, dict(_periods(indicator, part))),
            "breakdown": self._coded("breakdown", part, BREAKDOWN, dict(_breakdowns(indicator, part))),
            "region": self._coded_regions(indicator, part),
            "status": self._coded("status", part, STATUS, dict(_cell_words(part))),
        }
        without = [self._words["status"].number(word.value) for word in _CELL_WORDS.values()]
        is_without = pd.Series(np.isin(texts["status"], without), index=part.index)
        numbers = _Numbers(indicator, part, self._faults).bounds(is_without)
        is_good = np.logical_and.reduce([codes >= 0 for codes in texts.values()])
        whole = numbers.assign(**texts, estimated=0.0, indirect=0.0, source_row=part["row"].astype(float))
        good = whole if is_good.all() else whole[is_good]
        self._remember(indicator, good)
        return good

    def _coded(
        self, name: str, part: pd.DataFrame, column: str, meaning: dict[str, str | None]
    ) -> np.ndarray:
        """The number of what each cell means; -1, and a fault, where it means nothing."""
        places, texts = pd.factorize(part[column])
        words = self._words[name]
        meanings = (meaning[str(text)] for text in texts)
        found = np.array(
            [*(-1 if one is None else words.number(one) for one in meanings), -1], dtype=np.int32
        )
        codes = found[places]
        if (codes < 0).any():
            wrong = part[codes < 0]
            for text, row in zip(wrong[column], wrong["row"], strict=True):
                self._faults.add(f"{text!r} kan hier niet staan.", row, column)
        return codes

    def _coded_regions(self, indicator: Indicator, part: pd.DataFrame) -> np.ndarray:
        places, texts = pd.factorize(part[REGION])
        lives = [self._life(indicator, str(text)) for text in texts]
        known = np.array([*lives, _NO_LIFE], dtype=np.int32)[places]
        periods, names = pd.factorize(part[PERIOD])
        years = np.array([year_of(name) if is_period(name) else -1 for name in map(str, names)] + [-1])[
            periods
        ]
        is_there = (years < 0) | ((known[:, 1] <= years) & (years <= known[:, 2]))
        codes = np.where(is_there, known[:, 0], -1)
        if (codes < 0).any():
            wrong = part[codes < 0]
            for text, period, row in zip(wrong[REGION], wrong[PERIOD], wrong["row"], strict=True):
                self._faults.add(self._complaint(indicator, str(text), str(period)), row, REGION)
        return codes

    def _area(self, text: str) -> AreaRow | None:
        return self._reference.by_code.get(canonical_code(text) or text)

    def _is_own(self, area: AreaRow) -> bool:
        return self._reference.only_region in ("", area.code)

    def _life(self, indicator: Indicator, text: str) -> tuple[int, int, int]:
        """(number, first year, last year) of a region that the indicator may have; number -1 of no such."""
        area = self._area(text)
        if area is None or area.kind not in indicator.levels or not self._is_own(area):
            return _NO_LIFE
        return (self._words["region"].number(area.code), *years_in_force(area))

    def _complaint(self, indicator: Indicator, text: str, period: str) -> str:
        """Why a region cannot stand here."""
        area = self._area(text)
        if area is None:
            return f"regio {text!r} is onbekend; schrijf een code, zoals GM0363 of PO2707."
        if not self._is_own(area):
            own = self._reference.only_region
            return f"{area.code} is een andere regio; hier kunnen alleen cijfers van {own} staan."
        if area.kind not in indicator.levels:
            return f"{indicator.label} bestaat niet voor {area.name} ({area.kind})."
        return f"{area.name} ({area.code}) bestond niet op 1 januari {period[:4]}."

    def _statuses(self, indicator: Indicator, part: pd.DataFrame) -> dict[tuple[str, str], PeriodStatus]:
        """The least final word that any row of a period has."""
        pairs = part[[PERIOD, STATUS]].drop_duplicates()
        found: dict[tuple[str, str], PeriodStatus] = {}
        order = [PeriodStatus.FINAL, PeriodStatus.REVISED_PROVISIONAL, PeriodStatus.PROVISIONAL]
        for period, word in zip(pairs[PERIOD], pairs[STATUS], strict=True):
            key = (indicator.id, period)
            status = _PERIOD_WORDS.get(word, PeriodStatus.FINAL)
            found[key] = max(found.get(key, status), status, key=order.index)
        return found

    def _remember(self, indicator: Indicator, cells: pd.DataFrame) -> None:
        """Add each figure to those of its period, and note the rows of those that were there."""
        rows = cells["source_row"].to_numpy()
        keys = cells["breakdown"].to_numpy() * np.int32(_MOST_REGIONS) + cells["region"].to_numpy()
        periods = cells["period"].to_numpy()
        for period in np.unique(periods):
            own = np.flatnonzero(periods == period)
            seen = self._seen.setdefault((indicator.id, int(period)), np.array([], dtype=np.int32))
            is_double = pd.Series(keys[own]).duplicated().to_numpy() | np.isin(keys[own], seen)
            self._seen[indicator.id, int(period)] = np.append(seen, keys[own])
            self._doubles += rows[own[is_double]].astype(int).tolist()

    def check_doubles(self) -> None:
        """A figure that stands in the form twice is wrong, however far apart."""
        for row in sorted(self._doubles)[:1000]:
            self._faults.add("dit cijfer staat al eerder in het formulier.", row)


class Words:
    """Texts and their numbers, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text, which may be new."""
        return self._numbers.setdefault(text, len(self._numbers))

    def column(self, numbers: np.ndarray) -> pd.Categorical:
        """The texts of numbers."""
        return pd.Categorical.from_codes(numbers, categories=pd.Index(list(self._numbers), dtype=object))


def years_in_force(area: AreaRow) -> tuple[int, int]:
    """The first and last year on whose 1 January an area existed."""
    start, end = area.valid_from, area.valid_to
    first = 0 if start is None else start.year + (start > date(start.year, 1, 1))
    last = 9999 if end is None else end.year - (end <= date(end.year, 1, 1))
    return first, last


def _unknown(name: str, indicator: Indicator | None) -> str:
    if indicator is None:
        return f"{name!r} staat niet in de catalogus."
    return f"{name!r} is geen eigen cijfer: het komt uit een landelijke bron."


def _periods(indicator: Indicator, part: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
    for text in part[PERIOD].unique():
        yield str(text), str(text) if is_period_of(str(text), indicator.period_kind) else None


def _breakdowns(indicator: Indicator, part: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
    known = {TOTAL, *(category.code for category in indicator.categories)}
    for text in part[BREAKDOWN].unique():
        code = str(text) or TOTAL
        yield str(text), code if code in known else None


def _cell_words(part: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
    """What the cell of a status says of its figure: a word about the period says that there is one."""
    for text in part[STATUS].unique():
        word = str(text)
        if word in _CELL_WORDS:
            yield word, _CELL_WORDS[word].value
        else:
            yield word, CellStatus.PRESENT.value if not word or word in _PERIOD_WORDS else None


def _has_anything(rows: pd.DataFrame) -> np.ndarray:
    """A row that is not filled in beyond what the form came with, the region included, says nothing."""
    numbers = rows[[NUMERATOR, DENOMINATOR, VALUE]].notna().to_numpy()
    texts = [is_filled(rows[name]) for name in (PERIOD, STATUS)]
    found: np.ndarray = np.logical_or.reduce([*numbers.T, *texts])
    return found


def is_filled(column: pd.Series) -> np.ndarray:
    """Whether there is any text in a cell."""
    places, texts = pd.factorize(column)
    return np.array([*(text != "" for text in texts), False])[places]


def _nothing() -> pd.DataFrame:
    kinds = {name: "int32" if name in _TEXTS else "float64" for name in COLUMNS}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


class _Numbers:
    """The numbers of one indicator's rows."""

    def __init__(self, indicator: Indicator, part: pd.DataFrame, faults: Faults) -> None:
        self._indicator = indicator
        self._part = part
        self._faults = faults
        self._has = {name: part[name].notna() for name in (NUMERATOR, DENOMINATOR, VALUE)}

    def bounds(self, is_without: "pd.Series[bool]") -> pd.DataFrame:
        """Bounds and value as tidy frames have them; `is_without`: the status says there is no number."""
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
        if self._faults.unreadable:
            where = where & ~self._part["row"].isin(self._faults.unreadable)
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
        self._wrong(
            outside,
            f"een cijfer in {self._indicator.unit} ligt van {plain_number(low)} tot {plain_number(high)}.",
            VALUE,
        )


_NO_FIGURE = "hier staat geen cijfer; zet bij status verborgen of ontbreekt."
_SOURCE = dict(zip(BOUNDS, (NUMERATOR, NUMERATOR, DENOMINATOR, DENOMINATOR), strict=True))
