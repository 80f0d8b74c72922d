"""What a policy officer does in the browser, on real figures."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
TABLE = "/regio/PO2707/indicatoren"


def test_an_officer_logs_in_and_lands_on_the_own_region(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()

    installation.log_in(page, "demo.swv")

    assert page.url == f"{installation.address}/regio/PO2707/overzicht"
    expect(page.locator("h1")).to_contain_text("Amsterdam en Diemen")
    expect(page.get_by_text("Deelname sbo").first).to_be_visible()


def test_a_filter_changes_the_table_and_the_address(installation: Installation, new_page: NewPage) -> None:
    page = new_page()
    installation.log_in(page, "demo.swv", TABLE)
    links = page.locator("tbody tr a")
    expect(links).to_have_count(22)

    page.get_by_label("Thema").select_option("Jeugdhulp")

    expect(links).to_have_count(7)
    expect(page).to_have_url(re.compile("thema=Jeugdhulp"))


def test_a_reload_and_a_shared_link_restore_the_view(installation: Installation, new_page: NewPage) -> None:
    sender, receiver = new_page(), new_page()
    installation.log_in(sender, "demo.swv", TABLE)
    sender.get_by_label("Zoek in de indicatoren").fill("sbo")
    expect(sender.locator("tbody tr a")).not_to_have_count(22)
    expect(sender).to_have_url(re.compile("zoek=sbo"))
    seen = sender.locator("tbody").all_inner_texts()

    sender.reload(wait_until="networkidle")
    installation.log_in(receiver, "demo.coordinator", sender.url.removeprefix(installation.address))

    expect(sender.locator("tbody")).to_have_text(seen, use_inner_text=True)
    expect(receiver.locator("tbody")).to_have_text(seen, use_inner_text=True)
    expect(receiver.get_by_label("Zoek in de indicatoren")).to_have_value("sbo")


def test_back_returns_to_the_filtered_table(installation: Installation, new_page: NewPage) -> None:
    page = new_page()
    installation.log_in(page, "demo.swv", f"{TABLE}?zoek=sbo")

    page.get_by_role("link", name="Leerlingen speciaal basisonderwijs").click()
    expect(page.locator("h2").first).to_contain_text("Leerlingen speciaal basisonderwijs")
    page.go_back()

    expect(page.get_by_label("Zoek in de indicatoren")).to_have_value("sbo")
    expect(page.locator("tbody tr a").first).to_be_visible()


def test_two_users_side_by_side_do_not_see_each_others_filters(
    installation: Installation, new_page: NewPage
) -> None:
    swv, gemeente = new_page(), new_page()
    installation.log_in(swv, "demo.swv", TABLE)
    installation.log_in(gemeente, "demo.gemeente", "/regio/GM0034/indicatoren")
    expect(gemeente.locator("tbody tr a")).not_to_have_count(0)
    untouched = gemeente.locator("tbody").all_inner_texts()

    swv.get_by_label("Thema").select_option("Jeugdhulp")
    expect(swv.locator("tbody tr a")).to_have_count(7)
    gemeente.reload(wait_until="networkidle")

    assert "thema" not in gemeente.url
    expect(gemeente.locator("tbody")).to_have_text(untouched, use_inner_text=True)


def test_another_persons_region_is_refused_in_words(installation: Installation, new_page: NewPage) -> None:
    page = new_page()
    installation.log_in(page, "demo.gemeente")

    answer = page.goto(f"{installation.address}/regio/PO2707/overzicht")

    assert answer is not None
    assert answer.status == 403
    assert "geen toegang" in page.locator("main").inner_text()


def test_an_expired_session_asks_to_log_in_again_and_keeps_what_was_typed(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    installation.log_in(page, "demo.swv", TABLE)
    page.context.clear_cookies()

    page.get_by_label("Zoek in de indicatoren").fill("jeugd")

    page.get_by_role("dialog").wait_for()
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
    expect(page.get_by_label("Zoek in de indicatoren")).to_have_value("jeugd")


def test_the_main_task_works_with_the_keyboard_only_on_a_phone(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page(NARROW)
    installation.log_in(page, "demo.swv", f"{TABLE}?zoek=deelname")

    page.get_by_role("link", name="Deelname speciaal basisonderwijs").focus()
    page.keyboard.press("Enter")

    expect(page.locator("figure")).not_to_have_count(0)
    expect(page).to_have_url(re.compile("/indicatoren/deel-sbo-pct"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
