"""The values of groups over time, as they stand in the database; and writes that are whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from app.access import FillableRegion
from app.cli import main
from app.config import Settings
from app.db import Database
from app.errors import TooManyRequests
from app.indicators import TOTAL, CellStatus, PeriodStatus
from app.models import OwnAttempt, OwnGroup, OwnGroupMember, OwnUpload
from app.own_figures import CellKey, OwnCell
from app.regions import RegionKind
from loaders.catalogue import load_catalogue
from loaders.own_figures.attempts import MOST_AT_ONCE, MOST_PER_HOUR, one_attempt
from loaders.own_figures.groups import load_group_values, renew_groups
from loaders.own_figures.offer import Offer
from loaders.own_figures.store import store_offer, withdraw
from tests.integration import world
from tests.integration.own_files import LONG_AGO, PERIOD, TLV, counts, plant
from tests.servers import environment

CATALOGUE = load_catalogue()
NOW = datetime.now(UTC)
REGION = FillableRegion("PO2707")
CELLS = tuple(
    OwnCell(
        CellKey(TLV, period, TOTAL), 120, 40_000, None, CellStatus.PRESENT, PeriodStatus.FINAL, source_row=2
    )
    for period in ("2023/24", PERIOD)
)


class Broken(Exception):
    """Raised by these tests in the middle of a write."""


def _renew(db: Database, *, days: int = 0) -> int:
    return renew_groups(db, CATALOGUE, by="test", now=NOW + timedelta(days=days))


def _shown(db: Database) -> dict[tuple[str, str], tuple[float, int]]:
    with db.session() as session:
        return {place: found[:2] for place, found in load_group_values(session, RegionKind.SWV_PO).items()}


def _five(db: Database, start: int, *, at: datetime = LONG_AGO) -> list[int]:
    """Five regions with 101, 102, … of 40.000 each."""
    return [plant(db, f"PO9{start + place:03}", {PERIOD: 101 + place}, at=at) for place in range(5)]


def test_the_value_is_stored_with_its_members(filled: Database) -> None:
    _five(filled, 0)

    assert _renew(filled) == 1
    assert _shown(filled) == {(TLV, PERIOD): (2.6, 5)}  # 1000 × 515 / 200.000
    with filled.session() as session:
        assert session.scalar(select(func.count()).select_from(OwnGroupMember)) == 5


def test_the_value_stands_until_five_newcomers_are_there(filled: Database) -> None:
    _five(filled, 0)
    _renew(filled)

    for place in range(4):
        plant(filled, f"PO92{place:02}", {PERIOD: 200 + place})
        assert _renew(filled) == 0
    plant(filled, "PO9204", {PERIOD: 204})

    assert _renew(filled) == 1
    assert _shown(filled) == {(TLV, PERIOD): (3.8, 10)}  # 1000 × 1525 / 400.000


def test_a_figure_counts_after_a_day_so_that_a_mistake_can_be_taken_back(filled: Database) -> None:
    _five(filled, 0, at=NOW - timedelta(hours=23))

    assert _renew(filled) == 0
    assert _renew(filled, days=1) == 1


def test_what_was_withdrawn_in_time_never_counted(filled: Database) -> None:
    uploads = _five(filled, 0)
    _withdraw(filled, uploads[0], "PO9000")

    assert _renew(filled) == 0


def test_who_withdraws_later_stays_in_the_value_that_was_shown(filled: Database) -> None:
    uploads = _five(filled, 0)
    _renew(filled)
    _withdraw(filled, uploads[0], "PO9000")

    assert _renew(filled) == 0
    assert _shown(filled) == {(TLV, PERIOD): (2.6, 5)}


def test_five_corrections_come_in_together(filled: Database) -> None:
    _five(filled, 0)
    _renew(filled)
    for place in range(4):
        plant(filled, f"PO900{place}", {PERIOD: 111 + place})
    assert _renew(filled) == 0
    plant(filled, "PO9004", {PERIOD: 115})

    assert _renew(filled) == 1
    assert _shown(filled) == {(TLV, PERIOD): (2.8, 5)}  # 1000 × 565 / 200.000


def test_kinds_of_region_are_groups_apart(filled: Database) -> None:
    for place in range(3):
        plant(filled, f"PO900{place}", {PERIOD: 100 + place})
        plant(filled, f"GM900{place}", {PERIOD: 100 + place})

    assert _renew(filled) == 0


def test_the_daily_command_renews_and_says_how_many(
    filled: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    _five(filled, 0)

    codes = [main(["groups"]), main(["groups"])]

    assert codes == [0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "Vernieuwde groepswaarden: 1.",
        "Er verandert geen groepswaarde.",
    ]


def test_renewing_twice_changes_nothing(filled: Database) -> None:
    _five(filled, 0)
    _renew(filled)
    before = counts(filled)

    assert _renew(filled) == 0
    assert counts(filled) == before


def _withdraw(db: Database, upload: int, region: str) -> None:
    with db.transaction() as session:
        assert withdraw(session, FillableRegion(region), upload, by="test", now=NOW)


def _store(db: Database) -> None:
    offer = Offer("1" * 64, CELLS)
    with db.transaction() as session:
        store_offer(session, REGION, offer, name="cijfers.csv", by="swv", now=NOW)


def _take_back(db: Database) -> None:
    with db.session() as session:
        last = session.scalar(select(func.max(OwnUpload.id))) or 0
    _withdraw(db, last, "PO2707")


@contextmanager
def _breaking_at(db: Database, number: int) -> Iterator[list[str]]:
    """The statement with this number raises; the list holds those that were run."""
    seen: list[str] = []

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)
        if len(seen) == number:
            raise Broken(statement)

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize("act", [_store, _take_back, _renew])
def test_an_exception_at_each_statement_in_turn_leaves_all_or_nothing(
    filled: Database, act: Callable[[Database], object]
) -> None:
    _five(filled, 0)
    plant(filled, "PO2707", {PERIOD: 99})
    before, left = _state(filled), []

    for number in range(1, 100):
        try:
            with _breaking_at(filled, number):
                act(filled)
            break
        except Broken:
            left.append(_state(filled))

    after = _state(filled)
    assert len(left) > 3
    assert after != before
    assert [each for each in left if each not in (before, after)] == []


def _state(db: Database) -> tuple[dict[str, int], int, int]:
    """Numbers of rows, of uploads that were taken back, and of values of groups."""
    with db.session() as session:
        withdrawn = session.scalar(select(func.count()).where(OwnUpload.withdrawn_at.is_not(None)))
        groups = session.scalar(select(func.count()).select_from(OwnGroup))
    return counts(db), withdrawn or 0, groups or 0


def test_s47_a_person_offers_so_many_files_an_hour_and_others_are_not_held_up(filled: Database) -> None:
    person, other = world.user_id(filled, "swv"), world.user_id(filled, "gemeente")
    for _ in range(MOST_PER_HOUR):
        with one_attempt(filled, person, now=NOW):
            pass

    with pytest.raises(TooManyRequests) as refused, one_attempt(filled, person, now=NOW):
        pass

    assert 0 < refused.value.retry_after <= 3600
    with one_attempt(filled, other, now=NOW), one_attempt(filled, person, now=NOW + timedelta(hours=1)):
        pass


def test_s47_one_file_of_a_person_is_read_at_a_time(filled: Database) -> None:
    person = world.user_id(filled, "swv")

    with one_attempt(filled, person), pytest.raises(TooManyRequests), one_attempt(filled, person):
        pass
    with one_attempt(filled, person):
        pass


def test_s47_few_files_are_read_at_the_same_moment_whoever_sent_them(filled: Database) -> None:
    people = [world.user_id(filled, login) for login in list(world.PEOPLE)[: MOST_AT_ONCE + 1]]
    with filled.transaction() as session:
        session.add_all(OwnAttempt(user_id=each, at=NOW) for each in people[:-1])

    with pytest.raises(TooManyRequests), one_attempt(filled, people[-1], now=NOW):
        pass
    with one_attempt(filled, people[-1], now=NOW + timedelta(minutes=2)):  # those workers are gone
        pass
