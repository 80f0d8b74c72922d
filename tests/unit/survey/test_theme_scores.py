"""Which questions make the score of a theme, and of which version it is: pure, counted by hand."""

import pytest

from survey.definition import Scale
from survey.reading import latest, load_questionnaires
from survey.results.comparing import changes
from survey.results.counting import Response, theme_items
from survey.results.making import scores_of, snapshot_of
from tests.unit.survey.examples import renewed

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


def test_the_rows_of_a_matrix_make_the_score_of_parents_on_what_helps() -> None:
    both = {"Q6.12.school": 4, "Q6.12.thuis": 5}  # 4.5
    one = {"Q6.12.school": 2}  # whose child is helped at school only: half is enough
    responses = [Response("GM0363", both)] * 20 + [Response("GM0363", one)] * 5

    found = snapshot_of(latest(QUESTIONNAIRES, "ouders"), responses, {"GM0363": 60}, {}).themes["effect"]

    assert found.items == ("Q6.12.school", "Q6.12.thuis")
    assert found.whole is not None
    assert found.whole.mean == 4.0  # (20 × 4.5 + 5 × 2) / 25


def test_the_rows_of_a_matrix_make_the_score_of_an_organisation() -> None:
    """Numbers, as of tlv, have no part in it."""
    swv = latest(QUESTIONNAIRES, "swv")
    answers = {"Q5.05.arrangement": 4, "Q5.05.tlv": 5, "Q5.05.terugplaatsing": 3, "Q5.05.thuiszitters": 9}

    found = scores_of(swv, {**answers, "Q5.06a.ontvangen": 40})

    assert found == {"toewijzing": 4.0}


@pytest.mark.parametrize(("questionnaire", "matrix"), [("ib", "Q1.12"), ("zc", "Q2.12"), ("jh", "Q3.13")])
def test_how_satisfied_people_are_with_their_partners_has_a_score_beside_the_grade(
    questionnaire: str, matrix: str
) -> None:
    items = theme_items(latest(QUESTIONNAIRES, questionnaire))

    assert items["tevreden"] == ("K24",)
    assert {key.partition(".")[0] for key in items["partners"]} == {matrix.partition(".")[0]}
    assert len(items["partners"]) in (7, 8)
    assert all(key.startswith(f"{matrix}.") for key in items["partners"])


def test_partners_whom_somebody_never_met_do_not_count() -> None:
    rows = ("wijkteam", "smw", "jgz", "leerplicht", "swv", "huisarts", "ggz")
    met = {f"Q1.12.{row}": value for row, value in zip(rows, (4, 5, 3, 4, 9, 9, 9), strict=True)}

    assert scores_of(latest(QUESTIONNAIRES, "ib"), met)["partners"] == 4.0
    assert "partners" not in scores_of(latest(QUESTIONNAIRES, "ib"), met | {"Q1.12.smw": 9})  # three of seven


@pytest.mark.parametrize("questionnaire", ["gemeente", "swv"])
def test_phases_of_agreements_have_no_mean(questionnaire: str) -> None:
    assert "afspraken" not in theme_items(latest(QUESTIONNAIRES, questionnaire))


def test_a_change_of_any_question_breaks_the_line_of_its_theme() -> None:
    ib = latest(QUESTIONNAIRES, "ib")
    responses = [
        Response("", {f"K{number:02}": 1 + place % 5 for number in range(1, 12)}) for place in range(25)
    ]

    before = snapshot_of(ib, responses, {"": 40}, {})
    now = snapshot_of(renewed(ib, "K03"), responses, {"": 40}, {})

    assert (before.themes["meerwaarde"].version, now.themes["meerwaarde"].version) == (5, 6)
    assert set(changes(now.themes, before.themes)) == {"sturing"}
