"""Which edition a page shows: what everybody sees, what the page began with, or a version in preview."""

from typing import Any

from dash import State
from flask import after_this_request
from flask.wrappers import Response

from app.access import Viewer
from app.db import Database
from callbacks.gate import Argument
from layouts import ids
from loaders.publication import Edition, edition_on

NEWER = "X-Newer-Figures"
"""Set on an answer that is older than what is published now; the script tells the person."""

_LONGEST = 9


def _version(value: Any) -> int:
    """The number of a version as the page carries it; 0 for none."""
    if value is None or value == "":
        return 0
    if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > _LONGEST:
        raise ValueError("not the number of a version")
    return int(value)


SHOWN: Argument = (State(ids.Shell.EDITION, "children"), _version)
"""The version that the page began with."""


def edition_for(db: Database, viewer: Viewer, shown: int = 0) -> Edition:
    """The edition for a viewer and a page that began with the version `shown`; 0 for a new page."""
    found = edition_on(db, preview=viewer.preview_version, shown=shown)
    if found.is_past:
        after_this_request(_say_newer)
    return found.edition


def _say_newer(response: Response) -> Response:
    response.headers[NEWER] = "1"
    return response
