"""Cells, badges and lines around a figure."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.indicators import FigureSource, PeriodStatus
from app.regions import NETHERLANDS, RegionKind, RegionName
from layouts.formatting import (
    SHORT_KINDS,
    axis_format,
    badges,
    between,
    category_label,
    chart_source,
    citation,
    count,
    only_levels,
    period_text,
    plural,
    source_line,
    subtitle,
)
from tests import example_figures as examples
from tests.example_figures import AGES, COUNT, GEMEENTE, PERCENT, SWV


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (None, None, "–"),
        (12, 12, "12"),
        (0, 0, "0"),
        (1, 4, "minder dan 5"),
        (33951, 33996, "33.951 – 33.996"),
        (12, None, "minimaal 12"),
    ],
)
def test_a_count_as_a_cell(low: float | None, high: float | None, text: str) -> None:
    assert count(low, high) == text


def test_bounds_that_read_alike_are_one_text() -> None:
    assert between((1.01, 1.04), lambda value: f"{value:.1f}") == "1.0"
    assert between(None, str) == "–"


def test_a_provisional_period_says_so() -> None:
    assert period_text("2025", PeriodStatus.PROVISIONAL, PERCENT) == "1 oktober 2025 (voorlopig)"
    assert period_text("2025", PeriodStatus.FINAL, PERCENT) == "1 oktober 2025"


def test_badges_tell_how_final_and_how_sure_a_figure_is() -> None:
    figure = examples.count(10, 14, estimated=0.1, indirect=0.1, period_status=PeriodStatus.PROVISIONAL)

    assert [badge.words for badge in badges(figure, COUNT)] == [
        "voorlopig",
        "deels geschat",
        "deels via gemeente",
        "kleine aantallen verborgen",
    ]
    assert [badge.words for badge in badges(examples.at_least(3), COUNT)] == ["definitief", "niet volledig"]
    assert [badge.words for badge in badges(examples.count(10.1, 10.2), COUNT)] == ["definitief"]


def test_a_category_has_its_name_and_the_total_its_own() -> None:
    indicator = replace(COUNT, breakdowns=(AGES,))

    assert category_label("leeftijd:0-4", indicator) == "0 tot 4 jaar"
    assert category_label("totaal", indicator) == "Totaal"


def test_the_line_under_a_region_says_what_it_is_and_how_large() -> None:
    assert subtitle(SWV, 2, "62.954 leerlingen (1 oktober 2025)") == (
        "Samenwerkingsverband primair onderwijs · 2 gemeenten · 62.954 leerlingen (1 oktober 2025)"
    )
    assert subtitle(GEMEENTE, 1, "") == "Gemeente · hoort bij 1 samenwerkingsverband"
    assert subtitle(NETHERLANDS, 0, "") == "Land"


def test_a_dissolved_gemeente_says_when_it_ended() -> None:
    gone = replace(GEMEENTE, valid_to=date(2022, 3, 24))

    assert subtitle(gone, 0, "") == "Gemeente · opgeheven op 24 maart 2022"


LOADED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SOURCE = FigureSource(
    "ll-bao", "2025", "06.csv", "0" * 64, "DUO", "Leerlingen", "", date(2025, 10, 1), LOADED, 3
)


def test_the_source_line_names_file_date_version_and_licence() -> None:
    assert source_line(SOURCE, COUNT) == (
        "Bron: DUO, Leerlingen (bestand 06.csv) · peildatum 1 oktober 2025 · gegevensversie 3 · "
        "geladen op 20 november 2026 · licentie CC0"
    )


def test_the_source_of_a_chart_names_its_periods_and_the_newest_load() -> None:
    older = replace(SOURCE, period="2011", loaded_at=datetime(2026, 1, 1, tzinfo=UTC), version_id=1)
    other = replace(older, period="2012", title="Leerlingen oud")

    assert chart_source([SOURCE, older, other], COUNT) == (
        "Bron: DUO, Leerlingen, Leerlingen oud · 1 oktober 2011 tot en met 1 oktober 2025 · "
        "gegevensversie 3 · geladen op 20 november 2026"
    )
    assert " · 1 oktober 2025 · " in chart_source([SOURCE], COUNT)
    assert chart_source([], COUNT) == ""


def test_a_citation_names_the_source_and_its_date() -> None:
    assert citation(SOURCE) == "bron: DUO, Leerlingen, gegevensversie 3 van 20 november 2026"


def test_an_axis_writes_numbers_as_the_page_does() -> None:
    assert axis_format(PERCENT) == (".1f", "%")
    assert axis_format(COUNT) == (",.0f", "")


def test_a_cell_says_shortly_which_regions_have_a_figure() -> None:
    assert only_levels(PERCENT) == "alleen per gemeente en swv po"
    assert only_levels(replace(PERCENT, levels=(RegionKind.COUNTRY,))) == "alleen landelijk"


def test_every_kind_of_region_but_the_country_has_a_short_name() -> None:
    assert set(SHORT_KINDS) == set(RegionKind) - {RegionKind.COUNTRY}
    assert only_levels(replace(PERCENT, levels=(RegionKind.GEMEENTE, RegionKind.YOUTH_REGION))) == (
        "alleen per gemeente en jeugdregio"
    )
    assert subtitle(RegionName("JR01", RegionKind.YOUTH_REGION, "Twente"), 0, "") == "Jeugdregio"


def test_one_is_singular() -> None:
    assert (plural(1, "rij", "rijen"), plural(0, "rij", "rijen")) == ("1 rij", "0 rijen")
