"""What the views of the comparison say, and what they say where they cannot show anything."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.comparison_groups import GroupKind
from app.cross_sections import CrossSection
from app.indicators import Figure
from app.looks import PICKS, Look, Pick
from app.profiles import Benchmark, benchmark_of, judge, profile
from app.sentences import Beside
from app.similarity import VARIABLES, similar
from layouts.comparison import heat, lines, page, regions, sayings
from layouts.comparison import profile as profiles
from layouts.comparison import similar as likeness
from layouts.comparison.base import benchmark_value, counted_words, rank_value
from layouts.comparison.lines import Lines, Other
from tests import comparison_world as world
from tests.example_figures import BREAK, COUNT, GEMEENTE, PERCENT, SWV, count
from tests.nodes import charts, find, table, text

GROUP = world.group("PO2401", "PO2405", world.HIDDEN)


def field(section: CrossSection | None = None, group: Any = world.THE_COUNTRY) -> regions.Field:
    return regions.Field(SWV, section or world.percents(), group, world.NAMES, world.SOURCE)


def shown_profile(group: Any = world.THE_COUNTRY, *sections: CrossSection) -> Any:
    rows = profile(sections or [world.percents(), world.means()], SWV.code, group)
    return profiles.content(profiles.Profile(SWV, "Onderwijs", group, rows, world.SOURCE))


def row_of(node: Any, name: str) -> list[str]:
    return next(cells for cells in table(node) if cells[0] == name)


def test_a_profile_counts_its_verdicts_and_tells_both_values_with_their_difference() -> None:
    shown = shown_profile()

    assert "Cijfers met een marge: 1." in text(shown.node)
    # 23 of 1,000 is 2.3%, Wilson 95%: 1.5 to 3.4; the country's 3.0% lies within
    assert row_of(shown.node, "Deelname speciaal basisonderwijs")[1:7] == [
        "2,3%",
        "3,0%",
        "",
        "0,7 procentpunt lager",
        "vergelijkbaar",
        "8 van 10",
    ]
    assert row_of(shown.node, "Jongeren met jeugdhulp")[5:8] == ["geen marge bekend", "1 van 11", "8,0%"]
    assert "2022 (voorlopig)" in row_of(shown.node, "Jongeren met jeugdhulp")[10]


def test_a_group_tells_which_of_its_values_it_shows_and_over_how_many() -> None:
    # Together 30 of 2,000 and 20 of 1,000: 50 of 3,000; the hidden one contributes nothing.
    shown = shown_profile(GROUP)

    assert row_of(shown.node, "Deelname speciaal basisonderwijs")[2:4] == ["1,7%", "samen, 2 van de 3"]
    # 9, 12 and 10 have no counts: their mean is 10.3
    assert row_of(shown.node, "Jongeren met jeugdhulp")[2:4] == ["10,3%", "gemiddelde, 3 van de 3"]


def test_a_breakdown_that_half_the_group_lacks_is_counted_and_never_filled_in() -> None:
    group = world.group("PO2401", "PO2405", world.MISSING, world.HIDDEN)

    benchmark = benchmark_of(world.percents(), group)

    assert benchmark_value(benchmark, PERCENT).words == "1,7%"
    assert counted_words(benchmark) == "samen, 2 van de 4"


def test_a_profile_without_own_figures_or_with_fewer_than_ten_regions_has_no_chart() -> None:
    section = world.percents()
    without = replace(
        section, figures={code: each for code, each in section.figures.items() if code != SWV.code}
    )
    few = replace(section, figures={code: section.figures[code] for code in (SWV.code, "PO2405", "PO2406")})

    assert "nog geen cijfer te vergelijken" in text(shown_profile(world.THE_COUNTRY, without).node)
    assert charts(shown_profile(world.THE_COUNTRY, few).node) == []
    assert table(shown_profile(world.THE_COUNTRY, few).node)[1][1] == "2,3%"


def shown_heat(sections: Sequence[CrossSection], *columns: str) -> Any:
    names = {code: world.NAMES[code] for code in (SWV.code, *columns, "NL01")}
    return heat.content(heat.Heat("Onderwijs", names, sections, SWV.code, world.SOURCE))


def test_a_heat_table_says_the_outer_fifths_in_words_and_gives_hidden_cells_no_tint() -> None:
    shown = shown_heat([world.percents()], world.HIDDEN, "PO2411", world.MISSING)

    assert table(shown.node)[1][1:] == [
        "2,3%",
        "door de bron verborgen",
        "9,0% (hoogste vijfde)",
        "geen gegevens",
        "3,0%",
        "1 oktober 2025",
    ]
    styles = [each["props"]["className"] for each in find(find(shown.node, "Tbody"), "Td")]
    assert "own" in styles[0]
    assert [style for style in styles[1:4:2] if "q" in style.split()[-1]] == []


def test_a_heat_table_of_nothing_is_a_worded_state() -> None:
    assert "Bij deze keuze horen geen cijfers" in text(shown_heat([]).node)


def test_a_ranking_says_place_ends_and_who_has_no_place() -> None:
    words = text(regions.ranking(field()).node)

    assert "Plaats 8 van de 10" in words
    assert "Bovenaan staat Regio 11, onderaan Regio 01." in words
    assert "Zonder cijfer dat een plaats geeft: 2 regio’s." in words


def test_a_ranking_of_a_group_shows_its_members_and_both_its_values() -> None:
    shown = regions.ranking(field(group=GROUP))

    assert [cells[0] for cells in table(shown.node)[1:]] == ["SWV Amstel", "Regio 05", "Regio 01"]
    # 1.5% and 2.0% are 1.75% on average: 1.8
    assert "samen 1,7%, gemiddeld per samenwerkingsverband primair onderwijs 1,8%" in text(shown.node)
    assert "(2 van de 3 met een cijfer)" in text(shown.node)


def test_a_ranking_without_any_figure_is_a_worded_state() -> None:
    shown = regions.ranking(field(replace(world.percents(), figures={})))

    assert "Voor deze regio’s is er bij deze keuze geen cijfer" in text(shown.node)
    assert shown.sheets == ()


@pytest.mark.parametrize("section", [world.counts(), world.means()])
def test_a_funnel_needs_the_counts_of_ten_regions(section: CrossSection) -> None:
    shown = regions.funnel(field(section))

    assert "geen trechter" in text(shown.node)
    assert shown.sheets == ()


def trend(own: list[Figure], *others: Other, indicator: Any = PERCENT, remarks: Sequence[str] = ()) -> Any:
    return lines.content(Lines(SWV, indicator, own, others, world.SOURCE, remarks=remarks))


def test_a_trend_of_nothing_and_of_one_year_are_told_in_words() -> None:
    assert "Van uw regio is er bij deze keuze geen cijfer" in text(trend([]).node)
    assert "maar één meting" in text(trend(world.series(SWV.code, 20)).node)


def test_a_trend_tells_of_every_year_over_how_many_regions_a_group_is() -> None:
    group = Other(
        "Provincie Flevoland", world.series("groep", 60, 90, of=3000), {"2021": "(samen, 2 van de 3)"}
    )

    shown = trend(world.series(SWV.code, 20, 22), group)

    assert table(shown.node)[1:] == [
        ["1 oktober 2022", "2,2%", "3,0%"],
        ["1 oktober 2021", "2,0%", "2,0% (samen, 2 van de 3)"],
    ]


def test_a_break_in_the_series_is_told_and_counts_have_no_trend() -> None:
    broken = replace(PERCENT, series_breaks=(BREAK,))
    counts = [count(1000, period="2024"), count(1100, period="2025")]

    assert BREAK.explanation in text(trend(world.series(SWV.code, 20, 21, 22), indicator=broken).node)
    assert "Van een aantal is geen trend te toetsen" in text(trend(counts, indicator=COUNT).node)


def test_only_the_country_has_the_style_of_the_country() -> None:
    own = world.series(SWV.code, 20, 22)
    three = [Other(name, world.series(name, 20, 21)) for name in ("PO2401", "PO2405")]
    nation = Other("Nederland", world.series("NL01", 30, 31))

    drawn = charts(trend(own, *three, nation).node)[0]["data"]

    dashes = {trace["name"]: trace["line"]["dash"] for trace in drawn}
    assert dashes == {"Uw regio": "solid", "Nederland": "dash", "PO2401": "dashdot", "PO2405": "dot"}


def shown_similar(weights: str = "") -> Any:
    values = {
        each.key: {code: 1.0 + place * (1 + number) for place, code in enumerate(world.CODES)}
        for number, each in enumerate(VARIABLES[:3])
    }
    found = similar(SWV.code, values)
    told = likeness.Likeness(SWV, found, world.NAMES, {"grootte": "2025"}, weights, 12)
    return likeness.content(told)


def test_similar_regions_say_in_what_they_differ_and_what_would_make_them_again() -> None:
    shown = shown_similar()

    words = text(shown.node)
    assert "Vergeleken op grootte, deel 0 tot en met 24 jaar en eenoudergezinnen." in words
    assert "Gegevensversie 12; kenmerken en gewichten: grootte (2025) × 1" in words
    assert len(table(shown.node)) == 1 + 10
    assert SWV.name not in {cells[0] for cells in table(shown.node)}
    (keep,) = find(shown.node, "A")
    assert keep["props"]["href"].startswith(f"/regio/{SWV.code}/vergelijken/groepen?regio=PO24")


def test_no_similar_regions_is_a_worded_state() -> None:
    told = likeness.Likeness(SWV, similar(SWV.code, {}), world.NAMES, {}, "", 1)

    assert "te weinig gegevens om regio’s te vinden" in text(likeness.content(told).node)


@pytest.mark.parametrize(
    ("weights", "values"),
    [("", ["1"] * 7), ("0-2-1-1-3-1-1", list("0211311")), ("0-0-0-0-0-0-0", ["0"] * 7)],
)
def test_the_form_shows_the_weights_that_were_asked_for(weights: str, values: list[str]) -> None:
    form = likeness.weights_form(weights, SWV.kind)

    assert [each["props"]["value"] for each in find(form, "Select")] == values


def test_a_gemeente_is_not_asked_for_its_number_of_gemeenten() -> None:
    form = likeness.weights_form("", GEMEENTE.kind)

    assert len(find(form, "Select")) == 6
    assert [each["props"]["type"] for each in find(form, "Input")] == ["hidden"]


def shown_hold(*names: str, section: CrossSection | None = None) -> Any:
    found = section or world.percents()
    rows = [
        sayings.Against(name, Beside(found.country, name), judge(found, SWV.code, Benchmark(found.country)))
        for name in names
    ]
    own = found.figures.get(SWV.code)
    return sayings.hold(sayings.Hold(SWV, found.indicator, found.period, own, rows, world.SOURCE))


def test_a_verdict_that_holds_has_a_sentence_to_copy_with_its_source() -> None:
    shown = shown_hold("Nederland", "Zelfde grootte")

    (button,) = find(shown.node, "Button")
    assert button["props"]["data-copy"].endswith(f"({world.SOURCE})")
    assert [cells[5] for cells in table(shown.node)[1:]] == ["vergelijkbaar", "vergelijkbaar"]
    assert "robuust" in shown.said


def test_a_hold_without_own_figure_is_a_worded_state_and_of_a_count_says_why_not() -> None:
    without = replace(world.percents(), figures={})

    assert "Voor uw regio is er bij deze keuze geen cijfer" in text(
        shown_hold("Nederland", section=without).node
    )
    assert (
        "Een aantal of totaal hangt af van de grootte" in shown_hold("Nederland", section=world.counts()).said
    )


def test_places_that_hidden_numbers_leave_open_are_told_as_a_range() -> None:
    section = world.percents()

    # 12 to 15 of 400 to 403 is 3.0 to 3.7: above 2.8, below 4.0, and 3.2 and 3.6 may be on either side
    assert rank_value(section.ranks[world.BOUNDED]) == "3–5 van 10"
    assert rank_value(None) == ""


@pytest.mark.parametrize("look", Look)
def test_a_page_has_its_own_choices_visible_and_labelled_and_carries_the_others(look: Look) -> None:
    options = {pick: [("eerste", "Eerste"), ("tweede", "Tweede")] for pick in Pick}
    values = dict.fromkeys(Pick, "") | {Pick.GROUP: "tweede"}

    body = page.page(SWV, look, options, values)

    labels = {each["props"]["htmlFor"] for each in find(body, "Label")}
    shown = {each["props"]["id"] for each in find(body, "Select")}
    hidden = {each["props"]["id"] for each in find(body, "Input")}
    assert shown <= labels
    assert {page.IDS[pick] for pick in PICKS[look]} <= shown
    assert {page.IDS[pick] for pick in Pick} == (shown | hidden) & set(page.IDS.values())
    current = [each for each in find(body, "A") if each["props"].get("aria-current") == "page"]
    assert len(current) == 1
    assert f"/vergelijken/{look}" in current[0]["props"]["href"]


def test_the_links_to_other_views_carry_the_choices_along() -> None:
    links = page.looks(SWV, Look.PROFILE, {"groep": "swv-PO2707", "cijfer": "", "hoofdstuk": "Jeugd & gezin"})

    hrefs = [each["props"]["href"] for each in find(links, "A")]
    assert hrefs[1] == "/regio/PO2707/vergelijken/tabel?groep=swv-PO2707&hoofdstuk=Jeugd+%26+gezin"
    assert len(hrefs) == len(Look)


def test_a_group_of_one_gets_no_values_of_a_group() -> None:
    alone = world.group("PO2401", kind=GroupKind.NEAR)

    assert "De groep" not in text(regions.ranking(field(group=alone)).node)
