"""The outlines of the map: what a page says of them, their address, and the script that draws them."""

import gzip

from dash import ClientsideFunction, Dash, Input, Output
from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from app.access import Tab
from app.auth import current_viewer
from app.db import Database
from app.regions import RegionKind
from app.wording import day
from layouts import ids
from layouts.maps import Outlines
from loaders.catalogue import Catalogue
from loaders.outline_store import OutlineSet, load_outline_year, load_outlines, load_region_of

KEPT = "private, max-age=31536000, immutable"
"""The address changes with the content, so a browser never needs to ask again."""


def register(app: Dash, db: Database, _catalogue: Catalogue) -> None:
    """Register the address of the outlines, and what draws them in the browser."""

    def show_outlines(year: str) -> Response:
        current_viewer().require(Tab.INDICATORS)
        with db.session() as session:
            found = load_outline_year(session)
            if found is None or year != str(found.year):
                raise NotFound
            content = load_outlines(session, found.year) or ""
        response = _packed(content.encode())
        if request.args.get("v") == found.version:
            response.headers["Cache-Control"] = KEPT
        return response

    app.server.add_url_rule("/kaart/<year>.json", "outlines", show_outlines)
    app.clientside_callback(
        ClientsideFunction("dashboard", "drawOutlines"),
        Output(ids.Maps.OUTLINES, "figure"),
        Input(ids.Maps.OUTLINES, "figure"),
    )


def get_outlines(session: Session, kind: RegionKind) -> Outlines | None:
    """The outlines for a map of one kind of region; None while nobody loaded any."""
    found = load_outline_year(session)
    if found is None:
        return None
    return Outlines(found.href, found.year, load_region_of(session, kind), _source(found))


def _source(found: OutlineSet) -> str:
    words = [
        f"Grenzen: {found.publisher}, {found.title} (bestand {found.file_name})",
        f"gemeenten van {found.year}",
        f"geladen op {day(found.loaded_at)}",
        f"licentie {found.licence}",
    ]
    return " · ".join(words)


def _packed(content: bytes) -> Response:
    response = Response(content, content_type="application/json")
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(content, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
