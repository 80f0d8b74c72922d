"""What stays behind of who was erased, on the pages of a round: no code on a sheet, and true words."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select

from app.config import Settings
from app.db import Database
from app.errors import SelectionRefused
from app.models import AuditEvent, SurveyGroup, SurveyMailText, SurveyPartner
from survey.mail import partners
from survey.mail.kinds import Kind
from tests.integration.round_world import NOON, OPENS, World, make_round, post
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]
STAYS = "Antwoorden namens een organisatie blijven staan voor de collega’s."

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def round_(app: object, db: Database, settings: Settings) -> World:
    return make_round(db, settings)


@pytest.fixture
def coordinator(log_in: Enter) -> Visitor:
    return log_in("coordinator")


def _place(round_: World) -> str:
    return f"/regio/PO2707/vragenlijsten/rondes/{round_.round_id}/codes"


def _add_partner(round_: World) -> None:
    with round_.db.transaction() as session:
        partner = SurveyPartner(id="p" * 32, round_id=round_.round_id, email="cor@example.org")
        session.add(partner)


def test_p19_the_code_of_somebody_who_was_erased_is_on_no_sheet(coordinator: Visitor, round_: World) -> None:
    round_.codes(2)
    round_.invite("Anna", "Bram")

    done = post(coordinator, f"{_place(round_)}/wissen", {"wis": "anna@example.org"})
    page = coordinator.get(done.headers["Location"]).text

    assert coordinator.get(f"{_place(round_)}/blad/{round_.group_id}").text.count('class="code"') == 2
    assert '<td class="r">1</td><td class="r">2</td>' in page
    assert "De link werkt niet meer." in page
    assert page.count(STAYS) == 2  # in what was done, and before one does it


def test_p17_a_closed_round_has_no_sheet_of_codes(coordinator: Visitor, round_: World) -> None:
    round_.codes(2)
    round_.close(NOON)

    refused = coordinator.get(f"{_place(round_)}/blad/{round_.group_id}")

    assert refused.status_code == 422
    assert "De ronde is gesloten: invullen kan niet meer." in refused.text
    assert 'class="code"' not in refused.text
    assert "/codes/blad/" not in coordinator.get(_place(round_)).text
    with round_.db.session() as session:
        assert session.scalars(select(AuditEvent).where(AuditEvent.action == "blad geopend")).all() == []


def test_p19_a_partner_is_erased_where_there_are_no_groups(coordinator: Visitor, round_: World) -> None:
    with round_.db.transaction() as session:
        session.execute(delete(SurveyGroup))
    _add_partner(round_)

    form = coordinator.get(_place(round_)).text
    done = post(coordinator, f"{_place(round_)}/wissen", {"wis": "cor@example.org"})
    page = coordinator.get(done.headers["Location"]).text

    assert 'id="wis"' in form
    assert "Dit mailadres is gewist." in page
    assert "De link werkt niet meer." not in page
    with round_.db.session() as session:
        assert session.scalars(select(SurveyPartner)).all() == []


def test_p19_the_privacy_page_says_what_stays_for_colleagues(coordinator: Visitor) -> None:
    page = " ".join(coordinator.get("/over/privacy").text.split())

    assert "Vulde u in namens een organisatie? Die antwoorden blijven staan voor uw collega’s." in page
    assert "beginnen via een open link" in page


def test_a_partner_gets_no_mail_with_a_gap(round_: World) -> None:
    with round_.db.transaction() as session:
        body = "Beste {naam}, het duurt {minuten}: {link}. {regio}"
        session.add(SurveyMailText(round_id=round_.round_id, kind="partners", subject="Hallo", body=body))

    with round_.db.transaction() as session, pytest.raises(SelectionRefused) as refused:
        partners.queue(session, round_.round(), Kind.PARTNERS, ["a@example.org"], by="test", today=OPENS)

    told = refused.value.problems["adressen"]
    assert "{link}, {minuten} en {naam}" in told
    assert "{regio}" not in told
    assert round_.mails() == []


@pytest.mark.parametrize(("size", "words"), [(1, "1 persoon in 1 groep."), (2, "2 mensen in 1 groep.")])
def test_one_is_a_person_and_more_are_people(
    coordinator: Visitor, round_: World, size: int, words: str
) -> None:
    with round_.db.transaction() as session:
        session.get_one(SurveyGroup, round_.group_id).size = size

    assert words in coordinator.get(_place(round_).replace("/codes", "/groepen")).text
