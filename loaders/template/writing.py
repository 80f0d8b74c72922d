"""The form as a file to download: csv, or a workbook without any formula."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

from app.indicators import TOTAL, Indicator
from loaders.files.sheets import column_letters
from loaders.template import COLUMNS
from loaders.template.explain import lines

Row = tuple[str, ...]
"""The cells of one row, in the order of the columns."""

_EMPTY_ROWS = 5
_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WHEN = (2020, 1, 1, 0, 0, 0)
_TEXT_STYLE = 1
"""Cells kept as text: a program that opens the form must not make a date of 2024/25."""

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for part, kind in (
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("worksheets/sheet2.xml", "worksheet"),
        )
    )
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_NAMESPACE} xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Cijfers" sheetId="1" r:id="rId1"/><sheet name="Uitleg" sheetId="2" r:id="rId2"/>'
    "</sheets></workbook>",
    "xl/styles.xml": f'<styleSheet {_NAMESPACE}><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>",
}


def csv_form(indicator: Indicator) -> bytes:
    """The form as csv: the explanation behind `#`, then the header and a few rows to fill in."""
    return csv_of(_rows(indicator), lines(indicator))


def csv_of(rows: Sequence[Row], explanation: Sequence[str]) -> bytes:
    """Rows of a form as csv: the explanation behind `#`, then the header and the rows."""
    comments = [f"# {line}" for line in explanation]
    lines_of_cells = [";".join(map(_quoted, cells)) for cells in (COLUMNS, *rows)]
    return "\r\n".join([*comments, *lines_of_cells, ""]).encode("utf-8-sig")


def _quoted(text: str) -> str:
    """The text between quotes where it would otherwise end a cell."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ';"\r\n') else text


def _rows(indicator: Indicator) -> list[Row]:
    codes = [TOTAL] * _EMPTY_ROWS
    return [(indicator.id, "", "", code, *[""] * (len(COLUMNS) - 4)) for code in codes]


def xlsx_form(indicator: Indicator) -> bytes:
    """The form as a workbook: a sheet with figures, one with the explanation; the same bytes every time."""
    return xlsx_of(_rows(indicator), lines(indicator))


def xlsx_of(rows: Sequence[Row], explanation: Sequence[str]) -> bytes:
    """Rows of a form as a workbook, with the explanation on its second sheet."""
    texts = [*COLUMNS[:4], *COLUMNS[7:]]
    columns = "".join(
        f'<col min="{number}" max="{number}" width="18" style="{_TEXT_STYLE if name in texts else 0}"'
        ' customWidth="1"/>'
        for number, name in enumerate(COLUMNS, 1)
    )
    parts = {
        **_PARTS,
        "xl/worksheets/sheet1.xml": _sheet([COLUMNS, *rows], columns),
        "xl/worksheets/sheet2.xml": _sheet([(line,) for line in explanation], ""),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), f"{_HEAD}{text}", zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _sheet(rows: Sequence[Row], columns: str) -> str:
    body = "".join(
        f'<row r="{row}">'
        + "".join(_cell(row, column, text) for column, text in enumerate(cells, 1) if text)
        + "</row>"
        for row, cells in enumerate(rows, 1)
    )
    widths = f"<cols>{columns}</cols>" if columns else ""
    return f"<worksheet {_NAMESPACE}>{widths}<sheetData>{body}</sheetData></worksheet>"


def _cell(row: int, column: int, text: str) -> str:
    place = f"{column_letters(column)}{row}"
    return f'<c r="{place}" s="{_TEXT_STYLE}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
