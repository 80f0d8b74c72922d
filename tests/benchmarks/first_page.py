"""The first page as Chromium loads it with an empty cache."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM_ARGUMENTS, chromium_path


@dataclass(frozen=True)
class FirstPage:
    """What the first page costs: bytes over the line, requests, seconds; and one log-in in milliseconds."""

    transferred: int
    requests: int
    seconds: float
    login_ms: float


def open_first_page(address: str, login: str, password: str, page_path: str) -> FirstPage:
    """Log in, forget every cached file, and open the page."""
    asked: set[str] = set()
    sizes: list[int] = []

    def note_request(event: Any) -> None:
        if event["request"]["url"].startswith("http"):
            asked.add(event["requestId"])

    def note_end(event: Any) -> None:
        if event["requestId"] in asked:
            sizes.append(int(event["encodedDataLength"]))

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
        line: Any = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.clearBrowserCache")
        line.on("Network.requestWillBeSent", note_request)
        line.on("Network.loadingFinished", note_end)
        start = time.perf_counter()
        page.goto(f"{address}{page_path}")
        page.wait_for_selector("table tbody tr")
        seconds = time.perf_counter() - start
        page.wait_for_load_state("networkidle")
        browser.close()
    return FirstPage(sum(sizes), len(sizes), seconds, login_ms)
