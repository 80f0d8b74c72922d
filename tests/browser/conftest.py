"""A real installation with the starter figures, behind a real server, for the whole browser run."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.accounts import create_demo_accounts
from app.config import Settings
from app.db import Database
from loaders.starter import load_starter
from survey.demo.rounds import add_demo_rounds
from survey.reading import load_questionnaires
from survey.tokens import survey_key
from tests.databases import SqliteFactory
from tests.servers import PATIENCE_MS, make_settings, running_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
FILLED = """() => {
    if (!document.getElementById("react-entry-point")) { return true; }
    const body = document.getElementById("shell-body");
    if (!window.store || !body || !body.childElementCount) { return false; }
    const { stored, completed, ...waiting } = window.store.getState().callbacks;
    return Object.values(waiting).every(each => !each.length);
}"""
"""Whether Dash has its page and waits for no callback; a busy machine lets the network rest before that."""


class Installation:
    """The address of the server, everybody's password, and what it runs with."""

    def __init__(self, address: str, passwords: dict[str, str], settings: Settings) -> None:
        self.address = address
        self.passwords = passwords
        self.settings = settings

    def log_in(self, page: "Page", login: str, path: str = "/") -> None:
        """Log in as one of the demo accounts and open `path`."""
        page.goto(f"{self.address}/inloggen")
        page.get_by_label("Gebruikersnaam").fill(login)
        page.locator("input[type=password]").fill(self.passwords[login])
        page.keyboard.press("Enter")
        page.wait_for_url("**/regio/**")
        self.open(page, path)

    def open(self, page: "Page", path: str) -> None:
        """Open a page and wait until it has filled itself."""
        page.goto(f"{self.address}{path}", wait_until="networkidle")
        page.wait_for_selector("h1")
        page.wait_for_function(FILLED)


@pytest.fixture(scope="session")
def installation(
    sqlite_factory: SqliteFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A server with two workers over the starter figures; demo accounts with random passwords."""
    with sqlite_factory.fresh(migrated=True) as url:
        settings = replace(
            make_settings(url, tmp_path_factory.mktemp("installation")),
            smtp_url="smtp://127.0.0.1:9",  # there is no worker, so nothing is sent
            mail_from="dashboard@example.org",
        )
        passwords = fill(settings)
        with running_server(settings) as address:
            yield Installation(address, passwords, settings)


def fill(settings: Settings) -> dict[str, str]:
    """What a demo installation has: starter figures, demo accounts and demo rounds; login → password."""
    db = Database(settings.database_url)
    with db.transaction() as session:
        load_starter(session, by="test")
    with db.transaction() as session:
        accounts = create_demo_accounts(session, by="test")
    add_demo_rounds(db, load_questionnaires(), survey_key(settings), now=datetime.now(UTC), by="test")
    db.close()
    return {login: password for login, password, *_ in accounts}


@pytest.fixture
def new_page(browser: "Browser") -> Iterator[Callable[..., "Page"]]:
    """A function that opens a page in a browser of its own, by width; all closed after the test."""
    contexts = []

    def open_one(viewport: dict[str, int] | None = None) -> "Page":
        context = browser.new_context(
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport=viewport or WIDE,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
