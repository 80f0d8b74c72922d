"""An address is read once, at the border, and what cannot be one is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import Tab
from callbacks.address import (
    Address,
    indicator_address,
    known_address,
    query_values,
    with_query,
)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/regio/PO2707/overzicht", Address("PO2707", Tab.OVERVIEW)),
        ("/regio/PO2707/indicatoren", Address("PO2707", Tab.INDICATORS)),
        ("/regio/PO2707/indicatoren/ll-bao", Address("PO2707", Tab.INDICATORS, "ll-bao")),
        ("/regio/*/overzicht", Address("*", Tab.OVERVIEW)),
    ],
)
def test_a_path_leads_to_a_page(path: str, address: Address) -> None:
    assert known_address(path) == address


@pytest.mark.parametrize(
    "path", ["", "/", "/regio/PO2707", "/regio/PO2707/overzicht/x", "/regio//overzicht", "/over"]
)
def test_a_path_without_a_page_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="page"):
        known_address(path)


@pytest.mark.parametrize("path", [None, 1, ["/regio/PO2707/overzicht"], {}, True, "/regio/" + "A" * 300])
def test_what_is_no_path_is_refused(path: object) -> None:
    with pytest.raises(ValueError, match="path"):
        known_address(path)


def test_the_page_of_an_indicator_is_asked_for_by_name() -> None:
    with pytest.raises(ValueError, match="indicator"):
        indicator_address("/regio/PO2707/indicatoren")


def test_the_first_value_of_a_name_counts() -> None:
    assert query_values("?jaar=2025&jaar=2024&thema=&zoek=a%20b") == {"jaar": "2025", "zoek": "a b"}
    assert query_values(None) == {}


@pytest.mark.parametrize("search", [1, [], {"a": 1}, "?" + "a" * 700])
def test_what_is_no_query_is_refused(search: object) -> None:
    with pytest.raises(ValueError, match="query"):
        query_values(search)


@given(st.text(max_size=500))
def test_any_text_is_a_query_or_refused_and_never_an_error_of_another_kind(search: str) -> None:
    try:
        values = query_values(search)
    except ValueError:
        return
    assert all(len(value) <= 80 for value in values.values())


def test_empty_values_are_left_out_of_an_address() -> None:
    assert with_query("/a.csv", jaar="2025", thema="") == "/a.csv?jaar=2025"
    assert with_query("/a.csv", thema="") == "/a.csv"
    assert with_query("/a.csv", thema="Jeugd & gezin") == "/a.csv?thema=Jeugd+%26+gezin"
