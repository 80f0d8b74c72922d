"""What a form or a program sends becomes a value, or is refused in words."""

from typing import Any

import pytest

from survey.definition import Value
from survey.values import BadAnswer, parse_answer
from tests.unit.survey.examples import read_example


@pytest.mark.parametrize(
    ("name", "key", "raw", "value"),
    [
        ("route", "Q1.01", "ja", "ja"),
        ("route", "Q1.02", 5, 5),
        ("route", "Q1.02", "5", 5),
        ("route", "Q1.02", "9", 9),
        ("route", "Q1.02", "", None),
        ("route", "Q1.02", None, None),
        ("keuze", "Q1.02.smw", "1", 1),
        ("keuze", "Q1.01", "smw", ["smw"]),
        ("keuze", "Q1.01", ["jgz", "smw"], ["smw", "jgz"]),
        ("keuze", "Q1.01", [""], None),
        ("keuze", "Q1.01", [], None),
        ("keuze", "Q1.04", ["taken", "", "tijd"], ["taken", "tijd"]),
        ("keuze", "Q1.01.anders", "  de wijkagent ", "de wijkagent"),
        ("getallen", "Q1.01", 500, 500),
        ("getallen", "Q1.01", " 1 ", 1),
        ("getallen", "Q1.04", "-10", -10),
        ("getallen", "Q1.04", "−3", -3),
        ("getallen", "Q1.05", "10", 10),
        ("leeftijd", "Q1.02k", 5, 5),
        ("route", "Q1.04", "e\u0301e\u0301n", "één"),
        ("route", "Q1.04", "een\r\ntwee\tdrie\x00\u202e", "een\ntwee drie"),
        ("route", "Q1.04", "\ud800", None),
        ("route", "Q1.04", " \n ", None),
        ("route", "Q1.04", "x" * 600, "x" * 600),
        ("route", "Q1.04", "e\u0301" * 600, "é" * 600),
    ],
)
def test_an_answer_becomes_a_value(name: str, key: str, raw: Any, value: Value | None) -> None:
    parsed = parse_answer(read_example(name), key, raw)

    assert parsed == value
    assert type(parsed) is type(value)


PICK = "Kies een van de antwoorden die bij de vraag staan."
WHOLE = "Vul een heel getal in, met alleen cijfers."


@pytest.mark.parametrize(
    ("name", "key", "raw", "words"),
    [
        ("route", "Q1.99", 1, "Deze vraag hoort niet bij de vragenlijst."),
        ("route", "Q1.01.anders", "x", "Deze vraag hoort niet bij de vragenlijst."),
        ("keuze", "Q1.02", 1, "Deze vraag hoort niet bij de vragenlijst."),
        ("keuze", "Q1.02.geen", 1, "Deze vraag hoort niet bij de vragenlijst."),
        ("route", "Q1.01", "misschien", PICK),
        ("route", "Q1.01", ["ja"], PICK),
        ("route", "Q1.02", True, PICK),
        ("route", "Q1.02", 1.0, PICK),
        ("route", "Q1.02", "١", PICK),
        ("route", "Q1.02", " 1", PICK),
        ("route", "Q1.02", 6, PICK),
        ("route", "Q1.02", 0, PICK),
        ("leeftijd", "Q1.02k", 9, PICK),
        ("keuze", "Q1.01", ["smw", "rood"], PICK),
        ("keuze", "Q1.01", ["smw", 1], PICK),
        ("keuze", "Q1.01", {"smw": True}, "Kies uit de antwoorden"),
        ("keuze", "Q1.01", ["smw"] * 1000, "Kies uit de antwoorden"),
        ("keuze", "Q1.01", ["smw", "smw"], "Hetzelfde antwoord is twee keer gekozen."),
        ("keuze", "Q1.01", ["smw", "geen"], "Kies ‘met niemand’ of iets anders, niet allebei."),
        ("keuze", "Q1.04", ["tijd", "geld", "taken", "anders"], "Kies er niet meer dan 3."),
        ("keuze", "Q1.01.anders", "x" * 101, "De tekst is 101 tekens lang. Er passen er 100."),
        ("getallen", "Q1.01", 501, "Vul een getal in van 0 tot en met 500."),
        ("getallen", "Q1.01", "-1", "Vul een getal in van 0 tot en met 500."),
        ("getallen", "Q1.04", 11, "Vul een getal in van −10 tot en met 10."),
        ("getallen", "Q1.05", 0, "Vul een getal in van 1 tot en met 10."),
        ("getallen", "Q1.01", True, WHOLE),
        ("getallen", "Q1.01", 3.0, WHOLE),
        ("getallen", "Q1.01", "3,5", WHOLE),
        ("getallen", "Q1.01", "1e3", WHOLE),
        ("getallen", "Q1.01", "9" * 5000, WHOLE),
        ("getallen", "Q1.01", [3], WHOLE),
        ("getallen", "Q1.01", "  ", "Vul een getal in, of laat het veld leeg."),
        ("route", "Q1.04", 12, "Vul een tekst in."),
        ("route", "Q1.04", ["x"], "Vul een tekst in."),
        ("route", "Q1.04", "x" * 601, "De tekst is 601 tekens lang. Er passen er 600."),
        ("route", "Q1.04", "x" * 1_000_000, "De tekst is te lang. Er passen 600 tekens."),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_words(name: str, key: str, raw: Any, words: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        parse_answer(read_example(name), key, raw)

    assert words in str(refused.value)


def test_thousands_may_have_a_point() -> None:
    text_with_point = "1.000"

    with pytest.raises(BadAnswer, match="tot en met 500"):
        parse_answer(read_example("getallen"), "Q1.01", text_with_point)
