"""What the views of the comparison read, kept per edition: places, periods, chapters and single figures."""

from collections.abc import Mapping
from functools import lru_cache

from app.cross_sections import CrossSection
from app.db import Database
from app.regions import RegionKind
from app.similarity import Similar, parse_weights
from app.wording import day, listing
from loaders.areas import load_names
from loaders.atlas import Atlas, load_atlas
from loaders.catalogue import Catalogue
from loaders.cross_sections import (
    load_cross_section,
    load_cross_sections,
    load_latest_periods,
)
from loaders.divided import Reading
from loaders.observations import load_periods, load_sources
from loaders.peer_groups import find_similar
from loaders.publication import Edition

MOST_TITLES = 4
"""With more tables than these the line counts the rest."""

KEPT_KINDS = 3
"""Of how many kinds of region a process keeps the last figures: of all gemeenten some 15 MB."""

KEPT_FIGURES = 24
"""How many single cross-sections it keeps, of at most 0.2 MB."""


class Desk:
    """Where a view finds its figures; every method answers the same for the same edition.

    What it answers is kept by this process; a new edition lets the old answers die.
    """

    def __init__(self, db: Database, catalogue: Catalogue) -> None:
        self.db, self.catalogue = db, catalogue
        self.atlas = lru_cache(2)(self._atlas)
        self.latest = lru_cache(16)(self._latest)
        self.periods = lru_cache(128)(self._periods)
        self.all_figures = lru_cache(KEPT_KINDS)(self._all_figures)
        self.figure = lru_cache(KEPT_FIGURES)(self._figure)
        self.similar = lru_cache(64)(self._similar)
        self.names = lru_cache(16)(self._names)
        self.source = lru_cache(64)(self._source)

    def _atlas(self, edition: Edition) -> Atlas:
        with self.db.session() as session:
            return load_atlas(session, edition.version, self.catalogue)

    def _latest(self, edition: Edition, kind: RegionKind) -> Mapping[str, str]:
        """indicator → its last period with figures of the kind."""
        with self.db.session() as session:
            return load_latest_periods(session, edition.version, kind)

    def _periods(self, edition: Edition, indicator: str, kind: RegionKind) -> list[str]:
        """Newest first, none after the last one that has figures of the kind."""
        last = self.latest(edition, kind).get(indicator, "")
        with self.db.session() as session:
            found = load_periods(session, edition.version, indicator)
        return [period for period in reversed(found) if period <= last]

    def chapter(self, edition: Edition, kind: RegionKind, name: str) -> Mapping[str, CrossSection]:
        """indicator → its last cross-section, for a chapter or, with '', for all."""
        found = self.all_figures(edition, kind)
        return {code: each for code, each in found.items() if name in ("", each.indicator.chapter)}

    def _all_figures(self, edition: Edition, kind: RegionKind) -> Mapping[str, CrossSection]:
        wanted = [each for each in self.catalogue if kind in each.levels]
        with self.db.session() as session:
            return load_cross_sections(session, edition.version, wanted, kind, self.latest(edition, kind))

    def _figure(
        self, edition: Edition, kind: RegionKind, indicator: str, period: str, breakdown: str
    ) -> CrossSection:
        with self.db.session() as session:
            reading = Reading(session, edition.version, self.catalogue.indicators[indicator])
            return load_cross_section(reading, period, kind, breakdown=breakdown)

    def _similar(self, edition: Edition, region: str, weights: str, outcome: str) -> Similar:
        with self.db.session() as session:
            found = load_names(session, [region])[region]
        return find_similar(self.atlas(edition), found, parse_weights(weights), outcome=outcome)

    def _source(self, edition: Edition, cells: tuple[tuple[str, str], ...]) -> str:
        """Where figures (indicator, period) come from, in one line.

        `Bron: DUO, Leerlingen bo en CBS, Jeugdzorg · gegevensversie 12 · geladen 3 november 2026`.
        """
        names, periods = {name for name, _ in cells}, {period for _, period in cells}
        with self.db.session() as session:
            found = load_sources(session, edition.version, names, periods)
        sources = [found[cell] for cell in cells if cell in found]
        if not sources:
            return ""
        titles = list(dict.fromkeys(f"{each.publisher}, {each.title}" for each in sources))
        rest = len(titles) - MOST_TITLES
        shown = [*titles[:MOST_TITLES], *([f"{rest} andere tabellen"] if rest > 0 else [])]
        loaded = day(max(each.loaded_at for each in sources))
        return f"Bron: {listing(shown)} · gegevensversie {edition.version} · geladen {loaded}"

    def _names(self, _edition: Edition, codes: tuple[str, ...]) -> Mapping[str, str]:
        with self.db.session() as session:
            return {code: each.name for code, each in load_names(session, list(codes)).items()}
