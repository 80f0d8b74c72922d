"""Saved views in the database: one transaction and one audit row per change."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import audit
from app.models import SavedView as Row
from app.saved_views import SavedView, ViewDraft, view_to_replace
from app.selections.kept import hold_person


def load_views(session: Session, user_id: int) -> list[SavedView]:
    """The views of one person, by name."""
    rows = session.scalars(select(Row).where(Row.user_id == user_id))
    views = [SavedView(row.name, row.path, row.query, row.id, row.created_at) for row in rows]
    return sorted(views, key=lambda view: (view.name.casefold(), view.id))


def save_view(
    session: Session, user_id: int, draft: ViewDraft, *, by: str, now: datetime, may_replace: bool = False
) -> int:
    """Keep a view, and give its number. Sent twice, the same form keeps one view.

    Raises:
        NameTaken: another view has the name, and `may_replace` does not say that it may go.
        SelectionRefused: there are as many views as one person may have.
    """
    hold_person(session, user_id)
    old = view_to_replace(draft, load_views(session, user_id), may_replace=may_replace)
    if old is not None and (old.name, old.address) == (draft.name, draft.address):
        return old.id
    if old is None:
        row = Row(user_id=user_id, name=draft.name, path=draft.path, query=draft.query, created_at=now)
        session.add(row)
    else:
        row = session.get_one(Row, old.id)
        row.name, row.path, row.query, row.created_at = draft.name, draft.path, draft.query, now
    session.flush()
    action = "saved_view.add" if old is None else "saved_view.replace"
    audit.record(session, by=by, action=action, subject=_subject(row.id))
    return row.id


def delete_view(session: Session, user_id: int, view_id: int, *, by: str) -> bool:
    """Remove a view; False if this person has no such view."""
    gone = session.execute(
        delete(Row).where(Row.id == view_id, Row.user_id == user_id).returning(Row.id)
    ).all()
    if gone:
        audit.record(session, by=by, action="saved_view.delete", subject=_subject(view_id))
    return bool(gone)


def _subject(view_id: int) -> str:
    return f"weergave {view_id}"
