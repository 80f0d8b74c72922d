"""What a reviewer decides of a text: as it is, edited, or left out with a reason; some things never show."""

import pytest

from app.errors import SelectionRefused
from survey.texts import Choice, Decision, Reason, ReviewedQuestion, State, decided


def _decision(choice: Choice, *, edited: str = "", reason: str = "") -> Decision:
    return Decision("id", State.NEW, choice, edited, reason)


def test_a_text_may_be_shown_as_it_is() -> None:
    values = decided("Het overleg is goed.", _decision(Choice.SHOW, edited="iets anders", reason="kwetsend"))

    assert values == {"state": "getoond", "shown_text": "Het overleg is goed.", "reason": ""}


def test_a_text_may_be_shown_with_other_words() -> None:
    values = decided("Bel Jan.", _decision(Choice.EDIT, edited=" Bel de\r\ncollega. "))

    assert values == {"state": "getoond", "shown_text": "Bel de\ncollega.", "reason": ""}


@pytest.mark.parametrize("reason", list(Reason))
def test_a_text_is_left_out_with_a_reason(reason: Reason) -> None:
    values = decided("Bel Jan.", _decision(Choice.LEAVE_OUT, reason=reason))

    assert values == {"state": "weggelaten", "shown_text": "", "reason": reason}


@pytest.mark.parametrize("reason", ["", "zomaar", "Herkenbaar"])
def test_without_a_reason_nothing_is_left_out(reason: str) -> None:
    with pytest.raises(SelectionRefused) as refused:
        decided("Bel Jan.", _decision(Choice.LEAVE_OUT, reason=reason))

    assert refused.value.problems == {"reden": "Kies waarom u deze tekst weglaat."}


@pytest.mark.parametrize("text", ["Mail jan@example.org", "Bel 06 12345678", "Nummer 111222333"])
def test_p16_what_leads_to_a_person_is_not_shown_whoever_says_so(text: str) -> None:
    for choice, field in ((Choice.SHOW, "keuze"), (Choice.EDIT, "tekst")):
        with pytest.raises(SelectionRefused) as refused:
            decided(text, _decision(choice, edited=text))
        assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(
    ("edited", "words"),
    [
        ("", "Schrijf de tekst"),
        ("  \n ", "Schrijf de tekst"),
        ("x" * 601, "601 tekens"),
        ("a\0b", "niet te lezen"),
    ],
)
def test_an_edited_text_must_be_one_that_can_be_read(edited: str, words: str) -> None:
    with pytest.raises(SelectionRefused) as refused:
        decided("Bel Jan.", _decision(Choice.EDIT, edited=edited))

    assert words in refused.value.problems["tekst"]


@pytest.mark.parametrize(("total", "is_enough"), [(9, False), (10, True)])
def test_p08_texts_are_read_from_ten_of_a_question(total: int, is_enough: bool) -> None:  # noqa: FBT001
    assert ReviewedQuestion(1, "ib", 1, "Q1.14", total, new=3).is_enough is is_enough
