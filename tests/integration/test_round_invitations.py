"""Who a round asks: groups with sizes, people by address, codes on paper, open links; and words of mails."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import (
    AuditEvent,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyMail,
)
from callbacks.questionnaires import round_codes
from survey.groups import add_group
from survey.invitations import State as Invitee
from survey.invitations import add_test
from survey.tokens import read_token, token_hash
from tests.integration.round_world import World, make_round, post
from tests.integration.visitor import Visitor

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


@pytest.fixture
def mail_server_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages find a mail server in the settings; nothing is sent."""
    monkeypatch.setattr(round_codes, "has_server", lambda: True)


def _place(round_: World) -> str:
    return f"{HOME}/rondes/{round_.round_id}"


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

    answers = [post(coordinator, place, usual | data) for data, _ in WRONG_GROUPS]

    assert {answer.status_code for answer in answers} == {422}
    assert [
        words for (_, words), answer in zip(WRONG_GROUPS, answers, strict=True) if words not in answer.text
    ] == []
    with db.session() as session:
        assert len(session.scalars(select(SurveyGroup)).all()) == 1


def test_a_list_of_organisations_refuses_one_that_it_does_not_ask(
    coordinator: Visitor, db: Database, settings: Settings, app: object
) -> None:
    codes = {"swv": ("PO2707", "GM0363"), "gemeente": ("GM0363", "PO2707")}
    for questionnaire, (asked, other) in codes.items():
        round_ = make_round(db, settings, questionnaire=questionnaire, is_open=False)
        data = {"lijst": str(round_.list_id), "organisatie": "Afdeling Jeugd", "aantal": "1"}
        place = f"{_place(round_)}/groepen"

        wrong = post(coordinator, place, data | {"gemeente": other})
        none = post(coordinator, place, data | {"gemeente": ""})
        right = post(coordinator, place, data | {"gemeente": asked})

        assert (wrong.status_code, none.status_code, right.status_code) == (422, 422, 303)
        assert "Deze vragenlijst is niet voor deze organisatie." in wrong.text
        assert "Kies voor welke organisatie deze mensen antwoorden." in none.text


def test_the_size_of_a_group_can_be_unknown_but_not_forgotten(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    place = f"{_place(round_)}/groepen/{round_.group_id}/aantal"

    forgotten = post(coordinator, place, {"aantal": ""})
    post(coordinator, place, {"onbekend": "ja"})

    assert forgotten.status_code == 422
    with db.session() as session:
        assert session.get_one(SurveyGroup, round_.group_id).size is None


@pytest.mark.usefixtures("mail_server_set")
def test_people_are_added_once_and_wrong_lines_are_named(coordinator: Visitor, round_: World) -> None:
    place, group = f"{_place(round_)}/codes/mensen", {"groep": str(round_.group_id)}
    good = "Anna de Vries; anna@example.org\n\nbram@example.org\nANNA; Anna@Example.org"

    wrong = post(
        coordinator, place, group | {"mensen": f"{good}\nzonder adres\nx; a@b\ny; c@d.nl\r\nBcc: e@f.nl"}
    )
    post(coordinator, place, group | {"mensen": good})
    again = post(coordinator, place, group | {"mensen": good})

    assert "Controleer regel 5, 6 en 8" in wrong.text
    assert [(person.name, person.email) for person in round_.people()] == [
        ("Anna de Vries", "anna@example.org"),
        ("", "bram@example.org"),
    ]
    assert "klaar=niemand" in again.headers["Location"]


@pytest.mark.usefixtures("mail_server_set")
def test_p19_who_was_invited_is_erased_on_request(coordinator: Visitor, round_: World) -> None:
    place = _place(round_)
    people = {"groep": str(round_.group_id), "mensen": "Anna de Vries; anna@example.org\nbram@example.org"}
    post(coordinator, f"{place}/codes/mensen", people)
    before = {person.id: person.token_hash for person in round_.people()}

    nobody = post(coordinator, f"{place}/codes/wissen", {"wis": "cor@example.org"})
    empty = post(coordinator, f"{place}/codes/wissen", {"wis": " "})
    done = post(coordinator, f"{place}/codes/wissen", {"wis": "ANNA@example.org"})

    assert "klaar=onbekend" in nobody.headers["Location"]
    assert empty.status_code == 422
    assert "klaar=gewist" in done.headers["Location"]
    after = {(person.name, person.email): person.token_hash for person in round_.people()}
    assert set(after) == {("", ""), ("", "bram@example.org")}
    assert after["", ""] not in before.values()


def test_a_number_of_codes_that_is_none_is_refused(coordinator: Visitor, round_: World) -> None:
    place, group = f"{_place(round_)}/codes/maken", str(round_.group_id)
    numbers = ("", "0", "-1", "501", "99999", "drie", "1.5")

    codes = {post(coordinator, place, {"groep": group, "codes": each}).status_code for each in numbers}

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


def test_p17_no_sheet_tells_whose_a_link_is(coordinator: Visitor, round_: World) -> None:
    place = f"{_place(round_)}/codes"
    round_.codes(1)
    round_.invite("Anna")  # there is no mail server (any more): Anna waits for one

    sheet = coordinator.get(f"{place}/blad/{round_.group_id}").text

    assert sheet.count('class="code"') == 1
    assert "Anna" not in sheet
    assert '<td class="r">1</td><td class="r">1</td>' in coordinator.get(place).text


def test_without_a_mail_server_people_get_codes_and_are_not_written_down(
    coordinator: Visitor, round_: World
) -> None:
    place, group = f"{_place(round_)}/codes", {"groep": str(round_.group_id)}

    refused = post(coordinator, f"{place}/mensen", group | {"mensen": "Anna; anna@example.org"})
    page = coordinator.get(place).text

    assert refused.status_code == 422
    assert "Dit dashboard kan zelf geen mail versturen. Maak codes op papier" in refused.text
    assert round_.people() == []
    assert "/codes/mensen" not in page


def test_each_look_at_a_sheet_is_written_down_without_names(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    round_.invite("Anna")
    coordinator.get(f"{_place(round_)}/codes")
    for _ in range(2):
        coordinator.get(f"{_place(round_)}/codes/blad/{round_.group_id}")

    with db.session() as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "blad geopend")).all()
    told = ("coordinator", f"ronde {round_.round_id}", f"groep {round_.group_id}")
    assert [(row.actor, row.subject, row.detail) for row in rows] == [told, told]


def test_p17_the_privacy_page_says_that_the_coordinator_sees_numbers_and_never_who(
    coordinator: Visitor,
) -> None:
    page = " ".join(coordinator.get("/over/privacy").text.split())

    assert "De coördinator ziet aantallen, nooit wie antwoordde of wat." in page


def test_parents_get_one_open_link_per_group(
    coordinator: Visitor, db: Database, settings: Settings, app: object
) -> None:
    round_ = make_round(db, settings, questionnaire="ouders", is_open=False)
    data = {"lijst": str(round_.list_id), "organisatie": "School De Zon", "onbekend": "ja"}

    post(coordinator, f"{_place(round_)}/groepen", data)

    with db.session() as session:
        group = session.scalars(select(SurveyGroup).where(SurveyGroup.organisation == "School De Zon")).one()
    page = coordinator.get(f"{_place(round_)}/codes/blad/{group.id}").text
    token = read_token(re.findall(r"/invullen/([0-9A-Z]{26})</p>", page)[0])
    assert token is not None
    assert group.open_hash == token_hash(round_.key, token)


@pytest.mark.usefixtures("mail_server_set")
@pytest.mark.parametrize("questionnaire", ["ouders", "jongeren"])
def test_p25_parents_and_young_people_are_not_invited_by_name(
    coordinator: Visitor, db: Database, settings: Settings, app: object, questionnaire: str
) -> None:
    round_ = make_round(db, settings, questionnaire=questionnaire, is_open=False)
    place, group = f"{_place(round_)}/codes", {"groep": str(round_.group_id)}

    refused = post(coordinator, f"{place}/mensen", group | {"mensen": "Kim Jansen; kim@example.org"})
    on_paper = post(coordinator, f"{place}/maken", group | {"codes": "2"})
    page = coordinator.get(place).text

    assert refused.status_code == 422
    assert "nodigt u uit zonder naam of mailadres" in refused.text
    assert on_paper.status_code == 303
    assert {(person.name, person.email) for person in round_.people()} == {("", "")}
    assert "/codes/mensen" not in page
    assert "/codes/maken" in page


@pytest.mark.usefixtures("mail_server_set")
def test_the_form_for_people_offers_no_groups_of_parents(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    with db.transaction() as session:
        row = SurveyList(round_id=round_.round_id, questionnaire="ouders", version=1)
        session.add(row)
        session.flush()
        other = add_group(session, row, "School De Zon", gemeente=None, size=None, by="test")

    page = coordinator.get(f"{_place(round_)}/codes").text
    people, paper = page.split('id="groep-mensen"')[1].split('id="groep-codes"')

    assert f'value="{other}"' not in people
    assert f'value="{round_.group_id}"' in people
    assert f'value="{other}"' in paper


def test_a_test_link_stands_in_one_answer_and_counts_as_tested_when_sent(
    coordinator: Visitor, round_: World, db: Database
) -> None:
    page = post(coordinator, f"{_place(round_)}/lijsten/{round_.list_id}/test").text

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
    post(coordinator, f"{_place(round_)}/openen", {"zonder-test": "ja"})
    round_.invite("Anna")

    assert round_.queue() == 1
    page = coordinator.get(f"{_place(round_)}/respons").text
    assert "Testantwoorden" not in page
    assert "<dt>Uitgenodigd</dt><dd>1</dd>" in page


def test_mail_texts_are_changed_previewed_and_put_back(coordinator: Visitor, round_: World) -> None:
    place = f"{_place(round_)}/mails/tekst/uitnodiging-professional"

    no_link = post(coordinator, place, {"onderwerp": "Hallo", "tekst": "Zonder link."})
    unknown = post(coordinator, place, {"onderwerp": "Hallo {link}", "tekst": "{link} {geheim}"})
    post(coordinator, place, {"onderwerp": "Hallo\r\nBcc: x@y.nl", "tekst": "Kom naar {regio}:\n{link}"})
    changed = coordinator.get(place).text
    post(coordinator, place, {"standaard": "ja"})

    assert "Zet {link} in de tekst: de persoonlijke link." in no_link.text
    assert "Dit kennen wij in deze mail niet: {geheim}." in unknown.text
    assert "Zet {link} in de tekst, niet in het onderwerp." in unknown.text
    assert "Hallo Bcc: x@y.nl" in changed
    assert "Kom naar Amsterdam en Diemen:" in changed
    assert "Kom naar" not in coordinator.get(place).text
    assert coordinator.get(f"{_place(round_)}/mails/tekst/onzin").status_code == 404


def test_without_a_mail_server_the_page_says_to_copy(
    coordinator: Visitor, db: Database, round_: World
) -> None:
    post(coordinator, f"{_place(round_)}/openen", {"zonder-test": "ja"})
    round_.invite("Anna")

    page = coordinator.get(f"{_place(round_)}/mails").text
    answer = post(coordinator, f"{_place(round_)}/mails/versturen")

    assert "kan zelf geen mail versturen" in page
    assert answer.status_code == 422
    with db.session() as session:
        assert session.scalars(select(SurveyMail)).all() == []
