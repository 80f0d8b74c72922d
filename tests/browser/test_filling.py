"""Questionnaires in a real browser: from the link to the receipt, on both routes, whatever the line does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.db import Database
from survey.tokens import Token
from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation
from tests.integration import survey_world
from tests.servers import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
STATE = "#opslaan-stand"
EVERY = ("ib", "zc", "jh", "gemeente", "swv", "ouders", "jongeren", "evaluatie")


@dataclass(frozen=True)
class Round:
    """An open round: lists by questionnaire, and a way to make links."""

    lists: dict[str, int]
    invite: Callable[[str], Token]
    open_link: Callable[[str], Token]


@pytest.fixture(scope="module")
def asked(installation: Installation) -> Round:
    db, key = Database(installation.settings.database_url), survey_world.key_of(installation.settings)
    with db.transaction() as session:
        round_id = survey_world.add_round(session, partners=("GM0363", "GM0384", "GM0034"))
        lists = {name: survey_world.add_list(session, round_id, name) for name in EVERY}

    def invite(name: str) -> Token:
        with db.transaction() as session:
            return survey_world.add_invitation(
                session, key, survey_world.add_group(session, lists[name])
            ).token

    def open_link(name: str) -> Token:
        with db.transaction() as session:
            return survey_world.add_open_group(session, key, lists[name]).token

    db.close()
    return Round(lists, invite, open_link)


def _start(page: "Page", installation: Installation, address: str) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{installation.address}{address}")
    page.locator("form button.p").click()
    page.wait_for_selector("#vragen")


def _answer_what_is_needed(page: "Page") -> None:
    for question in page.locator(".question:has(.needed)").all():
        choice = question.locator("input[type=radio], input[type=checkbox]")
        if choice.count():
            choice.first.check()
        else:
            question.locator("input").first.fill("3")


def _next(page: "Page") -> None:
    old = page.url
    page.locator("button[value=volgende]").click()
    page.wait_for_url(lambda url: url != old)


def _walk(page: "Page", look: Callable[[], object] = lambda: None) -> None:
    """From screen to screen until the summary."""
    while "/controle" not in page.url:
        look()
        _answer_what_is_needed(page)
        _next(page)


def _send(page: "Page") -> str:
    page.locator("form.send button").click()
    return page.locator("#ontvangstcode").inner_text()


@pytest.mark.parametrize("name", EVERY)
def test_a01_every_questionnaire_leads_to_a_receipt_and_every_kind_of_screen_is_accessible_at_both_widths(
    installation: Installation, new_page: NewPage, asked: Round, name: str
) -> None:
    page, seen, found = new_page(), set[str](), dict[str, list[str]]()

    def look() -> None:
        looks = page.evaluate(
            "[...document.querySelectorAll('.answers, .matrix, textarea, select, .number')]"
            ".map(each => each.className + each.tagName)"
        )
        if set(looks) <= seen:
            return
        seen.update(looks)
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            found[f"{page.url.split('/', 5)[-1]} {viewport['width']}"] = problems(page)

    _start(page, installation, f"/invullen/{asked.open_link(name)}")
    _walk(page, look)
    found["controle"] = problems(page)
    receipt = _send(page)
    found["bedankt"] = problems(page)

    assert {where: faults for where, faults in found.items() if faults} == {}
    assert len(seen) >= 2
    assert receipt


def test_r10_nothing_is_lost_offline_and_after_a_reload(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page(NARROW)
    _start(page, installation, f"/invullen/{asked.invite('ib')}")
    while not page.locator('[name="A05"]').count():
        _next(page)
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
    _start(page, installation, f"/invullen/{asked.invite('ib')}")
    while not page.locator('[name="A06"]').count():
        _next(page)
    page.locator('[name="A06"]').fill("12")
    page.get_by_role("link", name="Later verder gaan").click()
    code = page.locator(".code b").inner_text()
    other = new_page()
    other.goto(f"{installation.address}/invullen")
    other.get_by_label("Uw code").fill(code.lower())
    other.keyboard.press("Enter")
    other.get_by_role("button", name="Verder met invullen").click()
    _walk(other)
    expect(other.get_by_text("12 scholen")).to_be_visible()
    receipt = _send(other)
    other.get_by_role("button", name="Kijk na of uw antwoorden meetellen").click()
    expect(other.get_by_text("Ontvangen").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Deze vragenlijst is al verstuurd").first).to_be_visible()
    assert len(receipt) == 31


def test_typing_is_saved_when_the_page_is_left_at_once(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page()
    _start(page, installation, f"/invullen/{asked.open_link('ouders')}")
    while not page.locator("textarea").count():
        _answer_what_is_needed(page)
        _next(page)
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
        _start(page, installation, address)
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
    _next(first)
    _walk(first)
    assert len(_send(first)) == 31


def test_a_gemeente_fills_in_with_an_account(
    installation: Installation, new_page: NewPage, asked: Round
) -> None:
    page = new_page(NARROW)
    installation.log_in(page, "demo.gemeente")

    _start(page, installation, f"/regio/GM0034/vragenlijsten/invullen/{asked.lists['gemeente']}")
    _walk(page)

    assert len(_send(page)) == 31
    assert problems(page) == []


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
    _start(page, installation, f"/invullen/{asked.invite('ib')}")
    while not page.locator('[name="A06"]').count():
        _next(page)

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
    _walk(page)

    assert len(_send(page)) == 31
    context.close()
