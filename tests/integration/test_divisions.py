"""One figure in both divisions and through both lenses, as pages and downloads show it."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import Dash

from app.db import Database
from tests.databases import PostgresFactory, SqliteFactory
from tests.integration import world
from tests.integration.merged_world import CARE, SCHOOLS, SHARE, add_merger
from tests.integration.standing import Standing, standing_application
from tests.integration.visitor import PAGE, Visitor, callback_body
from tests.nodes import charts, find, table, text

LogIn = Callable[[str], Visitor]


def _fill(db: Database) -> None:
    world.fill(db)
    add_merger(db)


@pytest.fixture(scope="module")
def standing(
    shared_databases: SqliteFactory | PostgresFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """The application over the small world with a merger, a split gemeente and their figures."""
    with standing_application(shared_databases, tmp_path_factory.mktemp("merged"), _fill) as found:
        yield found


@pytest.fixture
def merged(standing: Standing) -> Dash:
    """That application."""
    return standing.app


@pytest.fixture
def enter(standing: Standing) -> LogIn:
    """A function that gives somebody who has logged in and opened their own page."""
    return standing.person


@pytest.fixture
def see(merged: Dash, enter: LogIn) -> Callable[..., Any]:
    """A function that shows one place of an indicator's page as somebody sees it."""

    def show(login: str, place: str, region: str, indicator: str, **filters: object) -> Any:
        values: dict[str, object] = {"shell-location.pathname": f"/regio/{region}/indicatoren/{indicator}"}
        values |= {f"indicator-{name}.value": value for name, value in filters.items()}
        output = f"indicator-{place}.children"
        response = enter(login).call(callback_body(merged, output, values))
        assert response.status_code == 200, response.text
        return response.get_json()["response"][f"indicator-{place}"]["children"]

    return show


@pytest.fixture
def download(enter: LogIn) -> Callable[..., list[dict[str, str]]]:
    """A function that gives the rows of an indicator's download."""

    def rows(login: str, region: str, indicator: str, query: str = "") -> list[dict[str, str]]:
        response = enter(login).get(f"/regio/{region}/indicatoren/{indicator}.csv?{query}")
        text = response.data.decode("utf-8-sig")
        return [
            row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";") if row["Regiocode"]
        ]

    return rows


See = Callable[..., Any]
ALL = {"uitsplitsing": "totaal"}


def test_the_trend_shows_amsterdam_with_weesp_unasked_and_without_it_on_request(see: See) -> None:
    now = table(see("lezer", "trend", "GM0363", CARE, **ALL))
    then = table(see("lezer", "trend", "GM0363", CARE, **ALL, indeling="toen"))

    assert [row[1] for row in now[1:]] == ["22.000", "21.920"]
    assert [row[1] for row in then[1:]] == ["22.000", "21.520"]
    assert [row[-1] for row in now[1:]] == ["definitief", "berekend, definitief"]
    assert [row[-1] for row in then[1:]] == ["definitief", "definitief"]


def test_the_summary_says_what_was_added_up(see: See) -> None:
    now = text(see("lezer", "summary", "GM0363", CARE, **ALL, jaar="2022"))
    then = text(see("lezer", "summary", "GM0363", CARE, **ALL, jaar="2022", indeling="toen"))

    assert "21.920" in now
    assert "omgerekend naar de gemeenten van nu uit Amsterdam en Weesp." in now
    assert "berekend" in now
    assert "21.520" in then
    assert "omgerekend" not in then


def test_all_gemeenten_of_an_older_year_are_those_of_now(see: See) -> None:
    now = table(see("beheer", "regions", "NL01", CARE, **ALL, jaar="2022", niveau="gemeente"))
    then = table(
        see("beheer", "regions", "NL01", CARE, **ALL, jaar="2022", niveau="gemeente", indeling="toen")
    )

    assert now[1][0:3] == ["Amsterdam", "1", "21.920"]
    assert now[1][-1] == "berekend"
    assert "Weesp" not in {row[0] for row in now}
    assert {row[0]: row[2] for row in then}["Weesp"] == "400"
    assert "Omrekening" not in then[0]


def test_the_list_of_an_swv_has_its_gemeenten_of_now_or_of_then(see: See) -> None:
    now = table(see("beheer", "regions", "PO2709", CARE, **ALL, jaar="2022", niveau="gemeente"))
    then = table(
        see("beheer", "regions", "PO2709", CARE, **ALL, jaar="2022", niveau="gemeente", indeling="toen")
    )

    assert {row[0] for row in now[1:]} == {"Amstelveen"}
    assert {row[0] for row in then[1:]} == {"Amstelveen", "Weesp"}


def test_a_percentage_without_counts_is_said_not_to_be_convertible(see: See) -> None:
    summary = text(see("lezer", "summary", "GM0363", SHARE, **ALL, jaar="2022"))
    rows = table(see("beheer", "regions", "NL01", SHARE, **ALL, jaar="2022", niveau="gemeente"))
    then = text(see("lezer", "summary", "GM0363", SHARE, **ALL, jaar="2022", indeling="toen"))

    assert "niet om te rekenen naar de gemeenten van nu: de bron geeft alleen percentages" in summary
    assert {row[0]: row[2] for row in rows}["Amsterdam"] == "niet om te rekenen: alleen percentages"
    assert {row[0]: row[2] for row in rows}["Diemen"] == "11,0%"
    assert "12,5%" in then


def test_the_bar_counts_the_gemeenten_of_the_chosen_division(see: See) -> None:
    now = text(see("lezer", "position", "GM0363", CARE, **ALL, jaar="2022"))
    then = text(see("lezer", "position", "GM0363", CARE, **ALL, jaar="2022", indeling="toen"))

    assert "Plaats 1 van de 3 gemeenten" in now
    assert "Plaats 1 van de 4 gemeenten" in then


def test_an_swv_opens_into_its_gemeenten_which_make_its_total(see: See) -> None:
    section = see("swv", "contributions", "PO2707", CARE, **ALL, jaar="2022")

    assert table(section)[1:] == [
        ["Amsterdam", "geheel", "21.520", "21.520", "96,8%"],
        ["Diemen", "geheel", "600", "600", "2,7%"],
        ["Amstelveen", "25%", "400", "100", "0,5%"],
        ["Totaal", "", "", "22.220", ""],
    ]
    assert "opgeteld uit gemeenten, deels geschat: minder dan 1% uit gesplitste gemeenten" in text(section)
    assert "tellen niet" not in text(section)


def test_a_hidden_part_stays_hidden_under_a_known_total(see: See) -> None:
    rows = table(see("swv", "contributions", "PO2707", CARE, **ALL, jaar="2023"))

    assert rows[2] == ["Diemen", "geheel", "minder dan 5", "minder dan 5", "–"]
    assert rows[-1] == ["Totaal", "", "", "22.101 – 22.104", ""]


def test_a_gemeente_opens_into_its_swvs(see: See) -> None:
    section = see("beheer", "contributions", "GM0362", CARE, **ALL, jaar="2022")

    assert table(section)[1:] == [
        ["Het Gooi", "75%", "400", "300", "75,0%"],
        ["Amsterdam en Diemen", "25%", "400", "100", "25,0%"],
        ["Totaal", "", "", "400", ""],
    ]


def test_a_converted_figure_opens_into_the_gemeenten_of_then(see: See) -> None:
    section = see("lezer", "contributions", "GM0363", CARE, **ALL, jaar="2022")

    assert table(section)[1:] == [
        ["Amsterdam", "geheel", "21.520", "21.520", "98,2%"],
        ["Weesp", "geheel", "400", "400", "1,8%"],
        ["Totaal", "", "", "21.920", ""],
    ]


def test_what_is_not_kept_of_schools_in_a_split_gemeente_is_said_and_not_derived(see: See) -> None:
    section = see("swv", "contributions", "PO2707", SCHOOLS, **ALL, jaar="2023")

    rows = {row[0]: row[1:] for row in table(section)}
    assert rows["Amsterdam"] == ["geheel", "700", "700", "77,3%"]
    assert rows["Amstelveen"] == ["25%", "400", "niet per gemeente bekend", "–"]
    assert "naar postcode van de school" in text(section)
    assert "Die bijdrage staat hier daarom niet." in text(section)
    assert "145" not in text(section)


def test_percentages_without_counts_have_no_contributions(see: See) -> None:
    section = see("lezer", "contributions", "GM0363", SHARE, **ALL, jaar="2022", indeling="toen")

    assert section is None


def test_parts_of_others_are_open_as_figures_but_not_as_pages(see: See) -> None:
    section = see("swv", "contributions", "PO2707", CARE, **ALL, jaar="2022")

    links = {link["props"]["href"] for link in find(section, "A")}
    assert "/regio/GM0384/indicatoren/jz-natura" in links
    assert not any("PO2402" in href for href in links)


@pytest.mark.parametrize("place", ["contributions", "trend", "regions"])
@pytest.mark.parametrize(
    ("login", "region"), [("gemeente", "PO2707"), ("lezer", "GM0457"), ("swv", "PO2709")]
)
@pytest.mark.parametrize("division", ["nu", "toen", "onzin"])
def test_ac4_a_region_of_others_is_refused_in_either_division(
    merged: Dash, enter: LogIn, place: str, login: str, region: str, division: str
) -> None:
    values: dict[str, object] = {
        "shell-location.pathname": f"/regio/{region}/indicatoren/{CARE}",
        "indicator-indeling.value": division,
    }

    answer = enter(login).call(callback_body(merged, f"indicator-{place}.children", values))

    assert answer.status_code == 403


def test_a_dissolved_gemeente_shows_its_own_figures(see: See) -> None:
    rows = table(see("beheer", "trend", "GM0457", CARE, **ALL, indeling="nu"))

    assert ["2022", "400"] in [row[:2] for row in rows]


def _controls(merged: Dash, person: Visitor, region: str, indicator: str, search: str = "") -> Any:
    values: dict[str, object] = {
        "shell-location.pathname": f"/regio/{region}/indicatoren/{indicator}",
        "shell-location.search": search,
    }
    body = person.call(callback_body(merged, PAGE, values)).get_json()["response"]["shell-body"]["children"]
    selects = {each["props"]["id"]: each["props"] for each in find(body, "Select")}
    return selects["indicator-indeling"], text(body)


def test_the_choice_of_division_follows_the_address(merged: Dash, enter: LogIn) -> None:
    person = enter("lezer")

    unasked, _ = _controls(merged, person, "GM0363", CARE)
    asked, _ = _controls(merged, person, "GM0363", CARE, "?indeling=toen")

    assert (unasked["value"], asked["value"]) == ("nu", "toen")
    assert [option["value"] for option in unasked["options"]] == ["nu", "toen"]
    assert "disabled" not in unasked


def test_where_the_source_has_one_division_the_choice_is_disabled_and_says_why(
    merged: Dash, enter: LogIn
) -> None:
    select, words = _controls(merged, enter("lezer"), "GM0363", SCHOOLS)
    gone, why = _controls(merged, enter("beheer"), "GM0457", CARE)

    assert (select["value"], select["disabled"]) == ("nu", True)
    assert "De bron geeft alle jaren in de gemeenten van 2026" in words
    assert (gone["value"], gone["disabled"]) == ("toen", True)
    assert "Deze gemeente is opgeheven" in why


@pytest.mark.parametrize("division", ["nu", "toen"])
def test_the_download_says_what_the_screen_says(see: See, download: Any, division: str) -> None:
    rows = download("lezer", "GM0363", CARE, f"jaar=2022&indeling={division}")
    series = table(see("lezer", "trend", "GM0363", CARE, **ALL, indeling=division))
    listed = table(
        see("lezer", "regions", "GM0363", CARE, **ALL, jaar="2022", niveau="gemeente", indeling=division)
    )

    figures = [row for row in rows if row["Soort regel"] == "cijfer" and row["Regiocode"] != "NL01"]
    own = {row["Periode"]: row["In woorden"] for row in figures if row["Regiocode"] == "GM0363"}
    beside = {row["Regio"]: row["In woorden"] for row in figures if row["Periode"] == "2022"}
    on_screen = {row[0].removesuffix(" (uw regio)"): row[2] for row in listed[1:]}
    assert {row[0]: row[1] for row in series[1:]} == own
    assert {name: words for name, words in on_screen.items() if words != "geen gegevens"} == beside
    assert {row["Indeling"] for row in rows} == {f"van {division}"}


def test_the_download_marks_what_was_computed(download: Any) -> None:
    rows = download("lezer", "GM0363", CARE, "jaar=2022")

    marked = {
        (row["Regiocode"], row["Periode"])
        for row in rows
        if row["Soort regel"] == "cijfer" and row["Omrekening"] == "berekend"
    }
    assert marked == {("GM0363", "2022")}


def test_the_download_holds_the_contributions_of_the_screen(download: Any) -> None:
    rows = download("swv", "PO2707", CARE, "jaar=2022")

    parts = [
        (row["Regio"], row["Teller laag"], row["Deel van de gemeente (%)"])
        for row in rows
        if row["Soort regel"].startswith("bijdrage")
    ]
    assert parts == [("Amsterdam", "21520", "100"), ("Diemen", "600", "100"), ("Amstelveen", "100", "25")]


def test_the_chart_draws_the_converted_figures(see: See) -> None:
    figure = charts(see("lezer", "trend", "GM0363", CARE, **ALL))[0]

    own = next(line for line in figure["data"] if line["name"] == "Uw regio")
    assert own["y"] == pytest.approx([100, 100 * 22_000 / 21_920])
