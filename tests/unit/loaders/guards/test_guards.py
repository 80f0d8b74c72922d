"""What the guards let through, and what they refuse that needs no process to see."""

import pytest

from app.errors import LoadRefused
from loaders.files import Problem
from loaders.guards import open_safely
from loaders.guards.refusals import plain_text
from tests.samples import hostile

CELLS = 30_000_000
MEGABYTE = 1024 * 1024
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def _opened(name: str, content: bytes) -> set[str]:
    return set(open_safely(name, content, max_cells=CELLS))


@pytest.mark.parametrize(
    "content",
    [
        "één;b\r\n1;2\r\n".encode(),
        "één;b\n1;2\n".encode("cp1252"),
        "één;b\n1;2\n".encode("utf-16"),
        b"a;b\r1;2\r" * 100_000,
        b'{"value": [' + b"1," * MEGABYTE + b"1]}",
        b"a;b\n" + b'"lange tekst ";2\n' * 200_000,
    ],
)
def test_ordinary_text_passes(content: bytes) -> None:
    assert _opened("cijfers.csv", content) == {"cijfers.csv"}


def test_a_sheet_that_only_claims_to_be_large_passes() -> None:
    row = f'<row r="1">{hostile.text_cell("A1")}</row>'
    content = hostile.xlsx(f'{row}</sheetData><dimension ref="A1:XFD1048576"/><sheetData>')

    assert _opened("blad.xlsx", content) == {"blad.xlsx"}


def test_empty_cells_that_an_ods_repeats_to_the_edge_pass() -> None:
    """LibreOffice fills every sheet up to its edge this way."""
    edge = '<table:table-cell table:number-columns-repeated="16383"/>'
    last = f'<table:table-row table:number-rows-repeated="1048575">{edge}</table:table-row>'

    content = hostile.ods(f"<table:table-row>{ODS_CELL}{edge}</table:table-row>{last}")

    assert _opened("blad.ods", content) == {"blad.ods"}


def test_a_filled_cell_behind_repeated_empty_ones_is_seen_in_an_ods() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = '<table:table-row table:number-rows-repeated="1048575"/>'
    content = hostile.ods(f"{rows}<table:table-row>{empty}{ODS_CELL}</table:table-row>")

    with pytest.raises(LoadRefused) as refused:
        open_safely("blad.ods", content, max_cells=CELLS)

    (problem,) = refused.value.problems
    assert isinstance(problem, Problem)
    assert (problem.sheet, problem.row, problem.column) == ("Tabel", 1_048_576, "XFD")


def test_a_sheet_just_within_the_limit_passes_and_one_row_more_does_not() -> None:
    within = hostile.xlsx(f'<row r="10">{hostile.text_cell("C10")}</row>')
    beyond = hostile.xlsx(f'<row r="11">{hostile.text_cell("C11")}</row>')

    assert open_safely("a.xlsx", within, max_cells=30)
    with pytest.raises(LoadRefused, match="tot cel C11, dat zijn 33 cellen; ten hoogste 30 mag"):
        open_safely("a.xlsx", beyond, max_cells=30)


@pytest.mark.parametrize("tag", ["<c ", "<c r", "<row ", "<sheetData <c r  "])
def test_tags_without_end_do_not_keep_the_guard_busy(tag: str) -> None:
    assert _opened("blad.xlsx", hostile.xlsx(tag * 40_000)) == {"blad.xlsx"}


def test_members_of_a_zip_are_guarded_too() -> None:
    with pytest.raises(LoadRefused, match=r"b\.csv is geweigerd"):
        open_safely("twee.zip", hostile.zipped({"a.csv": "a;b\n", "b.csv": b"a;b\n1;\0\n"}), max_cells=CELLS)


def test_a_workbook_in_a_zip_is_guarded_too() -> None:
    with pytest.raises(LoadRefused, match="XFD1048576"):
        open_safely("een.zip", hostile.zipped({"a.xlsx": hostile.far_corner_xlsx()}), max_cells=CELLS)


def test_the_name_and_the_content_must_agree() -> None:
    with pytest.raises(LoadRefused, match=r"De naam eindigt op \.csv, maar de inhoud is een zip of werkmap"):
        open_safely("a.csv", hostile.far_corner_xlsx(), max_cells=CELLS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gewoon – ’s-Gravenhage", "gewoon – ’s-Gravenhage"),
        ("a\tb\nc", "a b c"),
        ("a\x00\x1b[31m\u202e\ufeff\ud800b", "a[31mb"),
        ("<b>=1+1", "<b>=1+1"),
    ],
)
def test_text_of_strangers_becomes_one_plain_line(text: str, shown: str) -> None:
    assert plain_text(text) == shown


def test_a_long_name_is_cut_off() -> None:
    assert plain_text("x" * 50, longest=10) == "xxxxxxxxx…"
