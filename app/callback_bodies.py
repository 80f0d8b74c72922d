"""What the browser may send to a callback: exactly the shape of one that is registered.

Dash itself trusts ids, properties and order as they come. The types of values are `callbacks.gate`'s work.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

from flask import Flask, request

from app.errors import BadInput

PATH = "/_dash-update-component"
MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_ITEMS = 2000
KEYS = frozenset({"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"})

_WORDS = "Het verzoek kan niet worden gelezen. Laad de pagina opnieuw."


def install_body_check(server: Flask, callback_map: Mapping[str, Any]) -> None:
    """Refuse bodies that fit no callback of `callback_map` (Dash's own register) before Dash reads them."""

    def check() -> None:
        if request.path == PATH and request.method == "POST":
            check_body(_read(), callback_map)

    server.before_request(check)


def check_body(body: object, callback_map: Mapping[str, Any]) -> None:
    """Nothing, if `body` asks for a registered callback in the shape in which it was registered.

    Raises:
        BadInput: it does not.
    """
    _check_size(body)
    if not isinstance(body, dict) or not body.keys() <= KEYS or not isinstance(body.get("output"), str):
        raise BadInput(_WORDS)
    callback = callback_map.get(body["output"])
    if callback is None or "callback" not in callback:  # clientside ones have no function here
        raise BadInput(_WORDS)
    expected = {"inputs": callback["inputs"], "state": callback["state"]}
    given = {name: [_without_value(item) for item in _list(body.get(name, []))] for name in expected}
    if given != expected or not _is_own_output(body.get("outputs"), callback["output"]):
        raise BadInput(_WORDS)
    for name in ("changedPropIds", "parsedChangedPropsIds"):  # the same, as all our ids are texts
        _check_changed(body.get(name, []), callback["inputs"])


def _read() -> object:
    """The body as JSON without double keys, not-a-numbers or halves of characters."""
    if not request.is_json:
        raise BadInput(_WORDS)
    content = request.get_data(cache=True)
    if len(content) > MAX_BYTES:
        raise BadInput(_WORDS)
    try:
        return json.loads(
            content.decode(), object_pairs_hook=_without_doubles, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise BadInput(_WORDS) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _check_size(body: object) -> None:
    """Depth, number of items and readable text, without recursion."""
    level, count = [body], 0
    for _ in range(MAX_DEPTH):
        count += len(level)
        if count > MAX_ITEMS or not all(_is_readable(item) for item in level if isinstance(item, str)):
            raise BadInput(_WORDS)
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise BadInput(_WORDS)


def _children(item: object) -> list[object]:
    if isinstance(item, dict):
        return [*item.keys(), *item.values()]
    return item if isinstance(item, list) else []


def _is_readable(text: str) -> bool:
    """Whether a text can be stored and sent on: no NUL, no lone surrogates."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _list(items: object) -> list[object]:
    if not isinstance(items, list):
        raise BadInput(_WORDS)
    return items


def _without_value(item: object) -> dict[str, Any]:
    if not isinstance(item, dict) or not item.keys() <= {"id", "property", "value"}:
        raise BadInput(_WORDS)
    return {"id": item.get("id"), "property": item.get("property")}


def _is_own_output(given: object, registered: Any) -> bool:
    """Whether `outputs` names what the callback fills: one, or a list in order."""
    if isinstance(registered, list | tuple):
        items = [_without_duplicate_mark(item) for item in _list(given or [])]
        return items == [_output(output) for output in registered]
    return _without_duplicate_mark(given) == _output(registered)


def _output(output: Any) -> dict[str, str]:
    return {"id": output.component_id, "property": output.component_property}


def _without_duplicate_mark(item: object) -> dict[str, Any]:
    """An output as registered; Dash's page writes `children@3f2a…` where several callbacks share one."""
    plain = _without_value(item)
    if "value" in cast(dict[str, Any], item):
        raise BadInput(_WORDS)
    name = plain["property"]
    return plain | {"property": name.partition("@")[0] if isinstance(name, str) else name}


def _check_changed(changed: object, inputs: list[dict[str, str]]) -> None:
    known = {f"{item['id']}.{item['property']}" for item in inputs}
    if not isinstance(changed, list) or not all(isinstance(name, str) and name in known for name in changed):
        raise BadInput(_WORDS)
