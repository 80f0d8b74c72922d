"""Outcomes of other regions, in blocks that come in and go out as a whole: pure.

Yesterday's value can be taken off today's, so a single newcomer, or a single one who leaves, would be known.
Therefore released lists wait until a whole block of them may be shown by itself, and a value is always one
over whole blocks. Everybody knows the rounds in which his own region takes part and can take them off: a
block has at least three regions and ten answers without those of any one region.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.disclosure.cells import MIN_OTHER_REGIONS, MIN_OTHERS_TOGETHER
from survey.results.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Entry:
    """The outcome of one list of a region, and the regions that take part in its round."""

    region: str
    members: frozenset[str]
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Place:
    """Beside which round others stand: of which region, and the regions that take part and look."""

    region: str
    members: frozenset[str]

    def is_own(self, entry: Entry) -> bool:
        """Whether an outcome is left out as one's own: all who look know it.

        Another round of the region stays in its block if somebody here took no part in it: who looks at a
        round of another region too, could read it from the difference.
        """
        return entry.region == self.region and self.members <= entry.members


@dataclass(frozen=True, slots=True)
class Block:
    """Outcomes that stand beside others together, and since when."""

    entries: Sequence[Entry]
    since: date | None = None


def may_stand(counted: Iterable[tuple[Entry, int]]) -> bool:
    """Whether outcomes may be shown together to each region of them, each with its number of answers."""
    brought = [(entry, number) for entry, number in counted if number]
    knowing = {region for entry, _ in brought for region in entry.members}
    return _is_enough(brought) and all(
        _is_enough([each for each in brought if region not in each[0].members]) for region in knowing
    )


def _is_enough(brought: Sequence[tuple[Entry, int]]) -> bool:
    regions = {entry.region for entry, _ in brought}
    together = sum(number for _, number in brought)
    return len(regions) >= MIN_OTHER_REGIONS and together >= MIN_OTHERS_TOGETHER


def latest_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Without the blocks of which every region stands in a later one, oldest first."""
    found: list[Block] = []
    later: set[str] = set()
    for block in reversed(blocks):
        regions = {entry.region for entry in block.entries}
        if not regions <= later:
            found.insert(0, block)
            later |= regions
    return found
