"""What goes wrong, said to the person in Dutch with a reference, and to the log with everything else."""

import logging
import secrets

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from app.auth import current_login
from app.db import is_unavailable
from app.errors import AccessDenied, BadInput, DashboardError, NotLoggedIn, TooManyRequests
from app.security_log import Event, discreet_path, discreet_source, log_event
from survey.words import DUTCH, Words

logger = logging.getLogger(__name__)

SENTENCES = {
    **{status: DUTCH(f"error_{status}") for status in (400, 404, 413, 500, 503)},
    405: "Dit kan niet op deze plek. Ga terug en probeer het opnieuw.",
}
TITLES = {
    **{status: DUTCH(f"error_title_{status}") for status in (400, 404, 429, 500, 503)},
    401: "Niet ingelogd",
    403: "Geen toegang",
}
RETRY_SECONDS = 60
EXPIRED_FORM = "Dit formulier is verlopen. Laad de pagina opnieuw en probeer het nog een keer."
_STATUS: dict[type[DashboardError], int] = {
    BadInput: 400,
    NotLoggedIn: 401,
    AccessDenied: 403,
    TooManyRequests: 429,
}


def register(server: Flask) -> None:
    """Answer every error of `server`."""
    server.register_error_handler(HTTPException, _answer_http)
    server.register_error_handler(DashboardError, _answer_own)
    server.register_error_handler(OperationalError, _answer_database)
    server.register_error_handler(Exception, _answer_bug)


def _answer_own(error: DashboardError) -> Response:
    """An error that was foreseen: its own sentence, unless it is about the installation."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    if status == 500:
        return _answer_bug(error)
    if status in {400, 403}:
        event = Event.ACCESS_DENIED if status == 403 else Event.REQUEST_REFUSED
        _log(event)
    response = _answer(status, str(error), _reference())
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _answer_http(error: HTTPException) -> Response:
    """A refusal of Flask itself: not found, wrong method, too large, a token that is missing."""
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())  # a redirect
    if error.code >= 500:
        return _answer_bug(error)
    if isinstance(error, CSRFError):
        _log(Event.REQUEST_REFUSED)
        return _answer(400, EXPIRED_FORM, _reference())
    response = _answer(error.code, SENTENCES.get(error.code, SENTENCES[400]), _reference())
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _answer_database(error: OperationalError) -> Response:
    """The database is locked by a long load, or away: it may go well in a minute. Else it is a bug."""
    if not is_unavailable(error):
        return _answer_bug(error)
    response = _answer_bug(error, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _answer_bug(error: Exception, *, status: int = 500) -> Response:
    """Anything else: the trace goes to the log under the reference, and nowhere else."""
    reference = _reference()
    logger.error("error %s at %r", reference, discreet_path(request.path)[:80], exc_info=error)
    return _answer(status, SENTENCES[status], reference)


def _answer(status: int, sentence: str, reference: str) -> Response:
    title, words = TITLES.get(status, TITLES[400]), g.get("reader")
    if words is not None:
        title, sentence = _for_respondent(words, status, sentence)
    if _wants_json():
        return make_response(jsonify(fout=sentence, kenmerk=reference), status)
    page = render_template(
        "fout.html",
        w=words or DUTCH,
        language=words.spoken if words else "nl",
        direction=words.direction if words else "ltr",
        title=title,
        sentence=sentence,
        reference=reference,
        status=status,
        is_bare=status >= 500,  # without asking the database who is logged in: it may be what failed
    )
    return make_response(page, status)


def _for_respondent(words: Words, status: int, sentence: str) -> tuple[str, str]:
    """Title and sentence in the language in which somebody fills in a questionnaire."""
    name = f"error_title_{status}"
    title = words(name) if name in words else TITLES.get(status, TITLES[400])
    is_general = sentence == SENTENCES.get(status) and f"error_{status}" in words
    return title, words(f"error_{status}") if is_general else sentence


def _wants_json() -> bool:
    """Callbacks and fetches read JSON; whoever follows a link or sends a form reads a page."""
    return (
        request.path.startswith("/_")
        or request.is_json
        or "text/html" not in request.headers.get("Accept", "")
    )


def _log(event: Event) -> None:
    detail = f"{request.method} {discreet_path(request.path)}"
    source = discreet_source(request.path, request.remote_addr or "")
    log_event(event, who=current_login(), source=source, detail=detail)


def _reference() -> str:
    return secrets.token_hex(4)
