"""What the database knows that checks hold a load against: regions, and the figures that officers see."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.indicators import TOTAL, PeriodStatus
from app.models import Observation, Publication, Region, Slice, SourceFile, VersionSlice
from loaders.catalogue import load_catalogue
from loaders.checks import MEASURES, Context, Published, PublishedPeriod, catalogue_bands
from loaders.reference import Reference


def load_context(
    session: Session, reference: Reference, today: date, *, allows_older: bool = False
) -> Context:
    """Everything that the checks of one load need; the session must stay open while they run."""
    catalogue = load_catalogue()
    return Context(
        catalogue=catalogue,
        known=frozenset(reference.by_code),
        division=lru_cache(maxsize=None)(lambda year: frozenset(reference.gemeenten(year))),
        today=today,
        published=load_published(session),
        bands=catalogue_bands(catalogue),
        allows_older=allows_older,
    )


def load_published(session: Session) -> Published:
    """The periods that officers see, and their totals when they are asked for."""
    version = session.scalar(select(Publication.version_id))
    return Published(_periods(session, version), _Totals(session, version))


def _periods(session: Session, version: int | None) -> Mapping[tuple[str, str], PublishedPeriod]:
    query = (
        select(
            VersionSlice.indicator,
            VersionSlice.period,
            Slice.status,
            Slice.version_id,
            SourceFile.reference_date,
        )
        .join(Slice, Slice.id == VersionSlice.slice_id)
        .join(SourceFile, SourceFile.id == Slice.source_file_id)
        .where(VersionSlice.version_id == version)
    )
    return {
        (indicator, period): PublishedPeriod(PeriodStatus(status), loaded_by, day)
        for indicator, period, status, loaded_by, day in session.execute(query)
    }


class _Totals:
    """(indicator, period) → the undivided figures that officers see, one row per region."""

    def __init__(self, session: Session, version: int | None) -> None:
        self._session = session
        self._version = version

    def __call__(self, indicator: str, period: str) -> pd.DataFrame:
        names = [name for name in MEASURES if name != "region"] + ["status"]
        query = (
            select(Region.code, *(getattr(Observation, name) for name in names))
            .select_from(VersionSlice)
            .join(Observation, Observation.slice_id == VersionSlice.slice_id)
            .join(Region, Region.id == Observation.region_id)
            .where(
                VersionSlice.version_id == self._version,
                VersionSlice.indicator == indicator,
                VersionSlice.period == period,
                Observation.breakdown == TOTAL,
            )
        )
        frame = pd.DataFrame(self._session.execute(query).all(), columns=["region", *names])
        return frame.astype(dict.fromkeys(names[:-1], float))
