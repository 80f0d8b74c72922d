"""Routing in words: when a question is asked, for people who check a questionnaire. Pure."""

from collections.abc import Mapping, Sequence

from app.wording import listing
from survey.definition import Condition, Question, Scale, text_of

SCALES = {
    Scale.GRADE: "een cijfer van 1 tot en met 10",
    Scale.NUMBER: "een getal",
    Scale.ONE: "één antwoord kiezen",
    Scale.SEVERAL: "een of meer antwoorden kiezen",
    Scale.RANK: "hoogstens drie kiezen, op volgorde",
    Scale.OPEN: "eigen woorden",
    Scale.FACES: "gezichtjes kiezen",
}
_WHETHER = {
    "in": "is gekozen: {values}",
    "not_in": "niet is gekozen: {values}",
    "has": "is gekozen: {values}",
    "has_not": "niet is gekozen: {values}",
    "has_any": "is gekozen: {values}",
    "at_least": "staat: {values} of meer",
    "at_most": "staat: {values} of minder",
}
_ALL = frozenset({"has", "has_not"})


def scale_words(question: Question) -> str:
    """How a question is answered: `een getal van 0 tot en met 60 (leerlingen)`."""
    words = SCALES.get(question.scale, "één antwoord kiezen")
    if question.scale is not Scale.NUMBER:
        return words
    unit = text_of(question.unit, "nl")
    return f"{words} van {question.lowest} tot en met {question.highest}{f' ({unit})' if unit else ''}"


def condition_words(conditions: Sequence[Condition], by_key: Mapping[str, Question]) -> str:
    """`Alleen als bij Q1.01 is gekozen: ‘wijk- of jeugdteam’ en …`; '' for what is always asked.

    Args:
        by_key: questions by their key and by the keys of their answers.
    """
    if not conditions:
        return ""
    return f"Alleen als {listing([_words(each, by_key.get(each.question)) for each in conditions])}."


def _words(condition: Condition, question: Question | None) -> str:
    values = [_label(value, question) for value in condition.values]
    joined = listing(values) if condition.operator in _ALL else _either(values)
    return f"bij {condition.question} {_WHETHER[condition.operator].format(values=joined)}"


def _either(words: Sequence[str]) -> str:
    """`a, b of c`."""
    return f"{', '.join(words[:-1])} of {words[-1]}" if len(words) > 1 else "".join(words)


def _label(value: int | str, question: Question | None) -> str:
    for option in question.options if question else ():
        if option.key == str(value):
            return f"‘{text_of(option.texts, 'nl')}’"
    return str(value)
