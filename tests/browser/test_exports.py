"""What people take along from a page: charts as images, sentences with their source, the page on paper."""

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
INDICATOR = "/regio/PO2707/indicatoren/deel-sbo-pct"
REGION = "SWV PO 27-07 Amsterdam en Diemen"
CHART = "figure[data-image-source]"
SUMMARY = "#indicator-summary .copyable"
SAVED = "De afbeelding is opgeslagen."
PAPER = 680
"""The width of A4 between its margins, in px of the screen."""


@pytest.fixture
def open_page(installation: Installation, new_page: NewPage) -> NewPage:
    """The page of an indicator with its charts drawn; `window.refused` holds what our policy refused."""

    def open_one(viewport: dict[str, int] | None = None) -> "Page":
        page = new_page(viewport)
        page.add_init_script(WATCH)
        installation.log_in(page, "demo.swv", INDICATOR)
        page.wait_for_selector(".chart .main-svg .annotation")
        return page

    return open_one


def save(page: "Page", button: str, folder: Path) -> Path:
    """Press a button of the first chart and keep what it saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def size_of(png: Path) -> tuple[int, int]:
    """Width and height as the header of the file has them."""
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a_chart_is_saved_as_a_png_of_one_width_on_every_screen(
    open_page: NewPage, tmp_path: Path, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)

    png = save(page, "Afbeelding (png)", tmp_path)

    width, height = size_of(png)
    assert png.name.startswith("po2707-deel-sbo-pct-verloop-2")
    assert width == 1200
    assert height > 800
    expect(page.locator(f"{CHART} .said").first).to_have_text(SAVED)
    assert problems(page) == []


def test_an_svg_holds_title_source_region_and_date_as_text(open_page: NewPage, tmp_path: Path) -> None:
    page = open_page()
    source = page.locator(CHART).first.get_attribute("data-image-source")

    svg = save(page, "Afbeelding (svg)", tmp_path).read_text(encoding="utf-8")

    words = page.evaluate(
        "text => [...new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('svg > text')]"
        ".map(each => each.textContent).join(' ')",
        svg,
    )
    assert f"{REGION}: van 2,2% in 2011 naar 2,0% in 2025" in words
    assert source
    assert source in words
    assert "1 oktober 2011 tot en met 1 oktober 2025" in words
    assert f"Uw regio: {REGION}" in words
    assert "n = 61.407 in 2025" in words
    assert "Dashboard passend onderwijs" in words
    assert page.evaluate("window.refused") == []


def test_the_image_of_a_map_tells_what_its_shades_mean(
    installation: Installation, open_page: NewPage, tmp_path: Path
) -> None:
    page = open_page()
    installation.open(page, "/regio/PO2707/vergelijken/kaart?cijfer=deel-sbo-pct")
    page.wait_for_selector(".chart .main-svg .annotation")

    svg = save(page, "Afbeelding (svg)", tmp_path).read_text(encoding="utf-8")

    shown = page.locator(".classes li").all_inner_texts()
    assert len(shown) >= 5
    assert [words for words in shown if f">{words.strip()}</text>" not in svg] == []


def test_an_image_is_saved_with_the_keyboard_only(open_page: NewPage) -> None:
    page = open_page()
    page.locator(CHART).get_by_text("Tabel bij deze grafiek").first.focus()

    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.suggested_filename.endswith(".png")
    expect(page.locator(f"{CHART} .said").first).to_have_text(SAVED)
    expect(page.locator(":focus")).to_have_text("Afbeelding (png)")


def test_an_image_that_cannot_be_made_is_told_in_words(open_page: NewPage) -> None:
    page = open_page()
    page.evaluate("() => { window.Plotly.toImage = () => Promise.reject(new Error('no room')); }")

    page.get_by_role("button", name="Afbeelding (png)").first.click()

    expect(page.locator(f"{CHART} .said").first).to_contain_text("kon niet worden gemaakt")


@pytest.mark.parametrize("has_clipboard", [True, False])
def test_a_sentence_is_copied_with_its_source(open_page: NewPage, has_clipboard: bool) -> None:  # noqa: FBT001
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not has_clipboard:  # as on an address without https
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    button = page.locator(SUMMARY).get_by_role("button", name="Kopieer deze zin")
    button.focus()

    page.keyboard.press("Enter")

    expect(page.locator(f"{SUMMARY} .said")).to_have_text("De zin is gekopieerd.")
    expect(button).to_be_focused()
    page.reload(wait_until="networkidle")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(page.locator(f"{SUMMARY} .say").inner_text())
    assert "(bron: DUO, 06. Historisch overzicht" in copied
    assert copied.endswith(")")
    assert page.evaluate("window.refused") == []


def test_what_was_said_goes_when_the_figures_change(open_page: NewPage, tmp_path: Path) -> None:
    page = open_page()
    save(page, "Afbeelding (svg)", tmp_path)
    expect(page.locator(f"{CHART} .said").first).to_have_text(SAVED)

    page.get_by_label("Periode").select_option(index=1)

    expect(page.locator(f"{CHART} .said").first).to_have_text("")


def test_a_table_is_downloaded_as_a_workbook(open_page: NewPage) -> None:
    page = open_page()
    page.locator(CHART).get_by_text("Tabel bij deze grafiek").first.click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download deze tabel: Excel").first.click()

    name = download.value.suggested_filename
    assert name.startswith("po2707-deel-sbo-pct-verloop-")
    assert name.endswith(".xlsx")


def test_a_printed_chart_fits_the_paper_and_comes_back_as_it_was(open_page: NewPage) -> None:
    page = open_page()
    drawing = page.locator(f"{CHART} .main-svg").first
    before = drawing.get_attribute("width") or ""

    page.emulate_media(media="print")
    page.evaluate("document.body.style.width = '680px'; window.dispatchEvent(new Event('beforeprint'))")
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.chart .main-svg')]"
        ".map(each => each.getBoundingClientRect().right))"
    )
    page.evaluate("document.body.style.width = ''; window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")

    assert float(before) > PAPER >= right
    expect(drawing).to_have_attribute("width", before)
    expect(drawing).not_to_have_attribute("viewBox", re.compile("."))


def test_nothing_on_paper_asks_to_be_clicked(open_page: NewPage) -> None:
    page = open_page()

    page.emulate_media(media="print")

    shown = "each => each.checkVisibility() && each.getBoundingClientRect().height > 0"
    asks = page.evaluate(
        f"[...document.querySelectorAll('button, select, input, nav, .btn')].filter({shown}).length"
    )
    assert asks == 0
    assert page.locator(".src").last.is_visible()
    source = "getComputedStyle(document.querySelector('figure[data-image-source]'), '::after').content"
    assert "Bron: DUO" in page.evaluate(source)
