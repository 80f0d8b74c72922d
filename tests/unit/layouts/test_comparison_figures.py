"""The charts of the comparison: valid for plotly, told by more than colour, with nothing unknown as 0."""

import json
from math import log10

import plotly.graph_objects as go
import pytest

from app.cross_sections import Extent
from layouts.figures import AxisFormat, Chart, Mark, Point
from layouts.figures.spine import SpineRow, spine
from layouts.figures.spread import (
    FunnelDot,
    FunnelLine,
    Whisker,
    funnel_chart,
    ranking_with_intervals,
    size_ticks,
)
from layouts.figures.trend import COUNTRY_STYLE, MORE_STYLES, OWN_STYLE, Line, lines
from tests.nodes import labels_of

PERCENT = AxisFormat(".1f", "%")
EXTENT = Extent(1.0, 2.0, 3.0, 6.0)


def points(*values: float | None) -> list[Point]:
    return [
        Point(2021 + place, str(2021 + place), None if value is None else (value, value), f"{value}%")
        for place, value in enumerate(values)
    ]


def spine_row(own: float = 2.5, strength: int = 0, **other: bool) -> SpineRow:
    return SpineRow("Deelname sbo", f"{own}%", "woorden", EXTENT, 3.0, own, strength, **other)


def whisker(name: str, value: float, **other: bool) -> Whisker:
    return Whisker(name, value, value - 0.2, value + 0.3, f"{value}%", ", marge 2 – 3%", **other)


MANY = [whisker(f"Regio {number}", 10 - number / 10, is_own=number == 60) for number in range(76)]
FEW = [whisker("Hoog", 3.0), whisker("Groep", 2.0, in_group=True), whisker("Eigen", 1.0, is_own=True)]
CURVE = [FunnelLine(size, 1.0, 4.0, 0.5, 4.5) for size in (100, 1000, 10_000)]
DOTS = [
    FunnelDot("Gewoon", 100, 2.0, "2,0%", is_outside=False),
    FunnelDot("Groep", 500, 3.0, "3,0%", is_outside=False, in_group=True),
    FunnelDot("Buiten", 2000, 9.0, "9,0%", is_outside=True, in_group=True),
    FunnelDot("Eigen", 10_000, 2.5, "2,5%", is_outside=False, is_own=True),
]
FOUR = [
    Line("Uw regio", points(2.0, 2.1, None, 2.3), OWN_STYLE),
    Line("Nederland", points(2.3, 2.3, 2.3, 2.3), COUNTRY_STYLE),
    Line("Almere", points(2.2, 2.3, 2.3, 2.3), MORE_STYLES[0]),
    Line("Lelystad", points(2.5, 2.4, 2.3, 2.3), MORE_STYLES[1]),
]
CHARTS = {
    "spine": spine([spine_row(), spine_row(4.0, 2), spine_row(1.0, -1, has_margin=True)], "Nederland"),
    "spine without rows": spine([], "Nederland"),
    "ranking with names": ranking_with_intervals(FEW, Mark(2.3, "2,3%"), PERCENT),
    "ranking of many": ranking_with_intervals(MANY, None, PERCENT),
    "ranking of nobody": ranking_with_intervals([], None, PERCENT),
    "funnel": funnel_chart(DOTS, CURVE, Mark(2.3, "2,3%"), PERCENT, "Aantal leerlingen"),
    "four lines": lines(FOUR, [2023], PERCENT),
    "no lines": lines([], [], PERCENT),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_a_valid_figure_of_plotly_and_plain_json(chart: Chart) -> None:
    go.Figure(chart)

    assert json.loads(json.dumps(chart)) == chart


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_cannot_be_dragged_and_writes_dutch_numbers(chart: Chart) -> None:
    layout = chart["layout"]

    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"] is layout["yaxis"]["fixedrange"] is True
    assert layout["separators"] == ",."


def test_four_lines_differ_in_colour_dash_and_mark() -> None:
    drawn = CHARTS["four lines"]["data"]

    assert len({trace["line"]["color"] for trace in drawn}) == 4
    assert len({trace["line"]["dash"] for trace in drawn}) == 4
    assert len({trace["marker"]["symbol"][0].removesuffix("-open") for trace in drawn}) >= 3
    assert drawn[-1]["name"] == "Uw regio"  # drawn last, so on top


def test_a_fifth_line_is_not_drawn_and_an_empty_one_takes_no_place() -> None:
    fifth = [*FOUR, Line("Te veel", points(1.0, 1.0), OWN_STYLE)]
    empty = [FOUR[0], Line("Leeg", [], COUNTRY_STYLE)]

    assert len(lines(fifth, [], PERCENT)["data"]) == 4
    assert len(lines(empty, [], PERCENT)["data"]) == 1


def test_the_labels_of_four_lines_with_one_end_stand_apart() -> None:
    # Four labels of two lines of 17 px, 2 px between: each 36 px from the next, the first one on top.
    shifts = [label["yshift"] for label in CHARTS["four lines"]["layout"]["annotations"]]

    assert shifts == pytest.approx([54, 18, -18, -54], abs=0.5)


def test_a_missing_year_is_a_gap_and_a_break_cuts_every_line() -> None:
    own, country = CHARTS["four lines"]["data"][-1], CHARTS["four lines"]["data"][-2]

    assert own["y"] == [2.0, 2.1, None, None, 2.3]
    assert country["y"] == [2.3, 2.3, None, 2.3, 2.3]
    assert [shape["x0"] for shape in CHARTS["four lines"]["layout"]["shapes"]] == [2022.5]


@pytest.mark.parametrize(
    ("value", "place"),
    [(3.0, 0.0), (6.0, 1.0), (1.0, -2 / 3), (4.5, 0.5), (9.0, 1.0), (-9.0, -1.0)],
)
def test_the_benchmark_is_in_the_middle_and_the_farthest_region_at_the_end(
    value: float, place: float
) -> None:
    # From 3 it is 2 down to the lowest and 3 up to the highest: 3 is the length of half a line.
    assert spine_row().place(value) == pytest.approx(place)


def test_regions_that_are_all_alike_lie_in_the_middle() -> None:
    alike = SpineRow("a", "2%", "", Extent(2.0, 2.0, 2.0, 2.0), 2.0, 2.0)

    assert alike.place(2.0) == 0


def test_the_mark_of_a_profile_tells_the_verdict_by_its_shape() -> None:
    rows = [spine_row(strength=each) for each in (2, 1, 0, -1, -2)]

    marks = spine([*rows, spine_row(strength=0, has_margin=False)], "Nederland")["data"][2]

    assert marks["marker"]["symbol"] == [
        "triangle-up",
        "triangle-up-open",
        "circle",
        "triangle-down-open",
        "triangle-down",
        "circle-open",
    ]


def test_a_profile_is_as_high_as_it_has_rows() -> None:
    # 46 px for the heads, 58 px a row, 8 px below
    assert [spine([spine_row()] * count, "")["layout"]["height"] for count in (1, 5)] == [112, 344]


def test_a_ranking_marks_own_region_and_group_by_shape_and_says_the_margin() -> None:
    others, members, own = CHARTS["ranking with names"]["data"]

    assert [each["marker"]["symbol"] for each in (others, members, own)] == ["circle", "diamond", "square"]
    assert own["hovertext"] == ["Eigen: <b>1.0%</b>, marge 2 – 3%"]
    assert own["error_x"]["array"] == pytest.approx([0.3])
    assert own["error_x"]["arrayminus"] == pytest.approx([0.2])


def test_up_to_forty_regions_have_their_names_beside_the_axis() -> None:
    few = CHARTS["ranking with names"]["layout"]
    long = ranking_with_intervals([whisker("SWV PO 28-18 Capelle aan den IJssel", 1.0)], None, PERCENT)

    assert few["yaxis"]["ticktext"] == ["Hoog", "Groep", "<b>Eigen</b>"]
    assert labels_of(few) == ["Nederland 2,3%"]
    assert long["layout"]["yaxis"]["ticktext"] == ["28-18 Capelle aan den I…"]
    assert CHARTS["ranking of many"]["layout"]["yaxis"]["visible"] is False


@pytest.mark.parametrize(("own", "side"), [(2, "right"), (70, "left")])
def test_of_many_regions_the_own_one_is_labelled_where_there_is_room(own: int, side: str) -> None:
    # The highest stands on top and at the right: its label runs to the left.
    regions = [whisker(str(number), 10 - number / 10, is_own=number == own) for number in range(76)]

    (label,) = ranking_with_intervals(regions, None, PERCENT)["layout"]["annotations"]

    assert label["text"] == f"<b>Uw regio {regions[own].words}</b>"
    assert label["xanchor"] == side


def test_a_funnel_has_four_limits_and_marks_by_shape() -> None:
    traces = CHARTS["funnel"]["data"]

    assert [trace["line"]["dash"] for trace in traces[:4]] == ["dot", "dot", "solid", "solid"]
    shown = {trace["marker"]["symbol"]: trace["hovertext"] for trace in traces[4:]}
    assert shown == {
        "circle": ["Gewoon: <b>2,0%</b>"],
        "x": ["Buiten: <b>9,0%</b>"],
        "diamond": ["Groep: <b>3,0%</b>"],
        "square": ["Eigen: <b>2,5%</b>"],
    }


def test_own_and_common_value_of_a_funnel_stand_at_either_side_of_the_line() -> None:
    common, own = CHARTS["funnel"]["layout"]["annotations"]

    assert labels_of(CHARTS["funnel"]["layout"]) == ["Samen 2,3%", "Uw regio 2,5%"]
    assert (common["yanchor"], own["yanchor"]) == ("top", "bottom")
    assert (own["x"], own["xanchor"]) == (log10(10_000), "right")


@pytest.mark.parametrize(
    ("sizes", "ticks"),
    [
        ((300, 60_000), [1000, 10_000]),
        ((3_000, 61_000), [5_000, 20_000]),
        ((50, 5_000_000), [100, 10_000, 1_000_000]),
        ((120, 130), [120, 130]),
        ((), [1]),
    ],
)
def test_an_axis_of_sizes_has_at_most_three_round_numbers(sizes: tuple[float, ...], ticks: list[int]) -> None:
    assert size_ticks(sizes) == ticks
