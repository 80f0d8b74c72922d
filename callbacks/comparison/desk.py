"""What the views of the comparison read, kept per edition: places, periods, chapters and single figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.cross_sections import CrossSection
from app.db import Database
from app.regions import RegionKind
from app.similarity import Similar, parse_weights
from loaders.areas import load_names
from loaders.atlas import Atlas, load_atlas
from loaders.catalogue import Catalogue
from loaders.cross_sections import (
    chapter_of,
    load_cross_section,
    load_cross_sections,
    load_latest_periods,
)
from loaders.divided import Reading
from loaders.observations import load_periods
from loaders.peer_groups import find_similar
from loaders.publication import Edition

KEPT_CHAPTERS = 6
"""How many chapters of a kind of region a process keeps: of all gemeenten some 5 MB each."""

KEPT_FIGURES = 24
"""How many single cross-sections it keeps, of at most 0.2 MB."""


@dataclass(frozen=True)
class Desk:
    """Where a view finds its figures; every function answers the same for the same edition."""

    db: Database
    catalogue: Catalogue
    atlas: Callable[[Edition], Atlas]
    latest: Callable[[Edition, RegionKind], Mapping[str, str]]
    periods: Callable[[Edition, str, RegionKind], list[str]]
    chapter: Callable[[Edition, RegionKind, str], Mapping[str, CrossSection]]
    figure: Callable[[Edition, RegionKind, str, str, str], CrossSection]
    similar: Callable[[Edition, str, str, str], Similar]
    names: Callable[[Edition, tuple[str, ...]], Mapping[str, str]]


def make_desk(db: Database, catalogue: Catalogue) -> Desk:
    """A desk whose answers are kept by this process; a new edition lets the old ones die."""

    @lru_cache(2)
    def atlas(edition: Edition) -> Atlas:
        with db.session() as session:
            return load_atlas(session, edition.version, catalogue)

    @lru_cache(16)
    def latest(edition: Edition, kind: RegionKind) -> Mapping[str, str]:
        with db.session() as session:
            return load_latest_periods(session, edition.version, kind)

    @lru_cache(128)
    def periods(edition: Edition, indicator: str, kind: RegionKind) -> list[str]:
        """Newest first, none after the last one that has figures of the kind."""
        last = latest(edition, kind).get(indicator, "")
        with db.session() as session:
            found = load_periods(session, edition.version, indicator)
        return [period for period in reversed(found) if period <= last]

    @lru_cache(KEPT_CHAPTERS)
    def chapter(edition: Edition, kind: RegionKind, name: str) -> Mapping[str, CrossSection]:
        wanted = [each for each in chapter_of(catalogue, name) if kind in each.levels]
        with db.session() as session:
            return load_cross_sections(session, edition.version, wanted, kind, latest(edition, kind))

    @lru_cache(KEPT_FIGURES)
    def figure(
        edition: Edition, kind: RegionKind, indicator: str, period: str, breakdown: str
    ) -> CrossSection:
        with db.session() as session:
            reading = Reading(session, edition.version, catalogue.indicators[indicator])
            return load_cross_section(reading, period, kind, breakdown=breakdown)

    @lru_cache(64)
    def similar(edition: Edition, region: str, weights: str, outcome: str) -> Similar:
        with db.session() as session:
            found = load_names(session, [region])[region]
        return find_similar(atlas(edition), found, parse_weights(weights), outcome=outcome)

    @lru_cache(16)
    def names(edition: Edition, codes: tuple[str, ...]) -> Mapping[str, str]:  # noqa: ARG001 - part of the key
        with db.session() as session:
            return {code: each.name for code, each in load_names(session, list(codes)).items()}

    return Desk(db, catalogue, atlas, latest, periods, chapter, figure, similar, names)
