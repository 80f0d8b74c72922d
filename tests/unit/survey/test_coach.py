"""The coach of the monitor against the disclosure of results: what it calls hidden, closing hides."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest

from app.disclosure import Measure, disclose
from survey.reliability import Part, hidden_parts
from tests.attack.worlds import asked_of

ROUNDS = range(200)
QUESTIONS = 3
People = Mapping[str, Sequence[Sequence[int | None]]]


@dataclass(frozen=True)
class Heard:
    """A random round in which everybody answers everything: the parts, and who answered there."""

    parts: Sequence[Part]
    dice: random.Random

    def told_open(self) -> set[str]:
        """The parts of which the coach says that they may be shown."""
        return {part.code for part in self.parts} - {
            part.code for part in hidden_parts(self.parts, {Measure.FIVE})
        }

    def shown(self, people: People) -> set[str]:
        """The parts of which anything is shown when the round closes."""
        numbers = {part.code: part.sent for part in self.parts}
        sizes = {part.code: part.size for part in self.parts}
        found = disclose(asked_of(people, QUESTIONS), numbers, sizes)
        return {code for parts in found.parts.values() for code in parts}

    def people(self, answer: Callable[[int], int]) -> People:
        """The answers of every person in every part."""
        return {
            part.code: [[answer(person) for _ in range(QUESTIONS)] for person in range(part.sent)]
            for part in self.parts
        }


def _round(seed: int) -> Heard:
    dice = random.Random(seed)  # noqa: S311 - invented answers
    most = dice.choice([6, 12, 25, 60])
    parts = []
    for number in range(dice.randint(2, 9)):
        sent = dice.choice([dice.randint(0, 6), dice.randint(1, most), dice.randint(1, most)])
        size = None if dice.random() < 0.3 else sent + dice.choice([0, 3, 40])
        parts.append(Part(f"GM{number}", f"Gemeente {number}", sent, size))
    return Heard(parts, dice)


def test_what_the_coach_calls_hidden_is_never_shown_whatever_is_answered() -> None:
    wrong = []
    for seed in ROUNDS:
        heard = _round(seed)
        mood = heard.dice.choice([2.6, 3.4, 4.6])
        people = heard.people(lambda _: min(5, max(1, round(heard.dice.gauss(mood, 0.9)))))  # noqa: B023
        if not heard.shown(people) <= heard.told_open():
            wrong.append(seed)

    assert wrong == []


def test_where_answers_differ_widely_the_result_is_what_the_coach_told() -> None:
    wrong, some = [], 0
    for seed in ROUNDS:
        heard = _round(seed)
        shown = heard.shown(heard.people(lambda person: 1 + 4 * (person % 2)))
        some += bool(shown)
        if shown != heard.told_open():
            wrong.append(seed)

    assert wrong == []
    assert some > 50


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ((40, 30), []),
        ((40, 3), ["GM0", "GM1"]),  # the 3 would be 43 − 40
        ((40, 12, 3), ["GM0", "GM1", "GM2"]),  # 15 hidden together: the 12 would be known as 11 to 15
        ((40, 12, 3, 2), ["GM1", "GM2", "GM3"]),  # 17 together: the 12 may be 10 to 17
        ((4, 4), ["GM0", "GM1"]),
    ],
)
def test_p10_the_coach_goes_by_the_rules_of_disclosure(numbers: Sequence[int], hidden: list[str]) -> None:
    parts = [Part(f"GM{place}", f"Gemeente {place}", sent) for place, sent in enumerate(numbers)]

    assert [part.code for part in hidden_parts(parts, {Measure.FIVE, Measure.GRADE})] == hidden


def test_a_list_without_a_scale_tells_nothing_per_gemeente() -> None:
    parts = [Part("GM0", "A", 40), Part("GM1", "B", 40)]

    assert hidden_parts(parts, set()) == parts
