"""Workbooks (xlsx, ods) that would fill the memory or reach outside, judged by their XML as text: pure.

No XML parser is used: what refuses a trap must not be able to fall into it. A workbook that hides a cell from
these patterns meets the memory limit of the subprocess instead.
"""

import html
import re

from loaders.guards.archives import Archive
from loaders.guards.refusals import refusal

_XLSX_LIST = "[Content_Types].xml"
_ODS_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_KINDS = b"application/vnd.oasis.opendocument."
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# `[^<>]*`, never `[^>]*`: a file of unclosed tags would otherwise be searched to its end from every tag on.
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,7})(\d{1,9})")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ODS_TAG = re.compile(
    rb"<(/?)(table:table|table:table-row|table:table-cell|table:covered-table-cell|text:p)(?=[\s/>])([^<>]*?)(/?)>"
)
_ROWS_REPEATED = re.compile(rb"table:number-rows-repeated\s*=\s*[\"'](\d{1,9})")
_COLUMNS_REPEATED = re.compile(rb"table:number-columns-repeated\s*=\s*[\"'](\d{1,9})")


def is_workbook(archive: Archive) -> bool:
    """Whether a zip is an office document rather than a parcel of files."""
    return _XLSX_LIST in archive.entries or "mimetype" in archive.entries


def check_workbook(archive: Archive, *, max_cells: int) -> None:
    """Nothing, if the workbook can be parsed within bounds and has nothing in it but figures.

    Args:
        archive: the opened zip.
        max_cells: the largest rectangle, in cells, that a sheet may fill from A1 on.

    Raises:
        LoadRefused: no workbook, damaged, a password, macros, links to other files, XML entities, or a cell
            so far away that the empty cells before it do not fit.
    """
    is_ods = "mimetype" in archive.entries
    _check_kind(archive, is_ods=is_ods)
    for entry in archive.entries:
        content = archive.read(entry)
        if entry.endswith((".xml", ".rels")):
            _check_xml(archive.name, entry, content)
        if is_ods and entry == "content.xml":
            _check_ods_cells(archive.name, content, max_cells)
        elif not is_ods and b"sheetData" in content:
            _check_xlsx_cells(archive, entry, content, max_cells)


def _check_kind(archive: Archive, *, is_ods: bool) -> None:
    names = archive.entries
    if any(name.endswith("EncryptedPackage") or name == "encrypted-package" for name in names):
        raise refusal(archive.name, "Deze werkmap heeft een wachtwoord. Sla haar op zonder wachtwoord.")
    if any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise refusal(archive.name, "Deze werkmap bevat macro's. Sla haar op zonder macro's.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise refusal(archive.name, "Deze werkmap verwijst naar andere bestanden. Sla haar op als waarden.")
    if is_ods:
        _check_ods_kind(archive)
    elif "xl/workbook.xml" not in names:
        raise refusal(archive.name, "Dit is geen werkmap in de vorm xlsx of ods.")


def _check_ods_kind(archive: Archive) -> None:
    kind = archive.read("mimetype")
    if not kind.startswith(_ODS_KIND):
        what = "geen werkblad, maar een ander document" if kind.startswith(_ODS_KINDS) else "geen werkmap"
        raise refusal(archive.name, f"Dit is {what}.")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.entries and b"encryption-data" in archive.read(manifest):
        raise refusal(archive.name, "Deze werkmap heeft een wachtwoord. Sla haar op zonder wachtwoord.")


def _check_xml(name: str, entry: str, content: bytes) -> None:
    if content.startswith(_UTF16) or b"\0" in content[:200]:
        raise refusal(name, f"Onderdeel “{entry}” heeft een ongebruikelijke tekencodering.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refusal(name, f"Onderdeel “{entry}” bevat eigen XML-afkortingen; dat is niet te vertrouwen.")


def _check_xlsx_cells(archive: Archive, entry: str, content: bytes, max_cells: int) -> None:
    rows = columns = count = 0
    for match in _CELL.finditer(content):
        count += 1
        rows = max(rows, int(match.group(2)))
        columns = max(columns, _column_number(match.group(1)))
    if max(rows * columns, count) > max_cells:
        raise _too_far(archive.name, _xlsx_title(archive, entry), rows, columns, max_cells)


def _too_far(name: str, sheet: str, rows: int, columns: int, max_cells: int) -> Exception:
    sentence = (
        f"Het blad loopt tot cel {_letters(columns)}{rows}, dat zijn {_thousands(rows * columns)} cellen; "
        f"ten hoogste {_thousands(max_cells)} mag. Haal weg wat ver buiten de tabel staat."
    )
    return refusal(name, sentence, sheet=sheet, row=rows, column=_letters(columns))


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _column_number(letters: bytes) -> int:
    """`A` → 1, `XFD` → 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _letters(number: int) -> str:
    """1 → `A`, 16,384 → `XFD`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _xlsx_title(archive: Archive, entry: str) -> str:
    """The sheet's name on its tab, or the part's own name where the book does not say."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in archive.entries:
        return entry
    ids = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target").lstrip("/").removeprefix("xl/")
        for tag in _RELATION.findall(archive.read(relations))
    }
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        if ids.get(_attribute(tag, rb"\w+:id")) == entry.removeprefix("xl/"):
            return _attribute(tag, b"name")
    return entry


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    value = (match.group(1) or match.group(2) or b"") if match else b""
    return html.unescape(value.decode("utf-8", errors="replace"))


def _check_ods_cells(name: str, content: bytes, max_cells: int) -> None:
    sheet = _OdsSheet()
    for match in _ODS_TAG.finditer(content):
        is_end, tag, attributes, is_closed = match.groups()
        if tag == b"table:table":
            sheet = _OdsSheet(_attribute(attributes, b"table:name"))
        elif is_end:
            sheet.end(tag)
        else:
            sheet.start(tag, attributes)
            if is_closed:
                sheet.end(tag)
        if sheet.rows * sheet.columns > max_cells:
            raise _too_far(name, sheet.title, sheet.rows, sheet.columns, max_cells)


class _OdsSheet:
    """Counts where the last cell with a content lies; repeats without a content after it do not count."""

    def __init__(self, title: str = "") -> None:
        self.title = title
        self.rows = self.columns = 0
        self._row = self._column = self._last = 0
        self._repeat = 1
        self._cells = 1
        self._is_filled = False

    def start(self, tag: bytes, attributes: bytes) -> None:
        if tag == b"table:table-row":
            self._column = self._last = 0
            self._repeat = _repeated(_ROWS_REPEATED, attributes)
        elif tag == b"text:p":
            self._is_filled = True
        else:
            self._cells = _repeated(_COLUMNS_REPEATED, attributes)
            self._is_filled = b"office:value" in attributes or b"table:formula" in attributes

    def end(self, tag: bytes) -> None:
        if tag == b"table:table-row":
            self._row += self._repeat
            if self._last:
                self.rows = self._row
                self.columns = max(self.columns, self._last)
        elif tag != b"text:p":
            self._column += self._cells
            if self._is_filled:
                self._last = self._column


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match.group(1)) if match else 1
