"""What the pages of free texts show, as rows of text for their templates: from texts to words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.wording import number
from survey.definition import OTHER, Questionnaire, text_of
from survey.free_text import warnings_of
from survey.texts import REASON_WORDS, Choice, Decision, Reason, ReviewedQuestion, State, Text

LANGUAGE = "nl"


class QuestionRow(NamedTuple):
    """One question with its texts as a table tells it."""

    list_id: int
    question: str
    questionnaire: str
    text: str
    progress: str
    is_enough: bool
    is_done: bool
    is_named: bool


class TextRow(NamedTuple):
    """One text with its form: what was decided, and what the form shows as chosen."""

    id: str
    number: int
    text: str
    warnings: Sequence[str]
    state: State
    decided: str
    shown: str
    choice: str
    edited: str
    reason: str
    problems: Mapping[str, str]


def question_rows(
    questions: Sequence[ReviewedQuestion],
    questionnaires: Mapping[tuple[str, int], Questionnaire],
    own: Mapping[tuple[int, str], str],
) -> list[QuestionRow]:
    """Questions as rows, in the order in which they are asked.

    Args:
        own: questions that the region added: (list, key) → text.
    """
    rows = [_question_row(each, questionnaires, own) for each in questions]
    order = {
        (each.list_id, each.question): _place(each, questionnaires.get((each.questionnaire, each.version)))
        for each in questions
    }
    return sorted(rows, key=lambda row: (row.list_id, order[row.list_id, row.question], row.question))


def text_rows(
    texts: Sequence[Text], tried: Decision | None = None, problems: Mapping[str, str] | None = None
) -> list[TextRow]:
    """Texts as rows; of the one that was just refused the form shows what was filled in."""
    return [
        _text_row(text, place, tried if tried and tried.text_id == text.id else None, problems or {})
        for place, text in enumerate(texts, start=1)
    ]


def _question_row(
    each: ReviewedQuestion,
    questionnaires: Mapping[tuple[str, int], Questionnaire],
    own: Mapping[tuple[int, str], str],
) -> QuestionRow:
    found = questionnaires.get((each.questionnaire, each.version))
    title = text_of(found.titles, LANGUAGE) if found else each.questionnaire
    words = own.get((each.list_id, each.question)) or _words(found, each.question)
    progress = f"{number(each.done)} van {number(each.total)} nagekeken" if each.is_enough else ""
    is_done = each.is_enough and not each.new
    return QuestionRow(
        each.list_id, each.question, title, words, progress, each.is_enough, is_done, each.is_named
    )


def _words(questionnaire: Questionnaire | None, key: str) -> str:
    """What was asked; the key itself where the definition is gone."""
    plain = key.removesuffix(f".{OTHER}")
    for question in questionnaire.questions if questionnaire else ():
        if question.key == plain:
            words = text_of(question.texts, LANGUAGE)
            return words if plain == key else f"{words} Anders, namelijk:"
    return key


def _place(each: ReviewedQuestion, questionnaire: Questionnaire | None) -> int:
    keys = [question.key for question in questionnaire.questions] if questionnaire else []
    plain = each.question.removesuffix(f".{OTHER}")
    return keys.index(plain) if plain in keys else len(keys)


def _text_row(text: Text, place: int, tried: Decision | None, problems: Mapping[str, str]) -> TextRow:
    return TextRow(
        id=text.id,
        number=place,
        text=text.text,
        warnings=warnings_of(text.text),
        state=text.state,
        decided=_decided(text),
        shown=text.shown_text if text.is_edited else "",
        choice=tried.choice if tried else _choice(text),
        edited=tried.edited if tried else text.shown_text or text.text,
        reason=tried.reason if tried else text.reason,
        problems=problems if tried else {},
    )


def _choice(text: Text) -> str:
    if text.state is State.NEW:
        return ""
    if text.state is State.LEFT_OUT:
        return Choice.LEAVE_OUT
    return Choice.EDIT if text.is_edited else Choice.SHOW


def _decided(text: Text) -> str:
    """'Wordt getoond, door coordinator', or nothing for a text that nobody has read."""
    if text.state is State.NEW:
        return ""
    if text.state is State.LEFT_OUT:
        what = f"Weggelaten: {REASON_WORDS.get(Reason(text.reason), text.reason) if text.reason else ''}"
    else:
        what = "Wordt getoond met een andere tekst" if text.is_edited else "Wordt getoond zoals het er staat"
    return f"{what}. Nagekeken door {text.reviewed_by}."
