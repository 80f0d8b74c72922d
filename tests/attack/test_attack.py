"""P-11, P-12, P-13: nothing that is shown tells what is hidden; and the attacker would notice if it did."""

import dataclasses
import random
from collections.abc import Mapping

import pytest

from app.disclosure import Asked, Cell, Count, Disclosed, Measure, Share, breakdowns, disclose, show_cell
from tests.attack.attacker import Attacker
from tests.attack.narrowings import attack, attack_shown
from tests.attack.worlds import World, asked_of, random_round

ROUNDS = 30


@pytest.mark.parametrize("first", range(0, ROUNDS, 10))
def test_p11_random_rounds_tell_nothing_of_what_is_hidden(first: int) -> None:
    found = [attack(world) for seed in range(first, first + 10) for world in random_round(seed, most_parts=5)]

    assert [each for one in found for each in one.narrowings] == []
    assert sum(one.hidden for one in found) > 50
    assert sum(one.shown for one in found) > 5


def _world(numbers: Mapping[str, int], *, skips: float = 0.0) -> World:
    """Answers of 1 to 5 in turn, so that no mean is extreme; the attacker knows no sizes."""
    dice = random.Random(7)  # noqa: S311 - invented answers
    people = {
        code: [
            [None if dice.random() < skips else 1 + (3 * row + item) % 5 for item in range(3)]
            for row in range(number)
        ]
        for code, number in numbers.items()
    }
    return World("met de hand", asked_of(people, 3), numbers, dict.fromkeys(numbers))


def _shown_wholly(world: World, hidden: set[str]) -> Disclosed:
    """What a careless program shows: every cell except some."""
    parts = {
        each.key: {
            part: shown
            for part, cell in each.parts.items()
            if part not in hidden and (shown := show_cell(cell, each.measure))
        }
        for each in world.asked
    }
    wholes = {
        each.key: shown
        for each in world.asked
        if (shown := show_cell(each.whole, each.measure, with_distribution=True))
    }
    return Disclosed(Count(0, 0), wholes, parts)


def test_the_attacker_notices_that_nothing_hides_a_small_cell_from_subtraction() -> None:
    world = _world({"A": 30, "B": 25, "C": 3})

    found = attack_shown(world, _shown_wholly(world, {"C"})).narrowings

    assert {(each.part, each.what) for each in found} == {("C", "aantal")}


def test_the_attacker_notices_one_hidden_beside_the_small_one_when_that_is_not_enough() -> None:
    world = _world({"A": 30, "B": 25, "C": 12, "D": 3})

    found = attack_shown(world, _shown_wholly(world, {"C", "D"})).narrowings

    assert ("C", "aantal") in {(each.part, each.what) for each in found}


def test_the_attacker_notices_a_mean_that_subtraction_gives() -> None:
    """Three people are positive, nobody in A or B is: all three of C answered 4."""
    parts = {"A": Cell({3.0: 20}), "B": Cell({2.0: 10, 3.0: 10}), "C": Cell({4.0: 3})}
    world = World("allen 4", [Asked("q0", Measure.FIVE, parts)], {"A": 20, "B": 20, "C": 3}, {})
    shown = _shown_wholly(world, {"C"})
    each = {"2": Share(23, 23), "3": Share(70, 70), "4": Share(7, 7)}
    told = {"q0": dataclasses.replace(shown.wholes["q0"], distribution=each)}

    found = attack_shown(world, dataclasses.replace(shown, wholes=told)).narrowings

    assert ("C", "gemiddelde") in {(each.part, each.what) for each in found}
    assert attack(world).narrowings == []


def test_the_attacker_notices_a_theme_that_is_shown_where_a_question_is_hidden() -> None:
    """Two questions make the theme: the theme and the one give the other."""
    world = _world({"A": 30, "B": 25, "C": 12})
    shown = _shown_wholly(world, set())
    without = {key: dict(parts) for key, parts in shown.parts.items()}
    for part in ("A", "B", "C"):
        del without["q0"][part]

    found = attack_shown(world, dataclasses.replace(shown, parts=without)).narrowings

    assert ("q0", "C", "gemiddelde") in {(each.question, each.part, each.what) for each in found}


def test_the_attacker_notices_a_number_that_one_skipped_answer_gives_away() -> None:
    """Six respondents at one question, five of whom at most answered another: hidden there alone, it is 4."""
    five, four = {3.0: 2, 1.0: 1, 5.0: 2}, {3.0: 2, 1.0: 1, 5.0: 1}
    many = {float(value): 6 for value in range(1, 6)}
    other = {1.0: 2, 3.0: 2, 5.0: 2}
    asked = [
        Asked("q0", Measure.FIVE, {"A": Cell(many), "B": Cell(five), "C": Cell(other)}),
        Asked("q1", Measure.FIVE, {"A": Cell(many), "B": Cell(four, 1), "C": Cell(other)}),
    ]
    world = World("een overgeslagen", asked, {"A": 30, "B": 5, "C": 6}, {})
    shown = _shown_wholly(world, set())
    parts = {"q0": shown.parts["q0"], "q1": {"A": shown.parts["q1"]["A"]}}

    found = attack_shown(world, dataclasses.replace(shown, parts=parts)).narrowings

    assert ("q1", "B", "aantal") in {(each.question, each.part, each.what) for each in found}
    assert attack(world).narrowings == []


def test_without_the_rule_for_numbers_random_rounds_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdowns, "_is_wide", lambda *_: True)
    monkeypatch.setattr(breakdowns, "MIN_MEAN_WIDTH", 0.0)

    assert _is_caught()


def test_without_the_rule_for_means_random_rounds_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdowns, "MIN_MEAN_WIDTH", 0.0)

    assert _is_caught()


def _is_caught() -> bool:
    worlds = (world for seed in range(40) for world in random_round(seed, most_parts=4))
    return any(attack(world).narrowings for world in worlds)


def test_the_attacker_believes_what_is_true() -> None:
    """The truth satisfies every equation: each bound he finds holds what it bounds."""
    for seed in range(3):
        for world in random_round(seed, most_parts=4):
            insider = Attacker(world, disclose(world.asked, world.respondents, world.sizes))
            for asked in world.asked:
                for part, cell in asked.parts.items():
                    low, high = insider.bounds(insider.n(asked.key, [part]))
                    assert low - 1e-3 <= cell.n <= high + 1e-3
                    if cell.n:
                        low, high = insider.mean_bounds(asked.key, part)
                        assert low - 1e-3 <= cell.total / cell.n <= high + 1e-3
