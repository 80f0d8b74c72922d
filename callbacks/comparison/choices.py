"""What is chosen above a view: from the address or the controls to values, and the options there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.comparison_groups import UNKNOWN, GroupKind, PeerGroup, parse_key
from app.cross_sections import CrossSection
from app.errors import BadInput
from app.indicators import TOTAL, Indicator
from app.looks import ALL_CHAPTERS, EVERYTHING, LATEST, NOBODY, Look, Pick
from app.regions import RegionName, is_code
from app.similarity import VARIABLES
from app.verdicts import Margin, margin_of
from app.wording import is_period, period_label
from callbacks.comparison.desk import Desk
from layouts.indicator_regions import Group
from loaders.atlas import KINDS
from loaders.peer_groups import find_group, groups_of, similar_group
from loaders.publication import Edition

Options = Sequence[tuple[str, str]]

IN_VARIABLES = frozenset(name for variable in VARIABLES for name in variable.indicators)
"""Indicators for which the group of similar regions is another one: they may not choose it themselves."""


@dataclass(frozen=True)
class Choice:
    """The values of all choices as they are written in the address; '' for the first option of each.

    Of `beside` the first option is the country, so that `NOBODY` has to be said there.
    """

    group: str = ""
    chapter: str = ""
    indicator: str = ""
    period: str = ""
    breakdown: str = ""
    beside: tuple[str, str, str] = ("", "", "")
    weights: str = ""

    def as_query(self) -> dict[str, str]:
        """Names and values for an address; what is not chosen is empty."""
        first, second, third = self.beside
        return {
            Pick.GROUP: self.group,
            Pick.CHAPTER: self.chapter,
            Pick.INDICATOR: self.indicator,
            Pick.PERIOD: self.period,
            Pick.BREAKDOWN: self.breakdown,
            Pick.FIRST: first,
            Pick.SECOND: second,
            Pick.THIRD: third,
            Pick.WEIGHTS: self.weights,
        }


def choice_of(values: Mapping[str, str]) -> Choice:
    """The choice in a query or in the values of the controls."""
    found = {pick: values.get(pick, "") for pick in Pick}
    second, third = ("" if found[pick] == NOBODY else found[pick] for pick in (Pick.SECOND, Pick.THIRD))
    return Choice(
        found[Pick.GROUP],
        "" if found[Pick.CHAPTER] == EVERYTHING else found[Pick.CHAPTER],
        found[Pick.INDICATOR],
        "" if found[Pick.PERIOD] == LATEST else found[Pick.PERIOD],
        "" if found[Pick.BREAKDOWN] == TOTAL else found[Pick.BREAKDOWN],
        (found[Pick.FIRST], second, third),
        found[Pick.WEIGHTS],
    )


@dataclass(frozen=True)
class Stage:
    """Who compares what: the edition, the region, the choice, and the groups that there are."""

    desk: Desk
    edition: Edition
    region: RegionName
    choice: Choice
    own_groups: tuple[PeerGroup, ...] = ()
    open_codes: frozenset[str] = frozenset()

    @cached_property
    def groups(self) -> list[PeerGroup]:
        """Every group for the region."""
        return groups_of(self.desk.atlas(self.edition), self.region, self.own_groups)

    def group(self, text: str, *, outcome: str = "") -> PeerGroup:
        """The group named by `text`, the country for '', with its members.

        Args:
            outcome: the indicator in view, which may not choose the similar regions.

        Raises:
            BadInput: there is no such group for this region or person.
        """
        found = find_group(self.groups, parse_key(text))
        if found.key.kind is GroupKind.SIMILAR:
            banned = outcome if outcome in IN_VARIABLES else ""
            similar = self.desk.similar(self.edition, self.region.code, self.choice.weights, banned)
            return similar_group(found, similar)
        return found

    def peers(self, *, outcome: str = "") -> PeerGroup:
        """The group that is chosen, of regions of the own kind.

        Raises:
            BadInput: there is no such group, or its regions are of another kind or another time.
        """
        found = self.group(self.choice.group, outcome=outcome)
        if found.kind is not self.region.kind or found.key.kind is GroupKind.PAST:
            raise BadInput(NO_PEERS)
        return found

    def indicators(self) -> list[Indicator]:
        """Those with figures of the region's kind, in the catalogue's order."""
        filled = self.desk.latest(self.edition, self.region.kind)
        return [each for each in self.desk.catalogue if each.id in filled and self.region.kind in each.levels]

    @property
    def indicator(self) -> Indicator | None:
        """The one in view: the one asked for, else the newest of which a margin is known.

        Raises:
            BadInput: it is asked for and has no figures for this kind of region.
        """
        there = self.indicators()
        if self.choice.indicator:
            found = next((each for each in there if each.id == self.choice.indicator), None)
            if found is None:
                raise BadInput(NO_INDICATOR)
            return found
        latest = self.desk.latest(self.edition, self.region.kind)
        return max(
            there, key=lambda each: (margin_of(each) is not Margin.NONE, latest[each.id]), default=None
        )

    def period(self, indicator: Indicator) -> str:
        """The period in view: the one asked for, else the last.

        Raises:
            BadInput: it is asked for and there are no figures of it.
        """
        there = self.desk.periods(self.edition, indicator.id, self.region.kind)
        if self.choice.period and (not is_period(self.choice.period) or self.choice.period not in there):
            raise BadInput(NO_PERIOD)
        return self.choice.period or there[0]

    def breakdown(self, indicator: Indicator) -> str:
        """The category in view.

        Raises:
            BadInput: the indicator has no such category.
        """
        there = {TOTAL, *(category.code for category in indicator.categories)}
        if self.choice.breakdown and self.choice.breakdown not in there:
            raise BadInput(NO_BREAKDOWN)
        return self.choice.breakdown or TOTAL

    @property
    def chapter(self) -> str:
        """The chapter in view; '' for all of them.

        Raises:
            BadInput: there is no such chapter.
        """
        if self.choice.chapter and self.choice.chapter not in chapters(self):
            raise BadInput(NO_CHAPTER)
        return self.choice.chapter


NO_INDICATOR = "Van dit cijfer is er voor deze soort regio’s niets om te vergelijken. Kies een ander cijfer."
NO_PERIOD = "Van deze periode zijn er geen cijfers. Kies een andere periode."
NO_BREAKDOWN = "Deze uitsplitsing heeft dit cijfer niet. Kies een andere uitsplitsing."
NO_PEERS = "Deze groep bestaat niet uit regio’s zoals de uwe. Kies hier een andere groep."
NO_CHAPTER = "Dit hoofdstuk is er niet. Kies een ander hoofdstuk."


class Cell(NamedTuple):
    """One figure in view."""

    indicator: Indicator
    period: str
    breakdown: str


def cell_of(stage: Stage) -> Cell | None:
    """The figure that the choices point at; None where this kind of region has none at all."""
    indicator = stage.indicator
    if indicator is None:
        return None
    return Cell(indicator, stage.period(indicator), stage.breakdown(indicator))


def section_of(stage: Stage, cell: Cell) -> CrossSection:
    """The figure in view for all regions of the kind."""
    return stage.desk.figure(stage.edition, stage.region.kind, cell.indicator.id, cell.period, cell.breakdown)


def map_group(stage: Stage, cell: Cell) -> Group:
    """The regions of the kind that exist now, with their figures, for a map."""
    section, places = section_of(stage, cell), stage.desk.atlas(stage.edition).places
    return Group(
        region=stage.region,
        indicator=cell.indicator,
        period=cell.period,
        kind=stage.region.kind,
        names={code: places.names[code] for code in places.of_kind(stage.region.kind)},
        figures=section.figures,
        country=section.country,
        open_codes=stage.open_codes,
    )


def chapters(stage: Stage) -> list[str]:
    """The chapters with figures for the region's kind, in order."""
    return list(dict.fromkeys(each.chapter for each in stage.indicators()))


def options(stage: Stage, look: Look) -> dict[Pick, Options]:
    """The options of every choice of a view."""
    indicator = stage.indicator
    made = {
        Pick.GROUP: lambda: group_options(stage, look),
        Pick.CHAPTER: lambda: [(EVERYTHING, ALL_CHAPTERS), *((each, each) for each in chapters(stage))],
        Pick.INDICATOR: lambda: [(each.id, each.short_label) for each in stage.indicators()],
        Pick.PERIOD: lambda: period_options(stage, indicator),
        Pick.BREAKDOWN: lambda: breakdown_options(indicator),
        Pick.FIRST: lambda: beside_options(stage, look, is_first=True),
        Pick.SECOND: lambda: beside_options(stage, look),
        Pick.THIRD: lambda: beside_options(stage, look),
        Pick.WEIGHTS: list,
    }
    return {pick: make() for pick, make in made.items()}


def group_options(stage: Stage, look: Look) -> Options:
    """The groups; of another kind of region only where regions stand side by side."""
    is_mixed = look is Look.TABLE
    found = [each for each in stage.groups if is_mixed or each.kind is stage.region.kind]
    return [(str(each.key), _group_label(each)) for each in found if each.key.kind is not GroupKind.PAST]


def _group_label(group: PeerGroup) -> str:
    if not group.is_pool or group.key.kind is GroupKind.SIMILAR:
        return group.label
    return f"{group.label} ({len(group.codes)})"


def period_options(stage: Stage, indicator: Indicator | None) -> Options:
    """The last one first, under a name of its own, and again as a period that a link can hold on to."""
    if indicator is None:
        return [(LATEST, "Laatste")]
    there = stage.desk.periods(stage.edition, indicator.id, stage.region.kind)
    named = [(period, period_label(period, indicator)) for period in there]
    return [(LATEST, f"Laatste ({named[0][1]})"), *named] if named else [(LATEST, "Laatste")]


def breakdown_options(indicator: Indicator | None) -> Options:
    """The total and every category."""
    parts = [
        (category.code, f"{breakdown.label}: {category.label.lower()}")
        for breakdown in (indicator.breakdowns if indicator else ())
        for category in breakdown.categories
    ]
    return [(TOTAL, "Totaal"), *parts]


def beside_options(stage: Stage, look: Look, *, is_first: bool = False) -> Options:
    """Groups and regions to set beside the own one; the country first, or nobody for a second and third."""
    atlas = stage.desk.atlas(stage.edition)
    groups = [each for each in stage.groups if each.kind is stage.region.kind]
    if look is not Look.CLAIM:
        groups = [each for each in groups if each.key.kind is not GroupKind.PAST]
    regions = [] if stage.region.kind not in KINDS else atlas.places.of_kind(stage.region.kind)
    named = sorted((atlas.places.names[code], code) for code in regions if code != stage.region.code)
    every = [*((str(each.key), each.label) for each in groups), *((code, name) for name, code in named)]
    if look is not Look.CLAIM:
        every.insert(1 if is_first else 0, (NOBODY, "Niemand"))
    return every


def beside_of(stage: Stage, text: str, *, outcome: str = "") -> PeerGroup | str:
    """A group or the code of another region of the kind.

    Raises:
        BadInput: neither, or the own region, or a group of another kind of regions.
    """
    if not is_code(text):
        found = stage.group(text, outcome=outcome)
        if found.kind is not stage.region.kind:
            raise BadInput(NO_PEERS)
        return found
    if text == stage.region.code:
        raise BadInput(OWN_ITSELF)
    if text not in stage.desk.atlas(stage.edition).places.of_kind(stage.region.kind):
        raise BadInput(UNKNOWN)
    return text


OWN_ITSELF = "Dit is uw eigen regio. Kies een andere regio of een groep om mee te vergelijken."
