"""Who is logged in: the session's user for Flask-Login, and the viewer that rules and queries know."""

from dataclasses import replace
from typing import cast

from flask import Flask, g
from flask_login import LoginManager, UserMixin, current_user

from app.access import Viewer
from app.auth.sessions import LiveSession, find_session
from app.errors import NotLoggedIn
from app.services import current_services
from app.viewers import load_viewer


class SessionUser(UserMixin):  # type: ignore[misc]  # Flask-Login has no annotations
    """What Flask-Login carries: the session, not the person. Its id is the secret token of the cookie."""

    def __init__(self, token: str, live: LiveSession | None = None) -> None:
        self._token = token
        self.live = live

    def get_id(self) -> str:
        """The token; its hash stands in `login_session` for as long as the session lives."""
        return self._token


def install_identity(server: Flask) -> None:
    """Let Flask-Login find the user of a request by the session's row."""
    manager = LoginManager()
    manager.session_protection = None  # the row decides; a hash of address and browser would add nothing
    manager.user_loader(_load_user)
    manager.init_app(server, add_context_processor=False)  # templates of error pages must not ask who it is


def current_session() -> LiveSession:
    """The live session of this request.

    Raises:
        NotLoggedIn: there is none.
    """
    if not current_user.is_authenticated:
        raise NotLoggedIn
    return cast(LiveSession, current_user.live)


def is_logged_in() -> bool:
    """Whether this request belongs to a live session."""
    return bool(current_user.is_authenticated)


def current_viewer() -> Viewer:
    """The viewer of this request, with roles and regions as they stand in the database now.

    Raises:
        NotLoggedIn: nobody is logged in, or the account was disabled.
    """
    if "viewer" not in g:
        g.viewer = _read_viewer()
    return cast(Viewer, g.viewer)


def current_login() -> str:
    """The login name for logs; `onbekend` when nobody is logged in."""
    return current_session().login if is_logged_in() else "onbekend"


def _read_viewer() -> Viewer:
    live = current_session()
    with current_services().db.session() as session:
        viewer = load_viewer(session, live.user_id)
    if viewer is None:
        raise NotLoggedIn
    return replace(viewer, preview_version=live.preview_version) if viewer.is_admin else viewer


def _load_user(token: str) -> SessionUser | None:
    live = find_session(current_services().db, token)
    return None if live is None else SessionUser(token, live)
