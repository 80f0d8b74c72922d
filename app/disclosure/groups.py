"""When a group value of protected figures may be shown, and when it may change: pure.

A group is every region of one kind that brought the undivided figure of one indicator and period. There is
only that one group, so nobody can hold two groups against each other. What remains is time, and oneself:

- **Each of the group knows its own figure and can take it off.** So the rules hold for the group without any
  one of its regions: five regions, of which every four others remain, and twice the largest amount plus the
  second largest is at most the sum: without any one region none is above half of the rest.
- **Yesterday's value can be taken off today's.** So a value stands until a whole group of newcomers, that
  might be shown by itself, has come in; or until so many regions have changed their figure that the sum of
  the changes might be shown. A region renews its figure once, and none leaves: who could undo a change would
  let another be read from the difference. Every value that was ever shown is then a sum over the same blocks
  of five or more, and so is whatever can be computed from all of them together.

docs/adr/0014-group-values-of-own-figures.md tells why, and what it does not protect against.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isinf
from typing import NamedTuple

from app.indicators import Aggregation, CellStatus, Indicator, Unit, rate

MIN_OTHERS = 4
MIN_GROUP = MIN_OTHERS + 1
MIN_EVENTS = 10
"""Of what is counted (children, meetings), so many remain when the largest region is taken off."""

_MARGIN = 1e-9


class Counted(NamedTuple):
    """What a region brings to a group: numerator and denominator, or one value without a `whole`."""

    part: float
    whole: float | None = None


class Member(NamedTuple):
    """A region in a group that is shown: with which figure it counts, and whether that was renewed."""

    counted: Counted
    is_renewed: bool = False


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A value that may be shown, rounded to the indicator's decimals, over so many regions."""

    value: float
    contributors: int


def has_group(indicator: Indicator) -> bool:
    """Whether a mean over regions means anything: not of judgements."""
    return indicator.unit is not Unit.CATEGORY


def is_weighted(indicator: Indicator) -> bool:
    """Whether the value of a group is ΣX / ΣN; else it is the plain mean of the regions' values."""
    return bool(indicator.denominator) and indicator.aggregation is not Aggregation.FORBIDDEN


def counted(
    indicator: Indicator,
    status: CellStatus,
    *,
    numerator: float | None,
    denominator: float | None,
    value: float | None,
) -> Counted | None:
    """What a figure brings; None if it is hidden or missing, or lacks the numbers that the sum needs.

    12 tlv's of 4.000 pupils → (12, 4000); a waiting time of 23 days → (23, None); a percentage without its
    counts brings nothing to ΣX / ΣN.
    """
    if status is not CellStatus.PRESENT or not has_group(indicator):
        return None
    if is_weighted(indicator):
        return None if numerator is None or not denominator else Counted(numerator, denominator)
    if value is None and numerator is not None:
        value = rate(numerator, denominator, indicator.unit) if denominator else numerator
    return None if value is None else Counted(value)


def group_value(group: Collection[Counted], indicator: Indicator) -> GroupValue | None:
    """The value of a group; None where showing it would tell too much of one of its regions.

    12, 20, 15, 18 and 25 tlv's of 4.000 pupils each → 90 of 20.000: 4,5 per 1.000 over five regions.
    """
    if not may_be_shown(group, indicator):
        return None
    parts = sum(each.part for each in group)
    if is_weighted(indicator):
        value = rate(parts, sum(each.whole or 0.0 for each in group), indicator.unit)
    else:
        value = parts / len(group)
    return None if value is None else GroupValue(round(value, indicator.decimals), len(group))


def may_be_shown(group: Collection[Counted], indicator: Indicator) -> bool:
    """Whether the sum over a group keeps each region's figure, also from one that knows its own."""
    return all(_is_spread(amounts, at_least=least) for amounts, least in _amounts(group, indicator))


def next_group(
    members: Mapping[str, Member], current: Mapping[str, Counted], indicator: Indicator
) -> dict[str, Member] | None:
    """The members of the next value; None if the one that is shown must stand.

    Args:
        members: region → how it counts in the value that is shown; empty before the first.
        current: region → what it brings now; who withdrew everything is not in it, and stays a member.
    """
    newcomers = {code: Member(each) for code, each in current.items() if code not in members}
    renewals = {
        code: Member(each, is_renewed=True)
        for code, each in current.items()
        if code in members and not members[code].is_renewed and each != members[code].counted
    }
    after = dict(members)
    if may_be_shown([each.counted for each in newcomers.values()], indicator):
        after |= newcomers
    if _may_change([(members[code].counted, each.counted) for code, each in renewals.items()]):
        after |= renewals
    is_better = after != members and may_be_shown([each.counted for each in after.values()], indicator)
    return after if is_better else None


def _may_change(changes: Collection[tuple[Counted, Counted]]) -> bool:
    """Whether the sum of changes keeps each of them: of numerators and of denominators apart."""
    parts = [abs(new.part - old.part) for old, new in changes]
    wholes = [abs((new.whole or 0.0) - (old.whole or 0.0)) for old, new in changes]
    changed = [[amount for amount in amounts if amount] for amounts in (parts, wholes)]
    return any(changed) and all(_is_spread(amounts) for amounts in changed if amounts)


def _amounts(group: Collection[Counted], indicator: Indicator) -> Iterable[tuple[list[float], int]]:
    """The amounts of which none may dominate, each with the least that must remain without the largest.

    A sum of nothing tells that each part is nothing, and a hundred percent that each is whole: the room up to
    the limit is an amount too.
    """
    parts = [each.part for each in group]
    if is_weighted(indicator):
        wholes = [each.whole or 0.0 for each in group]
        yield parts, MIN_EVENTS
        yield wholes, 0
        if indicator.unit is Unit.PERCENT and indicator.highest <= indicator.unit.factor:
            yield [whole - part for whole, part in zip(wholes, parts, strict=True)], MIN_EVENTS
        return
    low, high = indicator.lowest, indicator.highest
    yield [abs(part) if isinf(low) else part - low for part in parts], _least_counted(indicator)
    if not isinf(high):
        yield [high - part for part in parts], 0


def _least_counted(indicator: Indicator) -> int:
    return MIN_EVENTS if indicator.unit is Unit.COUNT else 0


def _is_spread(amounts: Collection[float], *, at_least: int = 0) -> bool:
    """Whether without any one of the amounts four remain, and none of those is above half of them.

    9, 8, 7, 6, 5: 2 × 9 + 8 = 26 of 35, spread. 20, 8, 3, 2, 1: 48 of 34: without the 8, 20 is most of 26.
    """
    total, largest = sum(amounts), sorted(amounts, reverse=True)[:2]
    if len(amounts) < MIN_GROUP or total <= 0:
        return False
    is_even = 2 * largest[0] + largest[1] <= total * (1 + _MARGIN)
    return is_even and total - largest[0] >= at_least
