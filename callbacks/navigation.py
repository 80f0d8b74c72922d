"""From an address to a page: the bar, the region's head and the page with its controls."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dash import ClientsideFunction, Dash, Input, Output, State
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from app.access import Tab, Viewer
from app.db import Database
from app.looks import NAMES
from callbacks import comparison, connection, indicators
from callbacks.address import Address, known_address, query_values
from callbacks.editions import edition_for
from callbacks.gate import gated
from callbacks.indicator_figures import load_controls, open_view
from callbacks.regions import get_region, load_subtitle, load_switch
from layouts import ids, indicator, overview, saved_views, shell
from layouts.components import Node
from loaders.catalogue import Catalogue
from loaders.publication import Edition

Query = Mapping[str, str]
Page = tuple[Node, str]
"""The body of a page, and what the browser's title says of it."""


def register(app: Dash, db: Database, catalogue: Catalogue, desk: comparison.Desk) -> None:
    """Register what shows a page, and what tells the browser of it."""

    @gated(
        app,
        tab=Tab.OVERVIEW,
        output={
            "header": Output(ids.Shell.HEADER, "children"),
            "head": Output(ids.Shell.HEAD, "children"),
            "body": Output(ids.Shell.BODY, "children"),
            "title": Output(ids.Shell.TITLE, "children"),
            "edition": Output(ids.Shell.EDITION, "children"),
        },
        inputs={
            "address": (Input(ids.Shell.LOCATION, "pathname"), known_address),
            "query": (State(ids.Shell.LOCATION, "search"), query_values),
        },
    )
    def show_page(viewer: Viewer, address: Address, query: Query) -> dict[str, Any]:
        viewer.require(address.tab)
        edition = edition_for(db, viewer)
        with db.session() as session:
            return _page(Visit(session, viewer, catalogue, edition, desk), address, query)

    app.clientside_callback(
        ClientsideFunction("dashboard", "announcePage"), Input(ids.Shell.TITLE, "children")
    )


class Visit(NamedTuple):
    """Who opens a page, on which version of the figures."""

    session: Session
    viewer: Viewer
    catalogue: Catalogue
    edition: Edition
    desk: comparison.Desk

    @property
    def version(self) -> int:
        """The number of the version."""
        return self.edition.version


def _page(visit: Visit, address: Address, query: Query) -> dict[str, Any]:
    session, viewer, catalogue, version = visit.session, visit.viewer, visit.catalogue, visit.version
    region = get_region(session, viewer.region(address.region))
    build = PAGES[address.tab, address.indicator is not None]
    body, title = build(visit, address, query)
    groups = load_switch(session, viewer, region)
    subtitle = load_subtitle(session, catalogue, region, version)
    visitor = shell.Visitor(viewer.name, viewer.is_admin, viewer.preview_version)
    is_subpage, token = address.indicator is not None, generate_csrf()
    return {
        "header": shell.header(groups, region.code, visitor, csrf_token=token),
        "head": shell.head(
            region,
            address.tab,
            subtitle=subtitle,
            is_subpage=is_subpage,
            open_tabs=viewer.tabs(region.code),
        ),
        "body": [body, saved_views.save_form(token)],
        "title": shell.page_title(title, region.name),
        "edition": str(version),
    }


def _overview(*_everything: Any) -> Page:
    return overview.page(), shell.TAB_NAMES[Tab.OVERVIEW]


def _indicators(visit: Visit, _address: Address, query: Query) -> Page:
    body = indicators.page(visit.session, visit.catalogue, visit.version, query)
    return body, shell.TAB_NAMES[Tab.INDICATORS]


def _indicator(visit: Visit, address: Address, query: Query) -> Page:
    session, viewer, catalogue, version = visit.session, visit.viewer, visit.catalogue, visit.version
    view = open_view(session, viewer, catalogue, address, version=version)
    if view is None:
        region = get_region(session, viewer.region(address.region))
        return indicator.unknown_page(region), "Niet beschikbaar"
    controls, unknown = load_controls(view, query)
    return indicator.page(view.region, view.indicator, controls, unknown=unknown), view.indicator.short_label


def _comparison(visit: Visit, address: Address, query: Query) -> Page:
    body = comparison.page(visit.desk, visit.viewer, address, query, visit.edition)
    return body, f"{NAMES[address.look]} – {shell.TAB_NAMES[Tab.COMPARE]}"


def _connection(visit: Visit, address: Address, query: Query) -> Page:
    own = visit.viewer.own_region(address.region)
    return connection.page(visit.session, own, query), shell.TAB_NAMES[Tab.CONNECTION]


Builder = Callable[[Visit, Address, Query], Page]

PAGES: dict[tuple[Tab, bool], Builder] = {
    (Tab.OVERVIEW, False): _overview,
    (Tab.INDICATORS, False): _indicators,
    (Tab.INDICATORS, True): _indicator,
    (Tab.COMPARE, False): _comparison,
    (Tab.CONNECTION, False): _connection,
}
"""(tab, whether one indicator is asked for) → what builds the page."""
