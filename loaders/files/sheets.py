"""Workbooks (xlsx, xls, ods) to text tables, after a look at their size that reads no cell: pure."""

import datetime
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

import python_calamine as calamine

from app.errors import LoadRefused
from loaders.files.problems import Problem
from loaders.files.records import plain_number
from loaders.files.text import TextTable, check_rows, take_footer

MAX_CELLS = 5_000_000
MAX_XML = 200 * 1024 * 1024
HEAD_ROWS = 40
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FAULTS = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError)
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>""")
_FORMULA = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["'][^>]*>\s*<(?:\w+:)?f[ />]""")
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\bname=["']([^"']*)["'][^>]*?\br?:?id=["']([^"']+)["']""")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ODS_TAG = re.compile(rb"<(/?)table:(table|table-row|(?:covered-)?table-cell)(?=[\s/>])([^>]*?)(/?)>")
_ODS_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated=["'](\d{1,9})["']""")
_ODS_NAME = re.compile(rb"""table:name=["']([^"']*)["']""")


@dataclass(frozen=True)
class Sheet:
    """One sheet as text, from A1 on; numbers have a decimal point. `formula`: the first such cell."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    formula: str | None = None


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook, by its content."""
    if content.startswith(_XLS):
        return True
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except _FAULTS:
        return False
    return "[Content_Types].xml" in names or "content.xml" in names


def read_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a workbook that holds anything.

    Raises:
        LoadRefused: damaged, locked, too large, or a cell far away from the others.
    """
    formulas = {} if content.startswith(_XLS) else _check_package(name, content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [_sheet(name, book.get_sheet_by_name(title)) for title in book.sheet_names]
    except (calamine.CalamineError, *_FAULTS) as error:
        raise LoadRefused(f"{name} is geen gave werkmap (xlsx, xls of ods), of hij is beveiligd.") from error
    return tuple(replace(sheet, formula=formulas.get(sheet.name)) for sheet in sheets if sheet.rows)


def _sheet(name: str, sheet: calamine.CalamineSheet) -> Sheet:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise _too_far(name, sheet.name)
    rows = [tuple(cell_text(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(sheet.name, tuple(rows))


def cell_text(cell: object) -> str:
    """A cell as text: numbers with a decimal point, days as 2023-06-30."""
    if isinstance(cell, bool):
        return "WAAR" if cell else "ONWAAR"
    if isinstance(cell, int | float):
        return plain_number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    return str(cell).strip()


def _check_package(name: str, content: bytes) -> dict[str, str]:
    """sheet → the first cell with a formula, of the sheets that have one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_XML:
                raise LoadRefused(f"{name} pakt uit tot te veel gegevens en is daarom geweigerd.")
            if "content.xml" in archive.namelist():
                return _check_ods(name, archive.read("content.xml"))
            titles = _sheet_titles(archive)
            parts = [part for part in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part)]
            found = {titles.get(part, part): archive.read(part) for part in parts}
    except _FAULTS as error:
        raise LoadRefused(f"{name} is geen gave werkmap (xlsx, xls of ods), of hij is beveiligd.") from error
    for title, xml in found.items():
        _check_extent(name, title, xml)
    first = {title: _FORMULA.search(xml) for title, xml in found.items()}
    return {title: match.group(1).decode() for title, match in first.items() if match}


def _sheet_titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """part of the package → the name of its sheet."""
    targets = {}
    for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        fields = dict(re.findall(r"""(\w+)=["']([^"']*)["']""", relation.decode()))
        targets[fields.get("Id", "")] = "xl/" + fields.get("Target", "").removeprefix("/xl/")
    sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
    return {targets.get(key.decode(), ""): html.unescape(title.decode()) for title, key in sheets}


def _check_extent(name: str, sheet: str, xml: bytes) -> None:
    width = height = 0
    for letters, digits in _CELL.findall(xml):
        height = max(height, int(digits))
        width = max(width, _column_number(letters))
    if width * height > MAX_CELLS:
        raise _too_far(name, sheet)


def _column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _check_ods(name: str, xml: bytes) -> dict[str, str]:
    formulas: dict[str, str] = {}
    for sheet, row, column, has_formula in _ods_cells(xml):
        if row * column > MAX_CELLS:
            raise _too_far(name, sheet)
        if has_formula:
            formulas.setdefault(sheet, f"{column_letters(column)}{row}")
    return formulas


def _ods_cells(xml: bytes) -> Iterator[tuple[str, int, int, bool]]:
    """(sheet, row, column, has a formula) of the end of every cell, or run of cells, that is not empty."""
    sheet, row, column, height = "", 0, 0, 0
    for closing, tag, attributes, _ in _ODS_TAG.findall(xml):
        if closing:
            continue
        repeated = _ODS_REPEATED.search(attributes)
        count = int(repeated.group(1)) if repeated else 1
        if tag == b"table":
            title = _ODS_NAME.search(attributes)
            sheet, row, height = html.unescape(title.group(1).decode()) if title else "", 0, 0
        elif tag == b"table-row":
            row, column, height = row + height + 1, 0, count - 1
        else:
            column += count
            has_formula = b"table:formula=" in attributes
            if has_formula or b"office:value-type" in attributes:
                yield sheet, row + height, column, has_formula


def _too_far(name: str, sheet: str) -> LoadRefused:
    sentence = "er staat een cel ver buiten de tabel, of het blad is te groot."
    problem = Problem(sentence, file=name, sheet=sheet)
    return LoadRefused(f"{name} heeft een blad met meer dan {MAX_CELLS} cellen.", (problem,))


def _check_formula(name: str, sheet: Sheet) -> None:
    match = re.fullmatch(r"([A-Z]+)(\d+)", sheet.formula or "")
    if match:
        sentence = "hier staat een formule; bewaar het blad met waarden."
        problem = Problem(
            sentence, file=name, sheet=sheet.name, row=int(match.group(2)), column=match.group(1)
        )
        raise LoadRefused(f"{name} bevat formules in plaats van waarden.", (problem,))


def sheet_heads(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    """(row, column names) for each of the first rows that can be the row with column names."""
    found = []
    for number, cells in enumerate(sheet.rows[:HEAD_ROWS]):
        columns = tuple(" ".join(cell.split()) for cell in cells)
        named = [column for column in columns if column]
        if len(named) > 1 and len(set(named)) == len(named):
            found.append((number, columns))
    return found


def sheet_table(name: str, sheet: Sheet, header: int) -> TextTable:
    """The table whose column names stand in row `header` (from 0) of a sheet.

    Raises:
        LoadRefused: no rows, a formula, or the column names once more.
    """
    _check_formula(name, sheet)
    columns = tuple(" ".join(cell.split()) for cell in sheet.rows[header])
    body = [
        (cells, number) for number, cells in enumerate(sheet.rows, 1) if number > header + 1 and any(cells)
    ]
    rows, numbers = [cells for cells, _ in body], [number for _, number in body]
    footer = take_footer(rows, numbers)
    check_rows(name, columns, rows, numbers, sheet.name)
    comments = tuple(" ".join(filter(None, cells)) for cells in sheet.rows[:header] if any(cells))
    return TextTable(
        name, columns, tuple(rows), tuple(numbers), "", "", comments, footer, sheet.name, decimal="."
    )
