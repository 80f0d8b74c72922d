"""Making, changing and disabling accounts."""

import re
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit import record
from app.errors import AccountRefused
from app.models import LoginSession, PasswordLink, Region, User

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")
MAX_NAME_LENGTH = 120


def create_user(session: Session, login: str, name: str, *, by: str, is_demo: bool = False) -> User:
    """A new account without a password and without roles.

    Raises:
        AccountRefused: the login name is not one, or is taken.
    """
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise AccountRefused(
            f"{login!r} kan geen gebruikersnaam zijn: gebruik 2 tot 64 kleine letters, cijfers of . _ @ + -, "
            "en begin met een letter of cijfer."
        )
    if _find(session, login):
        raise AccountRefused(f"De gebruikersnaam {login} bestaat al.")
    user = User(
        login=login,
        name=_checked_name(name),
        password_hash=None,
        is_active=True,
        is_demo=is_demo,
        created_at=datetime.now(UTC),
        grants=[],
    )
    session.add(user)
    session.flush()
    record(session, by=by, action="account.create", subject=f"user:{login}")
    return user


def get_user(session: Session, login: str) -> User:
    """The account with this login name.

    Raises:
        AccountRefused: there is none.
    """
    user = _find(session, login.strip().lower())
    if user is None:
        raise AccountRefused(f"Er is geen account met gebruikersnaam {login!r}.")
    return user


def list_users(session: Session) -> list[User]:
    """Every account with its grants, by login name."""
    return list(session.scalars(select(User).order_by(User.login)))


def change_user(session: Session, login: str, *, name: str, by: str) -> User:
    """Give an account another name of a person."""
    user = get_user(session, login)
    user.name = _checked_name(name)
    record(session, by=by, action="account.change", subject=f"user:{user.login}", detail="naam")
    return user


def disable_user(session: Session, login: str, *, by: str) -> User:
    """Close an account: its sessions end now and its links no longer work."""
    user = get_user(session, login)
    user.is_active = False
    session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
    session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
    record(session, by=by, action="account.disable", subject=f"user:{user.login}")
    return user


def enable_user(session: Session, login: str, *, by: str) -> User:
    """Open a closed account again, with the password and roles it had."""
    user = get_user(session, login)
    user.is_active = True
    record(session, by=by, action="account.enable", subject=f"user:{user.login}")
    return user


def change_password(
    session: Session, user_id: int, password_hash: str, *, by: str, keep_session: str | None = None
) -> None:
    """Store the hash of a new password and end every session, but the one with token hash `keep_session`."""
    user = session.get_one(User, user_id)
    user.password_hash = password_hash
    ended = delete(LoginSession).where(LoginSession.user_id == user_id)
    if keep_session is not None:
        ended = ended.where(LoginSession.token_hash != keep_session)
    session.execute(ended)
    session.execute(
        delete(PasswordLink).where(PasswordLink.user_id == user_id, PasswordLink.used_at.is_(None))
    )
    record(session, by=by, action="password.change", subject=f"user:{user.login}")


def hold_account(session: Session, user_id: int, password_hash: str | None) -> bool:
    """Whether an account is open and still has the password that was checked before this transaction.

    While the transaction lasts nobody can change either: PostgreSQL locks the row, SQLite has one writer.
    """
    query = select(User.id).where(
        User.id == user_id, User.is_active.is_(True), User.password_hash == password_hash
    )
    return session.scalar(query.with_for_update()) is not None


def end_all_sessions(session: Session, login: str, *, by: str) -> int:
    """Log an account out everywhere; returns how many sessions ended."""
    user = get_user(session, login)
    ended = session.execute(
        delete(LoginSession).where(LoginSession.user_id == user.id).returning(LoginSession.token_hash)
    ).all()
    record(session, by=by, action="sessions.end", subject=f"user:{user.login}", detail=str(len(ended)))
    return len(ended)


def store_rehash(session: Session, user_id: int, old_hash: str, new_hash: str) -> None:
    """Keep the same password under a hash of today's cost, unless it was changed in the meantime."""
    session.execute(
        update(User).where(User.id == user_id, User.password_hash == old_hash).values(password_hash=new_hash)
    )


def load_own_words(session: Session, login: str, name: str) -> frozenset[str]:
    """The names that a guesser of this person's password would try: regions, login and own name."""
    return frozenset(session.scalars(select(Region.name).distinct())) | {login, name}


def _find(session: Session, login: str) -> User | None:
    return session.scalar(select(User).where(User.login == login))


def _checked_name(name: str) -> str:
    text = name.strip()
    if not text or len(text) > MAX_NAME_LENGTH or not text.isprintable():
        raise AccountRefused(f"Een naam heeft 1 tot {MAX_NAME_LENGTH} leesbare tekens.")
    return text
