"""A whole questionnaire as respondents get it, to read: every question, with when it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from callbacks.questionnaires.desk import ROUND_PLACE, Desk, Place, show
from callbacks.server_pages import Route, bound
from survey.checklist import title_of
from survey.choosing import get_list
from survey.definition import Question, text_of
from survey.lists import load_list
from survey.routing_words import condition_words, scale_words


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    return ((f"{ROUND_PLACE}/voorbeeld/<int:list_id>", "round_preview", "GET", bound(show, desk, _page)),)


def _page(place: Place, errors: Mapping[str, str], list_id: int) -> str:
    row = get_list(place.session, place.round.id, list_id)
    questionnaire = load_list(place.session, row.id).tailor(place.desk.questionnaires)
    by_key = {key: question for question in questionnaire.questions for key in question.answer_keys}
    by_key |= {question.key: question for question in questionnaire.questions}
    return place.render(
        "voorbeeld.html",
        errors=errors,
        list_id=list_id,
        title=title_of(questionnaire),
        intro=text_of(questionnaire.intro, "nl").strip().split("\n\n"),
        minutes=questionnaire.minutes,
        is_anonymous=questionnaire.is_anonymous,
        languages=questionnaire.languages,
        sections=[
            {
                "key": section.key,
                "title": text_of(section.titles, "nl"),
                "intro": text_of(section.intro, "nl"),
                "questions": [_shown(question, by_key) for question in section.questions],
            }
            for section in questionnaire.sections
        ],
        checks=[text_of(check.texts, "nl") for check in questionnaire.checks],
    )


def _shown(question: Question, by_key: Mapping[str, Question]) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": text_of(question.texts, "nl"),
        "hint": text_of(question.hint, "nl"),
        "scale": scale_words(question),
        "options": [text_of(option.texts, "nl") for option in question.options],
        "rows": [
            (text_of(row.texts, "nl"), condition_words(question.row_conditions.get(row.key, ()), by_key))
            for row in question.rows
        ],
        "when": condition_words(question.conditions, by_key),
        "is_required": question.is_required,
        "is_own": question.is_own,
    }
