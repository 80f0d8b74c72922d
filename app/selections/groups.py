"""Own groups of regions in the database: one transaction and one audit row per change."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app import audit
from app.errors import AccessDenied
from app.models import ComparisonGroup, ComparisonGroupRegion
from app.own_groups import GroupDraft, GroupMoved, OwnComparisonGroup, check_room
from app.regions import RegionKind
from app.selections.kept import hold_person

_TICK = timedelta(microseconds=1)


class Seen(NamedTuple):
    """Which group a form changes, and the stamp of what the person saw of it."""

    group_id: int
    stamp: str


def load_own_groups(session: Session, user_id: int, kind: RegionKind) -> list[OwnComparisonGroup]:
    """The groups of one person with regions of one kind, by name."""
    return [group for group in load_every_group(session, user_id) if group.kind is kind]


def load_every_group(session: Session, user_id: int) -> list[OwnComparisonGroup]:
    """The groups of one person, of every kind, by name."""
    groups = _load(session, _of_person(user_id))
    return sorted(groups, key=lambda group: (group.name.casefold(), group.id))


def load_own_group(session: Session, user_id: int, group_id: int) -> OwnComparisonGroup | None:
    """One group of one person; None if it does not exist or is another's."""
    found = _load(session, _of_person(user_id).where(ComparisonGroup.id == group_id))
    return found[0] if found else None


def save_group(
    session: Session, user_id: int, draft: GroupDraft, *, by: str, now: datetime, seen: Seen | None = None
) -> int:
    """Keep a group, and give its number. Sent twice, the same form keeps one group.

    Args:
        seen: the group that is changed; without it a new one is made.

    Raises:
        SelectionRefused: the name is taken, or there are as many groups as one person may have.
        GroupMoved: it was changed after the person looked.
        AccessDenied: this person has no such group of this kind.
    """
    hold_person(session, user_id)
    kept = load_every_group(session, user_id)
    if seen is None:
        if (same := next((group for group in kept if draft.is_kept_as(group)), None)) is not None:
            return same.id
        check_room(draft, kept)
        return _add(session, user_id, draft, by=by, now=now)
    current = next((group for group in kept if group.id == seen.group_id), None)
    if current is None or current.kind is not draft.kind:
        raise AccessDenied
    if draft.is_kept_as(current):
        return current.id
    if current.stamp != seen.stamp:
        raise GroupMoved
    check_room(draft, kept, changes=current.id)
    return _change(session, current, draft, by=by, now=now)


def delete_group(session: Session, user_id: int, group_id: int, *, by: str) -> bool:
    """Remove a group; False if this person has no such group."""
    gone = session.execute(
        delete(ComparisonGroup)
        .where(ComparisonGroup.id == group_id, ComparisonGroup.user_id == user_id)
        .returning(ComparisonGroup.id)
    ).all()
    if gone:
        audit.record(session, by=by, action="own_group.delete", subject=_subject(group_id))
    return bool(gone)


def _add(session: Session, user_id: int, draft: GroupDraft, *, by: str, now: datetime) -> int:
    row = ComparisonGroup(
        user_id=user_id,
        name=draft.name,
        kind=draft.kind,
        origin=draft.origin,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    _add_regions(session, row.id, draft)
    audit.record(session, by=by, action="own_group.add", subject=_subject(row.id), detail=_size(draft))
    return row.id


def _change(
    session: Session, current: OwnComparisonGroup, draft: GroupDraft, *, by: str, now: datetime
) -> int:
    row = session.get_one(ComparisonGroup, current.id)
    row.name = draft.name
    row.changed_at = max(now, current.changed_at + _TICK)  # a stamp never comes back
    session.execute(delete(ComparisonGroupRegion).where(ComparisonGroupRegion.group_id == current.id))
    _add_regions(session, current.id, draft)
    audit.record(session, by=by, action="own_group.change", subject=_subject(current.id), detail=_size(draft))
    return current.id


def _add_regions(session: Session, group_id: int, draft: GroupDraft) -> None:
    session.add_all(ComparisonGroupRegion(group_id=group_id, region_code=code) for code in draft.codes)
    session.flush()


def _of_person(user_id: int) -> Select[ComparisonGroup]:
    return select(ComparisonGroup).where(ComparisonGroup.user_id == user_id)


def _load(session: Session, query: Select[ComparisonGroup]) -> list[OwnComparisonGroup]:
    rows = session.scalars(query).all()
    members = session.execute(
        select(ComparisonGroupRegion.group_id, ComparisonGroupRegion.region_code)
        .where(ComparisonGroupRegion.group_id.in_([row.id for row in rows]))
        .order_by(ComparisonGroupRegion.region_code)
    )
    codes: dict[int, list[str]] = {row.id: [] for row in rows}
    for group_id, code in members:
        codes[group_id].append(code)
    return [
        OwnComparisonGroup(
            row.id, row.name, RegionKind(row.kind), tuple(codes[row.id]), row.origin, row.changed_at
        )
        for row in rows
    ]


def _subject(group_id: int) -> str:
    return f"eigen groep {group_id}"


def _size(draft: GroupDraft) -> str:
    return f"{len(draft.codes)} regio's"
