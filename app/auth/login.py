"""`/inloggen` and `/uitloggen`."""

from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from app.accounts import hold_account, store_rehash
from app.auth.identity import SessionUser, current_session, is_logged_in
from app.auth.redirects import local_path
from app.auth.sessions import LiveSession, end_session, open_session
from app.db import is_unavailable
from app.errors import TooManyRequests
from app.models import User
from app.passwords import hash_password, is_right_password, needs_rehash
from app.security_log import Event, log_event
from app.services import current_services
from app.throttle import Attempt, attempt_of, clear, reserve

WRONG = "De gebruikersnaam of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw."
NOTICES = {
    "verlopen": "Uw sessie is verlopen. Log opnieuw in; daarna gaat u verder waar u was.",
    "gewijzigd": "Uw wachtwoord is ingesteld. U kunt er nu mee inloggen.",
    "uitgelogd": "U bent uitgelogd.",
    "alleen_hier": (
        "U bent in deze browser uitgelogd. Het dashboard is nu te druk om uw sessie helemaal te beëindigen: "
        "dat gebeurt vanzelf na een uur."
    ),
}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/inloggen", view_func=show_log_in, methods=["GET"])
    blueprint.add_url_rule("/inloggen", view_func=log_in, methods=["POST"])
    blueprint.add_url_rule("/uitloggen", view_func=log_out, methods=["POST"])


def show_log_in() -> Response:
    """The form; who is logged in already goes on."""
    if is_logged_in():
        return redirect(local_path(request.args.get("next")), 303)
    notice = next((text for name, text in NOTICES.items() if name in request.args), "")
    return _form(notice=notice)


def log_in() -> Response:
    """Check name and password and start a session."""
    login = request.form.get("gebruikersnaam", "").strip().lower()
    password = request.form.get("wachtwoord", "")
    attempt = _attempt(login)
    try:
        _reserve(attempt)
    except TooManyRequests as error:
        return _refuse_for_now(error)
    user = _check(login, password)
    if user is None or not _start(user, attempt):
        return _refuse(login)
    _rehash_if_cheap(user, password)
    log_event(Event.LOGIN_OK, who=user.login, source=request.remote_addr or "")
    return redirect(local_path(request.form.get("next")), 303)


def log_out() -> Response:
    """End the session here and on the server; here in any case, also where the database takes no writes."""
    is_ended = _end_on_server(current_session()) if is_logged_in() else True
    logout_user()
    session.clear()
    form = "auth.show_log_in"
    response = redirect(url_for(form, uitgelogd=1) if is_ended else url_for(form, alleen_hier=1), 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _end_on_server(live: LiveSession) -> bool:
    try:
        with current_services().db.transaction() as database:
            end_session(database, live.token_hash)
    except OperationalError as error:
        if not is_unavailable(error):
            raise
        log_event(Event.LOGOUT, who=live.login, source=request.remote_addr or "", detail="alleen de browser")
        return False
    log_event(Event.LOGOUT, who=live.login, source=request.remote_addr or "")
    return True


def _attempt(login: str) -> Attempt:
    settings = current_services().settings
    return attempt_of(login, request.remote_addr or "", key=settings.secret_key)


def _reserve(attempt: Attempt) -> None:
    with current_services().db.transaction() as database:
        reserve(database, attempt, now=datetime.now(UTC))


def _check(login: str, password: str) -> User | None:
    """The account, if the password is right. The same work is done whether or not the account exists."""
    user = _find(login)
    is_right = is_right_password(user.password_hash if user else None, password)
    return user if is_right else None


def _find(login: str) -> User | None:
    if "\0" in login:
        return None  # PostgreSQL cannot even look for it
    with current_services().db.session() as database:
        return database.scalar(select(User).where(User.login == login, User.is_active.is_(True)))


def _start(user: User, attempt: Attempt) -> bool:
    """Start the session; False if the account was closed or got another password since the check."""
    with current_services().db.transaction() as database:
        if not hold_account(database, user.id, user.password_hash):
            return False
        if is_logged_in():
            end_session(database, current_session().token_hash)
        clear(database, attempt)
        token = open_session(database, user.id, request.user_agent.string)
    session.clear()
    login_user(SessionUser(token))
    return True


def _rehash_if_cheap(user: User, password: str) -> None:
    if user.password_hash is None or not needs_rehash(user.password_hash):
        return
    new_hash = hash_password(password)
    with current_services().db.transaction() as database:
        store_rehash(database, user.id, user.password_hash, new_hash)


def _refuse(login: str) -> Response:
    # A name that nobody has is not written down: people type passwords in the wrong field.
    who = login if _find(login) else "onbekend"
    log_event(Event.LOGIN_FAILED, who=who, source=request.remote_addr or "")
    return _form(error=WRONG, login=login, status=401)


def _refuse_for_now(error: TooManyRequests) -> Response:
    log_event(Event.LOGIN_THROTTLED, who="onbekend", source=request.remote_addr or "")
    response = _form(error=str(error), status=429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _form(*, notice: str = "", error: str = "", login: str = "", status: int = 200) -> Response:
    target = local_path(request.values.get("next"), default="")
    page = render_template("inloggen.html", notice=notice, error=error, login=login, next=target)
    return make_response(page, status)
