"""Answers to counts: what every question of a list was answered, per gemeente. Pure.

Questions on a scale of five and grades are counted per gemeente and together; choices and numbers only
together. A theme has one score per respondent: the mean of the valid answers, if at least half are valid.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.disclosure import Asked, Cell, Measure
from survey.definition import (
    CANNOT_SAY,
    DO_NOT_KNOW,
    FIVES,
    MAX_RANKED,
    Answers,
    Question,
    Questionnaire,
    Scale,
)
from survey.results.judging import cannot_score

CORE = "K"
"""How the keys of the shared core begin."""

THEME = "thema:"
"""Before the id of a theme, among the keys of questions."""

CHOICES = frozenset({Scale.YES_NO, Scale.ONE, Scale.SEVERAL, Scale.RANK})
OPINIONS = frozenset({Scale.AGREE, Scale.FREQUENCY})
"""Scales that make a theme's score. Not the faces: those are other questions, for who is below 12; nor the
phases of agreements, of which a mean is none."""

NUMBER_CLASSES = ((-(10**15), -1), (0, 0), (1, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 10**15))


@dataclass(frozen=True, slots=True)
class Response:
    """One list that was sent, as the counting sees it."""

    part: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Choice:
    """How often each option was chosen among who answered; each of them could choose at most `most`."""

    key: str
    counts: Mapping[str, int]
    n: int
    most: int = 1
    cannot_say: int = 0


def scaled_keys(question: Question) -> tuple[str, ...]:
    """The keys of a question that is answered on an ordered scale; none for another."""
    return question.answer_keys if question.scale in FIVES or question.scale is Scale.GRADE else ()


def measure_of(question: Question) -> Measure:
    """How a question on a scale is read."""
    return Measure.GRADE if question.scale is Scale.GRADE else Measure.FIVE


def theme_items(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Theme → the questions whose answers make its score: the core where the theme has one.

    Each row of a matrix counts as a question.
    A grade stands for its theme alone: it cannot be averaged with answers of 1 to 5. How satisfied people are
    makes the score of a theme that asks nothing else, as that of partners, which stands beside the grade.
    """
    found: dict[str, tuple[str, ...]] = {}
    for theme in questionnaire.themes:
        own = [each for each in questionnaire.questions if each.theme == theme and not each.is_own]
        grades = [each.key for each in own if each.scale is Scale.GRADE]
        opinions = [key for each in own if each.scale in OPINIONS for key in each.answer_keys]
        core = [key for key in opinions if key.startswith(CORE)]
        satisfied = [key for each in own if each.scale is Scale.SATISFIED for key in each.answer_keys]
        if items := grades[:1] or core or opinions or satisfied:
            found[theme] = tuple(items)
    return found


def count_scales(
    questionnaire: Questionnaire, responses: Sequence[Response], parts: Collection[str]
) -> list[Asked]:
    """Every question on a scale, and every theme, with the answers of each part."""
    measures = {key: measure_of(each) for each in questionnaire.questions for key in scaled_keys(each)}
    asked = [
        Asked(key, measure, {part: _cell(responses, part, key, measure) for part in parts})
        for key, measure in measures.items()
    ]
    for theme, items in theme_items(questionnaire).items():
        measure = measures[items[0]]
        cells = {part: _scores(responses, part, items, measure) for part in parts}
        asked.append(Asked(THEME + theme, measure, cells, items))
    return asked


def theme_score(answers: Answers, items: Sequence[str]) -> float | None:
    """A respondent's score: 4, 5 and 'weet ik niet' → 4.5; None if fewer than half are valid."""
    valid = [value for key in items if (value := valid_answer(answers, key)) is not None]
    return sum(valid) / len(valid) if valid and 2 * len(valid) >= len(items) else None


def score_of(answers: Answers, items: Sequence[str], measure: Measure) -> float | None:
    """A respondent's score on a theme: the grade itself, or the mean of the questions."""
    if measure is Measure.GRADE:
        grade = valid_answer(answers, items[0], measure)
        return None if grade is None else float(grade)
    return theme_score(answers, items)


def valid_answer(answers: Answers, key: str, measure: Measure | None = None) -> int | None:
    """An answer on a scale; None for none and for 'weet ik niet', which a grade of 9 is not."""
    value = answers.get(key)
    is_code = value == CANNOT_SAY and measure is not Measure.GRADE
    return value if isinstance(value, int) and not is_code else None


def count_choices(questionnaire: Questionnaire, responses: Sequence[Response]) -> list[Choice]:
    """Every question with options or a number, over all who answered it.

    Not those that choose among the gemeenten of the round: they would be a second breakdown per gemeente.
    """
    return [
        _choice(question, key, [each.answers[key] for each in responses if key in each.answers])
        for question in questionnaire.questions
        if (question.scale in CHOICES and not question.options_source) or question.scale is Scale.NUMBER
        for key in question.answer_keys
    ]


def number_class(number: int) -> str:
    """The class of a number: 7 → '5-9'."""
    low, high = next(each for each in NUMBER_CLASSES if each[0] <= number <= each[1])
    return f"{low}-{high}"


def _cell(responses: Sequence[Response], part: str, key: str, measure: Measure) -> Cell:
    answers = [each.answers for each in responses if each.part == part and key in each.answers]
    values = [valid_answer(each, key, measure) for each in answers]
    counts = Counter(float(value) for value in values if value is not None)
    return Cell(dict(counts), sum(value is None for value in values))


def _scores(responses: Sequence[Response], part: str, items: Sequence[str], measure: Measure) -> Cell:
    of_part = [each.answers for each in responses if each.part == part]
    scores = [score for each in of_part if (score := score_of(each, items, measure)) is not None]
    is_theirs = measure is not Measure.GRADE  # a grade of 9 is one
    return Cell(dict(Counter(scores)), sum(is_theirs and cannot_score(each, items) for each in of_part))


def _choice(question: Question, key: str, values: Sequence[object]) -> Choice:
    if question.scale is Scale.NUMBER:
        classes = Counter(number_class(value) for value in values if isinstance(value, int))
        keys = [f"{low}-{high}" for low, high in NUMBER_CLASSES if _can_be(question, low, high)]
        return Choice(key, {each: classes.get(each, 0) for each in keys}, sum(classes.values()))
    valid = [given for value in values if (given := chosen_options(value))]
    chosen = Counter(option for options in valid for option in options)
    counts = {each: chosen.get(each, 0) for each in valid_options(question)}
    return Choice(key, counts, len(valid), most_chosen(question), cannot_say=len(values) - len(valid))


def most_chosen(question: Question) -> int:
    """How many options one person may choose."""
    if question.scale is Scale.RANK:
        return MAX_RANKED
    return len(question.options) if question.scale is Scale.SEVERAL else 1


def valid_options(question: Question) -> list[str]:
    """The keys of the options of a question but 'weet ik niet'."""
    unknown = str(CANNOT_SAY) if question.scale in FIVES else DO_NOT_KNOW
    return [option.key for option in question.options if option.key != unknown]


def chosen_options(value: object) -> list[object]:
    """The options of an answer; 'weet ik niet' is none."""
    return [each for each in (value if isinstance(value, list) else [value]) if each != DO_NOT_KNOW]


def _can_be(question: Question, low: int, high: int) -> bool:
    return low <= question.highest and high >= question.lowest
