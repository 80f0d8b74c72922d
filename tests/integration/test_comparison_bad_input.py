"""What nobody should ask of the comparison gets words: no fault, no wrong number, nothing of others."""

from typing import Any

import pytest

from app.looks import Look
from tests.integration.canary import tells
from tests.integration.comparing import LOOKS, Compared, bytes_of
from tests.integration.own_files import CANARY
from tests.nodes import charts, find, table, text

SBO = "deel-sbo-pct"
OTHER_GROUP, OTHER_FIGURE = "Kies een andere groep", "Kies een ander cijfer"
CELL_LOOKS = [look for look in LOOKS if look not in (Look.PROFILE, Look.TABLE)]
BESIDE_LOOKS = (Look.TREND, Look.CLAIM)
GROUP_LOOKS = (Look.PROFILE, Look.TABLE, Look.RANKING, Look.FUNNEL)

NO_WEIGHT = "Een gewicht is een heel getal van 0"
LIKE_OWN = (Look.PROFILE, Look.RANKING, Look.FUNNEL)
PERIOD_LOOKS = (Look.RANKING, Look.HOLD)

REFUSED = {
    "a group that does not exist": (GROUP_LOOKS, {"groep": "onzin"}, OTHER_GROUP),
    "a group of nobody": (GROUP_LOOKS, {"groep": "eigen-1"}, OTHER_GROUP),
    "a group by an endless number": (GROUP_LOOKS, {"groep": f"eigen-{'9' * 20}"}, OTHER_GROUP),
    "an SWV that does not exist": (GROUP_LOOKS, {"groep": "swv-PO9999"}, OTHER_GROUP),
    "the own SWV as a group": (GROUP_LOOKS, {"groep": "swv-PO2707"}, OTHER_GROUP),
    "a piece of SQL": (GROUP_LOOKS, {"groep": "' OR 1=1 --"}, OTHER_GROUP),
    "a group of gemeenten": (LIKE_OWN, {"groep": "gemeenten"}, "andere groep"),
    "the own past as a group": (LIKE_OWN, {"groep": "verleden"}, "andere groep"),
    "the own region beside itself": (BESIDE_LOOKS, {"naast1": "PO2707"}, "Dit is uw eigen regio"),
    "a region of another kind beside": (BESIDE_LOOKS, {"naast1": "GM0034"}, OTHER_GROUP),
    "a region that does not exist beside": (BESIDE_LOOKS, {"naast1": "PO9999"}, OTHER_GROUP),
    "a national SWV beside": (BESIDE_LOOKS, {"naast1": "PO0001"}, OTHER_GROUP),
    "gemeenten beside an SWV": (BESIDE_LOOKS, {"naast1": "gemeenten"}, "andere groep"),
    "a star beside": (BESIDE_LOOKS, {"naast1": "*"}, OTHER_GROUP),
    "an indicator that does not exist": (CELL_LOOKS, {"cijfer": "bestaat-niet"}, OTHER_FIGURE),
    "an indicator without figures": (CELL_LOOKS, {"cijfer": "tlv-so-1000"}, OTHER_FIGURE),
    "an indicator of gemeenten only": (CELL_LOOKS, {"cijfer": "jh-pct"}, OTHER_FIGURE),
    "a period that does not exist": (PERIOD_LOOKS, {"cijfer": SBO, "jaar": "1999"}, "andere periode"),
    "a period that is none": (PERIOD_LOOKS, {"cijfer": SBO, "jaar": "*"}, "andere periode"),
    "a breakdown that does not exist": (
        (Look.RANKING, Look.TREND),
        {"cijfer": SBO, "uitsplitsing": "leeftijd:0-4"},
        "andere uitsplitsing",
    ),
    "a chapter that does not exist": (GROUP_LOOKS[:2], {"hoofdstuk": "Toverij"}, "ander hoofdstuk"),
    "weights of zero": ((Look.SIMILAR,), {"gewichten": "0-0-0-0-0-0-0"}, "Alle kenmerken staan op 0"),
    "a negative weight": ((Look.SIMILAR,), {"gewichten": "-1-1-1-1-1-1-1"}, NO_WEIGHT),
    "a weight that is too large": ((Look.SIMILAR,), {"gewichten": "1-1-1-1-1-1-9"}, NO_WEIGHT),
    "too few weights": ((Look.SIMILAR,), {"gewichten": "1-1"}, NO_WEIGHT),
    "too many weights": ((Look.SIMILAR,), {"gewichten": "-".join("1" * 40)}, NO_WEIGHT),
    "letters for weights": ((Look.SIMILAR,), {"gewichten": "a-b-c-d-e-f-g"}, NO_WEIGHT),
    "a square for a weight": ((Look.SIMILAR,), {"gewichten": "²-1-1-1-1-1-1"}, NO_WEIGHT),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_choice_that_cannot_be_gives_words_and_no_figures(compared: Compared, case: str) -> None:
    looks, choices, words = REFUSED[case]

    for look in looks:
        shown = compared.view(look, "PO2707", **choices)
        assert words in text(shown), look
        assert find(shown, "Table") == charts(shown) == []
        assert "%" not in text(shown)
        assert compared.file(look, "csv", "PO2707", **choices).status_code == 404


@pytest.mark.parametrize("query", [f"groep={'x' * 10_240}", "x=" + "%C3%A9" * 900])
def test_an_endless_address_is_refused_in_words(compared: Compared, query: str) -> None:
    answer = compared.person().get(f"/regio/PO2707/vergelijken/profiel.csv?{query}")

    assert answer.status_code == 400
    assert "kan niet worden gelezen" in answer.text


@pytest.mark.parametrize("value", [[], ["provincie"], {}, {"groep": "provincie"}, 1, 1.5, True, "x" * 10_240])
@pytest.mark.parametrize(
    "name", ["groep", "hoofdstuk", "cijfer", "jaar", "uitsplitsing", "naast1", "gewichten"]
)
def test_s20_a_choice_that_is_no_short_text_is_refused(compared: Compared, name: str, value: Any) -> None:
    answers = [compared.answer(look, "PO2707", **{name: value}) for look in (Look.PROFILE, Look.TREND)]

    assert {each.status_code for each in answers} == {400}
    assert "Amsterdam" not in answers[0].text


def test_a_group_of_one_is_no_benchmark_and_no_line(compared: Compared) -> None:
    """Diemen is the only other gemeente in the SWV of Amsterdam."""
    asked = {"cijfer": SBO, "groep": "swv-PO2707"}
    small = "In deze groep is naast uw regio maar één andere regio"

    assert small in compared.words(Look.PROFILE, "GM0363", **asked)
    assert small in compared.words(Look.CLAIM, "GM0363", cijfer=SBO, naast1="swv-PO2707")
    trend = compared.view(Look.TREND, "GM0363", cijfer=SBO, naast1="swv-PO2707")
    assert small in text(trend)
    assert [trace["name"] for trace in charts(trend)[0]["data"]] == ["Uw regio"]
    assert "De groep:" not in compared.words(Look.RANKING, "GM0363", **asked)


def test_a_group_of_none_says_that_its_division_is_not_loaded(compared: Compared) -> None:
    words = "De indeling in jeugdregio’s is nog niet geladen."

    assert words in compared.words(Look.PROFILE, "PO2707", groep="jeugdregio")
    assert words in compared.words(Look.TABLE, "PO2707", groep="jeugdregio")
    assert words in compared.words(Look.CLAIM, "PO2707", cijfer=SBO, naast1="jeugdregio")


def test_a_breakdown_that_part_of_the_group_lacks_is_counted_and_not_filled_in(compared: Compared) -> None:
    category = "verwijzer:jeugdarts"
    rows = compared.counts("jz-trajecten", "2022", "gemeente", category)
    known = {code for code, row in rows.items() if row[0] is not None}
    asked = {"cijfer": "jz-trajecten", "uitsplitsing": category, "jaar": "2022"}

    shown = compared.view(Look.RANKING, "GM0034", **asked)

    assert 0 < len(known) < len(rows)
    ranked = [cells for cells in table(shown)[1:] if cells[1]]
    assert 0 < len(ranked) <= len(known)
    assert "Zonder cijfer dat een plaats geeft" in text(shown)
    assert all(cells[2] != "0" or 0 in {row[0] for row in rows.values()} for cells in ranked)


def test_a_hidden_cell_is_words_in_a_table_and_nothing_in_a_chart(compared: Compared) -> None:
    """Velsen had one to four pupils in vso in 2025."""
    assert compared.counts("ll-vso", "2025", "gemeente")["GM0453"][:2] == (1, 4)

    ranking = compared.view(Look.RANKING, "GM0363", cijfer="ll-vso", jaar="2025")
    own = compared.words(Look.CLAIM, "GM0453", cijfer="ll-vso", jaar="2025", naast1="GM0363")
    beside = table(compared.view(Look.TREND, "GM0363", cijfer="ll-vso", naast1="GM0453"))

    assert "Velsen" not in {cells[0] for cells in table(ranking)}
    assert not any("Velsen" in each for trace in charts(ranking)[0]["data"] for each in trace["hovertext"])
    assert "minder dan 5" in own
    assert [cells[2] for cells in beside if cells[0].startswith("1 oktober 2025")] == ["minder dan 5"]


def test_a_dissolved_gemeente_says_so_on_every_view(compared: Compared) -> None:
    answers = {compared.words(look, "GM0457") for look in LOOKS}

    assert len(answers) == 1
    assert answers.pop().startswith("Weesp is opgeheven op 24 maart 2022.")
    assert "is opgeheven" in text(compared.page(Look.RANKING, "GM0457"))
    assert compared.file(Look.RANKING, "csv", "GM0457").status_code == 404


@pytest.mark.parametrize(
    ("look", "query", "skipped"),
    [
        (Look.SIMILAR, "gewichten=9-9", "“9-9”"),
        (Look.PROFILE, "groep=gemeenten", "“gemeenten”"),
        (Look.PROFILE, "groep=eigen-1&hoofdstuk=Toverij", "“Toverij”"),
        (Look.TREND, "naast1=PO2707&naast2=%3Cscript%3E", "“<script>”"),
        (Look.RANKING, "cijfer=jh-pct&jaar=1999", "“jh-pct”"),
    ],
)
def test_a_page_tells_what_its_address_asks_in_vain(
    compared: Compared, look: Look, query: str, skipped: str
) -> None:
    page = compared.page(look, "PO2707", query)

    assert f"{skipped} is hier niet beschikbaar; die keuze is overgeslagen." in text(page)
    assert all(each["props"]["value"] for each in find(page, "Select"))


def test_weights_of_zero_can_be_changed_on_the_page_that_refuses_them(compared: Compared) -> None:
    page = compared.page(Look.SIMILAR, "PO2707", "gewichten=0-0-0-0-0-0-0")

    values = {each["props"]["id"]: each["props"]["value"] for each in find(page, "Select")}
    assert values["comparison-gewicht-grootte"] == "0"
    assert "overgeslagen" not in text(page)


@pytest.mark.parametrize(
    ("login", "region"),
    [("swv", "PO2707"), ("gemeente", "GM0034"), ("gemeente", "PO2401"), ("beheer", "PO2401")],
)
def test_ac6_own_figures_of_a_region_reach_no_view_or_download(
    compared: Compared, login: str, region: str
) -> None:
    """Whoever compares sees national figures only, also of a region whose own figures they may not read."""
    choices = {"groep": "provincie"} | ({"naast1": "PO2401"} if region == "PO2707" else {})
    answers = [compared.answer(look, region, login, **choices) for look in LOOKS]
    answers += [
        compared.file(look, end, region, login, **choices) for look in LOOKS for end in ("csv", "xlsx")
    ]
    answers += [compared.answer(look, region, login, cijfer="tlv-so-1000") for look in LOOKS]

    told = [each.request.path for each in answers if _tells(bytes_of(each))]

    assert {each.status_code for each in answers} <= {200, 404}
    assert told == []


def test_ac6_the_owner_of_those_figures_does_see_them_elsewhere(compared: Compared) -> None:
    answer = compared.person("almere").get("/regio/PO2401/eigen-cijfers.csv")

    assert _tells(answer.data)


def _tells(content: bytes) -> bool:
    return tells(content.decode(errors="replace"), CANARY)
