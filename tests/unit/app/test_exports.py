"""A download opens as a table in a Dutch spreadsheet, and nothing in it can run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports import csv_bytes, safe_text


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_texts_are_quoted_and_numbers_are_bare_with_a_decimal_comma() -> None:
    content = csv_bytes(["Regio", "Waarde"], [["Súdwest", 2.0125], ["x", -3], ["y", None], ["z", 1234567.0]])

    assert (
        content
        == ('\ufeff"Regio";"Waarde"\r\n"Súdwest";2,0125\r\n"x";-3\r\n"y";\r\n"z";1234567\r\n').encode()
    )


def test_remarks_stand_below_the_table_after_an_empty_line() -> None:
    assert read(csv_bytes(["a"], [[1]], ["Bron: DUO"])) == [["a"], ["1"], [], ["Bron: DUO"]]


def test_quotes_and_separators_in_a_text_stay_in_their_field() -> None:
    text = 'een "twee"; drie\r\nvier'

    assert read(csv_bytes(["a", "b"], [[text, "x"]]))[1] == [text, "x"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+31612345678",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "  =1",
        "\N{NO-BREAK SPACE}=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        " \N{IDEOGRAPHIC SPACE}＝1",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.org";"klik")',
    ],
)
def test_s26_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Almere", "2,0%", "−0,3", "'s-Hertogenbosch", "tussen 1 en 4", "a=b"])
def test_s26_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@given(st.text())
def test_s26_no_field_starts_with_a_sign_that_a_spreadsheet_runs(text: str) -> None:
    content = csv_bytes(["a"], [[text]]).decode("utf-8-sig")

    field = content.split("\r\n", 1)[1]
    assert field.startswith('"')
    assert not field[1:].lstrip().startswith(("=", "+", "-", "@", "\t"))
