"""Links to questionnaires, and the codes of receipts: derived from a key that the database does not hold.

A token is never kept: an invitation keeps a random nonce, from which the key makes the token again when a
mail is sent or a list of codes is printed, and the keyed hash by which it is found. A receipt follows from
the submission, so that a repeated request gives the same one; only its keyed hash stands with the answers.
"""

import hashlib
import hmac
import secrets
from typing import NewType

from app.config import Settings

Token = NewType("Token", str)
"""26 characters that open one questionnaire, in the one writing that is hashed."""

LENGTH = 26
"""130 bits, five per character."""

HASH_LENGTH = 64
"""Of what the database finds a token by; a random id, which no token leads to, is shorter."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code on paper can be read aloud."""

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def survey_key(settings: Settings) -> bytes:
    """The key of every token and receipt of this installation."""
    if settings.survey_key:
        return settings.survey_key.encode()
    return hmac.digest(settings.secret_key.encode(), b"vragenlijsten", "sha256")


def make_nonce() -> str:
    """What an invitation or open link keeps: 128 random bits, of no use without the key."""
    return secrets.token_hex(16)


def make_id() -> str:
    """A random id of a draft, a response or an invitation: 128 bits, and no order."""
    return secrets.token_hex(16)


def token_of(key: bytes, nonce: str) -> Token:
    """The token of an invitation, an open link or a draft."""
    return Token(_letters(hmac.digest(key, f"link:{nonce}".encode(), "sha256")))


def token_hash(key: bytes, token: Token) -> str:
    """What the database finds a token by."""
    return hmac.new(key, f"hash:{token}".encode(), hashlib.sha256).hexdigest()


def receipt_of(key: bytes, submission_id: str) -> Token:
    """The code that the respondent keeps: the same for every repetition of one submission."""
    return Token(_letters(hmac.digest(key, f"ontvangst:{submission_id}".encode(), "sha256")))


def receipt_hash(key: bytes, receipt: Token) -> str:
    """What stands with the answers."""
    return hmac.new(key, f"ontvangsthash:{receipt}".encode(), hashlib.sha256).hexdigest()


def read_token(text: str) -> Token | None:
    """What a person typed or followed as a token; None for what cannot be one.

    Small letters, spaces, hyphens and the letters O, I and L are taken for what they look like.
    """
    if len(text) > 3 * LENGTH:
        return None
    plain = text.upper().translate(_ALIKE)
    return Token(plain) if len(plain) == LENGTH and all(each in ALPHABET for each in plain) else None


def spaced(token: Token) -> str:
    """A token in groups, as it stands on paper: `7M4KX-…`."""
    return "-".join(token[start : start + 5] for start in range(0, LENGTH, 5))


def _letters(digest: bytes) -> str:
    number = int.from_bytes(digest, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
