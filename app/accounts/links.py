"""One-time links to set a password: 256 random bits, kept as a hash, valid for half an hour, used once."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.people import change_password, get_user
from app.audit import record
from app.errors import AccountRefused
from app.models import PasswordLink, User
from app.tokens import hash_token, make_token

VALID_FOR = timedelta(minutes=30)


def make_password_link(session: Session, login: str, *, by: str) -> str:
    """The token of a new link for an account; earlier links stop working.

    Raises:
        AccountRefused: there is no such account, or it is disabled.
    """
    user = get_user(session, login)
    if not user.is_active:
        raise AccountRefused(f"Het account {user.login} is uitgeschakeld.")
    token = make_token()
    session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
    session.add(
        PasswordLink(
            token_hash=hash_token(token),
            user_id=user.id,
            expires_at=datetime.now(UTC) + VALID_FOR,
            used_at=None,
        )
    )
    record(session, by=by, action="password.link", subject=f"user:{user.login}")
    return token


def find_link_owner(session: Session, token: str) -> User | None:
    """Whose link this is, while it can be used; looking changes nothing."""
    return session.scalar(
        select(User)
        .join(PasswordLink, PasswordLink.user_id == User.id)
        .where(
            PasswordLink.token_hash == hash_token(token),
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > datetime.now(UTC),
            User.is_active.is_(True),
        )
    )


def use_password_link(session: Session, token: str, password_hash: str) -> User | None:
    """Store the password and end every session; None if the link was used or ran out in the meantime."""
    user = find_link_owner(session, token)
    if user is None:
        return None
    # The condition stands in the update: of two requests at once, one changes a row and the other none.
    used = session.execute(
        update(PasswordLink)
        .where(PasswordLink.token_hash == hash_token(token), PasswordLink.used_at.is_(None))
        .values(used_at=datetime.now(UTC))
        .returning(PasswordLink.user_id)
    ).one_or_none()
    if used is None:
        return None
    change_password(session, user.id, password_hash, by=user.login)
    return user
