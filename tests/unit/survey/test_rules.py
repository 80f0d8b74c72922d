"""Routing follows from definition and answers alone; answers off the path count as none."""

import pytest

from survey.definition import Answers
from survey.reading import latest, load_questionnaires
from survey.rules import Problem, Progress, asked, kept, problems, progress, screens
from tests.unit.survey.examples import read_example


def _keys_of_screens(name: str, answers: Answers) -> list[list[str]]:
    return [
        [question.key for question in screen.questions] for screen in screens(read_example(name), answers)
    ]


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({}, ("Q1.01", "Q1.04")),
        ({"Q1.01": "nee"}, ("Q1.01", "Q1.04")),
        ({"Q1.01": "ja"}, ("Q1.01", "Q1.02", "Q1.04")),
        ({"Q1.01": "ja", "Q1.02": 2}, ("Q1.01", "Q1.02", "Q1.03", "Q1.04")),
        ({"Q1.01": "ja", "Q1.02": 4}, ("Q1.01", "Q1.02", "Q1.04")),
        ({"Q1.01": "nee", "Q1.02": 2}, ("Q1.01", "Q1.04")),
    ],
)
def test_the_path_follows_the_answers(answers: Answers, path: tuple[str, ...]) -> None:
    assert asked(read_example("route"), answers) == path


def test_answers_on_an_abandoned_branch_are_not_kept() -> None:
    answers: Answers = {"Q1.01": "nee", "Q1.02": 1, "Q1.03": "omdat", "Q1.04": "nee hoor", "Q9.99": 1}

    assert kept(read_example("route"), answers) == {"Q1.01": "nee", "Q1.04": "nee hoor"}


def test_screens_without_a_question_fall_away_and_keep_their_numbers() -> None:
    found = screens(read_example("route"), {"Q1.01": "nee"})

    assert [(screen.section.key, screen.number) for screen in found] == [("een", 1), ("twee", 2)]


def test_rows_that_were_chosen_before_come_first() -> None:
    answers: Answers = {"Q1.01": ["smw", "jgz"]}

    rows = [key for key in asked(read_example("keuze"), answers) if key.startswith("Q1.02")]

    assert rows == ["Q1.02.smw", "Q1.02.jgz", "Q1.02.wijkteam"]


def test_a_row_with_a_condition_is_only_there_when_it_holds() -> None:
    assert "Q1.02.jgz" not in asked(read_example("keuze"), {"Q1.01": ["smw"]})


def test_options_follow_from_the_rows_and_a_choice_that_has_gone_is_not_kept() -> None:
    questionnaire = read_example("keuze")
    answers: Answers = {"Q1.02.smw": 4, "Q1.02.wijkteam": 9, "Q1.03": ["wijkteam", "smw"]}

    shown = next(question for screen in screens(questionnaire, answers) for question in screen.questions
                 if question.key == "Q1.03")  # fmt: skip

    assert [option.key for option in shown.options] == ["smw"]
    assert kept(questionnaire, answers)["Q1.03"] == ["smw"]


def test_a_question_without_options_left_is_not_asked() -> None:
    assert "Q1.03" not in asked(read_example("keuze"), {"Q1.02.smw": 3, "Q1.02.wijkteam": 9})


def test_own_words_are_asked_for_beside_their_option_only() -> None:
    questionnaire = read_example("keuze")
    answers: Answers = {"Q1.01": ["anders"], "Q1.01.anders": "de wijkagent", "Q1.04.anders": "ruzie"}

    assert "Q1.01.anders" in asked(questionnaire, answers)
    assert kept(questionnaire, answers) == {"Q1.01": ["anders"], "Q1.01.anders": "de wijkagent"}


@pytest.mark.parametrize(
    ("chosen", "order"),
    [
        (["vo"], [("Q1.01", 1), ("Q1.02", 2), ("Q1.03", 3)]),
        (["vo", "vso"], [("Q1.01", 1), ("Q1.03", 3), ("Q1.02", 2)]),
    ],
)
def test_a_question_moves_forward_and_keeps_its_number(
    chosen: list[str], order: list[tuple[str, int]]
) -> None:
    found = screens(read_example("volgorde"), {"Q1.01": chosen})

    assert [(screen.questions[0].key, screen.number) for screen in found] == order


@pytest.mark.parametrize(("age", "key"), [("8-11", "Q1.02k"), ("12", "Q1.02")])
def test_age_decides_between_faces_and_words(age: str, key: str) -> None:
    assert _keys_of_screens("leeftijd", {"Q1.01": age}) == [["Q1.01"], [key]]


def test_before_the_age_is_known_neither_is_asked() -> None:
    assert _keys_of_screens("leeftijd", {}) == [["Q1.01"]]


def test_a_number_above_that_of_another_question_is_a_problem() -> None:
    questionnaire = read_example("getallen")

    assert problems(questionnaire, {"Q1.01": 3, "Q1.02": 3}) == []
    assert problems(questionnaire, {"Q1.01": 3, "Q1.02": 4}) == [
        Problem("Q1.02", "Vul hier niet meer in dan 3, het antwoord op ‘Hoeveel leerlingen?’.")
    ]


def test_parts_may_not_exceed_their_whole() -> None:
    questionnaire = read_example("getallen")
    parts: Answers = {"Q1.03.toegekend": 7, "Q1.03.afgewezen": 3}

    assert problems(questionnaire, {**parts, "Q1.03.ontvangen": 10}) == []
    assert problems(questionnaire, {**parts}) == []
    assert problems(questionnaire, {**parts, "Q1.03.ontvangen": 9}) == [
        Problem("Q1.03.ontvangen", "Samen meer dan ontvangen.")
    ]


def test_one_part_alone_may_not_exceed_the_whole_either() -> None:
    answers: Answers = {"Q1.03.ontvangen": 1, "Q1.03.toegekend": 2}

    assert [problem.key for problem in problems(read_example("getallen"), answers)] == ["Q1.03.ontvangen"]


def test_only_what_the_routing_needs_is_required() -> None:
    found = problems(read_example("route"), {})

    assert [problem.key for problem in found] == ["Q1.01"]
    assert found[0].message.startswith("Beantwoord deze vraag")


def test_problems_stand_in_the_order_of_the_questions() -> None:
    answers: Answers = {"Q1.04": "bel 06 12345678", "Q1.02": 2, "Q1.03": "mail a@b.nl", "Q1.01": "ja"}

    assert [problem.key for problem in problems(read_example("route"), answers)] == ["Q1.03", "Q1.04"]


def test_a_stored_answer_that_the_question_cannot_have_is_a_problem() -> None:
    answers: Answers = {"Q1.01": "misschien"}

    assert [problem.key for problem in problems(read_example("route"), answers)] == ["Q1.01"]


def test_progress_counts_what_is_asked_now() -> None:
    assert progress(read_example("route"), {"Q1.01": "ja", "Q1.02": 1}) == {
        "een": Progress(asked=2, answered=2, missing=0),
        "twee": Progress(asked=2, answered=0, missing=0),
    }
    assert progress(read_example("route"), {})["een"] == Progress(asked=1, answered=0, missing=1)


ROUTES = [
    # DOMAIN.md (b.2)–(b.8): the answer that routes, what is asked, what is skipped
    ("ib", {"Q1.01": ["geen"]}, {"Q1.05"}, {"Q1.02", "Q1.03", "Q1.04"}),
    ("ib", {"Q1.01": ["smw"]}, {"Q1.02", "Q1.03", "Q1.04"}, set()),
    ("ib", {"Q1.05": 0}, {"Q1.07"}, {"Q1.06"}),
    ("ib", {"Q1.05": 1}, {"Q1.06"}, set()),
    ("ib", {"Q1.10a": "nee"}, {"Q1.11"}, {"Q1.10"}),
    ("ib", {"Q1.10a": "ja"}, {"Q1.10"}, set()),
    ("zc", {"Q2.01": ["geen"]}, {"Q2.03"}, {"Q2.02"}),
    ("zc", {"Q2.01": ["gi"]}, {"Q2.02"}, set()),
    ("zc", {"Q2.04": 0}, {"Q2.07"}, {"Q2.05", "Q2.06"}),
    ("zc", {"Q2.04": 2}, {"Q2.05", "Q2.06"}, set()),
    ("zc", {"Q2.11a": "nee"}, set(), {"Q2.11"}),
    ("jh", {"Q3.02a": 0}, {"Q3.06"}, {"Q3.02b", "Q3.03", "Q3.04", "Q3.05"}),
    ("jh", {"Q3.02a": 1}, {"Q3.02b", "Q3.03", "Q3.04", "Q3.05"}, set()),
    ("jh", {"Q3.06": "ja"}, {"Q3.08"}, {"Q3.07"}),
    ("jh", {"Q3.06": "weet_niet"}, {"Q3.07"}, set()),
    ("gemeente", {"Q4.04.privacy": 2}, {"Q4.06a"}, {"Q4.05"}),
    ("gemeente", {"Q4.04.privacy": 3}, {"Q4.05"}, set()),
    ("gemeente", {"Q4.04.privacy": 9}, set(), {"Q4.05"}),
    ("gemeente", {"Q4.08a": "onbekend"}, {"Q4.09"}, {"Q4.08b"}),
    ("ouders", {"Q6.02": "bao"}, {"Q6.04"}, {"Q6.03"}),
    ("ouders", {"Q6.02": "geen"}, {"Q6.03"}, set()),
    ("ouders", {"Q6.04": "nee"}, {"Q6.13"}, {"Q6.05", "Q6.06", "Q6.08", "Q6.10", "Q6.11", "Q6.12.thuis"}),
    ("ouders", {"Q6.04": "wachten"}, {"Q6.05", "Q6.13"}, {"Q6.06", "Q6.07", "Q6.08", "Q6.09", "Q6.10"}),
    ("ouders", {"Q6.04": "school"}, {"Q6.06", "Q6.08", "Q6.12.school"}, {"Q6.07", "Q6.09"}),
    ("ouders", {"Q6.04": "allebei"}, {"Q6.07", "Q6.09"}, set()),
    ("jongeren", {"Q7.02": "soms"}, {"Q7.04"}, {"Q7.03"}),
    ("jongeren", {"Q7.02": "nu_niet"}, {"Q7.03"}, set()),
    ("jongeren", {"Q7.01": "12-15", "Q7.04": "nee"}, {"Q7.09", "Q7.10"}, {"Q7.06", "Q7.07", "Q7.08"}),
    ("jongeren", {"Q7.01": "8-11", "Q7.04": "allebei"}, {"Q7.05k", "Q7.06k", "Q7.08k", "Q7.09k", "Q7.10k"},
     {"Q7.05", "Q7.06", "Q7.07", "Q7.08", "Q7.09", "Q7.10"}),
    ("jongeren", {"Q7.01": "19-22", "Q7.04": "school"}, {"Q7.06", "Q7.07", "Q7.08"}, {"Q7.05"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "there", "gone"), ROUTES)
def test_the_routes_of_the_shipped_questionnaires(
    name: str, answers: Answers, there: set[str], gone: set[str]
) -> None:
    path = set(asked(latest(load_questionnaires(), name), answers))

    assert there <= path
    assert gone & path == set()


def test_a_coordinator_in_vso_is_asked_about_maatwerk_before_help_at_school() -> None:
    questionnaire = latest(load_questionnaires(), "zc")

    path = asked(questionnaire, {"A03": ["vso"]})

    assert path.index("Q2.09") < path.index("Q2.07") < path.index("Q2.10")


def test_the_shipped_sums_are_checked() -> None:
    questionnaire = latest(load_questionnaires(), "swv")
    answers: Answers = {
        "Q5.06a.ontvangen": 10, "Q5.06a.toegekend": 8, "Q5.06a.afgewezen": 3, "Q5.09a": 4, "Q5.09b": 5,
    }  # fmt: skip

    assert [problem.key for problem in problems(questionnaire, answers)] == ["Q5.06a.ontvangen", "Q5.09b"]
