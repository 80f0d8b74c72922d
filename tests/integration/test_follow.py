"""Follow the number over HTTP: each figure to its file, row, sum and load, for who may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import select, update

from app.db import Database
from app.indicators import TOTAL
from app.models import (
    DataVersion,
    LoadFinding,
    LoadReportRow,
    Observation,
    Publication,
    Region,
    Slice,
)
from tests.integration import world
from tests.integration.later_version import publish_again
from tests.integration.merged_world import CARE, SCHOOLS, SHARE, add_merger
from tests.integration.visitor import PAGE, Visitor, callback_body
from tests.nodes import find, text

FOLLOW = "indicator-follow.children"
LogIn = Callable[[str], Visitor]
See = Callable[..., str]


@pytest.fixture
def ask(log_in: LogIn, app: Dash) -> Callable[..., Any]:
    """A function that asks for the card as a person, of a region and indicator, with choices."""

    def send(login: str, place: str, **choices: str) -> Any:
        person = log_in(login)
        person.get("/", follow_redirects=True)
        given = {"jaar": "2025", "uitsplitsing": TOTAL, "indeling": "nu"} | choices
        values: dict[str, object] = {f"indicator-{name}.value": value for name, value in given.items()}
        region, indicator = place.split("/")
        values["shell-location.pathname"] = f"/regio/{region}/indicatoren/{indicator}"
        return person.call(callback_body(app, FOLLOW, values))

    return send


@pytest.fixture
def see(ask: Callable[..., Any]) -> See:
    """A function that gives the words of the card."""

    def read(login: str, place: str, **choices: str) -> str:
        answer = ask(login, place, **choices)
        assert answer.status_code == 200, answer.text
        return text(answer.get_json()["response"]["indicator-follow"]["children"])

    return read


def test_the_card_tells_source_file_hash_load_and_sum(see: See) -> None:
    words = see("swv", "PO2707/deel-sbo-pct")

    assert "Waar komt dit cijfer vandaan?" in words
    assert "Bron DUO, Verzonnen cijfers voor tests Bestand verzonnen.csv" in words
    assert f"sha-256 {'0' * 64}" in words
    assert "1.220 : 61.000 × 100 = 2." in words
    assert "Op het scherm staat: 2,0%." in words
    assert "Waarom dit kan verschillen van DUO, CBS of een eigen lijst" in words
    assert "Dit cijfer is voorlopig" in words


@pytest.mark.parametrize(
    ("login", "place", "who"),
    [
        ("swv", "PO2707/ll-bao", "een databeheerder"),
        ("gemeente", "GM0034/ll-bao", "een databeheerder"),
        ("lezer", "GM0363/ll-bao", "een databeheerder"),
        ("coordinator", "PO2707/ll-bao", "een databeheerder"),
        ("data", "PO2707/ll-bao", "jan.laadt"),
        ("beheer", "PO2707/ll-bao", "jan.laadt"),
    ],
)
def test_only_administrators_read_who_loaded_and_published(
    db: Database, see: See, login: str, place: str, who: str
) -> None:
    with db.transaction() as session:
        session.execute(update(DataVersion).values(created_by="jan.laadt"))
        session.execute(
            update(DataVersion).where(DataVersion.state == "published").values(published_by="jan.laadt")
        )

    words = see(login, place)

    assert f"Geladen op 2 november 2026 door {who}" in words
    assert f"Gepubliceerd op 2 november 2026 door {who}" in words
    assert ("jan.laadt" in words) is (login in {"data", "beheer"})


def test_what_one_role_was_shown_is_not_kept_for_another(db: Database, see: See) -> None:
    with db.transaction() as session:
        session.execute(update(DataVersion).values(created_by="jan.laadt"))

    told = [see(login, "PO2707/ll-bao") for login in ("data", "swv", "beheer", "coordinator")]

    assert ["jan.laadt" in words for words in told] == [True, False, True, False]


@pytest.mark.parametrize(("login", "code"), [("swv", "GM0034"), ("gemeente", "PO2707"), ("lezer", "GM0034")])
def test_the_figure_of_a_region_of_others_is_refused(ask: Any, login: str, code: str) -> None:
    assert ask(login, f"{code}/ll-bao").status_code == 403


def test_the_row_is_the_one_in_the_file(db: Database, see: See) -> None:
    _set_row(db, "ll-bao", "GM0034", 34)

    words = see("gemeente", "GM0034/ll-bao")

    assert "Rij Rij 34" in words
    assert "17.800, uit rij 34 van het bestand." in words


def test_a_hidden_number_is_not_told_by_its_sum(db: Database, see: See) -> None:
    _set_row(db, "ll-bao", "GM0384", 35)

    words = see("swv", "GM0384/ll-bao", jaar="2023")

    assert "De bron toont dit getal niet. Op het scherm staat: minder dan 5." in words
    assert "Een berekening met getallen staat hier niet" in words
    assert " tussen 1 en 4" not in words


def test_a_hidden_percentage_tells_neither_part_nor_whole(see: See) -> None:
    words = see("data", "PO2402/deel-sbo-pct", jaar="2023")

    assert "Op het scherm staat: door de bron verborgen." in words
    assert not [number for number in ("9.000", "9.003", " : ") if number in words]


def test_bounds_are_told_as_bounds(see: See) -> None:
    words = see("data", "PO2402/ll-bao", jaar="2024")

    assert "tussen 9.001 en 9.007" in words
    assert "verbergt een deel van de getallen" in words


def test_a_missing_figure_says_that_there_is_no_number(see: See) -> None:
    assert "Er is geen getal: de bron geeft het niet." in see("data", "PO2402/ll-bao")


@pytest.mark.parametrize("year", ["1800", "²", "x", "", "2026"])
def test_an_unknown_or_unpublished_period_has_no_figure(see: See, year: str) -> None:
    words = see("swv", "PO2707/ll-bao", jaar=year)

    assert "vandaan" not in words or "Er is geen cijfer voor deze keuze" in words
    assert str(world.CANARY) not in words.replace(".", "")


def test_an_unknown_indicator_and_category_are_worded(see: See) -> None:
    assert "Deze indicator is niet beschikbaar." in see("swv", "PO2707/bestaat-niet")
    assert "Er is geen cijfer voor deze keuze" in see("swv", "PO2707/ll-bao", uitsplitsing="x:y")


def test_the_country_stands_in_where_a_region_can_have_no_figure(db: Database, see: See) -> None:
    add_merger(db)

    words = see("swv", f"PO2707/{SHARE}", jaar="2022")

    assert "Dit cijfer komt als één getal uit het bestand: 13,2%." in words


def test_an_swv_with_a_divided_gemeente_shows_the_parts_and_the_weight(db: Database, see: See) -> None:
    add_merger(db)

    words = see("swv", f"PO2707/{CARE}", jaar="2022")

    assert "21.520 (Amsterdam) + 600 (Diemen) + 25% van 400 (Amstelveen) = 22.220." in words
    assert "Verdeelde gemeenten zijn verdeeld naar leerlingen." in words
    assert "in de indeling van 1 januari 2022" in words


def test_a_hidden_gemeente_stays_hidden_in_the_sum_of_its_swv(db: Database, see: See) -> None:
    add_merger(db)

    words = see("swv", f"PO2707/{CARE}", jaar="2023")

    assert "22.000 (Amsterdam) + minder dan 5 (Diemen) + 25% van 400 (Amstelveen)" in words
    assert "= tussen 22.101 en 22.104." in words


def test_an_swv_by_postcode_selects_schools(db: Database, see: See) -> None:
    add_merger(db)

    assert "Alle vestigingen met een postcode in Amsterdam en Diemen" in see(
        "swv", f"PO2707/{SCHOOLS}", jaar="2023"
    )


def test_a_merged_gemeente_is_followed_to_the_gemeenten_of_then(db: Database, see: See) -> None:
    add_merger(db)
    for row, code in enumerate(("GM0363", "GM0457"), start=7):
        _set_row(db, CARE, code, row)

    now = see("lezer", f"GM0363/{CARE}", jaar="2022")
    then = see("lezer", f"GM0363/{CARE}", jaar="2022", indeling="toen")

    assert "Rij Rij 7 (Amsterdam) en rij 8 (Weesp)" in now
    assert "21.520 (Amsterdam) + 400 (Weesp) = 21.920." in now
    assert "21.520, uit rij 7 van het bestand." in then
    assert "Weesp" not in then


def test_percentages_that_cannot_be_converted_give_no_number(db: Database, see: See) -> None:
    add_merger(db)

    words = see("lezer", f"GM0363/{SHARE}", jaar="2022")

    assert "niet om te rekenen naar de gemeenten van nu" in words
    assert "12,5" not in words
    assert "9,5" not in words


def test_a_revision_is_told_with_both_versions(db: Database, see: See) -> None:
    first, second = publish_again(db, 61_400)

    words = see("swv", "PO2707/ll-bao")

    assert "Dit cijfer is gewijzigd" in words
    assert f"Was 61.000 (voorlopig, versie {first}), nu 61.400 (definitief, versie {second})." in words


def test_a_version_that_was_taken_back_is_not_told(db: Database, see: See) -> None:
    first, _ = publish_again(db, 61_400)
    with db.transaction() as session:
        session.get_one(Publication, 1).version_id = first

    words = see("swv", "PO2707/ll-bao")

    assert "61.000" in words
    assert "61.400" not in words
    assert "gewijzigd" not in words


def test_the_next_version_says_which_load_it_took_the_figure_from(db: Database, see: See) -> None:
    first, second = publish_again(db, 61_400)

    words = see("swv", "PO2707/ll-bao", jaar="2024")

    assert f"versie {first}; versie {second}, die nu te zien is, nam dit over" in words


def test_warnings_of_the_report_that_bear_on_the_figure_are_told(db: Database, see: See) -> None:
    report = _add_report(db)

    words, seen_by_admin = see("swv", "PO2707/ll-bao"), see("data", "PO2707/ll-bao")

    assert "Elf vestigingen tellen alleen landelijk mee. Deze regio veranderde veel." in words
    assert "Almere" not in words
    assert "Kleinigheid" not in words
    assert f"Rapport nummer {report}" in seen_by_admin
    assert "Rapport nummer" not in words


def test_the_card_has_one_place_on_the_page_and_can_be_linked_to(log_in: LogIn, app: Dash) -> None:
    person = log_in("swv")
    person.get("/", follow_redirects=True)
    values: dict[str, object] = {
        "shell-location.pathname": "/regio/PO2707/indicatoren/ll-bao",
        "shell-location.search": "?jaar=2024",
    }

    body = person.call(callback_body(app, PAGE, values)).get_json()["response"]["shell-body"]["children"]

    (place,) = (each for each in find(body, "Details") if each["props"].get("id") == "volg")
    assert text(place).startswith("Volg dit cijfer")


def _set_row(db: Database, indicator: str, code: str, row: int) -> None:
    with db.transaction() as session:
        slices = select(Slice.id).where(Slice.indicator == indicator)
        regions = select(Region.id).where(Region.code == code)
        session.execute(
            update(Observation)
            .where(Observation.slice_id.in_(slices), Observation.region_id.in_(regions))
            .values(source_row=row)
        )


def _add_report(db: Database) -> int:
    with db.transaction() as session:
        report = LoadReportRow(
            file_name="verzonnen.csv",
            sha256="0" * 64,
            size=1,
            profile="test",
            outcome="geladen",
            version_id=session.get_one(Publication, 1).version_id,
            at=world.NOW,
            by="test",
        )
        session.add(report)
        session.flush()
        for severity, region, sentence in (
            ("waarschuwing", None, "Elf vestigingen tellen alleen landelijk mee."),
            ("waarschuwing", "PO2707", "Deze regio veranderde veel."),
            ("waarschuwing", "GM0034", "Almere veranderde veel."),
            ("opmerking", None, "Kleinigheid."),
        ):
            finding = LoadFinding(report_id=report.id, severity=severity, region=region, sentence=sentence)
            finding.check, finding.help = "lezen", ""
            session.add(finding)
        return report.id
