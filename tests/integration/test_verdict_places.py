"""The verdict in small: on an indicator's own page, and what is striking on the overview."""

import pytest

from app.looks import NAMES
from callbacks.indicator_verdict import FURTHER
from tests.integration.comparing import Compared, row
from tests.nodes import find, table, text

VERDICT, OVERVIEW = "indicator-verdict.children", "overview-content.children"


def test_an_indicators_page_tells_whether_its_verdict_holds_and_how_to_look_further(
    compared: Compared,
) -> None:
    path = "/regio/VO2708/indicatoren/vsv-vo-pct"

    shown = compared.place(VERDICT, path, **{"indicator-jaar.value": "2015"})

    assert [cells[0] for cells in table(shown)[1:]][:2] == ["Nederland", "Vergelijkbare regio’s"]
    assert "duidelijk hoger" in row(shown, "Nederland")["Oordeel"]
    links = {text(each): each["props"]["href"] for each in find(find(shown, "Nav"), "A")}
    assert list(links) == [NAMES[look] for look in FURTHER]
    assert links["Rangorde"] == "/regio/VO2708/vergelijken/rangorde?cijfer=vsv-vo-pct&jaar=2015"


def test_a_link_to_look_further_asks_for_what_is_there(compared: Compared) -> None:
    """The page names its year, also where that is the last one."""
    page = compared.page("rangorde", "VO2708", "cijfer=vsv-vo-pct&jaar=2015")

    chosen = {each["props"]["id"]: each["props"]["value"] for each in find(page, "Select")}
    assert (chosen["comparison-cijfer"], chosen["comparison-jaar"]) == ("vsv-vo-pct", "2015")
    assert "overgeslagen" not in text(page)


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("/regio/PO2707/indicatoren/ll-bao", "2025"),  # a count has no verdict
        ("/regio/PO2707/indicatoren/jh-pct", "2022"),  # of gemeenten only
        ("/regio/PO2707/indicatoren/deel-sbo-pct", "1999"),
        ("/regio/PO2707/indicatoren/bestaat-niet", ""),
        ("/regio/PV27/indicatoren/bev-tot", "2026"),
        ("/regio/NL01/indicatoren/deel-sbo-pct", "2025"),
        ("/regio/GM0457/indicatoren/deel-sbo-pct", "2021"),  # Weesp, dissolved in 2022
    ],
)
def test_where_there_is_no_verdict_nothing_stands_in_its_place(
    compared: Compared, path: str, year: str
) -> None:
    assert compared.place(VERDICT, path, **{"indicator-jaar.value": year}) is None


def test_the_overview_lists_only_what_lies_outside_the_widened_funnel(compared: Compared) -> None:
    amsterdam, almere = (
        text(compared.place(OVERVIEW, f"/regio/{code}/overzicht")) for code in ("VO2708", "VO2401")
    )

    assert "Wat valt op Voortijdig schoolverlaters vo" in amsterdam
    assert "Wat valt op Aandeel eenouderhuishoudens" in almere
    for words in (amsterdam, almere):
        assert "Dat is op zichzelf niet goed of slecht" in words
        assert "toeval zijn" not in words.split("Stand van zaken")[0]


def test_an_overview_without_a_striking_figure_says_so_and_a_province_has_no_verdicts(
    compared: Compared,
) -> None:
    plain = text(compared.place(OVERVIEW, "/regio/PO2707/overzicht"))
    province = text(compared.place(OVERVIEW, "/regio/PV27/overzicht"))

    assert "Wat valt op Niets. Getoetst: 3 cijfers." in plain
    assert "▼ duidelijk lager dan Nederland" in plain
    assert "Wat valt op" not in province
