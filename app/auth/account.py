"""`/account`: own password, own sessions, own roles, and what is stored about me."""

import json
from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import Viewer
from app.accounts import change_password, hold_account, load_own_words
from app.auth.identity import current_session, current_viewer
from app.auth.sessions import end_session, end_sessions, list_sessions
from app.errors import BadInput, TooManyRequests
from app.models import AuditEvent, Region, User
from app.own_groups import groups_address
from app.passwords import hash_password, is_right_password, password_problems
from app.rights.accounts import load_rows, told
from app.security_log import Event, log_event
from app.selections import count_kept
from app.services import current_services
from app.throttle import Attempt, attempt_of, clear, reserve

NOTICES = {
    "wachtwoord": "Uw wachtwoord is gewijzigd. Andere sessies zijn beëindigd.",
    "sessies": "De sessie is beëindigd.",
}
WRONG_OLD = "Uw huidige wachtwoord klopt niet."


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/account", view_func=show_account, methods=["GET"])
    blueprint.add_url_rule("/account/gegevens.json", view_func=download_own_data, methods=["GET"])
    blueprint.add_url_rule("/account/wachtwoord", view_func=change_own_password, methods=["POST"])
    blueprint.add_url_rule("/account/sessies", view_func=end_own_sessions, methods=["POST"])


def show_account() -> Response:
    """The page about oneself."""
    return _page(notice=NOTICES.get(request.args.get("klaar", ""), ""))


def download_own_data() -> Response:
    """Every row of every table that points to this account, as a file."""
    viewer = current_viewer()
    with current_services().db.session() as database:
        rows = load_rows(database, database.get_one(User, viewer.user_id))
    log_event(Event.OWN_DATA_DOWNLOADED, who=viewer.login, source=request.remote_addr or "")
    content = json.dumps(told(rows), ensure_ascii=False, indent=1)
    response = make_response(content, {"Content-Type": "application/json; charset=utf-8"})
    response.headers.set("Content-Disposition", "attachment", filename="mijn-gegevens.json")
    return response


def change_own_password() -> Response:
    """Store a new password; every other session of the account ends."""
    new = request.form.get("nieuw", "")
    stored, own_words = _load_own()
    errors = _password_errors(stored, request.form.get("huidig", ""), new, own_words=own_words)
    if not errors and not _store(stored, hash_password(new)):
        errors = {"huidig": WRONG_OLD}
    if errors:
        return _page(errors=errors, status=422)
    viewer = current_viewer()
    log_event(Event.PASSWORD_CHANGED, who=viewer.login, source=request.remote_addr or "", detail="account")
    return redirect(url_for("auth.show_account", klaar="wachtwoord"), 303)


def end_own_sessions() -> Response:
    """End one session of one's own, or all but this one."""
    viewer, handle = current_viewer(), request.form.get("sessie", "")
    with current_services().db.transaction() as database:
        if handle == "andere":
            end_sessions(database, viewer.user_id, keep=current_session().token_hash)
        else:
            _end_by_handle(database, viewer, handle)
    log_event(Event.SESSIONS_ENDED, who=viewer.login, source=request.remote_addr or "")
    return redirect(url_for("auth.show_account", klaar="sessies"), 303)


def _end_by_handle(database: Session, viewer: Viewer, handle: str) -> None:
    own = {live.handle: live.token_hash for live in list_sessions(database, viewer.user_id)}
    if handle not in own:
        raise BadInput("Deze sessie bestaat niet meer.")
    end_session(database, own[handle])


def _load_own() -> tuple[str | None, frozenset[str]]:
    """The hash of one's own password, and the words that a new one may not lean on."""
    viewer = current_viewer()
    with current_services().db.session() as database:
        stored = database.scalar(select(User.password_hash).where(User.id == viewer.user_id))
        return stored, load_own_words(database, viewer.login, viewer.name)


def _password_errors(stored: str | None, old: str, new: str, *, own_words: frozenset[str]) -> dict[str, str]:
    """Field → what is wrong with it; both are checked, so that everything is said at once."""
    viewer, db = current_viewer(), current_services().db
    attempt = _reserve(viewer)
    errors = {}
    if is_right_password(stored, old):
        with db.transaction() as database:
            clear(database, attempt)
    else:
        log_event(Event.LOGIN_FAILED, who=viewer.login, source=request.remote_addr or "", detail="account")
        errors["huidig"] = WRONG_OLD
    if problems := password_problems(new, own_words=own_words):
        errors["nieuw"] = " ".join(problems)
    return errors


def _reserve(viewer: Viewer) -> Attempt:
    """The attempt, counted; a session that somebody else holds must not become a way to guess.

    Raises:
        TooManyRequests: there were too many.
    """
    services, source = current_services(), request.remote_addr or ""
    attempt = attempt_of(viewer.login, source, key=services.settings.secret_key)
    try:
        with services.db.transaction() as database:
            reserve(database, attempt, now=datetime.now(UTC))
    except TooManyRequests:
        log_event(Event.LOGIN_THROTTLED, who=viewer.login, source=source, detail="account")
        raise
    return attempt


def _store(checked: str | None, password_hash: str) -> bool:
    """Store the new password; False if the one that was checked is no longer that of the account."""
    viewer = current_viewer()
    with current_services().db.transaction() as database:
        if not hold_account(database, viewer.user_id, checked):
            return False
        change_password(
            database,
            viewer.user_id,
            password_hash,
            by=viewer.login,
            keep_session=current_session().token_hash,
        )
    return True


def _page(*, notice: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Response:
    viewer, live = current_viewer(), current_session()
    with current_services().db.session() as database:
        user = database.get_one(User, viewer.user_id)
        sessions = list_sessions(database, viewer.user_id)
        regions = database.execute(
            select(Region.code, Region.name).where(Region.code.in_(viewer.grants)).order_by(Region.name)
        ).all()
        kept = count_kept(database, viewer.user_id)
        acts = database.scalar(select(func.count()).select_from(AuditEvent).where(_is_about(viewer)))
    page = render_template(
        "account.html",
        viewer=viewer,
        user=user,
        sessions=sessions,
        current_handle=live.handle,
        regions=regions,
        act_count=acts,
        kept=kept,
        groups_place=groups_address(viewer.home) if viewer.home else "",
        notice=notice,
        errors=errors or {},
    )
    return make_response(page, status)


def _is_about(viewer: Viewer) -> ColumnElement[bool]:
    return or_(AuditEvent.actor == viewer.login, AuditEvent.subject == f"user:{viewer.login}")
