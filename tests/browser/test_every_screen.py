"""Every screen of every questionnaire, from the start to the receipt, on both routes and at both widths."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from app.db import Database
from survey.definition import Questionnaire
from survey.lists import load_list, sector_of
from survey.reading import load_questionnaires
from tests.browser.axe import problems, problems_of_main
from tests.browser.conftest import NARROW, WIDE, Installation
from tests.browser.filling_drive import EVERY, NewPage, Round, asked, go_on, send, start
from tests.browser.paths import Place, all_places, ways_along_everything

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from survey.definition import Value

__all__ = ["asked"]  # a fixture

KINDS = (
    "[...document.querySelectorAll('.answers, .matrix, textarea, select, .number')]"
    ".map(each => each.className + each.tagName)"
)


@dataclass
class Drive:
    """A browser along a questionnaire: what it came by, and what was wrong there."""

    page: "Page"
    base: str
    kinds: set[str] = field(default_factory=set)
    seen: set[Place] = field(default_factory=set)
    found: dict[str, list[str]] = field(default_factory=dict)

    def look(self) -> None:
        """At the page: whole where something of a new kind stands on it, else between head and foot."""
        kinds, name = set(self.page.evaluate(KINDS)), self.page.url.removeprefix(self.base)
        is_new = not kinds or not kinds <= self.kinds
        self.kinds |= kinds
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        found = problems(self.page) if is_new else problems_of_main(self.page)
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        narrow = problems(self.page) if is_new else problems_of_main(self.page, is_only_of_width=True)
        if found + narrow:
            self.found[name] = [*found, *(f"320: {each}" for each in narrow)]

    def look_at_screen(self) -> None:
        """At a screen of questions, which is one seen."""
        section, number = self.page.url.split("?")[0].split("/")[-2:]
        self.seen.add((section, int(number)))
        self.look()

    def save(self, answers: "dict[str, Value]") -> None:
        """Save answers as the script does, so that they need not be clicked together."""
        version = self.page.locator("[name=versie]").input_value()
        token = self.page.locator("#vragen [name=csrf_token]")
        headers = {"X-CSRFToken": token.input_value()} if token.count() else {}
        body = {"versie": int(version), "antwoorden": answers}
        assert self.page.request.post(f"{self.base}/opslaan", data=body, headers=headers).ok


def _drive(page: "Page", installation: Installation, address: str, questionnaire: Questionnaire) -> Drive:
    """From the start past every screen to the receipt."""
    page.goto(f"{installation.address}{address}")
    before = Drive(page, installation.address)
    before.look()
    start(page, installation, address)
    drive = Drive(page, page.url.rsplit("/", 2)[0], found=before.found)
    first, *others = ways_along_everything(questionnaire)
    drive.save(first)
    while "/controle" not in page.url:
        drive.look_at_screen()
        go_on(page)
    for way in others:
        for section, number in sorted(all_places(questionnaire) - drive.seen):
            page.goto(f"{drive.base}/{section}/{number}")
            if not page.locator("#vragen").count():
                page.goto(f"{drive.base}/{questionnaire.sections[0].key}/1")
                drive.save(way)
                page.goto(f"{drive.base}/{section}/{number}")
            drive.look_at_screen()
    for end in ("", "/verder", "/controle"):
        page.goto(f"{drive.base}{end}")
        drive.look()
    assert send(page)
    drive.look()
    return drive


def _tailored(installation: Installation, list_id: int, region: str = "") -> Questionnaire:
    db = Database(installation.settings.database_url)
    with db.session() as session:
        found = load_list(session, list_id)
    db.close()
    return found.tailor(load_questionnaires(), sector=(sector_of(region) if region else "") or None)


@pytest.mark.parametrize("name", EVERY)
def test_a01_every_screen_behind_a_link(
    installation: Installation, new_page: NewPage, asked: Round, name: str
) -> None:
    questionnaire = _tailored(installation, asked.lists[name])

    drive = _drive(new_page(), installation, f"/invullen/{asked.open_link(name)}", questionnaire)

    assert drive.found == {}
    assert drive.seen == all_places(questionnaire)
    assert len(drive.kinds) >= 2


@pytest.mark.parametrize(
    ("name", "login", "region"), [("gemeente", "demo.gemeente", "GM0034"), ("swv", "demo.swv", "PO2707")]
)
def test_a01_every_screen_behind_an_account(
    installation: Installation, new_page: NewPage, asked: Round, name: str, login: str, region: str
) -> None:
    questionnaire, page = _tailored(installation, asked.lists[name], region), new_page()
    installation.log_in(page, login)

    address = f"/regio/{region}/vragenlijsten/invullen/{asked.lists[name]}"
    drive = _drive(page, installation, address, questionnaire)

    assert drive.found == {}
    assert drive.seen == all_places(questionnaire)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a01_pages_around_the_questions(
    installation: Installation, new_page: NewPage, asked: Round, language: str
) -> None:
    page = new_page()
    drive = Drive(page, installation.address)
    address, end = f"{installation.address}/invullen/{asked.invite('ouders')}", f"?taal={language}"

    for place in ("/invullen", "/ontvangst", "/invullen/0123456789ABCDEFGHJKMNPQRS"):
        page.goto(f"{installation.address}{place}{end}")
        drive.look()
    page.goto(f"{address}/niet-meedoen{end}")
    drive.look()
    page.locator("form button").click()
    page.wait_for_url(f"{address}{end}")
    drive.look()
    page.locator("form button").click()
    page.locator("form button.p").click()
    page.locator("button[value=volgende]").click()
    page.wait_for_selector("#fouten")
    drive.look()

    assert drive.found == {}
    assert page.evaluate("document.documentElement.lang") == language
