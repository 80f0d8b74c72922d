"""What may be shown of a question with options: pure.

Of one choice the options are siblings: together they are everybody, so each follows from the others. As soon
as one option has few people, none stands exactly: each stands as a class of numbers of people, and few are
'0 to 5'. Where the classes begin and how wide they are depends on the number of answers and of options alone,
and is chosen such that the sum of all leaves each option at least six numbers, and an option of few people
the whole of its class. What is shown then depends on the classes and on nothing else: everything that the
classes and the sum allow, would be shown likewise, so that knowing these rules tells nothing more.

Where several options may be chosen, and with one out of two, each option is a question of yes or no of
itself: nearly nobody and nearly everybody are a band.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import NamedTuple

from app.disclosure.cells import FEW, MIN_OPTIONS, Share, exact_share

WIDTH = FEW + 1
"""How far a class reaches above its lowest number."""


class People(NamedTuple):
    """Between which numbers of people an option lies, both among them."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether the number itself stands."""
        return self.low == self.high


def show_options(counts: Mapping[str, int], n: int, *, most: int = 1) -> dict[str, Share]:
    """The share of each option among n who answered; nothing where no classes are wide enough.

    12 of 25 with 9, 3 and 1 beside it → all four in classes: two of at most 20%, two of 24% and more.

    Args:
        most: how many options one person may choose.
    """
    if n < MIN_OPTIONS or not counts:
        return {}
    numbers = list(counts.values())
    is_apart = most > 1 or len(numbers) == 2
    found = [_yes_or_no(number, n) for number in numbers] if is_apart else _classes(numbers, n)
    if not _is_roomy(found, n, n * min(most, len(numbers))):
        return {}
    return {option: _share(people, n) for option, people in zip(counts, found, strict=True)}


def _yes_or_no(number: int, n: int) -> People:
    """Of 25: 4 → 0 to 5, 22 → 20 to 25, 20 → 20."""
    if number <= FEW:
        return People(0, WIDTH)
    return People(n - WIDTH, n) if n - number <= FEW else People(number, number)


def _classes(numbers: Sequence[int], n: int) -> list[People]:
    """Each exactly if none is small. One large option beside small ones: what those leave, and no more."""
    small = sum(number <= WIDTH for number in numbers)
    large = len(numbers) - small
    if not small:
        return [People(number, number) for number in numbers]
    if not large:
        return []
    step = _step(n, small, large)
    lowest = max(WIDTH + 1, n - small * WIDTH)
    return [
        People(0, WIDTH) if number <= WIDTH
        else People(lowest, n) if large == 1
        else _class_of(number, step)
        for number in numbers
    ]  # fmt: skip


def _class_of(number: int, step: int) -> People:
    low = WIDTH + 1 + (number - WIDTH - 1) // step * step
    return People(low, low + step - 1)


def _step(n: int, small: int, large: int) -> int:
    """How many numbers a class of a large option holds: the fewest that leave room whatever the answers.

    The lowest numbers of all classes together are below n by a remainder; it must be at least the width of a
    class of few, and so must what the highest numbers together are above n. Both are known but for a multiple
    of the step.
    """
    first = WIDTH + 1
    for step in range(first, n + 1):
        below = (n - large * first) % step
        above = (small * WIDTH + large * (step - 1) - below) % step
        if min(below, above) >= WIDTH:
            return step
    return max(first, n)


def _is_roomy(found: Sequence[People], least: int, most: int) -> bool:
    """Whether every class keeps its room under a sum between two numbers."""
    lows, highs = sum(each.low for each in found), sum(each.high for each in found)
    return bool(found) and all(
        each.is_exact
        or min(each.high, most - (lows - each.low)) - max(each.low, least - (highs - each.high)) >= WIDTH
        for each in found
    )


def _share(people: People, n: int) -> Share:
    if people.is_exact:
        return exact_share(people.low, n)
    return Share(floor(100 * people.low / n), min(100, ceil(100 * people.high / n)))
