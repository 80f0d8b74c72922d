"""Sessions as rows: one that is deleted, idle for an hour or twelve hours old lets nobody in any more."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.auth.browsers import describe_browser
from app.db import Database
from app.models import DataVersion, LoginSession, User
from app.periods import SESSION_IDLE
from app.tokens import hash_token, make_token

ABSOLUTE_LIMIT = timedelta(hours=12)
_STILL_WAITING = (
    select(DataVersion.id)
    .where(DataVersion.id == LoginSession.preview_version, DataVersion.state == "staged")
    .scalar_subquery()
)
"""The version that a session looks at, for as long as it is neither published nor removed."""

TOUCH_AFTER = timedelta(minutes=1)
"""How stale "last seen" may be: not every click is worth a write."""


@dataclass(frozen=True)
class LiveSession:
    """A session that is alive, with the account it belongs to."""

    token_hash: str
    user_id: int
    login: str
    created_at: datetime
    last_seen_at: datetime
    browser: str
    preview_version: int | None = None

    @property
    def handle(self) -> str:
        """A name for forms, from which neither the cookie nor the row can be found."""
        return hash_token(self.token_hash)[:32]


def open_session(session: Session, user_id: int, user_agent: str) -> str:
    """Start a session and sweep up dead ones; returns the token for the cookie."""
    now, token = datetime.now(UTC), make_token()
    dead = or_(
        LoginSession.created_at <= now - ABSOLUTE_LIMIT, LoginSession.last_seen_at <= now - SESSION_IDLE
    )
    session.execute(delete(LoginSession).where(dead))
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            browser=describe_browser(user_agent),
        )
    )
    return token


def find_session(db: Database, token: str) -> LiveSession | None:
    """The live session behind a cookie's token, seen now; None if it ended or its account is disabled."""
    with db.session() as session:
        found = _load(session, LoginSession.token_hash == hash_token(token))
    if not found:
        return None
    live = found[0]
    if datetime.now(UTC) - live.last_seen_at > TOUCH_AFTER:
        _touch(db, live.token_hash)
    return live


def list_sessions(session: Session, user_id: int) -> list[LiveSession]:
    """The live sessions of an account, the latest first."""
    return _load(session, LoginSession.user_id == user_id)


def end_session(session: Session, token_hash: str) -> None:
    """End one session."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == token_hash))


def end_sessions(session: Session, user_id: int, *, keep: str | None = None) -> int:
    """End every session of an account but the one with token hash `keep`; returns how many ended."""
    query = delete(LoginSession).where(LoginSession.user_id == user_id).returning(LoginSession.token_hash)
    if keep is not None:
        query = query.where(LoginSession.token_hash != keep)
    return len(session.execute(query).all())


def set_preview(session: Session, token_hash: str, version_id: int | None) -> None:
    """Let one session look at a version that is not published; None ends that."""
    session.execute(
        update(LoginSession).where(LoginSession.token_hash == token_hash).values(preview_version=version_id)
    )


def _load(session: Session, condition: ColumnElement[bool]) -> list[LiveSession]:
    now = datetime.now(UTC)
    query = (
        select(
            LoginSession.token_hash,
            LoginSession.user_id,
            User.login,
            LoginSession.created_at,
            LoginSession.last_seen_at,
            LoginSession.browser,
            _STILL_WAITING,
        )
        .join(User, User.id == LoginSession.user_id)
        .where(
            condition,
            User.is_active.is_(True),
            LoginSession.created_at > now - ABSOLUTE_LIMIT,
            LoginSession.last_seen_at > now - SESSION_IDLE,
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.token_hash)
    )
    return [LiveSession(*row) for row in session.execute(query)]


def _touch(db: Database, token_hash: str) -> None:
    try:
        with db.passing_transaction() as session:
            session.execute(
                update(LoginSession)
                .where(LoginSession.token_hash == token_hash)
                .values(last_seen_at=datetime.now(UTC))
            )
    except OperationalError:
        # A long load holds SQLite's only write lock; the page goes on, and the next click tries again.
        return
