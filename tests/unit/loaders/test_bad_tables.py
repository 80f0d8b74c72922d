"""Text tables that people and programs spoil: refused with row and reason, or read exactly."""

import pytest

from app.errors import LoadRefused
from loaders.files import Bundle, Problem, decode, read_table


def test_two_encodings_in_one_file_are_refused_with_the_row() -> None:
    with pytest.raises(LoadRefused, match="mengt twee tekensets") as caught:
        decode("x", "a;b\nCafé;1\n".encode() + b"Caf\xe9;2\n")

    assert [problem.row for problem in caught.value.problems if isinstance(problem, Problem)] == [2]


def test_the_column_names_once_more_are_refused_with_the_row() -> None:
    with pytest.raises(LoadRefused) as caught:
        read_table("x.csv", b"a;b\n1;2\na;b\n3;4\n")

    assert str(caught.value.problems[0]) == "[stop] x.csv, rij 3: de kolomnamen staan hier nog een keer."


def test_a_million_rows_of_nothing_are_no_rows() -> None:
    content = b"a;b\n1;2\n" + b" ; \n" * 1_000_000 + b"3;4\n"

    assert read_table("x.csv", content).numbers == (2, 1_000_003)


def test_explanations_below_the_source_belong_to_the_footer() -> None:
    table = read_table("x.csv", b"Naam;aantal\nA;1\nBron: CBS;\na Een voorlopig cijfer.;\n")

    assert table.rows == (("A", "1"),)
    assert table.footer == ("Bron: CBS", "a Een voorlopig cijfer.")


def test_lines_above_the_column_names_are_passed_over_when_asked() -> None:
    bundle = Bundle("x.csv", {"x.csv": b"Jeugdhulp; gemeenten\n\nNaam;aantal;deel\nA;1;2\n"})
    (head,) = [head for head in bundle.heads if head.columns[0] == "Naam"]

    assert bundle.table_at(head).rows == (("A", "1", "2"),)
