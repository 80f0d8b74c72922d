"""How much a response says, and how its counts may be told: pure.

Counts of answers are told exactly from twenty on, as a class below that and as 'minder dan 5' below five,
zero included. What is computed from a count is computed from its class, so that nothing tells more than it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from math import floor, sqrt
from typing import NamedTuple

from app.disclosure import Heard, Measure, open_by_numbers
from app.disclosure.cells import EXACT_FROM, MIN_PARTS, MIN_SHOWN, MIN_TEXTS, Count, count_of
from app.wording import class_words, listing, number

GOOD, INDICATIVE = 7.5, 15.0
"""The largest margins, in percentage points."""

STEPS = (
    (MIN_SHOWN, "gemiddelden en percentages"),
    (MIN_TEXTS, "open antwoorden, na controle"),
    (MIN_PARTS, f"verdelingen in delen van ten minste {MIN_SHOWN} mensen"),
)
"""From how many answers on what can be shown."""

ALIKE = "Lijken de antwoorden veel op elkaar, dan tonen wij soms minder."
"""What the numbers alone cannot tell."""


class Verdict(StrEnum):
    """How reliable the answers of a group are."""

    GOOD = "goed"
    INDICATIVE = "indicatief"
    TOO_FEW = "te weinig"
    UNKNOWN = "onbekend"


class Part(NamedTuple):
    """How many of a gemeente answered a list, and how many could where that is known."""

    code: str
    name: str
    sent: int
    size: int | None = None


def broad_class_of(count: int) -> Count:
    """Like `count_of`, but in tens from twenty on: of the parts of a total that is told exactly."""
    return count_of(count) if count < EXACT_FROM else Count(count // 10 * 10, count // 10 * 10 + 9)


def classes_of_parts(counts: Sequence[int]) -> list[Count]:
    """The classes of the parts of a total, so broad that no part below five follows from the others.

    45 and 3 of 48 are told as 40–49 and 0–4. Of 40 and 1 of 41, with 40–49 the 1 would be known to be at most
    1: told as 30–49. Of 19 and 2 of 21, with 10–19 the 2 would be at least 2: told as 10–29.
    """
    whole, found = count_of(sum(counts)), [broad_class_of(count) for count in counts]
    if all(each.high < MIN_SHOWN for each in found):
        is_full = any(room.low > 0 for room in _rooms(whole, found, range(len(found))))
        return [Count(0, 9)] * len(found) if is_full else found
    largest = max(range(len(found)), key=lambda place: counts[place])
    small = [place for place, each in enumerate(found) if each.high < MIN_SHOWN]
    while narrow := [
        room for room in _rooms(whole, found, small) if room.low > 0 or room.high < MIN_SHOWN - 1
    ]:
        low, high = found[largest]
        is_capped = any(room.high < MIN_SHOWN - 1 for room in narrow)
        found[largest] = Count(_lower(low), high) if is_capped else Count(low, high + 10)
    return found


def _rooms(whole: Count, parts: Sequence[Count], places: Iterable[int]) -> Iterator[Count]:
    """What the total and the other parts leave for each of some parts."""
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    for place in places:
        part = parts[place]
        yield Count(whole.low - high + part.high, whole.high - low + part.low)


def _lower(low: int) -> int:
    return low - 10 if low > 10 else MIN_SHOWN if low > MIN_SHOWN else 0


def left_of(invited: int, *gone: Count) -> Count:
    """How many of those who were invited are left when others are taken off: no narrower than their classes.

    40 invited, 10 to 19 sent, fewer than five declined: 17 to 30. The number itself would tell the others'.
    """
    low = invited - sum(each.high for each in gone)
    return Count(max(low, 0), max(invited - sum(each.low for each in gone), 0))


def margin(n: int, size: int) -> float:
    """Half the width of the 95% interval of a share of one half, in percentage points.

    `1,96·√(p(1−p)/n · (N−n)/(N−1))` with p = 0,5: 64 of 100 → 98·√(36 / (64·99)) = 7,39. Everybody: 0.

    Args:
        n: how many answered, at least 1.
        size: how many could, at least n.
    """
    return 0.0 if n >= size else 98 * sqrt((size - n) / (n * (size - 1)))


def needed(size: int) -> int:
    """The smallest number of answers with a margin of at most 7,5 points: 64 of 100, 18 of 20.

    From 98²·(N−n) ≤ 7,5²·n·(N−1), times four so that all is whole.
    """
    return -(-38416 * size // (225 * (size - 1) + 38416))


def verdict(found: Count, size: int | None) -> Verdict:
    """How reliable a group is, judged on the fewest answers of its class."""
    if size is None or size < found.low:
        return Verdict.UNKNOWN
    if found.low == 0:
        return Verdict.TOO_FEW
    points = margin(found.low, size)
    if points <= GOOD:
        return Verdict.GOOD
    return Verdict.INDICATIVE if points <= INDICATIVE else Verdict.TOO_FEW


def margin_words(found: Count, size: int | None) -> str:
    """The expected margin in words, the largest one where the count is a class; '' where there is none."""
    if size is None or found.low == 0 or size < found.low:
        return ""
    points = number(margin(found.low, size), 1)
    at_most = "" if found.is_exact else "hoogstens "
    return f"een percentage kan {at_most}{points} procentpunt hoger of lager zijn"


def rate_words(found: Count, size: int | None) -> str:
    """The response in percent of those who could: `52%`, `25% tot 45%`; '' without a size."""
    if size is None or size < found.low:
        return ""
    low, high = (floor(100 * min(part, size) / size + 0.5) for part in found)
    if found.is_exact or low == high:
        return f"{low}%"
    return f"{low}% tot {high}%" if found.low else f"hoogstens {high}%"


def shortfall_words(found: Count, size: int | None, names: str) -> str:
    """`Nog 12 intern begeleiders voor een betrouwbaar beeld.`, with bounds where the count is a class.

    Args:
        names: what the people are called, plural.
    """
    if size is None:
        return f"Vul in hoeveel {names} er zijn. Dan ziet u hoeveel antwoorden nodig zijn."
    goal = needed(size)
    least, most = max(goal - found.high, 0), goal - found.low
    if most <= 0:
        return "Genoeg antwoorden voor een betrouwbaar beeld."
    if found.low == 0:
        return f"Voor een betrouwbaar beeld zijn {goal} van de {size} {names} nodig."
    if least == 0:
        return f"Nog hoogstens {most} {names} voor een betrouwbaar beeld."
    return f"Nog {class_words((least, most))} {names} voor een betrouwbaar beeld."


def step_words(found: Count, size: int | None) -> list[str]:
    """What a number of answers opens, and what is needed for the rest: one sentence per threshold."""
    sentences = []
    for least, what in STEPS:
        if found.low >= least:
            sentences.append(f"Genoeg voor {what} (vanaf {least} antwoorden).")
        elif size is not None and size < least:
            sentences.append(f"Nooit genoeg voor {what}: daarvoor zijn {least} antwoorden nodig.")
        elif found.high < least:
            sentences.append(f"Nog niet genoeg voor {what}: daarvoor zijn {least} antwoorden nodig.")
        else:
            sentences.append(f"Misschien genoeg voor {what}: daarvoor zijn {least} antwoorden nodig.")
    return sentences


def hidden_parts(parts: Sequence[Part], measures: Collection[Measure]) -> list[Part]:
    """The parts that would stay hidden if the round closed now, whatever was answered.

    The rules of disclosure themselves decide, on the numbers alone: what people answered is read only at the
    closing, and can hide more.

    Args:
        measures: the scales on which the list asks; without any nothing is told per part.
    """
    numbers, sizes = {part.code: part.sent for part in parts}, {part.code: part.size for part in parts}
    found = open_by_numbers(Heard(numbers, sizes), measures)
    return [part for part in parts if part.code not in found]


def hidden_words(parts: Sequence[Part], measures: Collection[Measure]) -> str:
    """Which parts would stay hidden, in one sentence; '' for none, or where there is only one part."""
    if len(parts) < 2:
        return ""
    hidden = sorted(part.name for part in hidden_parts(parts, measures))
    if not hidden:
        return f"De aantallen zijn nu groot genoeg om elke gemeente apart te tonen. {ALIKE}"
    if len(hidden) == len(parts):
        return "Nu zou geen enkele gemeente een eigen uitkomst krijgen."
    would = "zou" if len(hidden) == 1 else "zouden"
    return f"Nu {would} geen eigen uitkomst krijgen: {listing(hidden)}. {ALIKE}"


def sizes_together(sizes: Sequence[int | None]) -> int | None:
    """The sum of sizes; None if one of them is not known, or there are none."""
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None
