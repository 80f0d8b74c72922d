"""An attacker who sees every value that was ever shown, knows one region's figures, and can compute.

The attacker knows more than anybody: exact sums instead of rounded means, who was in each of them, and which
figures are the same as before. Every shown sum is then a row over the unknown figures; whatever can be
computed from all of them is a combination of rows. No combination may touch less than four other regions.
"""

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest

from app.disclosure import Counted, Member, next_group
from loaders.catalogue import load_catalogue

RATE = load_catalogue().indicators["tlv-so-1000"]
ROUNDS = 1000
FACTORS = (-2, -1, 0, 1, 2)

Unknown = tuple[str, Counted]
"""A figure that a region had at some time; the same figure later is the same unknown."""

Row = dict[Unknown, int]


def _story(name: str) -> list[dict[str, Member]]:
    """Every value that is shown while regions bring, change, take back and bring again."""
    chance = random.Random(name)  # noqa: S311 - the same stories every time
    codes = [f"R{number:02}" for number in range(chance.randint(5, 24))]
    stacks: dict[str, list[Counted]] = {code: [] for code in codes}
    shown: list[dict[str, Member]] = []
    for _ in range(chance.randint(10, 120)):
        for code in chance.sample(codes, chance.choice([1, 1, 1, 2, 5, 6])) if len(codes) > 5 else codes[:1]:
            _act(stacks[code], chance)
        current = {code: stack[-1] for code, stack in stacks.items() if stack}
        after = next_group(shown[-1] if shown else {}, current, RATE)
        if after is not None:
            shown.append(after)
    return shown


def _act(stack: list[Counted], chance: random.Random) -> None:
    """A new figure most of the time, often one of few so that it comes again; or the last one taken back."""
    if stack and chance.random() < 0.3:
        stack.pop()
    else:
        stack.append(Counted(chance.choice([8, 10, 12, chance.randint(0, 40)]), 4000))


def _rows(shown: Sequence[dict[str, Member]]) -> list[Row]:
    return [{(code, member.counted): 1 for code, member in members.items()} for members in shown]


def _combinations(rows: Sequence[Row]) -> Iterator[set[str]]:
    """The regions that each small whole combination of rows touches."""
    for factors in product(FACTORS, repeat=len(rows)):
        total: dict[Unknown, int] = {}
        for factor, row in zip(factors, rows, strict=True):
            for unknown in row:
                total[unknown] = total.get(unknown, 0) + factor
        yield {code for (code, _), amount in total.items() if amount}


def _can_be_solved(rows: Sequence[Row], known: str) -> set[Unknown]:
    """The unknowns of others that follow exactly, by elimination."""
    unknowns = sorted({each for row in rows for each in row if each[0] != known})
    matrix = [[Fraction(row.get(each, 0)) for each in unknowns] for row in rows]
    pivot = 0
    for column in range(len(unknowns)):
        found = next((line for line in range(pivot, len(matrix)) if matrix[line][column]), None)
        if found is None:
            continue
        matrix[pivot], matrix[found] = matrix[found], matrix[pivot]
        top = matrix[pivot]
        matrix[pivot] = [each / top[column] for each in top]
        for line, own in enumerate(matrix):
            if line != pivot and own[column]:
                factor = own[column]
                matrix[line] = [a - factor * b for a, b in zip(own, matrix[pivot], strict=True)]
        pivot += 1
    solved = [[place for place, each in enumerate(row) if each] for row in matrix]
    return {unknowns[places[0]] for places in solved if len(places) == 1}


@pytest.mark.parametrize("seed", range(4))
def test_no_combination_of_shown_values_touches_less_than_four_other_regions(seed: int) -> None:
    changes = 0
    for number in range(ROUNDS // 4):
        shown = _story(f"{seed}-{number}")
        changes += max(0, len(shown) - 1)

        touched = [regions for regions in _combinations(_rows(shown[-4:])) if regions]

        assert min(map(len, touched), default=5) >= 5  # and four without any one of them
    assert changes > 20


def test_no_figure_of_another_follows_from_all_values_and_ones_own_figures() -> None:
    for number in range(ROUNDS):
        rows = _rows(_story(f"solve-{number}"))
        regions = {code for row in rows for code, _ in row}

        solved = [_can_be_solved(rows, known) for known in sorted(regions)]

        assert not any(solved)


def test_the_attacker_finds_the_one_that_came_in_alone_when_there_is_no_rule() -> None:
    five = {(f"R{number}", Counted(10, 4000)): 1 for number in range(5)}
    six = five | {("R5", Counted(33, 4000)): 1}

    assert _can_be_solved([five, six], "R0") == {("R5", Counted(33, 4000))}
    assert {"R5"} in list(_combinations([five, six]))


def test_the_largest_figure_of_each_block_stays_open_by_its_own_size() -> None:
    for number in range(ROUNDS):
        shown = _story(f"width-{number}")
        for before, after in zip([{}, *shown], shown, strict=False):
            came = [member.counted.part for code, member in after.items() if code not in before]
            changed = [
                abs(member.counted.part - before[code].counted.part)
                for code, member in after.items()
                if code in before and member != before[code]
            ]
            for block in (came, [each for each in changed if each]):
                for own in range(len(block)):
                    others = [each for place, each in enumerate(block) if place != own]
                    assert max(others) <= sum(others) - max(others)
