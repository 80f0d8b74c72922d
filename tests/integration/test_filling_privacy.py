"""P-03, P-04, P-06, P-07 and P-27: what the database holds of who answered what, and what it cannot tell."""

from random import Random

from dash import Dash
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.models import AuditEvent, Base, SurveyList, SurveyResponse
from survey.reading import load_questionnaires
from survey.shuffling import shuffle_list
from survey.store import Door, Kind, load_draft, send
from survey.store.drafts import begin
from survey.store.sending import Sending
from survey.tokens import read_token, receipt_hash
from tests.integration import survey_world, world
from tests.integration.filling import receipt_in, respondent, responses
from tests.integration.visitor import HTML, Visitor

KEY = b"a key for waves"


def _dump(db: Database) -> str:
    """Every value of every row."""
    with db.session() as session:
        return "\n".join(
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        )


def test_p04_no_link_code_or_receipt_that_was_given_out_stands_in_the_database(
    app: Dash, db: Database, settings: Settings
) -> None:
    key = survey_world.key_of(settings)
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        tokens = [survey_world.add_invitation(session, key, group_id).token for _ in range(3)]
        tokens.append(survey_world.add_open_group(session, key, list_id).token)
    first, begun, _, opened = (respondent(app, token) for token in tokens)
    receipt = read_token(receipt_in(first.fill_in()))
    begun.begin()
    opened.begin()
    given_out = [*tokens, receipt, opened.address.removeprefix("/invullen/")]

    dump = _dump(db)

    assert [token for token in given_out if token and token in dump] == []
    assert opened.address.removeprefix("/invullen/") not in tokens


def test_p03_after_sending_no_value_of_the_invitation_or_draft_stands_with_the_answers(
    app: Dash, db: Database, settings: Settings
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        invited = survey_world.add_invitation(session, survey_world.key_of(settings), group_id)
    person = respondent(app, invited.token)
    person.fill_in()

    with db.session() as session:
        people = {
            str(value)
            for name in ("survey_invitation", "survey_draft", "survey_draft_answer", "survey_mail")
            for row in session.execute(select(Base.metadata.tables[name]))
            for value in row
            if len(str(value)) > 8
        }
        answers = {
            str(value)
            for name in ("survey_response", "survey_answer", "survey_open_answer")
            for row in session.execute(select(Base.metadata.tables[name]))
            for value in row
        }
        assert session.scalars(select(AuditEvent).where(AuditEvent.subject.like("%verzonden%"))).all() == []

    assert people & answers == set()
    assert person.submission not in _dump(db)


def test_p27_withdrawal_erases_the_answers_and_counts_once(
    app: Dash, db: Database, settings: Settings
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        token = survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token
    code = receipt_in(respondent(app, token).fill_in(K26="Weg ermee."))
    client = Visitor(app).client

    asked = client.post("/ontvangst/intrekken", data={"code": code}, headers=HTML)
    assert "Dat kan niet ongedaan worden gemaakt" in asked.text
    assert responses(db) == 1
    done = client.post("/ontvangst/intrekken", data={"code": code, "zeker": "ja"}, headers=HTML)
    again = client.post("/ontvangst/intrekken", data={"code": code, "zeker": "ja"}, headers=HTML)

    assert "Uw antwoorden zijn gewist." in done.text
    assert again.status_code == 404
    assert responses(db) == 0
    assert "Weg ermee." not in _dump(db)
    with db.session() as session:
        row = session.get_one(SurveyList, list_id)
        assert (row.received, row.withdrawn) == (1, 1)


WAVES, SIZE = 20, 10


def test_p06_the_order_of_rows_tells_nothing_of_the_order_of_sending(db: Database) -> None:
    """Kendall's tau over simulated waves: as likely up as down. Rows are read as the database gives them.

    Of one wave without any tie tau has variance 2(2n+5) / 9n(n−1) = 50 / 810 = 0.0617; the mean of 20 has a
    deviation of √(0.0617/20) = 0.0556. Six of them are passed by chance once in five hundred million runs;
    rows in the order of sending have tau 1.
    """
    world.fill(db)
    order = Random(6)  # noqa: S311 - who answers when

    taus = [_wave(db, order) for _ in range(WAVES)]

    assert abs(sum(taus) / WAVES) < 6 * 0.0556


def _wave(db: Database, order: Random) -> float:
    """Let a group send in some order, as the worker shuffles afterwards; tau of places and rows."""
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        ids = [survey_world.add_invitation(session, KEY, group_id).id for _ in range(SIZE)]
        order.shuffle(ids)
        places = {_sent(session, list_id, group_id, each): place for place, each in enumerate(ids)}
        shuffle_list(session, list_id)
        rows = session.execute(select(SurveyResponse.receipt_hash).where(SurveyResponse.list_id == list_id))
        return _tau([places[row.receipt_hash] for row in rows])


def _sent(session: Session, list_id: int, group_id: int, invitation_id: str) -> str:
    """Send an empty questionnaire; the hash that stands with its response."""
    door = Door(Kind.INVITATION, list_id, group_id, invitation_id=invitation_id)
    begin(session, door, key=KEY)
    draft = load_draft(session, door)
    assert draft is not None
    receipt = send(session, Sending(door, draft, load_questionnaires()["ib", 1], {}), key=KEY)
    assert receipt is not None
    return receipt_hash(KEY, receipt)


def _tau(places: list[int]) -> float:
    pairs = [(one, other) for at, one in enumerate(places) for other in places[at + 1 :]]
    return sum(1 if one < other else -1 for one, other in pairs) / len(pairs)
