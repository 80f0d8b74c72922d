"""Outcomes beside each other: other regions, the last round, another group. From shown values only. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.disclosure import Shown, show_options
from app.disclosure.cells import MIN_MARGIN, MIN_OTHER_REGIONS, MIN_OTHERS_TOGETHER, count_of, rounded
from app.statistics import Estimate, difference
from survey.definition import Question, Questionnaire
from survey.results.counting import chosen_options, valid_options
from survey.results.judging import is_hard
from survey.results.snapshots import Chosen, Scaled, Snapshot


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The plain mean over other regions, of the values that those may show."""

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


def benchmark(own: Scaled, others: Iterable[Scaled | None]) -> Benchmark | None:
    """The mean over other regions of one question or theme; None with fewer than three, or ten answers.

    Args:
        others: the same question of each other region; of another version of it, it does not count.
    """
    found = [each.whole for each in others if each is not None and _is_same(own, each)]
    shown = [each for each in found if each is not None and each.mean is not None]
    if len(shown) < MIN_OTHER_REGIONS or sum(each.n.low for each in shown) < MIN_OTHERS_TOGETHER:
        return None
    return Benchmark(rounded(sum(each.mean or 0.0 for each in shown) / len(shown)), len(shown))


def benchmarks(own: Mapping[str, Scaled], others: Sequence[Mapping[str, Scaled]]) -> dict[str, Benchmark]:
    """Question or theme → its benchmark, where there is one. Own questions of regions have none."""
    found = {
        key: benchmark(each, [other.get(key) for other in others])
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


def shares_outside(snapshots: Sequence[Snapshot], questionnaire: Questionnaire) -> dict[str, Chosen]:
    """What functionaries of other regions answered; nothing with fewer than three regions or ten answers.

    Not for questions of a region's own, which mean something else elsewhere, nor for those that choose among
    the gemeenten of a round. As shares that may be shown, for whoever knows one region could subtract counts.

    Args:
        snapshots: one per region, with the answers by name; none of them leaves this function.
    """
    found = {
        key: _outside(question, [_given(question, key, each) for each in snapshots])
        for question in questionnaire.questions
        if question.options and not question.options_source
        for key in question.answer_keys
        if not is_own_key(key)
    }
    return {key: each for key, each in found.items() if each is not None}


def _given(question: Question, key: str, snapshot: Snapshot) -> list[list[str]]:
    """The options that each organisation chose; 'weet ik niet' is none."""
    keys = set(valid_options(question))
    return [
        [str(option) for option in chosen_options(each.answers[key]) if str(option) in keys]
        for each in snapshot.named
        if key in each.answers
    ]


def _outside(question: Question, given: Iterable[list[list[str]]]) -> Chosen | None:
    """The shares; nothing either where most organisations do not know."""
    asked = list(given)
    heard = [found for each in asked if (found := [chosen for chosen in each if chosen])]
    n = sum(map(len, heard))
    if is_hard(n, sum(map(len, asked)) - n):
        return None
    if len(heard) < MIN_OTHER_REGIONS or n < MIN_OTHERS_TOGETHER:
        return None
    chosen = Counter(option for several in heard for one in several for option in one)
    shares = show_options({key: chosen.get(key, 0) for key in valid_options(question)}, n)
    return Chosen(question.version, count_of(n), shares) if shares else None
