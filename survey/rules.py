"""Which questions are asked, and what is wrong with answers: worked out anew each time, never kept. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from survey.definition import (
    OTHER,
    Answers,
    Condition,
    Option,
    Question,
    Questionnaire,
    Section,
    Value,
    text_of,
)
from survey.free_text import must_go
from survey.values import BadAnswer, find_question, has_other, is_text, parse_answer
from survey.words import DUTCH, Words

__all__ = [
    "BadAnswer", "Problem", "Progress", "Screen", "asked", "find_question", "is_text", "kept", "parse_answer",
    "problems", "progress", "screens",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Screen:
    """Questions that stand together, as this respondent gets them.

    `number` counts the screens of the section in the definition, from 1, so that an address stays right
    whatever is answered. The questions hold only the rows and options that apply.
    """

    section: Section
    number: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be put right before sending; `key` is that of an answer."""

    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is. `missing` are the answers without which nothing can be sent."""

    asked: int
    answered: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Path:
    """The questions that are asked, with the rows and options that apply, and the answers that count."""

    questions: Mapping[str, Question]
    kept: Mapping[str, Value]


def asked(questionnaire: Questionnaire, answers: Answers) -> tuple[str, ...]:
    """The keys under which answers may stand now: of rows too, and of own words beside a chosen option."""
    path = _path(questionnaire, answers)
    screens = _screens(questionnaire, path)
    return tuple(
        key for screen in screens for question in screen.questions for key in _keys(question, path.kept)
    )


def screens(questionnaire: Questionnaire, answers: Answers) -> list[Screen]:
    """The screens with something to ask, in their order."""
    return list(_screens(questionnaire, _path(questionnaire, answers)))


def kept(questionnaire: Questionnaire, answers: Answers) -> dict[str, Value]:
    """The answers that are sent: only those to questions that are asked."""
    return dict(_path(questionnaire, answers).kept)


def problems(questionnaire: Questionnaire, answers: Answers, words: Words = DUTCH) -> list[Problem]:
    """All that stands in the way of sending, in the order of the questions, in the words of who answers."""
    path = _path(questionnaire, answers)
    found = [
        problem for question in path.questions.values() for problem in _of_question(question, path, words)
    ]
    for key, value in path.kept.items():
        try:
            parse_answer(questionnaire, key, value, words)
        except BadAnswer as error:
            found.append(Problem(key, str(error)))
    found += _of_sums(questionnaire, path.kept, words)
    places = {key: place for place, key in enumerate(asked(questionnaire, answers))}
    return sorted(found, key=lambda problem: places[problem.key])


def progress(questionnaire: Questionnaire, answers: Answers) -> dict[str, Progress]:
    """Per section how many answers are asked for and how many are there; own words do not count."""
    path = _path(questionnaire, answers)
    found = {section.key: Progress(0, 0, 0) for section in questionnaire.sections}
    for section in questionnaire.sections:
        questions = [path.questions[each.key] for each in section.questions if each.key in path.questions]
        keys = [(question, key) for question in questions for key in question.answer_keys]
        found[section.key] = Progress(
            len(keys),
            sum(key in path.kept for _, key in keys),
            sum(question.is_required and key not in path.kept for question, key in keys),
        )
    return found


def _path(questionnaire: Questionnaire, answers: Answers) -> _Path:
    """One walk: a condition only asks about what came before, and an answer off the path counts as none."""
    questions: dict[str, Question] = {}
    counted: dict[str, Value] = {}
    for question in questionnaire.questions:
        if not _hold(question.conditions, counted):
            continue
        shown = _as_shown(question, counted)
        if shown is None:
            continue
        questions[question.key] = shown
        for key in shown.answer_keys:
            value = _within(shown, answers.get(key)) if question.option_conditions else answers.get(key)
            if value is not None:
                counted[key] = value
        other = f"{question.key}.{OTHER}"
        if _has_own_words(shown, counted) and answers.get(other) is not None:
            counted[other] = answers[other]
    return _Path(questions, counted)


def _as_shown(question: Question, answers: Answers) -> Question | None:
    """The question with the rows and options that apply; None where none of them does."""
    if not (question.option_conditions or question.row_conditions or question.first_rows_from):
        return None if question.options_source and not question.options else question
    options = _applying(question.options, question.option_conditions, answers)
    rows = _applying(question.rows, question.row_conditions, answers)
    if (question.rows and not rows) or (question.options and not options):
        return None
    first = answers.get(question.first_rows_from)
    if isinstance(first, list):
        rows = tuple(sorted(rows, key=lambda row: row.key not in first))
    return replace(question, options=options, rows=rows)


def _applying(
    parts: tuple[Option, ...], conditions: Mapping[str, tuple[Condition, ...]], answers: Answers
) -> tuple[Option, ...]:
    return tuple(part for part in parts if _hold(conditions.get(part.key, ()), answers))


def _within(question: Question, value: Value | None) -> Value | None:
    """What is left of an answer when options have gone."""
    keys = {option.key for option in question.options}
    if isinstance(value, list):
        return [each for each in value if each in keys] or None
    return value if isinstance(value, str) and value in keys else None


def _has_own_words(question: Question, answers: Answers) -> bool:
    value = answers.get(question.key)
    return has_other(question) and (value == OTHER or (isinstance(value, list) and OTHER in value))


def _keys(question: Question, answers: Answers) -> tuple[str, ...]:
    own_words = (f"{question.key}.{OTHER}",) if _has_own_words(question, answers) else ()
    return (*question.answer_keys, *own_words)


def _hold(conditions: tuple[Condition, ...], answers: Answers) -> bool:
    return all(_HOLDS[each.operator](answers.get(each.question), each.values) for each in conditions)


def _has(value: Value | None, values: tuple[int | str, ...]) -> bool:
    return isinstance(value, list) and all(each in value for each in values)


def _has_any(value: Value | None, values: tuple[int | str, ...]) -> bool:
    return isinstance(value, list) and any(each in value for each in values)


def _is_in(value: Value | None, values: tuple[int | str, ...]) -> bool:
    return isinstance(value, int | str) and value in values


def _at_least(value: Value | None, values: tuple[int | str, ...]) -> bool:
    return isinstance(value, int) and isinstance(values[0], int) and value >= values[0]


def _at_most(value: Value | None, values: tuple[int | str, ...]) -> bool:
    return isinstance(value, int) and isinstance(values[0], int) and value <= values[0]


_HOLDS: Mapping[str, Callable[[Value | None, tuple[int | str, ...]], bool]] = {
    "in": _is_in,
    "not_in": lambda value, values: not _is_in(value, values),
    "has": _has,
    "has_any": _has_any,
    "has_not": lambda value, values: not _has_any(value, values),
    "at_least": _at_least,
    "at_most": _at_most,
}


def _screens(questionnaire: Questionnaire, path: _Path) -> Iterator[Screen]:
    for section in questionnaire.sections:
        for number, screen in _in_order(section, path.kept):
            questions = tuple(path.questions[each.key] for each in screen if each.key in path.questions)
            if questions:
                yield Screen(section, number, questions)


def _in_order(section: Section, answers: Answers) -> list[tuple[int, tuple[Question, ...]]]:
    """The screens of a section with their numbers, those that move at the place that they move to."""
    numbered = list(enumerate(section.screens, 1))
    for entry in list(numbered):
        question = entry[1][0]
        if question.moved_before and _hold(question.moved_if, answers):
            numbered.remove(entry)
            keys = [[each.key for each in screen] for _, screen in numbered]
            place = next(at for at, screen in enumerate(keys) if question.moved_before in screen)
            numbered.insert(place, entry)
    return numbered


def _of_question(question: Question, path: _Path, words: Words) -> Iterator[Problem]:
    for key in question.answer_keys:
        value = path.kept.get(key)
        if value is None and question.is_required:
            yield Problem(key, words("wrong_missing"))
        most = path.kept.get(question.highest_from)
        if isinstance(value, int) and isinstance(most, int) and value > most:
            other = next(
                each for each in path.questions.values() if question.highest_from in each.answer_keys
            )
            label = text_of(other.texts, words.language)
            yield Problem(key, words("wrong_more", most=words.number(most), question=label))
    for key in _keys(question, path.kept):
        text = path.kept.get(key)
        if is_text(question, key) and isinstance(text, str):
            yield from (Problem(key, message) for message in must_go(text, words))


def _of_sums(questionnaire: Questionnaire, answers: Answers, words: Words) -> Iterator[Problem]:
    for check in questionnaire.checks:
        numbers = [value for key in check.parts if isinstance(value := answers.get(key), int)]
        whole = answers.get(check.whole)
        if isinstance(whole, int) and sum(numbers) > whole:
            yield Problem(check.whole, text_of(check.texts, words.language))
