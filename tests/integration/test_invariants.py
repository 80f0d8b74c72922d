"""What must hold whatever is loaded, in whatever order, on a real database."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from app.db import Database
from app.errors import LoadRefused
from app.models import Slice, VersionSlice
from loaders.duo import read_history
from loaders.files import TextTable, read_table
from loaders.observations import get_published_version
from loaders.publication import publish
from loaders.reference_store import load_reference
from tests.databases import PostgresFactory, SqliteFactory
from tests.integration.loads import BY, CELLS, HISTORY, SEEN, load_here, load_regions, load_version
from tests.samples.world import FIGURE_FILES, REGION_FILES, SAMPLES

Cells = frozenset[tuple[Any, ...]]
SMALL_FILES = ("vsv.csv", "leerlingen-vo.csv", "laag-inkomen-v4")

# Every example loads files: there are few of them, and a failing one is small enough as it is.
few = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def seen(db: Database) -> Cells:
    """Every cell that officers see, with all that is kept of it but who loaded it."""
    with db.session() as session:
        query = CELLS.join(VersionSlice, VersionSlice.slice_id == Slice.id)
        rows = session.execute(query.where(VersionSlice.version_id == get_published_version(session)))
        return frozenset(tuple(row) for row in rows)


def brought(db: Database, version: int) -> Cells:
    """Every cell of one load, whether published or not."""
    with db.session() as session:
        return frozenset(tuple(row) for row in session.execute(CELLS.where(Slice.version_id == version)))


def overlaid(base: Cells, own: Cells) -> Cells:
    """What a version shows: its own slices, and those of the version before it that it does not replace."""
    replaced = {cell[:2] for cell in own}
    return own | {cell for cell in base if cell[:2] not in replaced}


@pytest.fixture(scope="module")
def world(sqlite_factory: SqliteFactory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the invented regions and no figures, to copy."""
    kept = tmp_path_factory.mktemp("world") / "world.sqlite"
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        load_regions(db)
        db.close()
        shutil.copy(url.removeprefix("sqlite:///"), kept)
    return kept


@contextmanager
def copied(world: Path) -> Iterator[Database]:
    path = world.with_name("copy.sqlite")
    for leftover in world.parent.glob("copy.sqlite*"):
        leftover.unlink()
    shutil.copy(world, path)
    db = Database(f"sqlite:///{path}")
    try:
        yield db
    finally:
        db.close()


@pytest.fixture(scope="module")
def by_file(world: Path) -> dict[str, Cells]:
    """file → what it brings into a database that has no figures yet."""
    found = {}
    for name in FIGURE_FILES:
        with copied(world) as db:
            found[name] = brought(db, load_version(db, SAMPLES / name))
    assert all(found.values())
    return found


@few
@given(st.permutations(FIGURE_FILES))
def test_the_order_of_independent_files_does_not_matter(
    world: Path, by_file: dict[str, Cells], order: list[str]
) -> None:
    with copied(world) as db:
        for name in order:
            publish(db, load_version(db, SAMPLES / name), by=BY, accept=SEEN)

        assert seen(db) == frozenset().union(*by_file.values())


def facts(db: Database) -> dict[str, frozenset[Any]]:
    """Everything that figures take from region facts, without the numbers of rows."""
    with db.session() as session:
        reference = load_reference(session)
    return {
        "areas": frozenset(reference.areas),
        "shares": frozenset(reference.shares),
        "postcodes": frozenset(reference.swv_of_postcode.items()),
        "sites": frozenset(reference.postcode_of_site.items()),
        "memberships": frozenset(reference.memberships),
    }


@settings(few, max_examples=5)
@given(st.permutations(REGION_FILES))
def test_the_order_of_region_files_does_not_matter_when_what_is_refused_is_tried_again(
    world: Path, sqlite_factory: SqliteFactory, order: list[str]
) -> None:
    with copied(world) as db:
        expected = facts(db)
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        waiting = list(order)
        for _ in REGION_FILES:
            waiting = [name for name in waiting if not _is_loaded(db, name)]
        found = facts(db)
        db.close()

    assert waiting == []
    assert found == expected


def _is_loaded(db: Database, name: str) -> bool:
    try:
        load_here(db, SAMPLES / name)
    except LoadRefused:
        return False
    return True


fillings = st.lists(st.integers(1, 4), min_size=4, max_size=4)


@settings(few, max_examples=12)
@given(fillings)
@example([1, 1, 1, 1])
@example([4, 4, 4, 4])
def test_no_published_figure_leaves_out_a_way_to_fill_in_what_the_file_hides(
    world: Path, by_file: dict[str, Cells], filling: list[int]
) -> None:
    filled = _filled_in(filling)

    with copied(world) as db, db.session() as session:
        exact = read_history(filled, load_reference(session)).observations
    published = {cell[:2] + cell[4:6]: cell for cell in by_file[HISTORY]}
    keys = ["indicator", "period", "region", "breakdown"]
    assert {tuple(key) for key in exact[keys].to_numpy()} == set(published)
    for row in exact.to_dict("records"):
        bounds = published[tuple(row[key] for key in keys)][6:10]
        for name, low, high in zip(_PART_AND_WHOLE, bounds[::2], bounds[1::2], strict=True):
            assert pd.isna(row[name]) or low - 1e-9 <= row[name] <= high + 1e-9


_PART_AND_WHOLE = ("numerator_low", "denominator_low")


def _filled_in(filling: Sequence[int]) -> TextTable:
    """The sample of DUO's history with a number for each hidden cell."""
    content = (SAMPLES / HISTORY).read_bytes()
    assert content.count(b"<5") == len(filling)
    for number in filling:
        content = content.replace(b"<5", str(number).encode(), 1)
    return read_table(HISTORY, content)


acts = st.lists(st.one_of(st.sampled_from(SMALL_FILES), st.integers(0, 5)), min_size=4, max_size=10)


def act(db: Database, steps: Sequence[str | int]) -> None:
    """Load a file, or publish one of the versions so far, and look after each step at what is shown."""
    versions: list[int] = []
    shown: dict[int, Cells] = {}
    now: Cells = frozenset()
    for step in steps:
        if isinstance(step, str):
            report = load_here(db, SAMPLES / step)
            assert report.version_id is not None
            versions += [report.version_id] if report.is_new else []
        elif versions:
            version = versions[step % len(versions)]
            publish(db, version, by=BY, accept=SEEN)
            now = shown.setdefault(version, overlaid(now, brought(db, version)))
        assert seen(db) == now


@settings(few, max_examples=6)
@given(acts)
def test_a_version_shows_the_same_figures_whenever_it_comes_back(world: Path, steps: list[str | int]) -> None:
    with copied(world) as db:
        act(db, steps)


@pytest.mark.postgres
def test_a_version_shows_the_same_figures_on_postgresql(postgres_factory: PostgresFactory) -> None:
    with postgres_factory.fresh(migrated=True) as url:
        db = Database(url)
        load_regions(db)

        act(db, ["vsv.csv", 0, "leerlingen-vo.csv", 1, 0, 1, "laag-inkomen-v4", 0, 2, 1, "vsv.csv", 2])

        db.close()
