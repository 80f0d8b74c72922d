"""From a choice in a filter to the painted chart, in Chromium on the running server."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM_ARGUMENTS, chromium_path

TURNS = 40

_HOOK = """() => {
  for (const name of ["react", "newPlot"]) {
    const draw = window.Plotly[name];
    window.Plotly[name] = (...given) => Promise.resolve(draw.apply(window.Plotly, given)).then((drawn) => {
      requestAnimationFrame(() => setTimeout(() => window.painted && window.painted(performance.now()), 0));
      return drawn;
    });
  }
}"""
_CHOOSE = """([id, value]) => new Promise((done) => {
  const field = document.getElementById(id);
  const start = performance.now();
  window.painted = (end) => { window.painted = null; done(end - start); };
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(field, value);
  field.dispatchEvent(new Event("change", { bubbles: true }));
})"""
_ASK = """async ([body]) => {
  const token = document.cookie.split("; ").find((each) => each.includes("csrf"));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token.split("=")[1] };
  const start = performance.now();
  const answer = await fetch("/_dash-update-component", { method: "POST", headers, body });
  await answer.text();
  return performance.now() - start;
}"""


@dataclass(frozen=True)
class Painting:
    """Median milliseconds from the choice to the painted chart, and of an empty callback in the same page."""

    chart_ms: float
    empty_ms: float
    map_bytes: int


def measure_painting(address: str, login: str, password: str, *, region: str, empty: bytes) -> Painting:
    """Change one filter again and again, and ask the empty callback in between.

    Args:
        empty: the body of the empty callback.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.goto(f"{address}/inloggen")
        page.fill("#gebruikersnaam", login)
        page.fill("input[type=password]", password)
        page.press("input[type=password]", "Enter")
        page.wait_for_load_state("networkidle")
        charts, empties = _alternate(page, f"{address}/regio/{region}/vergelijken/verloop", empty)
        size = _map_bytes(page, f"{address}/regio/{region}/vergelijken/kaart")
        browser.close()
    return Painting(median(charts), median(empties), size)


def _alternate(page: Page, place: str, empty: bytes) -> tuple[list[float], list[float]]:
    page.goto(place)
    page.wait_for_selector(".js-plotly-plot .xtick")
    page.wait_for_load_state("networkidle")
    page.evaluate(_HOOK)
    charts, empties = [], []
    for turn in range(TURNS):
        value = ("grootte", "nederland")[turn % 2]
        charts.append(float(page.evaluate(_CHOOSE, ["comparison-naast1", value])))
        page.wait_for_timeout(60)
        empties.append(float(page.evaluate(_ASK, [empty.decode()])))
    return charts[2:], empties[2:]


def _map_bytes(page: Page, place: str) -> int:
    """What goes over the line when the period of a map changes."""
    page.goto(place)
    page.wait_for_selector(".js-plotly-plot")
    page.wait_for_load_state("networkidle")
    sizes: list[int] = []
    protocol: Any = page.context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    options = page.eval_on_selector_all("#comparison-jaar option", "found => found.map(each => each.value)")
    page.select_option("#comparison-jaar", options[2])
    page.wait_for_timeout(1500)
    return sum(sizes)
