"""Bytes become text tables whatever they look like, and what is no table is refused with a reason."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import LoadRefused
from loaders.files import (
    Bundle,
    Problem,
    Severity,
    bare_title,
    base_name,
    bundle,
    decode,
    parse_number,
    read_path,
    read_table,
)

TEXT = "Gemeente;Café\nDuinstad;één\n"


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
    ],
)
def test_every_encoding_of_the_publishers_gives_the_same_table(content: bytes, encoding: str) -> None:
    table = read_table("x.csv", content)

    assert table.encoding == encoding
    assert table.columns == ("Gemeente", "Café")
    assert table.rows == (("Duinstad", "één"),)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_follows_from_the_header(separator: str) -> None:
    table = read_table("x.csv", f"a{separator}b\n1{separator}2\n".encode())

    assert table.separator == separator
    assert table.rows == (("1", "2"),)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(line_end: str) -> None:
    table = read_table("x.csv", line_end.join(["a;b", "1;2", "3;4"]).encode())

    assert table.rows == (("1", "2"), ("3", "4"))
    assert table.numbers == (2, 3)


def test_comment_lines_after_a_byte_order_mark_are_set_apart() -> None:
    table = read_table("x.csv", "# eerste\n# tweede, met komma\na,b\n1,2\n".encode("utf-8-sig"))

    assert table.comments == ("# eerste", "# tweede, met komma")
    assert table.columns == ("a", "b")
    assert table.numbers == (4,)


@pytest.mark.parametrize(
    "line", ["Bron: CBS;https://example.org", "bron: DUO;", "© CBS;", "Source: CBS;2019"]
)
def test_a_footer_is_no_row(line: str) -> None:
    table = read_table("x.csv", f"Naam;aantal\nBronckhorst;1\n{line}\n".encode())

    assert table.rows == (("Bronckhorst", "1"),)
    assert table.footer[0].lower().startswith(("bron", "©", "source"))


def test_padding_is_taken_off_cells_and_column_names() -> None:
    table = read_table("x.csv", b'a ;"  b"\n  1 ;"     595"\n')

    assert table.columns == ("a", "b")
    assert table.rows == (("1", "595"),)


def test_empty_lines_are_no_rows_and_keep_the_numbers_of_the_file() -> None:
    table = read_table("x.csv", b"a;b\n\n1;2\n ; \n3;4\n")

    assert table.rows == (("1", "2"), ("3", "4"))
    assert table.numbers == (3, 5)


def test_a_quoted_cell_may_hold_separators_and_line_ends() -> None:
    table = read_table("x.csv", b'a;b\n1;"x;\ny"\n2;z\n')

    assert table.rows == (("1", "x;\ny"), ("2", "z"))
    assert table.numbers == (3, 4)


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_strange_mark_inside_a_cell_ends_no_row(mark: str) -> None:
    table = read_table("x.csv", f"a;b\n1;x{mark}y\n".encode())

    assert table.rows == (("1", f"x{mark}y"),)


def test_rows_that_do_not_fit_are_all_named_with_their_row() -> None:
    with pytest.raises(LoadRefused, match="2 rijen passen niet") as caught:
        read_table("x.csv", b"# c\na;b\n1;2\n1\n1;2;3\n")

    assert [str(problem) for problem in caught.value.problems] == [
        "[stop] x.csv, rij 4: 1 cellen, maar er zijn 2 kolommen.",
        "[stop] x.csv, rij 5: 3 cellen, maar er zijn 2 kolommen.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a;b;a\n1;2;3\n", "'a' komt meer dan één keer voor"),
        (b"a;b\n", "geen rijen"),
        (b"a;b\nBron: CBS;\n", "geen rijen"),
        (b"# alleen commentaar\n", "geen regel met kolomnamen"),
        (b"\n1;2\n", "geen regel met kolomnamen"),
        (b"zomaar een zin\nen nog een\n", "niet gescheiden"),
        (b'a;b\n1;"open\n', "niet te lezen"),
        (b"a;b\n1;" + b"x" * 200_000 + b"\n", "rij 2 is niet te lezen"),
        (b"a;" + b"x" * 200_000 + b"\n1;2\n", "niet te lezen"),
        (b"a;b\n1;\x00\n", "geen tekstbestand"),
        (b"\x89PNG\r\n\x1a\n\x00\x00;\x81\x8d", "geen tekstbestand"),
        (b"\xff\xfea", "geen tekstbestand"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(LoadRefused, match=reason):
        read_table("x.csv", content)


@pytest.mark.parametrize(
    "content", [b'{"a": 1}', b"", b"\x00\x01", b'{"a":"' + b"x" * 200_000 + b'","b":1}', b"a;a\n1;2\n"]
)
def test_looking_for_a_header_in_what_is_no_table_finds_none(content: bytes) -> None:
    assert Bundle("x", {"x": content}).header == ()


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_become_a_table_or_are_refused(content: bytes) -> None:
    try:
        table = read_table("x.csv", content)
    except LoadRefused:
        return
    assert all(len(row) == len(table.columns) for row in table.rows)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text("aé1,. ", min_size=1), st.text("bë2;\t ")), min_size=1))
def test_every_cell_comes_back_without_its_padding(rows: list[tuple[str, str]]) -> None:
    lines = "".join(f'x{left};"{right}"\n' for left, right in rows)

    table = read_table("x.csv", f"Links;Rechts\n{lines}".encode())

    assert table.rows == tuple((f"x{left}".strip(), right.strip()) for left, right in rows)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match=r"leeg\.csv is leeg"):
        read_path(_write(tmp_path, "leeg.csv", b""))


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match=r"weg\.csv kan niet worden gelezen"):
        read_path(tmp_path / "weg.csv")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match="is leeg"):
        read_path(tmp_path)


def test_an_enormous_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_BYTES", 10)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("was read"))

    with pytest.raises(LoadRefused, match="groter dan"):
        read_path(_write(tmp_path, "groot.csv", b"12345678901"))


def test_a_folder_is_refused_when_its_files_together_are_enormous(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MAX_BYTES", 10)
    _write(tmp_path, "een.csv", b"123456")
    _write(tmp_path, "twee.csv", b"123456")

    with pytest.raises(LoadRefused, match="groter dan"):
        read_path(tmp_path)


def test_a_zip_gives_its_files(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.zip", _zip({"a.csv": b"a;b\n1;2\n", "map/b.csv": b"x"}))

    assert read_path(path).members == {"a.csv": b"a;b\n1;2\n", "map/b.csv": b"x"}


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, "bom.zip", _zip({"a.csv": b"0" * 5_000_000}))

    with pytest.raises(LoadRefused, match="te veel"):
        read_path(path)


def test_a_zip_that_lies_about_its_size_unpacks_to_no_more_than_it_says(tmp_path: Path) -> None:
    honest = _zip({"a.csv": b"0" * 5_000_000})
    lie = honest.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    with pytest.raises(LoadRefused, match="geen gaaf zip-bestand"):
        read_path(_write(tmp_path, "leugen.zip", lie))


def test_a_zip_with_too_many_files_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, "veel.zip", _zip({f"{number}.csv": b"a" for number in range(201)}))

    with pytest.raises(LoadRefused, match="te veel bestanden"):
        read_path(path)


@pytest.mark.parametrize("damage", [0, 30, 45, 60, 100])
def test_a_damaged_zip_is_refused(tmp_path: Path, damage: int) -> None:
    content = bytearray(_zip({"a.csv": bytes(range(256)) * 4}))
    content[damage : damage + 8] = b"\xff" * 8

    with pytest.raises(LoadRefused, match="geen gaaf zip-bestand"):
        read_path(_write(tmp_path, "stuk.zip", bytes(content)))


def test_half_a_zip_is_refused(tmp_path: Path) -> None:
    content = _zip({"a.csv": b"a;b\n1;2\n"})

    with pytest.raises(LoadRefused, match="geen gaaf zip-bestand"):
        read_path(_write(tmp_path, "half.zip", content[: len(content) // 2]))


def test_the_hash_of_a_folder_depends_on_names_and_contents_but_not_on_order() -> None:
    first = Bundle("x", {"a": b"1", "b": b"2"})

    assert first.sha256 == Bundle("y", {"b": b"2", "a": b"1"}).sha256
    assert first.sha256 != Bundle("x", {"a": b"2", "b": b"1"}).sha256
    assert first.sha256 != Bundle("x", {"a": b"1", "c": b"2"}).sha256


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1234", ",", 1234.0),
        ("1234", ".", 1234.0),
        ("13,2", ",", 13.2),
        ("13.2", ".", 13.2),
        ("1.234", ".", 1.234),
        ("1,234", ",", 1.234),
        ("1.234", ",", None),
        ("1,234", ".", None),
        ("1.234,5", ",", None),
        ("11160.0", ".", 11160.0),
        ("-3", ".", -3.0),
        ("0", ",", 0.0),
        ("<5", ".", None),
        ("1e5", ".", None),
        ("nan", ".", None),
        ("inf", ".", None),
        ("1_000", ".", None),
        ("", ".", None),
        ("5.", ".", None),
        (".5", ".", None),
    ],
)
def test_a_number_is_read_with_the_decimal_sign_of_its_column_only(
    text: str, decimal: str, number: float | None
) -> None:
    assert parse_number(text, decimal=decimal) == number


def test_a_running_number_is_no_part_of_a_column_name() -> None:
    assert base_name(" JongerenMetJeugdzorg_84 ") == "JongerenMetJeugdzorg"
    assert base_name("k_0Tot4Jaar_2") == "k_0Tot4Jaar"
    assert base_name("Wijken") == "Wijken"


def test_a_unit_in_brackets_is_no_part_of_a_title() -> None:
    assert bare_title("Jongeren met jeugdhulp in natura (% (zie toelichting))") == (
        "Jongeren met jeugdhulp in natura"
    )
    assert bare_title("Totale bevolking (aantal)") == "Totale bevolking"
    assert bare_title("Regio's") == "Regio's"


def test_a_problem_says_where_it_is() -> None:
    problem = Problem("Dat kan niet.", Severity.WARNING, "x.xlsx", sheet="Blad1", row=3, column="B")

    assert str(problem) == "[waarschuwing] x.xlsx, blad Blad1, rij 3, kolom B: Dat kan niet."


def test_a_problem_without_a_place_is_its_sentence() -> None:
    assert str(Problem("Dat kan niet.")) == "[stop] Dat kan niet."


def test_utf_8_goes_before_windows() -> None:
    assert decode("x", "é".encode()) == ("é", "utf-8")
    assert decode("x", b"\xe9") == ("é", "cp1252")


def test_a_folder_in_a_zip_that_holds_everything_is_left_out_of_the_names(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.zip", _zip({"map/a.csv": b"1", "map/b.csv": b"2", "__MACOSX/map/a": b"3"}))

    assert set(read_path(path).members) == {"a.csv", "b.csv"}


def test_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, "x.zip", _zip({"a.zip": _zip({"b.csv": b"1"})}))

    with pytest.raises(LoadRefused, match="weer een zip-bestand"):
        read_path(path)
