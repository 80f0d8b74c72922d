"""Slowing down who guesses passwords, for all workers together.

An attempt takes a row before its password is looked at, in a transaction of its own: many at once cannot all
slip through. Attempts are counted per account *and* address, and per address; never per account alone, so
that a stranger cannot lock anybody out. Account and address are kept as keyed hashes only.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from app.errors import TooManyRequests
from app.models import LoginAttempt

WINDOW = timedelta(minutes=15)
MAX_PER_ACCOUNT_AND_ADDRESS = 5
MAX_PER_ADDRESS = 20


@dataclass(frozen=True)
class Attempt:
    """Who is being tried from where, as keyed hashes."""

    account_hash: str
    address_hash: str


def attempt_of(login: str, address: str, *, key: str) -> Attempt:
    """The attempt to count for a login name from a network address."""
    return Attempt(_keyed(key, "account", login), _keyed(key, "address", _network(address)))


def network_hash(address: str, *, key: str, purpose: str) -> str:
    """The keyed hash of the network that an address is in; another one for each purpose."""
    return _keyed(key, purpose, _network(address))


def reserve(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """Count one attempt, before its password is checked. `session` must be in a write transaction.

    Raises:
        TooManyRequests: there were too many in the last fifteen minutes; nothing is counted then.
    """
    _wait_for_turn(session, attempt)
    session.execute(delete(LoginAttempt).where(LoginAttempt.at <= now - WINDOW))
    waits = [
        _wait(session, _same_account(attempt), MAX_PER_ACCOUNT_AND_ADDRESS, now),
        _wait(session, LoginAttempt.address_hash == attempt.address_hash, MAX_PER_ADDRESS, now),
    ]
    if any(waits):
        minutes = -(-max(waits) // 60)
        raise TooManyRequests(
            "Er is te vaak een verkeerd wachtwoord ingevuld. "
            f"Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} opnieuw.",
            retry_after=max(waits),
        )
    session.add(LoginAttempt(account_hash=attempt.account_hash, address_hash=attempt.address_hash, at=now))


def clear(session: Session, attempt: Attempt) -> None:
    """Forget the attempts on this account from this address: the password was right."""
    session.execute(delete(LoginAttempt).where(_same_account(attempt)))


def _same_account(attempt: Attempt) -> ColumnElement[bool]:
    return and_(
        LoginAttempt.account_hash == attempt.account_hash, LoginAttempt.address_hash == attempt.address_hash
    )


def _wait(session: Session, condition: ColumnElement[bool], limit: int, now: datetime) -> int:
    """Seconds until the oldest counted attempt no longer counts; 0 while there are fewer than `limit`."""
    query = select(func.count(), func.min(LoginAttempt.at)).where(condition, LoginAttempt.at > now - WINDOW)
    count, oldest = session.execute(query).one()
    if count < limit:
        return 0
    return max(1, int((oldest + WINDOW - now).total_seconds()))


def _wait_for_turn(session: Session, attempt: Attempt) -> None:
    """Let attempts from one address count one after another.

    SQLite does so by itself, with one writer at a time; PostgreSQL needs a lock until the transaction ends.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int(attempt.address_hash[:15], 16)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def _keyed(key: str, purpose: str, text: str) -> str:
    return hmac.new(key.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    """What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
