"""What tests of loading share: changed samples, rows counted, figures as officers see them."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.db import Database
from app.indicators import Figure
from app.models import Base, DataVersion, Observation, Region, Slice
from loaders.ingest import LoadOptions, LoadReport, load_file
from loaders.observations import get_published_version, load_series
from loaders.sandbox.parsing import read_here
from loaders.tidy import COLUMNS
from tests.samples.world import REGION_FILES, SAMPLES

BY = "tester"
HISTORY = "historie-po.csv"
SEEN = "gezien"
"""Why the warnings of an invented file are no objection."""


CELL = [getattr(Observation, name) for name in COLUMNS if name not in {"indicator", "period", "region"}]
CELLS = (
    select(Slice.indicator, Slice.period, Slice.status, Slice.division, Region.code, *CELL)
    .join(Observation, Observation.slice_id == Slice.id)
    .join(Region, Region.id == Observation.region_id)
)
"""Every cell with its slice: its keys, status and division, then the other columns of a tidy frame."""


def load_here(db: Database, path: Path, **choices: Any) -> LoadReport:
    """Load a file of our own without a process of its own: the same outcome, ten times sooner."""
    return load_file(db, path, by=BY, options=LoadOptions(**{"read": read_here} | choices))


def load_regions(db: Database) -> None:
    """Let the database know the invented regions."""
    for name in REGION_FILES:
        load_here(db, SAMPLES / name)


def load_version(db: Database, path: Path) -> int:
    """Load a file with figures, and give its version."""
    report = load_here(db, path)
    assert report.version_id is not None
    return report.version_id


def changed(tmp_path: Path, old: bytes, new: bytes, name: str = HISTORY) -> Path:
    """A sample with something replaced."""
    content = (SAMPLES / name).read_bytes()
    assert old in content
    path = tmp_path / name
    path.write_bytes(content.replace(old, new))
    return path


def count_rows(db: Database) -> dict[str, int]:
    """Rows per table; reports are left out, for a refusal writes one too."""
    with db.session() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in {"load_report", "load_finding"}
        }


def count_orphans(db: Database) -> int:
    """Observations whose slice is gone, and slices whose version is."""
    with db.session() as session:
        cells = select(func.count()).where(Observation.slice_id.not_in(select(Slice.id)))
        slices = select(func.count()).where(Slice.version_id.not_in(select(DataVersion.id)))
        return (session.scalar(cells) or 0) + (session.scalar(slices) or 0)


def visible_figures(db: Database, indicator: str = "ll-bao") -> dict[str, list[Figure]]:
    """Every figure of an indicator that officers see, by SWV and country."""
    with db.session() as session:
        version = get_published_version(session)
        return {} if version is None else load_series(session, version, indicator, ["NL01", "PO9001"])
