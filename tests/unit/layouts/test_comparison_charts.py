"""Every value in a chart of the comparison is also in its table: the same numbers, the same words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import nan
from typing import Any, NamedTuple

import pytest

from app.profiles import Judged, profile
from app.tables import Sheet, Value
from layouts.comparison import lines, regions
from layouts.comparison import profile as profiles
from layouts.comparison.base import Shown
from layouts.comparison.lines import Lines, Other
from layouts.comparison.regions import Field
from tests import comparison_world as world
from tests.example_figures import COUNT, PERCENT, SWV, count, country, hidden, part
from tests.nodes import charts, table, text

Chart = dict[str, Any]


class Drawn(NamedTuple):
    """One mark: the row and column of the table it belongs to, its number, its words under the pointer."""

    row: str
    column: str
    number: float
    words: str


def _bold(hover: str) -> str:
    return re.findall("<b>(.*?)</b>", hover)[0]


def _hovers(chart: Chart, value: str) -> Iterator[tuple[str, float]]:
    """Words under the pointer and the drawn number of every mark that has words."""
    for trace in chart["data"]:
        drawn = zip(trace.get("hovertext", ()), trace[value], strict=False)
        yield from ((words, number) for words, number in drawn if "<b>" in words and number is not None)


def ranking_marks(chart: Chart) -> Iterator[Drawn]:
    for words, number in _hovers(chart, "x"):
        yield Drawn(words.split(": <b>")[0], "Cijfer", number, _bold(words))


def funnel_marks(chart: Chart) -> Iterator[Drawn]:
    for words, number in _hovers(chart, "y"):
        yield Drawn(words.split(": <b>")[0], "Cijfer", number, _bold(words))
    for words, number in _hovers(chart, "x"):
        yield Drawn(words.split(": <b>")[0], "Aantal leerlingen in basisonderwijs en sbo samen", number, "")


def line_marks(chart: Chart) -> Iterator[Drawn]:
    for words, number in _hovers(chart, "y"):
        name, period = words.split(": <b>")[0].rsplit(", ", 1)
        column = SWV.name if name == "Uw regio" else name
        yield Drawn(f"1 oktober {period}", column, number, _bold(words))


def index_marks(chart: Chart) -> Iterator[Drawn]:
    for each in line_marks(chart):
        yield each._replace(column=f"Index {each.column}")


def _cell(sheet: Sheet, row: str, column: str) -> Value:
    place = list(sheet.header).index(column)
    found = next(cells for cells in sheet.rows if _words(cells[0]) == row)
    cell = found[place]
    return cell if isinstance(cell, Value) else Value(cell)


def _words(cell: Value | str) -> str:
    return cell.words if isinstance(cell, Value) else cell


def _is_told(sheet: Sheet, each: Drawn) -> bool:
    """Whether the table has the words and the very number; of bounds it has both ends in words."""
    cell = _cell(sheet, each.row, each.column)
    if not cell.words.startswith(each.words):
        return False
    if cell.number is not None:
        return cell.number == pytest.approx(each.number)
    low, high = (
        float(end.replace(".", "").replace(",", ".")) for end in re.findall(r"[\d.,]*\d", each.words)[:2]
    )
    return low - 0.05 <= each.number <= high + 0.05


def field(section: Any = None, group: Any = world.THE_COUNTRY) -> Field:
    return Field(SWV, section or world.percents(), group, world.NAMES, world.SOURCE)


def trend(*others: Other, own: Any = None, indicator: Any = PERCENT) -> Shown:
    series = own or world.series(SWV.code, 20, 22, 21, 23, 24)
    return lines.content(Lines(SWV, indicator, series, others, world.SOURCE))


COUNTRY_LINE = Other("Nederland", [country(each) for each in world.series("NL01", 30, 31, 30, 30, 29)])
BOUNDED_LINE = Other(
    "Lelystad",
    [part(20, 1000, high=24, region="PO2402", period="2024"), hidden(region="PO2402", period="2025")],
)
GROUP_LINE = Other("Uw groep", world.series("groep", 90, 95, 99, of=3000), {"2021": "(samen, 2 van de 3)"})
COUNTS = [count(1000, period="2024"), count(1100, high=1104, period="2025")]
INDEXED = Other(
    "Nederland",
    [
        country(count(number, period=year))
        for year, number in (("2023", 190_000), ("2024", 200_000), ("2025", 210_000))
    ],
)

CHARTS: Mapping[str, tuple[Callable[[], Shown], Callable[[Chart], Iterator[Drawn]], int]] = {
    "ranking": (lambda: regions.ranking(field()), ranking_marks, 10),
    "ranking of a group": (
        lambda: regions.ranking(field(group=world.group("PO2401", world.BOUNDED, world.HIDDEN))),
        ranking_marks,
        3,
    ),
    "ranking without margins": (lambda: regions.ranking(field(world.means())), ranking_marks, 11),
    "ranking of rates": (lambda: regions.ranking(field(world.rates())), ranking_marks, 12),
    "ranking of counts": (lambda: regions.ranking(field(world.counts())), ranking_marks, 11),
    "funnel": (lambda: regions.funnel(field()), funnel_marks, 2 * 10),
    "trend": (lambda: trend(COUNTRY_LINE), line_marks, 10),
    "trend beside a region known between bounds": (lambda: trend(BOUNDED_LINE), line_marks, 6),
    "trend of four": (lambda: trend(COUNTRY_LINE, GROUP_LINE, BOUNDED_LINE), line_marks, 14),
    "index of counts": (lambda: trend(INDEXED, own=COUNTS, indicator=COUNT), index_marks, 4),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_value_in_a_chart_is_also_in_its_table(name: str) -> None:
    make, marks, expected = CHARTS[name]
    shown = make()

    drawn = list(marks(charts(shown.node)[0]))

    assert len(drawn) == expected
    assert [each for each in drawn if not _is_told(shown.sheets[0], each)] == []


@pytest.mark.parametrize("name", [name for name in CHARTS if name.startswith("ranking")])
def test_the_limits_of_a_ranking_are_in_its_table_too(name: str) -> None:
    shown = CHARTS[name][0]()

    for trace in charts(shown.node)[0]["data"]:
        limits = zip(trace["x"], trace["error_x"]["arrayminus"], trace["error_x"]["array"], strict=True)
        for words, (value, below, above) in zip(trace["hovertext"], limits, strict=True):
            told = _cell(shown.sheets[0], words.split(": <b>")[0], "Marge (95%)").words
            has_margin = ", marge " in words
            assert words.endswith(f", marge {told}") or not has_margin
            assert not has_margin or _ends(told) == pytest.approx((value - below, value + above), abs=0.051)


def _ends(told: str) -> tuple[float, ...]:
    """`1,9% – 2,1%` as numbers."""
    return tuple(float(re.findall(r"\d[\d,]*", end)[0].replace(",", ".")) for end in told.split(" – "))


def judged(group: Any = world.THE_COUNTRY) -> list[Judged]:
    return profile([world.percents(), world.means(), world.rates()], SWV.code, group)


def shown_profile(group: Any = world.THE_COUNTRY) -> Shown:
    return profiles.content(profiles.Profile(SWV, "Onderwijs", group, judged(group), world.SOURCE))


@pytest.mark.parametrize("group", [world.THE_COUNTRY, world.group("PO2405", "PO2406", "PO2407")])
def test_every_mark_of_a_profile_follows_from_the_numbers_in_its_table(group: Any) -> None:
    """A line has the benchmark at 0 and the farthest of lowest and highest at −1 or 1."""
    shown = shown_profile(group)

    spans, _, marks = charts(shown.node)[0]["data"]
    drawn = list(zip(marks["x"], spans["base"], spans["x"], strict=True))
    expected = []
    for cells in shown.sheets[0].rows:
        numbers = dict(zip(shown.sheets[0].header, map(_number, cells), strict=True))
        own, middle, lowest, highest = (
            numbers[name] for name in ("Uw regio", "Vergelijking", "Laagste", "Hoogste")
        )
        reach = max(middle - lowest, highest - middle)
        expected.append(((own - middle) / reach, (lowest - middle) / reach, (highest - lowest) / reach))
    assert len(drawn) == 3
    assert drawn == [pytest.approx(each) for each in expected]


def _number(cell: Value | str) -> float:
    return nan if isinstance(cell, str) or cell.number is None else cell.number


def test_the_words_beside_a_profile_are_those_of_its_table() -> None:
    shown = shown_profile()
    chart = charts(shown.node)[0]

    words = [label["text"] for label in chart["layout"]["annotations"] if label["x"] == 1][1:]

    assert words == [f"<b>{_words(cells[1])}</b>" for cells in shown.sheets[0].rows]
    assert words == ["<b>2,3%</b>", "<b>8,0%</b>", "<b>2,0 per 1.000</b>"]


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_on_the_page_is_the_sheet_that_is_downloaded(name: str) -> None:
    shown = CHARTS[name][0]()

    on_screen = table(shown.node)

    sheet = shown.sheets[0]
    assert on_screen[0] == list(sheet.header)
    assert on_screen[1:] == [[" ".join(_words(cell).split()) for cell in cells] for cells in sheet.rows]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_its_title_source_and_summary(name: str) -> None:
    shown = CHARTS[name][0]()

    words = text(shown.node)

    assert words.startswith(shown.title)
    assert world.SOURCE in words
    assert shown.said.startswith(f"{shown.title}. ")
    assert shown.said.removeprefix(f"{shown.title}. ") in words


@pytest.mark.parametrize("name", ["ranking", "ranking of a group", "ranking without margins", "funnel"])
def test_what_is_hidden_or_missing_is_drawn_nowhere_and_never_as_zero(name: str) -> None:
    make, marks, _ = CHARTS[name]

    drawn = list(marks(charts(make().node)[0]))

    gone = world.MISSING if name == "ranking without margins" else world.HIDDEN
    assert world.NAMES[gone] not in {each.row for each in drawn}
    assert 0 not in {each.number for each in drawn}


def test_a_year_that_the_source_hides_is_a_gap_in_a_line_and_words_in_the_table() -> None:
    shown = trend(BOUNDED_LINE)

    lelystad = charts(shown.node)[0]["data"][0]

    assert (lelystad["name"], lelystad["y"][1]) == ("Lelystad", None)
    assert _cell(shown.sheets[0], "1 oktober 2025", "Lelystad").words == "door de bron verborgen"


def test_an_own_figure_that_is_hidden_has_no_place_in_a_profile() -> None:
    section = world.percents()
    secret = hidden()._replace(denominator_low=1000.0, denominator_high=1003.0)
    changed = replace(section, figures={**section.figures, SWV.code: secret})
    rows = profile([changed, world.means()], SWV.code, world.THE_COUNTRY)

    shown = profiles.content(profiles.Profile(SWV, "Onderwijs", world.THE_COUNTRY, rows, ""))

    assert len(charts(shown.node)[0]["data"][2]["x"]) == 1
    assert [_words(cell) for cell in shown.sheets[0].rows[0][1:6]] == [
        "door de bron verborgen",
        "3,0%",
        "",
        "",
        "",
    ]
