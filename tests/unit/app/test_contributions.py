"""What a figure is made of: parts that add up, and hidden parts that stay hidden."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contributions import (
    Piece,
    SwvRoute,
    adds_up,
    contributions,
    refusal,
    route_words,
)
from app.indicators import Aggregation, Figure
from tests.example_figures import COUNT, PERCENT, at_least, count, finished, hidden, part

WHOLE, SPLIT = "GM0384", "GM0362"
TWICE = replace(COUNT, aggregation=Aggregation.COUNTED_TWICE)


def piece(code: str, figure: Figure | None, share: float = 1.0) -> Piece:
    return Piece(code, f"Gemeente {code}", share, is_whole=share == 1.0, figure=figure)


def of(total: Figure, *pieces: Piece, route: SwvRoute = SwvRoute.GEMEENTEN, **other: Any) -> Any:
    return contributions(total, pieces, other.get("indicator", COUNT), route)


def test_a_whole_gemeente_and_a_quarter_of_another_make_the_total() -> None:
    total = count(160)

    found = of(total, piece(WHOLE, count(60)), piece(SPLIT, count(400), 0.25))

    assert [each.numerator for each in found] == [(60, 60), (100, 100)]
    assert [each.part_of_total for each in found] == [(37.5, 37.5), (62.5, 62.5)]
    assert adds_up(total, found)


def test_a_percentage_is_made_of_part_and_whole() -> None:
    total = part(16, 160)

    found = of(total, piece(WHOLE, part(6, 60)), piece(SPLIT, part(40, 400), 0.25), indicator=PERCENT)

    assert [each.numerator for each in found] == [(6, 6), (10, 10)]
    assert [each.denominator for each in found] == [(60, 60), (100, 100)]
    assert adds_up(total, found)


def test_one_hidden_part_keeps_its_bounds_and_tells_no_share() -> None:
    total = count(101, 104)

    found = of(total, piece(WHOLE, count(100)), piece(SPLIT, hidden()))

    assert found[1].numerator == (1, 4)
    assert found[1].part_of_total is None
    assert adds_up(total, found)


def test_a_hidden_part_is_not_the_known_total_minus_the_rest() -> None:
    found = of(count(102), piece(WHOLE, count(100)), piece(SPLIT, hidden()))

    assert found[1].numerator == (1, 4)
    assert not adds_up(count(102), found)


def test_a_part_that_the_source_does_not_give_stays_open() -> None:
    total = at_least(60)

    found = of(total, piece(WHOLE, count(60)), piece(SPLIT, None, 0.25))

    assert (found[1].numerator, found[1].part_of_total) == (None, None)
    assert not adds_up(total, found)


def test_school_figures_of_a_split_gemeente_are_not_divided_by_a_share() -> None:
    found = of(count(130), piece(WHOLE, count(60)), piece(SPLIT, count(400), 0.25), route=SwvRoute.POSTCODE)

    assert [each.numerator for each in found] == [(60, 60), None]


def test_a_gemeente_goes_to_its_swvs_by_the_same_shares() -> None:
    own = count(400)

    found = of(own, piece("PO2707", own, 0.25), piece("PO2709", own, 0.75))

    assert [each.numerator for each in found] == [(100, 100), (300, 300)]
    assert adds_up(own, found)


def test_what_the_source_counts_in_both_swvs_is_whole_in_both_and_refused_as_a_sum() -> None:
    own = count(400)

    found = of(own, piece("PO2707", own, 0.25), piece("PO2709", own, 0.75), indicator=TWICE)

    assert [each.numerator for each in found] == [(400, 400), (400, 400)]
    assert not adds_up(own, found)
    assert "telt in allebei helemaal mee" in refusal(TWICE)


def test_percentages_without_counts_are_refused_as_a_sum() -> None:
    found = of(finished(10.0), piece(WHOLE, finished(8.0)))

    assert found[0].numerator is None
    assert "mag niet worden opgeteld" in refusal(replace(PERCENT, aggregation=Aggregation.FORBIDDEN))
    assert refusal(COUNT) == ""


@pytest.mark.parametrize(
    ("route", "estimated", "words"),
    [
        (SwvRoute.POSTCODE, 0.0, "naar postcode van de school"),
        (SwvRoute.GEMEENTEN, 0.0, "opgeteld uit gemeenten, geheel"),
        (
            SwvRoute.GEMEENTEN,
            0.124,
            "opgeteld uit gemeenten, deels geschat: 12% uit gesplitste gemeenten",
        ),
        (
            SwvRoute.POSTCODE,
            0.004,
            "naar postcode van de school, deels geschat: minder dan 1% uit gesplitste gemeenten",
        ),
        (
            SwvRoute.DELIVERED,
            0.0,
            "zoals geleverd: de bron geeft dit cijfer zelf per samenwerkingsverband",
        ),
        (None, 0.0, ""),
    ],
)
def test_the_page_says_how_the_figure_of_an_swv_came_about(
    route: SwvRoute | None, estimated: float, words: str
) -> None:
    assert route_words(route, count(100, estimated=estimated)) == words


numbers = st.integers(0, 10**6)


@given(st.lists(st.tuples(numbers, numbers, st.floats(0.01, 1.0)), min_size=1, max_size=8))
def test_contributions_add_up_to_the_sum_that_was_made_of_them(
    cells: list[tuple[int, int, float]],
) -> None:
    pieces = [
        piece(f"GM{place:04d}", count(low, low + extra), share)
        for place, (low, extra, share) in enumerate(cells)
    ]
    low = sum(share * low for low, _, share in cells)
    high = sum(share * (low + extra) for low, extra, share in cells)

    assert adds_up(count(low, high), of(count(low, high), *pieces))
