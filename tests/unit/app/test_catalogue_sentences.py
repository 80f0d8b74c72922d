"""Every indicator of the catalogue through every sentence: all read as Dutch, none says more than it may."""

import re

import pytest

from app.indicators import TOTAL, CellStatus, Figure, Indicator, PeriodStatus, Unit
from app.regions import COUNTRY, RegionKind, RegionName
from app.sentences import Answer, Beside, Claim, children_words, claim, level, margin_words
from app.verdicts import Margin, margin_of, verdict
from loaders.catalogue import load_catalogue
from tests.example_indicators import PERIODS

CATALOGUE = {each.id: each for each in load_catalogue()}
REGION = RegionName("PO2707", RegionKind.SWV_PO, "SWV Amstel")
NEVER = re.compile(
    r"\b(door|oorzaa?k\w*|veroorzaak\w*|significant\w*|bewijs\w*|bewezen|geen toeval|dankzij|None|nan)\b",
    re.IGNORECASE,
)
BROKEN = re.compile(
    r"  | [.,;:)]|\( |\.\.|\b(\w+) \1\b|\b(van|dan|met) (het|de) (het|de)\b|“[^”]*$",
)
"""A space astray, a word doubled, two articles, a quotation that does not end."""


def figure(
    indicator: Indicator, *counts: float, value: float | None = None, region: str = "PO2707"
) -> Figure:
    part, whole = (*counts, None, None)[:2]
    return Figure(
        region,
        PERIODS[indicator.period_kind],
        TOTAL,
        part,
        part,
        whole,
        whole,
        value,
        CellStatus.PRESENT,
        PeriodStatus.PROVISIONAL,
        unit=indicator.unit,
    )


def figures(indicator: Indicator) -> tuple[Figure, Figure]:
    """An own figure and the country's, by what the indicator is made of."""
    if margin_of(indicator) is not Margin.NONE:
        return figure(indicator, 150, 1800), figure(indicator, 108_000, 1_800_000, region=COUNTRY)
    if indicator.is_counted_total:
        return figure(indicator, 1234), figure(indicator, 250_000, region=COUNTRY)
    return figure(indicator, value=2), figure(indicator, value=1, region=COUNTRY)


def say(indicator: Indicator, own: Figure, there: Figure) -> Claim:
    found = verdict(own, there, indicator)
    return claim(own, Beside(there, "Nederland"), found, indicator, region=REGION, period=own.period)


def templates(text: str, indicator: Indicator) -> str:
    """A text without the words of the catalogue, which are reviewed there."""
    answers = [answer.label for answer in indicator.answers]
    text = text.replace(indicator.note, "…") if indicator.note else text
    for words in filter(None, (indicator.label, indicator.numerator, indicator.denominator, *answers)):
        text = text.replace(re.sub(r" \([^)]*\)", "", words), "…")
    return text


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_claim_reads_as_dutch_and_carries_its_doubt(name: str) -> None:
    indicator = CATALOGUE[name]
    own, there = figures(indicator)

    said = say(indicator, own, there)

    text = " ".join((said.sentence, *said.why, *said.offers))
    assert BROKEN.search(text) is None
    assert NEVER.search(templates(text, indicator)) is None
    assert said.sentence.endswith(("zijn voorlopig.", "is voorlopig."))
    assert len(said.sentence) < (480 if indicator.by_school else 420)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_claim_gives_the_note_of_the_catalogue_and_says_where_is_counted(name: str) -> None:
    indicator = CATALOGUE[name]
    own, there = figures(indicator)

    said = say(indicator, own, there)

    told = "Geteld is waar de school staat, niet waar het kind woont." in said.sentence
    assert not indicator.note or said.why[-1] == indicator.note
    assert told is indicator.by_school
    assert not (indicator.by_school and said.answer is Answer.YES)


@pytest.mark.parametrize("name", CATALOGUE)
def test_only_what_has_a_margin_speaks_of_chance_with_certainty(name: str) -> None:
    indicator = CATALOGUE[name]
    own, there = figures(indicator)

    said = say(indicator, own, there)

    has_margin = margin_of(indicator) is not Margin.NONE
    assert ("dan toeval alleen geeft" in said.sentence) is has_margin
    assert ("95%-marge loopt" in margin_words(own, indicator)) is has_margin
    assert bool(children_words(own, verdict(own, there, indicator), indicator, "Nederland")) is has_margin


@pytest.mark.parametrize("name", [key for key, each in CATALOGUE.items() if each.unit is Unit.PERCENT])
def test_a_percentage_alone_is_told_without_counts(name: str) -> None:
    indicator = CATALOGUE[name]
    own, there = figure(indicator, value=13.2), figure(indicator, value=10.4, region=COUNTRY)

    said = say(indicator, own, there)

    assert "marge" in said.sentence
    assert BROKEN.search(said.sentence) is None
    assert re.search(r"13(,\d+)?%", said.sentence)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_region_without_a_figure_says_so(name: str) -> None:
    indicator = CATALOGUE[name]

    assert level(None, indicator, REGION, PERIODS[indicator.period_kind]).endswith(
        " is er geen cijfer voor SWV Amstel."
    )
