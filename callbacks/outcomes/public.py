"""`/uitkomsten`: what regions made public after two approvals. Open to everybody."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from app.db import Database, row_number
from app.models import SurveyRound
from callbacks.outcomes.shelves import (
    Shelf,
    csv_answer,
    load_for_everybody,
    load_gemeente_names,
    load_round_names,
    partners_of,
    shelves,
    xlsx_answer,
)
from survey.release import PLACE, Release
from survey.results.loading import load_public


def show_all(db: Database) -> ResponseReturnValue:
    """The public outcomes, the latest first."""
    with db.session() as session:
        rounds = load_public(session)
        rows = [(each, load_round_names(session, each)[each.region_code].name) for each in rounds]
        return make_response(render_template("uitkomsten/lijst.html", rows=rows, place=PLACE))


def show(db: Database, round_id: int) -> ResponseReturnValue:
    """One public outcome; before it is public, the same words as where there is no round at all."""
    with db.session() as session:
        try:
            round_, found, name = _load(session, round_id)
        except NotFound:
            return make_response(render_template("uitkomsten/nog-niet.html", place=PLACE), 404)
        page = render_template(
            "uitkomsten/openbaar.html",
            round=round_,
            name=name,
            place=f"{PLACE}/{round_.id}",
            shelves=found,
            partners=partners_of(load_round_names(session, round_)),
        )
        return make_response(page)


def csv(db: Database, round_id: int) -> ResponseReturnValue:
    """Its tables as one."""
    with db.session() as session:
        return csv_answer(*_load(session, round_id))


def xlsx(db: Database, round_id: int) -> ResponseReturnValue:
    """Its tables as a workbook."""
    with db.session() as session:
        return xlsx_answer(*_load(session, round_id))


def _load(session: Session, round_id: int) -> tuple[SurveyRound, list[Shelf], str]:
    """A public round with its tables.

    Raises:
        NotFound: there is none; the same for one that exists and is not public.
    """
    round_ = session.get(SurveyRound, row_number(round_id))
    if round_ is None or round_.release != Release.PUBLIC:
        raise NotFound
    outcomes = load_for_everybody(session, round_)
    name = load_round_names(session, round_)[round_.region_code].name
    return round_, shelves(outcomes, load_gemeente_names(session, outcomes)), name
