"""The tiles that we ship are what the command makes of the outlines, and stay near where regions lie.

The outlines are no part of the repository. Where they are absent these tests are skipped.
"""

import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from app.config import ROOT
from app.db import Database
from app.models import Base
from app.regions import RegionKind
from loaders.files import read_path
from loaders.ingest import load_file
from loaders.listings import read_outlines
from loaders.outline_store import load_outline_year, load_outlines, load_region_of
from loaders.outlines import UNITS_PER_KM
from loaders.starter import load_starter
from loaders.tiles import FILE, KINDS, load_tiles
from loaders.tiles.build import build_tiles, load_centres
from loaders.tiles.centres import Links, Places

SOURCE = ROOT.parent / "shared" / "data" / "geo" / "gemeenten-2023.geojson"
FAR = 50 * UNITS_PER_KM

pytestmark = pytest.mark.skipif(
    not SOURCE.is_file(), reason="the outlines (../shared/data/geo) are not on this machine"
)


@pytest.fixture(scope="module")
def centres() -> Mapping[RegionKind, tuple[Places, Links]]:
    """Where the regions of every kind really lie, in units of 100 m."""
    listing, _ = read_outlines(read_path(SOURCE))
    return load_centres(listing.outlines)


def _pairs(kind: RegionKind, places: Places) -> tuple[np.ndarray, np.ndarray]:
    """Real places and tiles in the same order; rows count upwards, as north does."""
    tiles = load_tiles(kind)
    real = np.array([places[code][:2] for code in tiles])
    return real, np.array([(column, -row) for column, row in tiles.values()], dtype=float)


def test_the_tiles_are_what_the_command_makes_of_the_outlines(tmp_path: Path) -> None:
    target = tmp_path / "tiles.csv"

    counts = build_tiles(SOURCE, target)

    assert [counts[kind] for kind in KINDS] == [12, 342, 76, 74]
    assert target.read_bytes() == FILE.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("axis", [0, 1], ids=["east", "north"])
def test_of_two_regions_far_apart_the_northern_stays_north_and_the_eastern_east(
    centres: Mapping[RegionKind, tuple[Places, Links]], kind: RegionKind, axis: int
) -> None:
    real, tiles = _pairs(kind, centres[kind][0])

    is_far = real[:, None, axis] - real[None, :, axis] > FAR
    keeps = (tiles[:, None, axis] - tiles[None, :, axis] > 0)[is_far].mean()

    assert keeps >= {RegionKind.PROVINCE: 0.95}.get(kind, 0.99)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (RegionKind.PROVINCE, 0.6),
        (RegionKind.GEMEENTE, 1.3),
        (RegionKind.SWV_PO, 1.0),
        (RegionKind.SWV_VO, 1.0),
    ],
)
def test_a_tile_lies_about_one_tile_from_where_its_region_lies(
    centres: Mapping[RegionKind, tuple[Places, Links]], kind: RegionKind, most: float
) -> None:
    real, tiles = (points - points.mean(axis=0) for points in _pairs(kind, centres[kind][0]))

    scale = (real * tiles).sum() / (real * real).sum()  # the size at which both fit best

    assert np.hypot(*(tiles - scale * real).T).mean() < most


@pytest.mark.parametrize("kind", KINDS)
def test_three_of_four_neighbours_touch_on_the_map_too(
    centres: Mapping[RegionKind, tuple[Places, Links]], kind: RegionKind
) -> None:
    tiles, links = load_tiles(kind), centres[kind][1]

    touching = [
        max(abs(tiles[one][axis] - tiles[other][axis]) for axis in (0, 1)) == 1 for one, other in links
    ]

    assert sum(touching) / len(touching) >= 0.75


def test_the_outlines_go_through_the_ordinary_loader_and_are_small(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/map.sqlite")
    Base.metadata.create_all(db.engine)
    with db.transaction() as session:
        load_starter(session, by="test")

    report = load_file(db, SOURCE, by="test")

    with db.session() as session:
        found = load_outline_year(session)
        content = (load_outlines(session, 2023) or "").encode()
        homes = load_region_of(session, RegionKind.SWV_PO)
    db.close()
    assert report.version_id is None
    assert found is not None
    assert found.year == 2023
    assert len(gzip.compress(content)) < 40_000
    assert len(homes) == 342
    assert set(homes.values()) <= set(load_tiles(RegionKind.SWV_PO))
    assert (homes["GM0363"], homes["GM0384"]) == ("PO2707", "PO2707")
