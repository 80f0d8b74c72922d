"""Lists that end in time, and what becomes of periods and their cells: pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from app.indicators import PeriodStatus

MOST = 10
"""So many lines of a list are told; the rest is counted."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Few(Generic[Item]):
    """The first of many, and how many more there are."""

    items: tuple[Item, ...] = ()
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.items) + self.more


def few(items: Sequence[Item], most: int = MOST, *, total: int | None = None) -> Few[Item]:
    """The first `most` of them; `total` where there are more than were handed over."""
    told = tuple(items[:most])
    return Few(told, (len(items) if total is None else total) - len(told))


def merged(parts: Iterable[Few[Item]], order: Callable[[Iterable[Item]], list[Item]]) -> Few[Item]:
    """Several lists as one, of which the first are told again; each must have told its first."""
    known = list(parts)
    told = order(item for part in known for item in part.items)
    return few(told, total=sum(part.count for part in known))


class Way(StrEnum):
    """What happens to a period of an indicator."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    GONE = "vervalt"


class Cells(NamedTuple):
    """Cells of one period, every breakdown: how many, and what became of those that were there before."""

    now: int = 0
    then: int = 0
    matched: int = 0
    changed: int = 0
    opened: int = 0  # hidden before, a number now
    closed: int = 0  # a number before, hidden now

    @property
    def added(self) -> int:
        """Cells that are new."""
        return self.now - self.matched

    @property
    def gone(self) -> int:
        """Cells that are no longer there."""
        return self.then - self.matched


def sum_cells(parts: Iterable[Cells]) -> Cells:
    """The cells of several periods together."""
    return Cells(*(sum(numbers) for numbers in zip(Cells(), *parts, strict=True)))


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """One period of one indicator that would come, change or go. A status is None without a figure."""

    period: str
    way: Way
    status_then: PeriodStatus | None
    status_now: PeriodStatus | None
    cells: Cells

    @property
    def has_new_status(self) -> bool:
        """Whether the publisher calls it more or less final than before."""
        return self.way is Way.CHANGED and self.status_then is not self.status_now
