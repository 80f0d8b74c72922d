"""Own figures in a real browser: from the tab to the form, a fault, the repair, and back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Installation
from tests.integration.own_files import form, row

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

NewPage = Callable[..., "Page"]


def _file(content: bytes) -> "FilePayload":
    return {"name": "cijfers.csv", "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_an_officer_brings_figures_repairs_a_fault_and_takes_them_back(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    installation.log_in(page, "demo.coordinator", "/regio/VO2708/overzicht")
    page.get_by_role("link", name="Eigen cijfers").click()
    page.wait_for_url("**/regio/VO2708/eigen-cijfers")
    wrong = row("PO2707", indicator="tlv-vso-1000")

    page.set_input_files("#bestand", _file(form(wrong)))
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("PO2707 is een andere regio").wait_for()
    page.set_input_files("#bestand", _file(form(row("VO2708", indicator="tlv-vso-1000"))))
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("cijfers.csv is opgeslagen: 1 cijfer.").wait_for()
    page.get_by_role("button", name="Klopt het niet?").click()
    page.get_by_text("De upload is ingetrokken.").wait_for()

    expect(page.get_by_text("U heeft nog geen eigen cijfers opgenomen.")).to_be_visible()
    page.get_by_role("link", name="Indicatoren").click()
    page.wait_for_selector("#shell-body table")
