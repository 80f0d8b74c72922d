"""A region beside a benchmark: one figure, or all figures of a chapter: pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.comparison_groups import GroupKind, PeerGroup
from app.cross_sections import CrossSection
from app.group_values import GROUP, GroupValue, group_value
from app.indicators import Figure, Indicator
from app.regions import COUNTRY
from app.verdicts import Step, Verdict, verdict


@dataclass(frozen=True)
class Benchmark:
    """What a figure is held against: a figure, the group it came from, and which of its values it is.

    `group` is None for the country, another region and the own past. `is_mean` where the group has no common
    value, so that its plain mean stands there.
    """

    figure: Figure | None
    group: GroupValue | None = None
    is_mean: bool = False


@dataclass(frozen=True)
class Judged:
    """One figure of a region beside a benchmark, among all regions of its kind."""

    section: CrossSection
    own: Figure | None
    benchmark: Benchmark
    verdict: Verdict | None

    @property
    def indicator(self) -> Indicator:
        """The indicator of the figure."""
        return self.section.indicator


def benchmark_of(section: CrossSection, group: PeerGroup, *, own: str = "") -> Benchmark:
    """The benchmark that a group gives in one cross-section; the country's figure for the country.

    A total that grows with the region has no benchmark in a group, and the own past is no part of a
    cross-section: both are without a figure.

    Args:
        own: the region that is held against it, which stays out of the group whatever its codes say.
    """
    if group.key.kind is GroupKind.COUNTRY:
        return Benchmark(section.country)
    if group.key.kind is GroupKind.PAST:
        return Benchmark(None)
    found = group_value(section.figures, group.codes, section.indicator, own=own)
    if section.indicator.is_counted_total:
        return Benchmark(None, found)
    if found.pooled is not None:
        return Benchmark(found.pooled, found)
    return Benchmark(found.average, found, is_mean=True)


def judge(section: CrossSection, region: str, benchmark: Benchmark) -> Judged:
    """The figure of a region beside a benchmark, striking where it lies outside the widened funnel.

    Striking goes with 'duidelijk' beside the country or a group only, and only on the side where the funnel
    has it: "vergelijkbaar, opvallend" would contradict itself.
    """
    own = section.figures.get(region)
    found = verdict(own, benchmark.figure, section.indicator)
    is_pool = benchmark.figure is not None and benchmark.figure.region in (COUNTRY, GROUP)
    if found is not None and is_pool and found.step is Step.CLEARLY:
        found = replace(found, is_striking=section.striking_side(region) == found.side)
    return Judged(section, own, benchmark, found)


def profile(sections: Iterable[CrossSection], region: str, group: PeerGroup) -> list[Judged]:
    """Every figure that can be compared beside the group's; counted totals are left out."""
    return [
        judge(section, region, benchmark_of(section, group, own=region))
        for section in sections
        if not section.indicator.is_counted_total and section.indicator.unit.has_differences
    ]


MOST_STRIKING = 3


def striking(rows: Iterable[Judged]) -> list[Judged]:
    """At most three striking figures, first those that differ most as a part of the benchmark."""
    found = [row for row in rows if row.verdict is not None and row.verdict.is_striking]
    return sorted(found, key=lambda row: (-_relative(row), row.indicator.id))[:MOST_STRIKING]


def _relative(row: Judged) -> float:
    middle = row.benchmark.figure.middle if row.benchmark.figure else None
    return abs(row.verdict.gap.value) / middle if row.verdict and middle else 0.0
