"""What a browser meets first: everything from our own address, nothing refused by our own policy."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.config import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_first_page_asks_nobody_else_for_anything(
    page: "Page", live_server: Callable[[Settings], str], settings: Settings
) -> None:
    address = live_server(settings)
    asked: list[str] = []
    failed: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(f"{address}/inloggen", wait_until="networkidle")

    assert len(asked) > 1
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert failed == []
    assert complaints == []


def test_the_font_of_set_up_is_the_font_on_screen(
    page: "Page", live_server: Callable[[Settings], str], settings: Settings
) -> None:
    page.goto(f"{live_server(settings)}/inloggen", wait_until="networkidle")

    loaded = page.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )

    assert any("Source Sans 3" in family for family in loaded)
