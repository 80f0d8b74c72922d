"""Words that passwords are guessed with: a bundled list with its combinations, and an installation's own."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"

MIN_OWN_WORD = 4  # shorter names (Ede, Oss) count only where they are the whole password
SUFFIXES = ("", "1", "12", "123", "1234", "123456", "!", "1!", "123!", "01", "007", "2024", "2025", "2026")

_LOOK_ALIKES = str.maketrans("013457@$!", "oieastasi")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1234567890",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)


@functools.cache
def common_words() -> frozenset[str]:
    """The words that many people build a password on."""
    return _read_words(DATA / "common_passwords.txt")


@functools.cache
def standing_own_words() -> frozenset[str]:
    """The words of this dashboard, whatever the installation."""
    return _read_words(DATA / "own_words.txt")


def common_passwords() -> Iterator[str]:
    """The passwords that the list stands for: every word with the usual endings, and said twice."""
    for word in sorted(common_words()):
        yield word * 2
        for suffix in SUFFIXES:
            yield word + suffix
            yield word.capitalize() + suffix


def is_common(password: str) -> bool:
    """Whether a password is among the common ones, however it is dressed up.

    Capitals, digits and punctuation around it, look-alikes (`w3lk0m`), separators and repetition make no
    difference; neither does putting two common words after one another. `Welkom2026!!`, `password-monkey`,
    `qwertyuiop12` and `ababababababab` are common; `correct paard batterij nietje` is not.
    """
    text = _fold(password)
    if _is_run(_unit(text)) or len(set(text)) < 4:
        return True
    return any(_is_made_of(letters, common_words()) for letters in _readings(password))


def is_built_on_own_words(password: str, own_words: Iterable[str], min_rest: int) -> bool:
    """Whether what is left without own words could not stand as a password by itself.

    Digits and punctuation at the ends count for nothing: `Amsterdam123456!` leaves nothing, and
    `amsterdam mijn fiets piept altijd` leaves `mijnfietspieptaltijd`, which is long enough.
    """
    words = own_word_parts(own_words) | standing_own_words()
    return any(_is_mostly(letters, words, min_rest) for letters in _readings(password))


def own_word_parts(names: Iterable[str]) -> frozenset[str]:
    """Names as a guesser would try them: the whole name without spaces, and each of its words."""
    parts: set[str] = set()
    for name in names:
        pieces = re.findall(r"[a-z]+", _fold(name))
        parts.update(piece for piece in pieces if len(piece) >= MIN_OWN_WORD)
        parts.add("".join(pieces))
    return frozenset(parts - {""})


def _read_words(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith(("#", "[")) for word in line.split())


def _is_mostly(letters: str, words: frozenset[str], min_rest: int) -> bool:
    if _unit(letters) in words:
        return True
    rest = letters
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= MIN_OWN_WORD or word in standing_own_words():
            rest = rest.replace(word, "")
    return rest != letters and len(rest) < min_rest


def _readings(password: str) -> tuple[str, ...]:
    """The letters of a password, as written and with look-alikes read as letters; none if it has none."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", _fold(password))
    plain = re.sub(r"[\W\d_]", "", core)
    alike = re.sub(r"[\W\d_]", "", core.translate(_LOOK_ALIKES))
    return tuple(reading for reading in (plain, alike) if reading)


def _fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _unit(text: str) -> str:
    """The shortest piece whose repetition is the whole text: `welkomwelkom` → `welkom`."""
    position = (text + text).find(text, 1)
    return text[:position] if text else text


def _is_run(text: str) -> bool:
    """Whether a text walks along the alphabet, the digits or a keyboard, either way."""
    return any(text in run * 3 or text in run[::-1] * 3 for run in _RUNS)


def _is_made_of(letters: str, words: frozenset[str]) -> bool:
    """Whether the letters are one word or run, or two of them (each itself perhaps repeated)."""

    def is_word(part: str) -> bool:
        unit = _unit(part)
        return part in words or unit in words or (len(unit) > 2 and _is_run(unit))

    return is_word(letters) or any(
        is_word(letters[:cut]) and is_word(letters[cut:]) for cut in range(1, len(letters))
    )
