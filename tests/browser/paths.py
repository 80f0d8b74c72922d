"""Answers with which a drive gets to see every screen of a questionnaire."""

from collections.abc import Iterator, Mapping

from survey.definition import CANNOT_SAY, FIVES, Question, Questionnaire, Scale, Value
from survey.rules import kept, screens

Place = tuple[str, int]


def places(questionnaire: Questionnaire, answers: Mapping[str, Value]) -> list[Place]:
    """The screens that answers lead along: section and number."""
    return [(each.section.key, each.number) for each in screens(questionnaire, answers)]


def all_places(questionnaire: Questionnaire) -> set[Place]:
    """Every screen that the definition has."""
    return {
        (part.key, number) for part in questionnaire.sections for number in range(1, len(part.screens) + 1)
    }


def ways_along_everything(questionnaire: Questionnaire) -> list[dict[str, Value]]:
    """Few sets of answers that lead along every screen together, the one with the most screens first.

    Raises:
        AssertionError: no answers that were tried lead to some screen.
    """
    left, ways = all_places(questionnaire), list[dict[str, Value]]()
    while left:
        way = _widest(questionnaire, left)
        reached = left & set(places(questionnaire, way))
        assert reached, f"no way to {sorted(left)}"
        left -= reached
        ways.append(kept(questionnaire, way))
    return ways


def _widest(questionnaire: Questionnaire, wanted: set[Place]) -> dict[str, Value]:
    """Answers along as many of the wanted screens as can be found, question by question."""
    found: dict[str, Value] = {}
    for question in questionnaire.questions:
        keys = question.answer_keys if question.is_required or _decides(questionnaire, question) else ()
        for key in keys:
            tries = [{**found, key: value} for value in _values(question)]
            found = max(tries, key=lambda each: len(wanted & set(places(questionnaire, each))))
    return found


def _decides(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether what is asked later hangs on this question."""
    asked = {
        condition.question
        for each in questionnaire.questions
        for conditions in (
            each.conditions, each.moved_if, *each.option_conditions.values(), *each.row_conditions.values(),
        )
        for condition in conditions
    }  # fmt: skip
    return bool(asked & set(question.answer_keys))


def _values(question: Question) -> Iterator[Value]:
    options = [option.key for option in question.options]
    if question.scale is Scale.SEVERAL:
        yield [each for each in options if each not in question.exclusive]
        yield from ([each] for each in options)
    elif question.scale is Scale.RANK:
        yield options[:3]
    elif question.scale in FIVES:
        yield from (int(each) for each in options if int(each) != CANNOT_SAY)
    elif question.scale in {Scale.NUMBER, Scale.GRADE}:
        yield from dict.fromkeys((question.lowest, question.lowest + 1, question.highest))
    elif question.scale is Scale.OPEN:
        yield "Een antwoord."
    else:
        yield from options
