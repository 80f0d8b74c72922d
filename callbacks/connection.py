"""`/regio/<region>/aansluiting`: national figures and the answers of people, by theme."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from sqlalchemy.orm import Session

from app.access import AllowedRegion, OwnRegion, Tab, Viewer
from app.comparisons import compare
from app.db import Database
from app.indicators import Indicator
from app.models import SurveyRound
from app.regions import RegionName
from app.verdicts import verdict
from app.wording import day
from callbacks.address import MAX_VALUE, Address, known_address
from callbacks.editions import SHOWN, edition_for
from callbacks.gate import gated, text
from callbacks.regions import get_region, recent_reader
from layouts import connection, ids
from layouts.components import Node
from loaders.areas import load_names
from loaders.catalogue import Catalogue
from survey.reading import load_questionnaires
from survey.results.chapters import Chapter, chapters
from survey.results.loading import load_outcomes, load_released
from survey.results.national import BESIDE, MOST
from survey.rounds import list_rounds

FILTER_IDS = {"ronde": ids.Connection.ROUND, "thema": ids.Connection.THEME}


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register what fills the chapter, and what keeps its filters in the address."""

    @gated(
        app,
        tab=Tab.CONNECTION,
        output=Output(ids.Connection.CONTENT, "children"),
        inputs={
            "address": (State(ids.Shell.LOCATION, "pathname"), known_address),
            "shown": SHOWN,
            **{name: (Input(place, "value"), text(MAX_VALUE)) for name, place in FILTER_IDS.items()},
        },
    )
    def show_connection(viewer: Viewer, address: Address, shown: int, ronde: str, thema: str) -> Any:
        own = viewer.own_region(address.region)
        edition = edition_for(db, viewer, shown)
        with db.session() as session:
            region = get_region(session, AllowedRegion(own))
            round_ = _chosen(load_released(session, own), ronde)
            if round_ is None:
                return connection.nothing(has_rounds=bool(list_rounds(session, own)))
            found = _of_theme(_load_chapters(session, round_, own), thema)
            nationals = load_nationals(session, edition.version, catalogue, region, found)
            told = connection.Told(round_.title, day(round_.closes_on), round_.is_demo, round_.id)
        return connection.content(region, told, found, nationals)

    app.clientside_callback(
        ClientsideFunction("dashboard", "keepFilters"),
        *(Input(place, "value") for place in FILTER_IDS.values()),
    )


def page(session: Session, region: OwnRegion, query: Mapping[str, str]) -> Node:
    """The filters with the choices of the address; what no filter has is left out."""
    rounds = load_released(session, region)
    if not rounds:
        return connection.nothing(has_rounds=bool(list_rounds(session, region)))
    round_ = _chosen(rounds, query.get("ronde", "")) or rounds[0]
    themes = [(each.key, each.title) for each in _load_chapters(session, round_, region)]
    asked = query.get("thema", "")
    choices = [(str(each.id), _round_words(session, each, region)) for each in rounds]
    theme = asked if asked in dict(themes) else ""
    return connection.page(choices, themes, {"ronde": str(round_.id), "thema": theme})


def _round_words(session: Session, round_: SurveyRound, region: OwnRegion) -> str:
    """`Najaar (16 oktober 2026)`; with the region it is of where that is another."""
    code = round_.region_code
    place = "" if code == region else f", {load_names(session, [code])[code].name}"
    return f"{round_.title}{place} ({day(round_.closes_on)})"


def _load_chapters(session: Session, round_: SurveyRound, region: OwnRegion) -> list[Chapter]:
    return chapters(load_outcomes(session, round_, load_questionnaires(), region=region))


def _chosen(rounds: Sequence[SurveyRound], asked: str) -> SurveyRound | None:
    """The round that was asked for, or the latest; None without any."""
    return next((each for each in rounds if str(each.id) == asked), rounds[0] if rounds else None)


def _of_theme(found: Sequence[Chapter], key: str) -> list[Chapter]:
    return [each for each in found if key == each.key] or list(found)


def load_nationals(
    session: Session, version: int, catalogue: Catalogue, region: RegionName, found: Sequence[Chapter]
) -> dict[str, list[connection.National]]:
    """Theme → the latest figures of the catalogue beside it, with their verdict beside the country."""
    wanted = {each.theme: _indicators(catalogue, region, each.theme) for each in found}
    every = list({one.id: one for several in wanted.values() for one in several}.values())
    load = recent_reader(session, version, catalogue, region)
    recent = load(indicators=[each.id for each in every], periods=1)
    rows = {row.indicator.id: row for row in compare(every, recent, region.code) if row.own}
    return {
        theme: [
            connection.National(rows[each.id], verdict(rows[each.id].own, rows[each.id].country, each))
            for each in several
            if each.id in rows
        ][:MOST]
        for theme, several in wanted.items()
    }


def _indicators(catalogue: Catalogue, region: RegionName, theme: str) -> list[Indicator]:
    known = [catalogue.get(each) for each in BESIDE.get(theme, ())]
    return [each for each in known if each is not None and region.kind in each.levels]
