"""`/wachtwoord/<token>`: setting a password with a one-time link. Looking changes nothing."""

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts import find_link_owner, load_own_words, use_password_link
from app.models import User
from app.passwords import hash_password, password_problems
from app.security_log import Event, log_event
from app.services import current_services


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/wachtwoord/<token>", view_func=show_password_link, methods=["GET"])
    blueprint.add_url_rule("/wachtwoord/<token>", view_func=set_password, methods=["POST"])


def show_password_link(token: str) -> Response:
    """The form, or the words that the link no longer works."""
    user, _ = _owner(token)
    return _form(user) if user else _gone()


def set_password(token: str) -> Response:
    """Store the new password; every session of the account ends."""
    password = request.form.get("wachtwoord", "")
    user, own_words = _owner(token)
    if user is None:
        return _gone()
    if problems := password_problems(password, own_words=own_words):
        return _form(user, problems=problems)
    password_hash = hash_password(password)
    with current_services().db.transaction() as database:
        used = use_password_link(database, token, password_hash)
    if used is None:
        return _gone()
    log_event(Event.PASSWORD_CHANGED, who=user.login, source=request.remote_addr or "", detail="link")
    session.clear()
    return redirect(url_for("auth.show_log_in", gewijzigd=1), 303)


def _owner(token: str) -> tuple[User | None, frozenset[str]]:
    """Whose link it is, with the words that this person's password may not lean on."""
    if "\0" in token:
        return None, frozenset()
    with current_services().db.session() as database:
        user = find_link_owner(database, token)
        return user, load_own_words(database, user.login, user.name) if user else frozenset()


def _form(user: User, *, problems: list[str] | None = None) -> Response:
    page = render_template("wachtwoord.html", login=user.login, problems=problems or [])
    return make_response(page, 422 if problems else 200)


def _gone() -> Response:
    return make_response(render_template("wachtwoord_verlopen.html"), 410)
