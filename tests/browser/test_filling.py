"""Questionnaires in a real browser: from the link to the receipt, whatever the line does."""

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.conftest import NARROW, Installation
from tests.browser.filling_drive import (
    STATE,
    NewPage,
    Round,
    answer_what_is_needed,
    asked,
    go_on,
    send,
    start,
    walk,
)
from tests.servers import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["asked"]  # a fixture


def test_r10_nothing_is_lost_offline_and_after_a_reload(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page(NARROW)
    start(page, installation, f"/invullen/{asked.invite('ib')}")
    while not page.locator('[name="A05"]').count():
        go_on(page)
    page.get_by_text("4 tot en met 9 jaar").click()
    page.locator(STATE, has_text="Opgeslagen om").wait_for()

    page.context.set_offline(True)
    page.locator('[name="A06"]').fill("12")
    page.locator(STATE, has_text="Niet opgeslagen, wij proberen opnieuw").wait_for()
    page.locator("button[value=volgende]").click()
    page.locator(STATE, has_text="Uw antwoorden staan nog op dit scherm").wait_for()
    assert page.locator('[name="A06"]').input_value() == "12"
    here = page.url
    page.context.set_offline(False)
    page.wait_for_url(lambda url: url != here)

    page.goto(here)
    assert page.locator('[name="A05"][value="4-9"]').is_checked()
    assert page.locator('[name="A06"]').input_value() == "12"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_r10_a_second_device_goes_on_by_the_code_and_the_first_hears_that_it_was_sent(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page, other = new_page(NARROW), new_page()
    start(page, installation, f"/invullen/{asked.invite('ib')}")
    while not page.locator('[name="A06"]').count():
        go_on(page)
    page.locator('[name="A06"]').fill("12")
    page.get_by_role("link", name="Later verder gaan").click()
    code = page.locator(".code b").inner_text()
    other = new_page()
    other.goto(f"{installation.address}/invullen")
    other.get_by_label("Uw code").fill(code.lower())
    other.keyboard.press("Enter")
    other.get_by_role("button", name="Verder met invullen").click()
    walk(other)
    expect(other.get_by_text("12 scholen")).to_be_visible()
    receipt = send(other)
    other.get_by_role("button", name="Kijk na of uw antwoorden meetellen").click()
    expect(other.get_by_text("Ontvangen").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Deze vragenlijst is al verstuurd").first).to_be_visible()
    assert len(receipt) == 31


def test_typing_is_saved_when_the_page_is_left_at_once(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page()
    start(page, installation, f"/invullen/{asked.open_link('ouders')}")
    while not page.locator("textarea").count():
        answer_what_is_needed(page)
        go_on(page)
    here = page.url
    page.locator("textarea").fill("Sneller beginnen.")

    page.goto("about:blank")
    page.goto(here)

    # The page that was left may still be saving while this one is made.
    page.wait_for_function(
        "fetch(location.href).then(page => page.text()).then(text => text.includes('Sneller beginnen.'))"
    )
    page.goto(here)
    assert page.locator("textarea").input_value() == "Sneller beginnen."


def test_r08_two_colleagues_see_both_answers_and_choose(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    address = f"/regio/PO2707/vragenlijsten/invullen/{asked.lists['swv']}"
    first, second = new_page(), new_page(NARROW)
    for page, login in ((first, "demo.swv"), (second, "demo.coordinator")):
        installation.log_in(page, login)
        start(page, installation, address)
        page.goto(f"{installation.address}{address}/meerwaarde/1")

    first.locator('[name="K01"][value="2"]').check()
    first.locator(STATE, has_text="Opgeslagen om").wait_for()
    second.locator('[name="K02"][value="4"]').check()
    second.locator('[name="K01"][value="2"]:checked').wait_for(state="attached")
    first.locator('[name="K02"][value="1"]').check()
    first.get_by_text("Deze vraag is intussen ergens anders beantwoord").wait_for()
    assert problems(first) == []
    expect(first.get_by_text("Daar staat: eens")).to_be_visible()
    first.get_by_role("button", name="Neem over wat daar staat").click()

    expect(first.locator('[name="K02"][value="4"]')).to_be_checked()
    go_on(first)
    walk(first)
    assert len(send(first)) == 31


def test_a10_a_parent_fills_in_with_the_keyboard_alone(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page(NARROW)
    page.goto(f"{installation.address}/invullen/{asked.open_link('ouders')}?taal=en")
    _press_by_keyboard(page, "form button.p")
    page.wait_for_selector("#vragen")
    while "/controle" not in page.url:
        if page.locator(".needed").count():
            _tab_to(page, "input[type=radio]")
            page.keyboard.press("Space")
        _press_by_keyboard(page, "button[value=volgende]")
    _press_by_keyboard(page, "form.send button")

    page.get_by_text("We have received your answers.").wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"


def _tab_to(page: "Page", selector: str) -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


def _press_by_keyboard(page: "Page", selector: str) -> None:
    old, title = page.url, page.title()
    _tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_function("old => location.href + document.title !== old", arg=old + title)
    page.wait_for_load_state()


def test_a17_what_is_wrong_is_said_at_the_top_with_focus_and_at_the_field(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page(NARROW)
    start(page, installation, f"/invullen/{asked.invite('ib')}")
    while not page.locator('[name="A06"]').count():
        go_on(page)

    page.locator('[name="A06"]').fill("tien")
    page.locator('[name="A06"]').press("Enter")
    page.wait_for_selector("#fouten")

    assert page.title().startswith("Fout: Stap 3 van")
    expect(page.locator("#fouten")).to_be_focused()
    field = page.locator('[name="A06"]')
    assert field.input_value() == "tien"
    assert field.get_attribute("aria-invalid") == "true"
    assert "A06-fout" in (field.get_attribute("aria-describedby") or "")
    assert problems(page) == []


def test_a22_without_a_script_the_whole_list_can_be_sent(
    installation: Installation, browser: object, asked: Round
) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{installation.address}/invullen/{asked.open_link('jongeren')}")
    page.locator("form button.p").click()
    walk(page)

    assert len(send(page)) == 31
    context.close()


def test_a_choice_is_cleared_with_the_keyboard_and_the_page_says_so(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page()
    start(page, installation, f"/invullen/{asked.invite('evaluatie')}")
    while not page.locator("[data-clear]").count():
        answer_what_is_needed(page)
        go_on(page)
    choices = page.locator("input[type=radio]")
    button = page.locator("[data-clear]").first
    expect(button).to_be_hidden()
    choices.nth(1).check()
    page.locator(STATE, has_text="Opgeslagen om").wait_for()

    choices.nth(1).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(STATE, has_text="Antwoord gewist. Opgeslagen om").wait_for()

    expect(button).to_be_hidden()
    expect(choices.first).to_be_focused()
    page.reload()
    assert page.locator("input[type=radio]:checked").count() == 0


def test_without_a_script_a_choice_is_cleared_and_enter_still_goes_on(
    installation: Installation, browser: object, asked: Round
) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{installation.address}/invullen/{asked.invite('ib')}")
    page.locator("form button.p").click()
    while not page.locator('[name="A06"]').count():
        go_on(page)
    page.locator('[name="A05"][value="4-9"]').check()
    page.locator('[name="A06"]').fill("12")

    page.locator('[data-clear="A05"]').click()
    page.get_by_text("Antwoord gewist.").wait_for()
    here = page.url.split("?")[0]
    page.locator('[name="A06"]').press("Enter")

    assert page.url != here
    page.goto(here)
    assert page.locator('[name="A05"]:checked').count() == 0
    assert page.locator('[name="A06"]').input_value() == "12"
    context.close()
