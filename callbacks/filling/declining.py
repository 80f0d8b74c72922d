"""Not taking part, and coming back to that: for people with a link."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from callbacks.filling.desk import Desk, Place, language_of, show, show_refusal
from survey.store.acts import FillingRefused, may_decline, reason_against, resume_answering, stop_answering
from survey.store.doors import Kind


def show_question(desk: Desk, place: Place) -> ResponseReturnValue:
    """Ask whether it is meant, and say what will happen."""
    visit = desk.look(place)
    reason = reason_against(visit)
    if reason is not None:
        return show_refusal(desk, place, FillingRefused(reason))
    if not may_decline(visit):
        return redirect(place.address)
    return show("stoppen", place, visit, language=language_of(visit, request.args.get("taal", "")))


def stop(desk: Desk, place: Place) -> ResponseReturnValue:
    """Erase what was not sent. An own link is gone with it; an invitee keeps theirs, to come back."""
    seen = desk.look(place)
    try:
        desk.act(place, stop_answering)
    except FillingRefused as refused:
        return show_refusal(desk, place, refused)
    language = language_of(seen, request.form.get("taal", ""))
    if place.door.kind is Kind.OWN:
        return show("gestopt", place, seen, language=language)
    return redirect(f"{place.address}?taal={language}", 303)


def take_part(desk: Desk, place: Place) -> ResponseReturnValue:
    """Let an invitee who declined begin after all."""
    try:
        desk.act(place, resume_answering)
    except FillingRefused as refused:
        return show_refusal(desk, place, refused)
    return redirect(f"{place.address}?taal={language_of(desk.look(place))}", 303)
