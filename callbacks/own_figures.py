"""`/regio/<region>/eigen-cijfers`: figures that a region brings itself. Made on the server: it takes a file.

Only who has a role in that very region comes in; administrators and neighbours do not. The file is read while
the person waits: it is small, and within twenty seconds it is read or refused.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import NamedTuple

from dash import Dash
from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import AllowedRegion, FillableRegion, OwnRegion, Tab, Viewer
from app.auth import current_viewer
from app.db import Database
from app.disclosure import MIN_GROUP
from app.errors import BadInput, LoadRefused
from app.exports import XLSX, csv_bytes
from app.indicators import Indicator
from app.regions import KIND_NAMES, RegionName
from app.security_log import Event, log_event
from app.services import current_services
from app.uploads import Received, discard, path_of, receive
from app.wording import day
from callbacks.regions import get_region
from callbacks.server_pages import Route, add_pages, asked_number, bound, load_frame
from layouts.own_figures import CSV_HEADER, change_rows, csv_rows, figure_rows
from loaders.catalogue import Catalogue
from loaders.findings import Finding
from loaders.own_figures import own_indicators
from loaders.own_figures.attempts import one_attempt
from loaders.own_figures.groups import load_group_values
from loaders.own_figures.offer import Offer
from loaders.own_figures.store import list_uploads, load_changes, load_current, store_offer, withdraw
from loaders.reference_store import load_areas_for
from loaders.template.regional import region_csv, region_xlsx

FIELD, PLACE = "bestand", "/regio/<region>/eigen-cijfers"
SUFFIXES = (".csv", ".xlsx")
NO_FILE = "Kies eerst een bestand. Daarna kunt u het versturen."
TOO_MANY = "Kies één bestand tegelijk."
WRONG_KIND = "Kies een bestand dat eindigt op .csv of .xlsx."
DISCLOSED = (
    "Groepswaarde: alle regio's van dezelfde soort die dit cijfer hebben gegeven, samen; uw regio telt mee.",
    "Geef alleen cijfers door die uw eigen regio mag delen.",
)


class Told(NamedTuple):
    """What the page has to say beside the figures: of an upload, or why a file was refused."""

    upload_id: int = 0
    notice: str = ""
    refused: BadInput | LoadRefused | None = None
    warnings: Sequence[Finding] = ()


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the page and what belongs to it; each address names its region."""
    pages: Sequence[Route] = (
        ("/regio", "region_switch", "GET", _switch),
        (PLACE, "own_figures", "GET", bound(_show, db, catalogue)),
        (PLACE, "own_figures_upload", "POST", bound(_upload, db, catalogue)),
        (f"{PLACE}/intrekken", "own_figures_withdraw", "POST", bound(_withdraw, db)),
        (f"{PLACE}.csv", "own_figures_csv", "GET", bound(_download, db, catalogue)),
        (f"{PLACE}/sjabloon.csv", "own_figures_form_csv", "GET", bound(_form_csv, db, catalogue)),
        (f"{PLACE}/sjabloon.xlsx", "own_figures_form_xlsx", "GET", bound(_form_xlsx, db, catalogue)),
    )
    add_pages(app, pages)


def _switch() -> ResponseReturnValue:
    """To another region: its own figures for who may read them, else its overview."""
    viewer, asked = current_viewer(), request.args.get("regio")
    if asked is None:
        return redirect("/")  # an address typed by hand: the start page knows where this person belongs
    region = viewer.region(asked)
    tab = Tab.OWN_FIGURES if viewer.may_read_own(region) else Tab.OVERVIEW
    return redirect(f"/regio/{region}/{tab}")


def _show(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own = viewer.own_region(region)
    told = Told(asked_number(request.args, "upload"), request.args.get("klaar", ""))
    with db.session() as session:
        return make_response(_page(session, catalogue, viewer, own, told))


def _upload(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own = viewer.fillable_region(region)
    with one_attempt(db, viewer.user_id):
        try:
            offer, name = _read(db, catalogue, own)
        except (BadInput, LoadRefused) as refused:
            _log(Event.OWN_FIGURES_REFUSED, viewer, own)
            return _tell(db, catalogue, viewer, own, Told(refused=refused)), 422
        upload_id, is_new = _store(db, viewer, own, offer, name)
    if is_new and offer.warnings:  # they are kept nowhere: a redirect would lose them
        return _tell(db, catalogue, viewer, own, Told(upload_id, "geladen", warnings=offer.warnings))
    return _back(own, upload=upload_id, klaar="geladen" if is_new else "zelfde")


def _withdraw(db: Database, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own, upload_id = viewer.fillable_region(region), asked_number(request.form, "upload")
    with db.transaction() as session:
        is_done = withdraw(session, own, upload_id, by=viewer.login, now=datetime.now(UTC))
    if is_done:
        _log(Event.OWN_FIGURES_WITHDRAWN, viewer, own, f" upload {upload_id}")
    return _back(own, klaar="ingetrokken" if is_done else "al-ingetrokken")


def _download(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own = viewer.own_region(region)
    with db.session() as session:
        named = get_region(session, AllowedRegion(own))
        cells = load_current(session, own).values()
        groups = load_group_values(session, named.kind)
    rows = csv_rows(own, cells, groups, own_indicators(catalogue, named.kind))
    _log(Event.OWN_FIGURES_EXPORTED, viewer, own)
    remarks = [f"Eigen cijfers van {named.name}, stand van {day(datetime.now(UTC))}", *DISCLOSED]
    content = csv_bytes(CSV_HEADER, rows, remarks)
    return _file(content, f"eigen-cijfers-{named.code}.csv", "text/csv; charset=utf-8")


def _form_csv(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    named, indicators = _form(db, catalogue, region)
    content = region_csv(named.code, named.name, indicators)
    return _file(content, f"sjabloon-{named.code}.csv", "text/csv; charset=utf-8")


def _form_xlsx(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    named, indicators = _form(db, catalogue, region)
    return _file(region_xlsx(named.code, named.name, indicators), f"sjabloon-{named.code}.xlsx", XLSX)


def _form(db: Database, catalogue: Catalogue, region: str) -> tuple[RegionName, list[Indicator]]:
    own = current_viewer().own_region(region)
    with db.session() as session:
        named = get_region(session, AllowedRegion(own))
    return named, own_indicators(catalogue, named.kind)


def _read(db: Database, catalogue: Catalogue, region: FillableRegion) -> tuple[Offer, str]:
    """What the file of the form holds, and what it is called. The file itself is thrown away."""
    from loaders.own_figures.reading import read_offer  # brings pandas, which no other page needs

    folder, received = current_services().settings.data_dir, _receive_one()
    try:
        with db.session() as session:
            reference = load_areas_for(session, region)
        path = path_of(folder, received.stored_at)
        return read_offer(path, reference, catalogue, today=datetime.now(UTC).date()), received.name
    finally:
        discard(folder, received.stored_at)


def _receive_one() -> Received:
    """The one file of the form, kept until it is read.

    Raises:
        BadInput: there is none, there are more, or its name ends otherwise.
    """
    files = [file for file in request.files.getlist(FIELD) if file.filename]
    if not files:
        raise BadInput(NO_FILE)
    if len(files) > 1:
        raise BadInput(TOO_MANY)
    if PurePath((files[0].filename or "").lower()).suffix not in SUFFIXES:
        raise BadInput(WRONG_KIND)
    return receive(FIELD, current_services().settings.data_dir)[0]


def _store(db: Database, viewer: Viewer, region: FillableRegion, offer: Offer, name: str) -> tuple[int, bool]:
    with db.transaction() as session:
        now = datetime.now(UTC)
        upload_id, is_new = store_offer(session, region, offer, name=name, by=viewer.login, now=now)
    if is_new:
        _log(Event.OWN_FIGURES_STORED, viewer, region, f" upload {upload_id}")
    return upload_id, is_new


def _tell(db: Database, catalogue: Catalogue, viewer: Viewer, region: FillableRegion, told: Told) -> str:
    with db.session() as session:
        return _page(session, catalogue, viewer, viewer.own_region(region), told)


def _page(session: Session, catalogue: Catalogue, viewer: Viewer, region: OwnRegion, told: Told) -> str:
    named = get_region(session, AllowedRegion(region))
    indicators = own_indicators(catalogue, named.kind)
    uploads = list_uploads(session, region)
    cells = load_current(session, region).values()
    return render_template(
        "regio/eigen-cijfers.html",
        **load_frame(session, catalogue, viewer, named, Tab.OWN_FIGURES),
        kind=KIND_NAMES[named.kind],
        indicators=indicators,
        may_fill=viewer.may_fill(region),
        rows=figure_rows(cells, load_group_values(session, named.kind), indicators),
        uploads=uploads,
        told=told,
        result=next((each for each in uploads if each.id == told.upload_id), None),
        changes=change_rows(load_changes(session, region, told.upload_id), indicators),
        least=MIN_GROUP,
    )


def _back(region: str, **query: object) -> ResponseReturnValue:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return redirect(f"/regio/{region}/{Tab.OWN_FIGURES}?{asked}#melding", 303)


def _file(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name.lower())
    return response


def _log(event: Event, viewer: Viewer, region: str, detail: str = "") -> None:
    log_event(event, who=viewer.login, source=request.remote_addr or "", detail=f"{region}{detail}")
