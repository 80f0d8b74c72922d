"""Reading texts first, from the keyboard, wide and narrow, without violations; and the privacy page."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.db import Database
from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation
from tests.databases import SqliteFactory
from tests.integration import world
from tests.integration.review_world import FEW, MANY, PLACE, add_reviewer, add_round, add_texts
from tests.servers import make_settings, running_server

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
HERE = PLACE.format("PO2707")
TEXTS = f"{HERE}/1?lijst=1&vraag={MANY}"


@pytest.fixture(scope="module")
def reading(
    sqlite_factory: SqliteFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A server over the small world, with a closed round; one text names somebody."""
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        world.fill(db)
        add_reviewer(db)
        with db.transaction() as session:
            round_id = add_round(session)
            add_texts(session, round_id, 12)
            add_texts(session, round_id, 9, FEW)
        db.close()
        settings = make_settings(url, tmp_path_factory.mktemp("reading"))
        with running_server(settings) as address:
            yield Installation(address, dict.fromkeys((*world.PEOPLE, "nakijker"), world.PASSWORD), settings)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_a01_a08_the_pages_of_a_reviewer_have_no_violations(
    reading: Installation, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.add_init_script(WATCH)
    reading.log_in(page, "nakijker", HERE)
    faulty = {HERE: problems(page)}

    for path in (f"{HERE}/1", TEXTS, f"{TEXTS}&pagina=2", "/account", "/over/privacy"):
        reading.open(page, path)
        faulty[path] = problems(page)

    assert {path: found for path, found in faulty.items() if found} == {}


def test_a10_a17_a_reviewer_decides_with_the_keyboard_and_hears_what_is_wrong(
    reading: Installation, new_page: NewPage
) -> None:
    page = new_page()
    page.add_init_script(WATCH)
    reading.log_in(page, "nakijker", TEXTS)

    _decide(page, "Weglaten")
    wrong = problems(page)
    expect(page.locator("#fouten")).to_be_focused()
    assert page.get_by_role("alert").inner_text().endswith("Kies waarom u deze tekst weglaat.")
    page.get_by_label("Waarom laat u de tekst weg?").first.select_option("herkenbaar")
    _decide(page, "Weglaten")

    assert wrong == []
    assert "Uw keuze is bewaard." in page.get_by_role("status").inner_text()
    assert "1 van 12 nagekeken" in page.locator("main").inner_text()
    assert problems(page) == []


def _decide(page: "Page", words: str) -> None:
    form = page.locator(".texts form").first
    form.get_by_label(words, exact=True).focus()
    page.keyboard.press("Space")
    form.get_by_role("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
