"""Which passwords are accepted, and how they are kept."""

import unicodedata
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from app.password_words import common_passwords, is_common
from app.passwords import (
    MAX_LENGTH,
    MAX_TYPED,
    dummy_hash,
    hash_password,
    is_right_password,
    make_password,
    needs_rehash,
    password_problems,
)

OWN = frozenset(
    {"Amsterdam", "Ede", "Hof van Twente", "'s-Hertogenbosch", "SWV PO 27-07 Amsterdam en Diemen"}
)

GOOD = [
    "vier gele fietsen piepen",
    "correct paard batterij nietje",
    "amsterdam mijn fiets piept altijd",
    "Xk7#mQ2$vL9!",
    "kq7m-x2vd-9hpt-c4rw",
    "83920174650193827461",
    "ΩΩΩ αβγ δεζ ηθι κλμ",
    "\N{CAT}\N{DOG}\N{HORSE}\N{COW}\N{PIG}\N{MOUSE}\N{RAT}\N{OX}\N{TIGER}\N{RABBIT}\N{DRAGON}\N{SNAKE}",
    " begint en eindigt leeg ",
    "geen hoofdletters of cijfers nodig",
]

GUESSABLE = [
    "Welkom2026!",
    "Zomer2026",
    "Amsterdam123",
    "Ede123",
    "Welkom2026!!!!",
    "welkomwelkom1",
    "Welkom2026!Welkom2026!",
    "W3lk0m2026!!!",
    "Zomer2026Zomer2026",
    "maart2026maart2026",
    "Amsterdam123456!",
    "Ede123456789012",
    "HofVanTwente2026!",
    "s-Hertogenbosch2026!",
    "SWV PO 27-07!!",
    "passend onderwijs 2026",
    "PassendOnderwijs!",
    "password-monkey",
    "qwertyuiop12",
    "123456789012",
    "aaaaaaaaaaaaaaaa",
    "abababababababab",
    "wachtwoord2026!",
    "Pässwörd2026!!!",
]


@pytest.mark.parametrize("password", GOOD)
def test_s01_any_characters_are_welcome_and_nothing_is_prescribed(password: str) -> None:
    assert password_problems(password, own_words=OWN) == []


@pytest.mark.parametrize("password", GUESSABLE)
def test_s02_what_a_guesser_tries_first_is_refused_however_it_is_lengthened(password: str) -> None:
    assert len(password_problems(password, own_words=OWN)) == 1


def test_s01_eleven_characters_are_too_few_and_twelve_are_enough() -> None:
    assert "ten minste 12" in password_problems("Xk7#mQ2$vL9")[0]
    assert password_problems("Xk7#mQ2$vL9!") == []


def test_s01_at_least_128_characters_are_accepted() -> None:
    long = "vier gele fietsen piepen " * 10

    assert password_problems(long[:128]) == []
    assert password_problems(long[:MAX_LENGTH]) == []
    assert "ten hoogste 256" in password_problems("x1" * 200)[0]


def test_s02_the_bundled_list_holds_more_than_three_thousand_and_refuses_each() -> None:
    passwords = set(common_passwords())

    accepted = [password for password in passwords if not is_common(password)]

    assert len(passwords) >= 3000
    assert accepted == []


@given(
    st.sampled_from(sorted(set(common_passwords()))), st.sampled_from(["", "!", "123", "2026", "!!!!!!!!"])
)
def test_s02_a_common_password_with_an_ending_is_refused(password: str, ending: str) -> None:
    assert password_problems(password + ending) != []


def test_s03_the_hash_is_argon2id_at_the_cost_owasp_asks_for(costly_hashes: None) -> None:
    stored = hash_password("vier gele fietsen piepen")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_rehash(stored)


def test_s03_two_hashes_of_one_password_differ() -> None:
    assert hash_password("vier gele fietsen piepen") != hash_password("vier gele fietsen piepen")


def test_s07_the_dummy_hash_costs_the_same_as_a_real_one(costly_hashes: None) -> None:
    assert dummy_hash().split("$")[1:4] == hash_password("x").split("$")[1:4]


def test_without_a_stored_hash_no_password_is_right() -> None:
    assert not is_right_password(None, "vier gele fietsen piepen")


def test_something_that_is_not_a_hash_lets_nobody_in() -> None:
    assert not is_right_password("plain text", "plain text")


def test_s01_the_two_ways_to_write_an_accent_are_one_password() -> None:
    composed, decomposed = unicodedata.normalize("NFC", "café Ω é"), unicodedata.normalize("NFD", "café Ω é")

    assert composed != decomposed
    assert is_right_password(hash_password(composed), decomposed)


@pytest.mark.parametrize(
    "other", ["vier gele fietsen piepen ", "Vier gele fietsen piepen", "vier gele fietsen piepe"]
)
def test_s01_nothing_is_trimmed_lowered_or_cut(other: str) -> None:
    assert not is_right_password(hash_password("vier gele fietsen piepen"), other)


def test_s01_the_last_of_many_characters_counts() -> None:
    stored = hash_password("x" * 200 + "a")

    assert is_right_password(stored, "x" * 200 + "a")
    assert not is_right_password(stored, "x" * 200 + "b")


@pytest.fixture
def normalised(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that were normalised: work that grows with their square."""
    lengths: list[int] = []
    normalise = unicodedata.normalize

    def watch(form: Any, text: str) -> str:
        lengths.append(len(text))
        return normalise(form, text)

    monkeypatch.setattr(unicodedata, "normalize", watch)
    return lengths


ACCENTS = "a" + "\u0316\u0301" * 2000


def test_s06_a_very_long_password_is_not_normalised(normalised: list[int]) -> None:
    stored = hash_password("vier gele fietsen piepen")

    answers = [is_right_password(stored, ACCENTS), is_right_password(None, ACCENTS)]

    assert answers == [False, False]
    assert "ten hoogste 256" in password_problems(ACCENTS)[0]
    assert max(normalised) <= MAX_TYPED


def test_s07_a_very_long_password_takes_a_hash_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    hasher = PasswordHasher()

    def verify(stored: str, password: str) -> bool:
        verified.append(stored)
        return hasher.verify(stored, password)

    stored, nobodys = hash_password("vier gele fietsen piepen"), dummy_hash()
    monkeypatch.setattr("app.passwords._HASHER", SimpleNamespace(verify=verify))

    is_right_password(stored, ACCENTS)
    is_right_password(None, ACCENTS)

    assert verified == [stored, nobodys]


def test_s01_the_longest_password_in_the_longest_writing_is_accepted() -> None:
    composed = "\N{GREEK CAPITAL LETTER OMEGA WITH DASIA AND PERISPOMENI AND PROSGEGRAMMENI}" * MAX_LENGTH
    typed = unicodedata.normalize("NFD", composed)

    assert len(typed) == MAX_TYPED
    assert is_right_password(hash_password(composed), typed)


def test_what_is_too_long_for_a_password_gets_no_hash() -> None:
    with pytest.raises(ValueError, match="not a password"):
        hash_password("x" * (MAX_TYPED + 1))


def test_s01_what_lies_beyond_the_longest_typing_is_not_cut_off() -> None:
    stored = hash_password("x" * MAX_TYPED)

    assert not is_right_password(stored, "x" * MAX_TYPED + "y")


def test_s04_made_passwords_differ_and_would_be_accepted() -> None:
    made = {make_password(OWN) for _ in range(100)}

    assert len(made) == 100
    assert all(password_problems(password, own_words=OWN) == [] for password in made)
