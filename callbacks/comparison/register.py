"""Registers the comparison page's callbacks and downloads, and builds the page itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from dash import ClientsideFunction, Dash, Input, Output, State
from sqlalchemy.orm import Session

from app.access import AllowedRegion, Tab, Viewer
from app.comparison_groups import GroupKey, GroupKind, PeerGroup
from app.db import Database
from app.errors import BadInput
from app.looks import NOBODY, PICKS, Look, Pick
from app.own_groups import PREFIX
from app.regions import RegionKind, RegionName, kind_of
from app.selections import load_own_groups
from app.sentences import State as PageState
from app.similarity import NO_WEIGHTS, VARIABLES, parse_weights
from app.wording import day, uncapital
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

GONE = (
    "{name} is opgeheven op {day}. Vergelijken kan alleen met regio’s die er nog zijn; de cijfers van toen "
    "staan bij de indicatoren."
)
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


class Asked(NamedTuple):
    """What makes one answer another, beside edition and region."""

    look: Look
    choice: Choice
    own_groups: tuple[PeerGroup, ...]
    opened: frozenset[str]


def _answers(desk: Desk) -> Any:
    """A view's answers, kept: they follow from edition, region, choice and the person's own groups alone."""

    @lru_cache(KEPT)
    def answer(edition: Edition, code: AllowedRegion, asked: Asked) -> Any:
        look, choice, own_groups, opened = asked
        with desk.db.session() as session:
            region = get_region(session, code)
        stage = Stage(desk, edition, region, choice, own_groups, opened)
        shown, query = shown_of(stage, look), choice.as_query()
        buttons = downloads(layout.downloads_place(region, look, query)) if shown.sheets else None
        inside = tag("Div", present([shown.node, buttons]), className="grid")
        return packed(inside), packed(layout.looks(region, look, query)), shown.said or shown.title

    return answer


def shown_of(stage: Stage, look: Look) -> Shown:
    """What a view shows; a choice that is not there is told in words, where figures would stand."""
    if nowhere := why_nowhere(stage.region):
        return told(PageState.NOT_AVAILABLE, nowhere)
    try:
        return VIEWS[look](stage)
    except BadInput as refused:
        return told(PageState.NOT_AVAILABLE, str(refused))


def why_nowhere(region: RegionName) -> str:
    """Why a region cannot be compared at all; '' where it can."""
    if region.kind is RegionKind.COUNTRY:
        return NO_COMPARISON
    return GONE.format(name=region.name, day=day(region.valid_to)) if region.valid_to else ""


def _register_view(app: Dash, desk: Desk, answer: Any) -> None:
    @gated(
        app,
        tab=Tab.COMPARE,
        output={
            "content": Output(ids.Comparison.CONTENT, "children"),
            "looks": Output(ids.Comparison.LOOKS, "children"),
            "said": Output(ids.Comparison.SAID, "children"),
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
        asked = Asked(address.look, choice, groups, open_codes(viewer))
        content, looks, said = answer(edition_for(desk.db, viewer, shown), code, asked)
        pack_answer()
        return {"content": content, "looks": looks, "said": said}


def stage_for(desk: Desk, viewer: Viewer, edition: Edition, region: RegionName, choice: Choice) -> Stage:
    """The stage of one person's choice."""
    return Stage(
        desk, edition, region, choice, own_groups(desk.db, viewer, region.kind, choice), open_codes(viewer)
    )


def own_groups(db: Database, viewer: Viewer, kind: RegionKind, choice: Choice) -> tuple[PeerGroup, ...]:
    """The person's own groups, where the choice names one."""
    asked = (choice.group, *choice.beside)
    if not any(each.startswith(PREFIX) for each in asked):
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
            f"Deze groep is begonnen als: {uncapital(each.origin)}" if each.origin else "",
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
        return _renewed(stage, address.look, **chosen)


def _renewed(stage: Stage, look: Look, period: str, breakdown: str) -> dict[str, Any]:
    """The options of another indicator; what was chosen stays where it is there too.

    A choice that this view does not show falls back to nothing at all, which keeps it out of the address.
    """
    try:
        indicator = stage.indicator
    except BadInput:
        indicator = None
    periods, breakdowns = period_options(stage, indicator), breakdown_options(indicator)
    first = {
        pick: found[0][0] if pick in PICKS[look] else ""
        for pick, found in ((Pick.PERIOD, periods), (Pick.BREAKDOWN, breakdowns))
    }
    return {
        "periods": [{"value": value, "label": words} for value, words in periods],
        "period": period if period in dict(periods) else first[Pick.PERIOD],
        "breakdowns": [{"value": value, "label": words} for value, words in breakdowns],
        "breakdown": breakdown if breakdown in dict(breakdowns) else first[Pick.BREAKDOWN],
    }


def page(desk: Desk, viewer: Viewer, address: Address, query: Mapping[str, str], edition: Edition) -> Node:
    """The page of a view with the choices of the address."""
    code = viewer.region(address.region)
    with desk.db.session() as session:
        region = get_region(session, code)
        own = load_own(session, viewer, region.kind)
    if nowhere := why_nowhere(region):
        return layout.nowhere(nowhere)
    stage = Stage(desk, edition, region, Choice(), own, open_codes(viewer))
    look, values = address.look, {pick: query.get(pick, "") for pick in Pick}
    indicator = stage_indicator(stage, values[Pick.INDICATOR])
    stage = replace(stage, choice=Choice(indicator=indicator))
    there = options(stage, look)
    chosen_here = (*PICKS[look], Pick.WEIGHTS)
    unknown = {pick: values[pick] for pick in chosen_here if _is_unknown(pick, there[pick], values[pick])}
    values |= dict.fromkeys(unknown, "")
    if Pick.INDICATOR in PICKS[look]:
        values[Pick.INDICATOR] = indicator
    sentences = [UNKNOWN.format(value) for value in unknown.values()]
    return layout.page(region, look, there, values, unknown=sentences)


UNKNOWN = "“{}” is hier niet beschikbaar; die keuze is overgeslagen."


def _is_unknown(pick: Pick, options: layout.Options, value: str) -> bool:
    """Whether the address asks for what is not there; a view without a second line passes `NOBODY` on."""
    if pick is Pick.WEIGHTS:
        return not is_weights(value)
    return bool(value) and value not in (NOBODY, *dict(options))


def is_weights(text: str) -> bool:
    """Whether a text is one weight per variable; all of them 0 is a choice too, though of no use."""
    try:
        parse_weights(text)
    except BadInput as refused:
        return str(refused) == NO_WEIGHTS
    return True


def stage_indicator(stage: Stage, asked: str) -> str:
    """The indicator that the address asks for, if there is one; else the one to begin with."""
    there = {each.id for each in stage.indicators()}
    begin = stage.indicator
    return asked if asked in there else begin.id if begin else ""
