"""The summary, sending, and the thanks with a receipt."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from callbacks.filling.desk import Desk, Place, language_of, show, show_refusal
from layouts.filling import place_of, reviews, told_of
from survey.definition import text_of
from survey.rules import Problem, find_question, kept, screens
from survey.store.acts import (
    FillingRefused,
    Incomplete,
    problems_of,
    reason_against,
    send_answers,
)
from survey.store.drafts import read_submission_id
from survey.store.visits import Visit
from survey.tokens import Token, spaced


def show_review(desk: Desk, place: Place) -> ResponseReturnValue:
    """Every question that is asked, with what was answered and a link to change it."""
    visit = desk.look(place)
    reason = reason_against(visit)
    if reason is not None:
        return show_refusal(desk, place, FillingRefused(reason))
    if visit.draft is None:
        return redirect(place.address)
    return _review(place, visit, [])


def send(desk: Desk, place: Place) -> ResponseReturnValue:
    """Send the answers; sent again, the same thanks. It says thanks only after they are stored for good."""
    submission_id = read_submission_id(request.form.get("verzending", "")) or ""
    try:
        outcome: Token | Incomplete = desk.act(
            place,
            lambda session, visit: send_answers(session, visit, key=desk.key, submission_id=submission_id),
        )
    except FillingRefused as refused:
        return show_refusal(desk, place, refused)
    visit = desk.look(place)
    if isinstance(outcome, Incomplete):
        return _review(place, visit, outcome.problems), 422
    return show(
        "bedankt",
        place,
        visit,
        language=language_of(visit, request.form.get("taal", "")),
        receipt=spaced(outcome),
        outcome=desk.outcome_of(visit.round.id),
    )


def _review(place: Place, visit: Visit, problems: list[Problem]) -> str:
    language = language_of(visit)
    shown = screens(visit.questionnaire, visit.answers)
    answers = kept(visit.questionnaire, visit.answers)
    return show(
        "controle",
        place,
        visit,
        reviews=reviews(shown, answers, language),
        problems=[(_place_of(visit, each), _words(visit, each, language)) for each in problems],
        waiting=[_place_of(visit, each) for each in problems_of(visit)],
        last=place_of(shown[-1]) if shown else "",
    )


def _place_of(visit: Visit, problem: Problem) -> str:
    """The end of the address of the screen on which a problem can be put right."""
    question = find_question(visit.questionnaire, problem.key)
    for screen in screens(visit.questionnaire, visit.answers):
        if question is not None and question.key in {each.key for each in screen.questions}:
            return place_of(screen)
    return ""


def _words(visit: Visit, problem: Problem, language: str) -> str:
    question = find_question(visit.questionnaire, problem.key)
    label = text_of(question.texts, language) if question else ""
    return told_of(label, problem.message)
