"""The gate lets through whoever may, with arguments that are what they say."""

from typing import Any

import pytest
from dash import Dash, Input, Output

from app.access import Role, Tab, Viewer
from app.errors import AccessDenied, BadInput, NotLoggedIn
from callbacks import gate

READER = Viewer(user_id=1, login="lezer", name="Lezer", grants={"PO2707": frozenset({Role.READER})})
NOBODY = Viewer(user_id=2, login="zonder", name="Zonder", grants={})


@pytest.fixture
def gated(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The function that Dash got, and a way to say who asks."""
    app = Dash(__name__)
    registered: dict[str, Any] = {}

    def catch(**_: Any) -> Any:
        return lambda function: registered.setdefault("function", function)

    monkeypatch.setattr(app, "callback", catch)

    @gate.gated(
        app,
        tab=Tab.OVERVIEW,
        output=Output("a", "children"),
        inputs={"word": (Input("b", "value"), gate.text(5))},
    )
    def show(viewer: Viewer, word: str) -> str:
        return f"{viewer.login}: {word}"

    def ask(viewer: Viewer | None, **raw: Any) -> Any:
        def current() -> Viewer:
            if viewer is None:
                raise NotLoggedIn
            return viewer

        monkeypatch.setattr(gate, "current_viewer", current)
        return registered["function"](**raw)

    ask.function = registered["function"]  # type: ignore[attr-defined]
    return ask


def test_ac2_a_function_gets_the_viewer_and_parsed_arguments(gated: Any) -> None:
    assert gated(READER, word="abc") == "lezer: abc"
    assert gated(READER, word=None) == "lezer: "


def test_ac2_the_registered_function_carries_the_mark(gated: Any) -> None:
    assert gated.function.__gated__ is True


@pytest.mark.parametrize("word", ["abcdef", 1, 1.0, True, ["a"], {"a": 1}])
def test_ac2_a_wrong_argument_is_refused_before_the_function_runs(gated: Any, word: object) -> None:
    with pytest.raises(BadInput):
        gated(READER, word=word)


def test_ac2_a_stranger_is_refused(gated: Any) -> None:
    with pytest.raises(NotLoggedIn):
        gated(None, word="abc")


def test_ac2_a_person_without_a_role_is_refused(gated: Any) -> None:
    with pytest.raises(AccessDenied):
        gated(NOBODY, word="abc")
