"""Computes `tiles.csv` anew, from a file with outlines and the region facts of the starter figures."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.errors import LoadRefused
from app.regions import RegionKind
from loaders.files import read_path
from loaders.listings import read_outlines
from loaders.outlines import Outline
from loaders.regions import AreaRow, SuccessionRow
from loaders.starter import FOLDER
from loaders.starter.tables import area_row, read_rows, share_cells, succession_row, write_rows
from loaders.tiles import COLUMNS, FILE
from loaders.tiles.centres import Links, Part, Places, place_gemeenten, place_regions
from loaders.tiles.layout import Rules, lay_out

GEMEENTEN, OTHERS = Rules(hold=0.04, water=2.6), Rules(hold=0.1, water=2.0)
"""Chosen by eye: city regions need room to move, and islands and IJsselmeer must stay recognisable."""


def build_tiles(source: Path, target: Path = FILE) -> dict[RegionKind, int]:
    """Write the tiles of all kinds.

    Args:
        source: outlines of gemeenten (GeoJSON).

    Returns:
        kind → number of tiles.

    Raises:
        LoadRefused: the file is none, or lacks a gemeente of now.
    """
    listing, _ = read_outlines(read_path(source))
    tables = {
        kind: lay_out(places, links, GEMEENTEN if kind is RegionKind.GEMEENTE else OTHERS)
        for kind, (places, links) in load_centres(listing.outlines).items()
    }
    rows = [(code, *cell) for table in tables.values() for code, cell in sorted(table.items())]
    write_rows(target, COLUMNS, rows)
    return {kind: len(table) for kind, table in tables.items()}


def load_centres(outlines: Sequence[Outline]) -> dict[RegionKind, tuple[Places, Links]]:
    """Where the regions of every kind lie, and which are neighbours, on the division of the starter figures.

    Raises:
        LoadRefused: a gemeente of now has no outline.
    """
    areas = [area_row(row) for row in read_rows(FOLDER / "regions.csv")]
    now = {area.code for area in areas if area.kind is RegionKind.GEMEENTE and area.valid_to is None}
    successions = [succession_row(row) for row in read_rows(FOLDER / "successions.csv")]
    gemeenten, links = place_gemeenten(outlines, _heirs(now, successions))
    if missing := sorted(now - set(gemeenten)):
        raise LoadRefused(f"{len(missing)} gemeenten van nu hebben geen omtrek: {', '.join(missing[:10])}.")
    parts = [*_provinces(areas, gemeenten), *_swvs()]
    kinds = (RegionKind.PROVINCE, RegionKind.SWV_PO, RegionKind.SWV_VO)
    return {RegionKind.GEMEENTE: (gemeenten, links)} | {
        kind: place_regions(gemeenten, links, parts, kind) for kind in kinds
    }


def _heirs(now: set[str], successions: Sequence[SuccessionRow]) -> dict[str, str]:
    """Gemeente that has gone → the gemeente of now that most of it came to."""
    main: dict[str, str] = {}
    for row in sorted(successions, key=lambda row: (row.happened_on, -row.share, row.new)):
        main.setdefault(row.old, row.new)
    return {old: heir for old in main if old not in now and (heir := _last(old, main)) in now}


def _last(code: str, main: Mapping[str, str]) -> str:
    for _ in main:
        code = main.get(code, code)
    return code


def _provinces(areas: Sequence[AreaRow], gemeenten: Places) -> Iterator[Part]:
    """By surface: a province is known by its shape."""
    for area in areas:
        if area.code in gemeenten and area.province_code:
            yield Part(area.code, area.province_code, gemeenten[area.code].area, 1.0)


def _swvs() -> Iterator[Part]:
    """By inhabitants: an SWV is where the children are."""
    people = _inhabitants()
    for row in map(share_cells, read_rows(FOLDER / "shares.csv")):
        if row["last_year"] is None:
            share = row["share"]
            yield Part(row["gemeente"], row["swv"], share * people[row["gemeente"]], share)


def _inhabitants() -> dict[str, float]:
    """Region → inhabitants in the latest year."""
    with (FOLDER / "figures" / "bev-tot.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["numerator_low"]]
    ordered = sorted(rows, key=lambda row: row["period"])
    return {row["region"]: float(row["numerator_low"]) for row in ordered}
