"""OData answers kept as JSON, `{"value": [...]}`, to text tables: pure."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from app.errors import LoadRefused
from loaders.files.text import TextTable

_ROW_KEYS = ("Id", "ID")
_NEXT_PAGE = b'odata.nextLink"'


def is_records(content: bytes) -> bool:
    """Whether a file starts like a JSON object with a list of rows in it."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(b"{") and b'"value"' in start and b'"FeatureCollection"' not in start


def read_records(name: str, contents: Iterable[bytes]) -> TextTable:
    """The rows of one or more pages as a table; numbers are written with a point, null is an empty cell.

    A row's number is its own `Id`, or its place in the list.

    Raises:
        LoadRefused: not the form of an OData table, or rows with different columns.
    """
    try:
        rows = [row for content in contents for row in json.loads(content)["value"]]
        columns = tuple(rows[0])
        cells = tuple(tuple(_text(row[column]) for column in columns) for row in rows)
        numbers = tuple(_number(row, place) for place, row in enumerate(rows, 1))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise LoadRefused(f"{name} heeft niet de vorm van een OData-tabel van het CBS.") from error
    return TextTable(name, columns, cells, numbers, "utf-8", "", decimal=".")


def check_complete(name: str, contents: Iterable[bytes]) -> None:
    """Nothing, if one of the pages is the last one.

    Raises:
        LoadRefused: every page says that another one follows.
    """
    if all(_NEXT_PAGE in content for content in contents):
        raise LoadRefused(
            f"{name} is niet compleet: na de laatste bladzijde hoort er nog een. "
            "Leg alle bladzijden bij elkaar in een map."
        )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return json.dumps(value)
    return plain_number(value)


def plain_number(value: float) -> str:
    """A number as text with a decimal point: 12.0 → `12`, 0.5 → `0.5`."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _number(row: Mapping[str, Any], place: int) -> int:
    for key in _ROW_KEYS:
        if key in row and isinstance(row[key], int):
            return int(row[key])
    return place
