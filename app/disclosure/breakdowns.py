"""Which parts of a whole may stand beside it, so that no subtraction gives away the others: pure.

The parts are the gemeenten in which a list was filled in. The attacker that these rules reckon with knows
more than anybody does: of every part that is shown all answers, of the whole all answers, which of the hidden
parts have fewer than five answers, how many people were heard in all, and of each part the class that the
monitor shows. What is hidden is then known only as one pool. From it he may not learn

- of a part with at most four answers, how many there are: 0, 1, 2, 3 and 4 all stay possible;
- of another hidden part the number, closer than five apart (unless the monitor already says so);
- the mean of a hidden part, closer than one point: also if he knows how many answered in it, below twenty.
  Of five answers or more the whole alone may tell more; then nothing else does.

The same parts are hidden at every question. Otherwise the number at one question would bound that at another:
nobody has more answers than respondents. A question that cannot be broken down so, is not broken down at all.

Whatever stays possible here, stays so under weaker knowledge: rounded means, classes, bands.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import NamedTuple

from app.disclosure.cells import EXACT_FROM, MIN_SHOWN, Cell, Measure, Share, is_band, is_uniform, share_of

MOST_HIDDEN = MIN_SHOWN - 1
MIN_WIDTH = 5
MIN_MEAN_WIDTH = 1.0
MONITOR_CLASSES = ((0, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499), (500, 10**6))
"""How the response monitor tells the number of respondents of a gemeente."""

MANY = 10**6


class Interval(NamedTuple):
    """Between which whole numbers something lies."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question (or the scores of one theme) with the answers of every part; `items` only of a theme."""

    key: str
    measure: Measure
    parts: Mapping[str, Cell]
    items: tuple[str, ...] = ()

    @property
    def whole(self) -> Cell:
        """All parts together."""
        return together(self.parts.values())


def together(cells: Iterable[Cell]) -> Cell:
    """The answers of some cells as one."""
    values: dict[float, int] = {}
    cannot_say = 0
    for cell in cells:
        cannot_say += cell.cannot_say
        for value, number in cell.values.items():
            values[value] = values.get(value, 0) + number
    return Cell(values, cannot_say)


@dataclass(frozen=True, slots=True)
class Heard:
    """Who sent the list: part → how many, and how many there could be where that is known."""

    numbers: Mapping[str, int]
    sizes: Mapping[str, int | None] = field(default_factory=dict)

    def limit(self, part: str) -> int:
        """The most that everybody knows there can be. A link that went around makes a size mean nothing."""
        size = self.sizes.get(part)
        return MANY if size is None or size < self.numbers[part] else size


def open_parts(asked: Sequence[Asked], heard: Heard) -> dict[str, frozenset[str]]:
    """Question → the parts that may be shown there: all, none, or those that are open in the whole list."""
    respondents = heard.numbers
    none: dict[str, frozenset[str]] = {each.key: frozenset() for each in asked}
    if len(respondents) < 2:
        return none
    small = small_parts(asked, respondents)
    others = sorted(set(respondents) - small, key=lambda part: (respondents[part], part))
    best = none
    for number in range(len(others)):
        hidden = small | set(others[:number])
        if not _keeps_respondents(heard, hidden):
            continue
        found = {each.key: open_at(each, heard, hidden) for each in asked}
        if _cells(found) > _cells(best):
            best = found
    return best


def open_by_numbers(heard: Heard, measures: Iterable[Measure]) -> frozenset[str]:
    """The parts that may be shown if everybody answers and answers differ as far as they can.

    Answers that lie closer together can only hide more: none of the other parts is shown whatever is
    answered, as long as everybody answers.

    Args:
        measures: the scales on which the list asks.
    """
    found = [open_parts([_widest(heard, measure)], heard)[""] for measure in set(measures)]
    return max(found, key=len, default=frozenset())


def _widest(heard: Heard, measure: Measure) -> Asked:
    """A question to which, in each part, half give the lowest answer and half the highest."""
    low, high = measure.limits
    parts, odd = {}, 0
    for part, number in sorted(heard.numbers.items()):
        positive = (number + odd) // 2
        odd = (odd + number) % 2
        parts[part] = Cell({float(low): number - positive, float(high): positive})
    return Asked("", measure, parts)


def _cells(found: Mapping[str, Collection[str]]) -> int:
    return sum(map(len, found.values()))


def small_parts(asked: Iterable[Asked], respondents: Mapping[str, int]) -> set[str]:
    """Parts with fewer than five respondents, or with fewer than five answers where few others skipped.

    Who sees six respondents at one question and knows that one person in all skipped another, knows that
    there are five or six answers to it.
    """
    everybody = sum(respondents.values())
    small = {part for part, number in respondents.items() if number < MIN_SHOWN}
    for each in asked:
        skipped = everybody - sum(cell.n for cell in each.parts.values())
        small |= {
            part
            for part, number in respondents.items()
            if _answers(each, part) < MIN_SHOWN and number > skipped
        }
    return small


def _keeps_respondents(heard: Heard, hidden: Collection[str]) -> bool:
    """Whether the numbers of respondents stay as unknown as those of answers."""
    asked = Asked("", Measure.FIVE, {part: Cell({1: number}) for part, number in heard.numbers.items()})
    return _bounds(asked, heard, hidden) is not None


def open_at(asked: Asked, heard: Heard, hidden: Collection[str]) -> frozenset[str]:
    """The parts that may be shown at one question if those are hidden: the others, or none."""
    respondents = heard.numbers
    nothing: frozenset[str] = frozenset()
    shown = frozenset(respondents) - frozenset(hidden)
    whole = asked.whole
    if is_quiet(whole, asked.measure) or whole.n < MIN_SHOWN:
        return nothing
    if any(_answers(asked, part) < MIN_SHOWN <= respondents[part] for part in respondents):
        return nothing
    quiet = {part for part in shown if is_quiet(asked.parts[part], asked.measure)}
    bounds = _bounds(asked, heard, hidden)
    if bounds is None or not _keeps_means(asked, bounds, quiet) or not _keeps_shares(asked, hidden, quiet):
        return nothing
    return shown


def is_quiet(cell: Cell, measure: Measure) -> bool:
    """Whether something of a small cell stays away or stands as a band."""
    n = cell.n
    return 0 < n < EXACT_FROM and (is_uniform(cell) or is_band(share_of(cell.good(measure), n)))


def narrows(asked: Asked, pool: Cell, cells: Iterable[Cell]) -> bool:
    """Whether the answers of all leave the mean of a cell of at most four too little room.

    Of a larger one the whole may tell what it tells: 16 of 19 people are most of it.
    """
    return any(0 < cell.n < MIN_SHOWN and room(asked, pool, cell.n) < MIN_MEAN_WIDTH for cell in cells)


def _answers(asked: Asked, part: str) -> int:
    return asked.parts[part].n if part in asked.parts else 0


def _bounds(asked: Asked, heard: Heard, hidden: Collection[str]) -> dict[str, Interval] | None:
    """Hidden part → between which numbers the attacker knows it to lie; None if that is too narrow."""
    pool = sum(_answers(asked, part) for part in hidden)
    skipped = sum(heard.numbers[part] for part in hidden) - pool
    known = {part: _known(heard.numbers[part], heard.limit(part), skipped) for part in hidden}
    bounds = {part: _bounded(part, known, pool) for part in hidden}
    is_wide = all(_is_wide(bounds[part], known[part]) for part in hidden)
    return bounds if is_wide else None


def _known(number: int, limit: int, skipped: int) -> Interval:
    """What label, monitor and size tell of the answers of a part with so many respondents."""
    if number < MIN_SHOWN:
        return Interval(0, min(MOST_HIDDEN, limit))
    low, high = next(each for each in MONITOR_CLASSES if each[0] <= number <= each[1])
    return Interval(max(MIN_SHOWN, low - skipped), min(high, limit))


def _bounded(part: str, known: Mapping[str, Interval], pool: int) -> Interval:
    others = [interval for other, interval in known.items() if other != part]
    low = max(known[part].low, pool - sum(each.high for each in others))
    high = min(known[part].high, pool - sum(each.low for each in others))
    return Interval(low, high)


def _is_wide(bounds: Interval, known: Interval) -> bool:
    if known.low == 0:
        return bounds == known
    return bounds.high - bounds.low >= min(MIN_WIDTH, known.high - known.low)


def _keeps_means(asked: Asked, bounds: Mapping[str, Interval], quiet: Collection[str]) -> bool:
    """Whether the pool leaves every mean that is not shown one point of room."""
    unknown = {*bounds, *(part for part in quiet if is_uniform(asked.parts[part]))}
    cells = {part: asked.parts[part] for part in unknown if part in asked.parts}
    pool = together(cells.values())
    for part, cell in cells.items():
        least = cell.n if cell.n < EXACT_FROM else bounds[part].low
        goods = _goods_of(part, cells, set(quiet), pool.good(asked.measure), asked.measure)
        if cell.n and room(asked, pool, max(least, 1), goods) < MIN_MEAN_WIDTH:
            return False
    return True


def _goods_of(
    part: str, cells: Mapping[str, Cell], quiet: Collection[str], good: int, measure: Measure
) -> Interval:
    """How many of a part can be positive: as its band says, and as the bands of others leave."""
    known = {each: _band_of(cell, measure, has_band=each in quiet) for each, cell in cells.items()}
    return _bounded(part, known, good)


def _band_of(cell: Cell, measure: Measure, *, has_band: bool) -> Interval:
    if not has_band:
        return Interval(0, cell.n)
    share = share_of(cell.good(measure), cell.n) if cell.n else Share(0, 0)
    return Interval(ceil(share.low * cell.n / 100), floor(share.high * cell.n / 100))


def room(asked: Asked, pool: Cell, n: int, goods: Interval | None = None) -> float:
    """How far apart the highest and the lowest mean are that n out of the pool can have.

    Of a question each answer in the pool may be known; of a theme, whose scores are nowhere shown one by one,
    the sum and how many are positive.

    Args:
        goods: how many of the n can be positive, where that is known.
    """
    known = goods or Interval(0, n)
    good = pool.good(asked.measure)
    possible = range(max(known.low, n - (pool.n - good)), min(known.high, good, n) + 1)
    if asked.items:
        return _room_of_scores(asked.measure, pool, n, possible)
    answers = list(pool.each())
    bads, positives = answers[: pool.n - good], answers[pool.n - good :]
    lows = [sum(positives[:mine]) + sum(bads[: n - mine]) for mine in possible]
    highs = [sum(positives[good - mine :]) + sum(bads[len(bads) - n + mine :]) for mine in possible]
    return (max(highs) - min(lows)) / n if lows else 0.0


def _room_of_scores(measure: Measure, pool: Cell, n: int, possible: Iterable[int]) -> float:
    """Of n scores with so many positive among them, the sum is bounded by those and by what the rest is."""
    lowest, highest = measure.limits
    middle, good, rest = measure.good_from, pool.good(measure), pool.n - n
    lows, highs = [], []
    for mine in possible:
        yours = good - mine
        lows.append(
            max(middle * mine + lowest * (n - mine), pool.total - highest * yours - middle * (rest - yours))
        )
        highs.append(
            min(highest * mine + middle * (n - mine), pool.total - middle * yours - lowest * (rest - yours))
        )
    return (max(highs) - min(lows)) / n if lows else 0.0


def _keeps_shares(asked: Asked, hidden: Collection[str], quiet: Collection[str]) -> bool:
    """Whether a band stays one: of what the pool holds, others may account for it."""
    cells = [asked.parts[part] for part in {*hidden, *quiet} if part in asked.parts]
    good = sum(cell.good(asked.measure) for cell in cells)
    bad = sum(cell.n for cell in cells) - good
    return all(min(good, bad) >= 1 and asked.parts[part].n < good + bad for part in quiet)
