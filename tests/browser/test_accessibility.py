"""Every page, wide and narrow: no axe violations, nothing against our policy, nothing from elsewhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
OPEN = [
    "/inloggen",
    "/over",
    "/over/indicatoren",
    "/over/indicatoren?zoek=nergens",
    "/over/methoden",
    "/over/wijzigingen",
    "/over/privacy",
    "/over/toegankelijkheid",
    "/over/contact",
    "/bestaat-niet",
]
OWN = {
    "demo.swv": [
        "/regio/PO2707/overzicht",
        "/regio/PO2707/indicatoren",
        "/regio/PO2707/indicatoren?zoek=dit+vindt+niets",
        "/regio/PO2707/indicatoren/deel-sbo-pct",
        "/regio/PO2707/indicatoren/ll-so",
        "/regio/PO2707/indicatoren/jh-pct",
        "/regio/PO2707/indicatoren/laag-ink-hh-pct",
        "/regio/PO2707/indicatoren/bestaat-niet",
        "/regio/PO2401/overzicht",
        "/regio/PO2707/eigen-cijfers",
        "/regio/PO2707/vergelijken/groepen",
        "/regio/PO2707/vergelijken/groepen/nieuw?naam=Buren&regio=PO2401&regio=PO2707&zoek=amster",
        "/bewaarde-weergaven",
        "/account",
    ],
    "demo.gemeente": [
        "/regio/GM0034/overzicht",
        "/regio/GM0034/indicatoren?uitsplitsing=verwijzer",
        "/regio/GM0034/indicatoren/jz-trajecten",
        "/regio/GM0034/indicatoren/jr-pct",
        "/regio/GM0034/indicatoren/bev-tot",
        "/regio/GM0034/vergelijken/groepen/nieuw",
        "/regio/GM0034/vergelijken/groepen/nieuw?zoek=dit+vindt+niets&regio=bestaat-niet",
    ],
    "demo.coordinator": ["/regio/VO2708/overzicht", "/regio/VO2708/indicatoren/vsv-vo-pct"],
    "demo.lezer": ["/regio/GM0363/eigen-cijfers"],
    "demo.data": ["/beheer/gegevens", "/beheer/versies", "/beheer/versies/1", "/beheer/bronnen"],
    "demo.beheer": [
        "/regio/NL01/overzicht",
        "/regio/NL01/vergelijken/groepen",
        "/regio/NL01/indicatoren/jz-natura",
    ],
}


def _walk(page: "Page", installation: Installation, paths: list[str]) -> dict[str, list[str]]:
    outside: list[str] = []
    page.on(
        "request", lambda each: outside.append(each.url) if _is_elsewhere(each.url, installation) else None
    )
    faulty: dict[str, list[str]] = {}
    for path in paths:
        installation.open(page, path)
        found = problems(page)
        if found + outside:
            faulty[path] = found + outside
            outside.clear()
    return faulty


def _is_elsewhere(url: str, installation: Installation) -> bool:
    return not url.startswith((f"{installation.address}/", "data:", "blob:"))


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a01_s34_s54_open_pages_have_no_violations(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)

    assert _walk(page, installation, OPEN) == {}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("login", OWN)
def test_a01_s34_s54_own_pages_have_no_violations(
    installation: Installation, new_page: NewPage, login: str, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)
    installation.log_in(page, login)

    assert _walk(page, installation, OWN[login]) == {}
