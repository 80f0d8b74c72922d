"""Bytes to text tables, whatever the encoding, separator, padding, comment lines or footer: pure."""

import csv
import io
import re
from dataclasses import dataclass

from app.errors import LoadRefused
from loaders.files.problems import Problem

HEAD_BYTES = 1 << 16
HEAD_LINES = 20
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = (";", ",", "\t")
_FOOTER = re.compile(r"^(bron|source|©)\b|^©", re.IGNORECASE)
_FOOTER_ROWS = 12
_UTF8_LETTER = re.compile(rb"[\xc3\xc5][\x80-\xbf]")


@dataclass(frozen=True)
class TextTable:
    """A table whose cells are stripped text. `numbers[i]` is the file's line on which `rows[i]` ends.

    `decimal` is the decimal sign where the file itself fixes it (sheets and JSON hold numbers, not text).
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    encoding: str
    separator: str
    comments: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    sheet: str | None = None
    decimal: str | None = None

    def column(self, name: str) -> list[str]:
        """All cells of one column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


def decode(name: str, content: bytes) -> tuple[str, str]:
    """(text, encoding) of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        LoadRefused: it is none of these, or no text at all.
    """
    encodings = [encoding for mark, encoding in _BOMS if content.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if encoding == "cp1252":
            _check_one_encoding(name, content)
        return text, encoding
    raise LoadRefused(f"{name} is geen tekstbestand in UTF-8 of Windows-1252.")


def _check_one_encoding(name: str, content: bytes) -> None:
    """A file that is not UTF-8 must not hold letters in UTF-8: somebody pasted two files together."""
    if match := _UTF8_LETTER.search(content):
        row = content.count(b"\n", 0, match.start()) + 1
        problem = Problem("hier staat een letter in UTF-8, elders in Windows-1252.", file=name, row=row)
        raise LoadRefused(f"{name} mengt twee tekensets.", (problem,))


def read_heads(name: str, content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """(line, column names) for each of the first lines that can be the line with column names.

    Raises:
        LoadRefused: no text.
    """
    text, _ = decode(name, _start(content))
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, line in enumerate(list(io.StringIO(text, newline=""))[: 4 * HEAD_LINES]):
        if line.startswith("#") or not line.strip():
            continue
        try:
            columns = _header(name, next(csv.reader([line], delimiter=_separator(name, line))))
        except (csv.Error, LoadRefused):
            continue
        found.append((number, columns))
    return found[:HEAD_LINES]


def _start(content: bytes) -> bytes:
    """Whole lines from the start of a file: enough to know it by."""
    if len(content) <= HEAD_BYTES:
        return content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content[:HEAD_BYTES]
    end = content.rfind(b"\n", 0, HEAD_BYTES)
    return content[: end + 1] if end >= 0 else content[: 4 * HEAD_BYTES]


def read_header(name: str, content: bytes) -> tuple[str, ...]:
    """The column names of a text table.

    Raises:
        LoadRefused: no text, or no line with column names.
    """
    text, _ = decode(name, _start(content))
    _, body = _split_comments(name, text)
    try:
        return _header(name, next(csv.reader(body[:1], delimiter=_separator(name, body[0]))))
    except csv.Error as error:
        raise LoadRefused(f"{name}: de kolomnamen zijn niet te lezen: {error}.") from error


def read_table(name: str, content: bytes, *, header: int | None = None) -> TextTable:
    """The one table in a text file; `header` is the line (from 0) with column names, if it is not the first.

    Raises:
        LoadRefused: no text, no header, a column name twice, no rows, or rows that do not fit the header.
    """
    text, encoding = decode(name, content)
    comments, body = _split_comments(name, text, header)
    separator = _separator(name, body[0])
    columns, rows, numbers, footer = _split_rows(name, body, separator, len(comments))
    return TextTable(name, columns, rows, numbers, encoding, separator, tuple(comments), footer)


def _split_comments(name: str, text: str, header: int | None = None) -> tuple[list[str], list[str]]:
    """The comment lines at the top, and the lines from the header on."""
    # Not splitlines(): it also breaks a row at a form feed or a line separator inside a cell.
    lines = list(io.StringIO(text, newline=""))
    count = header or 0
    while header is None and count < len(lines) and lines[count].startswith("#"):
        count += 1
    body = lines[count:]
    if not body or not body[0].strip():
        raise LoadRefused(f"{name} heeft geen regel met kolomnamen.")
    return [line.strip() for line in lines[:count]], body


def _separator(name: str, header: str) -> str:
    found = {separator: header.count(separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: found[separator])
    if not found[best]:
        raise LoadRefused(f"{name}: de kolomnamen zijn niet gescheiden door een puntkomma, komma of tab.")
    return best


def _split_rows(
    name: str, body: list[str], separator: str, offset: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[int, ...], tuple[str, ...]]:
    reader = csv.reader(body, delimiter=separator, strict=True)
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    try:
        columns = _header(name, next(reader))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(tuple(cell.strip() for cell in cells))
                numbers.append(offset + reader.line_num)
    except csv.Error as error:
        raise LoadRefused(f"{name}: rij {offset + reader.line_num} is niet te lezen: {error}.") from error
    footer = take_footer(rows, numbers)
    check_rows(name, columns, rows, numbers)
    return columns, tuple(rows), tuple(numbers), footer


def _header(name: str, cells: list[str]) -> tuple[str, ...]:
    columns = tuple(" ".join(cell.split("\n")).strip() for cell in cells)
    named = [column for column in columns if column]
    if doubles := sorted({column for column in named if named.count(column) > 1}):
        raise LoadRefused(f"{name}: de kolom {doubles[0]!r} komt meer dan één keer voor.")
    return columns


def take_footer(rows: list[tuple[str, ...]], numbers: list[int]) -> tuple[str, ...]:
    """The lines with the source below a table, taken off `rows` and `numbers`.

    Below the source may stand explanations: rows with nothing but their first cell.
    """
    first = max(0, len(rows) - _FOOTER_ROWS)
    for start in range(first, len(rows)):
        if _FOOTER.match(rows[start][0]) and all(_is_footer(row) for row in rows[start:]):
            footer = [" ".join(cell for cell in row if cell) for row in rows[start:]]
            del rows[start:], numbers[start:]
            return tuple(footer)
    return ()


def _is_footer(row: tuple[str, ...]) -> bool:
    return bool(_FOOTER.match(row[0])) or (len(row) > 1 and bool(row[0]) and not any(row[1:]))


def check_rows(
    name: str,
    columns: tuple[str, ...],
    rows: list[tuple[str, ...]],
    numbers: list[int],
    sheet: str | None = None,
) -> None:
    """Nothing, if there are rows, as long as the header, and the header is not among them.

    Raises:
        LoadRefused: with every row that is wrong.
    """
    if not rows:
        raise LoadRefused(f"{name} heeft wel kolomnamen, maar geen rijen.")
    problems = [
        Problem(
            f"{len(cells)} cellen, maar er zijn {len(columns)} kolommen.", file=name, sheet=sheet, row=row
        )
        for cells, row in zip(rows, numbers, strict=True)
        if len(cells) != len(columns)
    ]
    problems += [
        Problem("de kolomnamen staan hier nog een keer.", file=name, sheet=sheet, row=row)
        for cells, row in zip(rows, numbers, strict=True)
        if cells == columns
    ]
    if problems:
        raise LoadRefused(f"{name}: {len(problems)} rijen passen niet bij de kolomnamen.", tuple(problems))
