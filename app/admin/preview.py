"""Looking at a version that is not published, on the pages that officers see: in one's own session only."""

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import audit
from app.auth import current_viewer
from app.auth.identity import current_session
from app.auth.sessions import set_preview
from app.services import current_services
from loaders.versions import Standing, get_version

HOME = "/regio/NL01/indicatoren"


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/versies/<version>/voorbeeld", view_func=start_preview, methods=["POST"])
    blueprint.add_url_rule("/voorbeeld/stoppen", view_func=stop_preview, methods=["POST"])


def start_preview(version: str) -> Response:
    """From now on this session sees the figures of a waiting version, with a bar that says so."""
    viewer = current_viewer()
    with current_services().db.transaction() as session:
        found = get_version(session, int(version)) if version.isdecimal() and len(version) < 10 else None
        if found is None or found.standing is not Standing.WAITING:
            raise NotFound
        set_preview(session, current_session().token_hash, found.id)
        audit.record(session, by=viewer.login, action="preview", subject=f"versie {found.id}")
    return redirect(HOME, 303)


def stop_preview() -> Response:
    """Back to what everybody sees."""
    version = current_viewer().preview_version
    with current_services().db.transaction() as session:
        set_preview(session, current_session().token_hash, None)
    is_of_version = version is not None and request.form.get("naar", "") == "versie"
    return redirect(f"/beheer/versies/{version}" if is_of_version else HOME, 303)
