"""What holds for every sentence: nothing hidden in it, robust only where all agree, every doubt told."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators import CellStatus, Figure, Indicator, PeriodStatus
from app.regions import COUNTRY
from app.sentences import (
    Answer,
    Beside,
    children_words,
    claim,
    hold_words,
    level,
    margin_words,
    short_verdict,
    verdict_words,
)
from app.statistics import Estimate
from app.verdicts import Step, Verdict, verdict
from tests.example_figures import COUNT, PERCENT, SWV, finished, part
from tests.example_indicators import INDICATORS, PERIODS

SHARES = [each for each in INDICATORS.values() if each.denominator and each.unit.factor > 1]


@given(st.sampled_from(SHARES), st.lists(st.integers(1, 999), min_size=4, max_size=4))
def test_no_sentence_changes_with_what_is_hidden(indicator: Indicator, numbers: list[int]) -> None:
    first, second, *rests = numbers

    texts = {
        _of_hidden(indicator, events, events + rest, value)
        for events, rest, value in ((first, rests[0], None), (second, rests[1], None), (first, 10, 13.4))
    }

    assert len(texts) == 1
    assert "tussen" not in texts.pop()


def _of_hidden(indicator: Indicator, events: float, of: float, value: float | None) -> str:
    """All that is said of a hidden figure, and of another region beside it."""
    period = PERIODS[indicator.period_kind]
    secret = part(events, of, period=period, unit=indicator.unit, value=value)
    secret = secret._replace(status=CellStatus.HIDDEN)
    there = finished(6.0, region=COUNTRY, period=period, unit=indicator.unit)
    beside = Beside(secret._replace(region="PO2601"), "SWV Utrecht")
    told = [
        _everything(secret, Beside(there, "Nederland"), indicator),
        _everything(there._replace(region=SWV.code), beside, indicator),
    ]
    return " ".join(told)


def _everything(own: Figure, beside: Beside, indicator: Indicator) -> str:
    found = verdict(own, beside.figure, indicator)
    said = claim(own, beside, found, indicator, region=SWV, period=own.period)
    return " ".join(
        [
            said.sentence,
            *said.why,
            *said.offers,
            verdict_words(own, beside, found, indicator),
            margin_words(own, indicator),
            children_words(own, found, indicator, beside.than),
        ]
    )


def test_a_hidden_count_reads_as_below_five_and_nothing_more() -> None:
    secret = part(3, 0)._replace(numerator_low=1.0, numerator_high=4.0, status=CellStatus.HIDDEN)
    secret = secret._replace(denominator_low=None, denominator_high=None)

    text = _everything(secret, Beside(secret._replace(region=COUNTRY), "Nederland"), COUNT)

    assert re.findall(r"\d+", text.replace("1 oktober 2025", "")) == ["5"]


NAMES = ("Nederland", "vergelijkbare regio’s", "zelfde grootte", "eigen verleden")
NONE_AT_ALL = Estimate(0.0, 0.0, 0.0)
SIDES = [Verdict(step, side, NONE_AT_ALL) for step in (Step.PROBABLY, Step.CLEARLY) for side in (1, -1)]
VERDICTS = st.sampled_from([None, Verdict(Step.COMPARABLE, 0, NONE_AT_ALL), *SIDES])


@given(st.lists(VERDICTS, max_size=4))
def test_a_verdict_is_robust_exactly_if_all_give_the_same(found: list[Verdict | None]) -> None:
    words = hold_words(dict(zip(NAMES, found, strict=False)))

    same = {each.words if each else None for each in found}
    assert ("robuust" in words) is (len(found) >= 2 and len(same) == 1 and None not in same)
    assert ("hangt af" in words) is (len(same - {None}) > 1)
    assert all(name in words for name in NAMES[: len(found)])


@given(st.lists(VERDICTS, max_size=4))
def test_whether_a_verdict_is_striking_does_not_change_whether_it_holds(found: list[Verdict | None]) -> None:
    loud = [each and Verdict(each.step, each.side, each.gap, is_striking=True) for each in found]

    plain, told = (hold_words(dict(zip(NAMES, each, strict=False))) for each in (found, loud))

    assert plain == told


DOUBTS: list[tuple[dict[str, Any], str]] = [
    ({"period_status": PeriodStatus.PROVISIONAL}, "voorlopig"),
    ({"period_status": PeriodStatus.REVISED_PROVISIONAL}, "nader voorlopig"),
    ({"estimated": 0.1}, "deels geschat"),
    ({"indirect": 0.1}, "via de gemeente toegerekend"),
    ({"converted": True}, "omgerekend naar de gemeenten van nu"),
]


@pytest.mark.parametrize(("doubt", "words"), DOUBTS)
@pytest.mark.parametrize("there", [6.0, 8.0, 7.0])
def test_every_doubt_about_either_figure_stands_in_the_sentence_that_is_copied(
    doubt: dict[str, Any], words: str, there: float
) -> None:
    own, country = part(150, 1800), finished(there, region=COUNTRY)

    for first, second in ((own._replace(**doubt), country), (own, country._replace(**doubt))):
        said = claim(first, Beside(second, "Nederland"), None, PERCENT, region=SWV, period="2025")
        assert words in said.sentence
        assert said.answer is not Answer.YES


@given(st.integers(0, 3000), st.integers(1, 3000), st.floats(0, 100))
def test_yes_is_said_only_where_the_strict_limits_exclude_the_benchmark(
    events: int, rest: int, there: float
) -> None:
    own, country = part(events, events + rest), finished(there, region=COUNTRY)
    found = verdict(own, country, PERCENT)

    said = claim(own, Beside(country, "Nederland"), found, PERCENT, region=SWV, period="2025")

    assert found is not None
    assert (said.answer is Answer.YES) is (found.step is Step.CLEARLY)
    assert (said.answer is Answer.NO) is (found.step is Step.COMPARABLE)
    assert ("groter dan toeval" in said.sentence) is (found.step is not Step.COMPARABLE)
    assert ("meestal geeft" in said.sentence) is (found.step is Step.PROBABLY)


@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 1000).map(lambda tenths: tenths / 10))
def test_a_limit_of_a_clear_difference_never_reads_as_nothing(events: int, rest: int, there: float) -> None:
    own, country = part(events, events + rest), finished(there, region=COUNTRY)
    found = verdict(own, country, PERCENT)

    said = claim(own, Beside(country, "Nederland"), found, PERCENT, region=SWV, period="2025")

    if found is not None and found.step is Step.CLEARLY:
        assert re.search(r"(van|tot) 0,0+ ", said.why[1]) is None


def test_the_sentence_is_the_same_without_the_verdict_that_follows_from_the_figures() -> None:
    own, beside = part(150, 1800), Beside(finished(6.0, region=COUNTRY), "Nederland")
    found = verdict(own, beside.figure, PERCENT)

    assert verdict_words(own, beside, None, PERCENT) == verdict_words(own, beside, found, PERCENT)


@pytest.mark.parametrize(
    ("than", "name"),
    [
        ("Nederland", "het landelijke cijfer"),
        ("SWV Utrecht", "het cijfer van SWV Utrecht"),
        ("Het Hogeland", "het cijfer van Het Hogeland"),
        ("de andere gemeenten", "het cijfer van de andere gemeenten"),
        ("op 1 oktober 2020", "het cijfer op 1 oktober 2020"),
        ("in het eerste halfjaar van 2020", "het cijfer in het eerste halfjaar van 2020"),
        ("het gemiddelde van uw groep", "het gemiddelde van uw groep"),
    ],
)
def test_a_benchmark_is_named_as_a_figure(than: str, name: str) -> None:
    assert Beside(None, than).with_ == name
    assert Beside(None, than, "iets anders").with_ == "iets anders"


def test_a_missing_verdict_is_no_margin_for_shares_only() -> None:
    assert short_verdict(None, PERCENT) == "geen marge bekend"
    assert short_verdict(None, COUNT) == ""


def test_the_level_of_money_is_not_counted_in_heads() -> None:
    own = part(45_000, 1_000_000, period="2022")

    assert "45.000" not in level(own, INDICATORS["bureau"], SWV, "2022")
