"""Logging in and out, sessions that end on the server, and the gate before everything."""

from app.auth.identity import current_login, current_session, current_viewer, is_logged_in
from app.auth.register import register

__all__ = ["current_login", "current_session", "current_viewer", "is_logged_in", "register"]
