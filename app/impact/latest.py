"""What people see first of an indicator, then and now: movers, and regions that come or go: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.benchmarks import Bounds, derivable, difference
from app.indicators import Figure, Indicator
from app.regions import COUNTRY


@dataclass(frozen=True, slots=True)
class Latest:
    """What people see first of one indicator: the latest period of then and of now, by region code."""

    indicator: Indicator
    period_then: str | None
    period_now: str | None
    then: Mapping[str, Figure] = field(repr=False)
    now: Mapping[str, Figure] = field(repr=False)


def region_changes(latest: Latest) -> tuple[list[str], list[str]]:
    """(codes with a row now and none then, the other way round), only where both have a period."""
    if latest.period_then is None or latest.period_now is None:
        return [], []
    return sorted(latest.now.keys() - latest.then.keys()), sorted(latest.then.keys() - latest.now.keys())


@dataclass(frozen=True, slots=True)
class Mover:
    """One figure that moved, both known."""

    indicator: Indicator
    then: Figure
    now: Figure

    @property
    def region(self) -> str:
        """The code of its region."""
        return self.now.region

    @property
    def gap(self) -> Bounds:
        """now − then, as the page rounds them; zero where either is open."""
        return difference(self.now, self.then, self.indicator.decimals) or (0.0, 0.0)

    @property
    def relative(self) -> float | None:
        """The change in percent of what it was; None from zero: 40 → 50 is 25.0."""
        before, after = self.then.middle, self.now.middle
        return None if not before or after is None else 100 * (after - before) / before

    @property
    def weight(self) -> float:
        """How remarkable the change is: its square by the chance in the numbers themselves.

        Counts d² / (then + now + 1): 40 → 50 is 100 / 91 = 1.099. Parts of a whole
        d² / (p(1 − p)(1/n₁ + 1/n₂)): 10% → 20% of 100 is 0.01 / (0.1275 · 0.02) = 3.92.
        Anything else: the relative change squared × 100.
        """
        before, after = self.then.middle or 0.0, self.now.middle or 0.0
        gap = after - before
        if self.indicator.is_counted_total:
            return gap**2 / (abs(before) + abs(after) + 1)
        wholes = self.then.denominator_low, self.now.denominator_low
        part = (before + after) / 2 / self.indicator.unit.factor
        if wholes[0] and wholes[1] and 0 < part < 1:
            chance = part * (1 - part) * (1 / wholes[0] + 1 / wholes[1])
            return (gap / self.indicator.unit.factor) ** 2 / chance
        return 100 * (gap / before) ** 2 if before else 0.0


def movers(latest: Latest) -> list[Mover]:
    """Every region whose figure is another than the one shown now, the most remarkable first."""
    pairs = ((latest.then.get(code), now) for code, now in latest.now.items() if code != COUNTRY)
    found = [
        Mover(latest.indicator, then, now) for then, now in pairs if then is not None and _differ(then, now)
    ]
    return by_weight(found)


def by_weight(found: Iterable[Mover]) -> list[Mover]:
    """The most remarkable first; equal ones by indicator and region."""
    return sorted(found, key=lambda each: (-each.weight, each.indicator.id, each.region, each.now.period))


def _differ(then: Figure, now: Figure) -> bool:
    before, after = derivable(then), derivable(now)
    return before is not None and after is not None and before != after
