"""P-08, P-09, P-14: what may be shown of one group, at every boundary, counted by hand."""

import pytest

from app.disclosure import Cell, Count, Measure, Share, show_cell
from app.disclosure.cells import count_of, is_uniform, rounded, share_of


def _cell(*values: float, cannot_say: int = 0) -> Cell:
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return Cell(counts, cannot_say)


def test_p08_four_answers_show_nothing_and_five_a_mean() -> None:
    assert show_cell(_cell(1, 2, 4, 5), Measure.FIVE) is None

    shown = show_cell(_cell(1, 2, 4, 5, 3), Measure.FIVE, with_distribution=True)

    assert shown is not None
    assert (shown.n, shown.mean, shown.good) == (Count(5, 9), 3.0, Share(40, 40))
    assert shown.distribution == {}
    assert (shown.spread, shown.mean_margin, shown.good_margin) == (None, None, None)


def test_p08_who_cannot_say_is_no_answer() -> None:
    assert show_cell(_cell(1, 2, 4, 5, cannot_say=30), Measure.FIVE) is None


def test_p08_nine_answers_have_no_margin_and_ten_have() -> None:
    nine = show_cell(_cell(1, 2, 3, 4, 5, 1, 2, 3, 4), Measure.FIVE)
    ten = show_cell(_cell(1, 2, 3, 4, 5, 1, 2, 3, 4, 5), Measure.FIVE)

    assert nine is not None
    assert (nine.spread, nine.mean_margin) == (None, None)
    assert ten is not None  # s = √(20/9) = 1.49 → 1.5; 2.262 × 1.5 / √10 = 1.07
    assert (ten.n, ten.spread, ten.mean_margin) == (Count(10, 19), 1.5, (1.9, 4.1))


def test_p14_nineteen_answers_are_a_class_and_twenty_a_number() -> None:
    assert count_of(19) == Count(10, 19)
    assert count_of(20) == Count(20, 20)
    assert count_of(4) == Count(0, 4)


def test_the_margin_of_a_class_tells_no_more_than_the_class() -> None:
    """Ten and nineteen answers with the same mean and spread have the same margin."""
    ten = show_cell(Cell({2.0: 5, 4.0: 5}), Measure.FIVE)
    nineteen = show_cell(Cell({2.0: 9, 3.0: 1, 4.0: 9}), Measure.FIVE)

    assert ten is not None
    assert nineteen is not None
    assert (ten.spread, nineteen.spread) == (1.1, 1.0)
    assert nineteen.mean_margin == (rounded(3 - 2.262157 * 1.0 / 10**0.5), rounded(3 + 2.262157 / 10**0.5))


@pytest.mark.parametrize(
    ("number", "n", "expected"),
    [
        (5, 5, Share(80, 100)),
        (4, 5, Share(80, 100)),
        (7, 9, Share(78, 78)),
        (1, 5, Share(0, 20)),
        (0, 9, Share(0, 20)),
        (2, 9, Share(22, 22)),
        (10, 10, Share(90, 100)),
        (9, 10, Share(90, 100)),
        (18, 19, Share(90, 100)),
        (17, 19, Share(89, 89)),
        (1, 10, Share(0, 10)),
        (2, 19, Share(11, 11)),
        (20, 20, Share(100, 100)),
        (0, 20, Share(0, 0)),
        (1, 200, Share(1, 1)),
    ],
)
def test_p09_below_twenty_nobody_and_everybody_are_bands(number: int, n: int, expected: Share) -> None:
    assert share_of(number, n) == expected


@pytest.mark.parametrize("n", range(5, 20))
def test_p09_a_band_never_says_that_all_or_none_did(n: int) -> None:
    assert share_of(n, n) == share_of(n - 1, n)
    assert share_of(0, n) == share_of(1, n)


@pytest.mark.parametrize("n", range(5, 20))
def test_p09_the_same_answer_of_all_or_all_but_one_shows_a_band_alone(n: int) -> None:
    for cell in (Cell({5.0: n}), Cell({5.0: n - 1, 1.0: 1})):
        shown = show_cell(cell, Measure.FIVE, with_distribution=True)

        assert is_uniform(cell)
        assert shown is not None
        assert (shown.mean, shown.spread, shown.mean_margin, shown.distribution) == (None, None, None, {})
        assert shown.good.high == 100
        assert shown.good.low < 100


def test_twenty_of_one_mind_are_shown() -> None:
    shown = show_cell(Cell({5.0: 20}), Measure.FIVE)

    assert shown is not None
    assert (shown.mean, shown.good, shown.mean_margin) == (5.0, Share(100, 100), (5.0, 5.0))


def test_everybody_answered_leaves_no_margin() -> None:
    cell = Cell({2.0: 10, 4.0: 10})

    alone = show_cell(cell, Measure.FIVE, size=20)
    of_more = show_cell(cell, Measure.FIVE, size=39)

    assert alone is not None
    assert (alone.is_complete, alone.mean_margin, alone.good_margin) == (True, None, None)
    assert of_more is not None  # 2.093 × 1.0 / √20 × √(19/38) = 0.33
    assert of_more.mean_margin == (2.7, 3.3)
    assert of_more.good_margin == (36, 64)  # half of 0.299–0.701


def test_more_than_half_who_cannot_say_is_told() -> None:
    five = _cell(1, 2, 3, 4, 5, cannot_say=5)
    six = _cell(1, 2, 3, 4, 5, cannot_say=6)

    assert [getattr(show_cell(each, Measure.FIVE), "is_hard_to_judge", None) for each in (five, six)] == [
        False,
        True,
    ]


def test_grades_count_from_seven_as_positive() -> None:
    shown = show_cell(_cell(6, 7, 8, 9, 4, 5), Measure.GRADE)

    assert shown is not None
    assert (shown.mean, shown.good) == (6.5, Share(50, 50))


@pytest.mark.parametrize("size", [10, 12])
def test_a_size_below_the_number_of_answers_counts_as_unknown(size: int) -> None:
    cell = Cell({2.0: 5, 3.0: 5, 4.0: 5})

    shown = show_cell(cell, Measure.FIVE, size=size)

    assert shown is not None
    assert shown == show_cell(cell, Measure.FIVE)
    assert not shown.is_complete
    assert shown.mean_margin is not None
