"""The figures a new installation starts with: computed by our loaders, kept as small CSV files here.

`regions.csv`, `successions.csv`, `shares.csv` hold region facts, `sources.csv` the files the figures were
computed from, `slices.csv` how final each indicator and period is and on which division, and
`figures/<indicator>.csv` the cells. No
row of a source file is copied: school sites and the postcode table come in when an admin loads them.
"""

import tempfile
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from app.contributions import SwvRoute
from app.db import Database
from app.errors import LoadRefused
from app.indicators import PeriodStatus
from app.models import (
    Base,
    GemeenteSwv,
    Observation,
    Region,
    RegionSuccession,
    Slice,
    SourceFile,
    VersionSlice,
)
from loaders.ingest import load_file
from loaders.observations import get_published_version
from loaders.publication import Turn, publish, publish_in
from loaders.reference_store import load_reference
from loaders.region_store import region_ids, store_areas
from loaders.regions import AreaRow, SuccessionRow
from loaders.source_files import starter_source
from loaders.staging import stage
from loaders.starter.tables import area_row, read_rows, share_cells, succession_row, write_rows
from loaders.tidy import BOUNDS, COLUMNS, Tidy

FOLDER = Path(__file__).parent
FILES = (
    "cbs/03759ned/codes-RegioS.json",
    "regions/BWBR0032324_2015-04-23.md",
    "duo/02.-alle-schoolvestigingen-basisonderwijs.csv",
    "duo/alle-vestigingen-vo.csv",
    "duo/scholen20241122.geo.zip",
    "duo/06.-historisch-overzicht-aantal-leerlingen-per-schoolvestiging.csv",
    "duo/leerlingen-vo-per-vestiging-naar-onderwijstype-2019.csv",
    "duo/vsv-per-swv-2015.csv",
    "cbs/Indicatoren_jeugdzorg__gemeenten_24062023_110530.csv",
    "cbs/jeugdzorg-in-natura-gemeenten-2022.csv",
    "cbs/huishoudens_samenstelling_gemeentes.csv",
    "cbs/Regionale_kerncijfers_Nederland_2019.csv",
    "cbs/03759ned",
    "cbs/v4-csv-bundle",
)
"""What the starter figures are computed from, in loading order, below a folder of publishers' files."""

_CELL_COLUMNS = [name for name in COLUMNS if name != "indicator"]
_SOURCE_COLUMNS = [
    "name",
    "sha256",
    "size",
    "profile",
    "publisher",
    "title",
    "licence",
    "reference_date",
    "lines",
]


def load_starter(session: Session, *, by: str) -> int:
    """Fill an empty database with the starter figures, publish them, and return the version's number.

    Raises:
        LoadRefused: something is published already.
    """
    if get_published_version(session) is not None:
        raise LoadRefused("Er staan al cijfers in de database; de begincijfers zijn niet geladen.")
    store_areas(session, *_read_areas(FOLDER))
    _store_shares(session, FOLDER)
    version = stage(session, _read_parts(session, FOLDER, by=by), by=by)
    publish_in(session, version, by=by, turn=Turn("De cijfers waarmee dit dashboard begint."))
    return version


def _read_areas(folder: Path) -> tuple[list[AreaRow], list[SuccessionRow]]:
    areas = [area_row(row) for row in read_rows(folder / "regions.csv")]
    return areas, [succession_row(row) for row in read_rows(folder / "successions.csv")]


def _store_shares(session: Session, folder: Path) -> None:
    ids = region_ids(session)
    rows = [share_cells(row) for row in read_rows(folder / "shares.csv")]
    session.execute(
        insert(GemeenteSwv),
        [row | {"gemeente_id": ids[row.pop("gemeente")], "swv_id": ids[row.pop("swv")]} for row in rows],
    )


def _read_parts(session: Session, folder: Path, *, by: str) -> Iterator[tuple[SourceFile, Tidy]]:
    sources = {row["profile"]: starter_source(row, by=by) for row in read_rows(folder / "sources.csv")}
    session.add_all(sources.values())
    session.flush()
    statuses: dict[tuple[str, str, str], dict[tuple[str, str], PeriodStatus]] = {}
    for row in read_rows(folder / "slices.csv"):
        facts = row["profile"], row["division"], row["swv_route"]
        statuses.setdefault(facts, {})[row["indicator"], row["period"]] = PeriodStatus(row["status"])
    for (profile, division, route), by_period in statuses.items():
        indicators = sorted({indicator for indicator, _ in by_period})
        cells = pd.concat([_read_figures(folder, indicator) for indicator in indicators], ignore_index=True)
        yield sources[profile], Tidy(cells, by_period, (), division, SwvRoute(route) if route else None)


def _read_figures(folder: Path, indicator: str) -> pd.DataFrame:
    texts = ["period", "breakdown", "region", "status"]
    cells = pd.read_csv(
        folder / "figures" / f"{indicator}.csv",
        dtype=dict.fromkeys(texts, str),
        na_values={name: [""] for name in _CELL_COLUMNS if name not in texts},
        keep_default_na=False,
    )
    for low, high in zip(BOUNDS[::2], BOUNDS[1::2], strict=True):
        same = cells[high].astype(str) == "="
        cells = cells.assign(**{high: pd.to_numeric(cells[high].where(~same, cells[low]))})
    return cells.assign(indicator=indicator)[COLUMNS]


def build_starter(source: Path, target: Path = FOLDER) -> dict[str, int]:
    """Compute the starter files in `target` anew from publishers' files below `source`.

    Returns:
        indicator → number of cells.

    Raises:
        LoadRefused: a file is missing or refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/starter.sqlite")
        Base.metadata.create_all(db.engine)
        for name in FILES:
            report = load_file(db, source / name, by="begincijfers")
            if report.version_id is not None:
                publish(db, report.version_id, by="begincijfers", accept="begincijfers")
        with db.session() as session:
            counts = _write_all(session, target)
        db.close()
    return counts


def _write_all(session: Session, target: Path) -> dict[str, int]:
    version = get_published_version(session)
    assert version is not None  # noqa: S101 - build_starter just published one
    (target / "figures").mkdir(parents=True, exist_ok=True)
    _write_regions(session, target)
    _write_sources(session, target)
    indicators = sorted(
        set(session.scalars(select(VersionSlice.indicator).where(VersionSlice.version_id == version)))
    )
    return {indicator: _write_figures(session, target, version, indicator) for indicator in indicators}


def _write_regions(session: Session, target: Path) -> None:
    reference = load_reference(session)
    columns = ["code", "kind", "name", "province_code", "valid_from", "valid_to"]
    write_rows(target / "regions.csv", columns, map(attrgetter(*columns), reference.areas))
    columns = ["gemeente", "swv", "first_year", "last_year", "share", "is_whole", "weight_name"]
    write_rows(target / "shares.csv", columns, map(attrgetter(*columns), reference.shares))
    old, new = aliased(Region), aliased(Region)
    successions = (
        select(
            old.code,
            new.code,
            RegionSuccession.happened_on,
            RegionSuccession.inhabitants,
            RegionSuccession.share,
        )
        .join(old, old.id == RegionSuccession.old_region_id)
        .join(new, new.id == RegionSuccession.new_region_id)
        .order_by(RegionSuccession.happened_on, old.code, new.code)
    )
    names = ["old", "new", "happened_on", "inhabitants", "share"]
    write_rows(target / "successions.csv", names, session.execute(successions))


def _write_sources(session: Session, target: Path) -> None:
    used = select(Slice.source_file_id).distinct()
    sources = (
        select(*(getattr(SourceFile, name) for name in _SOURCE_COLUMNS))
        .where(SourceFile.id.in_(used))
        .order_by(SourceFile.profile)
    )
    write_rows(target / "sources.csv", _SOURCE_COLUMNS, session.execute(sources))
    slices = (
        select(
            SourceFile.profile, Slice.indicator, Slice.period, Slice.status, Slice.division, Slice.swv_route
        )
        .join(SourceFile, SourceFile.id == Slice.source_file_id)
        .order_by(SourceFile.profile, Slice.indicator, Slice.period)
    )
    columns = ["profile", "indicator", "period", "status", "division", "swv_route"]
    write_rows(target / "slices.csv", columns, session.execute(slices))


def _write_figures(session: Session, target: Path, version: int, indicator: str) -> int:
    cells = (
        select(
            VersionSlice.period,
            Observation.breakdown,
            Region.code,
            *(getattr(Observation, name) for name in _CELL_COLUMNS[3:]),
        )
        .join(Observation, Observation.slice_id == VersionSlice.slice_id)
        .join(Region, Region.id == Observation.region_id)
        .where(VersionSlice.version_id == version, VersionSlice.indicator == indicator)
        .order_by(VersionSlice.period, Observation.breakdown, Region.code)
    )
    rows = [_short(row) for row in session.execute(cells)]
    write_rows(target / "figures" / f"{indicator}.csv", _CELL_COLUMNS, rows)
    return len(rows)


def _short(row: tuple[Any, ...]) -> list[Any]:
    """The cell with `=` for an upper bound that equals the lower one."""
    cells = list(row)
    for name in BOUNDS[::2]:
        low = _CELL_COLUMNS.index(name)
        if cells[low] is not None and cells[low] == cells[low + 1]:
            cells[low + 1] = "="
    return cells
