"""Own figures for tests: forms as bytes, figures planted without a form, and a number that nobody may see."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.db import Database
from app.indicators import TOTAL
from app.models import AuditEvent, OwnFigure, OwnGroup, OwnGroupMember, OwnUpload, Region
from app.regions import kind_of
from loaders.template import COLUMNS
from tests.integration.visitor import HTML, Visitor

PLACE = "/regio/{}/eigen-cijfers"
OWN_ROUTES = {
    "/regio": {"GET"},  # the region switch of a page that works without JavaScript
    "/regio/<region>/eigen-cijfers": {"GET", "POST"},
    "/regio/<region>/eigen-cijfers.csv": {"GET"},
    "/regio/<region>/eigen-cijfers/intrekken": {"POST"},
    "/regio/<region>/eigen-cijfers/sjabloon.csv": {"GET"},
    "/regio/<region>/eigen-cijfers/sjabloon.xlsx": {"GET"},
}
"""Address → methods, for the written list of all routes."""

TLV, PERIOD = "tlv-so-1000", "2024/25"
LONG_AGO = datetime.now(UTC) - timedelta(days=30)
CANARY = 876_543
"""A numerator of the own figures of PO2401: no answer to anybody but those of PO2401 may hold it."""

Row = Sequence[str]


def row(region: str = "PO2707", *, part: str = "120", period: str = PERIOD, indicator: str = TLV) -> Row:
    """One filled row of a form."""
    return (indicator, region, period, TOTAL, part, "40000", "", "", "")


def form(*rows: Row) -> bytes:
    """A form as csv."""
    return "\r\n".join(";".join(cells) for cells in (COLUMNS, *rows)).encode()


def offer(
    person: Visitor, region: str, content: bytes, name: str = "cijfers.csv", **data: str
) -> TestResponse:
    """Send a file as the page's form does."""
    fields = {"csrf_token": person.token("/account")} | data
    boundary, body = encode_multipart({**fields, "bestand": FileStorage(io.BytesIO(content), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    return person.client.post(PLACE.format(region), data=body, content_type=kind, headers=HTML)


def plant(
    db: Database, region: str, parts: Mapping[str, float], *, at: datetime = LONG_AGO, whole: float = 40_000
) -> int:
    """An upload with one figure per period, as if it had come by a form; its number."""
    with db.transaction() as session:
        region_id = session.scalar(select(Region.id).where(Region.code == region)) or _add(session, region)
        upload = OwnUpload(region_id=region_id, file_name="geplant.csv", sha256="0" * 64, at=at, by="test")
        session.add(upload)
        session.flush()
        for period, part in parts.items():
            session.add(_figure(upload.id, period, part, whole))
        return upload.id


def _add(session: Session, code: str) -> int:
    region = Region(
        code=code, kind=kind_of(code), name=f"Regio {code}", province_code=None, is_national=False
    )
    session.add(region)
    session.flush()
    return region.id


def _figure(upload_id: int, period: str, part: float, whole: float) -> OwnFigure:
    return OwnFigure(
        upload_id=upload_id,
        indicator=TLV,
        period=period,
        breakdown=TOTAL,
        numerator=part,
        denominator=whole,
        value=None,
        status="aanwezig",
        period_status="definitief",
        source_row=2,
    )


def counts(db: Database) -> dict[str, int]:
    """How many rows there are of everything that storing or taking back may touch."""
    tables = (OwnUpload, OwnFigure, OwnGroup, OwnGroupMember, AuditEvent)
    with db.session() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
        }
