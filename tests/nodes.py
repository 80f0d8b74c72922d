"""Reading pages as tests need it: texts, elements of a type, tables and charts in a tree of components."""

import re
from collections.abc import Iterator
from typing import Any


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every element of a tree, in reading order, also within what our own script draws."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif hasattr(node, "to_plotly_json"):
        yield from walk(node.to_plotly_json())
    elif isinstance(node, dict) and "type" in node:
        yield node
        yield from walk(node["props"].get("children"))
        yield from walk(node["props"].get("content"))


def find(node: Any, kind: str) -> list[dict[str, Any]]:
    """The elements of one type."""
    return [element for element in walk(node) if element["type"] == kind]


def text(node: Any) -> str:
    """Everything that is to be read, with single spaces."""
    return " ".join(" ".join(_texts(node)).split())


def table(node: Any) -> list[list[str]]:
    """The rows of the first table, headings included."""
    rows = find(find(node, "Table")[0], "Tr")
    return [[text(cell) for cell in row["props"]["children"]] for row in rows if _is_row(row)]


def charts(node: Any) -> list[dict[str, Any]]:
    """The figures of all charts."""
    return [graph["props"]["figure"] for graph in find(node, "Graph")]


def labels_of(layout: dict[str, Any]) -> list[str]:
    """The words that stand in a chart, without their marks of bold."""
    return [re.sub("</?b>", "", label["text"]) for label in layout["annotations"]]


def _is_row(row: dict[str, Any]) -> bool:
    return isinstance(row["props"]["children"], list)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str | int | float):
        yield str(node)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _texts(child)
    elif hasattr(node, "to_plotly_json"):
        yield from _texts(node.to_plotly_json())
    elif isinstance(node, dict) and "type" in node:
        yield from _texts(node["props"].get("children"))
        yield from _texts(node["props"].get("content"))
