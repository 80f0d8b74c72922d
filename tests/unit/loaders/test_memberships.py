"""Gemeenten in provincies and jeugdregio's through the years: worked out by hand."""

from dataclasses import replace
from datetime import date

import pandas as pd

from app.regions import RegionKind
from loaders.membership import Membership, carry_memberships, province_memberships
from loaders.regions import AreaRow, SuccessionRow
from loaders.tidy import complete, sum_to_swv
from tests.samples.world import REFERENCE


def _gemeente(code: str, province: str, start: date | None = None, end: date | None = None) -> AreaRow:
    return AreaRow(code, RegionKind.GEMEENTE, code, province, start, end)


def _succession(old: str, new: str, year: int, share: float = 1.0, month: int = 1) -> SuccessionRow:
    return SuccessionRow(old, new, date(year, month, 1), None, share)


def test_a_gemeente_lies_in_its_provincie_for_as_long_as_it_exists() -> None:
    areas = [
        _gemeente("GM0001", "PV28", None, date(2019, 1, 1)),
        _gemeente("GM0002", "PV26", date(2019, 1, 1)),
        _gemeente("GM0003", "PV27", date(1900, 1, 1), date(2022, 3, 24)),
        _gemeente("GM0004", "PV27", date(2015, 3, 1), date(2015, 7, 1)),
    ]

    assert province_memberships(areas) == [
        Membership("GM0001", "PV28", 2015, 2018),
        Membership("GM0002", "PV26", 2019, None),
        Membership("GM0003", "PV27", 2015, 2022),
    ]


def test_a_merger_within_one_region_carries_it_on() -> None:
    given = {"GM0001": "JR01", "GM0002": "JR01", "GM0003": "JR02"}
    merger = [_succession("GM0001", "GM0009", 2019), _succession("GM0002", "GM0009", 2019)]

    found, unknown = carry_memberships(given, 2016, merger, 2026)

    assert found == [
        Membership("GM0001", "JR01", 2016, 2018),
        Membership("GM0002", "JR01", 2016, 2018),
        Membership("GM0003", "JR02", 2016, None),
        Membership("GM0009", "JR01", 2019, None),
    ]
    assert unknown == []


def test_a_new_gemeente_over_two_regions_is_named_and_left_out() -> None:
    given = {"GM0001": "JR01", "GM0002": "JR02"}
    merger = [_succession("GM0001", "GM0009", 2019), _succession("GM0002", "GM0009", 2019)]

    found, unknown = carry_memberships(given, 2016, merger, 2026)

    assert "GM0009" not in {each.gemeente for each in found}
    assert unknown == ["GM0009"]


def test_a_gemeente_that_absorbs_another_stays_where_it_was() -> None:
    given = {"GM0363": "JR01", "GM0457": "JR02"}

    found, unknown = carry_memberships(given, 2016, [_succession("GM0457", "GM0363", 2022, month=3)], 2026)

    assert found == [Membership("GM0363", "JR01", 2016, None), Membership("GM0457", "JR02", 2016, 2022)]
    assert unknown == []


def test_a_chain_of_mergers_carries_the_region_to_its_end() -> None:
    chain = [_succession("GM0001", "GM0002", 2018), _succession("GM0002", "GM0003", 2021)]

    found, _ = carry_memberships({"GM0001": "JR01"}, 2016, chain, 2026)

    assert found == [
        Membership("GM0001", "JR01", 2016, 2017),
        Membership("GM0002", "JR01", 2018, 2020),
        Membership("GM0003", "JR01", 2021, None),
    ]


def test_regions_are_summed_by_the_same_code_as_swvs() -> None:
    memberships = (
        Membership("GM9001", "PV20", 2015, None),
        Membership("GM9002", "PV20", 2015, None),
        Membership("GM9003", "PV20", 2015, 2018),
    )
    reference = replace(REFERENCE, memberships=memberships)
    cells = complete(
        _cells([("GM9001", 100.0, 100.0), ("GM9002", 1.0, 4.0)]),
    )

    total = sum_to_swv(cells, reference.members_in(RegionKind.PROVINCE, 2020))

    (row,) = total.to_dict("records")
    assert (row["region"], row["numerator_low"], row["numerator_high"]) == ("PV20", 101.0, 104.0)
    assert row["estimated"] == 0.0


def _cells(counts: list[tuple[str, float, float]]) -> pd.DataFrame:
    rows = [
        {"indicator": "x", "period": "2020", "breakdown": "totaal", "region": region}
        | {"numerator_low": low, "numerator_high": high}
        for region, low, high in counts
    ]
    return pd.DataFrame(rows)
