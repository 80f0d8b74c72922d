"""A day of a data administrator: a wrong file, the right one, looking, publishing, and taking it back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.config import ROOT
from tests.browser.axe import WATCH, problems
from tests.browser.conftest import NARROW, WIDE, Installation, fill
from tests.databases import SqliteFactory
from tests.servers import make_settings, running_server, running_worker

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
REAL = ROOT.parent / "shared/data/cbs/Indicatoren_jeugdzorg__gemeenten_24062023_110530.csv"
BEFORE, AFTER = "13,0%", "13,4%"
FIGURE = "/regio/GM0034/indicatoren/jh-pct"
WHY, WHY_BACK = "Correctie van het CBS voor Almere.", "Het CBS trok de correctie in."
PATIENCE = 60_000

pytestmark = pytest.mark.skipif(
    not REAL.is_file(), reason="the publishers' files (../shared/data) are not on this machine"
)


@pytest.fixture
def own(sqlite_factory: SqliteFactory, tmp_path: Path) -> Iterator[Installation]:
    """An installation of this test's own, with a worker: it changes what is published."""
    with sqlite_factory.fresh(migrated=True) as url:
        settings = make_settings(url, tmp_path)
        passwords = fill(settings)
        with running_server(settings) as address, running_worker(settings):
            yield Installation(address, passwords, settings)


def _write(folder: Path, name: str, almere: str) -> Path:
    """The publisher's file with another percentage for Almere."""
    content = REAL.read_bytes()
    line = next(line for line in content.split(b"\n") if b"Almere" in line)
    changed = line.replace(b";13;", f";{almere};".encode(), 1)
    assert changed != line
    path = folder / name
    path.write_bytes(content.replace(line, changed))
    return path


def _offer(page: "Page", installation: Installation, path: Path) -> None:
    installation.open(page, "/beheer/gegevens")
    page.get_by_label("Bestanden", exact=True).set_input_files(path)
    page.get_by_role("button", name="Bied aan en controleer").click()
    page.wait_for_url("**/beheer/gegevens/*")


def _seen(page: "Page", installation: Installation) -> str:
    installation.open(page, FIGURE)
    return page.locator(".summary .say").inner_text()


def test_a_wrong_file_then_the_right_one_published_and_taken_back(
    own: Installation, new_page: NewPage, tmp_path: Path
) -> None:
    admin, officer = new_page(), new_page()
    admin.add_init_script(WATCH)
    own.log_in(officer, "demo.gemeente")
    own.log_in(admin, "demo.data")
    assert BEFORE in _seen(officer, own)

    _offer(admin, own, _write(tmp_path, "jeugdzorg-fout.csv", "veel"))
    expect(admin.locator(".state-line")).to_contain_text("geweigerd", timeout=PATIENCE)
    expect(admin.get_by_role("region", name="Tabel: houdt het laden tegen")).to_contain_text("veel")
    _assert_sound(admin)

    _offer(admin, own, _write(tmp_path, "jeugdzorg.csv", "13,4"))
    expect(admin.locator(".state-line")).to_contain_text("Staat klaar als versie", timeout=PATIENCE)
    admin.get_by_role("link", name="Bekijk wat er verandert en publiceer").click()
    version = admin.url.rsplit("/", 1)[1]
    expect(admin.locator(".effects")).to_contain_text("Almere")
    _assert_sound(admin)

    assert AFTER in _previewed(admin, own, version)
    assert BEFORE in _seen(officer, own)

    _publish(admin, own, version)
    assert AFTER in _seen(officer, own)

    _go_back(admin, own, "1")
    assert BEFORE in _seen(officer, own)
    own.open(officer, "/over/wijzigingen")
    log = officer.locator("main").inner_text()
    assert WHY in log
    assert WHY_BACK in log


def _assert_sound(page: "Page") -> None:
    """No violations of axe or the policy, wide and narrow."""
    for viewport in (NARROW, WIDE):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        assert problems(page) == []


def _previewed(page: "Page", installation: Installation, version: str) -> str:
    """What the administrator sees while looking at a version; afterwards the session is as before."""
    page.get_by_role("button", name="Bekijk op de pagina’s").click()
    page.wait_for_url("**/regio/**")
    seen = _seen(page, installation)
    _assert_sound(page)
    expect(page.locator(".preview")).to_contain_text("nog niet gepubliceerd")
    page.get_by_role("button", name="Stop met bekijken").click()
    page.wait_for_url(f"**/beheer/versies/{version}")
    assert BEFORE in _seen(page, installation)
    return seen


def _publish(page: "Page", installation: Installation, version: str) -> None:
    _tick_all(page, installation, version)
    page.get_by_label("Wat is er nieuw of gecorrigeerd, en waarom?").fill(WHY)
    page.get_by_role("button", name=f"Publiceer versie {version}").click()
    expect(page.get_by_role("status")).to_contain_text("nu zichtbaar voor iedereen")


def _go_back(page: "Page", installation: Installation, version: str) -> None:
    installation.open(page, f"/beheer/versies/{version}")
    page.get_by_label("Waarom gaat u terug?").fill(WHY_BACK)
    page.get_by_role("button", name=f"Ga terug naar versie {version}").click()
    expect(page.get_by_role("status")).to_contain_text("weer zichtbaar")


def _tick_all(page: "Page", installation: Installation, version: str) -> None:
    """Accept every warning, each with a reason."""
    installation.open(page, f"/beheer/versies/{version}")
    boxes = page.locator("input[name=akkoord]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    reasons = page.locator("input[name^=reden-]")
    for number in range(reasons.count()):
        reasons.nth(number).fill("Gezien: dit is de bedoeling.")
    if boxes.count():
        page.get_by_role("button", name="Bevestig wat is aangevinkt").click()
        page.wait_for_url("**klaar=bevestigd")
