"""The overview of a region."""

from typing import Any

from dash import Dash, Input, Output

from app.access import Tab, Viewer
from app.comparisons import compare, most_different, pick_for_overview
from app.db import Database
from callbacks.address import Address, known_address
from callbacks.gate import gated
from callbacks.regions import get_region, published
from layouts import ids, overview
from loaders.catalogue import Catalogue
from loaders.observations import load_recent

PERIODS = 10
"""How far the small lines look back."""


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the overview."""

    @gated(
        app,
        tab=Tab.OVERVIEW,
        output=Output(ids.Overview.CONTENT, "children"),
        inputs={"address": (Input(ids.Shell.LOCATION, "pathname"), known_address)},
    )
    def show_overview(viewer: Viewer, address: Address) -> Any:
        code = viewer.region(address.region)
        with db.session() as session:
            region = get_region(session, code)
            here = [each for each in catalogue if region.kind in each.levels]
            keys = [each.id for each in here]
            recent = load_recent(
                session, published(session), code, indicators=keys, periods=PERIODS, country_periods=PERIODS
            )
        tiles = pick_for_overview(compare(here, recent, code))
        elsewhere = [each for each in catalogue if region.kind not in each.levels]
        return overview.content(region, tiles, most_different(tiles), elsewhere)
