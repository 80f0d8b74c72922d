"""Password hashes, and which passwords are too easy to guess.

Hashes are argon2id at the cost that OWASP asks for (19 MiB, two passes, one lane). A password is taken as
typed, in Unicode's NFC form so that two keyboards agree on an accent, and is never cut.
"""

import functools
import secrets
import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from app.password_words import is_built_on_own_words, is_common

MIN_LENGTH = 12
MAX_LENGTH = 256
MAX_TYPED = 4 * MAX_LENGTH
"""No password of `MAX_LENGTH` characters takes more to type: NFC makes at most one character of four.

Looked at before normalising, whose time grows with the square of the length of a run of accents.
"""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """The argon2id hash to store, with its own salt and parameters.

    Raises:
        ValueError: the password is longer than `password_problems` allows.
    """
    return _HASHER.hash(_normalise(password))


def is_right_password(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`.

    Without a stored hash the answer is False, after the same work: who asks cannot tell by the clock whether
    an account exists. Nobody's password is longer than `MAX_TYPED`: the same work, and False.
    """
    can_be_right = stored is not None and len(password) <= MAX_TYPED
    try:
        is_right = _HASHER.verify(stored or dummy_hash(), _normalise(password[:MAX_TYPED]))
    except (VerificationError, InvalidHashError):
        return False
    return is_right and can_be_right


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _HASHER.check_needs_rehash(stored)


@functools.cache
def dummy_hash() -> str:
    """A hash of nobody's password, at today's cost. Ask for it once at start-up: the first time is slow."""
    return hash_password(secrets.token_urlsafe(32))


def make_password(own_words: frozenset[str] = frozenset()) -> str:
    """A random password that can be read aloud and typed over: `kq7m-x2vd-9hpt-c4rw` (79 bits).

    Drawn again in the rare case that chance wrote a word which our own rules refuse.
    """
    while True:
        password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        if not password_problems(password, own_words=own_words):
            return password


def password_problems(password: str, *, own_words: frozenset[str] = frozenset()) -> list[str]:
    """Why a new password is refused, as sentences for the person; empty if it is fine.

    Args:
        own_words: names that belong to this installation or person: regions, login, own name.
    """
    text = password if len(password) > MAX_TYPED else _normalise(password)
    if len(text) < MIN_LENGTH:
        return [f"Kies een wachtwoord van ten minste {MIN_LENGTH} tekens."]
    if len(text) > MAX_LENGTH:
        return [f"Kies een wachtwoord van ten hoogste {MAX_LENGTH} tekens."]
    if is_common(text):
        return ["Dit wachtwoord wordt veel gebruikt of is makkelijk te raden. Kies een ander wachtwoord."]
    if is_built_on_own_words(text, own_words, MIN_LENGTH):
        return [
            "Dit wachtwoord bestaat vooral uit een woord dat bij dit dashboard hoort, zoals de naam van uw "
            "regio, ‘welkom’, een maand of een seizoen. Kies een ander wachtwoord."
        ]
    return []


def _normalise(password: str) -> str:
    if len(password) > MAX_TYPED:
        raise ValueError(f"not a password: {len(password)} characters, at most {MAX_TYPED} are looked at")
    return unicodedata.normalize("NFC", password)
