"""The invented world of the sample files: its regions, and what the loaders should make of them, by hand.

Every gemeente, school and number here is invented; only the shape of the files is that of the publishers.
"""

from datetime import date
from pathlib import Path
from typing import Any

from app.indicators import TOTAL
from app.regions import RegionKind, kind_of
from loaders.files import Bundle, TextTable, read_path, read_table
from loaders.membership import PUPILS, Share
from loaders.profiles import PROFILES
from loaders.reference import Reference
from loaders.regions import AreaRow, national_areas
from loaders.tidy import Tidy

SAMPLES = Path(__file__).parent

REGION_FILES = ("codes-RegioS.json", "regeling.md", "adressen-po.csv", "adressen-vo.csv", "scholen.geo.zip")
FIGURE_FILES = (
    "historie-po.csv",
    "leerlingen-vo.csv",
    "vsv.csv",
    "jeugdzorg-pct.csv",
    "jeugdzorg-natura.csv",
    "huishoudens.csv",
    "kerncijfers-leeftijd.csv",
    "bevolking-v4",
    "laag-inkomen-v4",
)

NEW_YEAR_2019 = date(2019, 1, 1)
RENAMED_ON = date(2016, 7, 1)

GEMEENTEN = (
    AreaRow("GM9001", RegionKind.GEMEENTE, "Duinstad", "PV20", None, None),
    AreaRow("GM9002", RegionKind.GEMEENTE, "Veendorp", "PV20", None, None),
    AreaRow("GM9003", RegionKind.GEMEENTE, "Oud Zand", "PV20", None, NEW_YEAR_2019),
    AreaRow("GM9004", RegionKind.GEMEENTE, "Nieuwzand", "PV20", NEW_YEAR_2019, None),
    AreaRow("GM9005", RegionKind.GEMEENTE, "Hoogeloo", "PV20", None, RENAMED_ON),
    AreaRow("GM9006", RegionKind.GEMEENTE, "Hoog Eloo", "PV20", RENAMED_ON, None),
)
"""Oud Zand went to Nieuwzand and, for a quarter, to Duinstad; Hoogeloo got another name."""

SWV_OF_POSTCODE: dict[str, tuple[str | None, str | None]] = {
    "9001": ("PO9001", "VO9001"),
    "9002": ("PO9001", "VO9001"),
    "9003": ("PO9001", "VO9001"),
    "9004": ("PO9002", "VO9001"),
    "9005": ("PO9002", "VO9002"),
    "9006": ("PO9002", "VO9002"),
    "9007": ("PO9002", "VO9002"),
    "9010": (None, None),
}

POSTCODE_OF_SITE = {
    "90AA00": "9001",
    "90AB00": "9002",
    "90AC00": "9006",
    "90AD00": "9003",
    "90AE00": "9004",
    "90AF00": "9005",
    "90AG00": "9007",
    "90SA00": "9003",
    "90VA00": "9001",
    "90VB00": "9006",
}


def whole(gemeente: str, swv: str, first_year: int, last_year: int | None = None) -> Share:
    """A gemeente that lies in one SWV."""
    return Share(gemeente, swv, first_year, last_year, 1.0, is_whole=True, weight_name=None)


def part(gemeente: str, swv: str, first_year: int, share: float) -> Share:
    """The part, by pupils, of a gemeente that lies in more SWVs than one, until today."""
    return Share(gemeente, swv, first_year, None, share, is_whole=False, weight_name=PUPILS)


# Duinstad from 2019: postcodes 9001 and 9002 with 300 + 100 pupils, 9006 with 100; vo 500 and 125.
# Veendorp: postcode 9003 with 150 pupils, 9004 with 50; both in VO9001.
SHARES = (
    whole("GM9001", "PO9001", 2015, 2018),
    part("GM9001", "PO9001", 2019, 0.8),
    part("GM9001", "PO9002", 2019, 0.2),
    whole("GM9001", "VO9001", 2015, 2018),
    part("GM9001", "VO9001", 2019, 0.8),
    part("GM9001", "VO9002", 2019, 0.2),
    part("GM9002", "PO9001", 2015, 0.75),
    part("GM9002", "PO9002", 2015, 0.25),
    whole("GM9002", "VO9001", 2015),
    whole("GM9003", "PO9002", 2015, 2018),
    whole("GM9003", "VO9002", 2015, 2018),
    whole("GM9004", "PO9002", 2019),
    whole("GM9004", "VO9002", 2019),
    whole("GM9005", "PO9002", 2015, 2016),
    whole("GM9005", "VO9002", 2015, 2016),
    whole("GM9006", "PO9002", 2017),
    whole("GM9006", "VO9002", 2017),
)

SWV_CODES = ("PO9001", "PO9002", "VO9001", "VO9002")

REFERENCE = Reference(
    areas=(
        AreaRow("NL01", RegionKind.COUNTRY, "Nederland", None, None, None),
        AreaRow("PV20", RegionKind.PROVINCE, "Hoogland", None, None, None),
        *GEMEENTEN,
        *(AreaRow(code, kind_of(code), code, None, None, None) for code in SWV_CODES),
        *national_areas(),
    ),
    swv_of_postcode=SWV_OF_POSTCODE,
    postcode_of_site=POSTCODE_OF_SITE,
    shares=SHARES,
)


def bundle(name: str) -> Bundle:
    """A sample as the loaders get it."""
    return read_path(SAMPLES / name)


def table(name: str) -> TextTable:
    """A sample that is one text table."""
    return bundle(name).table


def text_table(*lines: str, name: str = "proef.csv") -> TextTable:
    """A table written out in the test itself, semicolons between cells; the header is row 1."""
    return read_table(name, "\n".join(lines).encode())


def text_bundle(*lines: str, name: str = "proef.csv") -> Bundle:
    """A file written out in the test itself, semicolons between cells; the header is row 1."""
    return Bundle(name, {name: "\n".join(lines).encode()})


def read(profile_name: str, sample: Bundle) -> Tidy:
    """What one profile makes of a file; it must recognise the file first."""
    (profile,) = [profile for profile in PROFILES if profile.name == profile_name]
    assert profile.recognise(sample), profile.signs.lacks(sample)
    assert profile.read is not None
    return profile.read(sample, REFERENCE)


def cell(tidy: Tidy, indicator: str, period: str, region: str, breakdown: str = TOTAL) -> dict[str, Any]:
    """The one cell of a tidy frame with this key."""
    cells = tidy.observations
    keys = {"indicator": indicator, "period": period, "region": region, "breakdown": breakdown}
    for name, wanted in keys.items():
        cells = cells[cells[name] == wanted]
    (found,) = cells.to_dict("records")
    return {str(name): value for name, value in found.items()}


def bounds(found: dict[str, Any]) -> tuple[float, float]:
    """Both bounds of the numerator."""
    return found["numerator_low"], found["numerator_high"]
