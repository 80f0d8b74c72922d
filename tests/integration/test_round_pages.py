"""The pages of a round: from plan to end through the forms, and refused to who does not run it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.config import Settings
from app.db import Database
from app.models import (
    AuditEvent,
    SurveyList,
    SurveyOwnQuestion,
    SurveyRound,
    SurveyRoundRegion,
)
from callbacks.questionnaires import round_groups
from survey import groups
from survey.invitations import State as Invitee
from tests.integration.round_world import World, make_round, post
from tests.integration.visitor import Visitor
from tests.round_routes import ROUND_ROUTES

Enter = Callable[[str], Visitor]
HOME = "/regio/PO2707/vragenlijsten"

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def round_(app: object, db: Database, settings: Settings) -> World:
    """A round in preparation, with one list and one group."""
    return make_round(db, settings, is_open=False)


@pytest.fixture
def coordinator(log_in: Enter) -> Visitor:
    return log_in("coordinator")


def _place(round_: World) -> str:
    return f"{HOME}/rondes/{round_.round_id}"


def test_a_round_is_planned_filled_opened_extended_and_closed(coordinator: Visitor, db: Database) -> None:
    data = {
        "titel": "Voorjaar",
        "eerste": "2026-11-02",
        "sluit": "2026-11-22",
        "contact": "bel ons",
        "deelnemer": ["GM0363", "GM0034"],
    }
    made = post(coordinator, f"{HOME}/rondes/nieuw", data)
    place = made.headers["Location"].partition("?")[0]
    post(coordinator, f"{place}/lijsten", {"lijst": ["ib"]})
    early = post(coordinator, f"{place}/openen", {"zonder-test": "ja"})
    with db.session() as session:
        list_id = session.scalars(select(SurveyList.id)).one()
    group = {"lijst": list_id, "organisatie": "Scholen", "gemeente": "GM0363", "aantal": "40"}
    post(coordinator, f"{place}/groepen", group)
    untested = post(coordinator, f"{place}/openen")
    opened = post(coordinator, f"{place}/openen", {"zonder-test": "ja"})
    again = post(coordinator, f"{place}/openen", {"zonder-test": "ja"})
    extended = [post(coordinator, f"{place}/verlengen").headers["Location"] for _ in range(2)]
    unsure = post(coordinator, f"{place}/sluiten")
    closed = post(coordinator, f"{place}/sluiten", {"zeker": "ja"})

    assert early.status_code == 422
    assert "Nog niet klaar: groepen en aantallen." in early.text
    assert "Geef een testantwoord" in untested.text
    assert "klaar=geopend" in opened.headers["Location"]
    assert "klaar=al-open" in again.headers["Location"]
    assert ["klaar=verlengd" in extended[0], "klaar=niet-verlengd" in extended[1]] == [True, True]
    assert unsure.status_code == 422
    assert "klaar=gesloten" in closed.headers["Location"]
    with db.session() as session:
        kept = session.scalars(select(SurveyRound)).one()
        acts = session.scalars(select(AuditEvent.action).where(AuditEvent.subject == "ronde 1")).all()
    assert (kept.state, str(kept.closes_on)) == ("gesloten", "2026-11-29")
    assert {"ronde gemaakt", "vragenlijsten gekozen", "groep toegevoegd", "ronde geopend"} <= set(acts)


def test_only_neighbours_can_be_made_to_take_part(coordinator: Visitor, db: Database) -> None:
    data = {"titel": "X", "eerste": "2026-11-02", "sluit": "2026-11-22", "deelnemer": ["GM0363", "GM0034"]}
    post(coordinator, f"{HOME}/rondes/nieuw", data)

    with db.session() as session:
        codes = session.execute(select(SurveyRound.region_code)).scalars().all()
        joined = sorted(session.scalars(select(SurveyRoundRegion.region_code)))
    assert codes == ["PO2707"]
    assert joined == ["GM0363", "PO2707"]


WRONG_PLANS: list[tuple[dict[str, str], str]] = [
    ({"titel": ""}, "Geef de ronde een naam."),
    ({"sluit": "2026-11-01"}, "De laatste dag ligt voor de eerste dag."),
    ({"eerste": "2026-10-01", "sluit": "2026-10-20"}, "De laatste dag is al voorbij."),
    ({"sluit": "2027-11-01"}, "Een ronde duurt hoogstens 100 dagen."),
    ({"eerste": "gisteren"}, "Kies een dag, bijvoorbeeld"),
    ({"sluit": ""}, "Kies een dag."),
    ({"titel": "x" * 61}, "Maak hem korter"),
    ({"contact": "x" * 201}, "hoogstens 200"),
    ({"bijeenkomst": "2026-01-01"}, "De bijeenkomst ligt voor"),
]


def test_a_wrong_plan_comes_back_in_words(coordinator: Visitor, db: Database) -> None:
    usual = {"titel": "Voorjaar", "eerste": "2026-11-02", "sluit": "2026-11-22"}

    answers = [post(coordinator, f"{HOME}/rondes/nieuw", usual | data) for data, _ in WRONG_PLANS]

    assert {answer.status_code for answer in answers} == {422}
    assert [
        words for (_, words), answer in zip(WRONG_PLANS, answers, strict=True) if words not in answer.text
    ] == []
    with db.session() as session:
        assert session.scalars(select(SurveyRound)).all() == []


def _fill_in(rule: str, round_: World, region: str = "PO2707") -> str:
    parts = {
        "<region>": region,
        "<int:round_id>": str(round_.round_id),
        "<int:list_id>": str(round_.list_id),
        "<int:group_id>": str(round_.group_id),
        "<kind>": "bedankt",
    }
    for name, value in parts.items():
        rule = rule.replace(name, value)
    return rule


RUN = [(rule, method) for rule, methods in ROUND_ROUTES.items() for method in methods if "/rondes" in rule]


def test_p17_only_the_coordinator_of_the_region_opens_these_pages(log_in: Enter, round_: World) -> None:
    people = [log_in(login) for login in ("swv", "gemeente", "lezer", "beheer", "data")]

    codes = {
        person.client.open(
            _fill_in(rule, round_), method=method, data={"csrf_token": person.token("/account")}
        ).status_code
        for person in people
        for rule, method in RUN
    }

    assert codes == {403}


def test_a_round_of_another_region_is_refused_by_every_address(coordinator: Visitor, round_: World) -> None:
    """The coordinator also runs VO2708: its address with the round of PO2707 opens nothing."""
    token = {"csrf_token": coordinator.token("/account")}
    of_round = [(rule, method) for rule, method in RUN if "<int:round_id>" in rule]

    codes = {
        coordinator.client.open(_fill_in(rule, round_, "VO2708"), method=method, data=token).status_code
        for rule, method in of_round
    }

    assert codes == {403}


def test_lists_and_groups_of_another_round_are_refused(
    coordinator: Visitor, round_: World, db: Database, settings: Settings
) -> None:
    other = make_round(db, settings, region="VO2708", is_open=False)
    place = _place(round_)

    answers = [
        coordinator.get(f"{place}/lijsten/{other.list_id}").status_code,
        coordinator.get(f"{place}/voorbeeld/{other.list_id}").status_code,
        coordinator.get(f"{place}/codes/blad/{other.group_id}").status_code,
        post(coordinator, f"{place}/lijsten/{other.list_id}/test").status_code,
        post(coordinator, f"{place}/groepen/{other.group_id}/aantal", {"aantal": "9"}).status_code,
        post(coordinator, f"{place}/groepen/{other.group_id}/verwijderen").status_code,
        post(coordinator, f"{place}/codes/maken", {"groep": other.group_id, "codes": "3"}).status_code,
        post(coordinator, f"{place}/groepen", {"lijst": other.list_id}).status_code,
    ]

    assert set(answers) == {403}
    assert other.people() == []


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_refused_like_an_unknown_one(
    coordinator: Visitor, round_: World, number: int
) -> None:
    place = _place(round_)
    unknown = place.replace(f"rondes/{round_.round_id}", f"rondes/{number}")

    answers = [
        coordinator.get(unknown),
        coordinator.get(f"{unknown}/groepen"),
        coordinator.get(f"{place}/lijsten/{number}"),
        coordinator.get(f"{place}/voorbeeld/{number}"),
        coordinator.get(f"{place}/codes/blad/{number}"),
        post(coordinator, f"{unknown}/openen"),
        post(coordinator, f"{place}/lijsten/{number}/test"),
        post(coordinator, f"{place}/groepen/{number}/aantal", {"aantal": "9"}),
        post(coordinator, f"{place}/groepen/{number}/verwijderen"),
        coordinator.get(f"{HOME}/samen/{number}"),
        coordinator.get(f"{HOME}/uitkomst/{number}"),
        coordinator.get(f"{HOME}/nakijken/{number}"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert coordinator.get(f"/uitkomsten/{number}").status_code == 404


@pytest.mark.parametrize(("times", "status"), [(1, 303), (2, 422)])
def test_what_somebody_else_did_in_the_same_moment_is_told_in_words(
    coordinator: Visitor, round_: World, monkeypatch: pytest.MonkeyPatch, times: int, status: int
) -> None:
    left = [IntegrityError("INSERT", {}, Exception())] * times
    resize = groups.change_size

    def collide(*given: Any, **named: Any) -> None:
        if left:
            raise left.pop()
        resize(*given, **named)

    monkeypatch.setattr(round_groups, "change_size", collide)
    answer = post(coordinator, f"{_place(round_)}/groepen/{round_.group_id}/aantal", {"aantal": "9"})

    assert answer.status_code == status
    assert ("op hetzelfde moment. Er is niets gewijzigd." in answer.text) == (status == 422)


def test_every_page_of_a_round_answers_its_coordinator(coordinator: Visitor, round_: World) -> None:
    pages = [_fill_in(rule, round_) for rule, method in RUN if method == "GET"]

    assert {coordinator.get(page).status_code for page in pages} == {200}


def test_without_a_token_of_the_form_nothing_changes(coordinator: Visitor, round_: World) -> None:
    answer = coordinator.client.post(f"{_place(round_)}/verwijderen", headers={"Accept": "text/html"})

    assert answer.status_code == 400
    assert round_.round().state == "concept"


def test_themes_go_and_own_questions_come_until_the_round_opens(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    place = f"{_place(round_)}/lijsten/{round_.list_id}"
    page = coordinator.get(place).text
    themes = re.findall(r'name="thema" value="([^"]+)"', page)
    data = {
        "thema": themes[:-1],
        "vraag": ["", "Wat helpt?", "  "],
        "schaal": ["eens5", "open", "eens5"],
    }

    post(coordinator, place, data)
    preview = coordinator.get(f"{_place(round_)}/voorbeeld/{round_.list_id}").text
    wrong = post(coordinator, place, {"thema": themes, "vraag": ["x"], "schaal": ["mc"]})
    post(coordinator, f"{_place(round_)}/openen", {"zonder-test": "ja"})
    late = post(coordinator, place, {"thema": themes})

    assert "Wat helpt?" in preview
    assert "Alleen als bij Q1.01 is gekozen: " in preview
    assert wrong.status_code == 422
    assert "ligt vast" in late.text
    with db.session() as session:
        assert session.get_one(SurveyList, round_.list_id).dropped_themes == themes[-1]
        question = session.scalars(select(SurveyOwnQuestion)).one()
    assert (question.number, question.scale, question.text) == (1, "open", "Wat helpt?")


def test_who_takes_no_part_is_told_in_classes_per_list_and_group(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    names = ["Anna", "Bram", "Carla", "Daan", "Eva", "Fenna", "Gijs"]
    round_.invite(*names)
    for name in names[:6]:
        round_.move(name, Invitee.REFUSED)

    page = coordinator.get(f"{_place(round_)}/respons").text

    assert "<dt>Wil niet meedoen</dt><dd>5 tot en met 9</dd>" in page
    assert (
        '<td class="r">5 tot en met 9</td><td class="r">minder dan 5</td><td class="r">hoogstens 10%</td>'
        in page
    )
    assert "die mensen blijven meetellen in het aantal mensen van de groep" in page
