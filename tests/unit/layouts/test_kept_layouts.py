"""What a person keeps, as elements and words: groups, views, and the block about the last visit."""

from datetime import UTC, datetime

import pytest

from app.own_groups import OwnComparisonGroup, Shelf
from app.regions import RegionKind, RegionName
from app.saved_views import SavedView
from app.visits import Change, ChangeKind, Reason
from layouts import overview, saved_views, since_visit
from layouts.own_groups import found_words, group_row, left_out_words, shelf_labels
from tests.example_figures import GEMEENTE, PERCENT, SWV
from tests.nodes import find, text

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
MANY = {f"GM{number:04d}": f"Plaats {number:02d}" for number in range(1, 13)}
NAMES = {code: RegionName(code, RegionKind.GEMEENTE, name) for code, name in MANY.items()}
KIND = ("gemeente", "gemeenten")
REASON = Reason(NOW, "DUO verbeterde de telling.")


def group(codes: list[str], origin: str = "") -> OwnComparisonGroup:
    return OwnComparisonGroup(7, "Buren", RegionKind.GEMEENTE, tuple(codes), origin, NOW)


def change(number: int) -> Change:
    return Change(PERCENT, ChangeKind.REVISED, f"Wijziging {number}.")


def test_a_row_of_a_group_names_its_regions() -> None:
    row = group_row(group(["GM0001", "GM0002"], "tien gelijke"), NAMES, "GM0009")

    assert (row.size, row.members, row.choice) == ("2 gemeenten", "Plaats 01 en Plaats 02", "eigen-7")
    assert (row.origin, row.note) == ("tien gelijke", "")


def test_a_row_of_a_large_group_names_the_first_eight() -> None:
    row = group_row(group(list(MANY)), NAMES, "GM9999")

    assert row.members.startswith("Plaats 01, Plaats 02")
    assert row.members.endswith("Plaats 08 en nog 4")


@pytest.mark.parametrize(("size", "is_short"), [(2, True), (3, False)])
def test_a_group_with_the_own_region_says_what_is_left(size: int, *, is_short: bool) -> None:
    row = group_row(group(list(MANY)[:size]), NAMES, "GM0001")

    assert "Plaats 01 zit zelf in deze groep en telt niet mee" in row.note
    assert ("Er blijft maar één gemeente over." in row.note) is is_short


def test_regions_without_a_province_have_a_heading_only_beside_others() -> None:
    with_one, without = Shelf("Flevoland", [GEMEENTE]), Shelf("", [GEMEENTE])

    assert [shelf.label for shelf in shelf_labels([with_one, without])] == ["Flevoland", "Overige"]
    assert [shelf.label for shelf in shelf_labels([without])] == [""]


def test_a_search_tells_what_it_found() -> None:
    assert found_words(342, "", KIND) == ""
    assert found_words(1, "alm", KIND) == "1 gemeente gevonden met “alm”."
    assert found_words(0, "q", KIND).startswith("Geen gemeente gevonden met “q”")


def test_regions_that_were_left_out_are_counted() -> None:
    assert left_out_words(0, KIND) == ""
    assert left_out_words(1, KIND) == "Eén regio is weggelaten: die is geen gemeente van nu."
    assert left_out_words(3, KIND) == "3 regio’s zijn weggelaten: dat zijn geen gemeenten van nu."


def test_the_form_of_a_view_has_a_name_a_token_and_room_for_the_address() -> None:
    form = find(saved_views.save_form("geheim"), "Form")[0]

    fields = {each["props"]["name"]: each["props"] for each in find(form, "Input")}
    assert (form["props"]["action"], form["props"]["method"]) == ("/bewaarde-weergaven", "post")
    assert fields["csrf_token"]["value"] == "geheim"
    assert fields["adres"]["type"] == "hidden"
    assert fields["naam"]["maxLength"] == 60
    assert find(form, "Label")[0]["props"]["htmlFor"] == fields["naam"]["id"]


def test_the_menu_leads_to_every_view_and_to_their_list() -> None:
    view = SavedView("Thuiszitters", "/regio/PO2707/indicatoren", "thema=Verzuim", 3, NOW)

    links = [each["props"]["href"] for each in find(saved_views.menu([view]), "A")]

    assert links == ["/regio/PO2707/indicatoren?thema=Verzuim", "/bewaarde-weergaven"]
    assert "U heeft nog niets bewaard." in text(saved_views.menu([]))


def test_a_first_visit_is_one_calm_line() -> None:
    block = since_visit.section([], None, [], SWV)

    assert text(block).startswith("Dit is uw eerste bezoek aan deze regio.")
    assert find(block, "H2") == []


def test_nothing_changed_is_one_calm_line_with_the_day() -> None:
    assert text(since_visit.section([], NOW, [], SWV)) == (
        "Sinds uw vorige bezoek op 3 november 2026 is er niets veranderd."
    )


def test_new_figures_elsewhere_are_told_with_a_way_to_the_log() -> None:
    block = since_visit.section([], NOW, [REASON], SWV)

    assert "Voor SWV Amstel bleven de laatste gelijk." in text(block)
    assert find(block, "A")[0]["props"]["href"] == "/over/wijzigingen"


def test_five_changes_stand_in_sight_and_the_rest_on_request() -> None:
    block = since_visit.section([change(number) for number in range(17)], NOW, [REASON], SWV)

    lists = find(block, "Ul")
    assert [len(find(each, "Li")) for each in lists] == [5, 12, 1]
    assert text(find(block, "Summary")) == "En nog 12"
    assert find(block, "A")[0]["props"]["href"] == "/regio/PO2707/indicatoren/deel-sbo-pct"


def test_each_change_says_its_kind_in_words() -> None:
    block = since_visit.section([change(1)], NOW, [], SWV)

    assert text(find(block, "Li")) == "aangepast Deelname sbo . Wijziging 1."
    assert "Waarom" not in text(block)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (REASON, "3 november 2026: nieuwe cijfers. DUO verbeterde de telling."),
        (Reason(NOW, ""), "3 november 2026: nieuwe cijfers."),
        (Reason(NOW, "Fout.", is_undo=True), "3 november 2026: terug naar eerdere cijfers. Fout."),
    ],
)
def test_a_reason_tells_when_what_and_why(reason: Reason, words: str) -> None:
    block = since_visit.section([change(1)], NOW, [reason], SWV)

    assert words in text(block)


def test_the_overview_waits_for_both_answers_in_words() -> None:
    page = overview.page()

    assert "Wij kijken wat er sinds uw vorige bezoek is veranderd" in text(page)
    assert "De cijfers worden geladen" in text(page)
