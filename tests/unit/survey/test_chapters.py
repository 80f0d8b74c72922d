"""Groups beside each other at a theme: only where they answered the same questions. Pure, by hand."""

from dataclasses import replace

from app.disclosure import Count, Measure, Share, Shown
from survey.reading import latest, load_questionnaires
from survey.results.chapters import Chapter, Voice, chapters, widest_gap
from survey.results.counting import Response, theme_items
from survey.results.making import scores_of, snapshot_of
from survey.results.outcomes import Outcome
from survey.results.snapshots import Named, Snapshot

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


def _outcome(questionnaire: str, key: str, lowest: int = 1) -> Outcome:
    """Twenty-four answers to one question, spread evenly over `lowest` and the three above it."""
    found = latest(QUESTIONNAIRES, questionnaire)
    responses = [Response("", {key: lowest + place % 4}) for place in range(24)]
    return Outcome(1, found, snapshot_of(found, responses, {"": 60}, {}))


def _groups(chapter: Chapter) -> list[str]:
    return [each.group for each in chapter.voices]
