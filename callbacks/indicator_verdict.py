"""On an indicator's page: whether the verdict on the figure holds, and the ways to look further."""

from functools import lru_cache, partial
from typing import Any

from dash import Dash, Output

from app.access import AllowedRegion, Tab, Viewer
from app.divisions import Division, division_of
from app.errors import BadInput
from app.looks import Look, Pick
from app.sentences import State
from callbacks.address import Address, with_query
from callbacks.comparison.choices import Choice, Stage, cell_of, map_group
from callbacks.comparison.desk import Desk
from callbacks.comparison.sayings import show_hold
from callbacks.editions import SHOWN, edition_for
from callbacks.gate import gated
from callbacks.indicator import BREAKDOWN, DIVISION, PERIOD, PLACE
from callbacks.regions import get_region
from layouts import ids, maps
from layouts.comparison.sayings import further
from layouts.components import packed, state
from loaders.atlas import KINDS
from loaders.publication import Edition
from loaders.tiles import load_tiles

KEPT = 64


def register(app: Dash, desk: Desk) -> None:
    """Register what fills the place of the verdict."""

    answer = lru_cache(KEPT)(partial(_answer, desk))

    @gated(
        app,
        tab=Tab.INDICATORS,
        output=Output(ids.IndicatorPage.VERDICT, "children"),
        inputs={
            "address": PLACE,
            "shown": SHOWN,
            "period": PERIOD,
            "breakdown": BREAKDOWN,
            "division": DIVISION,
        },
    )
    def show_verdict(viewer: Viewer, address: Address, shown: int, **chosen: str) -> Any:
        code = viewer.region(address.region)
        choice = Choice(
            indicator=address.indicator or "", period=chosen["period"], breakdown=chosen["breakdown"]
        )
        if division_of(chosen["division"]) is Division.THEN:
            return state(State.NOT_AVAILABLE, ONLY_NOW)
        return answer(edition_for(desk.db, viewer, shown), code, choice)


FURTHER = (Look.CLAIM, Look.RANKING, Look.FUNNEL, Look.MAP, Look.TREND)
ONLY_NOW = "Het oordeel rekent met de gemeenten van nu. Kies bij Indeling “Van nu” om het te zien."


def _answer(desk: Desk, edition: Edition, code: AllowedRegion, choice: Choice) -> Any:
    """The verdict with a small map and links; None where there is nothing to judge."""
    with desk.db.session() as session:
        region = get_region(session, code)
    indicator = desk.catalogue.get(choice.indicator)
    if indicator is None or indicator.is_counted_total or region.kind not in KINDS or region.valid_to:
        return None
    stage = Stage(desk, edition, region, choice)
    try:
        cell = cell_of(stage)
    except BadInput:  # no figures of this kind of region, or not of this period: the summary says so
        return None
    if cell is None:
        return None
    query = {Pick.INDICATOR: choice.indicator, Pick.PERIOD: choice.period, Pick.BREAKDOWN: choice.breakdown}
    links = {look: with_query(f"/regio/{code}/{Tab.COMPARE}/{look}", **query) for look in FURTHER}
    drawing = maps.small(map_group(stage, cell), load_tiles(region.kind), href=links[Look.MAP])
    return packed(further(show_hold(stage, cell).node, drawing, links))
