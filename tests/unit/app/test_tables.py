"""A cell says what the screen says, and has a number only where exactly one is known."""

from dataclasses import replace

import pytest

from app.indicators import Answer, CellStatus, Figure, Unit
from app.tables import Value, exact, figure_value
from tests.example_figures import COUNT, PERCENT, at_least, count, finished, hidden, part


def test_a_known_figure_has_its_words_and_its_number() -> None:
    assert figure_value(part(20, 1000), PERCENT) == Value("2,0%", 2.0)
    assert figure_value(count(61_718), COUNT) == Value("61.718", 61_718)
    assert figure_value(finished(2.04), PERCENT) == Value("2,0%", 2.04)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (hidden(), "minder dan 5"),
        (count(9_001, 9_007), "tussen 9.001 en 9.007"),
        (at_least(420), "minimaal 420"),
        (count(None), "geen gegevens"),
        (None, "geen gegevens"),
    ],
)
def test_a_hidden_or_bounded_figure_has_words_alone(figure: Figure | None, words: str) -> None:
    assert figure_value(figure, COUNT) == Value(words, None)


def test_bounds_that_read_alike_are_still_no_number() -> None:
    assert figure_value(part(20.0, 1000, 20.1), PERCENT) == Value("2,0%", None)


def test_a_status_that_hides_wins_from_bounds_that_meet() -> None:
    figure = count(3)._replace(status=CellStatus.HIDDEN)

    assert figure_value(figure, COUNT).number is None


def test_a_judgement_is_a_word_and_no_number() -> None:
    indicator = replace(COUNT, unit=Unit.CATEGORY, answers=(Answer(1, "onvoldoende"), Answer(2, "voldoende")))

    assert figure_value(count(2), indicator) == Value("voldoende", None)


@pytest.mark.parametrize(
    ("low", "high", "number"),
    [(0, 0, 0), (2.5, 2.5, 2.5), (1, 4, None), (None, None, None), (12, None, None)],
)
def test_two_bounds_leave_one_number_only_where_they_meet(
    low: float | None, high: float | None, number: float | None
) -> None:
    assert exact(low, high) == number
