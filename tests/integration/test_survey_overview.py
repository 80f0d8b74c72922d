"""`/regio/<region>/vragenlijsten`: what each role sees of rounds, and what is asked of an organisation."""

from collections.abc import Callable, Iterator

import pytest
from freezegun import freeze_time

from app.config import Settings
from app.db import Database
from app.models import SurveyDraft, SurveyResponse, SurveyRound
from survey.tokens import make_id
from tests.integration.round_world import NOON, World, make_round
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]
HOME = "/regio/PO2707/vragenlijsten"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with freeze_time(NOON, tick=True):
        yield


@pytest.fixture
def swv_list(app: object, db: Database, settings: Settings) -> World:
    """An open round that asks the SWV."""
    return make_round(db, settings, questionnaire="swv")


def test_a_region_without_rounds_is_told_so_in_words_for_each_role(log_in: Enter) -> None:
    officer, coordinator = log_in("swv").get(HOME).text, log_in("coordinator").get(HOME).text

    assert "Er is nog geen ronde in Amsterdam en Diemen." in officer
    assert "Maak een ronde" not in officer
    assert "Er is nu geen vragenlijst voor uw organisatie." in officer
    assert "Maak een ronde" in coordinator


def test_only_people_with_a_role_in_the_region_see_the_page(log_in: Enter, swv_list: World) -> None:
    reader, admin = log_in("lezer"), log_in("beheer")

    assert reader.get("/regio/GM0363/vragenlijsten").status_code == 200
    assert "Najaar 2026" in reader.get("/regio/GM0363/vragenlijsten").text
    assert "Wat nu aan u gevraagd wordt" not in reader.get("/regio/GM0363/vragenlijsten").text
    assert reader.get(HOME).status_code == 403
    assert admin.get(HOME).status_code == 403
    assert log_in("gemeente").get("/regio/GM0034/vragenlijsten").text.count("Najaar 2026") == 0


def test_an_organisation_sees_its_list_until_it_has_sent_it(log_in: Enter, swv_list: World) -> None:
    officer, link = log_in("swv"), f"{HOME}/invullen/{swv_list.list_id}"

    new = officer.get(HOME).text
    with swv_list.db.transaction() as session:
        session.add(SurveyDraft(id=make_id(), list_id=swv_list.list_id, region_code="PO2707"))
    started = officer.get(HOME).text
    with swv_list.db.transaction() as session:
        session.add(
            SurveyResponse(
                id=make_id(),
                list_id=swv_list.list_id,
                receipt_hash=make_id(),
                organisation="X",
                organisation_code="PO2707",
            )
        )
    sent = officer.get(HOME).text

    assert link in new
    assert "nog niet begonnen" in new
    assert "binnen de regio is te zien wat uw organisatie antwoordde" in new
    assert "Ga verder" in started
    assert link not in sent
    assert "verzonden" in sent


def test_a_round_in_preparation_is_for_its_coordinator(
    log_in: Enter, app: object, db: Database, settings: Settings
) -> None:
    make_round(db, settings, is_open=False)

    assert "Najaar 2026" in log_in("coordinator").get(HOME).text
    assert "Najaar 2026" not in log_in("swv").get(HOME).text
    assert "Najaar 2026" not in log_in("lezer").get("/regio/GM0363/vragenlijsten").text


def test_a_round_in_preparation_does_not_exist_for_accounts(
    log_in: Enter, app: object, db: Database, settings: Settings
) -> None:
    made = make_round(db, settings, questionnaire="swv", is_open=False)
    officer, here = log_in("swv"), f"{HOME}/invullen"

    unknown = officer.get(f"{here}/{made.list_id + 1}")
    before = officer.get(f"{here}/{made.list_id}")
    with db.transaction() as session:
        session.get_one(SurveyRound, made.round_id).state = "open"

    assert (before.status_code, unknown.status_code) == (403, 403)
    assert before.text.count("U heeft geen toegang") == unknown.text.count("U heeft geen toegang") > 0
    assert officer.get(f"{here}/{made.list_id}").status_code == 200


def test_the_outcome_is_linked_for_everybody_from_its_release_on(log_in: Enter, swv_list: World) -> None:
    people = {login: log_in(login) for login in ("swv", "coordinator", "lezer")}
    homes = {"swv": HOME, "coordinator": HOME, "lezer": "/regio/GM0363/vragenlijsten"}

    def who_sees() -> set[str]:
        return {login for login, person in people.items() if "/uitkomst/" in person.get(homes[login]).text}

    while_open = who_sees()
    swv_list.close(NOON)
    closed = who_sees()
    with swv_list.db.transaction() as session:
        session.merge(swv_list.round()).release = "regio"

    assert while_open == set()
    assert closed == {"swv", "coordinator"}
    assert who_sees() == {"swv", "coordinator", "lezer"}
