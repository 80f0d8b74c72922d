"""Regions for tests of maps: those of the Netherlands, with invented figures."""

from typing import Any

from app.indicators import Figure
from app.regions import RegionKind, RegionName
from layouts.indicator_regions import Group
from layouts.maps import Outlines
from loaders.tiles import load_tiles
from tests.example_figures import PERCENT, SWV, country, part

PO = dict(load_tiles(RegionKind.SWV_PO))
GEMEENTEN = dict(load_tiles(RegionKind.GEMEENTE))
OUTLINES = Outlines(
    "/kaart/2023.json?v=1-abc",
    2023,
    {"GM0363": "PO2707", "GM0384": "PO2707", "GM0014": "PO2001"},
    "Grenzen: x",
)


def group(figures: dict[str, Figure], **other: Any) -> Group:
    fields: dict[str, Any] = {
        "region": SWV,
        "indicator": PERCENT,
        "period": "2025",
        "kind": RegionKind.SWV_PO,
        "names": {code: f"Regio {code}" for code in figures},
        "figures": figures,
        "country": country(part(23, 1000)),
    }
    return Group(**(fields | other))


def all_of(codes: dict[str, Any]) -> dict[str, Figure]:
    """Of the first region 0,0%, of the next 0,1%, and so on."""
    return {code: part(number, 1000, region=code) for number, code in enumerate(sorted(codes))}


def gemeenten() -> Group:
    region = RegionName("GM0034", RegionKind.GEMEENTE, "Almere")
    return group(all_of(GEMEENTEN), region=region, kind=RegionKind.GEMEENTE)
