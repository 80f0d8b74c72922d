"""What holds for any answers to any questionnaire."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.definition import FIVES, Question, Questionnaire, Scale, Value
from survey.free_text import warnings_of
from survey.reading import load_questionnaires
from survey.rules import asked, kept, parse_answer, problems, progress, screens
from survey.tailoring import tailored
from survey.values import BadAnswer, find_question
from tests.unit.survey.examples import read_example

GEMEENTEN = [("GM0505", "Dordrecht"), ("GM0523", "Hardinxveld-Giessendam")]
ALL = [tailored(each, [], [], gemeenten=GEMEENTEN) for each in load_questionnaires().values()]
ALL += [read_example(name) for name in ("route", "keuze", "getallen", "volgorde", "leeftijd")]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def _value(question: Question) -> st.SearchStrategy[Any]:
    keys = [option.key for option in question.options]
    if question.scale in FIVES:
        return st.sampled_from([int(key) for key in keys])
    if question.scale in (Scale.NUMBER, Scale.GRADE):
        low, high = question.lowest, question.highest
        return st.sampled_from([low, min(low + 1, high), high]) | st.integers(low, high)
    if question.scale in (Scale.ONE, Scale.YES_NO):
        return st.sampled_from(keys)
    if question.scale in (Scale.SEVERAL, Scale.RANK):
        return st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)
    return st.text(max_size=20)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Value]]:
    """A questionnaire, with answers to some of its questions on and off the path."""
    questionnaire = draw(st.sampled_from(ALL))
    answers = {}
    for question in questionnaire.questions:
        for key in question.answer_keys:
            if draw(st.booleans()):
                answers[key] = draw(_value(question))
        if question.scale is not Scale.OPEN and draw(st.integers(0, 9)) == 0:
            answers[f"{question.key}.anders"] = "iets anders"
    return questionnaire, answers


@settings(max_examples=60)
@given(filled())
def test_only_what_is_asked_is_kept_and_keeping_twice_changes_nothing(
    case: tuple[Questionnaire, dict[str, Value]],
) -> None:
    questionnaire, answers = case

    once = kept(questionnaire, answers)

    assert kept(questionnaire, once) == once
    assert set(once) <= set(asked(questionnaire, answers))
    assert asked(questionnaire, once) == asked(questionnaire, answers)


@settings(max_examples=60)
@given(filled())
def test_every_path_ends_and_each_question_stands_on_it_once(
    case: tuple[Questionnaire, dict[str, Value]],
) -> None:
    questionnaire, answers = case

    on_screens = [question.key for screen in screens(questionnaire, answers) for question in screen.questions]
    path = asked(questionnaire, answers)

    assert len(set(path)) == len(path)
    assert len(set(on_screens)) == len(on_screens)
    assert {question.key for key in path if (question := find_question(questionnaire, key))} == set(
        on_screens
    )
    assert {problem.key for problem in problems(questionnaire, answers)} <= set(path)
    assert sum(each.asked for each in progress(questionnaire, answers).values()) == sum(
        not key.endswith(".anders") for key in path
    )


@settings(max_examples=300)
@given(st.sampled_from(ALL), st.data(), JSON)
def test_any_json_is_a_value_or_refused_in_words(
    questionnaire: Questionnaire, data: st.DataObject, raw: object
) -> None:
    keys = [key for question in questionnaire.questions for key in question.answer_keys]
    key = data.draw(st.sampled_from([*keys, "Q1.01.anders", "X1", "", "__class__"]))

    with suppress(BadAnswer):
        value = parse_answer(questionnaire, key, raw)

        assert value is None or parse_answer(questionnaire, key, value) == value


@given(st.sampled_from(ALL), st.dictionaries(st.text() | st.sampled_from(["Q1.01", "Q6.04", "Q7.01"]), JSON))
def test_the_rules_survive_any_stored_answers(
    questionnaire: Questionnaire, answers: Mapping[str, Any]
) -> None:
    assert kept(questionnaire, kept(questionnaire, answers)) == kept(questionnaire, answers)
    assert isinstance(problems(questionnaire, answers), list)


@given(st.text())
def test_warnings_are_sentences_for_any_text(text: str) -> None:
    assert all(warning.endswith((".", "?")) for warning in warnings_of(text))


def _reaching(questionnaire: Questionnaire, question: Question) -> dict[str, Value]:
    """Answers that lead to a question: for each of its conditions the first value that meets it."""
    answers: dict[str, Value] = {}
    waiting = [*question.conditions]
    if question.option_conditions:
        waiting += next(iter(question.option_conditions.values()))
    while waiting:
        condition = waiting.pop()
        several = condition.operator in ("has", "has_any")
        if condition.operator in ("in", "has", "has_any", "at_least", "at_most"):
            first = condition.values[0]
            answers[condition.question] = [str(first)] if several else first
            earlier = find_question(questionnaire, condition.question)
            waiting += earlier.conditions if earlier else ()
    return answers


@pytest.mark.parametrize("questionnaire", ALL, ids=lambda each: each.id)
def test_every_question_is_reached_by_some_answers(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions:
        path = asked(questionnaire, _reaching(questionnaire, question))

        assert set(question.answer_keys) & set(path)
