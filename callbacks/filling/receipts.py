"""`/ontvangst`: whether answers that were sent count, and taking them back, by the code alone."""

from dash import Dash
from flask import request
from flask.typing import ResponseReturnValue

from app.security import exempt_from_csrf
from app.security_log import Event, discreet_source, log_event
from callbacks.filling.desk import Desk, show_apart, words_asked
from callbacks.server_pages import Route, add_pages, bound
from survey.definition import text_of
from survey.store import Receipt, find_receipt, withdraw
from survey.store.transactions import carry_out
from survey.tokens import Token, read_token, spaced


def register(app: Dash, desk: Desk) -> None:
    """Register the pages; the code in the form stands for a CSRF token."""
    routes: list[Route] = [
        ("/ontvangst", "receipt", "GET", _show_form),
        ("/ontvangst", "receipt_check", "POST", bound(_check, desk)),
        ("/ontvangst/intrekken", "receipt_withdraw", "POST", bound(_withdraw, desk)),
    ]
    add_pages(app, routes)
    for view in (_check, _withdraw):
        exempt_from_csrf(app.server, f"{view.__module__}.{view.__name__}")


def _show_form() -> ResponseReturnValue:
    return _page()


def _check(desk: Desk) -> ResponseReturnValue:
    code, receipt = _find(desk)
    if code is None or receipt is None:
        return _unknown(desk, code)
    outcome = desk.outcome_of(receipt.round_id)
    return _page(receipt=receipt, code=spaced(code), title=_title(desk, receipt), outcome=outcome)


def _withdraw(desk: Desk) -> ResponseReturnValue:
    """Ask whether it is meant; then erase the answers for good."""
    code, receipt = _find(desk)
    if code is None or receipt is None:
        return _unknown(desk, code)
    if request.form.get("zeker") != "ja":
        return _page(receipt=receipt, code=spaced(code), title=_title(desk, receipt), asks=True)
    is_gone = carry_out(desk.db, lambda session: withdraw(session, desk.key, code))
    if not is_gone:
        return _unknown(desk, code)
    source = discreet_source(request.path, request.remote_addr or "")
    log_event(Event.SURVEY_WITHDRAWN, who="onbekend", source=source)
    return _page(withdrawn=True, receipt=receipt)


def _find(desk: Desk) -> tuple[Token | None, Receipt | None]:
    code = read_token(request.form.get("code", ""))
    if code is None:
        return None, None
    with desk.db.session() as session:
        return code, find_receipt(session, desk.key, code)


def _unknown(desk: Desk, code: Token | None) -> ResponseReturnValue:
    if code is not None:
        desk.count_guess()
    return _page(error=words_asked()("check_unknown")), 404


def _title(desk: Desk, receipt: Receipt) -> str:
    return text_of(
        desk.shelf.questionnaires[receipt.questionnaire, receipt.version].titles, words_asked().spoken
    )


def _page(**values: object) -> str:
    return show_apart("ontvangst", **values)
