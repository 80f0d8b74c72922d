"""What a group of one's own may be, and how its regions are found."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.errors import SelectionRefused
from app.own_groups import (
    GroupDraft,
    OwnComparisonGroup,
    Shelf,
    check_group,
    check_room,
    group_number,
    new_group_address,
    shelves,
)
from app.regions import RegionKind, RegionName

KIND = RegionKind.GEMEENTE
ALMERE, LELYSTAD, SUDWEST = (
    RegionName(code, KIND, name)
    for code, name in (("GM0034", "Almere"), ("GM0995", "Lelystad"), ("GM1900", "Súdwest-Fryslân"))
)
GONE = RegionName("GM0053", KIND, "Winsum", valid_to=date(2019, 1, 1))
KNOWN = {region.code: region for region in (ALMERE, LELYSTAD, SUDWEST, GONE)}
MANY = {f"GM{number:04d}": RegionName(f"GM{number:04d}", KIND, f"Plaats {number}") for number in range(1, 60)}
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
DRAFT = GroupDraft("Buren", KIND, ("GM0034", "GM0995"))


def kept(number: int, name: str = "Buren") -> OwnComparisonGroup:
    return OwnComparisonGroup(number, name, KIND, ("GM0034", "GM0995"), "", NOW)


def problems(
    name: str = "Buren", codes: tuple[str, ...] = ("GM0034", "GM0995"), origin: str = ""
) -> dict[str, str]:
    with pytest.raises(SelectionRefused) as refused:
        check_group(name, codes, origin, kind=KIND, known=KNOWN)
    return refused.value.problems


def test_a_group_is_kept_tidied_sorted_and_without_doubles() -> None:
    draft = check_group(
        "  Mijn\t buren ", ["GM0995", "GM0034", "GM0995"], " tien  gelijke ", kind=KIND, known=KNOWN
    )

    assert draft == GroupDraft("Mijn buren", KIND, ("GM0034", "GM0995"), "tien gelijke")


@pytest.mark.parametrize("name", ["x", "x" * 60, "Zuid-Holland & “de rest”", "é" * 60, "😀 blij"])
def test_a_name_of_one_to_sixty_signs_is_fine(name: str) -> None:
    assert check_group(name, ["GM0034", "GM0995"], "", kind=KIND, known=KNOWN).name == name


def test_letters_with_loose_accents_count_once() -> None:
    draft = check_group("e\u0301" * 60, ["GM0034", "GM0995"], "", kind=KIND, known=KNOWN)

    assert draft.name == "é" * 60


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Geef de groep een naam."),
        (" \n\t ", "Geef de groep een naam."),
        ("x" * 61, "deze heeft er 61"),
        ("a\x00b", "alleen letters"),
        ("a\u202eb", "alleen letters"),
        ("\ud800", "alleen letters"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_in_words(name: str, words: str) -> None:
    assert words in problems(name)["naam"]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), "Kies ten minste twee gemeenten. U koos er geen."),
        (("GM0034",), "Kies ten minste twee gemeenten. U koos er 1."),
        (("GM0034", "GM0034"), "U koos er 1."),
        (("GM0034", "PO2707"), "“PO2707” is geen gemeente."),
        (("GM0034", "PO2707", "XX"), "“PO2707” en “XX” zijn geen gemeenten."),
        (("GM0034", "x" * 5000), "“xxxxxxxxxx” is geen gemeente."),
        (("GM0034", "GM0053"), "Opgeheven of landelijk, en dus niet te vergelijken: Winsum."),
    ],
)
def test_regions_that_make_no_group_are_refused_in_words(codes: tuple[str, ...], words: str) -> None:
    assert words in problems(codes=codes)["regio"]


def test_a_partnership_of_the_whole_country_is_no_region_to_compare_with() -> None:
    national = RegionName("PO0001", RegionKind.SWV_PO, "Landelijk", is_national=True)
    known = {"PO0001": national, "PO2707": RegionName("PO2707", RegionKind.SWV_PO, "Amsterdam")}

    with pytest.raises(SelectionRefused, match="niet te vergelijken: Landelijk"):
        check_group("Buren", known, "", kind=RegionKind.SWV_PO, known=known)


def test_fifty_regions_are_a_group_and_fifty_one_are_not() -> None:
    codes = list(MANY)

    fifty = check_group("Veel", codes[:50], "", kind=KIND, known=MANY)
    with pytest.raises(SelectionRefused, match="U koos er 51"):
        check_group("Veel", codes[:51], "", kind=KIND, known=MANY)

    assert len(fifty.codes) == 50


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert set(problems("", (), "x" * 401)) == {"naam", "regio", "herkomst"}


@pytest.mark.parametrize("name", ["Buren", "BUREN", " buren "])
def test_a_name_is_taken_whatever_its_capitals(name: str) -> None:
    with pytest.raises(SelectionRefused, match="al een groep met de naam"):
        check_room(replace(DRAFT, name=name.strip()), [kept(1)])


def test_a_group_keeps_its_own_name_when_it_changes() -> None:
    check_room(DRAFT, [kept(1), kept(2, "Anders")], changes=1)

    with pytest.raises(SelectionRefused, match="al een groep met de naam"):
        check_room(DRAFT, [kept(1), kept(2, "Anders")], changes=2)


def test_a_person_has_thirty_groups_at_most() -> None:
    full = [kept(number, f"Groep {number}") for number in range(30)]

    check_room(DRAFT, full[:29])
    check_room(DRAFT, full, changes=3)
    with pytest.raises(SelectionRefused, match="al 30 groepen"):
        check_room(DRAFT, full)


def test_a_stamp_differs_after_every_change() -> None:
    later = replace(kept(1), changed_at=NOW.replace(microsecond=1))

    assert later.stamp != kept(1).stamp


def test_regions_stand_by_province_those_without_one_last() -> None:
    found = shelves([ALMERE, LELYSTAD, SUDWEST], {"GM1900": "Fryslân", "GM0995": "Flevoland"})

    assert found == [Shelf("Flevoland", [LELYSTAD]), Shelf("Fryslân", [SUDWEST]), Shelf("", [ALMERE])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sudwest", ["Súdwest-Fryslân"]),
        ("SÚD fry", ["Súdwest-Fryslân"]),
        ("gm0034", ["Almere"]),
        ("flevo", ["Almere", "Lelystad"]),
        ("flevo lely", ["Lelystad"]),
        ("nergens", []),
        ("", ["Almere", "Lelystad", "Súdwest-Fryslân"]),
    ],
)
def test_a_search_finds_by_name_code_or_province(text: str, names: list[str]) -> None:
    provinces = {"GM0034": "Flevoland", "GM0995": "Flevoland", "GM1900": "Fryslân"}

    found = shelves([ALMERE, LELYSTAD, SUDWEST], provinces, text=text)

    assert [region.name for shelf in found for region in shelf.regions] == names


def test_what_is_chosen_is_not_offered_again() -> None:
    found = shelves([ALMERE, LELYSTAD], {}, without=["GM0034"])

    assert found == [Shelf("", [LELYSTAD])]


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        ("eigen-7", 7),
        *((odd, None) for odd in ("eigen-0", "eigen-", "7", "land", "eigen--1", "eigen-7x", "eigen-٧")),
        *((f"eigen-{'9' * digits}", None) for digits in (10, 30)),
    ],
)
def test_an_address_names_a_group_by_its_number(choice: str, number: int | None) -> None:
    assert group_number(choice) == number
    assert number is None or kept(number).choice == choice


def test_another_page_can_lead_to_a_group_that_is_filled_in() -> None:
    address = new_group_address("PO2707", ["PO2401", "PO2402"], name="Lijkt op ons", origin="tien & meer")

    assert address == (
        "/regio/PO2707/vergelijken/groepen/nieuw?"
        "naam=Lijkt+op+ons&herkomst=tien+%26+meer&regio=PO2401&regio=PO2402"
    )
