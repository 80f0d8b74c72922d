"""Approvals at the same moment: one after another, each seeing what the last one did."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy import update

from app.access import Role, Viewer
from app.db import Database
from app.errors import SelectionRefused
from app.models import SurveyRound
from survey.release import Release, Side, approve, load_approvals, withdraw
from tests.integration import world
from tests.integration.outcome_world import NOW, add_closed_round

SWV = Viewer(1, "swv", "Sam", {"PO2707": frozenset({Role.POLICY_SWV})})
GEMEENTE = Viewer(2, "gemeente", "Gerda", {"GM0363": frozenset({Role.POLICY_GEMEENTE})})


def _round(db: Database) -> int:
    world.fill(db)
    with db.transaction() as session:
        round_id = add_closed_round(session, {})
        session.get_one(SurveyRound, round_id).release = Release.REGION
    return round_id


def _release(db: Database, round_id: int) -> tuple[str, set[Side]]:
    with db.session() as session:
        return session.get_one(SurveyRound, round_id).release, set(load_approvals(session, round_id))


def test_two_approvals_at_once_make_it_public(db: Database) -> None:
    round_id, both = _round(db), Barrier(2)

    def give(who: tuple[Viewer, str]) -> Release:
        both.wait()
        with db.transaction() as session:
            return approve(session, session.get_one(SurveyRound, round_id), *who, now=NOW)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(give, [(SWV, "PO2707"), (GEMEENTE, "GM0363")]))

    assert set(found) == {Release.REGION, Release.PUBLIC}
    assert _release(db, round_id) == ("publiek", {Side.SWV, Side.GEMEENTE})


def test_an_approval_beside_a_withdrawal_leaves_no_public_round_with_one_approval(db: Database) -> None:
    round_id, both = _round(db), Barrier(2)
    with db.transaction() as session:
        approve(session, session.get_one(SurveyRound, round_id), SWV, "PO2707", now=NOW)

    def act(who: Viewer) -> None:
        both.wait()
        with suppress(SelectionRefused), db.transaction() as session:
            round_ = session.get_one(SurveyRound, round_id)
            if who is SWV:
                withdraw(session, round_, SWV)
            else:
                approve(session, round_, GEMEENTE, "GM0363", now=NOW)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, [SWV, GEMEENTE]))

    assert _release(db, round_id) in [("publiek", {Side.SWV, Side.GEMEENTE}), ("regio", {Side.GEMEENTE})]


def test_the_release_is_read_anew_and_not_as_the_page_had_it(db: Database) -> None:
    round_id = _round(db)
    with db.transaction() as session:
        round_ = session.get_one(SurveyRound, round_id)
        approve(session, round_, SWV, "PO2707", now=NOW)
        by_another = update(SurveyRound).values(release="publiek")
        session.execute(by_another, execution_options={"synchronize_session": False})
        assert round_.release == "regio"

        with pytest.raises(SelectionRefused, match="al openbaar"):
            withdraw(session, round_, SWV)

        assert round_.release == "publiek"
