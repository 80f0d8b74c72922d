"""Maps: what is drawn also stands in the table, what has no class says why, and little is sent."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from app.indicators import Direction, Figure, Indicator
from app.regions import NETHERLANDS
from layouts import maps
from layouts.map_figures import DARK, LOOKS, SHADES
from tests.example_figures import COUNT, PERCENT, SWV, at_least, count, finished, hidden, part
from tests.example_maps import GEMEENTEN, OUTLINES, PO, all_of, gemeenten, group
from tests.nodes import charts, find, table, text

WHITE = "#ffffff"


def drawn(node: Any) -> list[str]:
    """The words of every region on the map with tiles."""
    hovers = [words for bars in charts(node)[0]["data"] for words in bars["hovertext"]]
    return [words.split("<b>")[1].split("</b>")[0] for words in hovers if "<b>" in words]


def bars(node: Any, colour: str) -> list[dict[str, Any]]:
    return [each for each in charts(node)[0]["data"] if each["marker"]["color"] == colour]


SECTIONS = {
    "swv po": maps.section(group(all_of(PO)), PO),
    "gemeenten": maps.section(gemeenten(), GEMEENTEN, outlines=OUTLINES),
    "swv po with outlines": maps.section(group(all_of(PO)), PO, outlines=OUTLINES),
    "of the country": maps.section(group(all_of(PO), region=NETHERLANDS), PO, outlines=OUTLINES),
    "bounds, hidden, open": maps.section(
        group(
            {
                **all_of(PO),
                "PO2707": part(4, 1000, 40),
                "PO2001": hidden(region="PO2001"),
                "PO2101": at_least(3, region="PO2101"),
            }
        ),
        PO,
    ),
    "small": maps.small(gemeenten(), GEMEENTEN, href="/kaart"),
}


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_a_map_is_a_valid_figure_of_plotly_and_plain_json(section: Any) -> None:
    for chart in charts(section):
        go.Figure(chart)

        assert json.loads(json.dumps(chart)) == chart
        assert chart["layout"]["dragmode"] is False
        assert chart["layout"]["yaxis"]["scaleanchor"] == "x"


@pytest.mark.parametrize("name", ["swv po", "gemeenten", "bounds, hidden, open"])
def test_a03_every_value_on_the_map_also_stands_in_its_table(name: str) -> None:
    section = SECTIONS[name]

    cells = {cell for row in table(section) for cell in row}
    assert len(drawn(section)) == len(table(section)) - 1
    assert set(drawn(section)) <= cells


def test_the_table_has_the_highest_first_with_the_class_of_each() -> None:
    rows = table(SECTIONS["swv po"])

    # 76 regions from 0,0% to 7,5%: the quintiles are at 1.5, 3.0, 4.5 and 6.0
    assert rows[0] == ["Samenwerkingsverband primair onderwijs", "Waarde", "Klasse"]
    assert rows[1] == ["Regio PO3106", "7,5%", "klasse 5 van 5"]
    assert rows[-1] == ["Regio PO2001", "0,0%", "klasse 1 van 5"]


def test_the_legend_says_every_class_in_words_with_its_number_of_regions() -> None:
    items = [text(each) for each in find(SECTIONS["swv po"], "Li")]

    assert items == [
        "klasse 1: 0,0% tot en met 1,5% (16 regio’s)",
        "klasse 2: 1,6% tot en met 3,0% (15 regio’s)",
        "klasse 3: 3,1% tot en met 4,5% (15 regio’s)",
        "klasse 4: 4,6% tot en met 6,0% (15 regio’s)",
        "klasse 5: 6,1% tot en met 7,5% (15 regio’s)",
        "dikke rand: uw regio",
    ]


def test_title_and_sentences_tell_of_the_own_region() -> None:
    section = SECTIONS["swv po"]

    # PO2707 is the 35th of 76 by code: 3,4%
    assert text(find(section, "Figcaption")) == "Deelname sbo: uw regio valt in klasse 3 van 5"
    assert "Uw regio: 3,4%. In deze klasse: 3,1% tot en met 4,5%." in text(section)
    assert "Lichtste klasse: 0,0% tot en met 1,5%; donkerste klasse: 6,1% tot en met 7,5%." in text(section)


def test_the_ends_are_named_in_the_title() -> None:
    highest = group({**all_of(PO), SWV.code: part(900, 1000)})

    assert "klasse 5 van 5, de hoogste" in text(find(maps.section(highest, PO), "Figcaption"))


def test_the_own_tile_has_a_frame_and_a_label_with_its_value() -> None:
    layout = charts(SECTIONS["swv po"])[0]["layout"]
    column, row = PO["PO2707"]

    leader, halo, frame = layout["shapes"]
    assert (frame["x0"], frame["x1"], frame["y1"]) == (column - 0.5, column + 0.5, 0.5 - row)
    assert (halo["line"]["color"], frame["line"]["color"]) == (WHITE, DARK)
    assert leader["x0"] == leader["x1"] == column - 0.5
    assert [label["text"] for label in layout["annotations"]] == ["<b>Uw regio<br>3,4%</b>"]


def test_the_country_has_no_own_tile_and_no_class() -> None:
    section = SECTIONS["of the country"]

    assert charts(section)[0]["layout"]["shapes"] == []
    assert "per samenwerkingsverband primair onderwijs" in text(find(section, "Figcaption")[0])
    assert "dikke rand" not in text(section)


@pytest.mark.parametrize(
    ("figure", "look", "words"),
    [
        (hidden(region="PO2001"), "hidden", "door de bron verborgen"),
        (finished(None, region="PO2001"), "missing", "geen gegevens"),
        (at_least(3, region="PO2001"), "open", "alleen een laagste waarde bekend"),
    ],
)
def test_what_has_no_class_says_why_in_words_and_by_hatching(figure: Figure, look: str, words: str) -> None:
    figures = {
        **{code: count(number, region=code) for number, code in enumerate(sorted(PO))},
        "PO2001": figure,
    }
    section = maps.section(group(figures, indicator=COUNT), PO)

    (trace,) = [each for each in charts(section)[0]["data"] if f"<br>{words}" in str(each["hovertext"])]
    (row,) = [row for row in table(section) if row[0] == "Regio PO2001"]
    assert trace["marker"]["pattern"]["shape"] == LOOKS[look].hatching
    assert trace["x"] == [PO["PO2001"][0]]
    assert row[2] == words
    assert f"{words} (1 regio)" in text(section)


def test_a_hidden_number_has_no_class_though_its_bounds_are_known() -> None:
    figures = {
        **{code: count(number, region=code) for number, code in enumerate(sorted(PO))},
        SWV.code: hidden(),
    }
    section = maps.section(group(figures, indicator=COUNT), PO)

    assert "Uw regio heeft geen klasse: door de bron verborgen." in text(section)
    assert "minder dan 5" in [row[1] for row in table(section)]


def test_a_value_between_bounds_stands_at_its_middle_and_is_hatched() -> None:
    # 4 to 40 of 1000: between 0,4% and 3,9%; the middle 2,1% lies in class 2
    section = SECTIONS["bounds, hidden, open"]

    (trace,) = [each for each in bars(section, SHADES[1]) if "pattern" in each["marker"]]
    assert trace["x"] == [PO["PO2707"][0]]
    assert "klasse 2 van 5" in trace["hovertext"][0]
    assert "gestreept: tussen twee grenzen, geplaatst naar het midden (1 regio)" in text(section)


def test_bounds_that_read_alike_are_no_bounds_to_see() -> None:
    section = maps.section(group({**all_of(PO), "PO2707": part(30, 100_000, 31)}), PO)

    assert "gestreept" not in text(section)


def test_a_region_without_a_tile_is_named_and_stands_in_the_table() -> None:
    section = maps.section(group({**all_of(PO), "PO2799": part(9, 1000, region="PO2799")}), PO)

    assert "Zonder eigen tegel, wel in de tabel: Regio PO2799." in text(section)
    assert "Regio PO2799" in [row[0] for row in table(section)]


def test_many_regions_without_a_tile_are_told_by_number() -> None:
    strangers = {f"PO27{number}": part(9, 1000, region=f"PO27{number}") for number in range(91, 99)}

    section = maps.section(group({**all_of(PO), **strangers}), PO)

    assert (
        "Regio PO2791, Regio PO2792, Regio PO2793, Regio PO2794, Regio PO2795, Regio PO2796 en nog 2."
        in text(section)
    )


def test_a_national_swv_has_no_place_and_stands_in_the_table() -> None:
    section = maps.section(group({**all_of(PO), "PO0001": part(9, 1000, region="PO0001")}), PO)

    assert "Een landelijk samenwerkingsverband heeft geen plek op de kaart" in text(section)
    assert table(section)[-1] == ["Regio PO0001", "0,9%", "niet op de kaart"]


def test_tiles_outside_the_comparison_are_pale_and_silent() -> None:
    some = dict(list(all_of(PO).items())[:30])

    section = maps.section(group(some), PO)

    (ground,) = bars(section, LOOKS["outside"].color)
    assert len(ground["x"]) == 46
    assert ground["hoverinfo"] == "skip"


@pytest.mark.parametrize(
    ("figures", "cells", "words"),
    [
        (dict(list(all_of(PO).items())[:9]), PO, "Met minder dan 10 cijfers is er geen kaart."),
        (all_of(PO), {}, "Voor samenwerkingsverbanden primair onderwijs is er geen kaart."),
        (all_of(PO), GEMEENTEN, "Voor samenwerkingsverbanden primair onderwijs is er geen kaart."),
        ({code: finished(None) for code in PO}, PO, "geen cijfers om op een kaart te zetten"),
    ],
)
def test_where_there_is_no_map_the_reason_is_told(figures: Any, cells: Any, words: str) -> None:
    section = maps.section(group(figures), cells)

    assert charts(section) == []
    assert words in text(section)
    assert maps.small(group(figures), cells, href="/x") is None


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (Direction.NEUTRAL, "Hoog of laag is op zichzelf niet goed of slecht."),
        (Direction.LOWER, "Bij dit cijfer is lager beter."),
    ],
)
def test_shades_are_the_same_whichever_way_is_better(direction: Direction, words: str) -> None:
    indicator = Indicator(
        **{name: getattr(PERCENT, name) for name in PERCENT.__slots__} | {"direction": direction}
    )

    section = maps.section(group(all_of(PO), indicator=indicator), PO)

    assert charts(section) == charts(SECTIONS["swv po"])
    assert words in text(section)


def test_a_map_of_numbers_warns_that_large_regions_are_dark_by_themselves() -> None:
    section = maps.section(group({code: count(9, region=code) for code in PO}, indicator=COUNT), PO)

    assert "Dit is een aantal: een grote regio is alleen daardoor al donkerder." in text(section)
    assert "Alle regio’s hebben hetzelfde cijfer." in text(section)


def test_codes_stand_in_the_tiles_of_few_regions_only() -> None:
    codes = {code for each in charts(SECTIONS["swv po"])[0]["data"] for code in each["text"]}

    assert "27-07" in codes
    assert {code for each in charts(SECTIONS["gemeenten"])[0]["data"] for code in each["text"]} == {""}


def test_the_small_map_leads_to_the_large_one() -> None:
    small = SECTIONS["small"]

    assert [each["props"]["href"] for each in find(small, "A")] == ["/kaart"]
    assert find(small, "Table") == []
