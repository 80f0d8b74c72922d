"""Random secrets that travel once, and what is kept of them."""

import hashlib
import secrets


def make_token() -> str:
    """A new secret of 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What the database keeps: nobody comes back from it to a token of this length."""
    return hashlib.sha256(token.encode()).hexdigest()
