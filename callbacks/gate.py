"""The only way to register a callback: who asks, what they may, and what their arguments can be."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from dash import Dash, Input, Output, State

from app.access import Tab
from app.auth import current_viewer
from app.errors import BadInput

Parser = Callable[[Any], Any]
Argument = tuple[Input | State, Parser]
Function = Callable[..., Any]

UNREADABLE = "Het verzoek kan niet worden gelezen. Laad de pagina opnieuw."


def gated(
    app: Dash, *, tab: Tab, output: Output | Mapping[str, Output], inputs: Mapping[str, Argument]
) -> Callable[[Function], Function]:
    """Register a function that gets the viewer and every argument parsed, and runs for no one else.

    Args:
        tab: the part of the pages it belongs to; the viewer's roles must open it.
        inputs: name of the argument → (where it comes from, what makes a trusted value of it).
    """
    parsers = {name: parser for name, (_, parser) in inputs.items()}

    def register(function: Function) -> Function:
        @wraps(function)
        def answer(**raw: Any) -> Any:
            viewer = current_viewer()
            viewer.require(tab)
            return function(viewer, **_parse(raw, parsers))

        answer.__gated__ = True  # type: ignore[attr-defined]  # a contract test looks for it
        app.callback(output=output, inputs={name: place for name, (place, _) in inputs.items()})(answer)
        return function

    return register


def text(maximum: int) -> Parser:
    """A parser of text of at most `maximum` characters; nothing at all is an empty text."""

    def parse(value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > maximum:
            raise ValueError(f"not a text of at most {maximum} characters")
        return value

    return parse


def _parse(raw: Mapping[str, Any], parsers: Mapping[str, Parser]) -> dict[str, Any]:
    try:
        return {name: parser(raw[name]) for name, parser in parsers.items()}
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(UNREADABLE) from error
