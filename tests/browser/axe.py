"""What axe-core and our own policy say of a page."""

from typing import TYPE_CHECKING, Any

from app.config import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "var" / "test" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH = """
  window.refused = [];
  document.addEventListener(
    'securitypolicyviolation', event => window.refused.push(event.violatedDirective + ' ' + event.blockedURI)
  );
"""


def problems(page: "Page") -> list[str]:
    """Violations of axe and of the policy, and whether the page is wider than the screen; none is good."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(r => r.violations)", RULES
    )
    words = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        words.append("wider than the screen")
    return words + list(page.evaluate("window.refused || []"))
