"""Somebody with a browser, as far as a test client can be one: cookies, tokens, forms and callbacks."""

import re
from typing import Any

from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.integration.world import PASSWORD

PAGE = (
    "..shell-header.children...shell-head.children...shell-body.children...shell-title.children..."
    "shell-edition.children.."
)
"""The callback that shows a page."""

HTML = {"Accept": "text/html,application/xhtml+xml"}


class Visitor:
    """One browser on one application."""

    def __init__(self, app: Dash, address: str = "192.0.2.1") -> None:
        self.app = app
        self.client: FlaskClient = app.server.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """Follow a link."""
        return self.client.get(path, headers={**HTML, **kwargs.pop("headers", {})}, **kwargs)

    def send(
        self, path: str, data: dict[str, str] | None = None, *, form: str = "", **headers: str
    ) -> TestResponse:
        """Fill in the form on page `form` (by default the address itself) and send it to `path`."""
        token = self.token(form or path)
        return self.client.post(path, data={"csrf_token": token, **(data or {})}, headers={**HTML, **headers})

    def log_in(self, login: str, password: str = PASSWORD, **data: str) -> TestResponse:
        """Send the log-in form."""
        return self.send("/inloggen", {"gebruikersnaam": login, "wachtwoord": password, **data})

    def token(self, page: str) -> str:
        """The token that stands in the forms of a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page).text)
        return found[1] if found else ""

    def call(self, body: Any, **headers: str) -> TestResponse:
        """Send a callback's body with the token that Dash's page would send along."""
        return self.client.post("/_dash-update-component", json=body, headers={**self.csrf(), **headers})

    def csrf(self) -> dict[str, str]:
        """The header that Dash's page copies from the cookie."""
        cookie = self.client.get_cookie("_csrf_token")
        return {"X-CSRFToken": cookie.value} if cookie else {}

    @property
    def session_cookie(self) -> str:
        """The value of the session cookie."""
        cookie = self.client.get_cookie("sessie")
        return cookie.value if cookie else ""


def callback_body(app: Dash, output: str, values: dict[str, object] | None = None) -> dict[str, Any]:
    """A body as Dash's page sends it for a registered callback.

    Args:
        values: `id.property` → value; what is not named is sent as null.
    """
    callback = app.callback_map[output]
    given = values or {}

    def fill(items: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [{**item, "value": given.get(f"{item['id']}.{item['property']}")} for item in items]

    return {
        "output": output,
        "outputs": outputs_of(callback["output"]),
        "inputs": fill(callback["inputs"]),
        "changedPropIds": [],
        "parsedChangedPropsIds": [],
        "state": fill(callback["state"]),
    }


def outputs_of(output: Any) -> Any:
    """What Dash's page says that a callback fills."""
    if isinstance(output, list | tuple):
        return [outputs_of(item) for item in output]
    return {"id": output.component_id, "property": output.component_property}
