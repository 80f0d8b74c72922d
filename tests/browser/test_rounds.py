"""A round in a real browser: planned, filled, opened and followed by its coordinator, at two widths."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from survey.rounds import today_in_amsterdam
from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
HOME = "/regio/PO2707/vragenlijsten"


def _press(page: "Page", name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def _plan(page: "Page", title: str) -> str:
    """Make a round with one list and one group; gives its address."""
    page.get_by_role("link", name="Maak een ronde").click()
    page.get_by_label("Naam van de ronde").fill(title)
    page.get_by_label("Waar kan men vragen stellen?").fill("bel ons")
    page.locator("#eerste").fill(today_in_amsterdam(datetime.now(UTC)).isoformat())
    _press(page, "Maak de ronde")
    address = page.url.partition("?")[0]
    page.get_by_role("link", name="Vragenlijsten en thema’s").click()
    page.get_by_label("intern begeleiders").check()
    _press(page, "Bewaar de keuze")
    page.goto(f"{address}/groepen")
    page.get_by_label("Organisatie", exact=True).fill("Scholen in Diemen")
    page.get_by_label("Hoeveel mensen").fill("40")
    _press(page, "Voeg toe")
    return address


def _mail_partners(page: "Page", address: str) -> dict[str, list[str]]:
    """Write mails to two partners down; gives what is wrong with the pages on the way."""
    page.goto(f"{address}/mails/tekst/partners")
    page.get_by_label("Mailadressen").fill("anna@example.org\nbram@example.org")
    _press(page, "Verder")
    page.get_by_role("heading", name="Deze mail versturen naar 2 adressen?").wait_for()
    asked = problems(page)
    _press(page, "Ja, verstuur naar 2 adressen")
    page.get_by_text("De mails staan klaar.").wait_for()
    return {"asked": asked, "mailed": problems(page)}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a_coordinator_runs_a_round_and_every_page_is_accessible(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page, found = new_page(viewport), {}
    page.context.add_init_script(WATCH)
    installation.log_in(page, "demo.coordinator", HOME)

    address = _plan(page, f"Ronde {viewport['width']}")
    page.goto(f"{address}/codes")
    page.get_by_label("Hoeveel codes?").fill("nul")
    _press(page, "Maak codes")
    found["refused"] = problems(page)
    page.get_by_label("Hoeveel codes?").fill("4")
    _press(page, "Maak codes")
    page.get_by_role("link", name="Blad met codes").click()
    page.get_by_alt_text("QR-code van nummer 4").wait_for()
    found["sheet"] = problems(page)
    found |= _mail_partners(page, address)
    page.goto(address)
    page.get_by_label("Openen zonder testantwoord").check()
    found["checklist"] = problems(page)
    _press(page, "Open de ronde")
    page.get_by_text("De ronde is open.").wait_for()
    parts = ("", "/lijsten", "/groepen", "/codes", "/mails", "/mails/tekst/bedankt", "/respons", "/wijzigen")
    for part in parts:
        page.goto(f"{address}{part}")
        found[part] = problems(page)
    installation.open(page, HOME)
    found["overview"] = problems(page)

    assert {part: words for part, words in found.items() if words} == {}


def test_a_mail_text_is_copied_with_the_keyboard(installation: Installation, new_page: NewPage) -> None:
    page = new_page(WIDE)
    installation.log_in(page, "demo.coordinator", HOME)
    page.get_by_role("link", name="Maak een ronde").click()
    page.get_by_label("Naam van de ronde").fill("Kopiëren")
    page.keyboard.press("Enter")
    page.wait_for_url("**klaar=gemaakt**")

    page.goto(f"{page.url.partition('?')[0]}/mails/tekst/partners")
    page.get_by_role("button", name="Kopieer deze mail").focus()
    page.keyboard.press("Enter")

    told = page.get_by_text("De mail is gekopieerd.")
    told.wait_for()
    assert told.is_visible()
