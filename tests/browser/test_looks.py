"""What the eye must be able to follow: focus, whole numbers at 320 px, labels of charts, the printed page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
OPEN = ["/inloggen", "/over", "/over/methoden", "/over/contact", "/bestaat-niet"]
OWN = [
    "/regio/PO2707/overzicht",
    "/regio/PO2707/indicatoren",
    "/regio/PO2707/indicatoren?zoek=dit+vindt+niets",
    "/regio/PO2707/indicatoren/deel-sbo-pct",
    "/regio/PO2707/indicatoren/bestaat-niet",
    "/account",
    "/regio/PO2707/vergelijken/groepen/nieuw?regio=PO2401&zoek=amster",
    "/bewaarde-weergaven",
    "/regio/GM0034/overzicht",
]
INDICATOR = "/regio/PO2707/indicatoren/deel-sbo-pct"
CHARTS = [
    *(
        f"/regio/{code}/indicatoren/deel-sbo-pct"
        for code in ("PO2707", "PO2506", "PO2602", "PO2401", "PO3106")
    ),
    *(f"/regio/{code}/indicatoren/ll-so" for code in ("PO2707", "PO2303")),
    *(
        f"/regio/{code}/indicatoren/{indicator}"
        for code in ("GM0088", "GM0363")
        for indicator in ("bev-tot", "jh-pct")
    ),
    "/regio/PO2707/indicatoren/ll-bao",
]


@pytest.fixture
def open_page(new_page: NewPage) -> NewPage:
    """`new_page`, with the functions of looks.js on every page it opens."""

    def open_one(viewport: dict[str, int] | None = None) -> "Page":
        page = new_page(viewport)
        page.add_init_script(path=Path(__file__).with_name("looks.js"))
        return page

    return open_one


def _tab_through(page: "Page") -> list[str]:
    """Everything that is wrong with how focus looks, from the first control of the page to the last."""
    faults: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        seen: dict[str, Any] | None = page.evaluate("looks.focused()")
        if seen is None or seen["isAgain"]:
            return faults
        faults += seen["faults"]
    raise AssertionError("the focus does not leave the page")


def _focus_faults(page: "Page", installation: Installation, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        installation.open(page, path)
        found[path] = _tab_through(page)
    return {path: faults for path, faults in found.items() if faults}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_focus_is_visible_on_every_control_of_the_open_pages(
    installation: Installation, open_page: NewPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)

    faults = _focus_faults(page, installation, OPEN)

    assert faults == {}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_focus_is_visible_on_every_control_of_own_pages(
    installation: Installation, open_page: NewPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    installation.log_in(page, "demo.swv")

    faults = _focus_faults(page, installation, OWN)

    assert faults == {}


def test_a_pressed_button_keeps_its_words_and_its_outline(
    installation: Installation, open_page: NewPage
) -> None:
    page = open_page()
    installation.open(page, "/inloggen")
    button = page.get_by_role("button", name="Inloggen")
    button.focus()

    page.keyboard.down("Space")
    seen = page.evaluate("looks.focused()")

    assert seen["faults"] == []


@pytest.mark.parametrize("path", [OWN[1], INDICATOR, "/regio/PO2707/indicatoren/ll-so", "/account"])
def test_no_number_of_a_table_is_cut_at_320_px(
    installation: Installation, open_page: NewPage, path: str
) -> None:
    page = open_page(NARROW)
    installation.log_in(page, "demo.swv", path)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

    cut = page.evaluate("looks.cutCells()")

    assert cut == []


def test_the_heading_of_the_table_follows_its_caption_at_320_px(
    installation: Installation, open_page: NewPage
) -> None:
    page = open_page(NARROW)
    installation.log_in(page, "demo.swv", OWN[1])

    heights = page.evaluate(
        "[...document.querySelectorAll('table thead tr')].map(row => row.getBoundingClientRect().height)"
    )

    assert [height for height in heights if height > 64] == []


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_labels_of_charts_are_whole_and_apart(
    installation: Installation, open_page: NewPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    installation.log_in(page, "demo.beheer")
    faults: dict[str, list[str]] = {}

    for path in CHARTS:
        installation.open(page, path)
        page.wait_for_selector(".chart .main-svg .annotation")
        faults[path] = page.evaluate("looks.labels()")

    assert {path: found for path, found in faults.items() if found} == {}


def test_a_printed_chart_has_its_table(installation: Installation, open_page: NewPage) -> None:
    page = open_page()
    installation.log_in(page, "demo.swv", INDICATOR)
    page.wait_for_selector(".chart .main-svg")
    closed = page.evaluate("looks.hiddenTables()")

    page.emulate_media(media="print")

    assert len(closed) == 2
    assert page.evaluate("looks.hiddenTables()") == []


def test_nothing_moves_for_who_asks_for_less_motion(installation: Installation, open_page: NewPage) -> None:
    page = open_page()
    page.emulate_media(reduced_motion="reduce")
    installation.log_in(page, "demo.swv", INDICATOR)

    moving = page.evaluate("looks.moving()")

    assert moving == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_drawings_can_be_read_in_forced_colours(
    installation: Installation, open_page: NewPage, scheme: str
) -> None:
    page = open_page()
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    installation.log_in(page, "demo.swv", INDICATOR)
    page.wait_for_selector(".chart .main-svg .annotation")

    faint = page.evaluate("looks.faintWords()")

    assert faint == []
