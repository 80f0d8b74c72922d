"""R-13: a publication, a return or a removal that breaks anywhere leaves the old state whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, select

from app.db import Database
from app.models import Base
from loaders.publication import Turn, publish
from loaders.removal import remove_version
from tests.integration import later_version
from tests.integration.versions import shown, wait_for_publication, warn

Act = Callable[[Database], None]
State = dict[str, list[tuple[Any, ...]]]


class Broken(Exception):
    """Raised by these tests at one statement."""


@pytest.fixture
def waiting(db: Database, small_world: None) -> int:
    """The version that waits, with warnings about it; before it came two others."""
    later_version.publish_again(db, 61_111)
    number = wait_for_publication(db)
    warn(db, number)
    return number


@contextmanager
def _breaking_at(db: Database, number: int) -> Iterator[None]:
    """The statement with this number raises; the commit counts as the last one."""
    left = number

    def refuse(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Broken

    event.listen(db.engine, "before_cursor_execute", refuse)
    event.listen(db.engine, "commit", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
        event.remove(db.engine, "commit", refuse)


def _state(db: Database) -> State:
    """Every row of every table."""
    with db.session() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def _broken_everywhere(db: Database, act: Act) -> int:
    """Break an act at each of its statements in turn, then let it through; how many there were."""
    before = _state(db)
    for number in count(1):
        try:
            with _breaking_at(db, number):
                act(db)
        except Broken:
            assert _state(db) == before, f"statement {number}"
        else:
            return number - 1
    raise AssertionError


def test_r13_a_publication_that_breaks_at_any_statement_changes_nothing(db: Database, waiting: int) -> None:
    def act(db: Database) -> None:
        publish(db, waiting, by="test", accept="gezien", turn=Turn("Nieuw."))

    statements = _broken_everywhere(db, act)

    assert statements > 10
    assert shown(db) == waiting


def test_r13_a_return_that_breaks_at_any_statement_changes_nothing(db: Database, waiting: int) -> None:
    first = shown(db) - 2

    statements = _broken_everywhere(db, lambda db: publish(db, first, by="test", turn=Turn("Terug.")))

    assert statements > 5
    assert shown(db) == first


def test_r13_a_removal_that_breaks_at_any_statement_changes_nothing(db: Database, waiting: int) -> None:
    statements = _broken_everywhere(db, lambda db: remove_version(db, waiting, by="test"))

    state = _state(db)
    assert statements > 8
    assert not [row for row in state["data_version"] if row[0] == waiting]
    assert not [row for row in state["version_slice"] if row[0] == waiting]
