"""A-18: before a session ends the page says so, in time, and one key keeps it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.conftest import NARROW, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEAR = """() => { new BroadcastChannel("sessie").addEventListener("message", () => {
    document.documentElement.dataset.heard = "yes";
}); }"""
NewPage = Callable[..., "Page"]
WORDS = "Over 3 minuten logt het dashboard u uit, omdat u al een tijd niets deed."


@pytest.mark.parametrize("path", ["/regio/PO2707/vragenlijsten", "/regio/PO2707/overzicht"])
def test_a18_three_minutes_before_the_end_one_key_keeps_the_session(
    installation: Installation, new_page: NewPage, path: str
) -> None:
    page = new_page(NARROW)
    page.clock.install()
    installation.log_in(page, "demo.coordinator", path)
    dialog = page.get_by_role("dialog", name="Bent u er nog?")

    page.clock.fast_forward("56:00")
    assert dialog.count() == 0
    page.clock.fast_forward("01:10")

    expect(dialog).to_contain_text(WORDS)
    assert problems(page) == []
    with page.expect_response("**/account") as kept:
        page.keyboard.press("Enter")
    assert kept.value.ok
    expect(dialog).to_have_count(0)
    page.clock.fast_forward("56:00")
    assert dialog.count() == 0


def test_a18_another_window_in_use_keeps_this_one_quiet(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    page.clock.install()
    installation.log_in(page, "demo.coordinator", "/account")
    page.clock.fast_forward("50:00")
    page.evaluate(HEAR)

    other = page.context.new_page()
    other.goto(f"{installation.address}/account")
    expect(page.locator("html[data-heard]")).to_have_count(1)
    page.clock.fast_forward("08:00")

    assert page.get_by_role("dialog").count() == 0


def test_a18_who_was_logged_out_meanwhile_is_told(installation: Installation, new_page: NewPage) -> None:
    page = new_page()
    page.clock.install()
    installation.log_in(page, "demo.coordinator", "/account")
    page.clock.fast_forward("57:10")
    page.context.clear_cookies()

    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog")).to_contain_text("U bent intussen uitgelogd.")


def test_a_stranger_is_not_warned(installation: Installation, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{installation.address}/inloggen")

    assert page.locator("meta[name=session-minutes]").count() == 0
