"""The tiles that we ship: every region of now once, none over another, and recognisably the Netherlands."""

import csv

import pytest

from app.regions import NATIONAL_SWVS, RegionKind, kind_of
from loaders.starter import FOLDER
from loaders.tiles import FILE, KINDS, load_tiles

WADDEN = ("GM0448", "GM1900", "GM0096", "GM0093", "GM0060", "GM0088")
"""Texel, Súdwest-Fryslân on the coast, Vlieland, Terschelling, Ameland, Schiermonnikoog."""


def _regions(kind: RegionKind) -> set[str]:
    with (FOLDER / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    return {row["code"] for row in rows if kind_of(row["code"]) is kind} - NATIONAL_SWVS


@pytest.mark.parametrize("kind", KINDS)
def test_every_region_of_now_has_one_tile_and_no_two_share_a_cell(kind: RegionKind) -> None:
    tiles = load_tiles(kind)

    assert set(tiles) == _regions(kind)
    assert len(set(tiles.values())) == len(tiles)


@pytest.mark.parametrize("kind", KINDS)
def test_the_map_begins_in_its_corner_and_is_not_stretched(kind: RegionKind) -> None:
    columns, rows = zip(*load_tiles(kind).values(), strict=True)

    assert (min(columns), min(rows)) == (0, 0)
    # the country is 264 km wide and 312 km high
    assert 1.0 <= (max(rows) + 1) / (max(columns) + 1) <= 1.4


def test_a_kind_without_a_map_has_no_tiles() -> None:
    assert dict(load_tiles(RegionKind.YOUTH_REGION)) == {}


def test_the_table_holds_places_and_nothing_else() -> None:
    lines = FILE.read_text(encoding="ascii").splitlines()

    assert lines[0] == "code,column,row"
    assert len(lines) == 1 + 342 + 12 + 76 + 74
    assert FILE.stat().st_size < 10_000


def test_the_wadden_islands_lie_in_the_sea_from_west_to_east() -> None:
    tiles = load_tiles(RegionKind.GEMEENTE)
    texel, _coast, *islands = (tiles[code] for code in WADDEN)

    assert [column for column, _ in islands] == sorted(column for column, _ in islands)
    assert all(row < texel[1] for _, row in islands)
    assert max(row for _, row in islands) <= 1


def test_zeeuws_vlaanderen_lies_apart_in_the_southwest() -> None:
    tiles = load_tiles(RegionKind.GEMEENTE)
    flanders = [tiles[code] for code in ("GM1714", "GM0715", "GM0677")]  # Sluis, Terneuzen, Hulst
    walcheren = [tiles[code] for code in ("GM0718", "GM0687", "GM0717")]  # Vlissingen, Middelburg, Veere

    assert min(row for _, row in flanders) > max(row for _, row in walcheren) + 1
    assert max(column for column, _ in flanders) < 5


def test_limburg_is_the_tail_of_the_map() -> None:
    tiles = load_tiles(RegionKind.GEMEENTE)
    vaals, maastricht, kerkrade = (tiles[code] for code in ("GM0981", "GM0935", "GM0928"))
    low = {code for code, (_, row) in tiles.items() if row >= 25}

    assert vaals[1] == max(row for _, row in tiles.values())
    assert maastricht[0] < vaals[0] < kerkrade[0]
    assert len(low) > 10


def test_there_is_water_between_enkhuizen_and_friesland() -> None:
    tiles = load_tiles(RegionKind.GEMEENTE)
    (east, row), (west, _) = tiles["GM1900"], tiles["GM0388"]  # Súdwest-Fryslân, Enkhuizen

    between = {(column, line) for column in range(west + 1, east) for line in range(row, row + 3)}
    assert between & set(tiles.values()) == set()


def test_the_provinces_lie_as_everybody_knows_them() -> None:
    tiles = load_tiles(RegionKind.PROVINCE)

    north, south = tiles["PV20"], tiles["PV31"]  # Groningen, Limburg
    assert (north[1], south[1]) == (0, max(row for _, row in tiles.values()))
    assert tiles["PV29"][0] == 0  # Zeeland
    assert tiles["PV28"][1] == tiles["PV26"][1]  # Zuid-Holland beside Utrecht
