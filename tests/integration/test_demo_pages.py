"""Every page that shows something of a demo round says that its answers are invented."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import SurveyList, SurveyMail, SurveyRound
from app.wording import INVENTED
from survey.demo.rounds import add_demo_rounds
from survey.mail.outbox import queue_invitations
from survey.reading import load_questionnaires
from survey.tokens import survey_key
from tests.integration.visitor import Visitor

ROUND_PAGES = ("", "/respons", "/groepen", "/codes", "/mails", "/lijsten", "/wijzigen")


def test_every_page_of_a_demo_round_is_marked_and_nobody_is_mailed(
    log_in: Callable[[str], Visitor], db: Database, settings: Settings
) -> None:
    coordinator, swv = log_in("coordinator"), log_in("swv")
    now, questionnaires = datetime.now(UTC), load_questionnaires()
    add_demo_rounds(db, questionnaires, survey_key(settings), now=now, by="test")
    with db.transaction() as session:
        running = session.scalars(select(SurveyRound).where(SurveyRound.state == "open")).one()
        asked = select(SurveyList.id).where(
            SurveyList.round_id == running.id, SurveyList.questionnaire == "swv"
        )
        over = select(SurveyRound.id).where(
            SurveyRound.state == "gesloten", SurveyRound.region_code == "PO2707"
        )
        closed_id = session.scalars(over.order_by(SurveyRound.id)).first()
        list_id, round_id = session.scalars(asked).one(), running.id
        queued = queue_invitations(session, running, questionnaires, by="test", today=now.date())
        mails = session.scalars(select(SurveyMail.id)).all()
    home = "/regio/PO2707/vragenlijsten"
    pages = [coordinator.get(f"{home}/rondes/{round_id}{page}") for page in ROUND_PAGES]
    pages += [
        swv.get(f"{home}/invullen/{list_id}"),
        swv.get(f"{home}/samen/{round_id}"),
        swv.get(f"{home}/samen/{round_id}/GM0363"),
    ]

    assert {page.status_code for page in pages} == {200}
    assert [page.request.path for page in pages if page.text.count(INVENTED) != 1] == []
    closed = coordinator.get(f"{home}/rondes/{closed_id}/respons").text
    assert "Hoeveel mensen deden mee" in closed
    assert "Wat u straks kunt laten zien" in pages[1].text
    assert "Wat u straks kunt laten zien" not in closed
    assert "betrouwbaar beeld" not in closed
    assert "{" not in "".join(re.findall(r'class="small">([^<]*)', pages[4].text))  # subjects of mails
    assert "Ronde van " in log_in("lezer").get("/regio/GM0363/vragenlijsten").text
    assert "Ronde van " not in swv.get(home).text
    assert "verzonnen antwoorden" in swv.get(home).text
    assert (queued, mails) == (0, [])
