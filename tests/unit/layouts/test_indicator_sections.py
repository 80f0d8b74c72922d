"""The parts of an indicator's page: what a chart shows also stands in its table, and unknown is never 0."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import plotly.graph_objects as go
import pytest

from app.indicators import Direction, Figure, FigureSource, Indicator, PeriodStatus
from app.regions import NETHERLANDS, RegionKind
from layouts import indicator_parts, indicator_regions, indicator_trend
from layouts.indicator import Story, say, summary
from layouts.indicator_parts import Parts
from layouts.indicator_regions import Group
from tests.example_figures import AGES, BREAK, COUNT, PERCENT, SWV, count, country, finished, hidden, part
from tests.nodes import charts, find, table, text

YEARS = ("2021", "2022", "2023", "2024")
PERCENT_SERIES = [part(20 + step, 1000, period=year) for step, year in enumerate(YEARS)]
COUNT_SERIES = [
    count(1000, period="2021"),
    count(950, 956, period="2022"),
    hidden(period="2023"),
    count(900, period="2024", period_status=PeriodStatus.PROVISIONAL),
]


def in_country(series: list[Figure]) -> list[Figure]:
    return [country(figure) for figure in series]


def group(figures: Mapping[str, Figure], **other: Any) -> Group:
    names = {code: f"Regio {code}" for code in figures}
    fields: dict[str, Any] = {
        "region": SWV,
        "indicator": PERCENT,
        "period": "2025",
        "kind": RegionKind.SWV_PO,
        "names": names,
        "figures": figures,
        "country": country(part(23, 1000)),
    }
    return Group(**(fields | other))


def many(count_of: int) -> dict[str, Figure]:
    codes = {f"PO{number + 2001}": number for number in range(count_of)}
    return {code: part(number, 1000, region=code) for code, number in codes.items()}


@pytest.mark.parametrize(
    ("indicator", "own"), [(PERCENT, PERCENT_SERIES), (COUNT, COUNT_SERIES)], ids=["percent", "count"]
)
def test_a03_every_value_of_the_trend_chart_also_stands_in_its_table(
    indicator: Indicator, own: list[Figure]
) -> None:
    section = indicator_trend.section(SWV, indicator, own, in_country(own))

    cells = {cell for row in table(section) for cell in row}
    drawn = [words for line in charts(section)[0]["data"] for words in _hover_words(line)]
    assert drawn
    assert set(drawn) <= cells


def test_the_trend_title_tells_from_what_to_what() -> None:
    section = indicator_trend.section(SWV, PERCENT, PERCENT_SERIES, in_country(PERCENT_SERIES))

    assert text(find(section, "Figcaption")) == "Uw regio: van 2,0% in 2021 naar 2,3% in 2024"
    assert "Hoogste punt: 2,3% (2024); laagste: 2,0% (2021)." in text(section)


def test_the_trend_of_a_counted_total_is_an_index_beside_the_country() -> None:
    own = [count(200, period="2023"), count(100, period="2024")]
    there = in_country([count(1000, period="2023"), count(900, period="2024")])

    section = indicator_trend.section(SWV, COUNT, own, there)

    country_line, own_line = charts(section)[0]["data"]
    assert (own_line["y"], country_line["y"]) == ([100, 50], [100, 90])
    assert "2023 is 100" in text(section)


def test_a_hidden_year_is_left_out_of_the_line_and_worded_in_the_table() -> None:
    section = indicator_trend.section(SWV, COUNT, COUNT_SERIES, in_country(COUNT_SERIES))

    own = charts(section)[0]["data"][1]
    assert own["y"][2] is None
    assert "minder dan 5" in table(section)[2]


def test_one_period_is_told_and_not_drawn() -> None:
    section = indicator_trend.section(SWV, PERCENT, [part(20, 1000)], [country(part(23, 1000))])

    assert charts(section) == []
    assert "Van dit cijfer is er één periode: 1 oktober 2025." in text(section)
    assert table(section)[1][:3] == ["1 oktober 2025", "2,0%", "2,3%"]


def test_a_break_in_the_series_is_explained() -> None:
    indicator = replace(PERCENT, series_breaks=(BREAK,))

    section = indicator_trend.section(SWV, indicator, PERCENT_SERIES, [])

    assert "Breuk in de reeks op 1 oktober 2023. Vanaf 2023 telt de bron anders." in text(section)


def test_an_indicator_of_the_country_alone_shows_the_country() -> None:
    section = indicator_trend.section(SWV, PERCENT, [], in_country(PERCENT_SERIES))

    assert text(find(section, "Figcaption")) == "Nederland: van 2,0% in 2021 naar 2,3% in 2024"
    assert table(section)[0] == ["Periode", "Nederland", "Status"]


def test_no_figures_at_all_is_said() -> None:
    assert "niet beschikbaar" in text(indicator_trend.section(SWV, PERCENT, [], []))


def test_a03_every_bar_also_stands_in_the_table_of_regions() -> None:
    section = indicator_regions.section(group(many(40)))

    cells = {cell for row in table(section) for cell in row}
    bars = [words for bars in charts(section)[0]["data"] for words in _hover_words(bars)]
    assert len(bars) == 40
    assert set(bars) <= cells


def test_the_title_counts_the_regions_that_are_surely_lower() -> None:
    section = indicator_regions.section(group({**many(40), SWV.code: part(21, 1000)}))

    # 0 … 20 promille are lower, 21 is a tie
    assert text(find(section, "Figcaption")) == (
        "Van de 41 samenwerkingsverbanden primair onderwijs hebben er 21 een lager aandeel"
    )


def test_the_own_region_is_marked_in_words_and_only_open_regions_are_links() -> None:
    figures = {SWV.code: part(20, 1000), "GM0001": part(10, 1000), "GM0002": part(30, 1000)}

    section = indicator_regions.section(group(figures, open_codes={"GM0001"}))

    assert table(section)[2][0] == f"Regio {SWV.code} (uw regio)"
    assert [each["props"]["href"] for each in find(section, "A")] == [
        "/regio/GM0001/indicatoren/deel-sbo-pct"
    ]


def test_a_region_without_a_figure_stands_last_without_a_place() -> None:
    figures = {"A": part(10, 1000, region="A"), "B": finished(None, region="B")}

    rows = table(indicator_regions.section(group(figures)))

    assert rows[1][:3] == ["Regio A", "1", "1,0%"]
    assert rows[2][:3] == ["Regio B", "", "geen gegevens"]


def test_a_small_group_has_bars_in_its_table_and_no_chart() -> None:
    section = indicator_regions.section(group({"A": part(10, 1000), "B": part(5, 1000)}))

    assert charts(section) == []
    assert table(section)[0][3] == "In beeld"


def test_the_position_bar_marks_region_and_country() -> None:
    made = indicator_regions.position(group({**many(40), SWV.code: part(20, 1000)}))

    words = text(made)
    assert "Uw regio 2,0%" in words
    assert "Nederland 2,3%" in words
    assert "Plaats 20 van de 41 samenwerkingsverbanden primair onderwijs met een cijfer." in words


def test_below_ten_regions_the_place_is_told_without_a_bar() -> None:
    made = indicator_regions.position(group({**many(5), SWV.code: part(20, 1000)}))

    assert "Plaats 1 van de 6" in text(made)
    assert "te weinig voor een balk" in text(made)


def test_where_lower_is_better_the_page_says_what_place_one_means() -> None:
    lower = replace(PERCENT, direction=Direction.LOWER)

    made = indicator_regions.position(group({**many(40), SWV.code: part(0, 1000)}, indicator=lower))

    assert "Plaats 1 van de 41" in text(made)
    assert "Plaats 1 is het laagste cijfer." in text(made)


def test_a_hidden_figure_has_no_position() -> None:
    figures = {**many(40), SWV.code: hidden()}

    assert indicator_regions.position(group(figures, indicator=COUNT)) is None


def test_the_parts_of_a_total_stand_beside_those_of_the_country() -> None:
    indicator = replace(COUNT, breakdowns=(AGES,))
    own = {"totaal": count(100), "leeftijd:0-4": count(25), "leeftijd:4-12": count(75)}
    there = {"totaal": count(1000), "leeftijd:0-4": count(100), "leeftijd:4-12": count(900)}

    rows = table(indicator_parts.section(Parts(SWV, indicator, "2025", own, there)))

    assert rows[1] == ["0 tot 4 jaar", "25", "25,0%", "10,0%", ""]
    assert rows[3] == ["Totaal", "100", "", "1.000", ""]


def test_parts_that_do_not_add_up_say_so() -> None:
    indicator = replace(COUNT, breakdowns=(replace(AGES, adds_up=False),))
    own = {"totaal": count(100), "leeftijd:0-4": count(25)}

    section = indicator_parts.section(Parts(SWV, indicator, "2025", own, {}))

    assert "De delen tellen niet op tot het totaal." in text(section)


def test_an_indicator_without_parts_has_no_section() -> None:
    assert indicator_parts.section(Parts(SWV, COUNT, "2025", {}, {})) is None


def test_the_summary_of_a_figure_that_the_region_cannot_have_tells_of_the_country() -> None:
    indicator = replace(PERCENT, levels=(RegionKind.COUNTRY, RegionKind.GEMEENTE))

    words = text(summary(Story(SWV, indicator, "2025", None, country(finished(13.2)))))

    assert "Dit cijfer bestaat alleen per gemeente." in words
    assert "in Nederland 13,2%" in words


def test_the_summary_of_the_country_has_no_difference_with_itself() -> None:
    own = country(part(23, 1000))

    words = text(summary(Story(NETHERLANDS, PERCENT, "2025", own, own)))

    assert "dan Nederland" not in words
    assert "gelijk" not in words


def _hover_words(line: dict[str, Any]) -> list[str]:
    """The values in the hover texts: `Uw regio, 2021: <b>2,0%</b>` → `2,0%`."""
    go.Figure({"data": [line]})
    shown = [hover for hover, value in zip(line["hovertext"], line["y"], strict=True) if value is not None]
    return [hover.partition("<b>")[2].removesuffix("</b>") for hover in shown]


def test_the_image_of_the_trend_names_the_region_and_what_the_percentage_is_of() -> None:
    section = indicator_trend.section(
        SWV, PERCENT, PERCENT_SERIES, in_country(PERCENT_SERIES), source="Bron: x"
    )

    told = find(section, "Figure")[0]["props"]
    assert told["data-image-title"] == f"{SWV.name}: van 2,0% in 2021 naar 2,3% in 2024"
    assert told["data-image-region"] == SWV.name
    assert told["data-image-counted"] == f"1.000 in 2024 ({PERCENT.denominator})"
    assert told["data-image-source"] == "Bron: x"


def test_the_image_of_all_regions_says_lower_than_whom_and_how_many_there_are() -> None:
    figures = many(40) | {SWV.code: part(20, 1000)}

    told = find(indicator_regions.section(group(figures)), "Figure")[0]["props"]

    assert told["data-image-title"].endswith(f"een lager aandeel dan {SWV.name}")
    assert told["data-image-counted"] == f"{len(figures)} samenwerkingsverbanden primair onderwijs"


def test_the_image_of_all_regions_leaves_out_a_region_without_a_place() -> None:
    told = find(indicator_regions.section(group(many(40))), "Figure")[0]["props"]

    assert (told["data-image-region"], told["data-image-title"]) == (
        "",
        f"{PERCENT.short_label} in de samenwerkingsverbanden primair onderwijs",
    )


def test_every_table_of_the_page_can_be_downloaded() -> None:
    own = in_country(PERCENT_SERIES)

    single = indicator_trend.section(SWV, PERCENT, PERCENT_SERIES[:1], own[:1], csv_href="/x.csv")
    several = indicator_trend.section(SWV, PERCENT, PERCENT_SERIES, own, csv_href="/x.csv")
    few = indicator_regions.section(group(many(3)), csv_href="/x.csv")

    for made in (single, several, few):
        assert [each["props"]["href"] for each in find(made, "A")][-2:] == ["/x.csv", "/x.xlsx"]


def test_the_sentences_can_be_copied_only_with_their_source() -> None:
    story = Story(SWV, PERCENT, "2025", part(20, 1000), country(part(23, 1000)))
    loaded = datetime(2026, 11, 20, 9, tzinfo=UTC)
    found = FigureSource("x", "2025", "x.csv", "0" * 64, "DUO", "Leerlingen", "CC0", None, loaded, 3)

    copied = find(summary(story, found), "Button")[0]["props"]["data-copy"]

    assert copied.startswith(say(story))
    assert copied.endswith("(bron: DUO, Leerlingen, gegevensversie 3 van 20 november 2026)")
    assert find(summary(story), "Button") == []
