"""The value of a group of regions: the plain mean, and numerators and denominators together: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.benchmarks import Bounds, derivable
from app.indicators import Aggregation, CellStatus, Figure, Indicator, PeriodStatus
from app.regions import NATIONAL_SWVS, RegionKind, kind_of

GROUP = "groep"
"""What stands for a region code in the figure of a group."""

MIN_CONTRIBUTING = 2
"""The value of one region is no value of a group."""


@dataclass(frozen=True, slots=True)
class GroupValue:
    """The value of a group of regions of one kind: the plain mean, and ΣX/ΣN as a figure of its own.

    `contributing` of `size` regions have a value. `mean` has bounds, equal where all members are known;
    `average` is the same as a figure, without counts and so without a margin. `pooled` is None where numbers
    may not be added. All are None below two contributing regions.
    """

    mean: Bounds | None
    pooled: Figure | None
    contributing: int
    size: int
    average: Figure | None = None


def group_value(
    figures: Mapping[str, Figure], codes: Iterable[str], indicator: Indicator, *, own: str = ""
) -> GroupValue:
    """The value of the regions `codes`, each counted once; the hidden and missing ones contribute nothing.

    Example: 10 of 100, 30 of 100 and one that is hidden → mean 20.0, together 40 of 200 = 20.0%, 2 of 3.

    Args:
        figures: of one period and breakdown, by region code.
        own: a region that is held against the group, and so stays out of it.
    """
    wanted = list(dict.fromkeys(code for code in codes if code not in NATIONAL_SWVS and code != own))
    found = [(figures[code], ends) for code in wanted if (ends := _ends(figures.get(code))) is not None]
    if len(found) < MIN_CONTRIBUTING or not indicator.unit.has_differences:
        return GroupValue(None, None, len(found), len(wanted))
    members = [figure for figure, _ in found]
    mean = _mean([low for _, (low, _) in found]), _mean([high for _, (_, high) in found])
    average = _average(members, mean)
    return GroupValue(mean, _pooled(members, indicator), len(found), len(wanted), average)


def _ends(figure: Figure | None) -> Bounds | None:
    """What a figure contributes: a number that is known, or known between bounds, and not hidden."""
    is_known = figure is not None and figure.status in (CellStatus.PRESENT, CellStatus.PARTLY_HIDDEN)
    return derivable(figure) if is_known else None


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _average(members: Sequence[Figure], mean: Bounds) -> Figure:
    """The plain mean as a figure: a value, or bounds, that come from no counts."""
    low, high = mean
    is_exact = low == high
    return members[0]._replace(
        region=GROUP,
        numerator_low=None if is_exact else low,
        numerator_high=None if is_exact else high,
        denominator_low=None,
        denominator_high=None,
        value=low if is_exact else None,
        status=CellStatus.PRESENT if is_exact else CellStatus.PARTLY_HIDDEN,
        period_status=_least_final(members),
        estimated=_mean([each.estimated for each in members]),
        indirect=_mean([each.indirect for each in members]),
        converted=any(each.converted for each in members),
    )


def _pooled(members: Sequence[Figure], indicator: Indicator) -> Figure | None:
    """The sum of numerators and denominators; None where a number lacks, or sums are forbidden."""
    counts = [found for each in members if (found := _counts(each)) is not None]
    if len(counts) < len(members) or not may_pool([each.region for each in members], indicator):
        return None
    least, most, smallest, largest = (sum(column) for column in zip(*counts, strict=True))
    return members[0]._replace(
        region=GROUP,
        numerator_low=least,
        numerator_high=most,
        denominator_low=smallest,
        denominator_high=largest,
        status=CellStatus.PRESENT if (least, smallest) == (most, largest) else CellStatus.PARTLY_HIDDEN,
        period_status=_least_final(members),
        estimated=_weighed([each.estimated for each in members], counts),
        indirect=_weighed([each.indirect for each in members], counts),
        converted=any(each.converted for each in members),
    )


def _counts(figure: Figure) -> tuple[float, float, float, float] | None:
    """The four numbers behind a figure; None for a finished value, or where one of them lacks."""
    least, most, smallest, largest = figure[3:7]
    if figure.value is not None or least is None or most is None or smallest is None or largest is None:
        return None
    return least, most, smallest, largest


def may_pool(regions: Iterable[str], indicator: Indicator) -> bool:
    """Whether numbers of these regions may be added: of SWVs not what is counted whole in each of them."""
    if not indicator.denominator:
        return False
    if indicator.aggregation is Aggregation.COUNTED_TWICE:
        return all(kind_of(region) is RegionKind.GEMEENTE for region in regions)
    return indicator.aggregation is Aggregation.SUM


def _weighed(parts: Sequence[float], counts: Sequence[tuple[float, float, float, float]]) -> float:
    """Parts of 1 by the size of each member's denominator."""
    sizes = [smallest for _, _, smallest, _ in counts]
    total = sum(sizes)
    return sum(size * part for size, part in zip(sizes, parts, strict=True)) / total if total > 0 else 0.0


def _least_final(members: Sequence[Figure]) -> PeriodStatus:
    return max((each.period_status for each in members), key=list(PeriodStatus).index)
