"""A mail to copy holds the facts of its round, and open brackets for what only its reader can fill in."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from freezegun import freeze_time
from sqlalchemy import select, update

from app.config import Settings
from app.db import Database
from app.models import SurveyList, SurveyRound
from survey.invitations import State as Invitee
from survey.rounds import RoundDraft
from tests.integration.round_world import CLOSES, NOON, OPENS, World, make_round, post
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]


@pytest.fixture
def round_(app: object, db: Database, settings: Settings) -> World:
    draft = RoundDraft("Najaar", OPENS, CLOSES, date(2026, 12, 8), "bel 000", "school", date(2026, 11, 3))
    return make_round(db, settings, draft=draft)


@pytest.fixture
def coordinator(log_in: Enter) -> Iterator[Visitor]:
    with freeze_time(NOON, tick=True):
        yield log_in("coordinator")


def _page(coordinator: Visitor, round_: World, kind: str, query: str = "") -> str:
    place = f"/regio/PO2707/vragenlijsten/rondes/{round_.round_id}/mails/tekst/{kind}{query}"
    return html.unescape(coordinator.get(place).text)


def _copy(coordinator: Visitor, round_: World, kind: str, query: str = "") -> str:
    place = f"/regio/PO2707/vragenlijsten/rondes/{round_.round_id}/mails/tekst/{kind}{query}"
    (found,) = re.findall(r'data-copy="([^"]*)"', coordinator.get(place).text)
    return html.unescape(found)


def _answer(round_: World, received: int) -> None:
    with round_.db.transaction() as session:
        session.execute(update(SurveyList).where(SurveyList.id == round_.list_id).values(received=received))


def test_a_copied_reminder_has_the_response_of_its_own_list(coordinator: Visitor, round_: World) -> None:
    round_.codes(30)
    _answer(round_, 12)

    copy = _copy(coordinator, round_, "herinnering-1")

    assert copy.startswith("Nog 21 dagen: uw ervaring telt\n\nBeste [naam],")
    assert "22 november 2026:\n[persoonlijke link]" in copy
    assert "Tot nu toe: 10 tot en met 19 van de 30 mensen deden mee." in copy
    assert copy.endswith("Amsterdam en Diemen")


def test_p17_a_reminder_counts_who_declined_so_that_nobody_reads_how_many_did(
    coordinator: Visitor, round_: World
) -> None:
    round_.codes(28)
    round_.invite("Anna", "Bram")
    round_.move("Anna", Invitee.REFUSED)
    _answer(round_, 12)

    assert "10 tot en met 19 van de 30 mensen" in _copy(coordinator, round_, "herinnering-1")


def test_no_copy_of_any_text_holds_something_invented(coordinator: Visitor, round_: World) -> None:
    kinds = ("partners", "uitnodiging-professional", "uitnodiging-beleid", "uitnodiging-ouders")
    more = ("herinnering-2", "uitnodiging-jongeren", "bedankt", "bijeenkomst-1", "bijeenkomst-2")

    whole = "".join(_copy(coordinator, round_, kind) for kind in (*kinds, *more))

    assert "oorbeeld" not in whole
    assert "{" not in whole
    assert set(re.findall(r"\[[^]]*\]", whole)) == {
        "[naam]",
        "[organisatie]",
        "[persoonlijke link]",
        "[open link]",
        "[aantal minuten]",
        "[aantal mensen]",
        "[adres van de uitkomst]",
    }


def test_the_page_says_what_is_left_to_fill_in(coordinator: Visitor, round_: World) -> None:
    mailed = _page(coordinator, round_, "uitnodiging-professional")
    by_hand = _page(coordinator, round_, "uitnodiging-ouders")
    partners = _page(coordinator, round_, "partners")

    assert "<dt>[persoonlijke link]</dt><dd>staat op het blad van de groep, bij Uitnodigen</dd>" in mailed
    assert "In een mail die wij versturen, vullen wij het in." in mailed
    assert "<dt>[open link]</dt>" in by_hand
    assert "Wij vragen en bewaren geen namen of adressen van ouders en jongeren." in by_hand
    assert "Nog in te vullen" not in partners


def test_meetings_have_their_own_day_and_without_one_a_bracket(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    first, second = (_copy(coordinator, round_, f"bijeenkomst-{number}") for number in (1, 2))
    with db.transaction() as session:
        session.get_one(SurveyRound, round_.round_id).first_meeting_on = None

    assert first.startswith("Uitnodiging: eerste bijeenkomst op 3 november 2026")
    assert second.startswith("Uitnodiging: tweede bijeenkomst op 8 december 2026")
    assert "op [dag van bijeenkomst 1]" in _copy(coordinator, round_, "bijeenkomst-1")


def test_thanks_tell_numbers_and_address_once_there_are_any(coordinator: Visitor, round_: World) -> None:
    _answer(round_, 24)
    before = _copy(coordinator, round_, "bedankt")
    round_.close(NOON)
    closed = _copy(coordinator, round_, "bedankt")
    with round_.db.transaction() as session:
        session.get_one(SurveyRound, round_.round_id).release = "publiek"
    public = _copy(coordinator, round_, "bedankt")

    address = f"{round_.settings.base_url}/uitkomsten/{round_.round_id}"
    assert before.startswith("Dit zeiden [aantal mensen] mensen in Amsterdam en Diemen")
    assert closed.startswith("Dit zeiden 24 mensen in Amsterdam en Diemen")
    assert "[adres van de uitkomst]" in closed
    assert address not in closed
    assert address in public


def test_where_several_questionnaires_fit_one_is_chosen(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    with db.transaction() as session:
        session.add(SurveyList(round_id=round_.round_id, questionnaire="zc", version=1, received=25))
        session.flush()
        other = session.scalars(select(SurveyList.id).where(SurveyList.questionnaire == "zc")).one()

    first = _copy(coordinator, round_, "herinnering-1")
    chosen = _copy(coordinator, round_, "herinnering-1", f"?lijst={other}")
    strange = _copy(coordinator, round_, "herinnering-1", "?lijst=999")

    assert "Voor welke vragenlijst?" in _page(coordinator, round_, "herinnering-1")
    assert "Tot nu toe: minder dan 5 mensen deden mee." in first
    assert "Tot nu toe: 25 mensen deden mee." in chosen
    assert strange == first
    assert "Voor welke vragenlijst?" not in _page(coordinator, round_, "partners")


def test_the_days_of_both_meetings_are_kept_and_stand_in_order(coordinator: Visitor, round_: World) -> None:
    place = f"/regio/PO2707/vragenlijsten/rondes/{round_.round_id}/wijzigen"
    data = {"titel": "Najaar", "eerste": "2026-11-02", "sluit": "2026-11-22", "bijeenkomst": "2026-12-08"}

    wrong = post(coordinator, place, data | {"bijeenkomst-1": "2026-12-09"})
    right = post(coordinator, place, data | {"bijeenkomst-1": "2026-10-20"})

    assert wrong.status_code == 422
    assert "De eerste bijeenkomst ligt na de tweede." in wrong.text
    assert right.status_code == 303
    assert round_.round().first_meeting_on == date(2026, 10, 20)
    assert 'value="2026-10-20"' in coordinator.get(place).text
