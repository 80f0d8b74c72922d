"""The value of a group of regions: the plain mean, and numerators and denominators together: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.indicators import Aggregation, CellStatus, Figure, Indicator, PeriodStatus
from app.regions import NATIONAL_SWVS, RegionKind, kind_of


@dataclass(frozen=True, slots=True)
class GroupValue:
    """The value of a group of regions of one kind: the plain mean, and ΣX/ΣN as a figure of its own.

    `contributing` of `size` regions have a value. `pooled` is None where numbers may not be added.
    """

    mean: tuple[float, float] | None
    pooled: Figure | None
    contributing: int
    size: int


GROUP = "groep"
"""What stands for a region code in the figure of a group."""


def group_value(figures: Mapping[str, Figure], codes: Iterable[str], indicator: Indicator) -> GroupValue:
    """The value of the regions `codes`, each counted once; the hidden and missing ones contribute nothing.

    Example: 10 of 100, 30 of 100 and one that is hidden → mean 20.0, together 40 of 200 = 20.0%, 2 of 3.
    """
    wanted = list(dict.fromkeys(code for code in codes if code not in NATIONAL_SWVS))
    present = [figures[code] for code in wanted if code in figures and _contributes(figures[code])]
    ends = [
        (low, high) for low, high in (each.ends for each in present) if low is not None and high is not None
    ]
    mean = (
        (sum(low for low, _ in ends) / len(ends), sum(high for _, high in ends) / len(ends)) if ends else None
    )
    return GroupValue(mean, _pooled(present, indicator), len(ends), len(wanted))


def _contributes(figure: Figure) -> bool:
    return figure.status in (CellStatus.PRESENT, CellStatus.PARTLY_HIDDEN) and None not in figure.ends


def _pooled(figures: Sequence[Figure], indicator: Indicator) -> Figure | None:
    """The sum of numerators and denominators; None where a number lacks, or sums are forbidden."""
    counts = [_counts(each) for each in figures if each.value is None and None not in each[3:7]]
    if not figures or len(counts) < len(figures) or not _may_pool(figures, indicator):
        return None
    sums = [sum(column) for column in zip(*counts, strict=True)]
    is_partly = any(each.status is CellStatus.PARTLY_HIDDEN for each in figures)
    return figures[0]._replace(
        region=GROUP,
        numerator_low=sums[0],
        numerator_high=sums[1],
        denominator_low=sums[2],
        denominator_high=sums[3],
        status=CellStatus.PARTLY_HIDDEN if is_partly else CellStatus.PRESENT,
        period_status=max((each.period_status for each in figures), key=_how_provisional),
        estimated=max(each.estimated for each in figures),
        indirect=max(each.indirect for each in figures),
        converted=any(each.converted for each in figures),
    )


def _counts(figure: Figure) -> tuple[float, ...]:
    return tuple(each or 0.0 for each in (figure.numerator_low, figure.numerator_high, *_wholes(figure)))


def _wholes(figure: Figure) -> tuple[float | None, float | None]:
    return figure.denominator_low, figure.denominator_high


def _may_pool(figures: Sequence[Figure], indicator: Indicator) -> bool:
    if indicator.aggregation is Aggregation.COUNTED_TWICE:
        return all(kind_of(each.region) is RegionKind.GEMEENTE for each in figures) or len(figures) == 1
    return bool(indicator.denominator) and indicator.aggregation is Aggregation.SUM


def _how_provisional(status: PeriodStatus) -> int:
    return list(PeriodStatus).index(status)
