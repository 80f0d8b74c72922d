"""A name or a year finds the right gemeente, and nothing is guessed between namesakes."""

from datetime import date

import pytest

from app.regions import RegionKind
from loaders.reference import Reference, in_force, plain
from loaders.regions import AreaRow
from tests.samples.world import REFERENCE, part, whole


def _gemeente(code: str, name: str, valid_from: date | None = None, valid_to: date | None = None) -> AreaRow:
    return AreaRow(code, RegionKind.GEMEENTE, name, "PV20", valid_from, valid_to)


NAMESAKES = Reference(
    areas=(
        AreaRow("PV26", RegionKind.PROVINCE, "Utrecht", None, None, None),
        _gemeente("GM0344", "Utrecht"),
        _gemeente("GM0164", "Hengelo (O.)"),
        _gemeente("GM0893", "Bergen (L.)"),
        _gemeente("GM0373", "Bergen (NH.)"),
        _gemeente("GM0518", "'s-Gravenhage"),
        _gemeente("GM1900", "Súdwest-Fryslân"),
        _gemeente("GM9101", "Oudorp", None, date(2019, 1, 1)),
        _gemeente("GM9102", "Oudorp", date(2019, 1, 1)),
    ),
    swv_of_postcode={},
    postcode_of_site={},
    shares=(),
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hengelo (O.)", "GM0164"),
        ("Hengelo", "GM0164"),
        ("HENGELO", "GM0164"),
        ("Bergen (L.)", "GM0893"),
        ("Bergen (NH.)", "GM0373"),
        ("Bergen", None),
        ("Sudwest Fryslan", "GM1900"),
        ("SÚDWEST-FRYSLÂN", "GM1900"),
        ("'s-Gravenhage (gemeente)", "GM0518"),
        ("S GRAVENHAGE", "GM0518"),
        ("Utrecht", "GM0344"),
        ("Utrecht (gemeente)", "GM0344"),
        ("Nergens", None),
        ("", None),
    ],
)
def test_a_name_finds_the_one_gemeente_that_bears_it(name: str, code: str | None) -> None:
    assert NAMESAKES.gemeente_named(name, 2020) == code


@pytest.mark.parametrize(("year", "code"), [(2018, "GM9101"), (2019, "GM9102"), (2026, "GM9102")])
def test_a_name_finds_the_gemeente_of_that_year(year: int, code: str) -> None:
    assert NAMESAKES.gemeente_named("Oudorp", year) == code


@pytest.mark.parametrize(
    ("year", "codes"),
    [
        (2015, ["GM9001", "GM9002", "GM9003", "GM9005"]),
        (2017, ["GM9001", "GM9002", "GM9003", "GM9006"]),
        (2019, ["GM9001", "GM9002", "GM9004", "GM9006"]),
    ],
)
def test_the_gemeenten_of_a_year_are_those_of_its_first_day(year: int, codes: list[str]) -> None:
    assert REFERENCE.gemeenten(year) == codes


def test_the_national_swvs_are_not_among_the_regional_ones() -> None:
    assert REFERENCE.swvs(RegionKind.SWV_PO) == ["PO9001", "PO9002"]
    assert REFERENCE.swvs(RegionKind.SWV_VO) == ["VO9001", "VO9002"]


def test_the_shares_of_a_year_are_those_of_its_division() -> None:
    in_2018 = [share for share in REFERENCE.shares_in(2018) if share.gemeente == "GM9001"]
    in_2019 = [share for share in REFERENCE.shares_in(2019) if share.gemeente == "GM9001"]

    assert in_2018 == [whole("GM9001", "PO9001", 2015, 2018), whole("GM9001", "VO9001", 2015, 2018)]
    assert part("GM9001", "PO9002", 2019, 0.2) in in_2019
    assert len(in_2019) == 4


def test_an_area_exists_from_its_first_day_up_to_the_day_it_ended() -> None:
    area = _gemeente("GM9103", "Kort", date(2016, 1, 1), date(2018, 1, 1))

    assert [year for year in range(2015, 2020) if in_force(area, year)] == [2016, 2017]


def test_what_is_not_loaded_is_said_to_be_absent() -> None:
    assert (REFERENCE.has_postcodes, REFERENCE.has_sites, REFERENCE.has_weights) == (True, True, True)
    assert (NAMESAKES.has_postcodes, NAMESAKES.has_sites, NAMESAKES.has_weights) == (False, False, False)


def test_spelling_makes_no_difference() -> None:
    assert plain("'s-Hertogenbosch (gemeente)") == plain("S HERTOGENBOSCH")
    assert plain("Noardeast-Fryslân") == plain("noardeast fryslan")
    assert plain("Groningen (PV)") == plain("Groningen")
