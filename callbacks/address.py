"""The address of a page as values: which region, which tab, which indicator, which filters. Pure."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from app.access import Tab
from app.looks import Look

MAX_PATH = 200
MAX_QUERY = 600
MAX_VALUE = 80
MAX_FIELDS = 20

_PAGE = re.compile(
    r"/regio/(?P<region>[^/]+)/(?P<tab>overzicht|indicatoren|vergelijken|aansluiting)(?:/(?P<rest>[^/]+))?/?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A page of a region. The region is as the browser wrote it: only `Viewer.region` makes it allowed."""

    region: str
    tab: Tab
    indicator: str | None = None
    look: Look = Look.PROFILE


def known_address(path: Any) -> Address:
    """The page behind a path. Dash's page sends its path from the first call on: null is no path either.

    Raises:
        ValueError: there is none.
    """
    if not isinstance(path, str) or len(path) > MAX_PATH:
        raise ValueError("not a path")
    found = _PAGE.fullmatch(path)
    if found is None or (found["rest"] and found["tab"] in (Tab.OVERVIEW, Tab.CONNECTION)):
        raise ValueError("not the path of a page")
    if found["tab"] == Tab.COMPARE:
        return Address(found["region"], Tab.COMPARE, look=Look(found["rest"] or Look.PROFILE))
    return Address(found["region"], Tab(found["tab"]), found["rest"])


def indicator_address(path: Any) -> Address:
    """The page of an indicator behind a path.

    Raises:
        ValueError: it is another page, or none.
    """
    address = known_address(path)
    if not address.indicator:
        raise ValueError("not the path of an indicator")
    return address


def query_values(search: Any) -> dict[str, str]:
    """The first value of every name in a query (`?jaar=2025`), cut at 80 characters.

    Raises:
        ValueError: it is not a text, or unreasonably long.
    """
    if search is None:
        return {}
    if not isinstance(search, str) or len(search) > MAX_QUERY:
        raise ValueError("not a query")
    values = parse_qs(search.removeprefix("?"), max_num_fields=MAX_FIELDS, errors="replace")
    return {name: found[0][:MAX_VALUE] for name, found in values.items()}


def with_query(path: str, **values: str) -> str:
    """A path with a query of the values that are not empty."""
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{path}?{query}" if query else path
