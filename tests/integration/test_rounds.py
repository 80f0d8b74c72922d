"""Rounds in the database: what may happen to them, what the worker does, and what the monitor counts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.access import CoordinatedRegion, OwnRegion
from app.config import Settings
from app.db import Database
from app.errors import AccessDenied, SelectionRefused
from app.models import SurveyGroup, SurveyInvitation, SurveyList, SurveyResponse, SurveyRound
from app.tasks import Worker
from survey import groups, rounds
from survey.closing import close_past
from survey.invitations import State as Invitee
from survey.lists import load_list, load_lists
from survey.monitor import Counts, load_responses, reconcile
from survey.rounds import Refusal, RoundDraft, State, refusal
from survey.tokens import make_id
from tests.integration.round_world import (
    BY,
    CLOSES,
    NOON,
    OPENS,
    QUESTIONNAIRES,
    World,
    add_regions,
    make_round,
)

DAY = timedelta(days=1)


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    add_regions(db)
    return make_round(db, settings)


def _extend(round_: World, today: date = OPENS) -> bool:
    with round_.db.transaction() as session:
        found = session.get_one(SurveyRound, round_.round_id)
        return rounds.extend_round(session, found, by=BY, today=today)


def test_a_round_is_extended_once_by_seven_days(round_: World) -> None:
    assert [_extend(round_), _extend(round_)] == [True, False]
    assert round_.round().closes_on == CLOSES + 7 * DAY


def test_a_round_that_was_closed_stays_closed_whatever_the_clock_says(round_: World) -> None:
    round_.close(NOON)

    assert refusal(round_.round(), OPENS) is Refusal.CLOSED
    assert refusal(round_.round(), OPENS, is_test=True) is Refusal.CLOSED
    with pytest.raises(SelectionRefused, match="alleen als de ronde open is"):
        _extend(round_)
    with round_.db.transaction() as session:
        found = session.get_one(SurveyRound, round_.round_id)
        assert rounds.open_round(session, found, by=BY, today=OPENS) is False
        assert rounds.close_round(session, found.id, by=BY, now=NOON) is False
        with pytest.raises(SelectionRefused):
            rounds.change_round(session, found, RoundDraft("Anders", OPENS, CLOSES), by=BY)
        with pytest.raises(SelectionRefused):
            rounds.delete_round(session, found, by=BY)


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (OPENS - DAY, Refusal.NOT_YET),
        (OPENS, None),
        (CLOSES, None),
        (CLOSES + DAY, Refusal.CLOSED),
    ],
)
def test_an_open_round_takes_answers_on_its_days(today: date, found: Refusal | None) -> None:
    round_ = SurveyRound(state=State.OPEN, opens_on=OPENS, closes_on=CLOSES)

    assert refusal(round_, today) is found


def test_a_round_in_preparation_takes_test_answers_only() -> None:
    round_ = SurveyRound(state=State.CONCEPT, opens_on=OPENS, closes_on=CLOSES)

    assert refusal(round_, OPENS) is Refusal.CONCEPT
    assert refusal(round_, OPENS, is_test=True) is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 22)),  # winter: one hour ahead of UTC
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),  # summer: two
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),  # the night the clock goes back
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_r28_days_are_days_in_amsterdam(moment: datetime, day: date) -> None:
    assert rounds.today_in_amsterdam(moment) == day


def test_the_worker_closes_a_round_after_its_last_day_and_not_before(round_: World) -> None:
    worker = Worker(round_.settings, round_.db)

    with freeze_time("2026-11-22 22:59:00"):
        worker.tend_rounds()
    before = round_.round().state
    with freeze_time("2026-11-22 23:00:00"):
        worker.tend_rounds()

    assert (before, round_.round().state) == (State.OPEN, State.CLOSED)


def test_the_worker_leaves_a_round_open_that_was_extended_since_it_looked(
    round_: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = rounds.list_past

    def look_and_be_overtaken(session: Session, today: date) -> Sequence[int]:
        found = look(session, today)
        session.rollback()
        assert _extend(round_, CLOSES)
        return found

    monkeypatch.setattr(rounds, "list_past", look_and_be_overtaken)
    closed = close_past(round_.db, now=datetime(2026, 11, 23, 12, 0, tzinfo=UTC))

    assert closed == []
    assert (round_.round().state, round_.round().closes_on) == (State.OPEN, CLOSES + 7 * DAY)


def test_a_round_past_its_last_day_is_not_extended(round_: World) -> None:
    with pytest.raises(SelectionRefused, match="De laatste dag was 22 november 2026"):
        _extend(round_, CLOSES + DAY)

    assert round_.round().is_extended is False


def test_dates_of_an_open_round_stand(round_: World) -> None:
    with round_.db.transaction() as session:
        found = session.get_one(SurveyRound, round_.round_id)
        rounds.change_round(session, found, RoundDraft("Anders", OPENS, CLOSES), by=BY)
        with pytest.raises(SelectionRefused):
            rounds.change_round(session, found, RoundDraft("Anders", OPENS, CLOSES + DAY), by=BY)

    assert round_.round().title == "Anders"


def test_a_round_is_found_by_its_own_region_and_by_those_that_take_part(round_: World) -> None:
    with round_.db.session() as session:
        assert rounds.get_own_round(session, CoordinatedRegion("PO2707"), round_.round_id)
        assert rounds.get_joined_round(session, OwnRegion("GM0363"), round_.round_id)
        assert len(rounds.list_rounds(session, OwnRegion("GM0384"))) == 1
        assert rounds.list_rounds(session, OwnRegion("GM0034")) == []
        with pytest.raises(AccessDenied):
            rounds.get_own_round(session, CoordinatedRegion("GM0363"), round_.round_id)
        with pytest.raises(AccessDenied):
            rounds.get_joined_round(session, OwnRegion("GM0034"), round_.round_id)


def test_a_list_knows_its_gemeenten_its_sector_and_whether_it_is_the_first(
    round_: World, db: Database, settings: Settings
) -> None:
    later = RoundDraft("Later", CLOSES + DAY, CLOSES + 20 * DAY)
    second = make_round(db, settings, draft=later, partners=("VO2708",), is_open=False)

    with db.session() as session:
        first, again = load_list(session, round_.list_id), load_lists(session, second.round_id)[0]

    assert first.gemeenten == (("GM0363", "Amsterdam"), ("GM0384", "Diemen"))
    assert (first.sector, first.is_first_round) == ("po", True)
    assert (again.sector, again.is_first_round) == ("", False)


def _respond(round_: World, gemeente: str | None, count: int) -> None:
    """Answers as they are kept, without anybody having given them."""
    with round_.db.transaction() as session:
        for _ in range(count):
            session.add(
                SurveyResponse(
                    id=make_id(), list_id=round_.list_id, receipt_hash=make_id(), gemeente_code=gemeente
                )
            )
        row = session.get_one(SurveyList, round_.list_id)
        row.received += count


def test_the_monitor_counts_personal_and_open_links_per_group(round_: World) -> None:
    round_.invite("Anna", "Bram", "Carla", "Daan", "Eva")
    for name, state in (
        ("Anna", Invitee.SENT),
        ("Bram", Invitee.STARTED),
        ("Carla", Invitee.OPENED),
        ("Daan", Invitee.REFUSED),
    ):
        round_.move(name, state)
    with round_.db.transaction() as session:
        group = session.get_one(SurveyGroup, round_.group_id)
        group.opened, group.started, group.sent = 9, 7, 6

    with round_.db.session() as session:
        (found,) = load_responses(session, round_.round_id, QUESTIONNAIRES)

    # Personal: 5 invited, 4 opened or further (one of them declined), 2 started or further, 1 sent.
    assert found.groups[0].counts == Counts(invited=5, opened=13, started=9, sent=7, declined=1)
    assert found.counts == found.groups[0].counts
    assert found.size == 40


def test_received_is_counted_and_hidden_and_withdrawn(round_: World) -> None:
    _respond(round_, "GM0363", 8)
    _respond(round_, "GM0384", 3)
    with round_.db.transaction() as session:
        gone = session.scalars(select(SurveyResponse).where(SurveyResponse.gemeente_code == "GM0384")).first()
        session.delete(gone)
        session.get_one(SurveyList, round_.list_id).withdrawn += 1

    with round_.db.session() as session:
        (found,) = load_responses(session, round_.round_id, QUESTIONNAIRES)

    assert found.balance == (11, 1, 10, 10, 0, 0)
    assert found.balance.is_balanced
    assert [(part.name, part.sent) for part in found.parts] == [("Amsterdam", 8), ("Diemen", 2)]


def test_a_lost_or_double_answer_shows_in_the_balance() -> None:
    assert reconcile(received=4, withdrawn=1, kept=3) == (4, 1, 3, 0, 3, 0)
    assert reconcile(4, 1, 3).is_balanced
    assert not reconcile(4, 1, 2).is_balanced
    assert not reconcile(4, 1, 4).is_balanced
    assert reconcile(4, 1, 0, is_old=True) == (4, 1, 0, 0, 0, 3)
    assert reconcile(4, 1, 0, is_old=True).is_balanced


def test_sizes_that_are_missing_or_too_small_are_named(round_: World) -> None:
    round_.invite("Anna", "Bram")
    with round_.db.transaction() as session:
        row = session.get_one(SurveyList, round_.list_id)
        groups.add_group(session, row, "Scholen Noord", gemeente=None, size=None, by=BY)
        session.execute(update(SurveyGroup).where(SurveyGroup.id == round_.group_id).values(size=1))

    with round_.db.session() as session:
        (found,) = load_responses(session, round_.round_id, QUESTIONNAIRES)

    assert (found.unsized, found.outgrown, found.size) == (["Scholen Noord"], ["Scholen Zuid"], None)


def test_removing_a_round_in_preparation_takes_everything_with_it(db: Database, settings: Settings) -> None:
    add_regions(db)
    round_ = make_round(db, settings, is_open=False)
    round_.codes(3)

    with db.transaction() as session:
        rounds.delete_round(session, session.get_one(SurveyRound, round_.round_id), by=BY)

    with db.session() as session:
        left = [
            session.scalar(select(func.count()).select_from(table))
            for table in (SurveyList, SurveyInvitation)
        ]
    assert left == [0, 0]


@pytest.mark.parametrize("count", ["opened", "started", "sent"])
def test_a_group_through_which_anybody_came_stays(round_: World, count: str) -> None:
    with round_.db.transaction() as session:
        setattr(session.get_one(SurveyGroup, round_.group_id), count, 1)

    with pytest.raises(SelectionRefused), round_.db.transaction() as session:
        _remove(session, round_)

    with round_.db.session() as session:
        assert session.get(SurveyGroup, round_.group_id)


def test_a_group_for_which_anybody_was_invited_stays_and_an_unused_one_goes(round_: World) -> None:
    with round_.db.transaction() as session:
        row = session.get_one(SurveyList, round_.list_id)
        other = groups.add_group(session, row, "Scholen Oost", gemeente=None, size=None, by="test")
    round_.codes(1)

    with pytest.raises(SelectionRefused), round_.db.transaction() as session:
        _remove(session, round_)
    with round_.db.transaction() as session:
        group = session.get_one(SurveyGroup, other)
        groups.remove_group(session, group, by="test", round_id=round_.round_id)

    with round_.db.session() as session:
        assert session.scalars(select(SurveyGroup.id)).all() == [round_.group_id]


def test_a_group_that_somebody_else_just_removed_is_unknown(round_: World) -> None:
    with round_.db.session() as session:
        seen = session.get_one(SurveyGroup, round_.group_id)
    with round_.db.transaction() as session:
        _remove(session, round_)

    with pytest.raises(AccessDenied), round_.db.transaction() as session:
        groups.remove_group(session, seen, by="test", round_id=round_.round_id)


def _remove(session: Session, round_: World) -> None:
    group = session.get_one(SurveyGroup, round_.group_id)
    groups.remove_group(session, group, by="test", round_id=round_.round_id)
