"""The gate: nothing answers a stranger unless it is on this list."""

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from app.auth.identity import is_logged_in
from app.errors import NotLoggedIn

OPEN_ENDPOINTS = frozenset(
    {
        "auth.show_log_in",
        "auth.log_in",
        "auth.log_out",
        "auth.show_password_link",
        "auth.set_password",
        "pages.about",
        "pages.definitions",
        "pages.indicators",
        "pages.methods",
        "pages.privacy",
        "pages.accessibility",
        "pages.changes",
        "pages.contact",
        "pages.security_txt",
        "pages.health",
        "public_outcomes",
        "public_outcome",
        "public_outcome_csv",
        "public_outcome_xlsx",
        # Whoever has a link or a code may fill in that questionnaire, or look up that receipt.
        "filling_code",
        "filling_code_send",
        "filling_hub",
        "filling_opened",
        "filling_begin",
        "filling_resume",
        "filling_screen",
        "filling_screen_send",
        "filling_save",
        "filling_review",
        "filling_send",
        "filling_decline",
        "filling_decline_send",
        "filling_take_part",
        "receipt",
        "receipt_check",
        "receipt_withdraw",
    }
)
STATIC_ENDPOINTS = frozenset(
    {
        "_dash_assets.static",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    }
)
"""Public files without anything about anybody: our own assets and the packages' scripts."""


def install_gate(server: Flask) -> None:
    """Refuse every request of a stranger that is not on the list, before anything else looks at it."""
    server.before_request(_check)


def _check() -> Response | None:
    if request.url_rule is None or request.endpoint in OPEN_ENDPOINTS | STATIC_ENDPOINTS:
        return None  # without a rule there is nothing to serve: that becomes a 404 or 405
    if is_logged_in():
        return None
    if _asks_for_page():
        return redirect(url_for("auth.show_log_in", next=_own_path()))
    raise NotLoggedIn


def _asks_for_page() -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and not request.path.startswith("/_")
        and not request.path.endswith((".csv", ".json", ".xlsx"))
    )


def _own_path() -> str | None:
    path = request.full_path.removesuffix("?")
    return None if path == "/" else path
