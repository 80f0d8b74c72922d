"""The comparison in the browser: no violations at any width, and everything by keyboard, link and reload."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from callbacks.comparison.views import VIEWS
from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NewPage = Callable[..., "Page"]
SWV, GEMEENTE = "/regio/PO2707/vergelijken", "/regio/GM0034/vergelijken"
PLACES = {"demo.swv": SWV, "demo.gemeente": GEMEENTE}
SBO = "cijfer=deel-sbo-pct"
WIDER = {
    SWV: ["tabel?groep=grootte", "profiel?groep=grootte", "rangorde?groep=provincie"],
    GEMEENTE: [f"verloop?{SBO}&naast2=provincie&naast3=grootte"],
}
"""With more in them than the first choice shows."""


def _faults(page: "Page") -> list[str]:
    """Violations of axe and the policy, a page that is too wide, words of charts that are cut or touch."""
    charts = page.locator(".chart")
    if charts.count():
        page.wait_for_selector(".chart .main-svg .annotation")
    labels = page.evaluate("looks.labels()") if charts.count() else []
    return problems(page) + labels + page.evaluate("looks.cutCells()")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("login", PLACES)
def test_a01_s34_every_view_has_no_violations_and_whole_words(
    installation: Installation, new_page: NewPage, login: str, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)
    page.add_init_script(path=Path(__file__).with_name("looks.js"))
    installation.log_in(page, login)
    faulty = {}

    for view in [*VIEWS, *WIDER[PLACES[login]]]:
        installation.open(page, f"{PLACES[login]}/{view}")
        page.wait_for_selector("#comparison-content :is(.card, figure)")
        faulty[view] = _faults(page)

    assert {view: found for view, found in faulty.items() if found} == {}


def _choose(page: "Page", label: str, letters: str) -> None:
    """Reach a choice and take an option by its first letters, with the keyboard alone."""
    field = page.get_by_label(label, exact=True)
    field.focus()
    page.keyboard.type(letters)


def _title(page: "Page") -> "Locator":
    return page.locator("#comparison-content :is(figcaption, h3)").first


def test_a_group_by_keyboard_renews_chart_summary_links_and_address(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    installation.log_in(page, "demo.swv", f"{SWV}/rangorde?{SBO}")
    marks = page.locator(".chart .scatterlayer .point")
    expect(marks).to_have_count(76)

    _choose(page, "Vergelijk met", "Provincie")

    expect(_title(page)).to_contain_text("de andere samenwerkingsverbanden in de provincie Noord-Holland")
    expect(marks).not_to_have_count(76)
    expect(page.locator(".sum")).to_contain_text("van de")
    expect(page.get_by_role("link", name="Trechter")).to_have_attribute(
        "href", f"{SWV}/trechter?groep=provincie&{SBO}"
    )
    expect(page).to_have_url(re.compile(rf"\?groep=provincie&{SBO}$"))
    expect(page.locator("#comparison-said")).to_contain_text("Noord-Holland")
    expect(page.locator("#comparison-groep")).to_be_focused()


def test_a_chapter_by_keyboard_renews_the_profile_and_travels_to_the_table(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    installation.log_in(page, "demo.gemeente", f"{GEMEENTE}/profiel")
    expect(_title(page)).to_contain_text("Alle hoofdstukken")

    _choose(page, "Hoofdstuk", "Onderwijs")
    expect(_title(page)).to_contain_text("Onderwijs: Almere")
    page.get_by_role("link", name="Tabel", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_label("Hoofdstuk")).to_have_value("Onderwijs")
    expect(_title(page)).to_contain_text("Onderwijs: Almere en Nederland")
    expect(page).to_have_url(re.compile(r"/tabel\?hoofdstuk=Onderwijs$"))


def test_another_indicator_renews_its_periods_and_keeps_what_both_have(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    installation.log_in(page, "demo.gemeente", f"{GEMEENTE}/rangorde?{SBO}&jaar=2024")
    periods = page.get_by_label("Periode").locator("option[value^='20']")
    expect(periods).to_have_count(15)

    page.get_by_label("Cijfer").focus()
    page.keyboard.press("ArrowUp")
    expect(_title(page)).to_contain_text("Leerlingen so/vso: gemeenten, 1 oktober 2024")
    expect(page.get_by_label("Periode")).to_have_value("2024")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    expect(periods).to_have_count(1)
    expect(page.get_by_label("Periode")).to_have_value("laatste")
    expect(_title(page)).to_contain_text("Jongeren met jeugdhulp: gemeenten, 2022 (voorlopig)")
    expect(page).not_to_have_url(re.compile("jaar="))


def test_weights_by_keyboard_change_who_is_similar_and_stand_in_the_address(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page(NARROW)
    installation.log_in(page, "demo.swv", f"{SWV}/vergelijkbare-regios")
    rows = page.locator("#comparison-content tbody th")
    expect(rows).to_have_count(10)
    before = rows.all_inner_texts()

    _choose(page, "Aantal gemeenten", "Niet")
    expect(page.locator("#comparison-content .src")).not_to_contain_text("aantal gemeenten")
    expect(page).to_have_url(re.compile("gewichten=1-1-1-1-0-1-1$"))
    after = rows.all_inner_texts()
    page.reload(wait_until="networkidle")

    assert after != before
    expect(page.get_by_label("Aantal gemeenten")).to_have_value("0")
    expect(rows).to_have_text(after, use_inner_text=True)


def test_weights_that_are_all_zero_are_told_and_can_be_undone(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    installation.log_in(page, "demo.swv", f"{SWV}/vergelijkbare-regios?gewichten=0-0-0-0-0-0-0")
    expect(page.locator("#comparison-content")).to_contain_text("Alle kenmerken staan op 0")

    _choose(page, "Grootte", "Gewoon")

    expect(page.locator("#comparison-content tbody th")).to_have_count(10)


def test_a_reload_and_a_shared_link_restore_lines_beside_the_own_one(
    installation: Installation, new_page: NewPage
) -> None:
    sender, receiver = new_page(), new_page()
    installation.log_in(sender, "demo.swv", f"{SWV}/verloop?{SBO}")
    lines = sender.locator(".chart .scatterlayer .trace")
    expect(lines).to_have_count(2)

    sender.get_by_label("Naast", exact=True).select_option("niemand")
    expect(lines).to_have_count(1)
    sender.get_by_label("En naast").first.select_option("PO2401")
    expect(lines).to_have_count(2)
    expect(sender).to_have_url(re.compile("naast1=niemand&naast2=PO2401"))
    seen = _title(sender).inner_text()
    sender.reload(wait_until="networkidle")
    installation.log_in(receiver, "demo.coordinator", sender.url.removeprefix(installation.address))

    for page in (sender, receiver):
        expect(_title(page)).to_have_text(seen)
        expect(page.locator(".chart .scatterlayer .trace")).to_have_count(2)
        expect(page.get_by_label("Naast", exact=True)).to_have_value("niemand")


def test_two_users_side_by_side_keep_their_own_choices(installation: Installation, new_page: NewPage) -> None:
    swv, gemeente = new_page(), new_page()
    installation.log_in(swv, "demo.swv", f"{SWV}/profiel")
    installation.log_in(gemeente, "demo.gemeente", f"{GEMEENTE}/profiel")
    expect(_title(gemeente)).to_be_visible()
    untouched = gemeente.locator("#comparison-content").inner_text()

    swv.get_by_label("Vergelijk met").select_option("grootte")
    expect(_title(swv)).to_contain_text("ongeveer dezelfde grootte")
    gemeente.reload(wait_until="networkidle")

    assert "groep" not in gemeente.url
    expect(_title(gemeente)).to_be_visible()
    assert gemeente.locator("#comparison-content").inner_text() == untouched
    assert "Amsterdam" not in untouched


def test_a_claim_can_be_reached_from_the_indicator_and_says_the_same_period(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page(NARROW)
    installation.log_in(page, "demo.swv", "/regio/PO2707/indicatoren/deel-sbo-pct?jaar=2023")

    page.get_by_role("link", name="Mag ik dit zeggen?").click()

    expect(page.locator("#comparison-content .say")).to_contain_text("Op 1 oktober 2023")
    expect(page.get_by_label("Periode")).to_have_value("2023")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
