"""Somebody who fills in a questionnaire in a browser: start, answer, go on, send."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.db import Database
from survey.tokens import Token
from tests.browser.axe import WATCH
from tests.browser.conftest import Installation
from tests.integration import survey_world

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
    """A round with every questionnaire, open."""
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


def start(page: "Page", installation: Installation, address: str) -> None:
    """Press the first button behind an address."""
    page.add_init_script(WATCH)
    page.goto(f"{installation.address}{address}")
    page.locator("form button.p").click()
    page.wait_for_selector("#vragen")


def answer_what_is_needed(page: "Page") -> None:
    """Answer what cannot be skipped, with the first choice."""
    for question in page.locator(".question:has(.needed)").all():
        choice = question.locator("input[type=radio], input[type=checkbox]")
        if choice.count():
            choice.first.check()
        else:
            question.locator("input").first.fill("3")


def go_on(page: "Page") -> None:
    """Press the button to the next screen."""
    old = page.url
    page.locator("button[value=volgende]").click()
    page.wait_for_url(lambda url: url != old)


def walk(page: "Page") -> None:
    """From screen to screen until the summary."""
    while "/controle" not in page.url:
        answer_what_is_needed(page)
        go_on(page)


def send(page: "Page") -> str:
    """Press the last button; the code of the receipt."""
    page.locator("form.send button").click()
    return page.locator("#ontvangstcode").inner_text()
