"""Building blocks: plain dictionaries that a screen reader and a keyboard can use."""

from pathlib import Path

import dash_bootstrap_components as dbc
import orjson
import pytest

from app.sentences import STATE_SENTENCES, State
from layouts.components import (
    Cell,
    Column,
    ImageText,
    bars,
    chart,
    copyable,
    downloads,
    figure_card,
    image,
    invented,
    notices,
    pills,
    row,
    search,
    select,
    state,
    table,
)
from layouts.figures import AxisFormat, trend
from layouts.formatting import Badge
from tests.nodes import find, text, walk

SCRIPT = Path(__file__).parents[3] / "assets" / "40-app.js"


def test_a_table_has_a_caption_scopes_and_a_box_that_the_keyboard_reaches() -> None:
    rows = [row("Almere", [Cell("12", "r"), Cell("x")], style="own")]

    made = table("Leerlingen", [Column("Regio"), Column("Aantal", "r")], rows, name="Tabel: leerlingen")

    box = find(made, "Div")[0]["props"]
    assert (box["role"], box["aria-label"], box["tabIndex"]) == ("region", "Tabel: leerlingen", 0)
    assert text(find(made, "Caption")) == "Leerlingen"
    assert [heading["props"]["scope"] for heading in find(made, "Th")] == ["col", "col", "row"]


@pytest.mark.parametrize("kind", State)
def test_every_state_is_worded_and_only_trouble_is_announced_at_once(kind: State) -> None:
    made = state(kind)

    assert text(made) == STATE_SENTENCES[kind]
    assert (made["props"].get("role") == "alert") == (kind in (State.REFUSED, State.FAILED))


def test_every_chart_is_without_mode_bar_and_without_a_way_to_an_outside_service() -> None:
    made = chart(trend([], [], [], AxisFormat("")), name="Verloop")

    config = find(made, "Graph")[0]["props"]["config"]
    assert config["displayModeBar"] is False
    assert config["showSendToCloud"] is False
    assert (made["props"]["role"], made["props"]["aria-label"]) == ("img", "Verloop")


def test_every_control_has_a_label_of_its_own() -> None:
    for made in (select("a-jaar", "Jaar", [("2025", "2025")], "2025"), search("a-zoek", "Zoek", "")):
        label = find(made, "Label")[0]["props"]

        assert label["htmlFor"] in {element["props"].get("id") for element in walk(made)}


def test_controls_carry_the_namespace_that_the_page_knows() -> None:
    made = select("a-jaar", "Jaar", [("2025", "2025")], "2025")

    assert find(made, "Select")[0]["namespace"] == dbc.Select().to_plotly_json()["namespace"]


def test_components_are_plain_enough_to_be_written_without_looking_into_them() -> None:
    made = [pills([Badge("warn", "voorlopig")]), image("<svg/>", ""), notices(["Let op"]), state(State.EMPTY)]

    assert orjson.loads(orjson.dumps(made)) == made


def test_what_has_nothing_to_say_is_left_out() -> None:
    assert notices([]) is None


def test_a_drawing_is_an_image_of_our_own_page() -> None:
    source = image('<svg fill="#12436d"/>', "Verloop")["props"]

    assert source["src"] == "data:image/svg+xml,%3Csvg fill=%22%2312436d%22/%3E"
    assert source["alt"] == "Verloop"


def test_bars_are_a_part_of_the_longest_and_float_for_bounds() -> None:
    made = bars(((10, 10), ""), ((5, 15), "country"), (None, ""), top=20)

    styles = [bar["props"]["style"] for bar in made["props"]["children"]]
    assert styles == [{"width": "50.0%"}, {"marginLeft": "25.0%", "width": "50.0%"}]


def test_bars_of_nothing_are_empty() -> None:
    assert bars(((0, 0), ""), top=0)["props"]["children"] == []


def test_our_script_draws_the_component_that_tables_are_sent_as() -> None:
    made = table("a", [Column("b")], [], name="c")

    assert (made["namespace"], made["type"]) == ("dashboard", "Still")
    assert "window.dashboard = { Still: Still };" in SCRIPT.read_text(encoding="utf-8")


def test_a_chart_that_can_be_saved_carries_what_its_image_says() -> None:
    image_text = ImageText(
        "Bron: DUO", "76 regio’s", region="Almere", name="GM0034 sbo", title="Almere daalt"
    )

    made = figure_card("Uw regio daalt", "Van 3 naar 2.", "grafiek", image=image_text)

    told = {key: words for key, words in find(made, "Figure")[0]["props"].items() if "data-image" in key}
    assert told == {
        "data-image-title": "Almere daalt",
        "data-image-summary": "Van 3 naar 2.",
        "data-image-source": "Bron: DUO",
        "data-image-counted": "76 regio’s",
        "data-image-date": "",
        "data-image-region": "Almere",
        "data-image-name": "GM0034 sbo",
        "data-image-product": "Dashboard passend onderwijs",
    }
    buttons = [each["props"] for each in find(made, "Button")]
    assert [(each["type"], each["data-save-image"]) for each in buttons] == [
        ("button", "png"),
        ("button", "svg"),
    ]
    assert find(made, "Span")[-1]["props"]["role"] == "status"


def test_a_chart_without_text_for_an_image_has_no_buttons() -> None:
    assert find(figure_card("Titel", "Samenvatting", "grafiek"), "Button") == []


def test_a_copied_sentence_ends_with_its_source_in_brackets() -> None:
    made = copyable("Het is 2%.", source="bron: DUO, 1 oktober 2025")

    button = find(made, "Button")[0]["props"]
    assert text(find(made, "P")) == "Het is 2%."
    assert (button["type"], button["children"]) == ("button", "Kopieer deze zin")
    assert button["data-copy"] == "Het is 2%. (bron: DUO, 1 oktober 2025)"
    assert find(made, "Span")[0]["props"]["role"] == "status"


def test_a_table_is_offered_as_csv_and_as_workbook_of_the_same_choice() -> None:
    made = downloads("/regio/GM0034/indicatoren.csv?jaar=2024")

    links = [each["props"] for each in find(made, "A")]
    assert [(each["href"], each["aria-label"]) for each in links] == [
        ("/regio/GM0034/indicatoren.csv?jaar=2024", "Download deze tabel: csv"),
        ("/regio/GM0034/indicatoren.xlsx?jaar=2024", "Download deze tabel: Excel"),
    ]
    assert downloads("") is None


def test_what_is_invented_says_so_and_a_real_round_says_nothing() -> None:
    made = invented(is_demo=True)

    assert made is not None
    assert text(made) == (
        "Verzonnen antwoorden om het dashboard te laten zien. Ze zeggen niets over een echte regio."
    )
    assert invented(is_demo=False) is None
