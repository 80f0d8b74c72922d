"""The tables of a view as csv and as workbook, under the same rules as the page itself."""

from collections.abc import Callable
from datetime import UTC, datetime

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import NotFound

from app.access import Tab
from app.auth import current_viewer
from app.errors import BadInput
from app.exports import XLSX, csv_of, xlsx_bytes
from app.looks import NAMES, Look, Pick
from app.wording import AMSTERDAM, day
from callbacks.address import query_values
from callbacks.comparison.choices import Stage, choice_of
from callbacks.comparison.desk import Desk
from callbacks.editions import edition_for
from callbacks.gate import UNREADABLE
from callbacks.regions import get_region
from layouts.comparison.base import Shown
from layouts.comparison.page import LABELS

CSV = "text/csv; charset=utf-8"

Show = Callable[[Stage, Look], Shown]
MakeStage = Callable[..., Stage]


def register(app: Dash, desk: Desk, show: Show, make_stage: MakeStage) -> None:
    """Register both addresses."""

    def download(region: str, look: Look, ending: str) -> Response:
        viewer = current_viewer()
        viewer.require(Tab.COMPARE)
        code = viewer.region(region)
        query = _query()
        with desk.db.session() as session:
            named = get_region(session, code)
        stage = make_stage(viewer, edition_for(desk.db, viewer), named, choice_of(query))
        shown = show(stage, look)
        if not shown.sheets:
            raise NotFound  # and never a file that says nothing
        content = csv_of(shown.sheets[0]) if ending == "csv" else _workbook(stage, look, shown)
        response = Response(content, content_type=CSV if ending == "csv" else XLSX)
        name = f"{look}-{named.code}-{datetime.now(AMSTERDAM):%Y-%m-%d}.{ending}".lower()
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    for ending in ("csv", "xlsx"):
        app.server.add_url_rule(
            f"/regio/<region>/{Tab.COMPARE}/<look>.{ending}", f"comparison_{ending}", _bound(download, ending)
        )


def _query() -> dict[str, str]:
    """The choices in the address.

    Raises:
        BadInput: it is unreasonably long.
    """
    try:
        return query_values(f"?{request.query_string.decode('ascii', 'replace')}")
    except ValueError as error:
        raise BadInput(UNREADABLE) from error


def _bound(download: Callable[..., Response], ending: str) -> Callable[..., Response]:
    def serve(region: str, look: str) -> Response:
        known = next((each for each in Look if each == look), None)
        if known is None:
            raise NotFound
        return download(region, known, ending)

    return serve


def _workbook(stage: Stage, look: Look, shown: Shown) -> bytes:
    asked = {name: value for name, value in stage.choice.as_query().items() if value}
    now = datetime.now(UTC)
    facts = [
        ("Regio", f"{stage.region.name} ({stage.region.code})"),
        ("Weergave", NAMES[look]),
        *((f"Gekozen: {LABELS[Pick(name)].lower()}", value) for name, value in asked.items()),
        ("Gegevensversie", str(stage.edition.version)),
        ("Gemaakt op", day(now)),
    ]
    return xlsx_bytes(shown.sheets, title=shown.title, facts=facts, made_at=now)
