"""What pages share that the server makes itself: how they are registered, and what stands around them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial, update_wrapper
from typing import Any

from dash import Dash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import Tab, Viewer
from app.db import LAST_ID
from app.regions import RegionName
from callbacks.regions import load_subtitle, load_switch
from layouts.shell import TAB_NAMES
from loaders.catalogue import Catalogue
from loaders.publication import load_edition

View = Callable[..., ResponseReturnValue]
Route = tuple[str, str, str, View]
"""Address, endpoint, method, what answers."""


def add_pages(app: Dash, routes: Sequence[Route]) -> None:
    """Register pages on the server behind `app`."""
    for rule, endpoint, method, view in routes:
        app.server.add_url_rule(rule, endpoint, view, methods=[method])


def bound(view: View, *services: Any) -> View:
    """The view with its services; Flask-WTF asks a view for its name, which a bare `partial` lacks."""
    return update_wrapper(partial(view, *services), view)


def load_frame(
    session: Session, catalogue: Catalogue, viewer: Viewer, region: RegionName, current: Tab | None
) -> dict[str, Any]:
    """What stands around a region's page: the same head as the pages that Dash makes.

    Args:
        current: the tab that the page is or belongs to; None for none of them.
    """
    return {
        "region": region,
        "subtitle": load_subtitle(session, catalogue, region, load_edition(session).version),
        "groups": load_switch(session, viewer, region),
        "tabs": [(tab, TAB_NAMES[tab]) for tab in viewer.tabs(region.code)],
        "current_tab": current,
    }


def asked_number(values: Mapping[str, str], name: str) -> int:
    """The number of a row in an address or form; 0, which no row has, for anything else."""
    with suppress(ValueError):
        return min(max(int(values.get(name, "")[:10]), 0), LAST_ID)
    return 0
