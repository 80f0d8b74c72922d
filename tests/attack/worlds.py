"""Random rounds: invented respondents of several lists in several gemeenten, with answers that they skip."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.disclosure import Asked, Cell, Measure

THEME = "thema"


@dataclass(frozen=True)
class World:
    """One list of a round: what was answered, and who could answer."""

    name: str
    asked: Sequence[Asked]
    respondents: Mapping[str, int]
    sizes: Mapping[str, int | None]


def random_round(seed: int, most_parts: int = 12) -> list[World]:
    """The lists of a round; every fifth round is held twice, in regions that share gemeenten."""
    dice = random.Random(seed)  # noqa: S311 - invented answers
    gemeenten = [f"GM{number}" for number in range(dice.randint(2, most_parts))]
    lists = [_list(dice, f"{seed}-{number}", gemeenten) for number in range(dice.randint(1, 2))]
    if seed % 5 == 0:  # the VO region that shares them, or the same region a year later
        shared = [*gemeenten[: dice.randint(1, len(gemeenten))], "GM98", "GM99"]
        lists.append(_list(dice, f"{seed}-later", shared))
    return lists


def _list(dice: random.Random, name: str, gemeenten: Sequence[str]) -> World:
    most = dice.choice([4, 8, 12, 25, 40])
    heard = {code: _number(dice, most) for code in gemeenten}
    skip = dice.choice([0.0, 0.02, 0.1, 0.3])
    skips = [skip, skip * dice.random(), dice.choice([skip, 0.6])]
    mood = dice.choice([2.6, 3.4, 3.9, 4.6])
    people = {
        code: [_person(dice, skips, mood + dice.gauss(0, 0.4)) for _ in range(number)]
        for code, number in heard.items()
    }
    sizes = {
        code: None if dice.random() < 0.3 else number + dice.randint(0, 20) for code, number in heard.items()
    }
    return World(name, asked_of(people, len(skips)), heard, sizes)


def _number(dice: random.Random, most: int) -> int:
    return dice.choice([dice.randint(0, 6), dice.randint(1, most), dice.randint(1, most)])


def _person(dice: random.Random, skips: Sequence[float], mood: float) -> list[int | None]:
    """One answer per question; None for one that was skipped."""
    return [None if dice.random() < skip else min(5, max(1, round(dice.gauss(mood, 0.9)))) for skip in skips]


def asked_of(people: Mapping[str, Sequence[Sequence[int | None]]], questions: int) -> list[Asked]:
    """The questions, and one theme of all but the last, as results are made of responses."""
    items = [
        Asked(f"q{number}", Measure.FIVE, {code: _cell(rows, number) for code, rows in people.items()})
        for number in range(questions)
    ]
    inside = range(questions - 1)
    theme = {code: _theme_cell(rows, inside) for code, rows in people.items()}
    return [*items, Asked(THEME, Measure.FIVE, theme, tuple(f"q{number}" for number in inside))]


def _cell(rows: Sequence[Sequence[int | None]], number: int) -> Cell:
    values = [row[number] for row in rows]
    return Cell(
        Counter(float(value) for value in values if value is not None), sum(v is None for v in values)
    )


def _theme_cell(rows: Sequence[Sequence[int | None]], inside: range) -> Cell:
    scores = []
    for row in rows:
        valid = [value for number in inside if (value := row[number]) is not None]
        if 2 * len(valid) >= len(inside):
            scores.append(sum(valid) / len(valid))
    return Cell(Counter(scores))
