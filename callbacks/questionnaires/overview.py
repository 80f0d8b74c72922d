"""`/regio/<region>/vragenlijsten`: what is asked of a region now, and its rounds with what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import AllowedRegion, OwnRegion, Role, Tab, Viewer
from app.auth import current_viewer
from app.models import SurveyRound
from callbacks.questionnaires.desk import PLACE, STATE_WORDS, Desk, today
from callbacks.regions import get_region
from callbacks.server_pages import Route, bound, load_frame
from loaders.areas import load_names
from survey import rounds
from survey.asked import Task, load_tasks
from survey.checklist import asked_people
from survey.lists import load_lists
from survey.rounds import State

RELEASE_WORDS = {
    "concept": "nog niet vrijgegeven",
    "regio": "te zien voor uw regio",
    "publiek": "openbaar",
}
APPROVERS = frozenset({Role.POLICY_SWV, Role.POLICY_GEMEENTE})
NOTICES = {"verwijderd": "De ronde is verwijderd."}


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    return ((PLACE, "surveys", "GET", bound(_show, desk)),)


@dataclass(frozen=True)
class Sight:
    """What this viewer may see of the rounds of a region."""

    viewer: Viewer
    region: OwnRegion

    @property
    def may_coordinate(self) -> bool:
        """Whether the viewer runs the rounds of the region."""
        return self.viewer.may_coordinate(str(self.region))

    @property
    def may_approve(self) -> bool:
        """Whether the viewer may have a say in releasing an outcome."""
        return bool(self.viewer.grants.get(str(self.region), frozenset()) & APPROVERS)

    def sees(self, round_: SurveyRound) -> bool:
        """A round in preparation is for its coordinator."""
        return round_.state != State.CONCEPT or self.runs(round_)

    def runs(self, round_: SurveyRound) -> bool:
        """Whether the viewer is the coordinator of this round."""
        return self.may_coordinate and round_.region_code == self.region

    def sees_outcome(self, round_: SurveyRound) -> bool:
        """Whether there is an outcome page for this viewer."""
        if round_.state != State.CLOSED:
            return False
        return round_.release != "concept" or self.runs(round_) or self.may_approve


def _show(desk: Desk, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    own = viewer.own_region(region)
    viewer.require(Tab.SURVEYS)
    with desk.db.session() as session:
        return _page(desk, session, Sight(viewer, own))


def _page(desk: Desk, session: Session, sight: Sight) -> str:
    region = str(sight.region)
    named = get_region(session, AllowedRegion(region))
    found = [each for each in rounds.list_rounds(session, sight.region) if sight.sees(each)]
    may_fill = sight.viewer.may_fill(region)
    tasks = load_tasks(session, region, found, desk.questionnaires, today()) if may_fill else []
    return render_template(
        "vragenlijsten/overzicht.html",
        **load_frame(session, desk.catalogue, sight.viewer, named, Tab.SURVEYS),
        home=f"/regio/{region}/{Tab.SURVEYS}",
        rounds=[_row(desk, session, sight, each, tasks) for each in found],
        tasks=tasks,
        may_fill=may_fill,
        may_coordinate=sight.may_coordinate,
        may_review=sight.viewer.may_review(region),
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _row(
    desk: Desk, session: Session, sight: Sight, round_: SurveyRound, tasks: Sequence[Task]
) -> Mapping[str, Any]:
    lists = load_lists(session, round_.id)
    asked = {each.questionnaire for each in lists}
    has_both = {"swv", "gemeente"} <= asked
    is_over = round_.state == State.OPEN and today() > round_.closes_on
    return {
        "round": round_,
        "of": _place(session, sight, round_),
        "state": "gesloten" if is_over else _state(round_),
        "asked": asked_people([each.original(desk.questionnaires) for each in lists]),
        "runs": sight.runs(round_),
        "sees_outcome": sight.sees_outcome(round_),
        "release": RELEASE_WORDS[round_.release],
        "has_joint": has_both and round_.state != State.CONCEPT and sight.viewer.may_fill(str(sight.region)),
        "tasks": [task for task in tasks if task.round_id == round_.id],
    }


def _place(session: Session, sight: Sight, round_: SurveyRound) -> str:
    """The region a round is of, where that is another than the one that is looked at."""
    code = round_.region_code
    return "" if code == sight.region else load_names(session, [code])[code].name


def _state(round_: SurveyRound) -> str:
    if round_.state == State.OPEN and today() < round_.opens_on:
        return "gepland"
    return STATE_WORDS[State(round_.state)]
