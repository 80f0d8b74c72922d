"""Questions that most people cannot judge have no score anywhere: pure, counted by hand."""

import pytest

from app.disclosure import Count, Measure, Share, Shown
from survey.definition import Answers, Value
from survey.reading import latest, load_questionnaires
from survey.results.blocks import Place
from survey.results.chapters import chapters
from survey.results.comparing import benchmarks, changes
from survey.results.counting import Response
from survey.results.elsewhere import shares_outside
from survey.results.judging import cannot_score, is_hard
from survey.results.making import snapshot_of
from survey.results.outcomes import Outcome
from survey.results.snapshots import Named, Scaled, Snapshot, from_json, to_json
from tests.example_blocks import block_of

ME = Place("PO0001", frozenset({"PO0001"}))

IB = latest(load_questionnaires(), "ib")
SWV = latest(load_questionnaires(), "swv")


def _responses(key: str, *given: tuple[Value, int], part: str = "") -> list[Response]:
    return [Response(part, {key: value}) for value, number in given for _ in range(number)]


def _snapshot(responses: list[Response]) -> Snapshot:
    return snapshot_of(IB, responses, {"": 60}, {})


@pytest.mark.parametrize(
    ("valid", "cannot_say", "expected"),
    [(5, 6, True), (5, 5, False), (0, 5, True), (3, 4, True), (1, 3, False), (0, 4, False), (30, 20, False)],
)
def test_more_than_half_of_five_people_or_more(valid: int, cannot_say: int, *, expected: bool) -> None:
    assert is_hard(valid, cannot_say) is expected


def test_what_most_cannot_judge_has_no_score_and_does_not_tell_whether_five_could() -> None:
    many = _snapshot(_responses("K01", (2, 4), (4, 4), (9, 9)))
    few = _snapshot(_responses("K01", (2, 2), (4, 2), (9, 13)))
    half = _snapshot(_responses("K01", (2, 4), (4, 4), (9, 8)))

    assert many.scaled["K01"] == few.scaled["K01"]
    assert many.scaled["K01"] == Scaled(Measure.FIVE, 1, None, {}, (), is_hard=True)
    assert not half.scaled["K01"].is_hard
    assert half.scaled["K01"].whole is not None
    assert from_json(to_json(many)) == many


def test_of_four_people_nothing_is_told() -> None:
    found = _snapshot([*_responses("K01", (4, 1), (9, 3)), *[Response("", {"K02": 3})] * 20]).scaled["K01"]

    assert (found.whole, found.is_hard) == (None, False)


def test_a_gemeente_that_cannot_judge_has_the_words_where_its_score_may_stand() -> None:
    responses = [
        *_responses("K01", (2, 4), (4, 4), (9, 12), part="GM0363"),
        *_responses("K01", (1, 5), (2, 5), (4, 5), (5, 5), part="GM0384"),
    ]

    found = snapshot_of(IB, responses, {"GM0363": 60, "GM0384": 60}, {}).scaled["K01"]

    assert (list(found.parts), found.hard_parts, found.is_hard) == (["GM0384"], ("GM0363",), False)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"K20": 4, "K21": 9, "K22": 9, "K23": 9}, True),
        ({"K20": 9, "K21": 9}, True),
        ({"K20": 4, "K21": 4, "K22": 9, "K23": 9}, False),  # half is valid: there is a score
        ({"K20": 9}, False),  # too few were answered
        ({"K20": 4}, False),
        ({}, False),
    ],
)
def test_who_has_no_score_because_of_not_knowing(answers: Answers, *, expected: bool) -> None:
    assert cannot_score(answers, ("K20", "K21", "K22", "K23")) is expected


def test_a_theme_that_most_cannot_judge_has_no_mean_in_its_chapter_and_no_gap() -> None:
    unknown: Answers = {f"K{number}": 9 for number in range(20, 24)}
    known: list[Answers] = [{f"K{number}": value for number in range(20, 24)} for value in (2, 4)]
    hard = [Response("", answers) for answers in [unknown] * 13 + known * 6]
    plain = [Response("", answers) for answers in known * 12]

    groups = {"ib": hard, "zc": plain, "jh": plain}
    lists = {each: latest(load_questionnaires(), each) for each in groups}
    outcomes = [
        Outcome(1, lists[each], snapshot_of(lists[each], responses, {"": 60}, {}))
        for each, responses in groups.items()
    ]
    bereik = next(each for each in chapters(outcomes) if each.key == "bereik")

    assert [(each.mean, each.is_hard) for each in bereik.voices] == [(None, True), (3.0, False), (3.0, False)]
    assert bereik.gap is not None
    assert "intern begeleiders" not in (bereik.gap.high, bereik.gap.low)


def test_a_theme_that_a_question_keeps_away_does_not_tell_that_the_question_has_too_few_answers() -> None:
    given = [{f"K{number}": 1 + place % 5 for number in (20, 21, 22)} for place in range(24)]
    responses = [Response("", each | {"K23": 4 if place < 3 else 9}) for place, each in enumerate(given)]

    found = _snapshot(responses)

    assert (found.scaled["K23"].is_hard, found.scaled["K20"].is_hard) == (True, False)
    assert (found.themes["bereik"].whole, found.themes["bereik"].is_hard) == (None, True)
    assert (found.themes["sturing"].whole, found.themes["sturing"].is_hard) == (None, False)


def test_a_choice_that_most_cannot_make_is_told_alike() -> None:
    found = _snapshot(_responses("Q1.04", ("ja", 4), ("nee", 4), ("weet_niet", 9))).chosen["Q1.04"]

    assert (found.n, found.shares, found.is_hard) == (None, {}, True)


def test_such_a_question_stands_in_no_benchmark_and_no_change() -> None:
    shown = Shown(Count(30, 30), 3.0, Share(50, 50))
    plain, hard = Scaled(Measure.FIVE, 1, shown), Scaled(Measure.FIVE, 1, None, is_hard=True)

    both = [Snapshot(Count(30, 30), scaled={"K01": plain, "K02": plain})] * 4
    one_hard = [*both[:3], Snapshot(Count(30, 30), scaled={"K01": hard})]

    assert set(benchmarks({"K01": plain, "K02": hard}, ME, [block_of(both)])) == {"K01"}
    assert benchmarks({"K01": plain}, ME, [block_of(one_hard)]) == {}
    assert changes({"K01": plain}, {"K01": hard}) == changes({"K01": hard}, {"K01": plain}) == {}


def test_what_most_organisations_do_not_know_is_not_told_elsewhere() -> None:
    known: list[Named] = [Named("SWV", "PO0001", {"K01": 3 + each % 2}) for each in range(4)]
    unknown = [Named("SWV", "PO0002", {"K01": 9})]

    known *= 2
    half, more = (
        Snapshot(Count(8, 8), named=known + unknown * 8),
        Snapshot(Count(9, 9), named=known + unknown * 9),
    )

    assert set(shares_outside([block_of([half] * 4)], SWV, place=ME)) == {"K01"}
    assert shares_outside([block_of([more] * 4)], SWV, place=ME) == {}
