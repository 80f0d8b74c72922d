"""The map with outlines in a real browser: fetched once, filled by class, in words when it does not come."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from layouts.map_figures import LOOKS, SHADES, OutlineArea, outline_map
from tests.browser.conftest import Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

HREF = "/kaart/2023.json?v=1-test"
OUTLINES = {
    "year": 2023,
    "areas": {
        "GM0001": [[0, 0, 10, 0, 10, 10, 0, 10]],
        "GM0002": [[10, 0, 20, 0, 20, 10, 10, 10]],
        "GM0003": [[20, 0, 30, 0, 30, 10, 20, 10], [40, 0, 42, 0, 42, 2]],
    },
}
"""Three gemeenten in a row, the last with an island."""

FIGURE = outline_map(
    {
        "PO0101": OutlineArea("SWV Een", "2", "2,0%", "klasse 2 van 5"),
        "PO0102": OutlineArea("SWV Twee", "hidden", "verborgen", "door de bron verborgen"),
    },
    {"GM0001": "PO0101", "GM0002": "PO0101", "GM0003": "PO0102"},
    href=HREF,
    own="PO0101",
    own_words="2,0%",
)
DRAW = "figure => Promise.resolve(window.dash_clientside.dashboard.drawOutlines(figure))"
PAINT = """figure => {
    const place = document.body.appendChild(document.createElement("div"));
    return Plotly.newPlot(place, figure.data, figure.layout)
        .then(plot => plot.querySelectorAll("path.js-fill").length);
}"""


@pytest.fixture
def asked(page: "Page", installation: Installation) -> list[str]:
    """A page with the script and plotly; the addresses it asks outlines of."""
    addresses: list[str] = []

    def answer(route: "Route") -> None:
        addresses.append(route.request.url)
        route.fulfill(content_type="application/json", body=json.dumps(OUTLINES))

    page.route("**/kaart/**", answer)
    page.goto(f"{installation.address}/inloggen")
    for name in ("vendor/plotly-cartesian.min.js", "60-map.js"):
        page.add_script_tag(url=f"/assets/{name}")
    return addresses


def _draw(page: "Page", figure: dict[str, Any] = FIGURE) -> dict[str, Any]:
    made: dict[str, Any] = page.evaluate(DRAW, figure)
    return made


def test_outlines_are_fetched_once_and_filled_by_the_look_of_their_region(
    page: "Page", asked: list[str], installation: Installation
) -> None:
    made = _draw(page)
    _draw(page)

    assert asked == [f"{installation.address}{HREF}"]
    fills = {trace["fillcolor"]: trace for trace in made["data"] if "fillcolor" in trace}
    assert fills[SHADES[1]]["x"] == [0, 10, 10, 0, 0, None, 10, 20, 20, 10, 10, None]
    assert fills[LOOKS["hidden"].color]["fillpattern"]["shape"] == "x"
    assert page.evaluate(PAINT, made) == 2


def test_the_border_of_a_region_runs_around_its_gemeenten_together(page: "Page", asked: list[str]) -> None:
    made = _draw(page)

    halo, frame = (trace for trace in made["data"] if trace.get("line", {}).get("width") in (6, 2.5))
    drawn = set(zip(frame["x"], frame["y"], strict=True))
    assert drawn == {(0, 0), (10, 0), (20, 0), (20, 10), (10, 10), (0, 10), (None, None)}
    assert frame["x"].count(None) == 1  # one line around: the border between the two is gone
    assert halo["x"] == frame["x"]


def test_every_gemeente_tells_the_words_of_its_region_at_its_middle(page: "Page", asked: list[str]) -> None:
    points = _draw(page)["data"][-1]

    assert list(zip(points["x"], points["y"], strict=True)) == [(5, 5), (15, 5), (25, 5)]
    assert points["hovertext"][0] == "SWV Een: <b>2,0%</b><br>klasse 2 van 5"
    assert points["hovertext"][2] == "SWV Twee: <b>verborgen</b><br>door de bron verborgen"


def test_the_label_of_the_own_region_points_at_it(page: "Page", asked: list[str]) -> None:
    (label,) = _draw(page)["layout"]["annotations"]

    assert label["text"] == "<b>Uw regio<br>2,0%</b>"
    assert (label["x"], label["y"]) in {(5, 5), (15, 5)}


def test_outlines_that_do_not_come_are_told_in_words_and_asked_for_again(
    page: "Page", asked: list[str]
) -> None:
    page.route("**/kaart/2022.json", lambda route: route.fulfill(status=404, body="{}"))
    gone = json.loads(json.dumps(FIGURE).replace(HREF, "/kaart/2022.json"))

    made = _draw(page, gone)

    assert made["data"] == []
    assert "konden niet worden geladen" in made["layout"]["annotations"][0]["text"]
    page.unroute("**/kaart/2022.json")
    assert _draw(page, gone)["data"] != []


def test_a_figure_that_is_no_such_map_is_left_alone(page: "Page", asked: list[str]) -> None:
    page.evaluate("window.dash_clientside.no_update = 'no update'")

    assert page.evaluate(DRAW, {"data": [], "layout": {}}) == "no update"
    assert page.evaluate(DRAW, _draw(page)) == "no update"
