"""S-47: who guesses links, or begins without end, must wait; nobody else does."""

import pytest
from dash import Dash
from freezegun import freeze_time
from sqlalchemy import func, select

from app.config import Settings
from app.db import Database
from app.models import SurveyGuess
from survey.store import Throttle
from survey.tokens import Token
from tests.integration import survey_world
from tests.integration.filling import drafts, respondent
from tests.integration.visitor import Visitor

FORGED = "0123456789ABCDEFGHJKMNPQRS"


@pytest.fixture
def token(app: Dash, db: Database, settings: Settings) -> Token:
    """A personal link in an open round."""
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        return survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token


def test_thirty_unknown_links_of_one_network_slow_it_down_and_nobody_else(
    app: Dash, db: Database, token: Token
) -> None:
    guesser, neighbour = Visitor(app, "192.0.2.9"), Visitor(app, "198.51.100.9")

    codes = [guesser.get(f"/invullen/{FORGED[:-2]}{number:02}").status_code for number in range(40)]

    assert codes == [404] * 30 + [429] * 10
    assert "Retry-After" in guesser.get(f"/invullen/{FORGED}").headers
    assert guesser.get(f"/invullen/{token}").status_code == 200
    assert neighbour.get(f"/invullen/{FORGED}").status_code == 404
    with db.session() as session:
        assert "192.0.2.9" not in repr(session.scalars(select(SurveyGuess.address_hash)).all())


def test_s47_a_network_that_begins_without_end_must_wait_and_nobody_else(
    app: Dash, db: Database, settings: Settings, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callbacks.filling.desk.STARTS", Throttle("survey-start", 3))
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session), "ouders")
        link = survey_world.add_open_group(session, survey_world.key_of(settings), list_id).token
    school = [respondent(app, link, "192.0.2.9") for _ in range(5)]

    codes = [person.begin().status_code for person in school]
    refused = respondent(app, link, "192.0.2.9").post("/beginnen", {"taal": "en"})

    assert codes == [303, 303, 303, 429, 429]
    assert "Retry-After" in refused.headers
    assert "Please try again in a quarter of an hour" in refused.text
    assert drafts(db) == 3
    assert school[0].save({"Q6.01": "4-7"}).status_code == 200  # who began goes on
    assert respondent(app, token, "192.0.2.9").begin().status_code == 303  # and so does a personal link
    assert respondent(app, link, "198.51.100.9").begin().status_code == 303


def test_guesses_are_forgotten_after_a_quarter_of_an_hour(app: Dash, db: Database, token: Token) -> None:
    with freeze_time("2026-11-02 12:00:00"):
        for _ in range(31):
            Visitor(app).get(f"/invullen/{FORGED}")
    with freeze_time("2026-11-02 12:15:01"):
        assert Visitor(app).get(f"/invullen/{FORGED}").status_code == 404
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyGuess)) == 1
