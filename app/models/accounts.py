"""People with an account: roles per region, sessions, one-time links, log-in attempts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime


class User(Base):
    """One person. `login` is lower case; without `password_hash` only a one-time link lets them in."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("login = lower(login)", name="login_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    grants: Mapped[list["Grant"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class Grant(Base):
    """A role in one region. `databeheerder` and `beheerder` are granted on `NL01`."""

    __tablename__ = "grant"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)  # app.access.Role


class LoginSession(Base):
    """A session that is alive while its row stands; the cookie holds a token of which this is the hash."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    browser: Mapped[str]  # short words for the account page, made from User-Agent
    preview_version: Mapped[int | None]  # the staged version that an administrator looks at in this session


class PasswordLink(Base):
    """A one-time link to set a password; only its hash is kept."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LoginAttempt(Base):
    """A failed (or still running) log-in, for the throttle; account and address only as keyed hashes."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_account", "account_hash", "address_hash", "at"),
        Index("ix_login_attempt_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str]
    address_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
