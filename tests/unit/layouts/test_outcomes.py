"""The outcome of a questionnaire in words."""

import pytest

from app.disclosure import Count
from layouts.outcomes import SCORE_NOTES, response_words
from survey.reading import latest, load_questionnaires
from survey.results.outcomes import Outcome, named_mean
from survey.results.snapshots import Named, Snapshot

QUESTIONNAIRES = load_questionnaires()


def _outcome(count: Count, size: int | None) -> Outcome:
    return Outcome(1, latest(QUESTIONNAIRES, "ib"), Snapshot(count, size))


def test_a_half_percent_goes_up() -> None:
    assert response_words(_outcome(Count(25, 25), 1000)) == "25 van de 1.000 (3%)"


def test_a_half_of_the_last_decimal_of_a_mean_goes_up() -> None:
    scores = (4.0, 4.5, 4.0, 4.5)  # 4.25
    named = [Named(str(place), "", {}, {"sturing": score}) for place, score in enumerate(scores)]

    outcome = Outcome(1, latest(QUESTIONNAIRES, "swv"), Snapshot(Count(4, 4), named=named))

    assert named_mean(outcome, "sturing") == 4.3


@pytest.mark.parametrize(
    ("count", "size", "words"),
    [
        (Count(10, 19), 12, "10 tot en met 12 van de 12"),
        (Count(10, 19), 60, "10 tot en met 19 van de 60"),
        (Count(10, 19), 9, "10 tot en met 19"),
        (Count(25, 25), 25, "25 van de 25 (100%)"),
        (Count(25, 25), 24, "25"),
    ],
)
def test_the_response_stands_beside_who_could_answer(count: Count, size: int, words: str) -> None:
    assert response_words(_outcome(count, size)) == words


def test_the_notes_say_what_is_positive_at_a_theme() -> None:
    assert any("bij een thema: een gemiddelde van 4 of hoger." in each for each in SCORE_NOTES)
