"""Differences with the country and changes since earlier years, word for word."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators import Figure, Indicator, PeriodStatus
from app.sentences import (
    change,
    comparison,
    difference_words,
    short_change,
    short_difference,
    value_words,
    warnings,
)
from tests.example_figures import COUNT, PERCENT, count, country, finished, hidden, part


@pytest.mark.parametrize(
    ("own", "there", "words"),
    [
        (part(20, 1000), part(23, 1000), "0,3 procentpunt lager dan Nederland"),
        (part(26, 1000), part(23, 1000), "0,3 procentpunt hoger dan Nederland"),
        (part(23, 1000), part(23, 1000), "gelijk aan Nederland"),
        (part(23, 1000), part(2302, 100_000), "afgerond gelijk aan Nederland"),
        (part(12, 100, 15), part(10, 100), "tussen 2,0 en 4,6 procentpunt hoger dan Nederland"),
        (part(12, 100, 15), part(13, 100), "tussen −1,0 en +1,6 procentpunt anders dan Nederland"),
        (finished(None), part(23, 1000), ""),
        (part(20, 1000), None, ""),
    ],
)
def test_a_percentage_differs_in_percentage_points(own: Figure, there: Figure | None, words: str) -> None:
    assert difference_words(own, there, PERCENT) == words


def test_a_counted_total_has_a_share_of_the_country_and_never_a_difference() -> None:
    own, there = count(22520), country(count(461985))

    assert difference_words(own, there, COUNT) == "4,9% van Nederland"
    assert comparison(own, there, COUNT) == "Dat is 4,9% van het landelijke aantal (461.985)."


def test_under_a_heading_that_names_the_country_the_words_are_shorter() -> None:
    assert short_difference(part(20, 1000), part(23, 1000), PERCENT) == "0,3 procentpunt lager"
    assert short_difference(part(23, 1000), part(23, 1000), PERCENT) == "gelijk"


def test_a_comparison_gives_the_countrys_figure() -> None:
    sentence = comparison(part(20, 1000), country(part(23, 1000)), PERCENT)

    assert sentence == "Dat is 0,3 procentpunt lager dan Nederland (2,3%)."


def test_a_comparison_says_when_there_is_nothing_to_compare_with() -> None:
    assert comparison(part(20, 1000), None, PERCENT) == "Een landelijk cijfer is er voor deze periode niet."
    assert comparison(hidden(), country(count(5000)), COUNT) == "Landelijk is het 5.000."
    assert comparison(country(count(1)), country(count(1)), COUNT) == ""


def test_a_change_stands_beside_the_last_and_the_first_year_without_a_trend() -> None:
    series = [part(*cell, period=year) for cell, year in (((23, 1000), "2011"), ((21, 1000), "2024"))]

    sentence = change([*series, part(20, 1000, period="2025")], PERCENT)

    assert sentence == (
        "Het is 0,1 procentpunt lager dan op 1 oktober 2024 en 0,3 procentpunt lager dan op 1 oktober 2011."
    )


def test_a_change_since_one_earlier_year_is_said_once() -> None:
    series = [count(62000, period="2024"), count(61718, period="2025")]

    assert change(series, COUNT) == "Het is 282 lager dan op 1 oktober 2024."


def test_an_unchanged_figure_is_equal_to_the_earlier_one() -> None:
    series = [count(620, period="2024"), count(620, period="2025")]

    assert change(series, COUNT) == "Het is gelijk aan het cijfer van 1 oktober 2024."


@pytest.mark.parametrize(
    "series", [[], [count(1)], [finished(None, period="2024"), finished(2.0, period="2025")]]
)
def test_without_an_earlier_figure_nothing_is_said_of_change(series: list[Figure]) -> None:
    assert change(series, PERCENT) == ""


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_difference_is_that_of_the_numbers_on_the_page(a: int, b: int) -> None:
    own, there = part(a, 5000), country(part(b, 5000))
    shown = [Decimal(value_words(each, PERCENT).removesuffix("%").replace(",", ".")) for each in (own, there)]
    gap = shown[0] - shown[1]

    words = difference_words(own, there, PERCENT)

    if gap == 0:
        assert words.endswith("gelijk aan Nederland")
    else:
        size = f"{abs(gap):.1f}".replace(".", ",")
        assert words == f"{size} procentpunt {'hoger' if gap > 0 else 'lager'} dan Nederland"


def test_a_missing_figure_is_not_called_provisional() -> None:
    figure = finished(None, period_status=PeriodStatus.PROVISIONAL)

    assert warnings(figure, PERCENT) == []


@pytest.mark.parametrize(
    ("series", "indicator", "words"),
    [
        ([part(20, 1000, period="2020"), part(23, 1000)], PERCENT, "+0,3 procentpunt sinds 2020"),
        (
            [count(100, period="2020", estimated=0.1), count(90)],
            COUNT,
            "−10 (−10,0%) sinds 2020 (toen deels geschat)",
        ),
        ([count(62000, period="2019"), count(60760)], COUNT, "−1.240 (−2,0%) sinds 2019"),
        ([count(100, 104, period="2020"), count(100)], COUNT, "tussen −4 en 0 sinds 2020"),
        ([count(0, period="2020"), count(5)], COUNT, "+5 sinds 2020"),
        ([count(100)], COUNT, ""),
        ([hidden(period="2020"), count(9)], COUNT, ""),
    ],
)
def test_a_change_in_a_table_is_as_short_as_can_be(
    series: list[Figure], indicator: Indicator, words: str
) -> None:
    assert short_change(series, indicator) == words
