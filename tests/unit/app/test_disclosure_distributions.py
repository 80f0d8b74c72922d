"""P-08 to P-10: how answers are spread, by hand and for every way in which a few people can answer."""

import random
from collections import Counter

import pytest

from app.disclosure import Cell, Measure, Share, Shown, show_cell


def _cell(*counts: int) -> Cell:
    return Cell({float(value): number for value, number in enumerate(counts, start=1) if number})


def _shown(*counts: int) -> Shown:
    shown = show_cell(_cell(*counts), Measure.FIVE, with_distribution=True)
    assert shown is not None
    return shown


def test_answers_that_five_people_gave_each_stand_alone() -> None:
    assert _shown(5, 5, 5, 5, 5).distribution == {str(value): Share(20, 20) for value in range(1, 6)}


def test_answers_of_fewer_stand_with_their_neighbours() -> None:
    assert _shown(3, 12, 20, 40, 25).distribution == {
        "1-2": Share(15, 15),
        "3": Share(20, 20),
        "4": Share(40, 40),
        "5": Share(25, 25),
    }


def test_fifteen_answers_have_a_distribution_and_fourteen_have_none() -> None:
    """Five people in each of three parts: 1 to 3, 4 and 5."""
    assert _shown(1, 2, 2, 5, 5).distribution == {
        "1-3": Share(33, 33),
        "4": Share(33, 33),
        "5": Share(33, 33),
    }
    assert _shown(1, 2, 2, 5, 4).distribution == {}


def test_two_parts_are_the_positive_share_and_stay_away() -> None:
    assert _shown(0, 2, 2, 12, 14).distribution == {}


@pytest.mark.parametrize(
    "counts", [(0, 0, 0, 6, 6), (1, 0, 0, 5, 6), (0, 0, 4, 4, 4), (2, 2, 2, 2, 0), (0, 0, 0, 10, 10)]
)
def test_p09_it_is_never_told_that_nobody_gave_an_answer(counts: tuple[int, ...]) -> None:
    """Six 4 and six 5 of twelve: 50% and 50% would say that nobody gave less."""
    assert _shown(*counts).distribution == {}


def test_p10_no_part_holds_fewer_than_five_people() -> None:
    dice, told = random.Random(3), 0  # noqa: S311 - invented answers
    for n in list(range(8, 60)) * 5:
        values = [float(min(5, max(1, round(dice.gauss(3.3, 1.1))))) for _ in range(n)]
        cell = Cell(Counter(values))
        shown = show_cell(cell, Measure.FIVE, with_distribution=True)
        assert shown is not None
        for name in shown.distribution:
            low, _, high = name.partition("-")
            told += 1
            assert sum(cell.values.get(float(each), 0) for each in range(int(low), int(high or low) + 1)) >= 5
    assert told > 400


def test_scores_of_a_theme_have_no_distribution() -> None:
    cell = Cell({2.5: 20, 3.5: 20, 4.5: 20})
    shown = show_cell(cell, Measure.FIVE, with_distribution=True)

    assert shown is not None
    assert shown.distribution == {}


def test_grades_are_cut_where_they_become_positive() -> None:
    cell = Cell({4.0: 2, 5.0: 8, 6.0: 30, 7.0: 60, 8.0: 70, 9.0: 25, 10.0: 5})
    shown = show_cell(cell, Measure.GRADE, with_distribution=True)

    assert shown is not None
    assert [*shown.distribution] == ["1-5", "6", "7", "8", "9", "10"]
