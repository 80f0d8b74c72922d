"""A later version of the invented world, with one figure that changed."""

from datetime import timedelta

from sqlalchemy import select

from app.db import Database
from app.indicators import TOTAL, CellStatus, PeriodStatus
from app.models import (
    DataVersion,
    Observation,
    Publication,
    Region,
    Slice,
    SourceFile,
    VersionSlice,
)
from loaders.contents import number_periods
from tests.integration import world


def publish_again(db: Database, value: float) -> tuple[int, int]:
    """Publish a later version with a definitive figure for 2025; (number of the first, of the second)."""
    with db.transaction() as session:
        switch = session.get_one(Publication, 1)
        first, later = switch.version_id, world.NOW + timedelta(days=7)
        version = DataVersion(
            state="published", created_at=later, created_by="test", published_at=later, published_by="test"
        )
        session.add(version)
        session.flush()
        source = session.scalars(select(SourceFile.id)).first()
        new = Slice(
            version_id=version.id,
            source_file_id=source,
            indicator="ll-bao",
            period="2025",
            status=PeriodStatus.FINAL,
        )
        session.add(new)
        session.flush()
        for each in session.scalars(select(VersionSlice).where(VersionSlice.version_id == first)).all():
            is_new = (each.indicator, each.period) == ("ll-bao", "2025")
            slice_id = new.id if is_new else each.slice_id
            key = {"version_id": version.id, "indicator": each.indicator, "period": each.period}
            session.add(VersionSlice(**key, slice_id=slice_id, age=0))
        region = session.scalars(select(Region.id).where(Region.code == "PO2707")).one()
        session.add(
            Observation(
                slice_id=new.id,
                breakdown=TOTAL,
                region_id=region,
                numerator_low=value,
                numerator_high=value,
                status=CellStatus.PRESENT,
            )
        )
        number_periods(session, version.id)
        switch.version_id, switch.changed_at = version.id, later
        return first, version.id
