"""P-08 to P-11: how answers are spread, by hand, and against every possible answer with the same mean."""

import random
from collections import Counter
from itertools import product

import pytest

from app.disclosure import Cell, Measure, Share, Shown, show_cell
from app.disclosure.squares import Row, squares


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


def test_two_parts_are_the_positive_share_and_stay_away() -> None:
    assert _shown(0, 2, 2, 12, 14).distribution == {}


@pytest.mark.parametrize(
    "counts", [(0, 0, 0, 6, 6), (1, 0, 0, 5, 6), (0, 0, 4, 4, 4), (2, 2, 2, 2, 0), (1, 1, 1, 2, 2)]
)
def test_p09_the_examples_of_the_audit_show_no_distribution(counts: tuple[int, ...]) -> None:
    """Twelve of whom six gave 4 and six 5, with a mean of 4.5: nobody could have given less."""
    assert _shown(*counts).distribution == {}


def test_p09_what_the_mean_would_give_away_is_not_shown() -> None:
    """Six who gave 1 to 3 with a mean near 3: hardly any of them can have given a 1."""
    assert _shown(0, 0, 6, 10, 14).distribution == {}


def test_scores_of_a_theme_have_no_distribution() -> None:
    cell = Cell({2.5: 20, 3.5: 20, 4.5: 20})
    shown = show_cell(cell, Measure.FIVE, with_distribution=True)

    assert shown is not None
    assert shown.distribution == {}


def test_grades_are_cut_where_they_become_positive() -> None:
    cell = Cell({4.0: 2, 5.0: 8, 6.0: 30, 7.0: 60, 8.0: 70, 9.0: 25, 10.0: 5})
    shown = show_cell(cell, Measure.GRADE, with_distribution=True)

    assert shown is not None
    assert [*shown.distribution] == ["1-5", "6", "7", "8", "9-10"]


def test_p11_with_mean_and_margin_no_answer_of_few_is_known_better() -> None:
    """Every way in which thirty to sixty people can have answered so that this is shown."""
    dice, attacked = random.Random(3), 0  # noqa: S311 - invented answers
    for n in (30, 40, 40, 45, 50, 50, 50, 60):
        cell = _random_cell(dice, n)
        shown = show_cell(cell, Measure.FIVE, size=2 * n, with_distribution=True)
        assert shown is not None
        names = [name for name in shown.distribution if "-" in name]
        pooled = [value for name in names for value in range(int(name[0]), int(name[-1]) + 1)]
        if not pooled:
            continue
        before, after = _possible(shown, n, is_told=False), _possible(shown, n, is_told=True)
        for value in pooled:
            number = cell.values.get(float(value), 0)
            few, without = ({found[value - 1] for found in each} for each in (after, before))
            attacked += 1
            if number <= 4:
                assert set(range(5)) & without <= few
            else:
                assert max(few) - min(few) >= min(5, max(without) - min(without))
    assert attacked > 10


def _random_cell(dice: random.Random, n: int) -> Cell:
    values = [float(min(5, max(1, round(dice.gauss(3.3, 1.1))))) for _ in range(n)]
    return Cell(Counter(values))


def _possible(shown: Shown, n: int, *, is_told: bool) -> list[tuple[int, ...]]:
    """All answers of n people of whom this is shown; with or without the distribution."""
    positive = [good for good in range(n + 1) if (100 * good + n // 2) // n == shown.good.low]
    parts = [(name, share) for name, share in shown.distribution.items() if is_told]
    found: list[tuple[int, ...]] = []
    for good in positive:
        bad = n - good
        for one, two, five in product(range(bad + 1), range(bad + 1), range(good + 1)):
            counts = (one, two, bad - one - two, good - five, five)
            if counts[2] < 0 or not _has_mean(counts, n, shown.mean or 0.0):
                continue
            if all(_rounded(counts, name, n) == share.low for name, share in parts):
                again = show_cell(_cell(*counts), Measure.FIVE, size=2 * n)
                if again is not None and again.mean_margin == shown.mean_margin:
                    found.append(counts)
    return found


def _has_mean(counts: tuple[int, ...], n: int, mean: float) -> bool:
    total = sum(value * number for value, number in enumerate(counts, start=1))
    return abs(total / n - mean) <= 0.05 + 1e-9


def _rounded(counts: tuple[int, ...], name: str, n: int) -> int:
    low, _, high = name.partition("-")
    number = sum(counts[int(low) - 1 : int(high or low)])
    return (200 * number + n) // (2 * n)


def test_the_squares_of_a_part_lie_between_alike_and_apart() -> None:
    """Ten people, 22 points of 1 to 3: eight 2 and two 3, or four 1 and six 3, around 2.2."""
    assert squares([Row((1, 2, 3), 10)], 22) == pytest.approx((8 * 0.04 + 2 * 0.64, 4 * 1.44 + 6 * 0.64))
    assert squares([Row((1, 2, 3), 10)], 31) is None
    assert squares([Row((4,), 5), Row((5,), 0)], 20) == (0, 0)
