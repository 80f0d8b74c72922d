"""A workbook is read by people, programs and screen readers alike, and nothing in it can run."""

import io
import re
import warnings
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.exports import csv_of, number_pattern, safe_text, tab_names, xlsx_bytes
from app.tables import NOTHING, Sheet, SheetCell, Value

REGIONS = Sheet(
    "Deelname sbo, 1 oktober 2025: samenwerkingsverbanden",
    ("Regio", "Aandeel", "Leerlingen", "Verschil"),
    [
        ("Almere", Value("2,0%", 2.016_393_44), Value("1.236", 1236.0), Value("−0,3 procentpunt", -0.34)),
        ("Súdwest-Fryslân", Value("tussen 1,9 en 2,1%"), Value("minder dan 5"), NOTHING),
        ("Urk", Value("geen gegevens"), Value("minimaal 420"), ""),
    ],
    ("Bron: DUO",),
    "Regio’s",
)


def cells(content: bytes) -> dict[str, list[list[object]]]:
    """The tabs of a workbook with their cells, as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def parts(content: bytes, folder: str = "") -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.startswith(folder)}


def one_cell(text: str) -> object:
    return cells(xlsx_bytes([Sheet("x", ("a",), [(text,)], name="Blad")]))["Blad"][1][0]


def test_every_cell_is_read_back_numbers_as_numbers_and_the_rest_as_words() -> None:
    found = cells(xlsx_bytes([REGIONS]))["Regio’s"]

    assert found == [
        ["Regio", "Aandeel", "Leerlingen", "Verschil"],
        ["Almere", 2.0164, 1236.0, -0.34],
        ["Súdwest-Fryslân", "tussen 1,9 en 2,1%", "minder dan 5", ""],
        ["Urk", "geen gegevens", "minimaal 420", ""],
    ]


def test_the_first_sheet_tells_what_the_others_hold() -> None:
    facts = [("Regio", "Almere (GM0034)"), ("Licentie", "CC BY 4.0")]

    found = cells(xlsx_bytes([REGIONS], title="Deelname sbo", facts=facts))

    assert list(found) == ["Toelichting", "Regio’s"]
    assert found["Toelichting"][:6] == [
        ["Onderwerp", "Uitleg"],
        ["Titel", "Deelname sbo"],
        ["Regio", "Almere (GM0034)"],
        ["Licentie", "CC BY 4.0"],
        ["Blad “Regio’s”", "Deelname sbo, 1 oktober 2025: samenwerkingsverbanden"],
        ["Bij “Regio’s”", "Bron: DUO"],
    ]
    assert any("minder dan 5" in str(row[0]) for row in found["Toelichting"][6:])


def test_a23_a_sheet_is_one_named_table_with_one_frozen_header_and_no_merged_cells() -> None:
    content = xlsx_bytes([REGIONS])

    sheets, tables = parts(content, "xl/worksheets/sheet"), parts(content, "xl/tables/")
    assert len(sheets) == len(tables) == 2
    assert all("<mergeCell" not in sheet for sheet in sheets.values())
    assert all('state="frozen"' in sheet and 'ySplit="1"' in sheet for sheet in sheets.values())
    assert 'name="Tabel_1_Regio_s"' in tables["xl/tables/table2.xml"]
    assert 'ref="A1:D4"' in tables["xl/tables/table2.xml"]
    assert '<autoFilter ref="A1:D4"/>' in tables["xl/tables/table2.xml"]
    assert 'showFirstColumn="1"' in tables["xl/tables/table2.xml"]
    assert all("<cols>" in sheet for sheet in sheets.values())


def test_the_file_says_its_title_and_language_and_no_author() -> None:
    core = parts(xlsx_bytes([REGIONS], title="Deelname sbo"))["docProps/core.xml"]

    assert "<dc:title>Deelname sbo</dc:title>" in core
    assert "<dc:language>nl-NL</dc:language>" in core
    assert re.search(r"<dc:creator>(.*?)</dc:creator>", core) is None or "<dc:creator></dc:creator>" in core


def test_an_empty_table_says_so_in_words() -> None:
    found = cells(xlsx_bytes([Sheet("Niets", ("Regio", "Aandeel"), [], name="Leeg")]))

    assert found["Leeg"] == [["Regio", "Aandeel"], ["Geen rijen bij deze keuze.", ""]]


@pytest.mark.parametrize("sign", ["=1+1", "+31", "-2+3", "@SUM(A1)", "  =1", "＝1+1", "=cmd|' /C calc'!A0"])
def test_s26_a_text_that_could_be_a_formula_is_a_text_with_an_apostrophe(sign: str) -> None:
    content = xlsx_bytes(
        [Sheet(sign, (sign, "b"), [(sign, Value(sign))], [sign], sign)], facts=[(sign, sign)]
    )

    written = parts(content, "xl/worksheets/")
    assert all("<f>" not in sheet and "<f " not in sheet for sheet in written.values())
    assert all(
        str(cell)[:1] not in "=+-@"
        for sheet in cells(content).values()
        for row in sheet
        for cell in row
        if isinstance(cell, str) and cell
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_s26_whatever_a_name_is_it_becomes_words_and_never_a_formula(name: str, other: str) -> None:
    rows: Sequence[Sequence[SheetCell]] = [(name, Value(other)), (other, Value(name, 1.5))]

    content = xlsx_bytes([Sheet(name, (other, name), rows, [other], name)], title=other)

    assert all("<f>" not in sheet for sheet in parts(content, "xl/worksheets/").values())
    assert len(cells(content)) == 2


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert one_cell("Al\x00me\x1bre\ud800 \ufffe\uffff") == "Almere "
    assert one_cell("een\r\ntwee") == "een twee"


def test_a_very_long_text_is_cut_and_not_lost() -> None:
    assert one_cell("a" * 40_000) == "a" * 32_767


def test_a_number_that_is_none_becomes_its_words() -> None:
    rows = [(Value("oneindig", float("inf")), Value("onbekend", float("nan")))]

    assert cells(xlsx_bytes([Sheet("x", ("a", "b"), rows, name="Blad")]))["Blad"][1] == [
        "oneindig",
        "onbekend",
    ]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["Verloop", "verloop"], ["Verloop", "verloop (2)"]),
        (["Een naam van meer dan 31 tekens, echt"], ["Een naam van meer dan 31 tekens"]),
        (["a" * 40, "A" * 40], ["a" * 31, "A" * 27 + " (2)"]),
        (["1/2: [x]*?\\", "", "'s-Gravenhage'"], ["1 2 x", "Blad", "s-Gravenhage"]),
        (["History"], ["Blad"]),
    ],
)
def test_names_of_tabs_are_made_to_fit_and_differ(wanted: list[str], names: list[str]) -> None:
    assert tab_names(wanted) == names


def test_columns_of_one_name_are_told_apart() -> None:
    sheet = Sheet("x", ("Regio", "regio", "", "Regio (2)"), [("a", "b", "c", "d")], name="Blad")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = cells(xlsx_bytes([sheet]))["Blad"][0]

    assert len({str(each).lower() for each in found}) == 4
    assert found[0] == "Regio"


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        ("2,0%", '#,##0.0"%"'),
        ("1.236", "#,##0"),
        ("5", "#,##0"),
        ("2025", "0"),
        ("4,3 per 1.000", '#,##0.0" per 1.000"'),
        ("€\N{NO-BREAK SPACE}2.000", '"€\N{NO-BREAK SPACE}"#,##0'),
        ("−0,34", "#,##0.00"),
        ("", "General"),
        ("geheel", "General"),
        ('2 "x', "General"),
    ],
)
def test_a_number_is_written_as_on_screen(words: str, pattern: str) -> None:
    assert number_pattern(words) == pattern


def test_csv_and_workbook_hold_the_same_table() -> None:
    lines = csv_of(REGIONS).decode("utf-8-sig").splitlines()

    assert lines[:3] == [
        '"Regio";"Aandeel";"Leerlingen";"Verschil"',
        '"Almere";2,0164;1236;-0,34',
        '"Súdwest-Fryslân";"tussen 1,9 en 2,1%";"minder dan 5";',
    ]
    assert lines[3:] == ['"Urk";"geen gegevens";"minimaal 420";""', "", '"Bron: DUO"']


def test_the_apostrophe_of_the_csv_is_that_of_the_workbook() -> None:
    assert one_cell("=1") == safe_text("=1") == "'=1"
