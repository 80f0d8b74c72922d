"""Registers the comparison page's callbacks and downloads, and builds the page itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from sqlalchemy.orm import Session

from app.access import AllowedRegion, Tab, Viewer
from app.comparison_groups import GroupKey, GroupKind, PeerGroup
from app.db import Database
from app.errors import BadInput
from app.looks import Look, Pick
from app.regions import RegionKind, RegionName, kind_of
from app.selections import load_own_groups
from app.sentences import State as PageState
from app.similarity import VARIABLES
from callbacks.address import MAX_VALUE, Address, known_address
from callbacks.comparison import files
from callbacks.comparison.choices import (
    Choice,
    Stage,
    breakdown_options,
    choice_of,
    options,
    period_options,
)
from callbacks.comparison.desk import Desk
from callbacks.comparison.views import VIEWS
from callbacks.editions import SHOWN, edition_for
from callbacks.gate import gated, text
from callbacks.packing import pack_answer
from callbacks.regions import get_region, open_codes
from layouts import ids
from layouts.comparison import page as layout
from layouts.comparison.base import Shown, told
from layouts.components import Node, downloads, packed, present, tag
from loaders.publication import Edition

KEPT = 64
"""How many answers a process keeps, of at most 0.2 MB each; the edition in the key lets an old one die."""

NO_COMPARISON = "Nederland is met niets te vergelijken. Kies een regio om te vergelijken."


def register(app: Dash, desk: Desk) -> None:
    """Register what fills a view, what renews its choices, and what keeps them in the address."""
    answer = _answers(desk)
    _register_view(app, desk, answer)
    _register_choices(app, desk)
    places = [layout.IDS[pick] for pick in Pick]
    app.clientside_callback(
        ClientsideFunction("dashboard", "keepFilters"), *(Input(place, "value") for place in places)
    )
    app.clientside_callback(
        ClientsideFunction("dashboard", "joinWeights"),
        Output(ids.Comparison.WEIGHTS, "value"),
        *(Input(f"{ids.Comparison.WEIGHT}-{each.key}", "value") for each in VARIABLES),
    )
    files.register(app, desk, shown_of, lambda viewer, *rest: stage_for(desk, viewer, *rest))


def _answers(desk: Desk) -> Any:
    """A view's answers, kept: they follow from edition, region, choice and the person's own groups alone."""

    @lru_cache(KEPT)
    def answer(edition: Edition, code: AllowedRegion, look: Look, choice: Choice, *rest: Any) -> Any:
        own_groups, opened = rest
        with desk.db.session() as session:
            region = get_region(session, code)
        stage = Stage(desk, edition, region, choice, own_groups, opened)
        shown = shown_of(stage, look)
        query = choice.as_query()
        buttons = downloads(layout.downloads_place(region, look, query)) if shown.sheets else None
        inside = tag("Div", present([shown.node, buttons]), className="grid")
        return packed(inside), packed(layout.looks(region, look, query))

    return answer


def shown_of(stage: Stage, look: Look) -> Shown:
    """What a view shows; a choice that is not there is told in words, where figures would stand."""
    if stage.region.kind is RegionKind.COUNTRY:
        return told(PageState.NOT_AVAILABLE, NO_COMPARISON)
    try:
        return VIEWS[look](stage)
    except BadInput as refused:
        return told(PageState.NOT_AVAILABLE, str(refused))


def _register_view(app: Dash, desk: Desk, answer: Any) -> None:
    @gated(
        app,
        tab=Tab.COMPARE,
        output={
            "content": Output(ids.Comparison.CONTENT, "children"),
            "looks": Output(ids.Comparison.LOOKS, "children"),
        },
        inputs={
            "address": (State(ids.Shell.LOCATION, "pathname"), known_address),
            "shown": SHOWN,
            **{pick.value: (Input(layout.IDS[pick], "value"), text(MAX_VALUE)) for pick in Pick},
        },
    )
    def show_comparison(viewer: Viewer, address: Address, shown: int, **chosen: str) -> dict[str, Any]:
        code, choice = viewer.region(address.region), choice_of(chosen)
        groups = own_groups(desk.db, viewer, kind_of(code), choice)
        content, looks = answer(
            edition_for(desk.db, viewer, shown), code, address.look, choice, groups, open_codes(viewer)
        )
        pack_answer()
        return {"content": content, "looks": looks}


def stage_for(desk: Desk, viewer: Viewer, edition: Edition, region: RegionName, choice: Choice) -> Stage:
    """The stage of one person's choice."""
    return Stage(
        desk, edition, region, choice, own_groups(desk.db, viewer, region.kind, choice), open_codes(viewer)
    )


def own_groups(db: Database, viewer: Viewer, kind: RegionKind, choice: Choice) -> tuple[PeerGroup, ...]:
    """The person's own groups, where the choice names one."""
    asked = (choice.group, *choice.beside)
    if not any(each.startswith(f"{GroupKind.OWN}-") for each in asked):
        return ()
    with db.session() as session:
        return load_own(session, viewer, kind)


def load_own(session: Session, viewer: Viewer, kind: RegionKind) -> tuple[PeerGroup, ...]:
    """Every group of a kind that this person made, as groups to compare with."""
    found = load_own_groups(session, viewer.user_id, kind)
    return tuple(
        PeerGroup(
            GroupKey(GroupKind.OWN, str(each.id)),
            f"Eigen groep: {each.name}",
            f"uw groep “{each.name}”",
            each.kind,
            each.codes,
            each.origin,
        )
        for each in found
    )


def _register_choices(app: Dash, desk: Desk) -> None:
    comparison = ids.Comparison

    @gated(
        app,
        tab=Tab.COMPARE,
        output={
            "periods": Output(comparison.PERIOD, "options"),
            "period": Output(comparison.PERIOD, "value"),
            "breakdowns": Output(comparison.BREAKDOWN, "options"),
            "breakdown": Output(comparison.BREAKDOWN, "value"),
        },
        inputs={
            "address": (State(ids.Shell.LOCATION, "pathname"), known_address),
            "shown": SHOWN,
            "indicator": (Input(comparison.INDICATOR, "value"), text(MAX_VALUE)),
            "period": (State(comparison.PERIOD, "value"), text(MAX_VALUE)),
            "breakdown": (State(comparison.BREAKDOWN, "value"), text(MAX_VALUE)),
        },
    )
    def renew_choices(
        viewer: Viewer, address: Address, shown: int, indicator: str, **chosen: str
    ) -> dict[str, Any]:
        code = viewer.region(address.region)
        with desk.db.session() as session:
            region = get_region(session, code)
        stage = Stage(desk, edition_for(desk.db, viewer, shown), region, Choice(indicator=indicator))
        return _renewed(stage, **chosen)


def _renewed(stage: Stage, period: str, breakdown: str) -> dict[str, Any]:
    """The options of another indicator; what was chosen stays where it is there too."""
    try:
        indicator = stage.indicator
    except BadInput:
        indicator = None
    periods, breakdowns = period_options(stage, indicator), breakdown_options(indicator)
    return {
        "periods": [{"value": value, "label": words} for value, words in periods],
        "period": period if period in dict(periods) else periods[0][0],
        "breakdowns": [{"value": value, "label": words} for value, words in breakdowns],
        "breakdown": breakdown if breakdown in dict(breakdowns) else breakdowns[0][0],
    }


def page(desk: Desk, viewer: Viewer, address: Address, query: Mapping[str, str], edition: Edition) -> Node:
    """The page of a view with the choices of the address."""
    code = viewer.region(address.region)
    with desk.db.session() as session:
        region = get_region(session, code)
        own = load_own(session, viewer, region.kind)
    if region.kind is RegionKind.COUNTRY:
        return layout.nowhere(NO_COMPARISON)
    stage = Stage(desk, edition, region, Choice(), own, open_codes(viewer))
    values = {pick: query.get(pick, "") for pick in Pick}
    indicator = stage_indicator(stage, values[Pick.INDICATOR])
    stage = replace(stage, choice=Choice(indicator=indicator))
    there = options(stage, address.look)
    unknown = [UNKNOWN.format(value) for pick, value in values.items() if _is_unknown(there[pick], value)]
    begin = {Pick.INDICATOR: indicator}
    if address.look is Look.TREND and not any(values[pick] for pick in (Pick.FIRST, Pick.SECOND, Pick.THIRD)):
        begin[Pick.FIRST] = GroupKind.COUNTRY
    return layout.page(region, address.look, there, values | begin, unknown=unknown)


UNKNOWN = "“{}” is hier niet beschikbaar; die keuze is overgeslagen."


def _is_unknown(options: layout.Options, value: str) -> bool:
    return bool(value and options) and value not in dict(options)


def stage_indicator(stage: Stage, asked: str) -> str:
    """The indicator that the address asks for, if there is one; else the one to begin with."""
    there = {each.id for each in stage.indicators()}
    begin = stage.indicator
    return asked if asked in there else begin.id if begin else ""
