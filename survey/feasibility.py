"""Whether conditions can hold together, also with those of the questions that they ask about. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from survey.definition import FIVES, MAX_RANKED, Condition, Question, Scale

_WITHOUT_ANSWER = frozenset({"not_in", "has_not"})
"""They also hold where there is no answer."""


def contradiction(conditions: Iterable[Condition], questions: Mapping[str, Question]) -> str:
    """Why the conditions can never hold together, or an empty text.

    Args:
        questions: the question of each key of an answer that may be asked about.
    """
    by_key: dict[str, list[Condition]] = defaultdict(list)
    for condition in _with_earlier(conditions, questions):
        by_key[condition.question].append(condition)
    for key, asked in by_key.items():
        if not all(each.operator in _WITHOUT_ANSWER for each in asked) and not _can_hold(
            questions[key], asked
        ):
            return f"no answer to {key} meets all its conditions"
    return ""


def _with_earlier(conditions: Iterable[Condition], questions: Mapping[str, Question]) -> list[Condition]:
    """The conditions, and those under which the questions are asked that they need an answer of."""
    found: list[Condition] = []
    waiting = list(conditions)
    while waiting:
        condition = waiting.pop()
        if condition in found:
            continue
        found.append(condition)
        if condition.operator not in _WITHOUT_ANSWER:
            question = questions[condition.question]
            waiting += question.conditions
            row = condition.question.removeprefix(f"{question.key}.")
            waiting += question.row_conditions.get(row, ())
    return found


def _can_hold(question: Question, conditions: list[Condition]) -> bool:
    if question.scale in (Scale.SEVERAL, Scale.RANK):
        return _can_choose(question, conditions)
    if question.scale in (Scale.NUMBER, Scale.GRADE):
        return _has_number(question, conditions)
    codes: set[int | str] = {
        int(option.key) if question.scale in FIVES else option.key for option in question.options
    }
    return bool(_left(codes, conditions))


def _left(codes: set[int | str], conditions: list[Condition]) -> set[int | str]:
    for condition in conditions:
        codes = (
            codes - set(condition.values) if condition.operator == "not_in" else codes & set(condition.values)
        )
    return codes


def _has_number(question: Question, conditions: list[Condition]) -> bool:
    """Whether a whole number is left; only numbers beside a bound or a named value need to be tried."""
    named = {value for condition in conditions for value in condition.values if isinstance(value, int)}
    tried = {question.lowest, question.highest} | {each + step for each in named for step in (-1, 0, 1)}
    return any(
        question.lowest <= number <= question.highest and all(_holds(each, number) for each in conditions)
        for number in tried
    )


def _holds(condition: Condition, number: int) -> bool:
    bound = condition.values[0]
    if condition.operator == "at_least":
        return isinstance(bound, int) and number >= bound
    if condition.operator == "at_most":
        return isinstance(bound, int) and number <= bound
    return (number in condition.values) == (condition.operator == "in")


def _can_choose(question: Question, conditions: list[Condition]) -> bool:
    """Whether a choice of options exists: one that goes with no other, or as many of the others as may be."""
    needed = {each for condition in conditions if condition.operator == "has" for each in condition.values}
    if question.scale is Scale.RANK and len(needed) > MAX_RANKED:
        return False
    barred = {
        each for condition in conditions if condition.operator == "has_not" for each in condition.values
    }
    open_to = {option.key for option in question.options} - barred
    alone = open_to & set(question.exclusive)
    choices = [open_to - alone, *({key} for key in alone)]
    return any(all(_meets(choice, condition) for condition in conditions) for choice in choices)


def _meets(choice: set[str], condition: Condition) -> bool:
    if condition.operator == "has":
        return choice >= set(condition.values)
    return condition.operator == "has_not" or bool(choice & set(condition.values))
