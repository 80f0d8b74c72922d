"""Tidy figures into a version that nobody sees yet, in one transaction; of a long file piece by piece."""

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import LoadRefused
from app.indicators import Unit
from app.models import DataVersion, Observation, Region, Slice, SourceFile
from loaders.catalogue import load_catalogue
from loaders.findings import MOST_SHOWN, Check, Finding, Level
from loaders.region_store import region_ids
from loaders.tidy import BOUNDS, COLUMNS, Tidy

_CHUNK = 50_000
_FEWEST_TO_COPY = 1000
"""Of fewer rows, PostgreSQL's COPY does not earn its round trip."""

_NUMBERS = [*BOUNDS, "value"]
_COLUMNS = ["slice_id", "breakdown", "region_id", *_NUMBERS, "status", "estimated", "indirect", "source_row"]

_Row = tuple[Any, ...]


class Staging:
    """A new version in an open transaction, to which figures are added; `version_id` is its number.

    Keys are unique over all pieces together, whichever order they come in.
    """

    def __init__(self, session: Session, *, by: str) -> None:
        self._session = session
        self._ids = region_ids(session)
        self._slices: dict[tuple[str, str], int] = {}
        self._units = {indicator.id: indicator.unit for indicator in load_catalogue()}
        version = DataVersion(created_at=datetime.now(UTC), created_by=by)
        session.add(version)
        session.flush()
        self.version_id = version.id

    def add(self, source: SourceFile, tidy: Tidy) -> None:
        """Add the figures of one file, or of a piece of it.

        Raises:
            LoadRefused: a region has a second figure for the same thing; every row is named.
        """
        self._add_slices(source.id, tidy)
        cells = tidy.observations
        group = cells.groupby(["indicator", "period"], sort=False, observed=True)
        numbers = np.array([self._slices[key] for key in group.size().index], dtype=np.int64)
        places, codes = pd.factorize(cells["region"])
        regions = np.array([self._ids[code] for code in codes], dtype=np.int64)
        rows = cells.assign(slice_id=numbers[group.ngroup().to_numpy()], region_id=regions[places])
        order = _key_order(rows)
        for start in range(0, len(rows), _CHUNK):
            self._insert(rows.iloc[order[start : start + _CHUNK]])

    def slices(self, indicators: Container[str]) -> Iterator[tuple[str, str, pd.DataFrame]]:
        """(indicator, period, its cells) as the database has them now, by indicator and period."""
        columns = [
            getattr(Observation, name) for name in COLUMNS if name not in {"indicator", "period", "region"}
        ]
        names = [column.key for column in columns]
        for (indicator, period), number in sorted(self._slices.items()):
            if indicator not in indicators:
                continue
            query = (
                select(Region.code, *columns)
                .join(Region, Region.id == Observation.region_id)
                .where(Observation.slice_id == number)
            )
            # Columns at once and without the ORM: half the time of a frame made from its rows.
            rows = self._session.connection().execute(query).all()
            if not rows:
                continue
            cells = pd.DataFrame(dict(zip(["region", *names], zip(*rows, strict=True), strict=True)))
            numeric = cells.astype(dict.fromkeys([*_NUMBERS, "estimated", "indirect", "source_row"], float))
            yield indicator, period, numeric.assign(indicator=indicator, period=period)[COLUMNS]

    def _add_slices(self, source_id: int, tidy: Tidy) -> None:
        fresh = [
            Slice(
                version_id=self.version_id,
                source_file_id=source_id,
                indicator=indicator,
                period=period,
                status=status,
                unit=self._units.get(indicator, Unit.PERCENT),
                division=tidy.division,
                swv_route=tidy.swv_route,
            )
            for (indicator, period), status in sorted(tidy.statuses.items())
            if (indicator, period) not in self._slices
        ]
        self._session.add_all(fresh)
        self._session.flush()
        self._slices |= {(row.indicator, row.period): row.id for row in fresh}

    def _insert(self, cells: pd.DataFrame) -> None:
        rows = list(_rows(cells))
        try:
            with self._session.begin_nested():
                insert_observations(self._session, rows)
        except IntegrityError as error:
            if doubles := self._doubles(cells):
                raise LoadRefused(
                    "Het bestand zegt over dezelfde regio's twee dingen.", tuple(doubles)
                ) from error
            raise

    def _doubles(self, cells: pd.DataFrame) -> list[Finding]:
        keys = {number: key for key, number in self._slices.items()}
        codes = {number: code for code, number in self._ids.items()}
        found: list[Finding] = []
        for number, own in cells.groupby("slice_id"):
            query = select(Observation.breakdown, Observation.region_id, Observation.source_row).where(
                Observation.slice_id == number
            )
            before = {(breakdown, region): row for breakdown, region, row in self._session.execute(query)}
            for breakdown, region, row in own[["breakdown", "region_id", "source_row"]].itertuples(
                index=False
            ):
                if (breakdown, region) in before and len(found) < MOST_SHOWN:
                    indicator, period = keys[int(str(number))]
                    also = before[breakdown, region]
                    found.append(
                        Finding(
                            Level.STOP,
                            Check.DOUBLES,
                            "Een regio heeft voor dezelfde periode meer dan één cijfer."
                            + (f" Het stond ook op rij {also}." if also else ""),
                            "Haal de dubbele rijen uit het bestand, of haal het opnieuw op bij de bron.",
                            row=None if pd.isna(row) else int(row),
                            region=codes[region],
                            period=period,
                            indicator=indicator,
                        )
                    )
        return found


def stage(session: Session, parts: Iterable[tuple[SourceFile, Tidy]], *, by: str) -> int:
    """Put tidy figures into a new staged version, and return its number."""
    staging = Staging(session, by=by)
    for source, tidy in parts:
        staging.add(source, tidy)
    return staging.version_id


def _key_order(rows: pd.DataFrame) -> np.ndarray:
    """The places of the rows by primary key: a database that grows at its end grows fastest."""
    places, names = pd.factorize(rows["breakdown"])
    rank = np.argsort(np.argsort(np.asarray(names, dtype=object)))
    return np.lexsort((rows["region_id"], rank[places], rows["slice_id"]))


def _rows(cells: pd.DataFrame) -> Iterator[_Row]:
    """Plain tuples in the order of `_COLUMNS`; None for what is not there."""
    return zip(*(_plain(name, cells[name].to_numpy()) for name in _COLUMNS), strict=True)


def _plain(name: str, values: np.ndarray) -> list[Any]:
    """The values of a column as Python's own; None for a number that is not there."""
    if name not in _NUMBERS and name != "source_row":
        return list(values.tolist())
    is_nothing = np.isnan(values)
    if is_nothing.all():
        return [None] * len(values)
    if name == "source_row":
        values = np.where(is_nothing, 0, values).astype(np.int64)
    plain = values.astype(object)
    plain[is_nothing] = None
    return list(plain)


def insert_observations(session: Session, rows: list[_Row]) -> None:
    """Insert rows as plain tuples: no object and no dictionary per row. PostgreSQL copies long lists."""
    connection = session.connection()
    is_postgres = connection.dialect.name == "postgresql"
    names = ", ".join(_COLUMNS)
    if is_postgres and len(rows) >= _FEWEST_TO_COPY:
        driver = connection.connection.dbapi_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY observation ({names}) FROM STDIN") as copy:  # type: ignore[union-attr]
            for row in rows:
                copy.write_row(row)
        return
    mark = "%s" if is_postgres else "?"
    marks = ", ".join([mark] * len(_COLUMNS))
    connection.exec_driver_sql(f"INSERT INTO observation ({names}) VALUES ({marks})", rows)  # noqa: S608
