"""The demo rounds: the same every time, along the real rules, marked, and gone without a trace."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.models import (
    Base,
    Region,
    SurveyAnswer,
    SurveyDraft,
    SurveyGroup,
    SurveyInvitation,
    SurveyJoint,
    SurveyJointSignature,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
    SurveyResult,
    SurveyRound,
)
from app.regions import kind_of
from survey.definition import CANNOT_SAY, FIVES, Audience, Scale, Value
from survey.demo.answers import questions_by_answer
from survey.demo.plan import ROUNDS
from survey.demo.rounds import add_demo_rounds, remove_demo_rounds
from survey.demo.rule import same_kind
from survey.free_text import warnings_of
from survey.lists import load_lists
from survey.monitor import load_responses
from survey.reading import load_questionnaires
from survey.reliability import hidden_parts
from survey.results.snapshots import from_json
from survey.rules import kept, problems
from tests.databases import SqliteFactory
from tests.integration.survey_world import add_list, add_round

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
KEY = b"k" * 32
TABLES = [table for name, table in sorted(Base.metadata.tables.items()) if name.startswith("survey_")]
QUESTIONNAIRES = load_questionnaires()


@pytest.fixture
def regions(db: Database) -> Database:
    """A database with the regions of the demo rounds, and a real round of one of them."""
    _add_regions(db)
    with db.transaction() as session:
        add_list(session, add_round(session))
    return db


def add(db: Database) -> int:
    return add_demo_rounds(db, QUESTIONNAIRES, KEY, now=NOW, by="test")


def contents(db: Database) -> dict[str, list[str]]:
    """Every row of every table of questionnaires, as text."""
    with db.session() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in session.execute(select(table))) for table in TABLES
        }


def test_twice_is_once_and_removed_leaves_the_real_round_alone(regions: Database) -> None:
    before = contents(regions)

    added = [add(regions), add(regions)]
    with regions.session() as session:
        filled = [table.name for table in TABLES if _count(session, table)]
    with regions.transaction() as session:
        removed = [remove_demo_rounds(session, by="test"), remove_demo_rounds(session, by="test")]

    assert (added, removed) == ([8, 0], [8, 0])
    assert {"survey_response", "survey_open_answer", "survey_draft_answer", "survey_invitation"} <= {*filled}
    assert contents(regions) == before


@pytest.fixture(scope="module")
def demo(sqlite_factory: SqliteFactory) -> Iterator[Database]:
    """The demo rounds in a database that tests only read."""
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        _add_regions(db)
        add(db)
        yield db
        db.close()


def test_the_same_rows_on_every_installation(demo: Database, sqlite_factory: SqliteFactory) -> None:
    with sqlite_factory.fresh(migrated=True) as url:
        other = Database(url)
        _add_regions(other)
        add(other)
        again = contents(other)
        other.close()

    assert again == contents(demo)


def test_every_answer_is_one_that_could_have_been_sent(demo: Database) -> None:
    with demo.session() as session:
        for row in session.scalars(select(SurveyRound)):
            for each in load_lists(session, row.id):
                questionnaire = each.tailor(QUESTIONNAIRES)
                for answers in _answers(session, each.id).values():
                    assert kept(questionnaire, answers) == answers
                    assert problems(questionnaire, answers) == []


def test_scores_and_response_are_as_people_expect(demo: Database) -> None:
    with demo.session() as session:
        fives, grades = _scores(session)
        rates = _rates(session)

    assert all(3.2 <= sum(values) / len(values) <= 3.9 for values in fives.values())
    assert all(
        40 <= 100 * sum(value >= 4 for value in values) / len(values) <= 70 for values in fives.values()
    )
    assert 6.8 <= sum(grades) / len(grades) <= 7.4
    assert all(0.25 <= rate <= 0.45 for rate in rates)


def test_no_person_address_or_number_looks_real(demo: Database) -> None:
    with demo.session() as session:
        emails = set(session.scalars(select(SurveyInvitation.email))) - {""}
        names = set(session.scalars(select(SurveyInvitation.name))) - {""}
        texts = set(session.scalars(select(SurveyOpenAnswer.text)))

    assert all(re.fullmatch(r"voorbeeld-\d+-\d+@example\.org", email) for email in emails)
    assert all(re.fullmatch(r"Voorbeeldpersoon \d+", name) for name in names)
    assert [warnings_of(text) for text in texts if warnings_of(text)] == []
    assert not any(re.search(r"\d{8,}", " ".join(rows)) for rows in (names, texts))


def test_there_is_something_for_every_page_and_every_demo_account(demo: Database) -> None:
    with demo.session() as session:
        rounds = session.execute(
            select(SurveyRound.title, SurveyRound.state, SurveyRound.release)
            .where(SurveyRound.region_code == "PO2707")
            .order_by(SurveyRound.opens_on)
        ).all()
        partners = len({plan.region for plan in ROUNDS})
        signed = session.scalar(select(func.count()).select_from(SurveyJointSignature))
        agreed = session.scalars(select(SurveyJoint.agreed_on).order_by(SurveyJoint.id)).all()
        drafts = session.scalars(select(SurveyDraft.region_code).where(SurveyDraft.region_code.is_not(None)))
        states = set(session.scalars(select(SurveyOpenAnswer.state)))

        assert [tuple(row) for row in rounds] == [
            ("Vorige demoronde", "gesloten", "publiek"),
            ("Demoronde", "gesloten", "regio"),
            ("Lopende demoronde", "open", "concept"),
        ]
        assert partners == 6
        assert signed == 3
        assert [each is not None for each in agreed] == [True, False]
        assert "PO2707" in drafts.all()
        assert states == {"nieuw", "getoond"}


def test_some_gemeenten_are_too_small_to_be_shown(demo: Database) -> None:
    with demo.session() as session:
        query = (
            select(SurveyResponse.gemeente_code, func.count())
            .join(SurveyList, SurveyList.id == SurveyResponse.list_id)
            .where(SurveyList.questionnaire == "ib")
            .group_by(SurveyList.id, SurveyResponse.gemeente_code)
        )
        sizes = [(row[0], row[1]) for row in session.execute(query)]

    assert {code for code, size in sizes if size < 5} >= {"GM0384", "GM0431", "GM0450"}
    assert sum(size >= 10 for _, size in sizes) >= 4


def test_a_real_round_is_compared_with_real_rounds_only(demo: Database) -> None:
    real, invented = SurveyRound(is_demo=False), SurveyRound(is_demo=True)

    with demo.session() as session:
        with_real = session.scalars(select(SurveyRound.id).where(same_kind(real))).all()
        with_invented = session.scalars(select(SurveyRound.id).where(same_kind(invented))).all()

    assert (len(with_real), len(with_invented)) == (0, 8)


def _add_regions(db: Database) -> None:
    codes = {code for plan in ROUNDS for code in (plan.region, *plan.partners)}
    with db.transaction() as session:
        session.add_all(
            Region(code=code, kind=kind_of(code), name=f"Regio {code}", is_national=False)
            for code in sorted(codes)
        )


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _answers(session: Session, list_id: int) -> dict[str, dict[str, Value]]:
    """Response → its answers, texts too."""
    found: dict[str, dict[str, Value]] = {}
    plain = select(SurveyAnswer.response_id, SurveyAnswer.question, SurveyAnswer.value)
    texts = select(SurveyOpenAnswer.response_id, SurveyOpenAnswer.question, SurveyOpenAnswer.text)
    for query, table, read in ((plain, SurveyAnswer, json.loads), (texts, SurveyOpenAnswer, str)):
        joined = query.join(SurveyResponse, SurveyResponse.id == table.response_id)
        for row in session.execute(joined.where(SurveyResponse.list_id == list_id)):
            found.setdefault(row[0], {})[row[1]] = read(row[2])
    return found


def _scores(session: Session) -> tuple[dict[str, list[int]], list[int]]:
    """Theme → every answer of professionals to its statements; and the grades that parents give."""
    fives: dict[str, list[int]] = {}
    grades: list[int] = []
    for row in session.scalars(select(SurveyList).order_by(SurveyList.id)):
        questionnaire = QUESTIONNAIRES[row.questionnaire, row.version]
        questions = questions_by_answer(questionnaire)
        for answers in _answers(session, row.id).values():
            for key, value in answers.items():
                question = questions[key]
                is_core = question.key.startswith("K")
                if question.scale is Scale.GRADE and questionnaire.audience is Audience.PARENT:
                    grades.append(int(str(value)))
                if question.scale in FIVES and is_core and isinstance(value, int) and value != CANNOT_SAY:
                    fives.setdefault(question.theme, []).append(value)
    return fives, grades


def _rates(session: Session) -> list[float]:
    """The response of professionals to each list of a closed round."""
    query = (
        select(SurveyList.received, func.sum(SurveyGroup.size))
        .join(SurveyGroup, SurveyGroup.list_id == SurveyList.id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyRound.state == "gesloten", SurveyList.questionnaire.in_(["ib", "zc", "jh"]))
        .group_by(SurveyList.id, SurveyList.received)
    )
    return [received / size for received, size in session.execute(query) if size]


def test_the_coach_counts_the_very_parts_of_the_results_and_hides_no_less(demo: Database) -> None:
    wrong, seen = [], 0
    with demo.session() as session:
        for round_ in session.scalars(
            select(SurveyRound).where(SurveyRound.is_demo, SurveyRound.closed_at.is_not(None))
        ):
            for each in load_responses(session, round_.id, QUESTIONNAIRES):
                if each.is_of_functionaries:
                    continue
                snapshot = from_json(session.get_one(SurveyResult, each.in_round.id).contents)
                shown = {code for item in snapshot.scaled.values() for code in item.parts}
                hidden = {part.code for part in hidden_parts(each.parts, each.measures)}
                seen += bool(shown)
                if shown & hidden or sorted(part.code for part in each.parts) != list(snapshot.gemeenten):
                    wrong.append((round_.title, each.questionnaire.id))

    assert wrong == []
    assert seen > 0
