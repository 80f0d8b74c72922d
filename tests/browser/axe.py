"""What axe-core and our own policy say of a page."""

from typing import TYPE_CHECKING, Any

from app.config import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "var" / "test" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_WIDTH = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules that can say something else of the same page at another width."""
WATCH = """
  window.refused = [];
  document.addEventListener(
    'securitypolicyviolation', event => window.refused.push(event.violatedDirective + ' ' + event.blockedURI)
  );
"""


def problems(page: "Page") -> list[str]:
    """Violations of axe and of the policy, and whether the page is wider than the screen; none is good."""
    return _problems(page, "html", {"type": "tag", "values": RULES})


def problems_of_main(page: "Page", *, is_only_of_width: bool = False) -> list[str]:
    """The same of what stands between header and footer, which are alike on every page.

    Args:
        is_only_of_width: the page was looked at before, at another width.
    """
    if is_only_of_width:
        return _problems(page, "main", {"type": "rule", "values": OF_WIDTH})
    return _problems(page, "main", {"type": "tag", "values": RULES})


def _problems(page: "Page", within: str, run_only: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "([within, runOnly]) => axe.run(within === 'html' ? document : within, {runOnly,"
        " resultTypes: ['violations']})"
        ".then(found => found.violations)",
        [within, run_only],
    )
    words = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        words.append("wider than the screen")
    return words + list(page.evaluate("window.refused || []"))
