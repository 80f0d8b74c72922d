"""Bytes to text tables, whatever the encoding, separator, padding, comment lines or footer: pure."""

import csv
import hashlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from app.errors import LoadRefused

MAX_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNZIPPED = 100 * 1024 * 1024
MAX_RATIO = 100
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = (";", ",", "\t")
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,  # encrypted
)
_FOOTER = re.compile(r"^(bron|source|©)\b|^©", re.IGNORECASE)


class Severity(StrEnum):
    """What a problem means for the load."""

    NOTE = "opmerking"
    WARNING = "waarschuwing"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know about a file, in a plain Dutch sentence; row 1 is the first line."""

    sentence: str
    severity: Severity = Severity.STOP
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"blad {self.sheet}" if self.sheet else None,
                f"rij {self.row}" if self.row else None,
                f"kolom {self.column}" if self.column else None,
            )
            if part
        )
        return f"[{self.severity}] {place + ': ' if place else ''}{self.sentence}"


@dataclass(frozen=True)
class TextTable:
    """A table whose cells are stripped text. `numbers[i]` is the file's line on which `rows[i]` ends."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    encoding: str
    separator: str
    comments: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()

    def column(self, name: str) -> list[str]:
        """All cells of one column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


@dataclass(frozen=True)
class Bundle:
    """A file, or the files of a folder or zip, as bytes; `sha256` covers names and contents."""

    name: str
    members: dict[str, bytes] = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(len(content) for content in self.members.values())

    @property
    def lines(self) -> int:
        """Line ends in all."""
        return sum(content.count(b"\n") for content in self.members.values())

    @cached_property
    def sha256(self) -> str:
        """The hash of the one file, or of all files' names and hashes."""
        if len(self.members) == 1:
            return hashlib.sha256(next(iter(self.members.values()))).hexdigest()
        lines = [
            f"{name}\0{hashlib.sha256(content).hexdigest()}" for name, content in sorted(self.members.items())
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The column names of the only member; empty, and no error, when it is no table."""
        if len(self.members) != 1:
            return ()
        try:
            return read_header(self.name, next(iter(self.members.values())))
        except LoadRefused:
            return ()

    @cached_property
    def table(self) -> TextTable:
        """The only member as a table."""
        (content,) = self.members.values()
        return read_table(self.name, content)


def read_path(path: Path) -> Bundle:
    """The file, folder or zip at `path`.

    Raises:
        LoadRefused: absent, unreadable, empty, too large, or a zip that unpacks to too much.
    """
    try:
        members = _read_members(path)
    except OSError as error:
        raise LoadRefused(f"{path.name} kan niet worden gelezen: {error.strerror or error}.") from error
    if not any(members.values()):
        raise LoadRefused(f"{path.name} is leeg.")
    return Bundle(path.name, members)


def _read_members(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        files = sorted(item for item in path.iterdir() if item.is_file())
        _check_size(path.name, sum(item.stat().st_size for item in files))
        return {item.name: item.read_bytes() for item in files}
    _check_size(path.name, path.stat().st_size)
    content = path.read_bytes()
    return _unzip(path.name, content) if path.suffix.lower() == ".zip" else {path.name: content}


def _check_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise LoadRefused(
            f"{name} is groter dan {MAX_BYTES // 1024**2} MB; zo groot mag een bestand niet zijn."
        )


def _unzip(name: str, content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(name, entries, len(content))
            return {entry.filename: archive.read(entry) for entry in entries}
    except _ZIP_FAULTS as error:
        raise LoadRefused(f"{name} is geen gaaf zip-bestand, of het is versleuteld.") from error


def _check_entries(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNZIPPED or unpacked > MAX_RATIO * packed:
        raise LoadRefused(
            f"{name} pakt uit tot te veel bestanden of te veel gegevens en is daarom geweigerd."
        )


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
        return text, encoding
    raise LoadRefused(f"{name} is geen tekstbestand in UTF-8 of Windows-1252.")


def read_header(name: str, content: bytes) -> tuple[str, ...]:
    """The column names of a text table.

    Raises:
        LoadRefused: no text, or no line with column names.
    """
    text, _ = decode(name, content)
    _, body = _split_comments(name, text)
    try:
        return _header(name, next(csv.reader(body[:1], delimiter=_separator(name, body[0]))))
    except csv.Error as error:
        raise LoadRefused(f"{name}: de kolomnamen zijn niet te lezen: {error}.") from error


def read_table(name: str, content: bytes) -> TextTable:
    """The one table in a text file.

    Raises:
        LoadRefused: no text, no header, a column name twice, no rows, or rows that do not fit the header.
    """
    text, encoding = decode(name, content)
    comments, body = _split_comments(name, text)
    separator = _separator(name, body[0])
    columns, rows, numbers, footer = _split_rows(name, body, separator, len(comments))
    return TextTable(name, columns, rows, numbers, encoding, separator, tuple(comments), footer)


def _split_comments(name: str, text: str) -> tuple[list[str], list[str]]:
    """The comment lines at the top, and the lines from the header on."""
    # Not splitlines(): it also breaks a row at a form feed or a line separator inside a cell.
    lines = list(io.StringIO(text, newline=""))
    count = 0
    while count < len(lines) and lines[count].startswith("#"):
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
    footer = _take_footer(rows, numbers)
    _check_rows(name, columns, rows, numbers)
    return columns, tuple(rows), tuple(numbers), footer


def _header(name: str, cells: list[str]) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in cells)
    named = [column for column in columns if column]
    if doubles := sorted({column for column in named if named.count(column) > 1}):
        raise LoadRefused(f"{name}: de kolom {doubles[0]!r} komt meer dan één keer voor.")
    return columns


def _take_footer(rows: list[tuple[str, ...]], numbers: list[int]) -> tuple[str, ...]:
    footer: list[str] = []
    while rows and _FOOTER.match(rows[-1][0]):
        footer.insert(0, " ".join(cell for cell in rows.pop() if cell))
        numbers.pop()
    return tuple(footer)


def _check_rows(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], numbers: list[int]) -> None:
    if not rows:
        raise LoadRefused(f"{name} heeft wel kolomnamen, maar geen rijen.")
    problems = tuple(
        Problem(f"{len(cells)} cellen, maar er zijn {len(columns)} kolommen.", file=name, row=number)
        for cells, number in zip(rows, numbers, strict=True)
        if len(cells) != len(columns)
    )
    if problems:
        raise LoadRefused(f"{name}: {len(problems)} rijen passen niet bij de kolomnamen.", problems)


_POINT = re.compile(r"-?\d+(\.\d+)?")
_COMMA = re.compile(r"-?\d+(,\d+)?")


def parse_number(text: str, *, decimal: str) -> float | None:
    """The number in a cell with the given decimal sign, or None when it holds anything else.

    The sign is decided per column by the profile, never per cell: with a comma, `1.234` is no number.
    """
    pattern = _COMMA if decimal == "," else _POINT
    if not pattern.fullmatch(text):
        return None
    return float(text.replace(",", "."))


def base_name(column: str) -> str:
    """A CBS column name without its running number: `JongerenMetJeugdzorg_84` → `JongerenMetJeugdzorg`."""
    return re.sub(r"_\d+$", "", column.strip())


def bare_title(column: str) -> str:
    """A StatLine column title without the unit in brackets at its end."""
    return re.sub(r"\s*\((?:[^()]|\([^()]*\))*\)$", "", column.strip())
