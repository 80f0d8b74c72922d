"""The chapter education × youth care: what its charts and sentences say of groups of people."""

import plotly.graph_objects as go

from app.disclosure import Count, Measure, Share, Shown
from layouts.connection import dots, summary
from layouts.figures.voices import ROW
from survey.results.chapters import Chapter, Gap, Voice
from survey.results.comparing import Benchmark, Change

MARGIN = Shown(Count(24, 24), 3.4, Share(55, 55), mean_margin=(3.1, 3.7))
VOICES = [
    Voice("intern begeleiders", 3.4, MARGIN, Measure.FIVE, Benchmark(3.6, 4)),
    Voice("gemeenten", 3.0, None, Measure.FIVE, organisations=2),
    Voice("jeugdhulpverleners", None, None, Measure.FIVE),
]


def test_a_chart_has_a_mark_with_its_margin_for_each_group_on_the_whole_scale() -> None:
    figure = dots(VOICES[:2])

    go.Figure(figure)  # plotly accepts it
    others, own = figure["data"]
    assert own["x"] == [3.4, 3.0]
    assert [round(each, 1) for each in own["error_x"]["array"]] == [0.3, 0.0]
    assert others["x"] == [3.6]
    assert figure["layout"]["xaxis"]["range"] == [1, 5]
    assert figure["layout"]["height"] == 30 + 8 + 2 * ROW


def test_a_chart_names_each_group_with_its_score_above_its_line() -> None:
    names = [each["text"] for each in dots(VOICES[:2])["layout"]["annotations"]]

    assert names == ["<b>Intern begeleiders</b> 3,4", "<b>Gemeenten</b> 3,0"]


def test_a_chart_of_grades_runs_to_ten_and_without_others_has_one_kind_of_mark() -> None:
    figure = dots([Voice("ouders", 7.1, None, Measure.GRADE)])

    assert figure["layout"]["xaxis"]["range"] == [1, 10]
    assert len(figure["data"]) == 1


def test_the_summary_names_who_was_heard_and_the_widest_gap_with_its_certainty() -> None:
    gap = Gap("intern begeleiders", "gemeenten", Change(0.4, 0.1, 0.7))

    words = summary(Chapter("bereik", "bereik", "Zicht op bereik", VOICES, gap))

    assert words == (
        "Intern begeleiders 3,4, gemeenten 3,0. Het grootste verschil: intern begeleiders geven 0,4 punt "
        "meer dan gemeenten, groter dan toeval alleen geeft."
    )


def test_the_summary_says_so_where_groups_were_asked_different_questions_and_tells_no_gap() -> None:
    voices = [
        Voice("ouders", 3.4, MARGIN, Measure.FIVE, items=(("Q6.10", 1),)),
        Voice("jongeren", 3.0, MARGIN, Measure.FIVE, items=(("Q7.06", 1),)),
    ]

    words = summary(Chapter("meedoen", "meedoen", "Meedoen", voices, None))

    assert words == "Ouders 3,4, jongeren 3,0. De groepen kregen hier niet allemaal dezelfde vragen."
