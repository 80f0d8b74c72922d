"""The joint questionnaire in a browser, over the demo rounds: every state, wide, narrow and by keyboard."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
SWV, ALMERE = "/regio/PO2707/vragenlijsten/samen", "/regio/GM0034/vragenlijsten/samen"
LAST, OF_ALMERE, RUNNING = 2, 3, 8
"""The numbers of demo rounds, in the order of their plan."""


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_no_state_of_the_joint_questionnaire_has_violations(
    installation: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)
    paths = (f"{SWV}/{LAST}", f"{SWV}/{LAST}/GM0363", f"{SWV}/{RUNNING}", f"{SWV}/{RUNNING}/GM0363")
    installation.log_in(page, "demo.swv", paths[0])
    faulty = {}

    for path in paths:
        installation.open(page, path)
        faulty[path] = problems(page)

    assert {path: found for path, found in faulty.items() if found} == {}


def test_a_gemeente_changes_an_answer_and_signs_again_with_the_keyboard(
    installation: Installation, new_page: NewPage
) -> None:
    page = new_page()
    page.add_init_script(WATCH)
    installation.log_in(page, "demo.gemeente", f"{ALMERE}/{OF_ALMERE}/PO2401")
    other = new_page()
    installation.log_in(other, "demo.gemeente", f"{ALMERE}/{OF_ALMERE}/PO2401")

    _choose(page, "helemaal eens")
    changed = page.get_by_text("Gewijzigd na ondertekening.").inner_text()
    _choose(other, "helemaal oneens")
    conflict = other.get_by_role("alert").inner_text()
    clash = problems(other)
    page.get_by_role("button", name="Onderteken voor Almere").focus()
    page.keyboard.press("Enter")
    page.get_by_text("U heeft ondertekend. De andere kant moet dat nog doen.").wait_for()

    assert "de handtekening van Verzonnen directeur" in changed
    assert "Iemand anders wijzigde intussen hetzelfde" in conflict
    expect(other.get_by_text("U koos “helemaal oneens”. Intussen bewaarde demo.gemeente")).to_be_visible()
    assert clash == []


def _choose(page: "Page", words: str) -> None:
    """The joint answer to K01, saved with the Enter key on the first button of the form."""
    page.locator("[id='v.K01']").select_option(label=words)
    page.get_by_role("button", name="Bewaar de gezamenlijke antwoorden").first.focus()
    page.keyboard.press("Enter")
    page.locator("#melding").wait_for()
