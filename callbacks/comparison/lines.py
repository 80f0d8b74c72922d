"""The years of a region beside at most three others: regions, groups, the country."""

from collections.abc import Mapping, Sequence

from app.comparison_groups import GroupKind, PeerGroup, why_too_small
from app.cross_sections import CrossSection
from app.errors import BadInput
from app.indicators import Figure, Indicator
from app.looks import NOBODY
from app.profiles import benchmark_of
from app.regions import COUNTRY
from app.sentences import State
from callbacks.comparison.choices import NO_PEERS, Cell, Stage, beside_of
from callbacks.comparison.sources import source_of
from layouts.comparison import lines
from layouts.comparison.base import Shown, counted_words, told
from layouts.comparison.lines import Other
from loaders.divided import Reading, load_series

MOST_MEMBERS = 100
"""Of a larger group the years are not added up on a page."""

Series = Mapping[str, Sequence[Figure]]


def show_trend(stage: Stage) -> Shown:
    """The lines with their table; words where there is nothing to draw."""
    indicator = stage.indicator
    if indicator is None:
        return told(State.NOT_AVAILABLE, lines.NOTHING)
    cell = Cell(indicator, "", stage.breakdown(indicator))
    others = _chosen(stage, indicator)
    series = _load(stage, cell, others)
    own = series.get(stage.region.code, [])
    return lines.content(
        lines.Lines(
            stage.region,
            indicator,
            own,
            [_other(stage, each, series, cell) for each in others],
            source_of(stage, [(indicator.id, each.period) for each in own]),
            cell.breakdown,
            [note for each in others if isinstance(each, PeerGroup) and (note := _remark(each, indicator))],
        )
    )


def _chosen(stage: Stage, indicator: Indicator) -> list[PeerGroup | str]:
    """What is chosen to stand beside the own region, each once; the country unless somebody else is first."""
    first, *rest = stage.choice.beside
    asked = [each for each in dict.fromkeys([first or GroupKind.COUNTRY, *rest]) if each]
    found = [beside_of(stage, text, outcome=indicator.id) for text in asked if text != NOBODY]
    if any(isinstance(each, PeerGroup) and each.key.kind is GroupKind.PAST for each in found):
        raise BadInput(NO_PEERS)
    return found


def _load(stage: Stage, cell: Cell, others: Sequence[PeerGroup | str]) -> Series:
    """Every series that a line needs, in one statement."""
    codes = [stage.region.code]
    for each in others:
        codes += [each] if isinstance(each, str) else _codes(each)
    with stage.desk.db.session() as session:
        reading = Reading(session, stage.edition.version, cell.indicator)
        return load_series(reading, list(dict.fromkeys(codes)), breakdown=cell.breakdown)


def _codes(group: PeerGroup) -> list[str]:
    if group.key.kind is GroupKind.COUNTRY:
        return [COUNTRY]
    return [] if why_too_small(group) or len(group.codes) > MOST_MEMBERS else list(group.codes)


def _remark(group: PeerGroup, indicator: Indicator) -> str:
    """Why a group has no line."""
    if len(group.codes) > MOST_MEMBERS:
        return TOO_MANY.format(name=group.label)
    if group.is_pool and indicator.is_counted_total:
        return NO_SUM.format(name=group.label)
    return f"{group.label}: {small}" if (small := why_too_small(group)) else ""


TOO_MANY = "{name}: te veel regio’s om hier alle jaren van op te tellen. Kies een kleinere groep."
NO_SUM = "{name}: van een aantal is er geen groepscijfer. Kies een regio, of een cijfer dat een aandeel is."


def _other(stage: Stage, each: PeerGroup | str, series: Series, cell: Cell) -> Other:
    """The line of a region, the country or a group."""
    if isinstance(each, str):
        return Other(stage.desk.atlas(stage.edition).places.names[each], series.get(each, ()))
    if each.key.kind is GroupKind.COUNTRY:
        return Other(each.label, series.get(COUNTRY, ()))
    short = SHORT.get(each.key.kind, "").format(each.key.which)
    by_period: dict[str, dict[str, Figure]] = {}
    for code in _codes(each):
        for figure in series.get(code, ()):
            by_period.setdefault(figure.period, {})[code] = figure
    found = {
        period: benchmark_of(
            CrossSection(cell.indicator, period, each.kind, by_period[period], None, cell.breakdown), each
        )
        for period in sorted(by_period)
    }
    figures = [benchmark.figure for benchmark in found.values() if benchmark.figure is not None]
    return Other(
        each.label, figures, {key: f"({counted_words(value)})" for key, value in found.items()}, short
    )


SHORT = {GroupKind.SWV: "Gemeenten {}", GroupKind.OWN: "Uw groep"}
"""Beside a line; a name that somebody typed is no text for a chart."""
