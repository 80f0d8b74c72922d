"""What every test may ask for: databases of both kinds, settings, a real server, a real browser."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache

from app import passwords
from app.config import Settings
from app.db import Database
from tests.databases import Content, PostgresFactory, SqliteFactory, filled_by, scratch_folder
from tests.integration import world
from tests.integration.loads import load_regions
from tests.integration.standing import Standing, standing_application
from tests.servers import PATIENCE_MS, make_settings, running_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# A busy machine is no fault of the code: time is measured in the benchmarks, never in a test. The same cases
# every time: a test fails for a change and not by chance. For others: --hypothesis-profile=explore.
hypothesis_settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("patient", hypothesis_settings.get_profile("explore"), derandomize=True)
hypothesis_settings.load_profile("patient")

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = "The browser tests did not run: there is no Chromium, and no right to install it."
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
FILLS: dict[str, Content] = {"small_world": world.fill, "invented_regions": load_regions}
"""Fixture → what it puts into the database of a test, in this order."""

QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def costly_hasher() -> Iterator[PasswordHasher]:
    """The hasher of the application; a quick one stands in for it unless a test wants `costly_hashes`."""
    with pytest.MonkeyPatch.context() as patch:
        costly = passwords._HASHER
        patch.setattr(passwords, "_HASHER", QUICK_HASHER)
        yield costly


@pytest.fixture
def costly_hashes(costly_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords cost what they cost in an installation, nobody's password included."""
    monkeypatch.setattr(passwords, "_HASHER", costly_hasher)
    passwords.dummy_hash.cache_clear()
    yield
    passwords.dummy_hash.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates are compiled once, and not again by the application of each test."""
    with pytest.MonkeyPatch.context() as patch:
        kept = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
        patch.setitem(Flask.jinja_options, "bytecode_cache", kept)
        yield


@pytest.fixture(scope="session")
def sqlite_factory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteFactory]:
    """Makes SQLite files; what they hold is made once and copied."""
    with scratch_folder(tmp_path_factory.mktemp("sqlite")) as folder:
        yield SqliteFactory(folder)


@pytest.fixture(scope="session")
def postgres_factory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresFactory]:
    """Makes databases on a PostgreSQL server of our own; what they hold is made once and copied."""
    with (
        scratch_folder(tmp_path_factory.mktemp("postgres")) as folder,
        PostgresFactory.started(folder) as factory,
    ):
        yield factory


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> SqliteFactory | PostgresFactory:
    """Each test that touches a database runs on both kinds."""
    return _factory(request)


@pytest.fixture(scope="session", params=KINDS)
def shared_databases(request: pytest.FixtureRequest) -> SqliteFactory | PostgresFactory:
    """The same for what many tests share: they run on one kind first, and then on the other."""
    return _factory(request)


def _factory(request: pytest.FixtureRequest) -> SqliteFactory | PostgresFactory:
    name = "sqlite_factory" if request.param == "sqlite" else "postgres_factory"
    factory: SqliteFactory | PostgresFactory = request.getfixturevalue(name)
    return factory


@pytest.fixture
def empty_database_url(databases: SqliteFactory | PostgresFactory) -> Iterator[str]:
    """The address of a fresh database without tables."""
    with databases.fresh() as url:
        yield url


@pytest.fixture
def small_world() -> None:
    """Who asks for this, or for a fixture that does, finds the world of `world.py` in the fresh database."""


@pytest.fixture
def invented_regions() -> None:
    """Who asks for this, or for a fixture that does, finds the regions of the samples in it."""


@pytest.fixture
def database_url(request: pytest.FixtureRequest, databases: SqliteFactory | PostgresFactory) -> Iterator[str]:
    """The address of a fresh database with tables; in them is what the test's other fixtures ask for."""
    fills = [fill for name, fill in FILLS.items() if name in request.fixturenames]
    with databases.fresh(content=filled_by(*fills)) as url:
        yield url


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A fresh database with tables; in them is what the test's other fixtures ask for."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a fresh installation on a free port, with a random key and a migrated database."""
    return make_settings(database_url, tmp_path)


@pytest.fixture(scope="session")
def standing(
    shared_databases: SqliteFactory | PostgresFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """The application over the small world, made once per kind of database; tests only read it."""
    with standing_application(shared_databases, tmp_path_factory.mktemp("standing")) as found:
        yield found


@pytest.fixture
def live_server() -> Iterator[Callable[[Settings], str]]:
    """A function that starts the real server for settings and gives its address; stopped after the test."""
    with ExitStack() as servers:
        yield lambda settings: servers.enter_context(running_server(settings))


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The distribution's Chromium, started once; `expect` waits as long as a page does on a busy machine."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    path = chromium_path()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh page of a Dutch user, without cookies."""
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a browser is a browser test, and runs last: the narrowest doors first."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what did not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_CHROMIUM, red=True)


def chromium_path() -> str | None:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
