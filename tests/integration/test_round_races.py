"""Two people at one round in the same moment: nobody changes or removes what another has just opened.

PostgreSQL only: SQLite lets one writer in at a time, so there what is read is what is changed.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.errors import AccessDenied, SelectionRefused
from app.models import SurveyList, SurveyRound
from survey import rounds
from survey.choosing import choose_lists, tailor_list
from survey.definition import Scale
from survey.rounds import RoundDraft
from survey.tailoring import OwnQuestion
from tests.databases import PostgresFactory
from tests.integration.round_world import (
    BY,
    CLOSES,
    OPENS,
    QUESTIONNAIRES,
    World,
    add_regions,
    make_round,
)

pytestmark = pytest.mark.postgres

Change = Callable[[Session, SurveyRound], None]


@pytest.fixture
def databases(postgres_factory: PostgresFactory) -> PostgresFactory:
    return postgres_factory


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    """A round in preparation."""
    add_regions(db)
    return make_round(db, settings, is_open=False)


def _open(round_: World) -> None:
    with round_.db.transaction() as session:
        seen = session.get_one(SurveyRound, round_.round_id)
        assert rounds.open_round(session, seen, by="iemand anders", today=OPENS)


def _delete(session: Session, seen: SurveyRound) -> None:
    rounds.delete_round(session, seen, by=BY)


def _move(session: Session, seen: SurveyRound) -> None:
    rounds.change_round(session, seen, RoundDraft("Anders", OPENS, OPENS), by=BY)


def _choose(session: Session, seen: SurveyRound) -> None:
    choose_lists(session, seen, ["ib", "zc"], QUESTIONNAIRES, by=BY)


def _tailor(session: Session, seen: SurveyRound) -> None:
    row = session.scalars(select(SurveyList).where(SurveyList.round_id == seen.id)).one()
    own = [OwnQuestion(1, Scale.OPEN, "Wat helpt?")]
    tailor_list(session, row, QUESTIONNAIRES["ib", 1], kept=["bereik"], own=own, by=BY)


def _change_late(round_: World, meanwhile: Callable[[World], None], change: Change) -> None:
    """Read the round, let somebody else do something, and change what was read."""
    with round_.db.transaction() as session:
        seen = session.get_one(SurveyRound, round_.round_id)
        meanwhile(round_)
        change(session, seen)


@pytest.mark.parametrize("change", [_delete, _move, _choose, _tailor])
def test_a_round_that_was_opened_since_it_was_read_is_not_changed(round_: World, change: Change) -> None:
    with pytest.raises(SelectionRefused):
        _change_late(round_, _open, change)

    with round_.db.session() as session:
        kept = session.get_one(SurveyRound, round_.round_id)
        row = session.scalars(select(SurveyList)).one()
    assert (kept.state, kept.title, kept.closes_on) == ("open", "Najaar 2026", CLOSES)
    assert row.dropped_themes == ""


def _open_without_waiting(round_: World) -> None:
    with round_.db.transaction() as session:
        session.execute(text("SET LOCAL lock_timeout = '50ms'"))
        seen = session.get_one(SurveyRound, round_.round_id)
        rounds.open_round(session, seen, by=BY, today=OPENS)


def test_a_round_that_is_being_changed_is_not_opened_meanwhile(round_: World) -> None:
    with round_.db.transaction() as session:
        rounds.hold_round(session, round_.round_id)
        with pytest.raises(OperationalError):
            _open_without_waiting(round_)

    assert round_.round().state == "concept"


def _remove(round_: World) -> None:
    with round_.db.transaction() as session:
        _delete(session, session.get_one(SurveyRound, round_.round_id))


def test_a_round_that_was_removed_since_it_was_read_is_unknown(round_: World) -> None:
    with pytest.raises(AccessDenied):
        _change_late(round_, _remove, _choose)
