"""Own figures in the database: stored wholly or not at all, listed, and taken back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import Session, aliased

from app import audit
from app.access import FillableRegion, OwnRegion
from app.indicators import CellStatus, PeriodStatus
from app.models import OwnFigure, OwnUpload, Region, User
from app.own_figures import CellKey, Change, OwnCell, Upload
from loaders.own_figures.offer import Offer
from loaders.own_figures.turns import STORING, wait_for_turn

_LAST_ID = 2**31 - 1


def store_offer(
    session: Session, region: FillableRegion, offer: Offer, *, name: str, by: str, now: datetime
) -> tuple[int, bool]:
    """(number of the upload, whether it is new): the same file as the last one changes nothing.

    Args:
        name: of the file, as the browser called it.
    """
    region_id = _region_id(session, region)
    wait_for_turn(session, STORING, region_id)
    if (same := _last_upload(session, region_id)) is not None and same.sha256 == offer.sha256:
        return same.id, False
    upload = OwnUpload(region_id=region_id, file_name=name, sha256=offer.sha256, at=now, by=by)
    session.add(upload)
    session.flush()
    session.add_all(_row(upload.id, cell) for cell in offer.cells)
    detail = f"upload {upload.id}, {len(offer.cells)} cijfers"
    audit.record(session, by=by, action="own_figures.store", subject=f"regio:{region}", detail=detail)
    session.flush()
    return upload.id, True


def withdraw(session: Session, region: FillableRegion, upload_id: int, *, by: str, now: datetime) -> bool:
    """Take one upload of a region back; False if it has no such upload, or it was taken back before."""
    changed = session.execute(
        update(OwnUpload)
        .where(
            OwnUpload.id == upload_id,
            OwnUpload.region_id == _region_id(session, region),
            OwnUpload.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now, withdrawn_by=by)
        .returning(OwnUpload.id)
    ).all()
    if changed:
        detail = f"upload {upload_id}"
        audit.record(session, by=by, action="own_figures.withdraw", subject=f"regio:{region}", detail=detail)
    return bool(changed)


def list_uploads(session: Session, region: OwnRegion) -> list[Upload]:
    """Every upload of a region, the newest first, with the number of figures in each, and people by name."""
    uploader, withdrawer = aliased(User), aliased(User)
    rows = session.execute(
        select(
            OwnUpload.id,
            OwnUpload.file_name,
            OwnUpload.at,
            func.coalesce(uploader.name, OwnUpload.by),
            func.count(OwnFigure.indicator),
            OwnUpload.withdrawn_at,
            func.coalesce(withdrawer.name, OwnUpload.withdrawn_by),
        )
        .join(Region, Region.id == OwnUpload.region_id)
        .outerjoin(uploader, uploader.login == OwnUpload.by)
        .outerjoin(withdrawer, withdrawer.login == OwnUpload.withdrawn_by)
        .outerjoin(OwnFigure, OwnFigure.upload_id == OwnUpload.id)
        .where(Region.code == region)
        .group_by(OwnUpload.id, uploader.name, withdrawer.name)
        .order_by(OwnUpload.id.desc())
    )
    return [Upload(*row) for row in rows]


def load_current(session: Session, region: OwnRegion) -> dict[CellKey, OwnCell]:
    """The figures of a region that count: of each cell that of its last upload that stands."""
    return _by_key(session.execute(_standing(region)))


def load_changes(session: Session, region: OwnRegion, upload_id: int) -> list[Change]:
    """What one upload of a region changed against those before it; nothing without such an upload."""
    if not 0 < upload_id <= _LAST_ID:
        return []
    before = _by_key(session.execute(_standing(region).where(OwnUpload.id < upload_id)))
    after = _by_key(session.execute(_standing(region).where(OwnUpload.id == upload_id)))
    changes = (Change(before.get(key), cell) for key, cell in after.items())
    return [each for each in changes if each.before is None or _content(each.before) != _content(each.after)]


def _content(cell: OwnCell) -> tuple[object, ...]:
    """All that a figure says, wherever it stood."""
    return cell.numerator, cell.denominator, cell.value, cell.status, cell.period_status


def _region_id(session: Session, region: str) -> int:
    return session.scalars(select(Region.id).where(Region.code == region)).one()


def _last_upload(session: Session, region_id: int) -> OwnUpload | None:
    """The newest upload that stands."""
    query = select(OwnUpload).where(OwnUpload.region_id == region_id, OwnUpload.withdrawn_at.is_(None))
    return session.scalar(query.order_by(OwnUpload.id.desc()).limit(1))


def _standing(region: OwnRegion) -> Select[tuple[str, ...]]:
    """The cells of every upload of a region that stands, oldest upload first."""
    columns = ("indicator", "period", "breakdown", "numerator", "denominator", "value", "status")
    query: Select[tuple[str, ...]] = (
        select(*(getattr(OwnFigure, name) for name in (*columns, "period_status", "source_row")))
        .join(OwnUpload, OwnUpload.id == OwnFigure.upload_id)
        .join(Region, Region.id == OwnUpload.region_id)
        .where(Region.code == region, OwnUpload.withdrawn_at.is_(None))
        .order_by(OwnUpload.id, OwnFigure.indicator, OwnFigure.period, OwnFigure.breakdown)
    )
    return query


def _by_key(rows: Iterable[Row[tuple[str, ...]]]) -> dict[CellKey, OwnCell]:
    """Of the same cell the later row goes."""
    cells = (_cell(*row) for row in rows)
    return {cell.key: cell for cell in cells}


def _cell(*row: object) -> OwnCell:
    indicator, period, breakdown, numerator, denominator, value, status, period_status, source_row = row
    return OwnCell(
        CellKey(indicator, period, breakdown),  # type: ignore[arg-type]
        numerator,  # type: ignore[arg-type]
        denominator,  # type: ignore[arg-type]
        value,  # type: ignore[arg-type]
        CellStatus(status),  # type: ignore[arg-type]
        PeriodStatus(period_status),  # type: ignore[arg-type]
        source_row,  # type: ignore[arg-type]
    )


def _row(upload_id: int, cell: OwnCell) -> OwnFigure:
    return OwnFigure(
        upload_id=upload_id,
        indicator=cell.key.indicator,
        period=cell.key.period,
        breakdown=cell.key.breakdown,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=cell.value,
        status=cell.status,
        period_status=cell.period_status,
        source_row=cell.source_row,
    )
