"""The code list and the regulation become areas, successions and postcodes."""

import json
from datetime import date
from typing import Any

import pytest

from app.errors import LoadRefused
from app.regions import NATIONAL_SWVS, RegionKind
from loaders.files import Bundle
from loaders.regions import (
    AreaRow,
    PostcodeRow,
    SuccessionRow,
    national_areas,
    read_area_codes,
    read_regulation,
)
from tests.samples import world

HEADING = "| PC4  | gemeente  | PO SWV  | VO SWV  |\n|:---|:---|:---|:---|\n"


def _codes(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"value": entries}).encode()


def _gemeente(code: str, title: str, description: str) -> dict[str, Any]:
    return {"Identifier": code, "Title": title, "Description": description, "DimensionGroupId": "GMPV20"}


def _regulation(rows: str) -> Bundle:
    return Bundle("regeling.md", {"regeling.md": (HEADING + rows).encode()})


def test_the_sample_code_list_gives_the_invented_world() -> None:
    (content,) = world.bundle("codes-RegioS.json").members.values()

    areas, successions = read_area_codes(content)

    assert areas[:2] == list(world.REFERENCE.areas[:2])
    assert areas[2:] == list(world.GEMEENTEN)
    assert successions == [
        SuccessionRow("GM9003", "GM9004", date(2019, 1, 1), 3000, 0.75),
        SuccessionRow("GM9003", "GM9001", date(2019, 1, 1), 1000, 0.25),
        SuccessionRow("GM9005", "GM9006", date(2016, 7, 1), None, 1.0),
    ]


@pytest.mark.parametrize(("day", "is_kept"), [("01-01-2015", False), ("02-01-2015", True)])
def test_a_gemeente_that_ended_by_the_first_day_of_2015_is_left_out(day: str, *, is_kept: bool) -> None:
    description = (
        f"Opgeheven per {day}, overgegaan naar:\r\n- Nieuw (GM9102),\r\n... 1 hectare met 1 woningen"
    )
    old = _gemeente("GM9101", "Oud", f"{description} en 5 inwoners\r\n")

    areas, successions = read_area_codes(_codes(old, _gemeente("GM9102", "Nieuw", "")))

    assert ("GM9101" in {area.code for area in areas}) is is_kept
    assert (len(successions) == 1) is is_kept


def test_an_older_border_change_is_no_succession() -> None:
    description = (
        "Opgeheven per 24-03-2022, overgegaan naar:\r\n- Stad (GM9102),\r\n"
        "... 9 hectare met 5 woningen en 20 inwoners\r\n\r\n"
        "Grenswijziging per 01-01-2016, overgegaan naar:\r\n- Meer (GM9103),\r\n"
        "... 4 hectare met 0 woningen en 0 inwoners\r\n\r\nBegindatum voor 1830\r\n"
    )
    entries = [_gemeente("GM9101", "Dorp", description)]
    entries += [_gemeente("GM9102", "Stad", ""), _gemeente("GM9103", "Meer", "")]

    areas, successions = read_area_codes(_codes(*entries))

    assert areas[0].valid_to == date(2022, 3, 24)
    assert successions == [SuccessionRow("GM9101", "GM9102", date(2022, 3, 24), 20, 1.0)]


def test_a_heir_without_inhabitants_gets_a_share_of_zero() -> None:
    description = (
        "Opgeheven per 01-01-2016, overgegaan naar:\r\n- Groot (GM9102),\r\n... 1 hectare met 9 woningen en "
        "50 inwoners\r\n- Klein (GM9103),\r\n... 2 hectare met 0 woningen en 0 inwoners\r\n"
    )
    entries = [_gemeente("GM9101", "Oud", description)]
    entries += [_gemeente("GM9102", "Groot", ""), _gemeente("GM9103", "Klein", "")]

    _, successions = read_area_codes(_codes(*entries))

    assert [(row.new, row.share) for row in successions] == [("GM9102", 1.0), ("GM9103", 0.0)]


def test_the_shares_of_one_succession_add_up_to_one() -> None:
    (content,) = world.bundle("codes-RegioS.json").members.values()

    _, successions = read_area_codes(content)

    assert sum(row.share for row in successions if row.old == "GM9003") == 1.0


def test_a_gemeente_that_began_later_is_valid_from_that_day() -> None:
    areas, _ = read_area_codes(
        _codes(_gemeente("GM9101", "Nieuw", "Ontstaan per 01-01-2023, ontvangen van:"))
    )

    assert areas == [AreaRow("GM9101", RegionKind.GEMEENTE, "Nieuw", "PV20", date(2023, 1, 1), None)]


@pytest.mark.parametrize(
    "content", [b"geen json", b"[]", b"{}", b'{"value": [{}]}', b'{"value": 3}', b'{"value": [null]}']
)
def test_what_is_no_code_list_is_refused(content: bytes) -> None:
    with pytest.raises(LoadRefused, match="codelijst"):
        read_area_codes(content)


def test_the_sample_regulation_gives_every_postcode_with_its_areas() -> None:
    rows, _ = read_regulation(world.bundle("regeling.md"))

    assert {row.pc4: (row.po_swv, row.vo_swv) for row in rows} == world.SWV_OF_POSTCODE
    assert rows[0] == PostcodeRow("9001", "Duinstad", "PO9001", "VO9001")


def test_a_postcode_without_an_swv_is_kept_and_reported() -> None:
    rows, problems = read_regulation(_regulation("| 3197  | Rotterdam  | Europoort  | Europoort  |\n"))

    assert rows == [PostcodeRow("3197", "Rotterdam", None, None)]
    assert [str(problem) for problem in problems] == [
        "[waarschuwing] regeling.md, rij 3: Postcode 3197 heeft geen samenwerkingsverband maar “Europoort”."
    ]


def test_an_swv_of_the_wrong_sector_is_none() -> None:
    rows, problems = read_regulation(_regulation("| 9001  | Duinstad  | VO9001  | VO9001  |\n"))

    assert rows[0].po_swv is None
    assert len(problems) == 1


def test_a_postcode_that_stands_twice_with_other_areas_is_refused() -> None:
    twice = "| 9001 | A | PO9001 | VO9001 |\n| 9001 | A | PO9002 | VO9001 |\n"

    with pytest.raises(LoadRefused, match="rij 4: postcode 9001 staat twee keer"):
        read_regulation(_regulation(twice))


def test_a_postcode_that_stands_twice_with_the_same_areas_counts_once() -> None:
    rows, problems = read_regulation(_regulation("| 9001 | A | PO9001 | VO9001 |\n" * 2))

    assert (len(rows), problems) == (1, [])


def test_a_text_without_the_table_is_refused() -> None:
    with pytest.raises(LoadRefused, match="geen tabel met postcodes"):
        read_regulation(Bundle("regeling.md", {"regeling.md": b"Alleen maar tekst.\n"}))


def test_the_national_swvs_are_told_apart() -> None:
    assert {area.code for area in national_areas()} == {"PO0001", "VO0001"}
    assert "VO0001" in NATIONAL_SWVS
    assert "VO2708" not in NATIONAL_SWVS
