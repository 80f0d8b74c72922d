"""The first page as Chromium loads it with an empty cache."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM_ARGUMENTS, chromium_path


@dataclass(frozen=True)
class FirstPage:
    """What the first page costs: bytes over the line, requests, seconds; and one log-in in milliseconds."""

    transferred: int
    requests: int
    seconds: float
    login_ms: float


class Line:
    """Counts what goes over the line to a page, without pictures that stand in the page itself."""

    def __init__(self, page: Page) -> None:
        self.asked: set[str] = set()
        self.sizes: list[int] = []
        protocol: Any = page.context.new_cdp_session(page)
        protocol.send("Network.enable")
        protocol.send("Network.clearBrowserCache")
        protocol.on("Network.requestWillBeSent", self._note_request)
        protocol.on("Network.loadingFinished", self._note_end)

    def _note_request(self, event: Any) -> None:
        if event["request"]["url"].startswith("http"):
            self.asked.add(event["requestId"])

    def _note_end(self, event: Any) -> None:
        if event["requestId"] in self.asked:
            self.sizes.append(int(event["encodedDataLength"]))


def open_first_page(address: str, login: str, password: str, page_path: str) -> FirstPage:
    """Log in, forget every cached file, and open the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.goto(f"{address}/inloggen")
        page.fill("#gebruikersnaam", login)
        page.fill("input[type=password]", password)
        start = time.perf_counter()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.press("input[type=password]", "Enter")
        login_ms = (time.perf_counter() - start) * 1000
        page.goto("about:blank")
        line, start = Line(page), time.perf_counter()
        page.goto(f"{address}{page_path}")
        page.wait_for_selector("table tbody tr")
        seconds = time.perf_counter() - start
        page.wait_for_load_state("networkidle")
        browser.close()
    return FirstPage(sum(line.sizes), len(line.sizes), seconds, login_ms)
