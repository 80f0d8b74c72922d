"""What changed for a region since this person's last visit; the visit itself is written down on the way."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from dash import Dash, Input, Output

from app.access import AllowedRegion, Tab, Viewer
from app.db import Database
from app.indicators import Figure, Indicator
from app.regions import RegionName
from app.selections import record_visit
from app.verdicts import verdict
from app.visits import Change, Reason, changes_since
from callbacks.address import Address, known_address
from callbacks.editions import SHOWN, edition_for
from callbacks.gate import gated
from callbacks.regions import get_region, recent_reader
from layouts import ids, since_visit
from loaders.catalogue import Catalogue
from loaders.changelog import load_reasons
from loaders.publication import Edition

MOST_REASONS = 5
KEPT = 64
"""How many answers a process keeps, of some kB each; the edition in the key lets an old one die."""


class Since(NamedTuple):
    """What changed for a region between two versions, and the publications that did it."""

    region: RegionName
    changes: Sequence[Change] = ()
    reasons: Sequence[Reason] = ()


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the block on the overview."""
    compared = lru_cache(KEPT)(partial(compare_versions, db, catalogue))

    @gated(
        app,
        tab=Tab.OVERVIEW,
        output=Output(ids.Overview.SINCE, "children"),
        inputs={"address": (Input(ids.Shell.LOCATION, "pathname"), known_address), "shown": SHOWN},
    )
    def show_since_visit(viewer: Viewer, address: Address, shown: int) -> Any:
        code = viewer.region(address.region)
        if viewer.preview_version is not None:
            return since_visit.quiet(since_visit.PREVIEW)
        edition = edition_for(db, viewer, shown)
        visit = record_visit(db, viewer.user_id, code, edition.version, datetime.now(UTC))
        found = compared(visit.previous_version or edition.version, edition, code)
        return since_visit.section(found.changes, visit.previous_at, found.reasons, found.region)


def compare_versions(
    db: Database, catalogue: Catalogue, before: int, edition: Edition, code: AllowedRegion
) -> Since:
    """The same for everybody who saw the version `before`: only published figures are compared."""
    with db.session() as session:
        region = get_region(session, code)
        if before == edition.version:
            return Since(region)
        here = [each for each in catalogue if region.kind in each.levels]
        then = recent_reader(session, before, catalogue, region)(periods=1)
        now = recent_reader(session, edition.version, catalogue, region)(periods=2, country_periods=2)
        reasons = load_reasons(session, old=before, new=edition.version, most=MOST_REASONS)
    return Since(region, changes_since(here, then, now, region.code, _verdict_words), reasons)


def _verdict_words(indicator: Indicator, own: Figure | None, country: Figure | None) -> str:
    """The verdict beside the country; '' where there is none."""
    found = verdict(own, country, indicator)
    return found.words if found else ""
