"""`/regio/<region>/vragenlijsten/invullen/<list_id>`: the questionnaire of an organisation, by account."""

from typing import Any

from dash import Dash
from flask.typing import ResponseReturnValue

from app.access import AllowedRegion, Tab
from app.auth import current_viewer
from callbacks.filling.desk import Desk, Place
from callbacks.filling.routes import ROUTES, View
from callbacks.regions import get_region
from callbacks.server_pages import Route, add_pages, load_frame
from survey.store import find_account_door

PLACE = "/regio/<region>/vragenlijsten/invullen/<int:list_id>"


def register(app: Dash, desk: Desk) -> None:
    """Register the pages; each address names its region."""
    routes: list[Route] = [
        (f"{PLACE}{rule}", f"account_filling_{name}", method, _by_account(desk, name, view))
        for rule, name, method, view in ROUTES
    ]
    add_pages(app, routes)


def _by_account(desk: Desk, name: str, view: View) -> Any:
    def enter(region: str, list_id: int, **rest: Any) -> ResponseReturnValue:
        viewer = current_viewer()
        own = viewer.fillable_region(region)
        with desk.db.session() as session:
            door = find_account_door(session, list_id, own)
            named = get_region(session, AllowedRegion(own))
            frame = load_frame(session, desk.catalogue, viewer, named, Tab.SURVEYS)
        address = f"/regio/{own}/vragenlijsten/invullen/{list_id}"
        return view(desk, Place(address, door, is_by_link=False, frame=frame), **rest)

    enter.__name__ = f"account_{name}"
    return enter
