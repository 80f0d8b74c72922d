"""The map with outlines: what the server sends for it, and how little that is."""

import gzip

import orjson

from app.regions import RegionKind, RegionName
from layouts import maps
from layouts.map_figures import SHADES
from layouts.maps import Outlines
from tests.example_figures import COUNT, count
from tests.example_maps import GEMEENTEN, OUTLINES, PO, all_of, gemeenten, group
from tests.nodes import charts, find, text

BOTH = maps.section(group(all_of(PO)), PO, outlines=OUTLINES)


def test_the_map_with_outlines_names_their_year_and_source_and_the_largest_part() -> None:
    card = find(BOTH, "Section")[1]

    assert "binnen de grenzen van de gemeenten van 2023" in text(find(card, "Figcaption"))
    assert (
        "Elke gemeente heeft de kleur van het samenwerkingsverband waarin haar grootste deel ligt."
        in text(card)
    )
    assert "Zonder omtrek, wel in de tabel: Regio PO2101, " in text(card)
    assert "Grenzen: x" in text(card)


def test_the_figure_with_outlines_carries_looks_and_words_and_no_outline() -> None:
    figure = charts(BOTH)[1]
    told = figure["layout"]["meta"]

    look, words = told["regions"]["PO2707"]
    assert figure["data"] == []
    assert told["href"] == "/kaart/2023.json?v=1-abc"
    assert told["looks"][look]["color"] == SHADES[2]
    assert words == "Regio PO2707: <b>3,4%</b><br>klasse 3 van 5"
    assert told["regionOf"]["GM0363"] == told["own"] == "PO2707"
    assert told["label"]["text"] == "<b>Uw regio<br>3,4%</b>"


def test_a_gemeente_is_its_own_region() -> None:
    same = Outlines("/x", 2023, {code: code for code in GEMEENTEN}, "x")

    section = maps.section(gemeenten(), GEMEENTEN, outlines=same)

    assert charts(section)[1]["layout"]["meta"]["regionOf"] == {}
    assert "Zonder omtrek" not in text(section)


def test_a_change_of_the_map_sends_less_than_15_kb() -> None:
    """Both maps, legends and the table of 342 gemeenten, with names and numbers as long as real ones."""
    names = {code: f"{STEMS[place % 19]}{STEMS[place % 18]}" for place, code in enumerate(GEMEENTEN)}
    figures = {
        code: count(100 + place * place % 65_521, region=code) for place, code in enumerate(sorted(GEMEENTEN))
    }
    own = {code: code for code in GEMEENTEN}
    outlines = Outlines("/kaart/2023.json?v=1-0123456789ab", 2023, own, "x")
    region = RegionName("GM0034", RegionKind.GEMEENTE, "Almere")
    shown = group(figures, names=names, region=region, kind=RegionKind.GEMEENTE, indicator=COUNT)

    section = maps.section(shown, GEMEENTEN, outlines=outlines)

    assert len(charts(section)) == 2
    assert len(gzip.compress(orjson.dumps(section))) < 15_000
    assert len(gzip.compress(orjson.dumps(charts(section)))) < 9_000


STEMS = (
    "Alphen",
    "Beemster",
    "Capelle",
    "Doetin",
    "Eijsden",
    "Fryske",
    "Goeree",
    "Hollands",
    "IJssel",
    "Krimpen",
    "Leusden",
    "Meppel",
    "Noordwijk",
    "Oost",
    "Putten",
    "Rucphen",
    "Schouwen",
    "Tytsjerk",
    "Uithoorn",
)
"""Parts of names: two together make 342 different ones, as hard to pack as real names."""
