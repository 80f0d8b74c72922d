"""From a file to a staged version, and from a staged version to what officers see: one transaction each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.db import Database
from app.errors import LoadRefused
from app.indicators import TOTAL
from app.models import (
    DataVersion,
    LoadProblem,
    Observation,
    Publication,
    Slice,
    SourceFile,
)
from loaders.catalogue import Catalogue, load_catalogue
from loaders.files import Bundle, Problem, read_path
from loaders.profiles import Profile, check_needs, find_profile
from loaders.publication import renew_edition
from loaders.reference import Reference, load_reference
from loaders.region_store import region_ids
from loaders.tidy import KEYS, Tidy

_CHUNK = 20_000


@dataclass(frozen=True)
class LoadReport:
    """What a load did. `version_id` is None for region facts, which hold from then on for every next load."""

    file: str
    profile: str
    version_id: int | None
    observations: int = 0
    problems: tuple[Problem, ...] = ()
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list: what it brought, and whether officers see it now."""

    id: int
    state: str
    is_current: bool
    file: str
    sha256: str
    created_at: datetime
    created_by: str
    published_at: datetime | None
    published_by: str | None


def load_file(db: Database, path: Path, *, by: str) -> LoadReport:
    """Read one file, folder or zip into a new staged version; a file that was loaded before changes nothing.

    Raises:
        LoadRefused: the file cannot be read, is not recognised, or holds anything wrong; nothing is kept.
    """
    bundle = read_path(path)
    profile = find_profile(bundle)
    with db.session() as session:
        if known := _known(session, bundle, profile):
            return known
        reference = load_reference(session)
    check_needs(profile, reference)
    try:
        if profile.store is not None:
            return _store_facts(db, profile, bundle, by=by)
        return _stage_figures(db, profile, bundle, reference, by=by)
    except IntegrityError:
        with db.session() as session:
            if known := _known(session, bundle, profile):  # somebody loaded it while we were reading
                return known
        raise


def _stage_figures(
    db: Database, profile: Profile, bundle: Bundle, reference: Reference, *, by: str
) -> LoadReport:
    assert profile.read is not None  # noqa: S101 - a Profile without `store` has it
    tidy = profile.read(bundle, reference)
    check_against_catalogue(tidy, load_catalogue(), set(reference.by_code))
    with db.transaction() as session:
        source = _add_source(session, bundle, profile, by=by)
        version = stage(session, [(source, tidy)], by=by)
        audit.record(session, by=by, action="load", subject=f"versie {version}", detail=bundle.name)
    return LoadReport(bundle.name, profile.title, version, len(tidy.observations), tidy.problems)


def _known(session: Session, bundle: Bundle, profile: Profile) -> LoadReport | None:
    query = (
        select(SourceFile.id, Slice.version_id)
        .outerjoin(Slice, Slice.source_file_id == SourceFile.id)
        .where(
            SourceFile.sha256 == bundle.sha256,
            SourceFile.profile == profile.name,
            SourceFile.is_starter.is_(False),
        )
        .limit(1)
    )
    row = session.execute(query).first()
    return LoadReport(bundle.name, profile.title, row[1], is_new=False) if row else None


def _store_facts(db: Database, profile: Profile, bundle: Bundle, *, by: str) -> LoadReport:
    assert profile.store is not None  # noqa: S101 - the caller looked
    with db.transaction() as session:
        problems = profile.store(session, bundle)
        renew_edition(session)
        _add_source(session, bundle, profile, by=by)
        audit.record(session, by=by, action="load", subject="regiogegevens", detail=bundle.name)
    return LoadReport(bundle.name, profile.title, None, problems=tuple(problems))


def _add_source(session: Session, bundle: Bundle, profile: Profile, *, by: str) -> SourceFile:
    source = SourceFile(
        name=bundle.name,
        sha256=bundle.sha256,
        size=bundle.size,
        profile=profile.name,
        publisher=profile.publisher,
        title=profile.title,
        licence=profile.licence,
        reference_date=None,
        lines=bundle.lines,
        is_starter=False,
        loaded_at=datetime.now(UTC),
        loaded_by=by,
    )
    session.add(source)
    session.flush()
    return source


def check_against_catalogue(tidy: Tidy, catalogue: Catalogue, regions: set[str]) -> None:
    """Nothing, if every cell belongs to a known indicator, breakdown, level and region, once.

    Raises:
        LoadRefused: naming what does not.
    """
    cells = tidy.observations
    problems = [Problem(f"{code} is een onbekende regio.") for code in sorted(set(cells["region"]) - regions)]
    for indicator_id, breakdown in (
        cells[["indicator", "breakdown"]].drop_duplicates().itertuples(index=False)
    ):
        indicator = catalogue.get(indicator_id)
        if indicator is None:
            problems.append(Problem(f"{indicator_id!r} staat niet in de catalogus."))
        elif breakdown != TOTAL and breakdown not in {category.code for category in indicator.categories}:
            problems.append(Problem(f"{indicator_id!r} heeft geen uitsplitsing {breakdown!r}."))
    if cells.duplicated(KEYS).any():
        problems.append(Problem("Een regio heeft voor dezelfde periode meer dan één cijfer."))
    if problems:
        raise LoadRefused("Het bestand past niet bij de catalogus.", tuple(problems))


def stage(session: Session, parts: Iterable[tuple[SourceFile, Tidy]], *, by: str) -> int:
    """Put tidy figures into a new staged version, and return its number."""
    version = DataVersion(created_at=datetime.now(UTC), created_by=by)
    session.add(version)
    session.flush()
    ids = region_ids(session)
    for source, tidy in parts:
        slices = _add_slices(session, version.id, source.id, tidy)
        _add_observations(session, tidy.observations, slices, ids)
        _add_problems(session, version.id, tidy.problems)
    return version.id


def _add_slices(session: Session, version_id: int, source_id: int, tidy: Tidy) -> dict[tuple[str, str], int]:
    slices: dict[tuple[str, str], int] = {}
    for (indicator, period), status in sorted(tidy.statuses.items()):
        row = Slice(
            version_id=version_id,
            source_file_id=source_id,
            indicator=indicator,
            period=period,
            status=status,
        )
        session.add(row)
        session.flush()
        slices[indicator, period] = row.id
    return slices


def _add_observations(
    session: Session, cells: pd.DataFrame, slices: dict[tuple[str, str], int], ids: dict[str, int]
) -> None:
    keys = zip(cells["indicator"], cells["period"], strict=True)
    rows = cells.assign(
        slice_id=[slices[key] for key in keys],
        region_id=cells["region"].map(ids),
    ).drop(columns=["indicator", "period", "region"])
    ordered = rows.sort_values(["slice_id", "breakdown", "region_id"])
    for start in range(0, len(ordered), _CHUNK):
        session.execute(insert(Observation), _records(ordered.iloc[start : start + _CHUNK]))


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    plain = rows.astype(object)
    return [
        dict(zip(plain.columns, values, strict=True))
        for values in plain.where(plain.notna(), None).to_numpy()
    ]


def _add_problems(session: Session, version_id: int, problems: Iterable[Problem]) -> None:
    session.add_all(
        LoadProblem(
            version_id=version_id,
            severity=problem.severity,
            sheet=problem.sheet,
            row=problem.row,
            column=problem.column,
            sentence=problem.sentence,
        )
        for problem in problems
    )


def list_versions(session: Session) -> list[VersionRow]:
    """Every version, newest first, one row per file it brought."""
    current = session.scalar(select(Publication.version_id))
    files = (
        select(Slice.version_id, SourceFile.name, SourceFile.sha256)
        .join(SourceFile, SourceFile.id == Slice.source_file_id)
        .distinct()
    ).subquery()
    query = (
        select(DataVersion, files.c.name, files.c.sha256)
        .join(files, files.c.version_id == DataVersion.id)
        .order_by(DataVersion.id.desc(), files.c.name)
    )
    return [
        VersionRow(
            version.id,
            version.state,
            version.id == current,
            name,
            sha256,
            version.created_at,
            version.created_by,
            version.published_at,
            version.published_by,
        )
        for version, name, sha256 in session.execute(query)
    ]


def starter_source(row: dict[str, str], *, by: str) -> SourceFile:
    """The record of a file whose figures came with the installation."""
    return SourceFile(
        name=row["name"],
        sha256=row["sha256"],
        size=int(row["size"]),
        profile=row["profile"],
        publisher=row["publisher"],
        title=row["title"],
        licence=row["licence"],
        reference_date=date.fromisoformat(row["reference_date"]) if row["reference_date"] else None,
        lines=int(row["lines"]),
        is_starter=True,
        loaded_at=datetime.now(UTC),
        loaded_by=by,
    )
