"""The page where a questionnaire begins: who asks, what happens with answers, and how far one is."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from callbacks.filling.desk import Desk, Place, language_of, show, show_refusal
from layouts.filling import parts, place_of
from survey.rules import progress, screens
from survey.store import mark_opened
from survey.store.acts import (
    FillingRefused,
    Reason,
    begin_answering,
    may_decline,
    may_resume_elsewhere,
    reason_against,
)
from survey.store.doors import Kind
from survey.tokens import Token


def show_hub(desk: Desk, place: Place) -> ResponseReturnValue:
    """Before the first question, and between sections."""
    visit = desk.look(place)
    reason = reason_against(visit)
    if reason is not None:
        return show_refusal(desk, place, FillingRefused(reason))
    language = language_of(visit, request.args.get("taal", ""))
    shown = screens(visit.questionnaire, visit.answers)
    how_far = progress(visit.questionnaire, visit.answers)
    listed = parts(visit.questionnaire, shown, how_far, language)
    may = place.is_by_link and may_decline(visit)
    return show("begin", place, visit, language=language, parts=listed, may_decline=may)


def note_opened(desk: Desk, place: Place) -> ResponseReturnValue:
    """Count that a browser showed the page: programs that look at links in mails do not run its script."""
    desk.act(place, lambda session, visit: mark_opened(session, visit.door))
    return "", 204


def begin(desk: Desk, place: Place) -> ResponseReturnValue:
    """Make the draft, unless it is there, and go to the first screen that is not finished."""
    language, submission_id = request.form.get("taal", "nl"), request.form.get("verzending", "")
    if place.door.kind is Kind.OPEN:
        desk.count_start(desk.look(place).words(language))
    try:
        own: Token | None = desk.act(
            place,
            lambda session, visit: begin_answering(
                session, visit, key=desk.key, language=language, submission_id=submission_id
            ),
        )
    except FillingRefused as refused:
        return show_refusal(desk, place, refused)
    if own is not None:
        return redirect(f"/invullen/{own}/{_first(desk, place)}", 303)
    return redirect(f"{place.address}/{_first(desk, place)}", 303)


def _first(desk: Desk, place: Place) -> str:
    """The first screen on which nothing was answered yet, or the summary."""
    visit = desk.look(place)
    for screen in screens(visit.questionnaire, visit.answers):
        if not any(key in visit.answers for question in screen.questions for key in question.answer_keys):
            return place_of(screen)
    return "controle"


def show_resume(desk: Desk, place: Place) -> ResponseReturnValue:
    """The link and code with which somebody goes on elsewhere."""
    visit = desk.look(place)
    reason = reason_against(visit) or (None if visit.draft else Reason.NOT_BEGUN)
    if reason is not None:
        return show_refusal(desk, place, FillingRefused(reason))
    if not may_resume_elsewhere(visit):
        return redirect(place.address)
    return show("verder", place, visit, root=request.host_url.rstrip("/"))
