"""What a view under a name may be, and when it takes the place of another."""

from datetime import UTC, datetime

import pytest

from app.errors import SelectionRefused
from app.saved_views import NameTaken, SavedView, ViewDraft, check_name, view_to_replace

NOW = datetime(2026, 11, 3, tzinfo=UTC)
DRAFT = ViewDraft("Thuiszitters", "/regio/PO2707/indicatoren", "thema=Verzuim")


def kept(number: int, name: str, query: str = "") -> SavedView:
    return SavedView(name, "/regio/PO2707/indicatoren", query, number, NOW)


def test_an_address_has_its_query_only_where_there_is_one() -> None:
    assert DRAFT.address == "/regio/PO2707/indicatoren?thema=Verzuim"
    assert kept(1, "Kaal").address == "/regio/PO2707/indicatoren"


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x07b"])
def test_a_view_needs_a_name_that_can_be_read(name: str) -> None:
    with pytest.raises(SelectionRefused) as refused:
        check_name(name)

    assert set(refused.value.problems) == {"naam"}


def test_a_new_name_comes_beside_the_others() -> None:
    assert view_to_replace(DRAFT, [kept(1, "Anders")], may_replace=False) is None


@pytest.mark.parametrize("name", ["Thuiszitters", "thuiszitters"])
def test_a_name_that_is_taken_is_replaced_only_by_who_says_so(name: str) -> None:
    views = [kept(1, name)]

    with pytest.raises(NameTaken, match=name):
        view_to_replace(DRAFT, views, may_replace=False)

    assert view_to_replace(DRAFT, views, may_replace=True) == views[0]


def test_the_same_view_under_the_same_name_is_no_question() -> None:
    views = [kept(1, "Thuiszitters", "thema=Verzuim")]

    assert view_to_replace(DRAFT, views, may_replace=False) == views[0]


def test_a_person_has_fifty_views_at_most_and_may_then_still_replace_one() -> None:
    views = [kept(number, f"Weergave {number}") for number in range(49)]
    full = [*views, kept(50, "Thuiszitters")]

    assert view_to_replace(DRAFT, views, may_replace=False) is None
    assert view_to_replace(DRAFT, full, may_replace=True) == full[-1]
    with pytest.raises(SelectionRefused, match="al 50 weergaven"):
        view_to_replace(ViewDraft("Nog een", "/", ""), full, may_replace=True)
