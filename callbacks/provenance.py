"""Follow the number: where the figure of the chosen period and breakdown came from, for who may see it."""

from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from app.access import AllowedRegion, Tab, Viewer
from app.db import Database
from app.divisions import Division, division_of
from app.provenance import Provenance
from app.regions import NETHERLANDS
from app.sentences import State as PageState
from app.wording import is_period
from callbacks.address import Address
from callbacks.gate import gated
from callbacks.indicator import BREAKDOWN, DIVISION, PERIOD, PLACE
from callbacks.indicator_figures import View
from callbacks.regions import get_region
from layouts import ids
from layouts import provenance as layout
from layouts.components import packed, state
from layouts.indicator import UNKNOWN
from loaders.catalogue import Catalogue
from loaders.provenance import load_provenance
from loaders.publication import Edition, current_edition

KEPT = 64
"""How many answers a process keeps, of a few kB each; a new edition lets old ones die."""


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the card, and what opens it for an address that asks for it."""

    @lru_cache(KEPT)
    def answer(
        edition: Edition, code: AllowedRegion, name: str, choice: tuple[Division, str, str], *, is_admin: bool
    ) -> Any:
        indicator, (division, period, breakdown) = catalogue.get(name), choice
        if indicator is None:
            return state(PageState.NOT_AVAILABLE, UNKNOWN)
        if not is_period(period):
            return state(PageState.NOT_AVAILABLE)
        with db.session() as session:
            view = View(session, edition.version, get_region(session, code), indicator, frozenset(), division)
            found = follow(view, period, breakdown)
        return packed(layout.card(found, is_admin=is_admin))

    @gated(
        app,
        tab=Tab.INDICATORS,
        output=Output(ids.IndicatorPage.FOLLOW, "children"),
        inputs={"address": PLACE, "division": DIVISION, "period": PERIOD, "breakdown": BREAKDOWN},
    )
    def show_provenance(viewer: Viewer, address: Address, division: str, period: str, breakdown: str) -> Any:
        code = viewer.region(address.region)
        choice = (division_of(division), period, breakdown)
        return answer(current_edition(db), code, address.indicator or "", choice, is_admin=viewer.is_admin)

    app.clientside_callback(
        ClientsideFunction("dashboard", "openFollowed"), Input(ids.IndicatorPage.FOLLOW, "children")
    )


def follow(view: View, period: str, breakdown: str) -> Provenance:
    """The provenance of the figure that the page tells of: the country's where a region can have none."""
    is_possible = view.region.kind in view.indicator.levels
    region = view.region if is_possible else NETHERLANDS
    return load_provenance(view.reading, region, period, breakdown=breakdown)
