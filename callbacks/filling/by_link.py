"""`/invullen`: questionnaires by a link or a code. No account, no cookie: the link is all that is needed."""

from typing import Any

from dash import Dash
from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.security import exempt_from_csrf
from callbacks.filling.desk import Desk, Place, show_apart, words_asked
from callbacks.filling.routes import LINK_ROUTES, View
from callbacks.server_pages import Route, add_pages, bound
from survey.store import find_door, repeated_receipt
from survey.store.doors import Door, Kind
from survey.store.drafts import read_submission_id
from survey.tokens import Token, read_token, spaced


def register(app: Dash, desk: Desk) -> None:
    """Register the pages; none of them asks for a CSRF token."""
    routes: list[Route] = [
        ("/invullen", "filling_code", "GET", _show_form),
        ("/invullen", "filling_code_send", "POST", bound(_follow_code, desk)),
    ]
    for rule, name, method, view in LINK_ROUTES:
        routes.append((f"/invullen/<token>{rule}", f"filling_{name}", method, _by_link(desk, name, view)))
    add_pages(app, routes)
    for _, _, method, view in routes:
        if method == "POST":
            exempt_from_csrf(app.server, f"{view.__module__}.{view.__name__}")


def _by_link(desk: Desk, name: str, view: View) -> Any:
    """The view behind a token; under a name of its own, because the one for accounts does ask for a token."""

    def enter(token: str, **rest: Any) -> ResponseReturnValue:
        read = read_token(token)
        door = _find(desk, read)
        if door is None and name == "send":
            door = _sent_before(desk)
        if read is None or door is None:
            return _unknown(desk, read, is_stop=name == "decline_send")
        return view(desk, Place(f"/invullen/{read}", door, is_by_link=True, code=spaced(read)), **rest)

    enter.__name__ = f"enter_{name}"
    return enter


def _find(desk: Desk, token: Token | None) -> Door | None:
    if token is None:
        return None
    with desk.db.session() as session:
        return find_door(session, desk.key, token)


def _sent_before(desk: Desk) -> Door | None:
    """A way in for who sends again because the answer got lost: an own link is gone once it was used."""
    submission_id = read_submission_id(request.form.get("verzending", ""))
    if submission_id is None:
        return None
    with desk.db.session() as session:
        found = repeated_receipt(session, desk.key, submission_id)
    return None if found is None else Door(Kind.OWN, found.list_id, draft_id="")


def _unknown(desk: Desk, token: Token | None, *, is_stop: bool = False) -> ResponseReturnValue:
    """The same words for every link and code that leads nowhere; only what could be one is counted.

    Args:
        is_stop: somebody wants to erase what is behind it, perhaps for the second time.
    """
    if token is not None:
        desk.count_guess()
    if request.is_json:
        return {"fout": words_asked()("code_unknown"), "reden": "onbekend"}, 404
    if is_stop:
        return show_apart("code", notice=words_asked()("nothing_kept")), 404
    return _form(words_asked()("code_unknown")), 404


def _show_form() -> ResponseReturnValue:
    return _form()


def _follow_code(desk: Desk) -> ResponseReturnValue:
    token = read_token(request.form.get("code", ""))
    if token is None or _find(desk, token) is None:
        return _unknown(desk, token)
    language = words_asked().spoken
    return redirect(f"/invullen/{token}{'' if language == 'nl' else f'?taal={language}'}", 303)


def _form(error: str = "") -> str:
    return show_apart("code", error=error)
