"""A region beside a benchmark: one figure, or all figures of a chapter: pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.comparison_groups import GroupKind, PeerGroup
from app.cross_sections import CrossSection
from app.group_values import GroupValue, group_value
from app.indicators import Figure, Indicator
from app.verdicts import Verdict, verdict


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


def benchmark_of(section: CrossSection, group: PeerGroup) -> Benchmark:
    """The benchmark that a group gives in one cross-section; the country's figure for the country."""
    if group.key.kind is GroupKind.COUNTRY:
        return Benchmark(section.country)
    found = group_value(section.figures, group.codes, section.indicator)
    if found.pooled is not None:
        return Benchmark(found.pooled, found)
    return Benchmark(_mean_figure(section, found), found, is_mean=True)


def _mean_figure(section: CrossSection, found: GroupValue) -> Figure | None:
    """The plain mean as a figure without counts, so that it has a value and no margin."""
    if found.mean is None or found.mean[0] != found.mean[1] or section.indicator.is_counted_total:
        return None
    model = next(iter(section.figures.values()))
    return Figure(
        region="groep",
        period=section.period,
        breakdown=section.breakdown,
        numerator_low=None,
        numerator_high=None,
        denominator_low=None,
        denominator_high=None,
        value=found.mean[0],
        status=model.status.PRESENT,
        period_status=model.period_status,
        unit=model.unit,
    )


def judge(section: CrossSection, region: str, benchmark: Benchmark) -> Judged:
    """The figure of a region beside a benchmark, striking where it lies outside the widened funnel."""
    own = section.figures.get(region)
    found = verdict(own, benchmark.figure, section.indicator)
    if found is not None and region in section.striking:
        found = replace(found, is_striking=True)
    return Judged(section, own, benchmark, found)


def profile(sections: Iterable[CrossSection], region: str, group: PeerGroup) -> list[Judged]:
    """Every figure that can be compared beside the group's; counted totals are left out."""
    return [
        judge(section, region, benchmark_of(section, group))
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
