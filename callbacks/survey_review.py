"""`/regio/<region>/vragenlijsten/nakijken`: free texts, read by somebody with the permission before others.

Made on the server; every decision is a form of its own. Whoever has another role, also in the same region, is
refused.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dash import Dash
from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import AllowedRegion, ReviewedRegion, Tab, Viewer
from app.auth import current_viewer
from app.db import Database
from app.disclosure.cells import MIN_TEXTS
from app.errors import AccessDenied, BadInput, SelectionRefused
from app.exports import csv_bytes
from app.security_log import Event, log_event
from callbacks.regions import get_region
from callbacks.server_pages import Route, add_pages, asked_number, bound, load_frame
from callbacks.survey_review_rows import QuestionRow, question_rows, text_rows
from loaders.catalogue import Catalogue
from survey.reading import load_questionnaires
from survey.review import (
    decide,
    export_texts,
    load_own_texts,
    load_questions,
    load_round,
    load_rounds,
    load_texts,
)
from survey.texts import REASON_WORDS, Choice, Decision, ReviewedQuestion, Text

PLACE = "/regio/<region>/vragenlijsten/nakijken"
PER_PAGE = 10


class Tried(NamedTuple):
    """A decision that was refused, and why; the page shows what was filled in again."""

    decision: Decision
    problems: Mapping[str, str]


class Place(NamedTuple):
    """Whose page it is."""

    session: Session
    catalogue: Catalogue
    viewer: Viewer
    region: ReviewedRegion


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the pages; each address names its region."""
    routes: Sequence[Route] = (
        (PLACE, "review_rounds", "GET", bound(_show_rounds, db, catalogue)),
        (f"{PLACE}/<round_id>", "review_round", "GET", bound(_show_round, db, catalogue)),
        (f"{PLACE}/<round_id>", "review_decide", "POST", bound(_decide, db, catalogue)),
        (f"{PLACE}/<round_id>.csv", "review_csv", "GET", bound(_download, db)),
    )
    add_pages(app, routes)


def _show_rounds(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own = viewer.reviewed_region(region)
    with db.session() as session:
        rounds = [(each, load_questions(session, own, each.id)) for each in load_rounds(session, own)]
        return _page("nakijken.html", Place(session, catalogue, viewer, own), rounds=rounds)


def _show_round(db: Database, catalogue: Catalogue, region: str, round_id: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own, number = viewer.reviewed_region(region), _number(round_id)
    with db.session() as session:
        place = Place(session, catalogue, viewer, own)
        if "vraag" in request.args:
            return _texts(place, number, asked_number(request.args, "lijst"), request.args["vraag"])
        return _questions(place, number)


def _decide(db: Database, catalogue: Catalogue, region: str, round_id: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own, number = viewer.reviewed_region(region), _number(round_id)
    list_id, question = asked_number(request.form, "lijst"), request.form.get("vraag", "")
    decision = _read_decision()
    try:
        with db.transaction() as session:
            is_done = decide(session, own, number, decision, by=viewer.login)
    except SelectionRefused as refused:
        with db.session() as session:
            place = Place(session, catalogue, viewer, own)
            return _texts(place, number, list_id, question, Tried(decision, refused.problems))
    if is_done:
        _log(Event.TEXTS_REVIEWED, viewer, own, f"ronde {number}")
    told = "bewaard" if is_done else "ander"
    return redirect(f"{_address(own, number)}?lijst={list_id}&vraag={question}&klaar={told}#melding", 303)


def _download(db: Database, region: str, round_id: str) -> ResponseReturnValue:
    """What was reviewed and may be shown; the reviewer's own permission, and logged."""
    viewer = current_viewer()
    own, number = viewer.reviewed_region(region), _number(round_id)
    with db.transaction() as session:
        found = load_round(session, own, number)
        worded = _worded(session, load_questions(session, own, number))
        texts = export_texts(session, own, number, by=viewer.login)
    rows = [
        (row.questionnaire, row.text, text)
        for row in worded
        for text in texts.get((row.list_id, row.question), ())
    ]
    _log(Event.TEXTS_EXPORTED, viewer, own, f"ronde {number}")
    remarks = [f"Nagekeken open antwoorden van {found.title}", "Alleen teksten die mogen worden getoond."]
    content = csv_bytes(("Vragenlijst", "Vraag", "Tekst"), rows, remarks)
    response = Response(content, content_type="text/csv; charset=utf-8")
    name = f"open-antwoorden-{own}-{number}.csv".lower()
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _questions(place: Place, number: int) -> Response:
    found = load_round(place.session, place.region, number)
    questions = load_questions(place.session, place.region, number)
    rows = _worded(place.session, questions)
    return _page("nakijken-ronde.html", place, round=found, rows=rows)


def _texts(
    place: Place, number: int, list_id: int, question: str, tried: Tried | None = None
) -> ResponseReturnValue:
    found = load_round(place.session, place.region, number)
    texts = load_texts(place.session, place.region, number, list_id, question)
    asked = next(
        each
        for each in load_questions(place.session, place.region, number)
        if (each.list_id, each.question) == (list_id, question)
    )
    pages = -(-len(texts) // PER_PAGE)
    page = min(max(asked_number(request.args, "pagina"), 1), pages)
    shown = texts[(page - 1) * PER_PAGE : page * PER_PAGE]
    if tried and tried.decision.text_id not in {text.id for text in shown}:
        shown = [text for text in texts if text.id == tried.decision.text_id]
        if not shown:
            raise BadInput("Deze tekst hoort niet bij deze vraag. Er is niets bewaard.")
    _log(Event.TEXTS_READ, place.viewer, place.region, f"ronde {number} lijst {list_id} {question}")
    response = _page(
        "nakijken-vraag.html",
        place,
        round=found,
        row=_worded(place.session, [asked])[0],
        texts=text_rows(shown, tried.decision if tried else None, tried.problems if tried else {}),
        page_number=page,
        page_count=pages,
        notice=request.args.get("klaar", ""),
        reasons=REASON_WORDS,
        errors=_summary(shown, tried),
    )
    return response, 422 if tried else 200


def _summary(shown: Sequence[Text], tried: Tried | None) -> dict[str, str]:
    """The problems under the ids of their fields, for the summary above the page."""
    if tried is None:
        return {}
    at = [text.id for text in shown].index(tried.decision.text_id) + 1
    return {f"{field}-{at}": words for field, words in tried.problems.items()}


def _worded(session: Session, questions: Sequence[ReviewedQuestion]) -> list[QuestionRow]:
    own = load_own_texts(session, {each.list_id for each in questions})
    return question_rows(questions, load_questionnaires(), own)


def _read_decision() -> Decision:
    form = request.form
    choice = form.get("keuze", "")
    if choice not in set(Choice):
        raise BadInput("Kies wat er met de tekst moet gebeuren.")
    return Decision(
        text_id=form.get("tekst-id", ""),
        seen=form.get("gezien", ""),
        choice=Choice(choice),
        edited=form.get("tekst", ""),
        reason=form.get("reden", ""),
    )


def _page(template: str, place: Place, **values: object) -> Response:
    named = get_region(place.session, AllowedRegion(place.region))
    frame = load_frame(place.session, place.catalogue, place.viewer, named, Tab.SURVEYS)
    here = f"/regio/{place.region}/vragenlijsten/nakijken"
    return make_response(render_template(f"regio/{template}", **frame, place=here, least=MIN_TEXTS, **values))


def _number(text: str) -> int:
    """The number of a round in an address.

    Raises:
        AccessDenied: it is not one; the same words as for a round of others.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise AccessDenied
    return int(text)


def _address(region: ReviewedRegion, number: int) -> str:
    return f"/regio/{region}/vragenlijsten/nakijken/{number}"


def _log(event: Event, viewer: Viewer, region: ReviewedRegion, detail: str) -> None:
    log_event(event, who=viewer.login, source=request.remote_addr or "", detail=f"{region} {detail}")
