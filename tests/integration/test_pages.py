"""Pages over HTTP as each role sees them: own regions answer, others are refused, odd values are worded."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash

from app.db import Database
from layouts import ids
from tests.integration import world
from tests.integration.canary import CHOICES, publish_canary, tells_canary
from tests.integration.standing import Standing
from tests.integration.visitor import PAGE, Visitor, callback_body
from tests.nodes import charts, table, text

OVERVIEW = "overview-content.children"
TABLE = "..indicators-count.children...indicators-table.children.."
INDICATOR = [
    f"indicator-{place}.children"
    for place in ("summary", "position", "trend", "parts", "regions", "source", "contributions")
]
EVERY = [OVERVIEW, TABLE, PAGE, *INDICATOR]

LogIn = Callable[[str], Visitor]


class Officer:
    """Somebody who is logged in and whose browser sends callbacks."""

    def __init__(self, visitor: Visitor, app: Dash) -> None:
        self.visitor, self.app = visitor, app

    def ask(self, output: str, path: str, **filters: object) -> Any:
        """Send a callback from the page at `path`, with choices by their name in the address."""
        values: dict[str, object] = {"shell-location.pathname": path, "shell-location.search": ""}
        page = "indicator" if path.count("/") > 3 else "indicators"
        values |= {f"{page}-{name}.value": value for name, value in filters.items()}
        return self.visitor.call(callback_body(self.app, output, values))

    def see(self, output: str, path: str, **filters: object) -> Any:
        """What the callback puts in its places."""
        response = self.ask(output, path, **filters)
        assert response.status_code == 200, response.text
        return [part for props in response.get_json()["response"].values() for part in props.values()]


@pytest.fixture
def officer(standing: Standing) -> Callable[[str], Officer]:
    """A function that gives somebody who has logged in, with a page open; they only read."""
    return lambda login: Officer(standing.person(login), standing.app)


As = Callable[[str], Officer]


def test_the_overview_shows_the_regions_figures_beside_the_country(officer: As) -> None:
    words = text(officer("swv").see(OVERVIEW, "/regio/PO2707/overzicht"))

    assert "Deelname sbo 2,0 % Nederland 2,4% · 1 oktober 2025 (voorlopig)" in words
    assert "Leerlingen basisonderwijs 61.000" in words
    assert "4,4% van Nederland" in words


def test_the_table_shows_every_indicator_and_counts_them(officer: As) -> None:
    count, rows = officer("swv").see(
        TABLE, "/regio/PO2707/indicatoren", thema="alle", zoek="deel van alle sbo"
    )

    assert count == "1 indicator"
    assert table(rows)[1][1:4] == ["2,0%", "2,4%", "0,4 procentpunt lager"]


def test_a_year_shows_the_figures_of_that_year(officer: As) -> None:
    _, rows = officer("swv").see(
        TABLE, "/regio/PO2707/indicatoren", zoek="leerlingen basisonderwijs", jaar="2024"
    )

    cells = next(row for row in table(rows) if row[0] == "Leerlingen basisonderwijs")
    assert (cells[1], cells[5]) == ("61.500", "1 oktober 2024")


@pytest.mark.parametrize(
    "filters",
    [
        {"jaar": "1800"},
        {"jaar": "²"},
        {"thema": "bestaat niet"},
        {"niveau": "stad"},
        {"uitsplitsing": "'; DROP"},
    ],
)
def test_s22_a_choice_that_does_not_exist_is_worded(officer: As, filters: dict[str, str]) -> None:
    count, rows = officer("swv").see(TABLE, "/regio/PO2707/indicatoren", **filters)

    assert count == "0 indicatoren"
    assert "Bij deze keuze horen geen cijfers." in text(rows)


def test_an_indicators_page_tells_level_difference_and_change(officer: As) -> None:
    words = text(
        officer("swv").see(
            INDICATOR[0], "/regio/PO2707/indicatoren/deel-sbo-pct", jaar="2025", uitsplitsing="totaal"
        )
    )

    assert (
        "Op 1 oktober 2025 telde Amsterdam en Diemen 1.220 leerlingen in het sbo: 2,0% van alle 61.000 "
        "leerlingen in basisonderwijs en sbo samen. Dat is 0,4 procentpunt lager dan Nederland (2,4%)."
    ) in words
    assert "Dit cijfer is voorlopig" in words


def test_the_trend_draws_region_and_country(officer: As) -> None:
    section = officer("swv").see(
        INDICATOR[2], "/regio/PO2707/indicatoren/deel-sbo-pct", uitsplitsing="totaal"
    )

    country, own = charts(section)[0]["data"]
    assert (len(own["x"]), len(country["x"])) == (3, 3)


def test_all_regions_of_the_kind_stand_side_by_side(officer: As) -> None:
    section = officer("swv").see(
        INDICATOR[4], "/regio/PO2707/indicatoren/ll-bao", jaar="2025", uitsplitsing="totaal", niveau="swv_po"
    )

    assert [row[:3] for row in table(section)[1:]] == [
        ["Amsterdam en Diemen (uw regio)", "1", "61.000"],
        ["Passend Onderwijs Almere", "2", "17.800"],
        ["Lelystad en Dronten", "", "geen gegevens"],
    ]


def test_an_swv_sees_its_gemeenten_side_by_side_and_a_hidden_one_is_no_zero(officer: As) -> None:
    section = officer("swv").see(
        INDICATOR[4],
        "/regio/PO2707/indicatoren/ll-bao",
        jaar="2023",
        uitsplitsing="totaal",
        niveau="gemeente",
    )

    assert [row[:3] for row in table(section)[1:]] == [
        ["Amsterdam", "1", "58.000"],
        ["Diemen", "", "minder dan 5"],
    ]


def test_a_figure_that_only_gemeenten_have_is_said_for_an_swv(officer: As) -> None:
    words = text(officer("swv").see(INDICATOR[0], "/regio/PO2707/indicatoren/jh-pct", jaar="2022"))

    assert "Dit cijfer bestaat alleen per gemeente." in words


@pytest.mark.parametrize("output", INDICATOR)
def test_an_unknown_indicator_is_worded_in_every_place(officer: As, output: str) -> None:
    words = text(officer("swv").see(output, "/regio/PO2707/indicatoren/bestaat-niet"))

    assert "Deze indicator is niet beschikbaar." in words


@pytest.mark.parametrize("output", INDICATOR)
def test_an_unknown_year_and_category_are_no_error(officer: As, output: str) -> None:
    person, path = officer("swv"), "/regio/PO2707/indicatoren/ll-bao"

    for year in ("1800", "²", "x", ""):
        answer = person.ask(output, path, jaar=year, uitsplitsing="x:y", niveau="stad")
        assert answer.status_code == 200


def test_a_page_starts_with_the_choices_of_its_address(officer: As) -> None:
    person = officer("swv")
    values: dict[str, object] = {
        "shell-location.pathname": "/regio/PO2707/indicatoren/ll-bao",
        "shell-location.search": "?jaar=2024&niveau=onzin",
    }

    response = person.visitor.call(callback_body(person.app, PAGE, values)).get_json()["response"]

    body = json.dumps(response["shell-body"]["children"], ensure_ascii=False)
    assert '"value": "2024"' in body.replace('":"', '": "')
    assert "“onzin” is voor dit cijfer niet beschikbaar" in text(response["shell-body"]["children"])


def test_the_switch_lists_own_regions_first_and_what_comes_with_them(officer: As) -> None:
    header = officer("swv").see(PAGE, "/regio/PO2707/overzicht")[0]

    words = json.dumps(header, ensure_ascii=False)
    assert words.index("Uw regio’s") < words.index("Gemeenten in dit samenwerkingsverband")
    assert "GM0384" in words
    assert "GM0034" not in words


def test_an_admin_can_switch_to_every_region(officer: As) -> None:
    header = json.dumps(officer("beheer").see(PAGE, "/regio/NL01/overzicht")[0])

    assert all(code in header for code in world.REGIONS)


def test_the_subtitle_tells_kind_parts_and_size(officer: As) -> None:
    head = officer("swv").see(PAGE, "/regio/PO2707/overzicht")[1]

    assert (
        "Samenwerkingsverband primair onderwijs · 2 gemeenten · 61.000 leerlingen (1 oktober 2025)"
        in text(head)
    )


def test_a_person_with_several_regions_opens_each(officer: As) -> None:
    person = officer("coordinator")

    for code in ("PO2707", "VO2708", "GM0363"):
        assert person.ask(OVERVIEW, f"/regio/{code}/overzicht").status_code == 200


@pytest.mark.parametrize("login", ["swv", "gemeente", "lezer", "coordinator", "data", "beheer"])
def test_ac4_every_callback_answers_for_an_own_region(officer: As, login: str) -> None:
    person, own = officer(login), world.PEOPLE[login][0][1]

    for output in EVERY:
        path = f"/regio/{own}/indicatoren" + ("/ll-bao" if output in INDICATOR else "")
        assert person.ask(output, path).status_code == 200, output


@pytest.mark.parametrize("code", ["PO2402", "GM0995", "PO9999", "*", "null", "po2707", "NL01"])
@pytest.mark.parametrize("output", EVERY)
def test_ac4_every_callback_refuses_a_region_that_is_not_ones_own_with_the_same_words(
    officer: As, output: str, code: str
) -> None:
    answer = officer("swv").ask(
        output, f"/regio/{code}/indicatoren/ll-bao" if output in INDICATOR else f"/regio/{code}/indicatoren"
    )

    assert answer.status_code == 403
    assert answer.get_json()["fout"] == "U heeft geen toegang tot deze pagina of gegevens."
    assert "Lelystad" not in answer.text


@pytest.mark.parametrize(
    "path", [1, True, ["/regio/PO2707/overzicht"], {"a": 1}, "/regio/" + "A" * 10_000, "/"]
)
@pytest.mark.parametrize("output", [OVERVIEW, TABLE, *INDICATOR])
def test_s20_a_path_that_is_no_page_is_a_bad_request(officer: As, output: str, path: Any) -> None:
    person = officer("swv")

    answer = person.visitor.call(callback_body(person.app, output, {"shell-location.pathname": path}))

    assert answer.status_code == 400


@pytest.mark.parametrize("value", [1, 2025, True, ["alle"], {"a": 1}, "x" * 81])
def test_s56_a_filter_of_a_wrong_type_or_length_is_a_bad_request(officer: As, value: object) -> None:
    person = officer("swv")

    for name in ("thema", "zoek", "jaar", "niveau", "uitsplitsing"):
        assert person.ask(TABLE, "/regio/PO2707/indicatoren", **{name: value}).status_code == 400
    for name in ("jaar", "uitsplitsing", "niveau"):
        assert (
            person.ask(INDICATOR[4], "/regio/PO2707/indicatoren/ll-bao", **{name: value}).status_code == 400
        )


def _tellers(person: Officer) -> set[str]:
    """The callbacks that tell the figure of 2026, asked for with every choice that leads to it."""
    told = set()
    for output in EVERY:
        path, choices = "/regio/PO2707/indicatoren", {"jaar": CHOICES["jaar"]}
        if output in INDICATOR:
            path, choices = f"{path}/ll-bao", CHOICES
        answer = person.ask(output, path, **choices)
        assert answer.status_code == 200, output
        if tells_canary(answer.text):
            told.add(output)
    return told


def test_ac6_a_figure_that_is_not_published_is_in_no_answer(app: Dash, log_in: LogIn, db: Database) -> None:
    person = Officer(log_in("swv"), app)
    person.visitor.get("/regio/PO2707/overzicht")

    before = _tellers(person)
    publish_canary(db)
    after = _tellers(person)

    assert before == set()
    assert after >= {
        OVERVIEW,
        TABLE,
        *(f"indicator-{place}.children" for place in ("summary", "trend", "regions")),
    }


def test_every_place_of_a_page_has_its_callback(standing: Standing) -> None:
    places = {place for page in (ids.Overview, ids.IndicatorPage) for place in page}
    page = ids.IndicatorPage
    controls = {page.YEAR, page.BREAKDOWN, page.LEVEL, page.DIVISION}

    assert {f"{place}.children" for place in places - controls} <= set(standing.app.callback_map)


def test_a_page_asks_for_every_file_once_and_for_none_that_it_does_not_use(standing: Standing) -> None:
    """The log-in page links the same style sheets; a second address for one is a second download."""
    person = standing.person("swv")
    page = person.get("/regio/PO2707/overzicht").text
    linked = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"', page)
    before = re.findall(r'href="(/assets/[^"]+\.css[^"]*)"', person.get("/over").text)

    names = [address.partition("?")[0] for address in linked]
    assert len(names) == len(set(names))
    assert not [address for address in linked if "dash_table" in address or "polyfill" in address]
    assert {"/assets/10-app.css", "/assets/vendor/bootstrap.min.css"} <= set(names)
    assert {each for each in before if "20-pages" not in each} <= set(linked)
