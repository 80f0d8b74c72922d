"""Pages that are open to everybody, and the first page of whoever logged in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Flask, Response, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from app.access import Tab
from app.auth import current_viewer
from app.services import current_services

SECURITY_TXT_DAYS = 300


def register(server: Flask) -> None:
    """Add the routes."""
    blueprint = Blueprint("pages", __name__)
    routes: dict[str, Callable[[], ResponseReturnValue]] = {
        "/": home,
        "/over": about,
        "/over/definities": definitions,
        "/over/methoden": methods,
        "/over/privacy": privacy,
        "/over/toegankelijkheid": accessibility,
        "/over/contact": contact,
        "/.well-known/security.txt": security_txt,
        "/healthz": health,
    }
    for path, view in routes.items():
        blueprint.add_url_rule(path, view_func=view, methods=["GET"])
    server.register_blueprint(blueprint)


def home() -> BaseResponse:
    """To the viewer's region; words for who has none."""
    viewer = current_viewer()
    if viewer.home is None:
        return make_response(render_template("geen_regio.html"))
    return redirect(f"/regio/{viewer.home}/{Tab.OVERVIEW}")


def about() -> str:
    """What this is."""
    return render_template("over/index.html")


def definitions() -> str:
    """Every indicator with its metadata, by chapter and theme."""
    themes: dict[tuple[str, str], list[object]] = {}
    for indicator in current_services().catalogue:
        themes.setdefault((indicator.chapter, indicator.theme), []).append(indicator)
    return render_template("over/definities.html", themes=themes)


def methods() -> str:
    """How the figures are made."""
    return render_template("over/methoden.html")


def privacy() -> str:
    """Which personal data are kept, why and how long."""
    return render_template("over/privacy.html")


def accessibility() -> str:
    """The accessibility statement, a draft."""
    return render_template("over/toegankelijkheid.html")


def contact() -> str:
    """Whom to ask."""
    settings = current_services().settings
    return render_template("over/contact.html", name=settings.contact_name, email=settings.contact_email)


def security_txt() -> Response:
    """RFC 9116: where to report a weakness."""
    settings = current_services().settings
    expires = (datetime.now(UTC) + timedelta(days=SECURITY_TXT_DAYS)).replace(
        microsecond=0, second=0, minute=0
    )
    reach = (
        f"mailto:{settings.contact_email}" if settings.contact_email else f"{settings.base_url}/over/contact"
    )
    lines = [
        f"Contact: {reach}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def health() -> Response:
    """That the process answers; nothing about anything else."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")
