"""`/regio/<region>/vragenlijsten/uitkomst/<round_id>`: a round's outcome in its regions, and its release.

Before the coordinator releases it, only the coordinator and those who may approve see that it exists.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import AllowedRegion, OwnRegion, Tab, Viewer
from app.auth import current_viewer
from app.db import Database, row_number
from app.errors import AccessDenied, SelectionRefused
from app.models import SurveyRound
from app.security_log import Event, log_event
from callbacks.outcomes.shelves import (
    Shelf,
    csv_answer,
    load_gemeente_names,
    load_regional,
    load_round_names,
    partners_of,
    shelves,
    xlsx_answer,
)
from callbacks.regions import get_region
from callbacks.server_pages import load_frame
from loaders.catalogue import Catalogue
from survey.release import (
    Release,
    Side,
    approve,
    load_approvals,
    public_address,
    release_to_region,
    side_of,
    withdraw,
)
from survey.results.loading import has_results
from survey.rounds import get_joined_round, list_regions

Act = Callable[[Session, "Place"], str]
"""What a form does; it returns the notice that the page then shows."""


class Place(NamedTuple):
    """Who looks at which round, and what that person may do with it."""

    viewer: Viewer
    region: OwnRegion
    round: SurveyRound
    may_release: bool
    side: Side | None

    @property
    def is_released(self) -> bool:
        """Whether the region sees the outcome."""
        return self.round.release != Release.CONCEPT


def show(db: Database, catalogue: Catalogue, region: str, round_id: int) -> ResponseReturnValue:
    """The outcome, or how far its release is."""
    with db.session() as session:
        return make_response(_page(session, catalogue, _open(session, region, round_id), {}))


def csv(db: Database, region: str, round_id: int) -> ResponseReturnValue:
    """Everything on the page as one table."""
    with db.session() as session:
        place, found, name = _load_file(session, region, round_id)
        return csv_answer(place.round, found, name)


def xlsx(db: Database, region: str, round_id: int) -> ResponseReturnValue:
    """Everything on the page as a workbook."""
    with db.session() as session:
        place, found, name = _load_file(session, region, round_id)
        return xlsx_answer(place.round, found, name)


def release(db: Database, catalogue: Catalogue, region: str, round_id: int) -> ResponseReturnValue:
    """The coordinator lets the regions see it."""

    def act(session: Session, place: Place) -> str:
        if not place.may_release:
            raise AccessDenied
        is_done = release_to_region(session, place.round, by=place.viewer.login)
        return "vrijgegeven" if is_done else "al-vrijgegeven"

    return _act(db, catalogue, region, round_id, act)


def give_approval(db: Database, catalogue: Catalogue, region: str, round_id: int) -> ResponseReturnValue:
    """Somebody approves that everybody sees it."""

    def act(session: Session, place: Place) -> str:
        if place.side is None:
            raise AccessDenied
        found = approve(session, place.round, place.viewer, place.region, now=datetime.now(UTC))
        return "openbaar" if found is Release.PUBLIC else "akkoord"

    return _act(db, catalogue, region, round_id, act)


def take_back(db: Database, catalogue: Catalogue, region: str, round_id: int) -> ResponseReturnValue:
    """Somebody takes the own approval back."""

    def act(session: Session, place: Place) -> str:
        return "ingetrokken" if withdraw(session, place.round, place.viewer) else "al-ingetrokken"

    return _act(db, catalogue, region, round_id, act)


def _act(db: Database, catalogue: Catalogue, region: str, round_id: int, act: Act) -> ResponseReturnValue:
    """Do what a form asks in one transaction; a refusal comes back as words on the page."""
    viewer = current_viewer()
    try:
        with db.transaction() as session:
            place = _open(session, region, round_id)
            done = act(session, place)
    except SelectionRefused as refused:
        with db.session() as session:
            page = _page(session, catalogue, _open(session, region, round_id), refused.problems)
        return make_response(page, 409)
    _log(Event.OUTCOME_RELEASED, viewer, f"{done} ronde {row_number(round_id)}")
    return redirect(
        f"/regio/{region}/vragenlijsten/uitkomst/{row_number(round_id)}?klaar={done}#melding", 303
    )


def _open(session: Session, region: str, round_id: int) -> Place:
    """The round, if this person may know that its outcome exists.

    Raises:
        AccessDenied: not; the same words for a round that is not there.
    """
    viewer = current_viewer()
    viewer.require(Tab.SURVEYS)
    own = viewer.own_region(region)
    round_ = get_joined_round(session, own, row_number(round_id))
    may_release = viewer.may_coordinate(region) and round_.region_code == region
    side = side_of(viewer, region, list(list_regions(session, round_.id)))
    place = Place(viewer, own, round_, may_release, side)
    if not place.is_released and not (may_release or side):
        raise AccessDenied
    return place


def _load_file(session: Session, region: str, round_id: int) -> tuple[Place, list[Shelf], str]:
    place = _open(session, region, round_id)
    if not place.is_released:
        raise AccessDenied
    outcomes = load_regional(session, place.round, place.region)
    _log(Event.OUTCOME_EXPORTED, place.viewer, f"ronde {place.round.id}")
    name = load_round_names(session, place.round)[place.round.region_code].name
    return place, shelves(outcomes, load_gemeente_names(session, outcomes)), name


def _log(event: Event, viewer: Viewer, detail: str) -> None:
    log_event(event, who=viewer.login, source=request.remote_addr or "", detail=detail)


def _page(session: Session, catalogue: Catalogue, place: Place, problems: Mapping[str, str]) -> str:
    round_, region = place.round, get_region(session, AllowedRegion(place.region))
    outcomes = load_regional(session, round_, place.region) if place.is_released else []
    names = load_round_names(session, round_)
    approvals = load_approvals(session, round_.id)
    return render_template(
        "uitkomsten/regio.html",
        **load_frame(session, catalogue, place.viewer, region, Tab.SURVEYS),
        round=round_,
        place=f"/regio/{region.code}/vragenlijsten/uitkomst/{round_.id}",
        public=public_address(round_.id),
        shelves=shelves(outcomes, load_gemeente_names(session, outcomes)),
        partners=partners_of(names),
        is_made=has_results(session, round_.id),
        is_released=place.is_released,
        may_release=place.may_release,
        approvals=[(side, approvals.get(side)) for side in Side],
        names={code: each.name for code, each in names.items()},
        side=place.side if place.side not in approvals else None,
        is_mine=any(each.login == place.viewer.login for each in approvals.values()),
        notice=request.args.get("klaar", ""),
        problems=problems,
    )
