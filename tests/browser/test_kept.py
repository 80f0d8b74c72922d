"""Keeping groups and views in a real browser: by keyboard, on a phone, and groups also without a script."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NewPage = Callable[..., "Page"]
PLACE = "/regio/GM0034/vergelijken/groepen"
FARTHEST = 60


@pytest.fixture
def page_without_script(browser: "Browser") -> "Iterator[Page]":
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


def _tab_to(page: "Page", selector: str) -> None:
    """Press Tab until this has the focus: what cannot be reached fails here."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the focus does not reach {selector}")


def _press(page: "Page", key: str) -> None:
    """Press a key that asks for another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def _search(page: "Page", words: str) -> None:
    _tab_to(page, "#zoek")
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    _press(page, "Enter")


def test_a10_a22_a_group_is_made_by_keyboard_without_a_script(
    installation: Installation, page_without_script: "Page"
) -> None:
    page = page_without_script
    installation.log_in(page, "demo.gemeente", PLACE)

    _tab_to(page, "a[href$='/groepen/nieuw']")
    _press(page, "Enter")
    _tab_to(page, "#naam")
    page.keyboard.type("Nieuwe steden")
    _search(page, "lelystad")
    _tab_to(page, "input[value='GM0995']")
    page.keyboard.press("Space")
    _search(page, "zoetermeer")
    assert page.locator("input[value='GM0995']").is_checked()
    _tab_to(page, "input[value='GM0637']")
    page.keyboard.press("Space")
    _tab_to(page, "button[name='csrf_token']")
    _press(page, "Enter")

    assert page.get_by_text("De groep “Nieuwe steden” is bewaard.").is_visible()
    assert page.get_by_text("2 gemeenten: Lelystad en Zoetermeer.").is_visible()


def test_a10_the_long_list_can_be_skipped_by_keyboard(installation: Installation, new_page: NewPage) -> None:
    page = new_page()
    installation.log_in(page, "demo.gemeente", f"{PLACE}/nieuw")
    page.locator("#zoek").focus()

    _tab_to(page, "a.skip-list")
    assert page.locator("a.skip-list").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("button[name='csrf_token']")).to_be_focused()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a01_a_group_is_refused_kept_changed_and_removed_without_violations(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page, name = new_page(viewport), f"Breed {viewport['width']}"
    page.add_init_script(WATCH)
    installation.log_in(page, "demo.coordinator", "/regio/PO2707/vergelijken/groepen/nieuw")
    faulty = []

    page.locator("#naam").fill(name)
    page.get_by_role("button", name="Bewaar de groep").click()
    page.get_by_text("Er is iets niet goed").wait_for()
    faulty += problems(page)
    page.get_by_label("SWV PO 24-01 Almere").check()
    page.get_by_label("SWV PO 27-07").check()
    page.get_by_role("button", name="Bewaar de groep").click()
    page.get_by_text("is bewaard.").wait_for()
    faulty += problems(page)
    page.get_by_role("link", name=f"Wijzig {name}").click()
    page.get_by_text("Groep wijzigen").first.wait_for(state="attached")
    page.get_by_label("SWV PO 26-01 Utrecht").check()
    page.get_by_role("button", name="Bewaar de groep").click()
    page.get_by_text("3 samenwerkingsverbanden primair onderwijs").wait_for()
    page.locator("details.remove summary").first.click()
    faulty += problems(page)
    page.get_by_role("button", name=f"Ja, verwijder “{name}”").click()
    page.get_by_text("De groep is verwijderd.").wait_for()

    assert faulty == []


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a_view_keeps_what_was_chosen_after_the_page_was_made(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page, name = new_page(viewport), f"Weergave {viewport['width']}"
    page.add_init_script(WATCH)
    installation.log_in(page, "demo.swv", "/regio/PO2707/indicatoren")
    page.wait_for_selector("#shell-body table")
    page.locator("#indicators-zoek").fill("sbo")
    page.wait_for_url("**/indicatoren?zoek=sbo")

    page.get_by_text("Bewaar deze weergave").click()
    page.get_by_label("Naam van de weergave").fill(name)
    faulty = problems(page)
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.get_by_text(f"“{name}” is bewaard.").wait_for()
    faulty += problems(page)
    page.get_by_role("link", name=name).click()
    page.wait_for_url("**/regio/PO2707/indicatoren?zoek=sbo")

    assert faulty == []
    expect(page.locator("#indicators-zoek")).to_have_value("sbo")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a01_a_name_that_is_taken_is_a_question_without_violations(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)
    installation.log_in(page, "demo.lezer", "/regio/GM0363/overzicht")
    for path in ("/regio/GM0363/overzicht", "/regio/GM0363/indicatoren"):
        installation.open(page, path)
        page.get_by_text("Bewaar deze weergave").click()
        page.get_by_label("Naam van de weergave").fill(f"Zelfde {viewport['width']}")
        page.get_by_role("button", name="Bewaar", exact=True).click()

    page.get_by_text("Wilt u die vervangen?").wait_for()
    faulty = problems(page)
    page.get_by_role("button", name="Ja, vervang die weergave").click()
    page.get_by_text("is bewaard.").wait_for()

    assert faulty == []
