"""The overview of a region."""

from functools import lru_cache
from typing import Any

from dash import Dash, Input, Output
from sqlalchemy.orm import Session

from app.access import AllowedRegion, Tab, Viewer
from app.comparison_groups import GroupKey, GroupKind, PeerGroup
from app.comparisons import Comparison, compare, pick_for_overview
from app.db import Database
from app.profiles import Judged, profile
from app.regions import RegionName
from callbacks.address import Address, known_address
from callbacks.comparison.desk import Desk
from callbacks.editions import SHOWN, edition_for
from callbacks.gate import gated
from callbacks.regions import get_region, recent_reader
from layouts import ids, overview
from layouts.components import packed
from loaders.atlas import KINDS
from loaders.catalogue import Catalogue
from loaders.observations import load_filled
from loaders.publication import Edition

PERIODS = 10
"""How far the small lines look back."""

KEPT = 64
"""How many overviews a process keeps, of some 30 kB each; the edition in the key lets an old one die."""


def register(app: Dash, db: Database, catalogue: Catalogue, desk: Desk) -> None:
    """Register what fills the overview."""

    @gated(
        app,
        tab=Tab.OVERVIEW,
        output=Output(ids.Overview.CONTENT, "children"),
        inputs={"address": (Input(ids.Shell.LOCATION, "pathname"), known_address), "shown": SHOWN},
    )
    def show_overview(viewer: Viewer, address: Address, shown: int) -> Any:
        code = viewer.region(address.region)
        return overview_of(edition_for(db, viewer, shown), code)

    @lru_cache(KEPT)
    def overview_of(edition: Edition, code: AllowedRegion) -> Any:
        with db.session() as session:
            region = get_region(session, code)
            tiles = load_tiles(session, edition.version, catalogue, region)
            filled = load_filled(session, edition.version)
        elsewhere = [each for each in catalogue if each.id in filled and region.kind not in each.levels]
        return packed(overview.content(region, tiles, _judged(edition, region), elsewhere))

    def _judged(edition: Edition, region: RegionName) -> list[Judged]:
        """Every latest figure beside the country; nothing for a kind that is not compared."""
        if region.kind not in KINDS or region.valid_to is not None:
            return []
        sections = desk.chapter(edition, region.kind, "")
        country = PeerGroup(GroupKey(GroupKind.COUNTRY), "Nederland", "Nederland", region.kind)
        return profile(sections.values(), region.code, country)


def load_tiles(session: Session, version: int, catalogue: Catalogue, region: RegionName) -> list[Comparison]:
    """The rows that become tiles: chosen by the latest figures, then read with the years before."""
    load = recent_reader(session, version, catalogue, region)
    here = [each for each in catalogue if region.kind in each.levels]
    chosen = [row.indicator for row in pick_for_overview(compare(here, load(periods=1), region.code))]
    recent = load(indicators=[each.id for each in chosen], periods=PERIODS, country_periods=PERIODS)
    return compare(chosen, recent, region.code)
