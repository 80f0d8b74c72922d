"""`/bewaarde-weergaven`: pages with their choices that a person keeps under a name."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from dash import Dash
from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import Viewer
from app.auth import current_viewer
from app.db import Database
from app.errors import AccessDenied, BadInput, SelectionRefused
from app.names import MAX_NAME, clean
from app.regions import RegionName
from app.saved_views import MOST_VIEWS, NameTaken, SavedView, ViewDraft, check_name
from app.selections import delete_view, load_views, save_view
from callbacks.address import MAX_FIELDS, MAX_PATH, MAX_QUERY, Address, known_address
from callbacks.gate import UNREADABLE
from callbacks.server_pages import Route, add_pages, asked_number, bound
from layouts.saved_views import PLACE
from layouts.shell import TAB_NAMES
from loaders.areas import load_names
from loaders.catalogue import Catalogue

NO_ADDRESS = (
    "Wij weten niet welke pagina u wilt bewaren. Dat kan gebeuren als JavaScript uit staat. Open de pagina "
    "opnieuw en bewaar haar dan nog eens."
)
TOO_LONG = "Deze weergave heeft te veel keuzes om te bewaren. Haal er enkele weg en probeer het opnieuw."
NOT_YOURS = "U heeft geen toegang meer tot deze regio."
NO_PAGE = "Deze pagina bestaat niet meer."


class ViewRow(NamedTuple):
    """One view as the list tells it; without an address there is no page behind it for this person."""

    id: int
    name: str
    address: str
    words: str
    kept_on: datetime


class Again(NamedTuple):
    """What was sent and not kept: a name to mend, or to put in the place of another view."""

    name: str = ""
    address: str = ""
    is_taken: bool = False


NOTHING_SENT = Again()


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the page."""
    routes: Sequence[Route] = (
        (PLACE, "saved_views", "GET", bound(_show, db, catalogue)),
        (PLACE, "saved_view_add", "POST", bound(_save, db, catalogue)),
        (f"{PLACE}/verwijderen", "saved_view_delete", "POST", bound(_delete, db)),
    )
    add_pages(app, routes)


def _show(db: Database, catalogue: Catalogue) -> ResponseReturnValue:
    viewer = current_viewer()
    with db.session() as session:
        return make_response(_page(session, catalogue, viewer))


def _save(db: Database, catalogue: Catalogue) -> ResponseReturnValue:
    viewer, sent = current_viewer(), request.form
    again = Again(clean(sent.get("naam", ""))[: 2 * MAX_NAME])
    try:
        path, query = own_address(viewer, sent.get("adres", ""))
        again = again._replace(address=ViewDraft("", path, query).address)
        draft = ViewDraft(check_name(sent.get("naam", "")), path, query)
        number = _keep(db, viewer, draft, may_replace=sent.get("vervang") == "ja")
    except SelectionRefused as refused:
        is_taken = isinstance(refused, NameTaken)
        again = again._replace(is_taken=is_taken)
        with db.session() as session:
            page = _page(session, catalogue, viewer, again, refused.problems)
        return make_response(page, 409 if is_taken else 422)
    return redirect(f"{PLACE}?klaar=bewaard&weergave={number}#melding", 303)


def _keep(db: Database, viewer: Viewer, draft: ViewDraft, *, may_replace: bool) -> int:
    with db.transaction() as session:
        now = datetime.now(UTC)
        return save_view(session, viewer.user_id, draft, by=viewer.login, now=now, may_replace=may_replace)


def _delete(db: Database) -> ResponseReturnValue:
    viewer = current_viewer()
    with db.transaction() as session:
        is_done = delete_view(
            session, viewer.user_id, asked_number(request.form, "weergave"), by=viewer.login
        )
    return redirect(f"{PLACE}?klaar={'verwijderd' if is_done else 'al-verwijderd'}#melding", 303)


def own_address(viewer: Viewer, text: str) -> tuple[str, str]:
    """The path and the query of a page of ours that this viewer may open.

    Raises:
        SelectionRefused: there is no address, or it is too long to keep.
        BadInput: it is no page of ours.
        AccessDenied: its region or its part of the pages is not theirs.
    """
    if not text:
        raise SelectionRefused({"adres": NO_ADDRESS})
    path, _, query = text.partition("?")
    if len(query) > MAX_QUERY or len(path) > MAX_PATH:
        raise SelectionRefused({"adres": TOO_LONG})
    try:
        address = known_address(path)
        values = parse_qsl(query.partition("#")[0], max_num_fields=MAX_FIELDS, errors="replace")
    except ValueError as error:
        raise BadInput(UNREADABLE) from error
    if not (path.isascii() and path.isprintable()) or " " in path:
        raise BadInput(UNREADABLE)
    viewer.require(address.tab)
    viewer.region(address.region)
    return path.rstrip("/"), urlencode(values)


def _page(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    again: Again = NOTHING_SENT,
    problems: Mapping[str, str] | None = None,
) -> str:
    views = load_views(session, viewer.user_id)
    places = {view.id: _place(view) for view in views}
    codes = {place.region for place in places.values() if place is not None}
    names = load_names(session, sorted(codes))
    done = asked_number(request.args, "weergave")
    return render_template(
        "bewaarde-weergaven.html",
        rows=[_row(view, places[view.id], names, viewer, catalogue) for view in views],
        kept=next((view for view in views if view.id == done), None),
        notice=request.args.get("klaar", ""),
        again=again,
        errors=problems or {},
        most=MOST_VIEWS,
        max_name=MAX_NAME,
    )


def _place(view: SavedView) -> Address | None:
    try:
        return known_address(view.path)
    except ValueError:
        return None


def _row(
    view: SavedView,
    place: Address | None,
    names: Mapping[str, RegionName],
    viewer: Viewer,
    catalogue: Catalogue,
) -> ViewRow:
    """A view with what it shows; without its region for who may not open that any more."""
    if place is None or place.region not in names:
        return ViewRow(view.id, view.name, "", NO_PAGE, view.created_at)
    try:
        viewer.require(place.tab)
        region = names[viewer.region(place.region)]
    except AccessDenied:
        return ViewRow(view.id, view.name, "", NOT_YOURS, view.created_at)
    indicator = catalogue.get(place.indicator) if place.indicator else None
    words = [region.name, TAB_NAMES[place.tab], *([indicator.short_label] if indicator else [])]
    return ViewRow(view.id, view.name, view.address, " · ".join(words), view.created_at)
