"""Which bodies reach a callback."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.callback_bodies import check_body
from app.errors import BadInput

ONE = SimpleNamespace(component_id="table", component_property="children")
OTHER = SimpleNamespace(component_id="count", component_property="children")
CALLBACKS = {
    "table.children": {
        "callback": print,
        "inputs": [{"id": "year", "property": "value"}, {"id": "text", "property": "value"}],
        "state": [{"id": "place", "property": "pathname"}],
        "output": ONE,
    },
    "..table.children...count.children..": {
        "callback": print,
        "inputs": [],
        "state": [],
        "output": [ONE, OTHER],
    },
    "clientside.children": {"inputs": [], "state": [], "output": ONE},
}


def body(**changes: Any) -> dict[str, Any]:
    """A right body, with changes."""
    return {
        "output": "table.children",
        "outputs": {"id": "table", "property": "children"},
        "inputs": [
            {"id": "year", "property": "value", "value": "2025"},
            {"id": "text", "property": "value", "value": ""},
        ],
        "state": [{"id": "place", "property": "pathname", "value": "/"}],
        "changedPropIds": ["year.value"],
        "parsedChangedPropsIds": ["year.value"],
    } | changes


def test_what_dashs_page_sends_is_accepted() -> None:
    check_body(body(), CALLBACKS)


def test_several_outputs_are_accepted_in_their_order() -> None:
    outputs = [{"id": "table", "property": "children"}, {"id": "count", "property": "children@3f2a"}]

    check_body({"output": "..table.children...count.children..", "outputs": outputs, "inputs": []}, CALLBACKS)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        None,
        "text",
        {},
        body(output="other.children"),
        body(output=["table.children"]),
        body(output="clientside.children"),
        body(outputs=None),
        body(outputs={"id": "other", "property": "children"}),
        body(outputs=[{"id": "table", "property": "children"}]),
        body(inputs=[]),
        body(inputs=None),
        body(inputs=list(reversed(body()["inputs"]))),
        body(inputs=[body()["inputs"][0]] * 2),
        body(inputs=[[body()["inputs"][0]], body()["inputs"][1]]),
        body(inputs=["year", "text"]),
        body(inputs=[body()["inputs"][0] | {"extra": 1}, body()["inputs"][1]]),
        body(state=[]),
        body(state=[{"id": {"type": "place"}, "property": "pathname", "value": 1}]),
        body(changedPropIds=["other.value"]),
        body(changedPropIds="year.value"),
        body(changedPropIds=[{}]),
        body(parsedChangedPropsIds=["other.value"]),
        body(parsedChangedPropsIds="year.value"),
        body(parsedChangedPropsIds=[{"index": 1}]),
        body(parsedChangedPropsIds={"a": [1]}),
        body(outputs={"id": "table", "property": "children", "value": "x"}),
        body(extra=1),
    ],
)
def test_s20_a_body_in_another_shape_is_refused(wrong: Any) -> None:
    with pytest.raises(BadInput):
        check_body(wrong, CALLBACKS)


def _with_value(value: Any) -> dict[str, Any]:
    return body(inputs=[{"id": "year", "property": "value", "value": value}, body()["inputs"][1]])


def test_s48_a_value_may_be_a_small_structure() -> None:
    check_body(_with_value({"points": [{"x": 1}]}), CALLBACKS)


@pytest.mark.parametrize("value", [[[[[[[1]]]]]], list(range(3000)), "a\0b", "\ud800", {"\0": 1}])
def test_s48_deep_long_and_unreadable_values_are_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        check_body(_with_value(value), CALLBACKS)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_s20_no_body_does_worse_than_be_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        check_body(value, CALLBACKS)
