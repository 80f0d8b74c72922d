"""Own groups through the door: made, searched and listed without a script, for regions of one's own."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import update

from app.db import Database
from app.models import Region
from tests.integration import world
from tests.integration.group_forms import OWN, PLACE, TWO, groups, make, number_of, offered, ticked
from tests.integration.standing import Standing
from tests.integration.test_access import ODD_CODES, SCOPES
from tests.integration.visitor import HTML, Visitor

Enter = Callable[[str], Visitor]


@pytest.mark.parametrize("login", world.PEOPLE)
@pytest.mark.parametrize("page", ["", "/nieuw"])
def test_ac4_each_role_opens_the_groups_of_its_own_regions_and_no_other(
    standing: Standing, login: str, page: str
) -> None:
    person = standing.person(login)

    codes = {code: person.get(PLACE.format(code) + page).status_code for code in world.REGIONS}

    assert {code for code, status in codes.items() if status in (200, 302)} == SCOPES[login]
    assert {status for code, status in codes.items() if code not in SCOPES[login]} <= {403}


@pytest.mark.parametrize("code", ODD_CODES)
def test_ac4_a_forged_region_of_the_page_is_refused(log_in: Enter, db: Database, code: str) -> None:
    person = log_in("swv")

    assert person.get(PLACE.format(code)).status_code in (403, 404)
    assert make(person, region=code).status_code in (403, 404)
    assert groups(db) == []


def test_ac4_a_group_cannot_be_made_from_the_page_of_a_region_of_others(log_in: Enter, db: Database) -> None:
    assert make(log_in("swv"), region="PO2401").status_code == 403
    assert groups(db) == []


def test_a_group_is_made_of_any_regions_of_the_kind_and_listed(log_in: Enter, db: Database) -> None:
    person = log_in("swv")

    answer = make(person, "  Mijn  buren ", [*TWO, "PO2707", "PO2401"], herkomst="de <b>tien</b>")
    page = person.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    assert groups(db) == [("Mijn buren", ["PO2401", "PO2402", "PO2707"])]
    assert "De groep “Mijn buren” is bewaard." in page
    assert f'href="/regio/PO2707/vergelijken?groep=eigen-{number_of(answer)}"' in page
    assert "Begonnen als: de &lt;b&gt;tien&lt;/b&gt;" in page
    assert "Amsterdam en Diemen zit zelf in deze groep en telt niet mee" in page


def test_a_group_with_only_one_other_region_says_so(log_in: Enter) -> None:
    person = log_in("swv")

    page = person.get(make(person, codes=["PO2707", "PO2401"]).headers["Location"]).text

    assert "Er blijft maar één samenwerkingsverband primair onderwijs over." in page


def test_a_group_is_found_at_every_region_of_its_kind_and_told_apart_at_others(log_in: Enter) -> None:
    person = log_in("coordinator")
    make(person)

    page = person.get(PLACE.format("VO2708")).text

    assert "U heeft nog geen groep van samenwerkingsverbanden voortgezet onderwijs." in page
    assert "Uw andere groepen" in page
    assert "Passend Onderwijs Almere" in page
    assert "groep=eigen-" not in page


@pytest.mark.parametrize(
    ("name", "codes", "words"),
    [
        ("", TWO, "Geef de groep een naam."),
        ("x" * 61, TWO, "hoogstens 60 tekens"),
        ("x" * 100_000, TWO, "hoogstens 60 tekens"),
        ("a\x00b", TWO, "alleen letters"),
        ("Buren", [], "Kies ten minste twee"),
        ("Buren", ["PO2401"], "U koos er 1."),
        ("Buren", ["PO2401", "GM0034"], "“GM0034” is geen samenwerkingsverband primair onderwijs."),
        ("Buren", ["PO2401", "PO9999"], "“PO9999” is geen"),
        ("Buren", ["PO2401", "' OR 1=1 --"], "is geen"),
        ("Buren", ["PO2401", "<script>x</script>"], "“&lt;script&gt;x&lt;” is geen"),
        ("Buren", ["PO2401", *(f"XX{number}" for number in range(3000))], "en nog 2995 zijn geen"),
    ],
)
def test_what_makes_no_group_is_told_in_words_and_nothing_is_lost(
    log_in: Enter, db: Database, name: str, codes: list[str], words: str
) -> None:
    answer = make(log_in("swv"), name, codes)

    assert answer.status_code == 422
    assert unescape(words) in unescape(answer.text)
    assert "Er is iets niet goed" in answer.text
    assert set(ticked(answer.text)) == set(codes) & set(TWO)
    assert "<script>x" not in answer.text
    assert len(answer.text) < 100_000
    assert groups(db) == []


def test_fifty_one_regions_are_too_many(log_in: Enter, db: Database) -> None:
    codes = [f"PO{number:04d}" for number in range(3001, 3052)]
    with db.transaction() as session:
        session.add_all(Region(code=code, kind="swv_po", name=code, is_national=False) for code in codes)

    answer = make(log_in("swv"), "Veel", codes)

    assert answer.status_code == 422
    assert "U koos er 51" in answer.text
    assert len(ticked(answer.text)) == 51


def test_the_thirty_first_group_is_refused_and_the_list_says_why(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    for number in range(30):
        assert make(person, f"Groep {number}").status_code == 303

    answer = make(person, "Nog een")

    assert answer.status_code == 422
    assert "U heeft al 30 groepen" in answer.text
    assert len(groups(db)) == 30
    assert "U heeft 30 groepen, en meer kan niet." in person.get(OWN).text


def test_a_name_that_differs_only_in_capitals_is_taken(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    make(person)

    answer = make(person, "BUREN", ["PO2401", "PO2707"])

    assert answer.status_code == 422
    assert "U heeft al een groep met de naam “BUREN”" in answer.text
    assert len(groups(db)) == 1


def test_r06_a_double_click_makes_one_group(log_in: Enter, db: Database) -> None:
    person = log_in("swv")

    first, second = make(person), make(person)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(groups(db)) == 1


@pytest.mark.parametrize("act", ["nieuw", "wijzigen", "verwijderen"])
def test_s28_every_change_needs_a_token(log_in: Enter, db: Database, act: str) -> None:
    person = log_in("swv")
    number = number_of(make(person))
    fields = {"naam": "Anders", "regio": TWO, "groep": str(number)}

    answers = [
        person.client.post(f"{OWN}/{act}", data={**fields, **token}, headers=HTML).status_code
        for token in ({}, {"csrf_token": "x"})
    ]

    assert answers == [400, 400]
    assert groups(db) == [("Buren", TWO)]


def test_the_token_never_stands_in_the_address_of_a_search(standing: Standing) -> None:
    page = standing.person("swv").get(f"{OWN}/nieuw").text
    form = page[page.index('<form class="group"') :]
    fields = re.findall(r"<input[^>]*>", form[: form.index("</form>")])

    assert 'method="get"' in form[:200]
    assert not any("csrf_token" in field for field in fields)
    assert re.search(r'<button[^>]*formmethod="post" name="csrf_token"', form)


def test_another_page_can_fill_in_the_form(standing: Standing) -> None:
    person = standing.person("swv")
    query = "regio=PO2401&regio=PO2402&regio=PO9999&naam=Lijkt+op+ons&herkomst=<i>tien</i>"

    answer = person.get(f"{OWN}?{query}", follow_redirects=True)

    assert answer.request.path == f"{OWN}/nieuw"
    assert ticked(answer.text) == ["PO2402", "PO2401"]
    assert 'value="Lijkt op ons"' in answer.text
    assert "&lt;i&gt;tien&lt;/i&gt;" in answer.text
    assert "<i>tien" not in answer.text
    assert "Eén regio is weggelaten" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "regio=%00&naam=%00&herkomst=%00&zoek=%00",
        "naam=" + "x" * 3000,
        "herkomst=" + "x" * 3000,
        "zoek=" + "x" * 3000,
        "regio=" + "A" * 3000,
        "&".join(["regio=PO2401"] * 200),
        "naam[]=x&regio[]=y&zoek=%ff%fe",
        "groep=1&gezien=x",
    ],
)
def test_s20_an_odd_address_of_the_form_causes_no_fault(standing: Standing, query: str) -> None:
    person = standing.person("swv")

    assert person.get(f"{OWN}/nieuw?{query}").status_code == 200
    assert person.get(f"{OWN}?{query}").status_code in (200, 302)


def test_a_search_keeps_the_name_and_the_ticks(standing: Standing) -> None:
    person = standing.person("gemeente")

    page = person.get(f"{PLACE.format('GM0034')}/nieuw?naam=Buren&regio=GM0384&zoek=lely").text

    assert 'value="Buren"' in page
    assert ticked(page) == ["GM0384"]
    assert offered(page) == ["GM0995"]
    assert "1 gemeente gevonden met “lely”." in page


def test_a_search_that_finds_nothing_says_so(standing: Standing) -> None:
    page = standing.person("gemeente").get(f"{PLACE.format('GM0034')}/nieuw?zoek=<b>").text

    assert "Geen gemeente gevonden met “&lt;b&gt;” die u nog niet koos." in page
    assert offered(page) == []


def test_gemeenten_stand_by_province_where_it_is_known(log_in: Enter, db: Database) -> None:
    with db.transaction() as session:
        known = update(Region).where(Region.code.in_(["GM0363", "GM0384"]))
        session.execute(known.values(province_code="PV27"))

    page = log_in("gemeente").get(f"{PLACE.format('GM0034')}/nieuw").text

    assert re.findall(r"<fieldset><legend>([^<]+)</legend>", page) == ["Noord-Holland", "Overige"]
    assert offered(page) == ["GM0363", "GM0384", "GM0034", "GM0995"]


def test_the_country_has_no_group_and_says_so(log_in: Enter, db: Database) -> None:
    person = log_in("beheer")

    assert "Er is maar één Nederland" in person.get(PLACE.format("NL01")).text
    assert person.get(f"{PLACE.format('NL01')}/nieuw").status_code == 302
    assert make(person, codes=["NL01", "PO2401"], region="NL01").status_code == 422
    assert groups(db) == []
