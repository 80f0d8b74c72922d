"""A region drops themes and adds questions; what the routing needs stays."""

from survey.definition import Questionnaire, Scale
from survey.reading import latest, load_questionnaires
from survey.rules import asked, kept
from survey.tailoring import OwnQuestion, droppable_themes, own_problems, tailored
from tests.unit.survey.examples import read_example


def _keys(questionnaire: Questionnaire) -> list[str]:
    return [question.key for question in questionnaire.questions]


def test_a_dropped_theme_is_not_asked_and_has_no_title() -> None:
    questionnaire = tailored(latest(load_questionnaires(), "ib"), ["meerwaarde", "verzuim"], [])

    assert {"K01", "K05", "Q1.11"} & set(_keys(questionnaire)) == set()
    assert "K06" in _keys(questionnaire)
    assert "meerwaarde" not in questionnaire.themes
    assert "meerwaarde" not in {section.key for section in questionnaire.sections}


def test_a_question_that_others_depend_on_stays_though_its_theme_goes() -> None:
    questionnaire = tailored(latest(load_questionnaires(), "zc"), ["bereik"], [])

    assert "Q2.04" in _keys(questionnaire)  # Q2.05 and Q2.06 are about these pupils
    assert {"Q2.03", "K20"} & set(_keys(questionnaire)) == set()


def test_without_those_questions_it_goes_too() -> None:
    questionnaire = tailored(latest(load_questionnaires(), "zc"), ["bereik", "verzuim"], [])

    assert "Q2.04" not in _keys(questionnaire)


def test_a_fixed_theme_cannot_be_dropped() -> None:
    questionnaire = latest(load_questionnaires(), "ouders")

    assert {"wie", "hulp"} & set(droppable_themes(questionnaire)) == set()
    assert "Q6.04" in _keys(tailored(questionnaire, ["wie", "hulp"], []))


def test_a_matrix_forgets_the_order_of_a_question_that_is_gone() -> None:
    questionnaire = tailored(latest(load_questionnaires(), "ib"), ["school"], [])

    assert asked(questionnaire, {"Q1.01": ["jgz"]}).index("Q1.12.wijkteam") < asked(questionnaire, {}).index(
        "Q1.12.jgz"
    )


def test_a_check_goes_with_its_questions() -> None:
    questionnaire = tailored(latest(load_questionnaires(), "swv"), ["toewijzing"], [])

    assert questionnaire.checks == ()


def test_own_questions_come_last_under_an_own_theme_in_the_order_of_their_numbers() -> None:
    own = [OwnQuestion(2, Scale.OPEN, "Wat mist u?"), OwnQuestion(1, Scale.AGREE, "Het loket helpt.")]

    questionnaire = tailored(read_example("route"), [], own)

    assert _keys(questionnaire)[-2:] == ["X1", "X2"]
    assert [question.is_own for question in questionnaire.questions] == [False] * 4 + [True, True]
    assert [len(question.options) for question in questionnaire.questions][-2:] == [6, 0]
    assert questionnaire.themes["eigen"]["nl"] == "Vragen van de regio"
    assert "eigen" not in droppable_themes(questionnaire)
    assert kept(questionnaire, {"X1": 4, "X3": 1}) == {"X1": 4}


def test_own_questions_are_checked_before_they_are_kept() -> None:
    eleven = [OwnQuestion(number, Scale.AGREE, "x") for number in range(1, 12)]
    wrong = [OwnQuestion(1, Scale.ONE, " "), OwnQuestion(1, Scale.OPEN, "x" * 201)]

    assert own_problems(eleven) == [
        "U kunt niet meer dan 10 eigen vragen toevoegen.",
        "Het nummer van een eigen vraag ligt tussen 1 en 10.",
    ]
    assert own_problems(wrong) == [
        "Elke eigen vraag heeft een eigen nummer.",
        "Eigen vraag 1: kies een van de antwoordschalen uit de lijst.",
        "Eigen vraag 1: vul de tekst van de vraag in.",
        "Eigen vraag 1: gebruik niet meer dan 200 tekens.",
    ]
    assert own_problems([OwnQuestion(10, Scale.GRADE, "Welk cijfer?")]) == []


def test_the_gemeenten_of_the_round_are_chosen_from() -> None:
    gemeenten = [("GM0505", "Dordrecht"), ("GM0523", "Hardinxveld-Giessendam")]

    questionnaire = tailored(read_example("ronde"), [], [], gemeenten=gemeenten)

    (question, *_) = questionnaire.questions
    assert [option.key for option in question.options] == ["GM0505", "GM0523", "elders"]


def test_without_gemeenten_the_question_is_left_out() -> None:
    assert "Q1.01" not in _keys(tailored(read_example("ronde"), [], []))


def test_questions_of_a_sector_and_of_later_rounds() -> None:
    questionnaire = read_example("ronde")

    assert _keys(tailored(questionnaire, [], [], sector="po", is_first_round=True)) == ["Q1.02"]
    assert _keys(tailored(questionnaire, [], [], sector="vo")) == ["Q1.03", "Q1.04"]
    assert _keys(tailored(questionnaire, [], [])) == ["Q1.02", "Q1.03", "Q1.04"]


def test_the_shipped_lists_of_swv_and_gemeente_follow_round_and_sector() -> None:
    questionnaires = load_questionnaires()

    po = set(_keys(tailored(latest(questionnaires, "swv"), [], [], sector="po", is_first_round=True)))
    gemeente = set(_keys(tailored(latest(questionnaires, "gemeente"), [], [], is_first_round=True)))

    assert {"Q5.06a", "Q5.06b"} <= po
    assert {"Q5.06c", "Q5.12"} & po == set()
    assert "Q4.11" not in gemeente


def test_a_first_language_is_enough_for_own_questions_and_gemeenten() -> None:
    questionnaire = latest(load_questionnaires(), "ouders")

    own = tailored(
        questionnaire, [], [OwnQuestion(1, Scale.YES_NO, "x")], gemeenten=[("GM0505", "Dordrecht")]
    )

    assert own.languages == ("nl", "en")
    assert all("nl" in question.texts for question in own.questions)


def test_tailoring_nothing_changes_nothing_but_what_needs_the_round() -> None:
    questionnaire = read_example("keuze")

    assert tailored(questionnaire, [], []) == questionnaire
