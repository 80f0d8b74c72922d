"""What somebody answered, as a form or a program sent it, to a value of the definition. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from app.errors import BadInput
from survey.definition import (
    FIVES,
    MAX_OPEN,
    MAX_OTHER,
    MAX_RANKED,
    OTHER,
    Question,
    Questionnaire,
    Scale,
    Value,
    text_of,
)
from survey.words import DUTCH, Words

_MAX_DIGITS = 15
_NUMBER = re.compile(r"[-−]?(\d{1,3}(\.\d{3})+|\d+)", re.ASCII)
_REMOVED = {"Cc", "Cs", "Co", "Cn"}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""They turn the direction of what follows, also outside the answer."""


class BadAnswer(BadInput):
    """An answer that the question cannot have; the message says what to do."""


def find_question(questionnaire: Questionnaire, key: str) -> Question | None:
    """The question to which the key of an answer belongs; also that of own words beside an option."""
    for question in questionnaire.questions:
        if key in question.answer_keys or (key == f"{question.key}.{OTHER}" and has_other(question)):
            return question
    return None


def has_other(question: Question) -> bool:
    """Whether own words can stand beside an option of the question."""
    return any(option.key == OTHER for option in question.options)


def is_text(question: Question, key: str) -> bool:
    """Whether the answer under a key is free text."""
    return question.scale is Scale.OPEN or key not in question.answer_keys


def parse_answer(questionnaire: Questionnaire, key: str, raw: object, words: Words = DUTCH) -> Value | None:
    """An answer as it is kept; None where it was taken back.

    Args:
        raw: a value out of JSON, or a text or list of texts out of a form.
        words: those of who answers, to say what is wrong.

    Raises:
        BadAnswer: there is no such question, or it cannot be answered so; in words for who answers.
    """
    question = find_question(questionnaire, key) if isinstance(key, str) else None
    if question is None:
        raise BadAnswer(words("wrong_question"))
    if raw is None or raw in ("", []):
        return None
    if is_text(question, key):
        return _text(raw, MAX_OPEN if question.scale is Scale.OPEN else MAX_OTHER, words)
    return _PARSERS[question.scale](question, raw, words)


def _code(question: Question, raw: object, words: Words) -> int:
    codes = {int(option.key) for option in question.options}
    number = int(raw) if isinstance(raw, str) and raw in {str(code) for code in codes} else raw
    if type(number) is not int or number not in codes:
        raise BadAnswer(words("wrong_choice"))
    return number


def _number(question: Question, raw: object, words: Words) -> int:
    number = raw
    if isinstance(raw, str):
        text = raw.strip()
        if not text:
            raise BadAnswer(words("wrong_empty_number"))
        if len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
            raise BadAnswer(words("wrong_number"))
        number = int(text.replace(".", "").replace("−", "-"))
    if type(number) is not int:
        raise BadAnswer(words("wrong_number"))
    if not question.lowest <= number <= question.highest:
        low, high = words.number(question.lowest), words.number(question.highest)
        raise BadAnswer(words("wrong_range", low=low, high=high))
    return number


def _one(question: Question, raw: object, words: Words) -> str:
    if not isinstance(raw, str) or raw not in {option.key for option in question.options}:
        raise BadAnswer(words("wrong_choice"))
    return raw


def _chosen(question: Question, raw: object, words: Words) -> list[str]:
    """The options as they were sent, without the empty ones of a form."""
    several = [raw] if isinstance(raw, str) else raw
    if not isinstance(several, list) or len(several) > 2 * len(question.options) + MAX_RANKED:
        raise BadAnswer(words("wrong_choices"))
    chosen = [_one(question, each, words) for each in several if each != ""]
    if len(set(chosen)) != len(chosen):
        raise BadAnswer(words("wrong_twice"))
    return chosen


def _several(question: Question, raw: object, words: Words) -> list[str] | None:
    chosen = set(_chosen(question, raw, words))
    if len(chosen) > 1 and (alone := [each for each in question.options if each.key in question.exclusive]):
        for option in alone:
            if option.key in chosen:
                raise BadAnswer(words("wrong_both", option=text_of(option.texts, words.language)))
    return [option.key for option in question.options if option.key in chosen] or None


def _ranked(question: Question, raw: object, words: Words) -> list[str] | None:
    chosen = _chosen(question, raw, words)
    if len(chosen) > MAX_RANKED:
        raise BadAnswer(words("wrong_too_many", most=MAX_RANKED))
    return chosen or None


def _text(raw: object, most: int, words: Words) -> str | None:
    """NFC, line ends as \\n, without control characters and signs that turn the direction of writing."""
    if not isinstance(raw, str):
        raise BadAnswer(words("wrong_text"))
    if len(raw) > 20 * most:
        raise BadAnswer(words("wrong_far_too_long", most=most))
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = "".join(each for each in text if each == "\n" or _may_stay(each)).strip()
    if len(kept) > most:
        raise BadAnswer(words("wrong_too_long", length=len(kept), most=most))
    return kept or None


def _may_stay(character: str) -> bool:
    return unicodedata.category(character) not in _REMOVED and character not in _TURNING


_PARSERS: Mapping[Scale, Callable[[Question, object, Words], Value | None]] = {
    **dict.fromkeys(FIVES, _code),
    Scale.GRADE: _number,
    Scale.NUMBER: _number,
    Scale.YES_NO: _one,
    Scale.ONE: _one,
    Scale.SEVERAL: _several,
    Scale.RANK: _ranked,
}
