"""Signs of a person in a free text are seen; ordinary sentences are left alone."""

import time

import pytest

from survey.free_text import has_bsn, must_go, warnings_of


@pytest.mark.parametrize("text", ["111222333", "Nr 111.222.333 van hem", "111 222 333", "1112-22-333"])
def test_a_number_that_passes_the_test_of_eleven_is_a_bsn(text: str) -> None:
    # 1·9 + 1·8 + 1·7 + 2·6 + 2·5 + 2·4 + 3·3 + 3·2 − 3 = 66 = 6 · 11
    assert has_bsn(text)


@pytest.mark.parametrize(
    "text", ["111222334", "1112223330", "000000000", "11122233", "111222333.5", "€ 1.500"]
)
def test_other_numbers_are_not(text: str) -> None:
    assert not has_bsn(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mail naar iemand@example.nl graag", "e-mailadres"),
        ("bel 06-12345678", "telefoonnummer"),
        ("bel 06 12 34 56 78", "telefoonnummer"),
        ("+31 6 12345678 is beter", "telefoonnummer"),
        ("0031612345678", "telefoonnummer"),
        ("078-1234567", "telefoonnummer"),
        ("hij is 111222333", "burgerservicenummer"),
    ],
)
def test_addresses_and_numbers_must_go(text: str, words: str) -> None:
    assert [words in each for each in must_go(text)] == [True]
    assert must_go(text)[0] in warnings_of(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Geboren op 12-03-2014.", "geboortedatum"),
        ("geboren 3 maart 2014", "geboortedatum"),
        ("Mijn zoon Sem wacht al lang", "‘Sem’"),
        ("juf Anja helpt goed", "‘Anja’"),
        ("Zij heet Noor.", "‘Noor’"),
        ("wij spraken met Jan van der Berg over", "‘Jan van der Berg’"),
    ],
)
def test_dates_and_names_are_only_warned_about(text: str, words: str) -> None:
    assert must_go(text) == []
    assert words in warnings_of(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Het duurt te lang. Wij wachten al 26 weken.",
        "School en hulpverlener praten goed met elkaar.",
        "In 2023-2024 ging het beter dan in 2022.",
        "De juf helpt, en mijn zoon vindt het fijn.",
        "Wij kregen 1.200 euro en 3 uur per week.",
        "Groep 7/8 heeft 25 kinderen @ school.",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert warnings_of(text) == []


@pytest.mark.parametrize("text", ["a" * 600, "1" * 600, "0 " * 300, "a@" * 300, "Aa van " * 85, "+31 " * 150])
def test_no_text_takes_long(text: str) -> None:
    start = time.thread_time()  # of this thread only: a busy machine is no fault of the code

    warnings_of(text)

    assert time.thread_time() - start < 0.5
