"""The years of a region beside at most three others: regions, groups, the country."""

from collections.abc import Sequence

from app.comparison_groups import GroupKind, PeerGroup
from app.group_values import group_value
from app.indicators import Figure, Indicator
from app.regions import COUNTRY
from app.sentences import State
from callbacks.comparison.choices import Stage, beside_of
from callbacks.comparison.sources import source_of
from layouts.comparison import lines
from layouts.comparison.base import Shown, told
from loaders.divided import Reading, load_series

MOST_MEMBERS = 100
"""Of a larger group the years are not added up on a page."""

STANDARD = (GroupKind.COUNTRY, "", "")


def show_trend(stage: Stage) -> Shown:
    """The lines with their table; words where there is nothing to draw."""
    indicator = stage.indicator
    if indicator is None:
        return told(State.NOT_AVAILABLE, lines.NOTHING)
    breakdown = stage.breakdown(indicator)
    asked = stage.choice.beside if any(stage.choice.beside) else STANDARD
    others = [beside_of(stage, text, outcome=indicator.id) for text in dict.fromkeys(asked) if text]
    series = _load(stage, indicator, breakdown, others)
    named = [(_name(stage, each), _series_of(each, series, indicator)) for each in others]
    own = series.get(stage.region.code, [])
    source = source_of(stage, [(indicator.id, each.period) for each in own[-1:]])
    remarks = [note for each in others if isinstance(each, PeerGroup) and (note := _remark(each))]
    return lines.content(lines.Lines(stage.region, indicator, own, named, source, breakdown, remarks))


def _load(
    stage: Stage, indicator: Indicator, breakdown: str, others: Sequence[PeerGroup | str]
) -> dict[str, list[Figure]]:
    """Every series that a line needs, in one statement."""
    codes = [stage.region.code]
    for each in others:
        codes += [each] if isinstance(each, str) else _codes(each)
    with stage.desk.db.session() as session:
        reading = Reading(session, stage.edition.version, indicator)
        return load_series(reading, list(dict.fromkeys(codes)), breakdown=breakdown)


def _codes(group: PeerGroup) -> list[str]:
    if group.key.kind is GroupKind.COUNTRY:
        return [COUNTRY]
    return list(group.codes) if len(group.codes) <= MOST_MEMBERS else []


def _name(stage: Stage, each: PeerGroup | str) -> str:
    if isinstance(each, str):
        return stage.desk.atlas(stage.edition).places.names[each]
    return "Uw groep" if each.key.kind is GroupKind.OWN else each.label


def _remark(group: PeerGroup) -> str:
    if len(group.codes) > MOST_MEMBERS:
        return f"{group.label}: te veel regio’s om hier alle jaren van op te tellen. Kies een kleinere groep."
    return group.note if not group.codes and group.is_pool else ""


def _series_of(
    each: PeerGroup | str, series: dict[str, list[Figure]], indicator: Indicator
) -> Sequence[Figure]:
    """The line of a region, or of a group: per period its numbers together, else its mean."""
    if isinstance(each, str):
        return series.get(each, [])
    if each.key.kind is GroupKind.COUNTRY:
        return series.get(COUNTRY, [])
    by_period: dict[str, dict[str, Figure]] = {}
    for code in each.codes:
        for figure in series.get(code, []):
            by_period.setdefault(figure.period, {})[code] = figure
    common = [group_value(by_period[period], each.codes, indicator).pooled for period in sorted(by_period)]
    return [figure for figure in common if figure is not None]
