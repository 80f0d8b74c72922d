"""Charts are valid figures of plotly, draw what is not known as a range, and never as 0."""

import json

import plotly.graph_objects as go
import pytest

from layouts.figures import AxisFormat, Bar, Chart, Mark, Point, ranking, trend
from layouts.sparklines import CELL, sparkline

PERCENT = AxisFormat(".1f", "%")


def point(year: int, low: float | None, high: float | None = None, *, is_provisional: bool = False) -> Point:
    bounds = None if low is None else (low, low if high is None else high)
    return Point(year, str(year), bounds, f"{low}%", is_provisional)


OWN = [point(2020, 2.0), point(2021, 2.2, 2.4), point(2022, None), point(2023, 2.1, is_provisional=True)]
COUNTRY = [point(year, 2.3) for year in range(2020, 2024)]
BARS = [
    Bar("Laag", (0, 0), "0"),
    Bar("Tussen", (1, 4), "minder dan 5"),
    Bar("Eigen", (9, 9), "9", is_own=True),
]

CHARTS = {
    "trend": trend(OWN, COUNTRY, [], PERCENT),
    "trend without country": trend(OWN, [], [], PERCENT),
    "trend of the country": trend([], COUNTRY, [], PERCENT),
    "trend with a break": trend(OWN, COUNTRY, [2022], PERCENT),
    "equal ends": trend(COUNTRY, COUNTRY, [], PERCENT),
    "nothing": trend([], [], [], PERCENT),
    "ranking": ranking(BARS, Mark(5, "5"), AxisFormat(",.0f")),
    "ranking without country": ranking(BARS, None, PERCENT),
    "ranking without own": ranking(BARS[:2], None, PERCENT),
    "342 bars": ranking([Bar(str(n), (n, n), str(n)) for n in range(342)], Mark(5, "5"), PERCENT),
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


def test_own_and_country_differ_in_more_than_colour() -> None:
    country, own = trend(OWN, COUNTRY, [], PERCENT)["data"]

    assert (own["line"]["dash"], country["line"]["dash"]) == ("solid", "dash")
    assert own["line"]["width"] > country["line"]["width"]


def test_a_missing_period_is_a_gap_and_bounds_are_a_range() -> None:
    own = trend(OWN, [], [], PERCENT)["data"][0]

    assert own["y"] == [2.0, pytest.approx(2.3), None, 2.1]
    assert own["error_y"]["array"] == [0, pytest.approx(0.1), 0, 0]
    assert own["error_y"]["visible"] is True
    assert own["connectgaps"] is False


def test_a_provisional_figure_is_an_open_point() -> None:
    own = trend(OWN, [], [], PERCENT)["data"][0]

    assert own["marker"]["symbol"] == ["circle", "circle", "circle", "circle-open"]


def test_a_break_cuts_the_line_and_is_drawn() -> None:
    chart = trend(COUNTRY, [], [2022], PERCENT)

    assert chart["data"][0]["x"] == [2020, 2021, 2022, 2022, 2023]
    assert chart["data"][0]["y"] == [2.3, 2.3, None, 2.3, 2.3]
    assert [shape["x0"] for shape in chart["layout"]["shapes"]] == [2021.5]


def test_a_break_outside_the_series_changes_nothing() -> None:
    chart = trend(COUNTRY, [], [2016], PERCENT)

    assert chart["data"][0]["x"] == [2020, 2021, 2022, 2023]
    assert chart["layout"]["shapes"] == []


def test_the_ends_of_the_lines_are_labelled_with_their_last_value() -> None:
    labels = [label["text"] for label in trend(OWN, COUNTRY, [], PERCENT)["layout"]["annotations"]]

    assert labels == ["<b>Uw regio</b><br>2.1%", "<b>Nederland</b><br>2.3%"]


def test_labels_at_the_same_height_are_pushed_apart() -> None:
    shifts = [label["yshift"] for label in CHARTS["equal ends"]["layout"]["annotations"]]

    assert shifts == [18, -18]


def test_labels_far_apart_stand_beside_their_ends() -> None:
    # 170 px for 1 to 3: half a point is 42 px, more than the 36 px of a label of two lines
    chart = trend([point(2020, 1.0), point(2021, 2.0)], [point(2020, 3.0), point(2021, 2.5)], [], PERCENT)

    assert [label["yshift"] for label in chart["layout"]["annotations"]] == [0, 0]


def test_the_room_beside_the_lines_follows_the_longest_label() -> None:
    # 14 px and 7.5 px a letter: nine letters of "Nederland"
    assert trend(OWN, COUNTRY, [], PERCENT)["layout"]["margin"]["r"] == 14 + 7.5 * 9


@pytest.mark.parametrize(("place", "side", "shift"), [(0, "left", -15.44), (2, "right", 15.44)])
def test_the_own_label_never_sticks_out_of_the_chart(place: int, side: str, shift: float) -> None:
    # "Uw regio 9" takes 10 × 7.5 px; the first bar stands at 0.7 of 3.4 places, the last one at 2.7
    bars = [Bar(str(each), (9, 9), "9", is_own=each == place) for each in range(3)]

    label = ranking(bars, None, PERCENT)["layout"]["annotations"][0]

    assert (label["xanchor"], label["yref"], label["y"]) == (side, "paper", 1)
    assert label["xshift"] == pytest.approx(shift, abs=0.01)


def test_a_long_own_label_goes_on_two_lines_with_room_above_the_chart() -> None:
    bars = [
        Bar("Eigen", (1390, 1400), "tussen 1.390 en 1.400", is_own=True),
        Bar("Ander", (9000, 9000), "9.000"),
    ]

    layout = ranking(bars, None, PERCENT)["layout"]

    assert layout["annotations"][0]["text"] == "<b>Uw regio<br>tussen 1.390 en 1.400</b>"
    assert layout["margin"]["t"] == 8 + 2 * 17


def test_a_hidden_region_is_a_sure_part_with_a_hatched_range_above_it() -> None:
    bars, ranges = CHARTS["ranking"]["data"]

    assert bars["y"] == [0, 1, 9]
    assert (ranges["x"], ranges["base"], ranges["y"]) == ([1], [1], [3])
    assert ranges["marker"]["pattern"]["shape"] == "/"
    assert ranges["hovertext"] == ["Tussen: <b>minder dan 5</b>"]


def test_the_own_region_has_a_colour_of_its_own_and_a_label() -> None:
    chart = CHARTS["ranking"]

    colours = chart["data"][0]["marker"]["color"]
    labels = [label["text"] for label in chart["layout"]["annotations"]]
    assert colours[2] != colours[0] == colours[1]
    assert labels == ["<b>Nederland 5</b>", "<b>Uw regio 9</b>", "laagste 0", "hoogste 9"]


def test_a_sparkline_needs_two_points() -> None:
    assert sparkline([(1, 1)]) == ""
    assert sparkline([(1, 1), None]) == ""
    assert sparkline([(1, 1), (2, 2)]).startswith("<svg ")


def test_a_sparkline_runs_from_bottom_to_top_of_its_own_values() -> None:
    # 84 × 28 with an edge of 5: the lowest value at 23, the highest at 5, the dot at the last point
    drawing = sparkline([(1, 1), (3, 3)], size=CELL)

    assert 'd="M5.0 23.0L79.0 5.0"' in drawing
    assert 'd="M79.0 5.0l0.01 0"' in drawing


def test_a_sparkline_breaks_at_a_missing_point_and_shows_bounds() -> None:
    drawing = sparkline([(1, 1), None, (2, 4), (3, 3)], size=CELL)

    assert drawing.count("M") >= 4
    assert 'd="M54.3 17.0L54.3 5.0"' in drawing


def test_a_flat_sparkline_lies_in_the_middle() -> None:
    assert 'd="M5.0 14.0L79.0 14.0"' in sparkline([(2, 2), (2, 2)], size=CELL)


def test_half_years_stand_apart_and_a_break_lies_between_two_of_them() -> None:
    halves = [Point(2022.0 + step / 2, f"{step}", (float(step), float(step)), "1") for step in range(4)]

    figure = trend(halves, [], [2023.0], AxisFormat(",.0f"))

    assert [each["x"] for each in figure["data"]] == [[2022.0, 2022.5, 2023.0, 2023.0, 2023.5]]
    assert figure["layout"]["shapes"][0]["x0"] == 2022.75
