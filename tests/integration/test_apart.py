"""Who was asked and what was answered stand apart: no key, id or moment leads from one to the other."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Date, DateTime, Table, func, select, text

from app.config import Settings
from app.db import Database
from app.models import AuditEvent, Base, SurveyDraft, SurveyGroup, SurveyInvitation, SurveyList
from app.models import survey_answers as answers
from app.models import survey_people as people
from survey.shuffling import shuffle_rounds
from tests.integration import survey_world, world
from tests.integration.submissions import TEXT, Sent, invite, open_key, send_all

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
PEOPLE = (people.SurveyInvitation, people.SurveyMail, people.SurveyDraft, people.SurveyDraftAnswer)
ANSWERS = (answers.SurveyResponse, answers.SurveyAnswer, answers.SurveyOpenAnswer)
SHARED = {"survey_list", "region"}
"""What both may point to: which questionnaire it is, and which gemeente or organisation."""

LONG = 12
"""A value of so many characters is no code of a scale, key of a question or number by chance."""


@pytest.fixture
def key(db: Database, settings: Settings) -> bytes:
    with db.transaction() as session:
        world._add_regions(session)
    return survey_world.key_of(settings)


def _tables(models: Iterable[type[Base]]) -> list[Table]:
    return [model.__table__ for model in models]  # type: ignore[misc]


def _targets(models: Iterable[type[Base]]) -> set[str]:
    inside = {table.name for table in _tables(models)}
    keys = (key for table in _tables(models) for key in table.foreign_keys)
    return {key.column.table.name for key in keys} - inside


def test_p03_both_sides_point_to_nothing_of_the_other_and_share_only_list_and_region() -> None:
    assert _targets(ANSWERS) == SHARED
    assert _targets(PEOPLE) & _targets(ANSWERS) == SHARED
    assert not _targets(ANSWERS) & {table.name for table in _tables(PEOPLE)}
    assert not _targets(PEOPLE) & {table.name for table in _tables(ANSWERS)}


def test_p06_no_answer_has_a_moment_and_no_key_counts_up() -> None:
    for table in _tables(ANSWERS):
        assert not [column.name for column in table.columns if isinstance(column.type, Date | DateTime)]
        assert not any(column.autoincrement is True for column in table.primary_key)
        assert all(column.type.python_type is str for column in table.primary_key)
        assert table.dialect_kwargs["sqlite_with_rowid"] is False
    moments = {
        f"{table.name}.{column.name}"
        for table in _tables(PEOPLE)
        for column in table.columns
        if isinstance(column.type, Date | DateTime)
    }
    assert moments == {"survey_mail.due_on"}


def test_p03_no_pair_of_columns_joins_a_person_with_an_answer(db: Database, key: bytes) -> None:
    _, invited = invite(db, key, 12)
    send_all(db, key, invited, open_key())
    shuffle_rounds(db, now=NOW)

    joined = set()
    with db.session() as session:
        for one, other in itertools.product(_tables(PEOPLE), _tables(ANSWERS)):
            for left, right in itertools.product(one.columns, other.columns):
                both = {_said(value) for value in session.scalars(select(left))} & {
                    _said(value) for value in session.scalars(select(right))
                }
                joined |= {f"{left} = {right}"} if any(len(value) >= LONG for value in both) else set()

    assert joined == set()


def _said(value: object) -> str:
    return str(value) if value is not None else ""


def test_p04_no_token_nor_receipt_stands_anywhere_in_the_database(db: Database, key: bytes) -> None:
    _, invited = invite(db, key, 5)
    sent = send_all(db, key, invited[:3], open_key())

    everything = "\n".join(_dump(db))

    assert TEXT in everything
    assert not [each for each in invited if each.token in everything]
    assert not [each for each in sent if each.receipt in everything]


def test_p07_the_draft_is_gone_once_its_answers_stand_with_the_responses(db: Database, key: bytes) -> None:
    _, invited = invite(db, key, 3)
    send_all(db, key, invited)

    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyDraft)) == 0
        states = session.scalars(select(SurveyInvitation.state)).all()
    assert states == ["verzonden"] * 3


def test_p27_a_submission_leaves_counters_and_neither_an_audit_row_nor_a_moment(
    db: Database, key: bytes
) -> None:
    _, invited = invite(db, key, 2)
    with db.session() as session:
        acts = session.scalar(select(func.count()).select_from(AuditEvent))
    before = _moments(db)

    send_all(db, key, invited)

    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == acts
        assert session.scalar(select(SurveyList.received)) == 2
        assert session.scalar(select(SurveyGroup.sent)) == 0  # of personal links the invitations tell
    assert _moments(db) == before


def test_p27_the_hash_of_a_receipt_stands_with_the_answers_only(db: Database, key: bytes) -> None:
    _, invited = invite(db, key, 1)
    sent: list[Sent] = send_all(db, key, invited)

    holders = {line.partition(":")[0] for line in _dump(db) if sent[0].receipt_hash in line}

    assert holders == {"survey_response"}


def _dump(db: Database) -> list[str]:
    with db.session() as session:
        return [
            f"{table.name}: {tuple(row)}"
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        ]


def _moments(db: Database) -> list[str]:
    """Every date and time in the database."""
    with db.session() as session:
        return sorted(
            str(value)
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, Date | DateTime)
            for value in session.scalars(select(text(f'"{column.name}"')).select_from(table))
        )
