"""Invented answers to a questionnaire, along its real routing and within its real checks. Pure."""

import random
from collections.abc import Callable, Mapping

from survey.definition import (
    CANNOT_SAY,
    FIVES,
    OTHER,
    Answers,
    Audience,
    Question,
    Questionnaire,
    Scale,
    Value,
)
from survey.demo.words import OTHER_WORDS, sentences_for
from survey.rules import asked, is_text, kept, parse_answer

THEME_MEANS = {"meerwaarde": 3.8, "sturing": 3.4, "werkwijze": 3.55, "bereik": 3.35, "afspraken": 3.0}
MEAN, SPREAD = 3.5, 1.0
"""On scales of five; with this spread a mean of 3.5 has about half answer 4 or 5."""

POLICY_SPREAD = 0.6
"""Policy officers of one region know the same agreements, and differ less."""

GRADES = {Audience.PARENT: 7.1, Audience.YOUNG: 7.0}
GRADE, GRADE_SPREAD = 6.7, 1.2
CANNOT_SAYS, SKIPPED, WRITES = 0.06, 0.03, 0.4
"""How often somebody cannot say, leaves a question out, and writes something."""

TYPICAL = {
    "A06": 2,
    "Q1.05": 14,
    "Q2.03": 24,
    "Q2.04": 5,
    "Q3.02a": 3,
    "Q3.02b": 18,
    "Q3.07": 6,
    "Q4.06a": 4,
    "Q4.08b": 850_000,
    "Q5.01a": 5,
    "Q5.06a.ontvangen": 140,
    "Q5.06b.ontvangen": 90,
    "Q5.06c.ontvangen": 60,
    "Q5.07": 21,
    "Q5.08": 60,
    "Q5.09a": 25,
    "Q5.10": 12,
}
"""What a number is about, by the key of its answer; three for a number that is not named here."""

Lean = Mapping[str, float]
"""Theme → how much higher or lower than usual; of a region in a year."""


def questions_by_answer(questionnaire: Questionnaire) -> dict[str, Question]:
    """The key of an answer → its question; own words beside an option too."""
    found = {key: question for question in questionnaire.questions for key in question.answer_keys}
    return found | {f"{question.key}.{OTHER}": question for question in questionnaire.questions}


def make_answers(
    questionnaire: Questionnaire, questions: Mapping[str, Question], chance: random.Random, lean: Lean
) -> dict[str, Value]:
    """The answers of one invented respondent, as they would be sent.

    Args:
        chance: where every choice comes from: the same state makes the same respondent.
    """
    spread = POLICY_SPREAD if questionnaire.audience is Audience.FUNCTIONARY else SPREAD
    person = _Person(chance, chance.gauss(0, 0.45 * spread), lean, spread)
    answers: dict[str, Value] = {}
    tried: set[str] = set()
    while fresh := [key for key in asked(questionnaire, answers) if key not in tried]:
        for key in fresh:
            tried.add(key)
            raw = _raw(questionnaire, questions[key], key, answers, person)
            value = None if raw is None else parse_answer(questionnaire, key, raw)
            if value is not None:
                answers[key] = value
    return kept(questionnaire, answers)


class _Person:
    """Somebody who answers: chance, with a mood that colours every answer."""

    def __init__(self, chance: random.Random, mood: float, lean: Lean, spread: float) -> None:
        self.chance, self.mood, self.lean, self.spread = chance, mood, lean, spread

    def happens(self, part: float) -> bool:
        return self.chance.random() < part


def _raw(
    questionnaire: Questionnaire, question: Question, key: str, answers: Answers, person: _Person
) -> Value | None:
    if not question.is_required and person.happens(SKIPPED):
        return None
    if is_text(question, key):
        return _text(question, key, person)
    if question.scale is Scale.GRADE:
        middle = GRADES.get(questionnaire.audience, GRADE) + person.mood
        return _within(person.chance.gauss(middle, GRADE_SPREAD * person.spread), 1, 10)
    if question.scale is Scale.NUMBER:
        return _number(questionnaire, question, key, answers, person)
    return _CHOOSERS[question.scale](question, person)


def _text(question: Question, key: str, person: _Person) -> str | None:
    if key not in question.answer_keys:
        return OTHER_WORDS
    return person.chance.choice(sentences_for(question.key)) if person.happens(WRITES) else None


def _five(question: Question, person: _Person) -> int:
    codes = {option.key for option in question.options}
    if str(CANNOT_SAY) in codes and person.happens(CANNOT_SAYS):
        return CANNOT_SAY
    middle = THEME_MEANS.get(question.theme, MEAN) + person.lean.get(question.theme, 0.0) + person.mood
    return _within(person.chance.gauss(middle, person.spread), 1, 5)


def _one(question: Question, person: _Person) -> str | None:
    """One option: the first are chosen more often, own words seldom."""
    keys = [option.key for option in question.options]
    weights = [0.05 if key == OTHER else 1 / (place + 1.5) for place, key in enumerate(keys)]
    return person.chance.choices(keys, weights)[0] if keys else None


def _several(question: Question, person: _Person) -> list[str] | None:
    open_to_all = [
        option.key for option in question.options if option.key not in (OTHER, *question.exclusive)
    ]
    if question.exclusive and person.happens(0.06):
        return [person.chance.choice(sorted(question.exclusive))]
    chosen = [key for key in open_to_all if person.happens(0.45)]
    return chosen or open_to_all[:1] or None


def _ranked(question: Question, person: _Person) -> list[str]:
    left = [option.key for option in question.options if option.key != OTHER]
    chosen = []
    for _ in range(min(3, len(left))):
        chosen.append(person.chance.choices(left, [1 / (place + 2) for place in range(len(left))])[0])
        left.remove(chosen[-1])
    return chosen


def _number(
    questionnaire: Questionnaire, question: Question, key: str, answers: Answers, person: _Person
) -> int:
    """Around what is typical; a part of another answer is the larger part of what is left of that one."""
    room = _room(questionnaire, question, key, answers)
    if room is not None:
        return _within(room * person.chance.uniform(0.5, 0.9), question.lowest, min(room, question.highest))
    drawn = TYPICAL.get(key, TYPICAL.get(question.key, 3)) * person.chance.lognormvariate(0, 0.4)
    return _within(drawn, question.lowest, question.highest)


def _room(questionnaire: Questionnaire, question: Question, key: str, answers: Answers) -> int | None:
    if isinstance(most := answers.get(question.highest_from), int):
        return most
    for check in questionnaire.checks:
        if key in check.parts and isinstance(whole := answers.get(check.whole), int):
            return whole - sum(part for each in check.parts if isinstance(part := answers.get(each), int))
    return None


def _within(number: float, lowest: int, highest: int) -> int:
    return max(lowest, min(round(number), highest))


_CHOOSERS: Mapping[Scale, Callable[[Question, _Person], Value | None]] = {
    **dict.fromkeys(FIVES, _five),
    Scale.YES_NO: _one,
    Scale.ONE: _one,
    Scale.SEVERAL: _several,
    Scale.RANK: _ranked,
}
