"""The chapter and the outcome of a round: wide and narrow, from the keyboard, without violations."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
OPEN_ALL = "() => document.querySelectorAll('main details').forEach(each => { each.open = true; })"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a01_a08_groups_beside_each_other_and_all_tables_have_no_violations(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)
    installation.log_in(page, "demo.swv", "/regio/PO2707/aansluiting")
    summary = page.get_by_text("Elke vraag apart, groepen naast elkaar").first
    table = page.get_by_role("region", name="elke groep per vraag").first

    expect(table).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    page.keyboard.press("Tab")
    expect(table).to_be_focused()
    chapter = problems(page)
    page.get_by_role("link", name="Alle vragen van deze ronde").click()
    page.wait_for_url("**/uitkomst/*")
    page.evaluate(OPEN_ALL)

    assert (chapter, problems(page)) == ([], [])
