"""Where a region stands among the regions of its kind: ranks, position bar, share of the country. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, inf, isinf

from app.indicators import CellStatus, Direction, Figure, Indicator
from app.regions import NATIONAL_SWVS

MIN_REGIONS = 10
"""Below this number of regions with a value there is no position bar."""

TAIL = 0.05
MIN_TAIL = 2

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among `count` regions; `best` and `worst` differ where hidden numbers leave it open."""

    best: int
    worst: int
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How the regions of a kind lie: the ends of the position bar and the quartiles between them."""

    low: float
    lower_quartile: float
    upper_quartile: float
    high: float
    count: int

    def place(self, value: float) -> float:
        """Where a value falls on the bar, from 0 (left end) to 1; what lies beyond an end stands at it."""
        if self.high == self.low:
            return 0.5
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def comparable(figures: Iterable[Figure]) -> dict[str, Bounds]:
    """region → bounds of what may be ranked: with a number, not hidden, of a region with an area.

    A figure of which only the least is known (`minimaal 420`) runs to infinity: it may be the highest.
    """
    ranked = (figure for figure in figures if figure.region not in NATIONAL_SWVS)
    return {figure.region: pair for figure in ranked if (pair := rankable(figure)) is not None}


def rankable(figure: Figure) -> Bounds | None:
    """The bounds of a figure among others, infinite where nothing bounds it from above."""
    if figure.status is CellStatus.AT_LEAST and figure.low is not None and figure.high is None:
        return figure.low, inf
    return derivable(figure)


def ranks(bounds: Mapping[str, Bounds], direction: Direction = Direction.NEUTRAL) -> dict[str, Rank]:
    """The place of every region: 1 is the highest value, or the best one for an indicator with a direction.

    Ties share a place: 9, 8, 8, 5 → 1, 2, 2, 4. A region known only as 7 to 9 among 9, 8 and 5 has place 1
    to 3: at best it shares the 9, at worst 9 and 8 are above it.
    """
    sign = -1 if direction is Direction.LOWER else 1
    turned = {code: (min(sign * a, sign * b), max(sign * a, sign * b)) for code, (a, b) in bounds.items()}
    lows = sorted(low for low, _ in turned.values())
    highs = sorted(high for _, high in turned.values())
    return {code: _rank(low, high, lows, highs) for code, (low, high) in turned.items()}


def _rank(low: float, high: float, lows: list[float], highs: list[float]) -> Rank:
    count = len(lows)
    surely_higher = count - bisect_right(lows, high)
    perhaps_higher = count - bisect_right(highs, low) - (1 if high > low else 0)
    return Rank(1 + surely_higher, 1 + perhaps_higher, count)


def spread(bounds: Iterable[Bounds]) -> Spread | None:
    """The position bar of METHODS: from the mean of the lowest 5% of regions to that of the highest 5%.

    The 5% is rounded up and at least two: 76 regions → 4 at each end. None below ten regions. Bounded figures
    take part with the middle of their bounds, figures without an upper bound not at all.
    """
    values = sorted((low + high) / 2 for low, high in bounds if not isinf(high))
    if len(values) < MIN_REGIONS:
        return None
    tail = max(MIN_TAIL, ceil(TAIL * len(values)))
    return Spread(
        low=sum(values[:tail]) / tail,
        lower_quartile=quantile(values, 0.25),
        upper_quartile=quantile(values, 0.75),
        high=sum(values[-tail:]) / tail,
        count=len(values),
    )


def quantile(values: list[float], part: float) -> float:
    """A quantile of sorted values by linear interpolation: the 0.25 of 1, 2, 3, 4 is 1.75."""
    place = part * (len(values) - 1)
    left = int(place)
    right = min(left + 1, len(values) - 1)
    return values[left] + (place - left) * (values[right] - values[left])


def count_below(value: Bounds, others: Iterable[Bounds]) -> int:
    """How many regions surely have a lower value."""
    return bisect_left(sorted(high for _, high in others), value[0])


def derivable(figure: Figure | None) -> Bounds | None:
    """The bounds from which a difference, share, change or rank may be made: never of a hidden figure."""
    return None if figure is not None and figure.status is CellStatus.HIDDEN else bounds_of(figure)


def difference(own: Figure | None, other: Figure | None, decimals: int | None = None) -> Bounds | None:
    """own − other, as bounds: 2.0 against 2.2–2.3 → −0.3 to −0.2. None if either is not bounded.

    Args:
        decimals: round both before, so that a page's numbers agree: 29.24 and 28.16 stand there as 29.2 and
            28.2, which differ by 1.0.
    """
    a, b = derivable(own), derivable(other)
    if a is None or b is None:
        return None
    if decimals is not None:
        a, b = _rounded(a, decimals), _rounded(b, decimals)
    return a[0] - b[1], a[1] - b[0]


def _rounded(pair: Bounds, decimals: int) -> Bounds:
    low = round(pair[0], decimals)
    return low, low if pair[0] == pair[1] else round(pair[1], decimals)


def share_of(own: Figure | None, country: Figure | None) -> Bounds | None:
    """own as a part of the country in percent, as bounds: 20 of 400–500 → 4.0 to 5.0."""
    a, b = derivable(own), derivable(country)
    return None if a is None or b is None or b[0] <= 0 else (100 * a[0] / b[1], 100 * a[1] / b[0])


def index(figure: Figure, base: Figure) -> Bounds | None:
    """A figure with that of the base as 100: 90 against 120 → 75. None unless `can_be_base(base)`."""
    bounds = derivable(figure)
    if bounds is None or not can_be_base(base):
        return None
    start = base.low or 0.0
    return 100 * bounds[0] / start, 100 * bounds[1] / start


def can_be_base(figure: Figure) -> bool:
    """Whether a figure is known exactly, not hidden and above 0, so that others can be parts of it."""
    bounds = derivable(figure)
    return bounds is not None and bounds[0] == bounds[1] > 0


def comparable_series(series: list[Figure], indicator: Indicator, until: str | None = None) -> list[Figure]:
    """The figures of a series since its last break, up to `until`."""
    if not indicator.series_breaks and not until:
        return series
    last = until or (series[-1].period if series else "")
    start = max((cut.period for cut in indicator.series_breaks if cut.period <= last), default="")
    return [figure for figure in series if start <= figure.period <= last]


def bounds_of(figure: Figure | None) -> Bounds | None:
    """What a figure can be, from low to high; None where either side is open.

    A percentage of a hidden number is hidden with it (METHODS, small numbers).
    """
    if figure is None:
        return None
    low, high = figure.ends
    if low is None or high is None:
        return None
    is_hidden_part = figure.status is CellStatus.HIDDEN and figure.denominator_low is not None
    return None if is_hidden_part else (low, high)
