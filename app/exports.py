"""Tables as CSV and as workbooks that Dutch spreadsheets open as they are, and cannot run: pure."""

import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.tables import Sheet, SheetCell, Value

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
DANGEROUS = frozenset("=+-@\t\r\n\0")
MAX_DECIMALS = 4
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The content type of a workbook."""

Cell = str | float | int | None
Facts = Sequence[tuple[str, str]]


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], remarks: Sequence[str] = ()) -> bytes:
    """UTF-8 with a byte order mark, `;` between fields, decimal comma; texts quoted, numbers bare.

    Args:
        remarks: lines below the table (source, licence), each in the first column after an empty line.
    """
    lines = [header, *rows, *([()] if remarks else []), *((remark,) for remark in remarks)]
    return (BOM + "".join(";".join(map(_field, line)) + "\r\n" for line in lines)).encode()


def csv_of(sheet: Sheet) -> bytes:
    """A table as CSV, its notes below it."""
    return csv_bytes(sheet.header, ([_plain(cell) for cell in row] for row in sheet.rows), sheet.notes)


def safe_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    Spaces before the sign and its full-width forms count too: ` =1+1` and `＝1+1` are as dangerous as `=1+1`.
    """
    plain = unicodedata.normalize("NFKC", text)
    starts = {plain[:1], plain.lstrip()[:1]}
    return f"'{text}" if starts & DANGEROUS else text


def _plain(cell: SheetCell) -> Cell:
    if isinstance(cell, str):
        return cell
    return (cell.words or None) if cell.number is None else cell.number


def _field(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + safe_text(value).replace('"', '""') + '"'
    text = f"{value:.{MAX_DECIMALS}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text.replace(".", ",")


ABOUT = "Toelichting"
EMPTY = "Geen rijen bij deze keuze."
MAX_TEXT = 32_767
MAX_NAME = 31
WIDTHS = (9, 48)
"""The narrowest and the widest column, in characters; a longer text goes on more lines."""

WORDS_FOR_NO_NUMBER: Facts = (
    ("Geen getal: “minder dan 5”", "De bron verbergt het aantal. Het ligt tussen 1 en 4."),
    ("Geen getal: “door de bron verborgen”", "De bron verbergt het cijfer. Er is er wel een."),
    (
        "Geen getal: “tussen x en y” en “minimaal x”",
        "De bron verbergt een deel van de aantallen. Alleen de grenzen zijn bekend.",
    ),
    ("Geen getal: “geen gegevens”", "De bron geeft dit cijfer niet. Dat is iets anders dan nul."),
)


def xlsx_bytes(
    sheets: Sequence[Sheet], *, title: str = "", facts: Facts = (), made_at: datetime | None = None
) -> bytes:
    """A workbook: first what it holds, then every table on a sheet of its own, as a real table with a name.

    A table needs its rows in memory, so the writer's way of spilling them to disk is not used: it would save
    6 MB of 500 × 100 cells, and put figures in temporary files.

    Args:
        title: what the workbook as a whole is about; the first sheet's title where it is left out.
        facts: (subject, words) for the first sheet: region, choices, sources, licences, date.
        made_at: the date in the file's properties; aware, now where it is left out.
    """
    from xlsxwriter import Workbook  # only a download needs it

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    heading = title or next((each.title for each in sheets), ABOUT)
    book.set_properties({"title": _clean(heading), **({"created": made_at} if made_at else {})})
    names = tab_names([ABOUT, *(each.name or each.title for each in sheets)])
    about = Sheet(ABOUT, ("Onderwerp", "Uitleg"), _about(heading, facts, sheets, names[1:]))
    styles = _Styles(book)
    for number, (name, sheet) in enumerate(zip(names, [about, *sheets], strict=True)):
        table = f"Tabel_{number}_" + re.sub(r"\W", "_", name)
        _add_sheet(book.add_worksheet(name), sheet, table, styles)
    book.close()
    return _in_dutch(buffer.getvalue())


def tab_names(wanted: Sequence[str]) -> list[str]:
    """The names as Excel takes them: at most 31 characters, none of `[]:*?/\\`, no two alike."""
    found: list[str] = []
    for name in wanted:
        plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", _clean(name)).split()).strip("' ")
        base = plain if plain.lower() not in ("", "history") else "Blad"
        taken = {each.lower() for each in found}
        tries = (_shortened(base, MAX_NAME - len(end)) + end for end in _endings(len(wanted)))
        found.append(next(each for each in tries if each.lower() not in taken))
    return found


def _shortened(name: str, most: int) -> str:
    """The beginning of a name; Excel counts a sign beyond the common ones as two."""
    while len(name.encode("utf-16-le")) // 2 > most:
        name = name[:-1]
    return name.rstrip("' ")


def _endings(count: int) -> Iterable[str]:
    return ["", *(f" ({number})" for number in range(2, count + 2))]


def _about(title: str, facts: Facts, sheets: Sequence[Sheet], names: Sequence[str]) -> list[tuple[str, str]]:
    rows = [("Titel", title), *facts]
    for name, sheet in zip(names, sheets, strict=True):
        rows.append((f"Blad “{name}”", sheet.title))
        rows += [(f"Bij “{name}”", note) for note in sheet.notes]
    return [*rows, *WORDS_FOR_NO_NUMBER]


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def text(self) -> Any:
        return self._style("", text_wrap=True)

    def heading(self) -> Any:
        return self._style("heading", text_wrap=True, bold=True)

    def number(self, words: str) -> Any:
        pattern = number_pattern(words)
        return self._style(pattern, num_format=pattern)

    def _style(self, key: str, **properties: Any) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def number_pattern(words: str) -> str:
    """How a spreadsheet writes a number as the screen does: `2,0%` → `#,##0.0"%"`, `1.236` → `#,##0`.

    The value stays what it is, also of a percentage: 2.0 and not 0.02.
    """
    found = re.fullmatch(r'([^\d"]*)(\d+(?:\.\d{3})*)(?:,(\d+))?([^\d"][^"]*)?', words)
    if not found:
        return "General"
    before, whole, decimals, after = found.groups(default="")
    before = before.replace("\N{MINUS SIGN}", "").replace("+", "").replace("-", "")
    is_grouped = "." in whole or len(whole) < 4
    parts = [f'"{before}"' if before else "", "#,##0" if is_grouped else "0"]
    parts += ["." + "0" * len(decimals) if decimals else "", f'"{after}"' if after else ""]
    return "".join(parts)


def _add_sheet(page: Any, sheet: Sheet, name: str, styles: _Styles) -> None:
    header = _headings(sheet.header)
    rows = [list(row) for row in sheet.rows] or [[EMPTY]]
    columns = [{"header": words, "header_format": styles.heading()} for words in header]
    look = {"name": name, "columns": columns, "first_column": True, "style": "Table Style Light 15"}
    page.add_table(0, 0, len(rows), len(header) - 1, look)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write(page, (number, column), cell, styles)
    for column, words in enumerate(header):
        texts = [_words(row[column]) for row in rows if column < len(row)]
        page.set_column(column, column, _width([words, *texts]))
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _headings(header: Sequence[str]) -> list[str]:
    """A table of Excel names its columns: never empty, and no two alike."""
    found: list[str] = []
    for number, words in enumerate(header, 1):
        name = safe_text(_clean(words).strip()) or f"Kolom {number}"
        same = sum(each.lower() == name.lower() for each in found)
        found.append(f"{name} ({number})" if same else name)
    return found


def _write(page: Any, place: tuple[int, int], cell: SheetCell, styles: _Styles) -> None:
    if isinstance(cell, Value) and cell.number is not None and math.isfinite(cell.number):
        page.write_number(*place, round(cell.number, MAX_DECIMALS), styles.number(cell.words))
    elif words := _words(cell):
        page.write_string(*place, safe_text(words)[:MAX_TEXT], styles.text())


def _words(cell: SheetCell) -> str:
    return _clean(cell if isinstance(cell, str) else cell.words)


def _clean(text: str) -> str:
    """The text on one line, without what a file of xml cannot hold."""
    spaced = re.sub(r"[\t\r\n]+", " ", text)
    kept = (sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs"))
    return "".join(kept).translate(dict.fromkeys((0xFFFE, 0xFFFF)))


def _width(texts: Iterable[str]) -> float:
    longest = max(map(len, texts))
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])


def _in_dutch(content: bytes) -> bytes:
    """The workbook with its language among its properties, which the writer has no word for."""
    end = b"</cp:coreProperties>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(buffer, "w") as archive:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename == "docProps/core.xml":
                part = part.replace(end, b"<dc:language>nl-NL</dc:language>" + end)
            archive.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
