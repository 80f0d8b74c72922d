"""Outcomes beside each other: other regions, the last round, another group. From shown values only. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.disclosure import Shown
from app.disclosure.cells import MIN_MARGIN, rounded
from app.statistics import Estimate, difference
from survey.results.blocks import Block, Entry, Place, may_stand
from survey.results.snapshots import Scaled


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The plain mean over outcomes of other regions, of the values that those may show."""

    mean: float
    regions: int


class Change(NamedTuple):
    """A difference of two shown means; its interval where both have a margin."""

    gap: float
    low: float | None = None
    high: float | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the difference is greater than chance alone gives."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def benchmark(key: str, own: Scaled, place: Place, blocks: Iterable[Block]) -> Benchmark | None:
    """The mean over other regions of one question or theme; None without a block that may stand for it.

    Args:
        place: whose own outcome is left out of its block.
        blocks: a question of another version than one's own does not count.
    """
    found: dict[tuple[int, str], Shown] = {}
    for number, block in enumerate(blocks):
        values = [(entry, each) for entry in block.entries if (each := _value(key, own, entry))]
        if may_stand((entry, shown.n.low) for entry, shown in values):
            found |= {(number, entry.region): shown for entry, shown in values if not place.is_own(entry)}
    means = [shown.mean or 0.0 for shown in found.values()]
    if not means:
        return None
    return Benchmark(rounded(sum(means) / len(means)), len({region for _, region in found} - {place.region}))


def _value(key: str, own: Scaled, entry: Entry) -> Shown | None:
    of = entry.snapshot.themes if own.items else entry.snapshot.scaled
    scaled = of.get(key)
    shown = scaled.whole if scaled is not None and _is_same(own, scaled) else None
    return shown if shown is not None and shown.mean is not None else None


def benchmarks(own: Mapping[str, Scaled], place: Place, blocks: Sequence[Block]) -> dict[str, Benchmark]:
    """Question or theme → its benchmark, where there is one. Own questions of regions have none."""
    found = {
        key: benchmark(key, each, place, blocks)
        for key, each in own.items()
        if not (is_own_key(key) or each.is_hard)
    }
    return {key: each for key, each in found.items() if each is not None}


def changes(now: Mapping[str, Scaled], before: Mapping[str, Scaled]) -> dict[str, Change]:
    """Question or theme → the change since the last round, where the question stayed the same."""
    found = {}
    for key, each in now.items():
        last = before.get(key)
        if last is not None and _is_same(each, last) and not is_own_key(key):
            change = change_of(each.whole, last.whole)
            if change is not None:
                found[key] = change
    return found


def change_of(now: Shown | None, before: Shown | None) -> Change | None:
    """The difference of two shown means, 3.8 and 3.5 → 0.3."""
    if now is None or before is None or now.mean is None or before.mean is None:
        return None
    gap = rounded(now.mean - before.mean)
    first, second = _estimate(now), _estimate(before)
    if first is None or second is None:
        return Change(gap)
    low, high = difference(first, second)
    return Change(gap, rounded(low), rounded(high))


def _estimate(shown: Shown) -> Estimate | None:
    if shown.mean is None or shown.n.low < MIN_MARGIN:
        return None
    if shown.is_complete:
        return Estimate(shown.mean, shown.mean, shown.mean)
    if shown.mean_margin is None:
        return None
    low, high = shown.mean_margin
    return Estimate(shown.mean, min(low, shown.mean), max(high, shown.mean))


def _is_same(one: Scaled, other: Scaled) -> bool:
    return (one.version, one.measure, one.items) == (other.version, other.measure, other.items)


def is_own_key(key: str) -> bool:
    """Whether a question was added by a region."""
    return key.startswith("X")
