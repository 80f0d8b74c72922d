"""Which questions make the score of a theme, and of which version it is: pure, counted by hand."""

import pytest

from survey.definition import Scale
from survey.reading import latest, load_questionnaires
from survey.results.counting import theme_items

QUESTIONNAIRES = load_questionnaires()
LISTS = ("ib", "zc", "jh", "swv", "gemeente", "ouders", "jongeren")


def test_the_faces_of_children_stay_out_of_the_scores_of_who_answered_in_words() -> None:
    items = theme_items(latest(QUESTIONNAIRES, "jongeren"))

    assert (items["samen"], items["meedoen"], items["school"]) == (("Q7.05",), ("Q7.06",), ("Q7.09",))


@pytest.mark.parametrize("questionnaire", LISTS)
def test_no_theme_of_any_list_counts_faces(questionnaire: str) -> None:
    found = latest(QUESTIONNAIRES, questionnaire)
    faces = {key for each in found.questions if each.scale is Scale.FACES for key in each.answer_keys}

    assert not faces & {key for items in theme_items(found).values() for key in items}
