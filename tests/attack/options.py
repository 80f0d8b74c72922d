"""Questions with options: random answers, what is shown of them, and what linear programmes make of that.

The attacker knows the number of answers, also below twenty, and how many options one person may choose. Every
share is a constraint; so is that everybody chose at least one option and nobody more than he may.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from app.disclosure import Share, show_options

LEAST = 1e-4
FEW, WIDTH = 4, 5


@dataclass(frozen=True)
class Asked:
    """How often each option was chosen by n people, of whom each could choose so many."""

    counts: Mapping[str, int]
    n: int
    most: int


@dataclass(frozen=True)
class OptionAttack:
    """What came of attacking some questions: options that are known too closely, and how many were tried."""

    narrowed: tuple[tuple[Asked, str, float, float], ...]
    options: int
    shown: int


def random_asked(dice: random.Random) -> Asked:
    """A question; in half of the cases one option is chosen, in the others more or a ranking."""
    options = dice.randint(2, 8)
    n = dice.choice([dice.randint(8, 30), dice.randint(20, 60), dice.randint(40, 300)])
    most = dice.choice([1, 1, 3, options])
    weights = [dice.choice([0.02, 0.2, 1.0, 3.0]) for _ in range(options)]
    counts = dict.fromkeys((f"o{number}" for number in range(options)), 0)
    always = dice.random() < 0.3
    for _ in range(n):
        number = min(options, most if always else dice.randint(1, most))
        for option in _chosen(dice, list(counts), weights, number):
            counts[option] += 1
    return Asked(counts, n, most)


def _chosen(dice: random.Random, options: list[str], weights: list[float], number: int) -> set[str]:
    found: set[str] = set()
    while len(found) < number:
        found.add(dice.choices(options, weights)[0])
    return found


def attack_options(seed: int, questions: int) -> OptionAttack:
    """Show random questions by the rules, and attack them."""
    dice = random.Random(seed)  # noqa: S311 - invented answers
    narrowed: list[tuple[Asked, str, float, float]] = []
    tried = shown = 0
    for _ in range(questions):
        asked = random_asked(dice)
        shares = show_options(asked.counts, asked.n, most=asked.most)
        shown += bool(shares)
        tried += sum(share.low != share.high for share in shares.values())
        narrowed += narrowings(asked, shares)
    return OptionAttack(tuple(narrowed), tried, shown)


def narrowings(asked: Asked, shares: Mapping[str, Share]) -> list[tuple[Asked, str, float, float]]:
    """The options that few people chose, or that are no exact share, and are known too closely."""
    found = []
    for place, (option, number) in enumerate(asked.counts.items()):
        others = asked.n - number
        is_few = number <= FEW or (others <= FEW and _is_apart(asked))
        if not shares or not (is_few or shares[option].low != shares[option].high):
            continue
        low, high = _bounds(asked, shares, place)
        if number <= FEW:
            is_kept = low <= LEAST and high >= FEW - LEAST
        elif others <= FEW and _is_apart(asked):
            is_kept = low <= asked.n - FEW + LEAST and high >= asked.n - LEAST
        else:
            is_kept = high - low >= WIDTH - LEAST
        if not is_kept:
            found.append((asked, option, low, high))
    return found


def _is_apart(asked: Asked) -> bool:
    """Whether each option is a question of yes or no of itself."""
    return asked.most > 1 or len(asked.counts) == 2


def _bounds(asked: Asked, shares: Mapping[str, Share], place: int) -> tuple[float, float]:
    options, n = list(asked.counts), asked.n
    rows = [np.ones(len(options)), -np.ones(len(options))]
    limits: list[float] = [n * min(asked.most, len(options)), -n]
    between = []
    for option in options:
        share = shares.get(option, Share(0, 100))
        half = 0.5 if share.low == share.high else 0.0
        between.append((max(0.0, (share.low - half) * n / 100), min(n, (share.high + half) * n / 100)))
    aim = np.zeros(len(options))
    aim[place] = 1.0
    found = [
        linprog(sign * aim, A_ub=np.array(rows), b_ub=np.array(limits) + 1e-6, bounds=between)
        for sign in (1, -1)
    ]
    assert all(each.success for each in found)
    return float(found[0].fun), float(-found[1].fun)
