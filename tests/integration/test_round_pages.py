"""The pages of a round: from plan to end through the forms, and refused to who does not run it."""

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from freezegun import freeze_time
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.config import Settings
from app.db import Database
from app.models import (
    AuditEvent,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyMail,
    SurveyOwnQuestion,
    SurveyRound,
    SurveyRoundRegion,
)
from survey.invitations import State as Invitee
from survey.invitations import add_test
from survey.tokens import read_token, token_hash
from tests.integration.round_world import NOON, World, make_round
from tests.integration.visitor import Visitor
from tests.round_routes import ROUND_ROUTES

Enter = Callable[[str], Visitor]
HOME = "/regio/PO2707/vragenlijsten"

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon() -> Iterator[None]:
    """Noon on the first day of the round."""
    with freeze_time(NOON, tick=True):
        yield


@pytest.fixture
def round_(app: object, db: Database, settings: Settings) -> World:
    """A round in preparation, with one list and one group."""
    return make_round(db, settings, is_open=False)


@pytest.fixture
def coordinator(log_in: Enter) -> Visitor:
    return log_in("coordinator")


def _post(person: Visitor, path: str, data: Mapping[str, object] | None = None) -> TestResponse:
    token = {"csrf_token": person.token("/account")}
    return person.client.post(path, data={**token, **(data or {})}, headers={"Accept": "text/html"})


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
    made = _post(coordinator, f"{HOME}/rondes/nieuw", data)
    place = made.headers["Location"].partition("?")[0]
    _post(coordinator, f"{place}/lijsten", {"lijst": ["ib"]})
    early = _post(coordinator, f"{place}/openen", {"zonder-test": "ja"})
    with db.session() as session:
        list_id = session.scalars(select(SurveyList.id)).one()
    group = {"lijst": list_id, "organisatie": "Scholen", "gemeente": "GM0363", "aantal": "40"}
    _post(coordinator, f"{place}/groepen", group)
    untested = _post(coordinator, f"{place}/openen")
    opened = _post(coordinator, f"{place}/openen", {"zonder-test": "ja"})
    again = _post(coordinator, f"{place}/openen", {"zonder-test": "ja"})
    extended = [_post(coordinator, f"{place}/verlengen").headers["Location"] for _ in range(2)]
    unsure = _post(coordinator, f"{place}/sluiten")
    closed = _post(coordinator, f"{place}/sluiten", {"zeker": "ja"})

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
    _post(coordinator, f"{HOME}/rondes/nieuw", data)

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

    answers = [_post(coordinator, f"{HOME}/rondes/nieuw", usual | data) for data, _ in WRONG_PLANS]

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
        _post(coordinator, f"{place}/lijsten/{other.list_id}/test").status_code,
        _post(coordinator, f"{place}/groepen/{other.group_id}/aantal", {"aantal": "9"}).status_code,
        _post(coordinator, f"{place}/groepen/{other.group_id}/verwijderen").status_code,
        _post(coordinator, f"{place}/codes/maken", {"groep": other.group_id, "codes": "3"}).status_code,
        _post(coordinator, f"{place}/groepen", {"lijst": other.list_id}).status_code,
    ]

    assert set(answers) == {403}
    assert other.people() == []


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

    _post(coordinator, place, data)
    preview = coordinator.get(f"{_place(round_)}/voorbeeld/{round_.list_id}").text
    wrong = _post(coordinator, place, {"thema": themes, "vraag": ["x"], "schaal": ["mc"]})
    _post(coordinator, f"{_place(round_)}/openen", {"zonder-test": "ja"})
    late = _post(coordinator, place, {"thema": themes})

    assert "Wat helpt?" in preview
    assert "Alleen als Q1.01 bevat" in preview
    assert wrong.status_code == 422
    assert "ligt vast" in late.text
    with db.session() as session:
        assert session.get_one(SurveyList, round_.list_id).dropped_themes == themes[-1]
        question = session.scalars(select(SurveyOwnQuestion)).one()
    assert (question.number, question.scale, question.text) == (1, "open", "Wat helpt?")


WRONG_GROUPS: list[tuple[dict[str, str], str]] = [
    ({"aantal": ""}, "Vul in hoeveel mensen er zijn"),
    ({"aantal": "0"}, "Vul in hoeveel mensen er zijn"),
    ({"aantal": "-4"}, "Vul in hoeveel mensen er zijn"),
    ({"aantal": "1e3"}, "Vul in hoeveel mensen er zijn"),
    ({"aantal": "²"}, "Vul in hoeveel mensen er zijn"),
    ({"aantal": "9999999"}, "Vul in hoeveel mensen er zijn"),
    ({"aantal": "12", "onbekend": "ja"}, "Niet allebei"),
    ({"aantal": "12", "organisatie": "scholen zuid"}, "staat al bij deze vragenlijst"),
    ({"aantal": "12", "organisatie": ""}, "Geef de organisatie een naam"),
    ({"aantal": "12", "gemeente": "GM0034"}, "uit de lijst"),
]


def test_a_group_that_is_not_right_is_told_in_words(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    usual, place = {"lijst": str(round_.list_id), "organisatie": "Scholen Noord"}, f"{_place(round_)}/groepen"

    answers = [_post(coordinator, place, usual | data) for data, _ in WRONG_GROUPS]

    assert {answer.status_code for answer in answers} == {422}
    assert [
        words for (_, words), answer in zip(WRONG_GROUPS, answers, strict=True) if words not in answer.text
    ] == []
    with db.session() as session:
        assert len(session.scalars(select(SurveyGroup)).all()) == 1


def test_the_size_of_a_group_can_be_unknown_but_not_forgotten(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    place = f"{_place(round_)}/groepen/{round_.group_id}/aantal"

    forgotten = _post(coordinator, place, {"aantal": ""})
    _post(coordinator, place, {"onbekend": "ja"})

    assert forgotten.status_code == 422
    with db.session() as session:
        assert session.get_one(SurveyGroup, round_.group_id).size is None


def test_people_are_added_once_and_wrong_lines_are_named(coordinator: Visitor, round_: World) -> None:
    place, group = f"{_place(round_)}/codes/mensen", {"groep": str(round_.group_id)}
    good = "Anna de Vries; anna@example.org\n\nbram@example.org\nANNA; Anna@Example.org"

    wrong = _post(
        coordinator, place, group | {"mensen": f"{good}\nzonder adres\nx; a@b\ny; c@d.nl\r\nBcc: e@f.nl"}
    )
    _post(coordinator, place, group | {"mensen": good})
    again = _post(coordinator, place, group | {"mensen": good})

    assert "Controleer regel 5, 6 en 8" in wrong.text
    assert [(person.name, person.email) for person in round_.people()] == [
        ("Anna de Vries", "anna@example.org"),
        ("", "bram@example.org"),
    ]
    assert "klaar=niemand" in again.headers["Location"]


def test_a_number_of_codes_that_is_none_is_refused(coordinator: Visitor, round_: World) -> None:
    place, group = f"{_place(round_)}/codes/maken", str(round_.group_id)
    numbers = ("", "0", "-1", "501", "99999", "drie", "1.5")

    codes = {_post(coordinator, place, {"groep": group, "codes": each}).status_code for each in numbers}

    assert codes == {422}
    assert round_.people() == []


def test_the_sheet_has_a_code_and_a_square_for_everybody_on_paper(
    coordinator: Visitor, round_: World
) -> None:
    round_.codes(3)

    page = coordinator.get(f"{_place(round_)}/codes/blad/{round_.group_id}")

    codes = re.findall(r'<p class="code">([0-9A-Z-]{31})</p>', page.text)
    hashes = [token_hash(round_.key, token) for text in codes if (token := read_token(text))]
    assert hashes == [person.token_hash for person in round_.people()]
    assert page.text.count("data:image/svg+xml") == 3
    assert page.headers["Cache-Control"] == "no-store"


def test_parents_get_one_open_link_per_group(
    coordinator: Visitor, db: Database, settings: Settings, app: object
) -> None:
    round_ = make_round(db, settings, questionnaire="ouders", is_open=False)
    data = {"lijst": str(round_.list_id), "organisatie": "School De Zon", "onbekend": "ja"}

    _post(coordinator, f"{_place(round_)}/groepen", data)

    with db.session() as session:
        group = session.scalars(select(SurveyGroup).where(SurveyGroup.organisation == "School De Zon")).one()
    page = coordinator.get(f"{_place(round_)}/codes/blad/{group.id}").text
    token = read_token(re.findall(r"/invullen/([0-9A-Z]{26})</p>", page)[0])
    assert token is not None
    assert group.open_hash == token_hash(round_.key, token)


def test_a_test_link_stands_in_one_answer_and_counts_as_tested_when_sent(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    page = _post(coordinator, f"{_place(round_)}/lijsten/{round_.list_id}/test").text

    token = re.findall(r"/invullen/([0-9A-Z]{26})", page)[0]
    assert token not in coordinator.get(f"{_place(round_)}/lijsten").text
    assert "nog niet getest" in page
    with db.transaction() as session:
        found = session.scalars(select(SurveyInvitation)).one()
        assert session.get_one(SurveyGroup, found.group_id).is_test
        found.state = Invitee.SENT
    assert "nog niet getest" not in coordinator.get(f"{_place(round_)}/lijsten").text


def test_test_answers_are_in_no_count_and_get_no_mail(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    with db.transaction() as session:
        add_test(session, round_.list_id, round_.key)
    _post(coordinator, f"{_place(round_)}/openen", {"zonder-test": "ja"})
    round_.invite("Anna")

    assert round_.queue() == 1
    page = coordinator.get(f"{_place(round_)}/respons").text
    assert "Testantwoorden" not in page
    assert "<dt>Uitgenodigd</dt><dd>1</dd>" in page


def test_mail_texts_are_changed_previewed_and_put_back(coordinator: Visitor, round_: World) -> None:
    place = f"{_place(round_)}/mails/tekst/uitnodiging-professional"

    no_link = _post(coordinator, place, {"onderwerp": "Hallo", "tekst": "Zonder link."})
    unknown = _post(coordinator, place, {"onderwerp": "Hallo {link}", "tekst": "{link} {geheim}"})
    _post(coordinator, place, {"onderwerp": "Hallo\r\nBcc: x@y.nl", "tekst": "Kom naar {regio}:\n{link}"})
    changed = coordinator.get(place).text
    _post(coordinator, place, {"standaard": "ja"})

    assert "Zet {link} in de tekst: de persoonlijke link." in no_link.text
    assert "Dit kennen wij niet: {geheim}." in unknown.text
    assert "Zet {link} in de tekst, niet in het onderwerp." in unknown.text
    assert "Hallo Bcc: x@y.nl" in changed
    assert "Kom naar Amsterdam en Diemen:" in changed
    assert "Kom naar" not in coordinator.get(place).text
    assert coordinator.get(f"{_place(round_)}/mails/tekst/onzin").status_code == 404


def test_without_a_mail_server_the_page_says_to_copy(
    coordinator: Visitor, db: Database, round_: World
) -> None:
    _post(coordinator, f"{_place(round_)}/openen", {"zonder-test": "ja"})
    round_.invite("Anna")

    page = coordinator.get(f"{_place(round_)}/mails").text
    answer = _post(coordinator, f"{_place(round_)}/mails/versturen")

    assert "heeft geen mailserver" in page
    assert answer.status_code == 422
    with db.session() as session:
        assert session.scalars(select(SurveyMail)).all() == []
