"""What an attacker may not come to know, and whether he does."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.disclosure import Asked, Count, Disclosed, Share, Shown, disclose
from tests.attack.attacker import Attacker
from tests.attack.worlds import World

MOST_HIDDEN = 4
LEAST = 1e-4
"""How far the solver may be off."""


@dataclass(frozen=True)
class Narrowing:
    """Something that is known more closely than the rules allow."""

    list_name: str
    question: str
    part: str
    what: str
    low: float
    high: float


@dataclass(frozen=True)
class Attack:
    """What came of attacking one list."""

    narrowings: Sequence[Narrowing]
    hidden: int
    shown: int


def attack(world: World) -> Attack:
    """Disclose a list by the rules, and attack it."""
    return attack_shown(world, disclose(world.asked, world.respondents, world.sizes))


def attack_shown(world: World, shown: Disclosed) -> Attack:
    """Attack what is shown of a list."""
    insider = Attacker(world, shown)
    before = Attacker(world, shown, knows_results=False)
    found: list[Narrowing] = []
    hidden = 0
    for asked in world.asked:
        for part in _attacked(world, asked, shown):
            cell = shown.parts.get(asked.key, {}).get(part)
            if any(part in shown.parts.get(key, {}) for key in asked.items):
                continue  # what a theme is there, follows from its questions
            if cell is None or cell.mean is None:
                hidden += 1
                found += _means(world, asked, part, insider, shown)
            if cell is None:
                found += _numbers(world, asked, part, insider, before, shown)
    return Attack(found, hidden, sum(map(len, shown.parts.values())))


def _attacked(world: World, asked: Asked, shown: Disclosed) -> list[str]:
    """Every part; where a question is not broken down at all, the smallest four: they have least room."""
    parts = sorted(world.respondents, key=lambda part: (asked.parts[part].n, part))
    return parts if shown.parts.get(asked.key) or len(parts) < 2 else parts[:4]


def _numbers(
    world: World, asked: Asked, part: str, insider: Attacker, before: Attacker, shown: Disclosed
) -> list[Narrowing]:
    """A small number stays 0 to 4, another five wide, as far as the monitor leaves that."""
    number = asked.parts[part].n
    is_open_elsewhere = any(part in parts for parts in shown.parts.values())
    is_small = number < 5 and (world.respondents[part] < 5 or is_open_elsewhere)
    if is_open_elsewhere and not is_small:
        return []  # its number of answers stands at other questions
    row = insider.n(asked.key, [part])
    if not is_small and insider.bound(row, -1) - number >= 5 - LEAST:
        return []  # the number itself is possible, and so is five more
    low, high = insider.bounds(row)
    if (low <= LEAST and high >= 4 - LEAST) if is_small else high - low >= 5 - LEAST:
        return []
    least, most = before.bounds(before.respondents(part))
    if is_small:
        is_kept = low <= (least if least <= 4 else 0) + LEAST and high >= min(4, most) - LEAST
    else:
        is_kept = high - low >= min(5, most - least) - LEAST
    return [] if is_kept else [Narrowing(world.name, asked.key, part, "aantal", low, high)]


def _means(world: World, asked: Asked, part: str, insider: Attacker, shown: Disclosed) -> list[Narrowing]:
    """A mean keeps a point of room; that of five or more answers, as far as the whole leaves it that."""
    number = asked.parts[part].n
    if number == 0:
        return []
    mean = asked.parts[part].total / number
    side = 1 if mean > 3 else -1  # where there is more room
    if abs(insider.mean_bound(asked.key, part, side) - mean) >= 1 - LEAST:
        return []  # the mean itself is possible, and so is one a point away
    low, high = insider.mean_bounds(asked.key, part)
    if high - low >= 1 - LEAST:
        return []
    if number > MOST_HIDDEN:
        alone = Attacker(world, _without_values(world, shown)).mean_bounds(asked.key, part)
        if high - low >= alone[1] - alone[0] - LEAST:
            return []
    return [Narrowing(world.name, asked.key, part, "gemiddelde", low, high)]


def _without_values(world: World, shown: Disclosed) -> Disclosed:
    """The wholes as they are shown, and of every part that is shown the exact number of answers alone."""
    numbers = {asked.key: {part: cell.n for part, cell in asked.parts.items()} for asked in world.asked}
    parts = {
        key: {part: _number_alone(numbers[key][part]) for part in cells} for key, cells in shown.parts.items()
    }
    return Disclosed(shown.respondents, shown.wholes, parts)


def _number_alone(number: int) -> Shown:
    return Shown(Count(number, number), None, Share(0, 100))
