"""What every view of the comparison shares: its outcome, its table, the words for figures in cells."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.benchmarks import Rank, difference
from app.cross_sections import CrossSection, Extent
from app.indicators import CellStatus, Figure, Indicator, PeriodStatus
from app.profiles import Benchmark
from app.sentences import STATE_SENTENCES, STATUS_WORDS, State, gap_words, short_verdict
from app.tables import Sheet, SheetCell, Value, figure_value
from app.verdicts import Refusal, Step, Verdict, estimate, why_no_verdict
from app.wording import DASH, amount
from layouts.components import Cell, Column, Node, card, row, state, table, tag
from layouts.formatting import badges, period_text


class Shown(NamedTuple):
    """A view: what stands on the page, and its tables for downloads.

    `title` names the file; `said` is what a screen reader hears when the view has changed.
    """

    node: Node
    sheets: Sequence[Sheet] = ()
    title: str = ""
    said: str = ""


def told(kind: State, sentence: str = "") -> Shown:
    """A view that has only words: a worded state."""
    return Shown(card(state(kind, sentence)), said=sentence or STATE_SENTENCES[kind])


def source_note(source: str) -> Node | None:
    """Where the figures of a view come from, below it."""
    return tag("P", source, className="src") if source else None


def sheet_table(sheet: Sheet, *, own: Collection[int] = (), style: str = "") -> Node:
    """The table of a sheet on screen: numbers to the right, the rows numbered in `own` marked."""
    is_number = [
        any(isinstance(each[place], Value) for each in sheet.rows) for place in range(len(sheet.header))
    ]
    columns = [
        Column(words, "r" if right else "") for words, right in zip(sheet.header, is_number, strict=True)
    ]
    rows = [
        row(_text(cells[0]), [_cell(cell) for cell in cells[1:]], style="own" if place in own else "")
        for place, cells in enumerate(sheet.rows)
    ]
    return table(sheet.title, columns, rows, name=f"Tabel: {sheet.title}", style=style)


def _text(cell: SheetCell) -> str:
    return cell.words if isinstance(cell, Value) else cell


def _cell(cell: SheetCell) -> Cell:
    return Cell(cell.words, "r") if isinstance(cell, Value) else Cell(cell)


def margin_value(figure: Figure | None, indicator: Indicator) -> str:
    """The limits of a figure as a cell: `1,8% – 2,1%`, or why there are none."""
    found = estimate(figure, indicator)
    if found is None:
        return "" if indicator.is_counted_total or figure is None else "geen marge bekend"
    return f"{amount(found.low, indicator)} {DASH} {amount(found.high, indicator)}"


def gap_value(own: Figure | None, benchmark: Figure | None, indicator: Indicator) -> str:
    """The difference as a cell, without naming the other: `0,3 procentpunt lager`."""
    words = gap_words(own, benchmark, indicator, "", "gelijk")
    return words.strip()


def verdict_value(
    found: Verdict | None, indicator: Indicator, own: Figure | None, other: Figure | None
) -> str:
    """The verdict as a cell, with its sign; nothing where there are no two figures."""
    if difference(own, other) is None:
        return ""
    if found is None and (words := REFUSALS.get(why_no_verdict(own, other, indicator))):
        return words
    return f"{SIGNS[strength(found)]} {short_verdict(found, indicator)}".strip()


REFUSALS: dict[Refusal | None, str] = {
    Refusal.BREAK: "anders geteld dan toen",
    Refusal.SHIFTED: "te veel geschat voor een oordeel",
    Refusal.NO_MARGIN_THERE: "geen marge bij de vergelijking",
}
"""Why there is no verdict, where it is not the margin of the own figure."""


SIGNS = {2: "▲", 1: "△", 0: "", -1: "▽", -2: "▼"}
"""The verdict in one sign: filled for 'duidelijk', open for 'waarschijnlijk'; never without words."""


def strength(found: Verdict | None) -> int:
    """2 for 'duidelijk hoger', 1 for 'waarschijnlijk hoger', 0 for no difference, negative for lower."""
    if found is None or found.step is Step.COMPARABLE:
        return 0
    return found.side * (2 if found.step is Step.CLEARLY else 1)


def counted_words(benchmark: Benchmark) -> str:
    """Which of its two values a group has there, over how many regions: `samen, 9 van de 10`; else ''."""
    if benchmark.group is None or benchmark.figure is None:
        return ""
    which = "gemiddelde" if benchmark.is_mean else "samen"
    return f"{which}, {benchmark.group.contributing} van de {benchmark.group.size}"


def benchmark_value(benchmark: Benchmark, indicator: Indicator) -> Value:
    """The benchmark as a cell; empty where a count of a group would be one, which says nothing."""
    is_empty = benchmark.figure is None and indicator.is_counted_total
    return Value("") if is_empty else figure_value(benchmark.figure, indicator)


def rank_value(rank: Rank | None) -> str:
    """A place as a cell: `9 van 76`, `9–11 van 76`; words, since a bare 9 would lose the rest."""
    if rank is None:
        return ""
    place = str(rank.best) if rank.best == rank.worst else f"{rank.best}{DASH}{rank.worst}"
    return f"{place} van {rank.count}"


def half_value(extent: Extent | None, indicator: Indicator) -> str:
    """The middle half of the regions: `1,9% – 2,7%`."""
    if extent is None:
        return ""
    return f"{amount(extent.lower_quartile, indicator)} {DASH} {amount(extent.upper_quartile, indicator)}"


def when_words(section: CrossSection) -> str:
    """The period of a cross-section, with how final its figures are: `2022 (voorlopig)`."""
    figure = next(iter(section.figures.values()), section.country)
    status = figure.period_status if figure else PeriodStatus.FINAL
    return period_text(section.period, status, section.indicator)


def doubts(figure: Figure | None, indicator: Indicator) -> str:
    """What a cell must say beside its number: `deels geschat, berekend`; '' for a plain figure."""
    if figure is None or figure.status is CellStatus.MISSING:
        return ""
    words = [
        each.words for each in badges(figure, indicator) if each.words != STATUS_WORDS[PeriodStatus.FINAL]
    ]
    return ", ".join(words)


def legend(*items: tuple[str, str]) -> Node:
    """What the signs of a chart mean: (sign, words)."""
    rows = [
        tag("Li", [tag("Span", sign, className="sign", **{"aria-hidden": "true"}), words])
        for sign, words in items
    ]
    return tag("Ul", rows, className="signs")


def remarks(sentences: Sequence[str]) -> Node | None:
    """What is good to know beside a view: quieter than a warning."""
    rows = [tag("Li", sentence) for sentence in sentences]
    return tag("Ul", rows, className="remarks") if rows else None
