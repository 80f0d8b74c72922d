"""The frame, the overview and the table of indicators, as trees of elements."""

from dataclasses import replace
from typing import Any

from app.access import Tab
from app.comparisons import Comparison, Filters, Selection
from app.cross_sections import CrossSection
from app.indicators import TOTAL
from app.profiles import Benchmark, Judged
from app.regions import NETHERLANDS, RegionKind
from app.statistics import Estimate
from app.verdicts import Step, Verdict
from layouts import indicator, indicators, overview, shell
from layouts.indicator import Control, Controls
from tests.example_figures import COUNT, GEMEENTE, PERCENT, SWV, count, country, finished, hidden, part
from tests.nodes import find, table, text, walk

SERIES = [part(20, 1000, period="2023"), part(21, 1000, period="2024"), part(23, 1000)]
YOUTH = replace(PERCENT, id="jh", label="Jongeren met jeugdhulp", short_label="Jeugdhulp", theme="Jeugdhulp")
LINKS = indicators.Links(clear="/wis", csv="/csv", without="/ook-zonder")
ONLY_GEMEENTE = replace(YOUTH, levels=(RegionKind.COUNTRY, RegionKind.GEMEENTE))


def compared(series: Any = SERIES, indicator_of: Any = PERCENT) -> Comparison:
    return Comparison(indicator_of, TOTAL, series, [country(part(30, 1000))])


def test_the_page_is_dutch_has_a_way_past_the_bar_and_tells_no_versions() -> None:
    assert '<html lang="nl">' in shell.INDEX
    assert 'class="skip" href="#shell-main"' in shell.INDEX
    assert "/over/privacy" in shell.INDEX
    assert "/over/toegankelijkheid" in shell.INDEX
    assert "<script" not in shell.INDEX


def test_the_empty_frame_holds_nobodys_data_and_one_heading() -> None:
    frame = shell.layout()

    assert text(find(frame, "H1")) == "Dashboard passend onderwijs"
    assert find(frame, "Select") == []


def test_the_bar_has_a_labelled_switch_and_logs_out_with_a_token_by_post() -> None:
    groups = [shell.Group("Uw regio’s", [SWV]), shell.Group("Gemeenten", [GEMEENTE]), shell.Group("Leeg", [])]

    bar = shell.header(groups, SWV.code, shell.Visitor("Anna"), csrf_token="geheim")

    switch = find(bar, "Select")[0]["props"]
    assert switch["defaultValue"] == SWV.code
    assert switch["id"] in [label["props"]["htmlFor"] for label in find(bar, "Label")]
    assert [each["props"]["label"] for each in find(bar, "Optgroup")] == ["Uw regio’s", "Gemeenten"]
    log_out = find(bar, "Form")[1]
    assert (log_out["props"]["action"], log_out["props"]["method"]) == ("/uitloggen", "post")
    assert find(log_out, "Input")[0]["props"]["value"] == "geheim"


def test_the_head_names_the_region_and_the_tab_one_is_on() -> None:
    head = shell.head(SWV, Tab.INDICATORS, subtitle="Samenwerkingsverband")

    assert text(find(head, "H1")) == "SWV Amstel : indicatoren"
    current = [each for each in find(head, "A") if "aria-current" in each["props"]]
    assert [(text(each), each["props"]["aria-current"]) for each in current] == [("Indicatoren", "page")]


def test_below_a_tab_the_tab_stays_a_way_back() -> None:
    head = shell.head(SWV, Tab.INDICATORS, subtitle="", is_subpage=True)

    assert [each["props"].get("aria-current") for each in find(head, "A")] == [None, "true", None]


def test_a_tile_has_value_date_country_and_difference() -> None:
    page = overview.content(SWV, [compared()], [], [])

    words = text(find(page, "Article"))
    assert words == (
        "Deelname sbo 2,3 % Nederland 3,0% · 1 oktober 2025 0,7 procentpunt lager dan Nederland "
        "+0,3 procentpunt sinds 2023"
    )
    assert find(page, "Img")[0]["props"]["alt"] == "Verloop 2023–2025: +0,3 procentpunt sinds 2023"


def test_a_tile_of_a_counted_total_has_its_share_of_the_country() -> None:
    row = Comparison(COUNT, TOTAL, [count(50)], [country(count(1000))])

    words = text(find(overview.content(SWV, [row], [], []), "Article"))

    assert (
        words
        == "Leerlingen basisonderwijs 50 1 oktober 2025 5,0% van Nederland Eén meting, nog geen verloop."
    )


def test_a_tile_of_a_hidden_number_never_shows_a_zero() -> None:
    row = Comparison(COUNT, TOTAL, [hidden()], [country(count(1000))])

    words = text(find(overview.content(SWV, [row], [], []), "Article"))

    assert "minder dan 5" in words
    assert "0" not in words.replace("1 oktober 2025", "")


def judged(found: Verdict | None) -> Judged:
    section = CrossSection(PERCENT, "2025", SWV.kind, {SWV.code: part(23, 1000)}, country(part(30, 1000)))
    return Judged(section, part(23, 1000), Benchmark(section.country), found)


def test_what_is_striking_is_told_with_its_certainty_and_no_judgement() -> None:
    striking = Verdict(Step.CLEARLY, -1, Estimate(-0.7, -1.2, -0.2), is_striking=True)

    page = overview.content(SWV, [compared()], [judged(striking)], [])

    words = text(find(page, "Section")[0])
    assert "Dat is duidelijk lager dan het landelijke cijfer (3,0%)" in words
    assert "Dat is op zichzelf niet goed of slecht" in words
    assert "▼ duidelijk lager dan Nederland" in text(find(page, "Article"))


def test_an_overview_without_a_striking_figure_says_so() -> None:
    plain = Verdict(Step.COMPARABLE, 0, Estimate(-0.7, -1.2, 0.2))

    page = overview.content(SWV, [compared()], [judged(plain)], [])

    assert "Wat valt op" not in text(page)  # one region makes no funnel: nothing was tested
    assert "vergelijkbaar met Nederland" in text(find(page, "Article"))


def test_a_figure_without_a_margin_gets_its_bare_difference() -> None:
    page = overview.content(SWV, [compared()], [judged(None)], [])

    assert "0,7 procentpunt lager dan Nederland" in text(find(page, "Article"))
    assert "Wat valt op" not in text(page)


def test_what_this_kind_of_region_does_not_have_is_said() -> None:
    page = overview.content(SWV, [compared()], [], [ONLY_GEMEENTE])

    assert "Dit cijfer bestaat alleen per gemeente. Jeugdhulp" in text(page)


def test_an_overview_without_figures_says_so() -> None:
    assert "Er zijn nog geen cijfers voor deze regio." in text(overview.content(SWV, [], [], []))


def test_the_overview_of_the_country_compares_with_nothing() -> None:
    row = Comparison(PERCENT, TOTAL, [country(part(23, 1000))], [country(part(23, 1000))])

    words = text(overview.content(NETHERLANDS, [row], [], []))

    assert "dan Nederland" not in words
    assert "van Nederland" not in words


def test_a_row_of_the_table_tells_everything_of_an_indicator() -> None:
    content = indicators.content(SWV, Selection([compared()], 0), LINKS)

    assert table(content)[1] == [
        "Deelname speciaal basisonderwijs",
        "2,3%",
        "3,0%",
        "0,7 procentpunt lager",
        "+0,3 procentpunt sinds 2023",
        "1 oktober 2025",
        "definitief",
        "DUO",
    ]
    assert {each["props"]["href"] for each in find(content, "A")} == {
        "/regio/PO2707/indicatoren/deel-sbo-pct",
        "/csv",
        "/csv.xlsx",
        "/wis",
    }


def test_a_row_that_this_region_cannot_have_says_who_has_it() -> None:
    row = Comparison(ONLY_GEMEENTE, TOTAL, [], [country(finished(13.2))])

    cells = table(indicators.content(SWV, Selection([row], 0), LINKS))[1]

    assert cells[1:4] == ["alleen per gemeente", "13,2%", ""]


def test_themes_stand_above_their_rows() -> None:
    rows = [compared(), compared(indicator_of=YOUTH)]

    content = indicators.content(SWV, Selection(rows, 0), LINKS)

    assert [text(each) for each in find(content, "Th") if each["props"]["scope"] == "colgroup"] == [
        "Onderwijs",
        "Jeugdhulp",
    ]


def test_indicators_without_any_figure_are_counted_and_one_step_away() -> None:
    content = indicators.content(SWV, Selection([compared()], 98), LINKS)

    assert "98 indicatoren hebben nog geen gegevens. Toon ze ook" in text(content)
    assert "/ook-zonder" in {each["props"]["href"] for each in find(content, "A")}


def test_an_indicator_that_nobody_has_figures_of_says_so() -> None:
    row = Comparison(PERCENT, TOTAL, [], [])

    cells = table(indicators.content(SWV, Selection([row], 0), LINKS))[1]

    assert cells[1:6] == ["nog geen gegevens", "geen gegevens", "", "", ""]


def test_the_country_does_not_stand_beside_itself() -> None:
    row = Comparison(PERCENT, TOTAL, [country(part(23, 1000))], [country(part(23, 1000))])

    heading, cells = table(indicators.content(NETHERLANDS, Selection([row], 0), LINKS))

    assert heading == ["Indicator", "Nederland", "Verloop", "Periode", "Status", "Bron"]
    assert cells[:2] == ["Deelname speciaal basisonderwijs", "2,3%"]


def test_nothing_left_is_worded_and_leads_back() -> None:
    content = indicators.content(SWV, Selection([], 0), LINKS)

    assert "Bij deze keuze horen geen cijfers." in text(content)
    assert find(content, "A")[0]["props"]["href"] == "/wis"


def test_the_number_of_results_is_counted_in_words() -> None:
    assert indicators.count_words(Selection([], 3)) == "0 indicatoren"
    assert indicators.count_words(Selection([compared()], 0)) == "1 indicator"
    parts = [Comparison(PERCENT, "leeftijd:0-4", [], [])] * 2
    assert indicators.count_words(Selection(parts, 0)) == "2 rijen"


def test_the_form_starts_with_what_the_address_asked_and_names_what_it_could_not_give() -> None:
    page = indicators.page(
        Filters(theme="Jeugdhulp", text="sbo"),
        themes=["Jeugdhulp"],
        years=["2025"],
        levels=[RegionKind.GEMEENTE],
        dimensions=[("leeftijd", "Leeftijd")],
        unknown=["1800"],
    )

    values = [each["props"]["value"] for each in walk(page) if each["type"] in ("Select", "Input")]
    assert values == ["Jeugdhulp", "sbo", "alle", "alle", "alle", "alle"]
    assert "“1800” is hier niet beschikbaar" in text(page)
    assert [each["props"]["role"] for each in walk(page) if "role" in each["props"]] == ["status"]


def test_a_choice_of_one_is_not_offered() -> None:
    controls = Controls(
        Control([("2025", "1 oktober 2025")], "2025"),
        Control([("totaal", "Totaal")], "totaal"),
        Control([("swv_po", "A"), ("gemeente", "B")], "swv_po"),
    )

    page = indicator.page(SWV, PERCENT, controls)

    fields = [each["props"] for each in walk(page) if each["props"].get("className") == "field"]
    assert [field.get("hidden", False) for field in fields] == [True, True, False, False]
    assert [each["props"].get("disabled", False) for each in find(page, "Select")] == [False] * 3 + [True]


def test_an_unknown_indicator_is_worded_and_leads_to_the_table() -> None:
    page = indicator.unknown_page(SWV)

    assert "Deze indicator is niet beschikbaar." in text(page)
    assert find(page, "A")[0]["props"]["href"] == "/regio/PO2707/indicatoren"
