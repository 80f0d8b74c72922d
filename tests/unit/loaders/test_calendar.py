"""When a source wants fetching."""

from datetime import UTC, datetime, timedelta

import pytest

from loaders.sources import Kind, Source
from loaders.sources.calendar import Due, due_since, due_state

FETCHED = datetime(2026, 1, 10, tzinfo=UTC)


def _source(schedule: str) -> Source:
    return Source("bron", "Bron", "CBS", Kind.FILE, schedule=schedule)


@pytest.mark.parametrize(
    ("schedule", "days", "due"),
    [
        ("jaarlijks, juni", 365, Due.LATER),
        ("jaarlijks, juni", 366, Due.NOW),
        ("jaarlijks, juni", 425, Due.NOW),
        ("jaarlijks, juni", 426, Due.LATE),
        ("halfjaarlijks", 183, Due.NOW),
        ("maandelijks", 30, Due.LATER),
        ("maandelijks", 91, Due.LATE),
        ("onregelmatig", 5000, Due.NO_RHYTHM),
        ("", 5000, Due.NO_RHYTHM),
    ],
)
def test_a_source_is_due_after_its_rhythm_and_late_two_months_later(
    schedule: str, days: int, due: Due
) -> None:
    assert due_state(_source(schedule), FETCHED, FETCHED + timedelta(days=days)) is due


def test_what_was_never_fetched_says_so() -> None:
    assert due_state(_source("jaarlijks"), None, FETCHED) is Due.NEVER
    assert due_since(_source("jaarlijks"), None) is None


def test_the_most_pressing_comes_first() -> None:
    assert sorted(Due, key=lambda due: due.order)[0] is Due.LATE
