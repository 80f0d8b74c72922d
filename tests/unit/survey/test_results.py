"""Answers to snapshots, and what is computed from those: pure, counted by hand."""

import pytest

from app.disclosure import Count, Measure, Share, Shown
from survey.definition import Answers, Scale, Value
from survey.reading import latest, load_questionnaires
from survey.results.comparing import change_of, changes
from survey.results.counting import (
    Response,
    count_choices,
    count_scales,
    number_class,
    score_of,
    theme_items,
    theme_score,
)
from survey.results.making import snapshot_of
from survey.results.snapshots import Scaled, from_json, to_json
from survey.tailoring import tailored

IB = latest(load_questionnaires(), "ib")
SWV = latest(load_questionnaires(), "swv")
ITEMS = ("K01", "K02", "K03", "K04", "K05")


def _shown(mean: float | None, n: int = 30, margin: tuple[float, float] | None = None) -> Shown:
    return Shown(Count(n, n), mean, Share(50, 50), mean_margin=margin)


def _scaled(mean: float | None, n: int = 30, version: int = 1) -> Scaled:
    return Scaled(Measure.FIVE, version, _shown(mean, n))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"K01": 4, "K02": 5, "K03": 3}, 4.0),
        ({"K01": 4, "K02": 5, "K03": 9}, None),  # two of five
        ({"K01": 4, "K02": 5, "K03": 9, "K04": 1}, 10 / 3),
        ({}, None),
    ],
)
def test_a_theme_needs_half_of_its_answers(answers: Answers, expected: float | None) -> None:
    assert theme_score(answers, ITEMS) == expected


def test_a_grade_of_nine_is_a_nine() -> None:
    assert score_of({"K24": 9}, ("K24",), Measure.GRADE) == 9.0


def test_the_core_makes_the_themes() -> None:
    items = theme_items(IB)

    assert items["meerwaarde"] == ITEMS
    assert items["werkwijze"] == tuple(f"K{number}" for number in range(12, 20))
    assert items["tevreden"] == ("K24",)
    assert items["verzuim"] == ("Q1.11",)


def test_who_cannot_say_is_counted_apart() -> None:
    responses = [Response("GM0363", {"K01": value}) for value in (5, 4, 9)] + [Response("GM0384", {"K01": 2})]

    asked = {each.key: each for each in count_scales(IB, responses, ["GM0363", "GM0384"])}

    assert asked["K01"].parts["GM0363"].values == {5.0: 1, 4.0: 1}
    assert asked["K01"].parts["GM0363"].cannot_say == 1
    assert asked["K01"].whole.n == 3


def test_choices_and_numbers_are_counted_over_all() -> None:
    responses = [
        Response("", {"Q1.01": ["wijkteam", "smw"], "Q1.05": 0, "Q1.13": ["wachttijd"]}),
        Response("", {"Q1.01": ["geen"], "Q1.05": 7}),
    ]

    found = {each.key: each for each in count_choices(IB, responses)}

    assert found["Q1.01"].n == 2
    assert (found["Q1.01"].counts["wijkteam"], found["Q1.01"].counts["geen"]) == (1, 1)
    assert (found["Q1.05"].counts["0-0"], found["Q1.05"].counts["5-9"]) == (1, 1)
    assert number_class(250) == "100-1000000000000000"


def test_p08_who_does_not_know_is_no_answer_to_a_choice() -> None:
    question = next(each for each in SWV.questions if each.scale is Scale.YES_NO and not each.rows)
    given: list[Value] = ["ja", "ja", "nee", "weet_niet", "weet_niet"]

    found = {
        each.key: each for each in count_choices(SWV, [Response("", {question.key: each}) for each in given])
    }

    assert (found[question.key].n, found[question.key].counts) == (3, {"ja": 2, "nee": 1})


@pytest.mark.parametrize(("questionnaire", "key"), [("ib", "A02"), ("ouders", "Q6.15"), ("swv", "Q5.02")])
def test_in_which_gemeente_somebody_works_or_lives_is_not_counted(questionnaire: str, key: str) -> None:
    asked = tailored(
        latest(load_questionnaires(), questionnaire), (), (), gemeenten=[("GM0363", "Amsterdam")]
    )
    responses = [Response("", {key: ["GM0363"]})] * 30

    assert key in {each.key for each in asked.questions}
    assert key not in {each.key for each in count_choices(asked, responses)}


def test_a_snapshot_keeps_what_may_be_shown_and_comes_back_from_json() -> None:
    responses = [Response("GM0363", {"K01": 1 + n % 5, "K24": 7}) for n in range(25)]
    responses += [Response("GM0384", {"K01": 3}) for _ in range(4)]

    snapshot = snapshot_of(IB, responses, {"GM0363": 40, "GM0384": None}, {"K26": 10, "K27": 9})

    assert snapshot.respondents == Count(29, 29)
    assert snapshot.size is None
    assert snapshot.scaled["K01"].whole is not None
    assert snapshot.scaled["K01"].whole.mean == 3.0
    assert snapshot.scaled["K01"].parts == {}  # two gemeenten, one small: neither
    assert snapshot.texts == ("K26",)
    assert from_json(to_json(snapshot)) == snapshot


def test_four_respondents_show_nothing() -> None:
    snapshot = snapshot_of(IB, [Response("", {"K01": 3, "Q1.05": 3})] * 4, {"": 20}, {"K26": 4})

    assert snapshot.respondents == Count(0, 4)
    assert not any(each.whole for each in [*snapshot.scaled.values(), *snapshot.themes.values()])
    assert not any(each.shares or each.n for each in snapshot.chosen.values())
    assert snapshot.texts == ()


def test_a_change_has_an_interval_where_both_have_a_margin() -> None:
    plain = change_of(_shown(3.8), _shown(3.5))
    certain = change_of(_shown(4.2, margin=(4.0, 4.4)), _shown(3.5, margin=(3.3, 3.7)))
    small = change_of(_shown(4.2, n=5, margin=(4.0, 4.4)), _shown(3.5, margin=(3.3, 3.7)))

    assert plain == (0.3, None, None)
    assert certain is not None
    assert certain.is_certain
    assert tuple(certain) == (0.7, 0.4, 1.0)  # √(0.2² + 0.2²) = 0.28
    assert small == (0.7, None, None)
    assert change_of(_shown(None), _shown(3.5)) is None


def test_a_changed_text_breaks_the_line_and_own_questions_have_none() -> None:
    now = {"K01": _scaled(4.0), "K02": _scaled(4.0, version=2), "X1": _scaled(4.0)}
    before = {"K01": _scaled(3.5), "K02": _scaled(3.5), "X1": _scaled(3.0)}

    assert set(changes(now, before)) == {"K01"}
