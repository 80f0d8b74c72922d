"""Workbooks of every kind become the same table; what could do harm or is damaged is refused unread."""

import io
import zipfile

import pytest

from app.errors import LoadRefused
from loaders.files import Bundle, TextTable
from tests.samples.dialects import workbook

ROWS: list[list[object]] = [
    ["Een titel"],
    [None],
    ["Gemeente", "Aantal", "Deel"],
    ["Duinstad", 12, 0.5],
    ["Veendorp", 3, 13.25],
    ["Bron: CBS"],
]


def _table(name: str, content: bytes) -> TextTable:
    bundle = Bundle(name, {name: content})
    head = next(head for head in bundle.heads if "Gemeente" in head.columns)
    return bundle.table_at(head)


def _xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Cijfers")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def _ods(*, formula: str = "") -> bytes:
    """The least that is an OpenDocument spreadsheet: its kind, its manifest and its cells."""
    rows = "".join(f"<table:table-row>{_ods_cells(cells, formula)}</table:table-row>" for cells in ROWS)
    table = f'<table:table table:name="Cijfers">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", ODS), ("content.xml", "text/xml"))
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{entries}</manifest:manifest>"
        )
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
    return buffer.getvalue()


def _ods_cells(cells: list[object], formula: str) -> str:
    found = []
    for cell in cells:
        if cell is None:
            found.append("<table:table-cell/>")
        elif isinstance(cell, str):
            words = f"<text:p>{cell}</text:p>"
            found.append(f'<table:table-cell office:value-type="string">{words}</table:table-cell>')
        else:
            extra = f' table:formula="{formula}"' if formula else ""
            value = f'office:value-type="float" office:value="{cell}"'
            found.append(f"<table:table-cell {value}{extra}><text:p>{cell}</text:p></table:table-cell>")
    return "".join(found)


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.xlsx", workbook(("Cijfers", ROWS))), ("x.xls", _xls()), ("x.ods", _ods())],
    ids=["xlsx", "xls", "ods"],
)
def test_a_header_below_a_title_is_found_in_every_kind_of_workbook(name: str, content: bytes) -> None:
    table = _table(name, content)

    assert table.columns[:3] == ("Gemeente", "Aantal", "Deel")
    assert [row[:3] for row in table.rows] == [("Duinstad", "12", "0.5"), ("Veendorp", "3", "13.25")]
    assert (table.numbers, table.footer, table.decimal) == ((4, 5), ("Bron: CBS",), ".")


def test_a_formula_in_ods_is_refused_with_its_cell() -> None:
    with pytest.raises(LoadRefused) as caught:
        _table("x.ods", _ods(formula="of:=1+1"))

    assert "blad Cijfers, rij 4, kolom B" in str(caught.value.problems[0])


def _far_corner() -> bytes:
    buffer = io.BytesIO(workbook(("Ver", [["Gemeente", "Aantal"]])))
    result = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            target.writestr(name, source.read(name).replace(b"</sheetData>", far))
    return result.getvalue()


def test_one_cell_at_the_far_corner_is_refused_without_reading_it() -> None:
    with pytest.raises(LoadRefused) as caught:
        _ = Bundle("x.xlsx", {"x.xlsx": _far_corner()}).heads

    assert "blad Ver: er staat een cel ver buiten de tabel" in str(caught.value.problems[0])


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_no_table(part: float) -> None:
    content = workbook(("Cijfers", ROWS))

    assert Bundle("x.xlsx", {"x.xlsx": content[: int(len(content) * part)]}).heads == ()


def test_the_column_names_twice_in_a_sheet_are_refused_with_the_row() -> None:
    with pytest.raises(LoadRefused) as caught:
        _table("x.xlsx", workbook(("Cijfers", [*ROWS[:4], ROWS[2], *ROWS[4:]])))

    assert str(caught.value.problems[0]).endswith("rij 5: de kolomnamen staan hier nog een keer.")
