"""Expected numbers by indirect standardisation, and where groups are no groups of children."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators import TOTAL, CellStatus, Figure, PeriodStatus
from app.regions import COUNTRY
from app.sentences import expected_words
from app.standardised import Obstacle, expected, step_of, why_not_expected
from app.statistics import Ratio
from app.verdicts import Step
from tests.example_figures import AGES, COUNT, part
from tests.example_indicators import INDICATORS

CARE = INDICATORS["jeugdzorg"]
CODES = [TOTAL, *(each.code for each in AGES.categories)]


def table(*pairs: tuple[float, float], region: str = "PO2707", **other: Any) -> dict[str, Figure]:
    """The total and the two ages."""
    return {
        code: part(*pair, region=region, breakdown=code, **other)
        for code, pair in zip(CODES, pairs, strict=True)
    }


OWN = table((21, 180), (13, 100), (8, 80))
THERE = table((420, 5400), (300, 3000), (120, 2400), region=COUNTRY)
"""METHODS page: 100 × 10% and 80 × 5% is 14 expected; 21 is 1.5 times that, 0.93 to 2.29."""


def test_every_group_at_the_countrys_chance_gives_the_expected_number() -> None:
    found = expected(OWN, THERE, AGES, CARE)

    assert found is not None
    assert found == pytest.approx((14.0, 1.5, 0.928, 2.293), abs=0.001)


def test_the_parts_of_the_observed_number_do_not_matter() -> None:
    other = {**OWN, CODES[1]: OWN[CODES[1]]._replace(numerator_low=20.0, numerator_high=20.0)}

    assert expected(other, THERE, AGES, CARE) == expected(OWN, THERE, AGES, CARE)


def test_a_group_without_children_expects_nobody() -> None:
    found = expected(table((21, 100), (21, 100), (0, 0)), THERE, AGES, CARE)

    assert found is not None
    assert found.expected == 10.0


def changed(given_: dict[str, Figure], code: str, **other: Any) -> dict[str, Figure]:
    return {**given_, code: given_[code]._replace(**other)}


def without(given_: dict[str, Figure], code: str) -> dict[str, Figure]:
    return {key: figure for key, figure in given_.items() if key != code}


@pytest.mark.parametrize(
    ("own", "there", "reason"),
    [
        (without(OWN, TOTAL), THERE, Obstacle.NOT_COMPLETE),
        (without(OWN, CODES[2]), THERE, Obstacle.NOT_COMPLETE),
        (OWN, without(THERE, CODES[1]), Obstacle.NOT_COMPLETE),
        ({}, {}, Obstacle.NOT_COMPLETE),
        (changed(OWN, CODES[1], status=CellStatus.MISSING), THERE, Obstacle.NOT_COMPLETE),
        (changed(OWN, CODES[1], denominator_low=None, denominator_high=None), THERE, Obstacle.NOT_COMPLETE),
        (OWN, changed(THERE, TOTAL, value=7.8), Obstacle.NOT_COMPLETE),
        (changed(OWN, CODES[1], status=CellStatus.HIDDEN), THERE, Obstacle.HIDDEN),
        (changed(OWN, TOTAL, status=CellStatus.PARTLY_HIDDEN, numerator_high=24.0), THERE, Obstacle.HIDDEN),
        (changed(OWN, CODES[1], estimated=0.06), THERE, Obstacle.ESTIMATED),
        (changed(OWN, TOTAL, indirect=0.06), THERE, Obstacle.ESTIMATED),
        (OWN, changed(THERE, CODES[2], estimated=0.06), Obstacle.ESTIMATED),
        (changed(OWN, CODES[1], estimated=0.05, indirect=0.05), THERE, None),
        (changed(OWN, CODES[1], period="2024"), THERE, Obstacle.OTHER_PERIOD),
        (
            OWN,
            table((420, 5400), (300, 3000), (120, 2400), region=COUNTRY, period="2024"),
            Obstacle.OTHER_PERIOD,
        ),
        (THERE, THERE, Obstacle.OTHER_PERIOD),
        (OWN, table((420, 5400), (300, 3000), (120, 2400), region="PO2701"), Obstacle.OTHER_PERIOD),
        (OWN, table((0, 5400), (0, 3000), (0, 2400), region=COUNTRY), Obstacle.NOTHING),
        (OWN, table((420, 3000), (420, 3000), (0, 0), region=COUNTRY), Obstacle.NOTHING),
    ],
)
def test_where_something_lacks_there_is_a_reason_and_no_number(
    own: dict[str, Figure], there: dict[str, Figure], reason: Obstacle | None
) -> None:
    assert why_not_expected(own, there, AGES, CARE) is reason
    assert (expected(own, there, AGES, CARE) is None) is (reason is not None)


def test_parts_of_one_numerator_are_no_groups_of_children() -> None:
    # kinds of funding: each a part of the same 180 pupils, so that the denominators add up to twice the total
    own = table((21, 180), (13, 180), (8, 180))
    there = table((420, 5400), (300, 5400), (120, 5400), region=COUNTRY)

    assert why_not_expected(own, there, AGES, CARE) is Obstacle.NO_GROUPS


@pytest.mark.parametrize(
    ("own", "there"),
    [
        (table((21, 200), (13, 100), (8, 80)), THERE),
        (OWN, table((420, 6000), (300, 3000), (120, 2400), region=COUNTRY)),
        (OWN, table((500, 5400), (300, 3000), (120, 2400), region=COUNTRY)),
    ],
)
def test_groups_that_leave_out_children_are_not_all_of_them(
    own: dict[str, Figure], there: dict[str, Figure]
) -> None:
    assert why_not_expected(own, there, AGES, CARE) is Obstacle.NO_GROUPS


def test_rounded_counts_may_miss_the_total_by_one_percent() -> None:
    assert expected(OWN, table((423, 5450), (300, 3000), (120, 2400), region=COUNTRY), AGES, CARE) is not None


@pytest.mark.parametrize("indicator", [COUNT, INDICATORS["kosten"], replace(CARE, has_margin=False)])
def test_only_figures_with_a_margin_have_an_expected_number(indicator: Any) -> None:
    assert why_not_expected(OWN, THERE, AGES, indicator) is Obstacle.NO_MARGIN


def ratio(observed: float, low: float, high: float) -> Ratio:
    return Ratio(120.0, observed / 120, low, high)


@pytest.mark.parametrize(
    ("found", "step", "side"),
    [
        (ratio(130, 0.905, 1.286), Step.COMPARABLE, 0),
        (ratio(150, 1.058, 1.467), Step.PROBABLY, 1),  # 99.8%: 114.97 to 191.85 around 120
        (ratio(180, 1.289, 1.736), Step.CLEARLY, 1),  # 141.36 to 225.45
        (ratio(90, 0.603, 0.922), Step.PROBABLY, -1),  # 63.49 to 123.37
        (ratio(80, 0.529, 0.830), Step.CLEARLY, -1),  # to 111.6
    ],
)
def test_the_three_steps_hold_for_expected_numbers_too(found: Ratio, step: Step, side: int) -> None:
    assert step_of(found) == (step, side)


def test_a_small_expected_number_keeps_a_decimal() -> None:
    words = expected_words(Ratio(4.2, 9 / 4.2, 0.98, 4.07), AGES, CARE)

    assert words.startswith(
        "Bij de landelijke kans per leeftijd zou u er 4,2 verwachten; het zijn er 9: 2,14 keer zo veel"
    )


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        ({}, "Alleen leeftijd is meegerekend."),
        ({"period_status": PeriodStatus.PROVISIONAL}, " De cijfers hierachter zijn voorlopig."),
        ({"estimated": 0.02}, " De cijfers hierachter zijn deels geschat."),
        (
            {"period_status": PeriodStatus.REVISED_PROVISIONAL, "indirect": 0.02},
            " De cijfers hierachter zijn voorlopig en deels geschat.",
        ),
    ],
)
def test_a_doubt_about_one_figure_is_told_with_the_expected_number(doubt: Any, words: str) -> None:
    figures = [*OWN.values(), *changed(THERE, CODES[1], **doubt).values()]

    assert expected_words(Ratio(14.0, 1.5, 0.928, 2.293), AGES, CARE, figures).endswith(words)


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=2), st.integers(1, 99))
def test_where_every_group_has_the_same_chance_the_crude_number_is_expected(
    sizes: list[int], chance: int
) -> None:
    there = table((2 * chance, 200), (chance, 100), (chance, 100), region=COUNTRY)
    own = table((0, sum(sizes)), *((0, size) for size in sizes))

    found = expected(own, there, AGES, CARE)

    assert found is not None
    assert found.expected == pytest.approx(sum(sizes) * chance / 100)
    assert (found.ratio, found.low) == (0.0, 0.0)
