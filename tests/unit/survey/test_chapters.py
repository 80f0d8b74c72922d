"""Groups beside each other at a theme: only where they answered the same questions. Pure, by hand."""

from dataclasses import replace

from app.disclosure import Count, Measure, Share, Shown
from survey.reading import latest, load_questionnaires
from survey.results.chapters import Chapter, Voice, chapters, widest_gap
from survey.results.counting import Response, theme_items
from survey.results.making import scores_of, snapshot_of
from survey.results.outcomes import Outcome
from survey.results.snapshots import Named, Snapshot
from tests.unit.survey.examples import renewed

QUESTIONNAIRES = load_questionnaires()
CORE = tuple((f"K{number:02}", 1) for number in range(1, 6))
OWN = (("Q1.11", 1),)


def _voice(group: str, mean: float | None, items: tuple[tuple[str, int], ...] = CORE) -> Voice:
    shown = Shown(Count(30, 30), mean, Share(50, 50), mean_margin=(mean - 0.2, mean + 0.2)) if mean else None
    return Voice(group, mean, shown, Measure.FIVE, items=items)


def _organisations(group: str, mean: float) -> Voice:
    return Voice(group, mean, None, Measure.FIVE, organisations=3, items=CORE)


def test_the_gap_is_the_largest_between_groups_with_the_same_questions() -> None:
    gap = widest_gap([_voice("ib", 3.4), _voice("zc", 4.1), _voice("jh", 3.0), _voice("ouders", None, OWN)])

    assert gap is not None
    assert (gap.high, gap.low) == ("zc", "jh")
    assert tuple(gap.change) == (1.1, 0.8, 1.4)  # √(0.2² + 0.2²) = 0.28


def test_there_is_no_gap_between_different_questions_versions_or_scales() -> None:
    own, changed = _voice("zc", 4.1, OWN), _voice("zc", 4.1, (*CORE[:4], ("K05", 2)))
    grade = replace(_voice("zc", 7.1), measure=Measure.GRADE)

    assert [widest_gap([_voice("ib", 3.4), each]) for each in (own, changed, grade)] == [None] * 3
    among_some = widest_gap([_voice("ib", 3.4), _voice("jh", 3.0), own])
    assert among_some is not None
    assert (among_some.high, among_some.low) == ("ib", "jh")


def test_organisations_have_their_part_in_the_gap_without_an_interval() -> None:
    gap = widest_gap([_voice("ib", 3.4), _voice("jh", 3.6), _organisations("gemeenten", 4.2)])
    both = widest_gap([_organisations("gemeenten", 4.2), _organisations("swv", 3.9)])

    assert gap is not None
    assert (gap.high, gap.low, tuple(gap.change)) == ("gemeenten", "ib", (0.8, None, None))
    assert both is not None
    assert tuple(both.change) == (0.3, None, None)


def test_a_theme_of_another_title_is_a_chapter_of_its_own() -> None:
    found = chapters([_outcome("ib", "Q1.03"), _outcome("jongeren", "Q7.09")])

    named = [(each.key, each.title, _groups(each)) for each in found if each.theme == "school"]
    assert named == [
        ("school", "Jeugdhulp op school", ["intern begeleiders"]),
        ("school-2", "School", ["jongeren"]),
    ]
    assert len({each.key for each in found}) == len(found)


def test_groups_under_one_title_with_their_own_questions_are_not_compared() -> None:
    found = {each.key: each for each in chapters([_outcome("ib", "Q1.11"), _outcome("zc", "Q2.05")])}

    assert _groups(found["verzuim"]) == ["intern begeleiders", "zorg- en ondersteuningscoördinatoren"]
    assert found["verzuim"].is_mixed
    assert found["verzuim"].gap is None


def test_organisations_stand_beside_others_with_the_items_and_scale_of_their_list() -> None:
    swv = latest(QUESTIONNAIRES, "swv")
    given = {"K24": 8, "K01": 5, "K02": 4, "K03": 5, "Q5.05.tlv": 4, "Q5.05.thuiszitters": 3}
    organisation = Named("SWV", "PO0001", given, scores_of(swv, given))
    named = Outcome(2, swv, Snapshot(Count(1, 1), named=[organisation]))

    found = {each.key: each for each in chapters([_outcome("ib", "K24", lowest=6), named])}

    assert {each.measure for each in found["tevreden"].voices} == {Measure.GRADE}
    assert found["tevreden"].gap is not None
    assert found["tevreden"].gap.high == "samenwerkingsverbanden"
    assert found["tevreden"].gap.change == (0.5, None, None)  # 8 − 7.5
    assert [key for key, _ in found["toewijzing"].voices[-1].items] == list(theme_items(swv)["toewijzing"])


def test_the_questions_of_the_core_stand_side_by_side_with_the_widest_gap_of_each() -> None:
    swv = latest(QUESTIONNAIRES, "swv")
    named = [
        Named("SWV Oost", "PO0001", {"K24": 9, "K25": 2}),
        Named("SWV West", "PO0002", {"K24": 8, "K25": 9}),
    ]
    named += [Named("SWV Zuid", "PO0003", {"K25": 9})]
    scored = [replace(each, themes=scores_of(swv, each.answers)) for each in named]
    organisations = Outcome(3, swv, Snapshot(Count(3, 3), named=scored))

    found = chapters([_outcome("ib", "K24", lowest=6), _outcome("zc", "K24", lowest=5), organisations])
    grade, change = next(each.items for each in found if each.key == "tevreden")

    assert (grade.key, [each.mean for each in grade.voices]) == ("K24", [7.5, 6.5, 8.5])
    assert [each.organisations for each in grade.voices] == [0, 0, 2]
    assert grade.gap is not None
    assert (grade.gap.high, grade.gap.change.gap) == ("samenwerkingsverbanden", 2.0)
    assert [(each.mean, each.is_hard) for each in change.voices] == [(None, False)] * 2 + [(None, True)]
    assert change.gap is None  # two of three organisations do not know


def test_a_question_in_another_version_is_not_compared_and_own_questions_of_a_group_do_not_stand_there() -> (
    None
):
    zc = _outcome("zc", "K20")
    changed = replace(zc, questionnaire=renewed(zc.questionnaire, "K20"))

    found = {each.key: each for each in chapters([_outcome("ib", "K20"), changed])}

    assert [each.key for each in found["bereik"].items] == ["K20", "K21", "K22", "K23"]
    assert found["bereik"].items[0].gap is None
    assert found["verzuim"].items == []


def test_one_group_alone_has_no_questions_to_lay_beside_others() -> None:
    assert not any(each.items for each in chapters([_outcome("ib", "K20")]))


def test_how_people_judge_their_partners_stands_behind_the_grade() -> None:
    keys = [each.key for each in chapters([_outcome("ib", "K24"), _outcome("zc", "K24")])]

    assert keys[keys.index("tevreden") + 1] == "partners"


def _outcome(questionnaire: str, key: str, lowest: int = 1) -> Outcome:
    """Twenty-four answers to one question, spread evenly over `lowest` and the three above it."""
    found = latest(QUESTIONNAIRES, questionnaire)
    responses = [Response("", {key: lowest + place % 4}) for place in range(24)]
    return Outcome(1, found, snapshot_of(found, responses, {"": 60}, {}))


def _groups(chapter: Chapter) -> list[str]:
    return [each.group for each in chapter.voices]
