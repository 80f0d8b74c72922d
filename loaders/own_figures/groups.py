"""The values of groups: renewed at fixed moments by the rules of `app.disclosure`, and read as stored.

A page only reads what stands in `own_group`; the figures of other regions are read here, by `renew_groups`,
which the background worker runs once a day and nobody runs from a request.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit
from app.db import Database
from app.disclosure import Counted, Member, counted, group_value, next_group
from app.indicators import TOTAL, CellStatus, Indicator
from app.models import OwnFigure, OwnGroup, OwnGroupMember, OwnUpload, Region
from app.own_figures import ShownGroup
from app.regions import OWN_FIGURE_KINDS, RegionKind
from loaders.catalogue import Catalogue
from loaders.own_figures.turns import GROUPS, wait_for_turn

REST = timedelta(days=1)
"""A figure counts in a group only after this time: what is taken back on the same day never did."""

Place = tuple[str, str]
"""Indicator, period."""


class Candidate(NamedTuple):
    """What a region brings, and in which upload it stands."""

    counted: Counted
    upload_id: int


def renew_groups(db: Database, catalogue: Catalogue, *, by: str, now: datetime) -> int:
    """Show new values where the rules allow it, and give their number. A transaction per kind of region."""
    renewed = 0
    for kind in OWN_FIGURE_KINDS:
        with db.transaction() as session:
            wait_for_turn(session, GROUPS)
            renewed += _renew_kind(session, catalogue, kind, by=by, now=now)
    return renewed


def load_group_values(session: Session, kind: RegionKind) -> dict[Place, ShownGroup]:
    """What is shown now of the regions of a kind: (indicator, period) → value, regions, since when."""
    rows = session.execute(
        select(OwnGroup.indicator, OwnGroup.period, OwnGroup.value, OwnGroup.contributors, OwnGroup.at)
        .where(OwnGroup.kind == kind)
        .order_by(OwnGroup.id)
    )
    return {(row[0], row[1]): ShownGroup(*row[2:]) for row in rows}


def _renew_kind(session: Session, catalogue: Catalogue, kind: RegionKind, *, by: str, now: datetime) -> int:
    candidates = _load_candidates(session, catalogue, kind, now)
    shown = _load_members(session, catalogue, kind)
    number = 0
    for place, brought in candidates.items():
        indicator, before = catalogue.indicators[place[0]], shown.get(place, {})
        known = {code: member for code, (member, _) in before.items()}
        after = next_group(known, {code: each.counted for code, each in brought.items()}, indicator)
        value = group_value([each.counted for each in after.values()], indicator) if after else None
        if after is None or value is None:
            continue
        group = OwnGroup(indicator=place[0], period=place[1], kind=kind, at=now)
        group.contributors, group.value = value.contributors, value.value
        uploads = {code: upload_id for code, (_, upload_id) in before.items()}
        uploads |= {code: brought[code].upload_id for code in after if after[code] != known.get(code)}
        _store(session, group, after, uploads)
        number += 1
    if number:
        audit.record(session, by=by, action="own_groups.renew", subject=f"soort:{kind}", detail=f"{number}")
    return number


def _store(
    session: Session, group: OwnGroup, members: Mapping[str, Member], uploads: Mapping[str, int]
) -> None:
    session.add(group)
    session.flush()
    codes = session.execute(select(Region.code, Region.id).where(Region.code.in_(members)))
    session.add_all(
        OwnGroupMember(
            group_id=group.id,
            region_id=region_id,
            upload_id=uploads[code],
            is_renewed=members[code].is_renewed,
        )
        for code, region_id in codes
    )
    session.flush()


def _load_candidates(
    session: Session, catalogue: Catalogue, kind: RegionKind, now: datetime
) -> dict[Place, dict[str, Candidate]]:
    """What each region brings now, where it has stood for long enough."""
    rows = session.execute(
        select(*_CELL, Region.code, OwnUpload.id, OwnUpload.at)
        .join(OwnUpload, OwnUpload.id == OwnFigure.upload_id)
        .join(Region, Region.id == OwnUpload.region_id)
        .where(Region.kind == kind, OwnUpload.withdrawn_at.is_(None), OwnFigure.breakdown == TOTAL)
        .order_by(OwnUpload.id)
    )
    latest = {((row[0], row[1]), row[6]): row for row in rows}  # of the same cell the later upload goes
    found: dict[Place, dict[str, Candidate]] = defaultdict(dict)
    for (place, code), row in latest.items():
        indicator = _own(catalogue, place[0], kind)
        brought = _counted(indicator, row[2:6]) if indicator and row[8] <= now - REST else None
        if brought is not None:
            found[place][code] = Candidate(brought, row[7])
    return found


def _load_members(
    session: Session, catalogue: Catalogue, kind: RegionKind
) -> dict[Place, dict[str, tuple[Member, int]]]:
    """Of the values that are shown now: how each region counts in them, and by which upload."""
    last = select(func.max(OwnGroup.id)).where(OwnGroup.kind == kind)
    rows = session.execute(
        select(*_CELL, Region.code, OwnGroupMember.upload_id, OwnGroupMember.is_renewed)
        .join(OwnGroup, (OwnGroup.indicator == OwnFigure.indicator) & (OwnGroup.period == OwnFigure.period))
        .join(
            OwnGroupMember,
            (OwnGroupMember.group_id == OwnGroup.id) & (OwnGroupMember.upload_id == OwnFigure.upload_id),
        )
        .join(Region, Region.id == OwnGroupMember.region_id)
        .where(
            OwnGroup.id.in_(last.group_by(OwnGroup.indicator, OwnGroup.period)), OwnFigure.breakdown == TOTAL
        )
    )
    found: dict[Place, dict[str, tuple[Member, int]]] = defaultdict(dict)
    for row in rows:
        indicator = catalogue.get(row[0])
        brought = _counted(indicator, row[2:6]) if indicator else None
        if brought is not None:
            found[row[0], row[1]][row[6]] = Member(brought, row[8]), row[7]
    return found


_CELL = (
    OwnFigure.indicator,
    OwnFigure.period,
    OwnFigure.numerator,
    OwnFigure.denominator,
    OwnFigure.value,
    OwnFigure.status,
)


def _counted(
    indicator: Indicator, numbers: tuple[float | None, float | None, float | None, str]
) -> Counted | None:
    numerator, denominator, value, status = numbers
    return counted(indicator, CellStatus(status), numerator=numerator, denominator=denominator, value=value)


def _own(catalogue: Catalogue, indicator_id: str, kind: RegionKind) -> Indicator | None:
    """The indicator, if regions of the kind may still fill it."""
    indicator = catalogue.get(indicator_id)
    return indicator if indicator and indicator.own_figures and kind in indicator.levels else None
