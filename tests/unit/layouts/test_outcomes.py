"""The outcome of a questionnaire in words."""

from app.disclosure import Count
from layouts.outcomes import response_words
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
