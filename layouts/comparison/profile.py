"""The profile of a chapter: every figure of a region between the lowest and highest of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.benchmarks import derivable
from app.comparison_groups import GroupKind, PeerGroup
from app.indicators import Indicator
from app.profiles import Judged
from app.regions import RegionName
from app.sentences import State, value_words
from app.tables import Sheet, SheetCell, Value, figure_value
from app.wording import amount
from layouts.comparison.base import (
    Shown,
    benchmark_value,
    counted_words,
    doubts,
    gap_value,
    half_value,
    legend,
    rank_value,
    remarks,
    sheet_table,
    source_note,
    strength,
    told,
    verdict_value,
    when_words,
)
from layouts.components import ImageText, chart, details, figure_card
from layouts.figures.spine import SpineRow, spine
from layouts.formatting import kind_name, plural

MOST_ROWS = 60
"""A longer profile is read by nobody; the choice of a chapter shortens it."""


@dataclass(frozen=True)
class Profile:
    """A chapter of a region beside a group; `rows` are its figures, `source` the line under the chart."""

    region: RegionName
    chapter: str
    group: PeerGroup
    rows: Sequence[Judged]
    source: str
    remarks: Sequence[str] = ()


def content(profile: Profile) -> Shown:
    """The chart with what it says, and the table with every number in it."""
    if not any(each.own is not None for each in profile.rows):
        return told(State.EMPTY, NO_ROWS)
    sheet, summary = _sheet(profile), _summary(profile)
    drawn = [each for each in profile.rows if _is_drawn(each)]
    title = f"{profile.chapter}: {profile.region.name} naast {profile.group.words}"
    said, note = f"{title}. {summary}", source_note(profile.source)
    listed = sheet_table(sheet, style="tall")
    if not drawn:
        node = figure_card(title, summary, remarks(profile.remarks), listed, note=note)
        return Shown(node, [sheet], title, said)
    is_own = profile.group.key.kind is GroupKind.OWN  # a name that somebody typed is no text for a chart
    figure = spine([_row(each) for each in drawn], "Uw groep" if is_own else profile.group.label)
    node = figure_card(
        title,
        summary,
        legend(*SIGNS),
        chart(figure, name=title, style="free"),
        remarks(profile.remarks),
        details("Tabel bij deze grafiek", listed),
        note=note,
        image=ImageText(profile.source, _counted(profile), region=profile.region.name),
    )
    return Shown(node, [sheet], title, said)


NO_ROWS = "In dit hoofdstuk is voor deze regio nog geen cijfer te vergelijken. Kies een ander hoofdstuk."
SIGNS = (
    ("▲▼", "duidelijk hoger of lager"),
    ("△▽", "waarschijnlijk hoger of lager"),
    ("●", "vergelijkbaar"),
    ("○", "geen marge bekend"),
    ("▭", "lichte balk: van de laagste tot de hoogste regio"),
    ("▬", "donkere balk: de middelste helft van de regio’s"),
)


def _is_drawn(each: Judged) -> bool:
    return None not in (each.section.extent, derivable(each.own), derivable(each.benchmark.figure))


def _row(each: Judged) -> SpineRow:
    own, benchmark, extent = derivable(each.own), derivable(each.benchmark.figure), each.section.extent
    if own is None or benchmark is None or extent is None:
        raise ValueError(f"{each.indicator.id} cannot be drawn")
    words = value_words(each.own, each.indicator)
    verdict = verdict_value(each.verdict, each.indicator, each.own, each.benchmark.figure)
    hover = f"{each.indicator.short_label}: <b>{words}</b><br>{when_words(each.section)}<br>{verdict}"
    middle, other = sum(own) / 2, sum(benchmark) / 2
    name = each.indicator.short_label
    marked = strength(each.verdict), each.verdict is not None
    return SpineRow(name, words, hover, extent, other, middle, *marked)


def _summary(profile: Profile) -> str:
    rows = [each for each in profile.rows if each.own is not None]
    found = [strength(each.verdict) for each in rows]
    judged = [each for each in rows if each.verdict is not None]
    if not judged:
        return f"Van de {plural(len(rows), 'cijfer', 'cijfers')} is er geen met een bekende marge."
    than = f"het cijfer van {profile.group.words}" if profile.group.is_pool else "het landelijke cijfer"
    higher, lower = (sum(each == step for each in found) for step in (2, -2))
    counted = f"Cijfers met een marge: {len(judged)}."
    sides = f"Duidelijk hoger dan {than}: {higher}; duidelijk lager: {lower}."
    return f"{counted} {sides} {_striking_words(judged)}"


def _striking_words(judged: Sequence[Judged]) -> str:
    """Which figures are striking, among those that could be."""
    striking = [each.indicator.short_label for each in judged if each.verdict and each.verdict.is_striking]
    tested = sum(each.section.funnel is not None for each in judged)
    if striking:
        return f"Opvallend: {', '.join(striking)}."
    return f"Getoetst of het opvalt: {plural(tested, 'cijfer', 'cijfers')}; geen ervan." if tested else ""


def _counted(profile: Profile) -> str:
    counts = [len(each.section.bounds) for each in profile.rows]
    return f"{max(counts, default=0)} {kind_name(profile.region.kind, plural=True)}"


HEADER = (
    "Indicator",
    "Uw regio",
    "Vergelijking",
    "Groepscijfer",
    "Verschil",
    "Oordeel",
    "Plaats",
    "Laagste",
    "Middelste helft",
    "Hoogste",
    "Periode",
    "Let op",
)


def _sheet(profile: Profile) -> Sheet:
    rows = [_cells(each) for each in profile.rows]
    title = f"{profile.chapter}: {profile.region.name} naast {profile.group.words}"
    return Sheet(title, HEADER, rows, [profile.source, *profile.remarks], "Profiel")


def _cells(each: Judged) -> list[SheetCell]:
    indicator, other, extent = each.indicator, each.benchmark.figure, each.section.extent
    rank = each.section.ranks.get(each.own.region) if each.own else None
    ends = (extent.lowest, extent.highest) if extent else (None, None)
    return [
        indicator.label,
        figure_value(each.own, indicator),
        benchmark_value(each.benchmark, indicator),
        counted_words(each.benchmark),
        gap_value(each.own, other, indicator),
        verdict_value(each.verdict, indicator, each.own, other),
        rank_value(rank),
        _amount(ends[0], indicator),
        half_value(extent, indicator),
        _amount(ends[1], indicator),
        when_words(each.section),
        doubts(each.own, indicator),
    ]


def _amount(value: float | None, indicator: Indicator) -> Value:
    return Value("") if value is None else Value(amount(value, indicator), value)
