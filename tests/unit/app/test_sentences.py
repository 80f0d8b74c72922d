"""The sentences, word for word: what a policy officer reads and repeats."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.benchmarks import Rank
from app.indicators import CellStatus, Figure, Indicator, PeriodKind, PeriodStatus
from app.regions import NETHERLANDS, RegionKind, RegionName, Succession
from app.sentences import (
    STATE_SENTENCES,
    State,
    change,
    comparison,
    level,
    only_for,
    place,
    succession,
    value_words,
    warnings,
)
from tests.example_figures import (
    AGES,
    COUNT,
    GEMEENTE,
    PERCENT,
    SWV,
    at_least,
    count,
    country,
    finished,
    hidden,
    part,
)

YEARLY = replace(
    PERCENT,
    numerator="jongeren met jeugdhulp in natura",
    denominator="alle jongeren (het CBS geeft dit aantal hier niet)",
    period_kind=PeriodKind.CALENDAR_YEAR,
    reference_day="",
)
INHABITANTS = replace(COUNT, numerator="inwoners op 1 januari", reference_day="1 januari")


@pytest.mark.parametrize(
    ("figure", "indicator", "words"),
    [
        (count(61718), COUNT, "61.718"),
        (count(0), COUNT, "0"),
        (count(33951, 33996), COUNT, "tussen 33.951 en 33.996"),
        (count(33950.6, 33951.4), COUNT, "33.951"),
        (hidden(), COUNT, "minder dan 5"),
        (count(0, 4), COUNT, "tussen 0 en 4"),
        (at_least(120), COUNT, "minimaal 120"),
        (count(None), COUNT, "geen gegevens"),
        (None, COUNT, "geen gegevens"),
        (part(1236, 62954), PERCENT, "2,0%"),
        (part(12, 100, 15), PERCENT, "tussen 12,0 en 14,6%"),
        (part(1000, 50000, 1004), PERCENT, "2,0%"),
        (finished(13.2), YEARLY, "13,2%"),
        (finished(None), YEARLY, "geen gegevens"),
        (hidden(denominator_low=9000.0, denominator_high=9003.0), PERCENT, "door de bron verborgen"),
        (finished(None)._replace(status=CellStatus.HIDDEN), YEARLY, "door de bron verborgen"),
    ],
)
def test_a_value_says_what_is_known_and_no_more(
    figure: Figure | None, indicator: Indicator, words: str
) -> None:
    assert value_words(figure, indicator) == words


@pytest.mark.parametrize(
    ("figure", "indicator", "sentence"),
    [
        (
            part(1236, 62954),
            PERCENT,
            "Op 1 oktober 2025 telde SWV Amstel 1.236 leerlingen in het sbo: 2,0% van alle 62.954 leerlingen "
            "in basisonderwijs en sbo samen.",
        ),
        (
            part(1230, 61500, 1240),
            PERCENT,
            "Op 1 oktober 2025 telde SWV Amstel tussen 1.230 en 1.240 leerlingen in het sbo: 2,0% van alle "
            "leerlingen in basisonderwijs en sbo samen (tussen 61.500 en 61.510).",
        ),
        (
            count(61718),
            COUNT,
            "Op 1 oktober 2025 telde SWV Amstel 61.718 leerlingen op vestigingen voor basisonderwijs.",
        ),
        (
            hidden(),
            COUNT,
            "Op 1 oktober 2025 telde SWV Amstel minder dan 5 leerlingen op vestigingen voor basisonderwijs.",
        ),
        (
            at_least(120),
            COUNT,
            "Op 1 oktober 2025 telde SWV Amstel minimaal 120 leerlingen op vestigingen voor basisonderwijs.",
        ),
        (
            count(1),
            COUNT,
            "Op 1 oktober 2025 was het aantal leerlingen op vestigingen voor basisonderwijs in SWV Amstel 1.",
        ),
        (count(231000), INHABITANTS, "Op 1 januari 2025 telde SWV Amstel 231.000 inwoners."),
        (
            finished(13.2),
            YEARLY,
            "In 2025 was het aandeel jongeren met jeugdhulp in natura in SWV Amstel 13,2% van alle jongeren.",
        ),
        (finished(None), YEARLY, "In 2025 is er geen cijfer voor SWV Amstel."),
        (None, COUNT, "Op 1 oktober 2025 is er geen cijfer voor SWV Amstel."),
        (
            hidden(denominator_low=9000.0, denominator_high=9003.0),
            PERCENT,
            "Op 1 oktober 2025 verbergt de bron dit cijfer voor SWV Amstel.",
        ),
    ],
)
def test_the_level_says_what_where_and_when(
    figure: Figure | None, indicator: Indicator, sentence: str
) -> None:
    assert level(figure, indicator, SWV, "2025") == sentence


def test_the_level_of_a_category_names_it() -> None:
    indicator = replace(COUNT, numerator="jongeren met jeugdzorg", breakdowns=(AGES,))

    sentence = level(count(2360, breakdown="leeftijd:0-4"), indicator, SWV, "2025")

    assert sentence == "Op 1 oktober 2025 telde SWV Amstel 2.360 jongeren met jeugdzorg (0 tot 4 jaar)."


def test_a_place_says_among_how_many() -> None:
    assert place(Rank(9, 9, 76), RegionKind.SWV_PO) == (
        "Plaats 9 van de 76 samenwerkingsverbanden primair onderwijs met een cijfer."
    )
    assert place(Rank(9, 11, 342), RegionKind.GEMEENTE) == (
        "Plaats 9 tot en met 11 van de 342 gemeenten met een cijfer."
    )
    assert place(None, RegionKind.GEMEENTE) == ""


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        (count(10), []),
        (None, []),
        (
            count(10, period_status=PeriodStatus.PROVISIONAL),
            ["Dit cijfer is voorlopig: de bron kan het nog aanpassen."],
        ),
        (
            count(10, period_status=PeriodStatus.REVISED_PROVISIONAL),
            ["Dit cijfer is nader voorlopig: de bron kan het nog aanpassen."],
        ),
        (
            count(10, estimated=0.034),
            [
                "Deels geschat: ongeveer 3% komt uit gemeenten die over meer samenwerkingsverbanden "
                "verdeeld zijn."
            ],
        ),
        (
            count(10, indirect=0.004),
            [
                "Van minder dan 1% van de leerlingen is de postcode van de school niet bekend; zij zijn "
                "via de gemeente toegerekend."
            ],
        ),
        (count(10, 14), ["De bron verbergt kleine aantallen: daarom staan hier twee grenzen."]),
        (count(10.1, 10.2), []),
        (hidden(), ["De bron toont kleine aantallen niet."]),
        (at_least(10), ["De bron geeft niet alle delen van dit cijfer: het echte getal is dit of hoger."]),
        (finished(None), []),
    ],
)
def test_a_warning_is_given_for_everything_that_makes_a_figure_less_than_sure(
    figure: Figure | None, found: list[str]
) -> None:
    assert warnings(figure, COUNT) == found


def test_a_figure_that_a_region_cannot_have_says_who_has_it() -> None:
    def levels(*kinds: RegionKind) -> str:
        return only_for(replace(PERCENT, levels=(RegionKind.COUNTRY, *kinds)))

    assert levels(RegionKind.GEMEENTE) == "Dit cijfer bestaat alleen per gemeente."
    assert levels() == "Dit cijfer bestaat alleen voor Nederland als geheel."
    assert levels(RegionKind.GEMEENTE, RegionKind.SWV_VO) == (
        "Dit cijfer bestaat alleen per gemeente en per samenwerkingsverband voortgezet onderwijs."
    )


def test_a_merger_is_dated_and_a_split_has_its_part() -> None:
    old = RegionName("GM0053", RegionKind.GEMEENTE, "Winsum")
    new = RegionName("GM1966", RegionKind.GEMEENTE, "Het Hogeland")

    assert succession(Succession(old, new, date(2019, 1, 1), 0.885)) == (
        "Op 1 januari 2019 ging Winsum voor 88% over naar Het Hogeland."
    )
    assert succession(Succession(old, new, date(2019, 1, 1), 1.0)) == (
        "Op 1 januari 2019 ging Winsum over naar Het Hogeland."
    )


def test_the_five_states_are_worded_and_all_different() -> None:
    assert set(STATE_SENTENCES) == set(State)
    assert len(set(STATE_SENTENCES.values())) == 5


VERDICTS = re.compile(
    r"toeval|significant|duidelijk|waarschijnlijk|trend|beter|slechter|opvallend|goed", re.I
)


def test_no_sentence_speaks_of_chance_trend_or_verdict() -> None:
    series = [part(1900, 62000, period="2011"), part(1300, 62100, period="2024"), part(1236, 62954)]
    there = country(part(33000, 1_400_000))

    text = " ".join(
        [
            level(series[-1], PERCENT, GEMEENTE, "2025"),
            level(there, PERCENT, NETHERLANDS, "2025"),
            comparison(series[-1], there, PERCENT),
            change(series, PERCENT),
            *warnings(
                count(1, 4, estimated=0.5, indirect=0.5, period_status=PeriodStatus.PROVISIONAL), COUNT
            ),
        ]
    )

    assert VERDICTS.search(text) is None
