"""Every view of the comparison answers for every kind of region, with figures or with words."""

import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from app.looks import NAMES, Look
from tests.integration.comparing import LOOKS, Compared
from tests.integration.visitor import Visitor
from tests.nodes import charts, find, table, text

REGIONS = ("PO2707", "VO2708", "GM0034", "PV27", "NL01")
WITHOUT_FILE = {
    "PO2707": set(),
    "VO2708": {Look.TREND},  # one year only
    "GM0034": {Look.FUNNEL},  # pupils count where their school stands: no funnel
    "PV27": {Look.PARTS, Look.PROFILE, Look.TABLE, Look.FUNNEL, Look.SIMILAR},  # counts only
    "NL01": set(Look),
}
"""Where a view has words only."""


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("look", LOOKS)
def test_a_view_answers_with_words_for_every_kind_of_region(
    compared: Compared, region: str, look: Look
) -> None:
    answer = compared.answer(look, region)
    page = compared.page(look, region)

    parts = answer.get_json()["response"]
    words = text(parts["comparison-content"]["children"])
    assert len(words) > 40
    assert parts["comparison-said"]["children"]
    assert NAMES[look] in text(parts["comparison-looks"]["children"])
    assert NAMES[look] in text(page) or region == "NL01"
    assert not re.search(r"None|nan|\binf\b|\{\w*\}|Decimal", words)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("look", LOOKS)
def test_a_view_with_a_table_has_it_as_csv_and_workbook(compared: Compared, region: str, look: Look) -> None:
    csv_file, workbook = (compared.file(look, ending, region) for ending in ("csv", "xlsx"))

    expected = 404 if look in WITHOUT_FILE[region] else 200
    assert (csv_file.status_code, workbook.status_code) == (expected, expected)
    assert expected == 200 or not csv_file.data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("region", ["PO2707", "GM0034"])
@pytest.mark.parametrize("look", [look for look in LOOKS if look not in (Look.PARTS, Look.MAP)])
def test_the_csv_is_the_table_on_the_page(compared: Compared, region: str, look: Look) -> None:
    figure = "eenouder-alle-hh-pct" if look is Look.FUNNEL else "deel-sbo-pct"
    chosen = {"cijfer": figure, "groep": "grootte" if look is Look.TABLE else ""}
    view = compared.view(look, region, **chosen)

    content = compared.file(look, "csv", region, **chosen).data.decode("utf-8-sig")

    lines = _lines(content)
    rows = lines[: lines.index([])]
    screen = table(view) if find(view, "Table") else None
    if screen is None:  # a sentence and its reasons
        assert all(line[1] in text(view) for line in rows[1:])
        return
    assert len(rows) == len(screen)
    assert [
        pair
        for one, other in zip(rows, screen, strict=True)
        for pair in zip(one, other, strict=True)
        if not _same(*pair)
    ] == []
    notes = " ".join(line[0] for line in lines[len(rows) + 1 :])
    assert "Bron: " in notes or "Gegevensversie" in notes


def _lines(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))


@pytest.mark.parametrize("region", ["PO2707", "GM0034"])
def test_the_csv_of_a_map_has_its_regions_values_and_classes(compared: Compared, region: str) -> None:
    """It has the margins and verdicts of the ranking beside them."""
    screen = table(compared.view(Look.MAP, region, cijfer="deel-sbo-pct"))

    lines = _lines(compared.file(Look.MAP, "csv", region, cijfer="deel-sbo-pct").data.decode("utf-8-sig"))

    rows = {line[0]: (line[2], line[-1]) for line in lines[1 : lines.index([])]}
    shown = {
        name.removesuffix(" (uw regio)"): (value, words)
        for name, value, words in screen[1:]
        if words.startswith("klasse")
    }
    assert set(shown) <= set(rows)
    assert len(shown) >= 76
    assert [name for name in shown if not all(map(_same, rows[name], shown[name]))] == []


def _same(field: str, words: str) -> bool:
    """Whether a field is what the page says: the same words, or the number that they round."""
    plain = re.sub(r" \((laag|hoog)ste vijfde\)$", "", words).removeprefix("'")
    if field.removeprefix("'").split() == plain.split():
        return True
    number = re.match(r"\d[\d.]*(,\d+)?", plain)
    if number is None or not re.fullmatch(r"\d+(,\d+)?", field):
        return False
    decimals = len((number[1] or ",")[1:])
    shown = float(number[0].replace(".", "").replace(",", "."))
    return abs(shown - float(field.replace(",", "."))) <= 0.5 * 10**-decimals + 1e-4


@pytest.mark.parametrize("look", [look for look in LOOKS if look is not Look.PARTS])
def test_a_workbook_opens_with_its_table_on_a_sheet_of_its_own(compared: Compared, look: Look) -> None:
    content = compared.file(look, "xlsx", "PO2707", cijfer="deel-sbo-pct", groep="provincie").data

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))

    about, sheet = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert len(book.sheet_names) == 2
    facts = {str(row[0]): row[1] for row in about}
    assert facts["Regio"] == "SWV PO 27-07 Amsterdam en Diemen (PO2707)"
    assert facts["Weergave"] == NAMES[look]
    assert facts["Gekozen: vergelijk met"] == "provincie"
    assert facts["Gegevensversie"] in ("1", 1.0)
    assert all(sheet[0])
    assert len(sheet) > 1


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_ac6_downloads_of_another_region_are_refused_and_strangers_get_none(
    compared: Compared, look: Look, ending: str
) -> None:
    stranger = Visitor(compared.app)

    answers = [
        compared.file(look, ending, code, "swv") for code in ("PO2401", "GM0034", "PO9999", "*", "NL01")
    ]
    anonymous = stranger.get(f"/regio/PO2707/vergelijken/{look}.{ending}")

    assert {each.status_code for each in answers} == {403}
    assert not any("Almere" in each.text for each in answers)
    assert anonymous.status_code in {302, 401}


def test_a_view_that_does_not_exist_is_not_found(compared: Compared) -> None:
    assert compared.person().get("/regio/PO2707/vergelijken/onzin.csv").status_code == 404
    assert compared.answer("onzin", "PO2707").status_code == 400


@pytest.mark.parametrize("region", ["PO2707", "GM0034"])
def test_charts_of_real_figures_draw_every_region_and_only_within_bounds(
    compared: Compared, region: str
) -> None:
    (ranking,) = charts(compared.view(Look.RANKING, region, cijfer="bev-0-25-pct"))
    (funnel,) = charts(compared.view(Look.FUNNEL, region, cijfer="bev-0-25-pct"))

    ranked = [value for trace in ranking["data"] for value in trace["x"]]
    assert len(ranked) == {"PO2707": 76, "GM0034": 342}[region]
    assert sum(len(trace["x"]) for trace in funnel["data"][4:]) == len(ranked)
    assert all(0 <= value <= 100 for value in ranked)
    assert sum(trace["marker"]["symbol"] == "square" for trace in ranking["data"]) == 1
