"""What the page of own figures shows, as rows of text for its template: from figures to words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.disclosure import has_group, is_weighted
from app.exports import Cell
from app.indicators import TOTAL, CellStatus, Indicator
from app.own_figures import CellKey, Change, OwnCell, ShownGroup
from app.sentences import STATUS_WORDS, value_words
from app.wording import DASH, amount, day, number, period_label, year_of
from layouts.formatting import category_label, period_text

Groups = Mapping[tuple[str, str], ShownGroup]
"""(indicator, period) → the value of all regions of the kind together, where it may be shown."""

WORDS = {CellStatus.HIDDEN: "verborgen", CellStatus.MISSING: "ontbreekt"}
TOO_FEW = "nog geen vergelijking"
ONLY_TOTAL = "alleen bij het totaal"
NO_MEAN = "van oordelen is er geen gemiddelde"
CSV_HEADER = (
    "Thema",
    "Indicator",
    "Uitsplitsing",
    "Regiocode",
    "Periode",
    "Eenheid",
    "Teller",
    "Noemer",
    "Waarde",
    "In woorden",
    "Status",
    "Groepswaarde",
    "Aantal regio's in de groep",
    "Groepswaarde van",
)


class FigureRow(NamedTuple):
    """One figure: its name, period, value with the counts behind it, and the group beside it."""

    name: str
    category: str
    period: str
    value: str
    counts: str
    group: str
    group_note: str


class ChangeRow(NamedTuple):
    """What an upload did to one figure."""

    name: str
    category: str
    period: str
    before: str
    after: str


def figure_rows(cells: Iterable[OwnCell], groups: Groups, indicators: Sequence[Indicator]) -> list[FigureRow]:
    """Every figure, by indicator as the catalogue orders them, the newest period first."""
    return [_figure_row(cell, indicator, groups) for indicator, cell in _ordered(cells, indicators)]


def change_rows(changes: Iterable[Change], indicators: Sequence[Indicator]) -> list[ChangeRow]:
    """What an upload changed, in the same order."""
    by_key = {change.after.key: change for change in changes}
    ordered = _ordered([change.after for change in by_key.values()], indicators)
    return [
        ChangeRow(
            indicator.label,
            _category(cell, indicator),
            _period(cell, indicator),
            _before(by_key[cell.key].before, indicator),
            value_text(cell, indicator),
        )
        for indicator, cell in ordered
    ]


def csv_rows(
    region: str, cells: Iterable[OwnCell], groups: Groups, indicators: Sequence[Indicator]
) -> Iterator[list[Cell]]:
    """The rows of the download, under `CSV_HEADER`."""
    for indicator, cell in _ordered(cells, indicators):
        group = groups.get((indicator.id, cell.key.period)) if cell.key.breakdown == TOTAL else None
        yield [
            indicator.theme,
            indicator.label,
            _category(cell, indicator),
            region,
            period_label(cell.key.period, indicator),
            indicator.unit.value,
            cell.numerator,
            cell.denominator,
            cell.figure(region, indicator).low,
            value_text(cell, indicator),
            STATUS_WORDS[cell.period_status],
            group.value if group else None,
            group.contributors if group else None,
            day(group.since) if group else None,
        ]


def value_text(cell: OwnCell, indicator: Indicator) -> str:
    """The figure as it is written: `4,5 per 1.000`, `voldoende`, `verborgen`."""
    return WORDS.get(cell.status) or value_words(cell.figure("", indicator), indicator)


def _figure_row(cell: OwnCell, indicator: Indicator, groups: Groups) -> FigureRow:
    group, note = _group(cell.key, indicator, groups)
    return FigureRow(
        indicator.label,
        _category(cell, indicator),
        _period(cell, indicator),
        value_text(cell, indicator),
        _counts(cell),
        group,
        note,
    )


def _group(key: CellKey, indicator: Indicator, groups: Groups) -> tuple[str, str]:
    """The value of the group with what it is made of; or why there is none."""
    if not has_group(indicator):
        return DASH, NO_MEAN
    if key.breakdown != TOTAL:
        return DASH, ONLY_TOTAL
    found = groups.get((key.indicator, key.period))
    if found is None:
        return DASH, TOO_FEW
    words = "regio’s samen" if is_weighted(indicator) else "regio’s, gemiddeld"
    return amount(
        found.value, indicator
    ), f"{number(found.contributors)} {words}; stand van {day(found.since)}"


def _counts(cell: OwnCell) -> str:
    if cell.numerator is None or cell.denominator is None:
        return ""
    return f"{_count(cell.numerator)} van {_count(cell.denominator)}"


def _count(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)


def _before(cell: OwnCell | None, indicator: Indicator) -> str:
    return DASH if cell is None else value_text(cell, indicator)


def _category(cell: OwnCell, indicator: Indicator) -> str:
    return "" if cell.key.breakdown == TOTAL else category_label(cell.key.breakdown, indicator)


def _period(cell: OwnCell, indicator: Indicator) -> str:
    return period_text(cell.key.period, cell.period_status, indicator)


def _ordered(
    cells: Iterable[OwnCell], indicators: Sequence[Indicator]
) -> Iterator[tuple[Indicator, OwnCell]]:
    """By indicator, the newest period first, then the categories; only what may still be filled."""
    of_indicator: dict[str, list[OwnCell]] = {}
    for cell in cells:
        of_indicator.setdefault(cell.key.indicator, []).append(cell)
    for indicator in indicators:
        codes = [TOTAL, *(category.code for category in indicator.categories)]
        places = {code: place for place, code in enumerate(codes)}
        own = of_indicator.get(indicator.id, [])
        own.sort(key=lambda cell: places.get(cell.key.breakdown, len(places)))
        own.sort(key=lambda cell: (year_of(cell.key.period), cell.key.period), reverse=True)
        yield from ((indicator, cell) for cell in own)
