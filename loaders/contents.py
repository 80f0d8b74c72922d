"""Which slice a version shows for each indicator and period: its own, else that of the version before it."""

from sqlalchemy import ColumnElement, Select, delete, exists, func, insert, select, union_all, update
from sqlalchemy.orm import Session, aliased

from app.models import DataVersion, Publication, Slice, VersionSlice

_COLUMNS = ["version_id", "indicator", "period", "slice_id", "age"]


def stage_contents(session: Session, version_id: int) -> None:
    """Write down what a version would show that was loaded just now; call it last in the load.

    It waits for a publication that is under way, and a publication waits for it: the base is that of now.
    """
    switch = session.get(Publication, 1, with_for_update=True)
    fix_contents(session, version_id, switch.version_id if switch else None)


def fix_contents(session: Session, version_id: int, base_id: int | None) -> None:
    """Write down what a version shows: its own slices, for the rest those of the base."""
    _write(session, DataVersion.id == version_id, base_id)


def renew_staged(session: Session, base_id: int) -> None:
    """Write down anew what every version that waits would show, for another one is published now."""
    _write(session, DataVersion.state == "staged", base_id)


def _write(session: Session, which: ColumnElement[bool], base_id: int | None) -> None:
    waiting = select(DataVersion.id).where(which)
    old = delete(VersionSlice).where(VersionSlice.version_id.in_(waiting))
    session.execute(old, execution_options={"synchronize_session": False})
    own = select(Slice.version_id, Slice.indicator, Slice.period, Slice.id.label("slice_id")).where(
        Slice.version_id.in_(waiting)
    )
    parts = (own if base_id is None else union_all(own, _kept(which, base_id))).subquery()
    age = func.row_number().over(
        partition_by=(parts.c.version_id, parts.c.indicator), order_by=parts.c.period.desc()
    )
    session.execute(insert(VersionSlice).from_select(_COLUMNS, select(*parts.c, age)))


def _kept(which: ColumnElement[bool], base_id: int) -> Select[int, str, str, int]:
    """What the base shows and a version does not bring itself, for each of the versions."""
    brought = exists().where(
        Slice.version_id == DataVersion.id,
        Slice.indicator == VersionSlice.indicator,
        Slice.period == VersionSlice.period,
    )
    return (
        select(DataVersion.id, VersionSlice.indicator, VersionSlice.period, VersionSlice.slice_id)
        .select_from(VersionSlice)
        .join(DataVersion, which)
        .where(VersionSlice.version_id == base_id, ~brought)
    )


def number_periods(session: Session, version_id: int) -> None:
    """Give every period in a version its age within its indicator: 1 for the latest."""
    later = aliased(VersionSlice)
    age = (
        select(func.count())
        .where(
            later.version_id == VersionSlice.version_id,
            later.indicator == VersionSlice.indicator,
            later.period >= VersionSlice.period,
        )
        .scalar_subquery()
    )
    session.execute(
        update(VersionSlice)
        .where(VersionSlice.version_id == version_id)
        .values(age=age)
        .execution_options(synchronize_session=False)
    )
