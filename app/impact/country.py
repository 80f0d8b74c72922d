"""Regions beside the country: who would stand elsewhere, and whether the numbers add up: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from app.benchmarks import Bounds, derivable, difference
from app.impact.latest import Latest
from app.indicators import CellStatus, Figure, Indicator
from app.regions import COUNTRY, RegionKind, kind_of

SMALL, LARGE = 0.10, 0.25
"""Up to a tenth of the country's figure a difference is small, from a quarter on it is large."""


class Size(IntEnum):
    """How large a difference with the country is."""

    EQUAL = 0
    SMALL = 1
    MIDDLE = 2
    LARGE = 3


class Stand(NamedTuple):
    """Where a region stands: above (1), below (−1) or at the country, and how far from it."""

    sign: int
    size: Size


@dataclass(frozen=True, slots=True)
class Flip:
    """A region whose difference with the country changes sign or size."""

    indicator: Indicator
    region: str
    then: Stand
    now: Stand

    @property
    def turns(self) -> bool:
        """Whether it goes from above to below, or the other way."""
        return self.then.sign * self.now.sign < 0


def stand(own: Figure | None, country: Figure | None, indicator: Indicator) -> Stand | None:
    """Where a region stands beside the country; None where nothing may be said.

    2.5 beside 2.0 is 0.5, a quarter: above and large. Bounds on both sides of the country leave it open.
    """
    gap = difference(own, country, indicator.decimals)
    if gap is None or country is None or indicator.is_counted_total or not indicator.unit.has_differences:
        return None
    if gap[0] < 0 < gap[1]:
        return None
    middle, whole = (gap[0] + gap[1]) / 2, abs(country.middle or 0.0)
    if middle == 0:
        return Stand(0, Size.EQUAL)
    part = round(abs(middle) / whole, 9) if whole else LARGE  # 2.0 − 1.8 is a tenth of 2.0, and no less
    size = Size.LARGE if part >= LARGE else Size.MIDDLE if part >= SMALL else Size.SMALL
    return Stand(1 if middle > 0 else -1, size)


def flips(latest: Latest) -> list[Flip]:
    """Regions that stand elsewhere beside the country than people see now; turned ones first."""
    found = []
    for code, now in latest.now.items():
        before = stand(latest.then.get(code), latest.then.get(COUNTRY), latest.indicator)
        after = stand(now, latest.now.get(COUNTRY), latest.indicator)
        if code != COUNTRY and before is not None and after is not None and before != after:
            found.append(Flip(latest.indicator, code, before, after))
    return sort_flips(found)


def sort_flips(found: Iterable[Flip]) -> list[Flip]:
    """From above to below and back first, then by how many sizes it differs."""
    return sorted(found, key=_turn)


def _turn(each: Flip) -> tuple[bool, int, str, str]:
    return not each.turns, -abs(each.now.size - each.then.size), each.indicator.id, each.region


class Count(NamedTuple):
    """Regions of one kind in one period: with a number, hidden, without one; and the sum of the numbers."""

    known: int = 0
    hidden: int = 0
    missing: int = 0
    total: Bounds | None = None

    @property
    def regions(self) -> int:
        """How many have a row."""
        return self.known + self.hidden + self.missing


@dataclass(frozen=True, slots=True)
class CountLine:
    """The regions of one kind beside the country's row, and beside what is shown now."""

    indicator: Indicator
    kind: RegionKind
    period_then: str | None
    period_now: str | None
    then: Count
    now: Count
    country: Figure | None

    @property
    def part(self) -> float | None:
        """The sum of the regions in percent of the country's row; None where they are not added: 99.2."""
        whole = derivable(self.country)
        if self.now.total is None or whole is None or whole[0] + whole[1] <= 0:
            return None
        return 100 * sum(self.now.total) / sum(whole)


def count_lines(latest: Latest) -> list[CountLine]:
    """One line per kind of region, in the order of the kinds; the country itself has none."""
    then, now = _by_kind(latest.then), _by_kind(latest.now)
    where = latest.period_then, latest.period_now
    return [
        CountLine(
            latest.indicator,
            kind,
            *where,
            _count(then.get(kind, []), latest.indicator),
            _count(now.get(kind, []), latest.indicator),
            latest.now.get(COUNTRY),
        )
        for kind in RegionKind
        if kind is not RegionKind.COUNTRY and (kind in then or kind in now)
    ]


def _by_kind(figures: Mapping[str, Figure]) -> dict[RegionKind, list[Figure]]:
    kinds: dict[RegionKind, list[Figure]] = {}
    for code, figure in figures.items():
        kinds.setdefault(kind_of(code), []).append(figure)
    return kinds


def _count(own: Sequence[Figure], indicator: Indicator) -> Count:
    hidden = sum(figure.status is CellStatus.HIDDEN for figure in own)
    missing = sum(figure.status is not CellStatus.HIDDEN and figure.low is None for figure in own)
    total = _total(own) if indicator.is_counted_total and own else None
    return Count(len(own) - hidden - missing, hidden, missing, total)


def _total(figures: Iterable[Figure]) -> Bounds:
    """What is known of the sum: 4 and 1–4 → 5 to 8. A missing part does not count."""
    known = [figure for figure in figures if figure.low is not None]
    highest = (each.low if each.high is None else each.high for each in known)
    return sum(each.low or 0.0 for each in known), sum(high or 0.0 for high in highest)
