"""A file, folder or zip as bytes, and the tables that can be read from it: pure but for `read_path`."""

import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.errors import LoadRefused
from loaders.files import records, sheets
from loaders.files.text import TextTable, read_header, read_heads, read_table

MAX_BYTES = 500 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNZIPPED = 100 * 1024 * 1024
MAX_RATIO = 100
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


@dataclass(frozen=True, slots=True)
class Head:
    """A place where a table can start: which sheet, which row (from 0), and the column names there.

    `sheet` is None in a text file; `row` is None for rows of JSON, which name their own columns.
    """

    columns: tuple[str, ...]
    row: int | None
    sheet: int | None = None


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

    @property
    def start(self) -> bytes:
        """The first bytes of the only member; nothing of a folder."""
        return next(iter(self.members.values()))[:4000] if len(self.members) == 1 else b""

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
    def data(self) -> dict[str, bytes]:
        """The members with rows: the only member or, of an OData folder, its pages of observations."""
        if len(self.members) == 1:
            return self.members
        pages = {name: page for name, page in self.members.items() if name.lower().startswith("observations")}
        return dict(sorted(pages.items()))

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The column names of the only member; empty, and no error, when it is no text table."""
        if len(self.members) != 1:
            return ()
        try:
            return read_header(self.name, next(iter(self.members.values())))
        except LoadRefused:
            return ()

    @cached_property
    def table(self) -> TextTable:
        """The data as one text table.

        Raises:
            LoadRefused: no table, or more than one file with rows.
        """
        return self._text(None)

    def _text(self, row: int | None) -> TextTable:
        if len(self.data) != 1:
            raise LoadRefused(f"{self.name} heeft niet precies één bestand met rijen.")
        ((member, content),) = self.data.items()
        name = self.name if len(self.members) == 1 else f"{self.name}/{member}"
        return read_table(name, content, header=row)

    @cached_property
    def sheets(self) -> tuple[sheets.Sheet, ...]:
        """The sheets of the only member; none when it is no workbook.

        Raises:
            LoadRefused: a workbook that cannot be read safely.
        """
        if len(self.members) != 1:
            return ()
        (content,) = self.members.values()
        return sheets.read_sheets(self.name, content) if sheets.is_workbook(content) else ()

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """Every place in the data where a table can start; none, and no error, when it is no table.

        Raises:
            LoadRefused: a workbook that cannot be read safely.
        """
        if not self.data:
            return ()
        content = next(iter(self.data.values()))
        if self.sheets:
            return tuple(
                Head(columns, row, number)
                for number, sheet in enumerate(self.sheets)
                for row, columns in sheets.sheet_heads(sheet)
            )
        try:
            if records.is_records(content):
                return (Head(self.records.columns, None),)
            return tuple(Head(columns, row) for row, columns in read_heads(self.name, content))
        except LoadRefused:
            return ()

    @cached_property
    def records(self) -> TextTable:
        """The rows of an OData answer in JSON, of all its pages."""
        return records.read_records(self.name, self.data.values())

    def table_at(self, head: Head) -> TextTable:
        """The table that starts at a head.

        Raises:
            LoadRefused: no rows, rows that do not fit the header (every one is listed), or absent pages.
        """
        if head.sheet is not None and head.row is not None:
            return sheets.sheet_table(self.name, self.sheets[head.sheet], head.row)
        if head.row is None:
            records.check_complete(self.name, self.data.values())
            return self.records
        return self.table if head is self.heads[0] else self._text(head.row)


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
    return unzip(path.name, content) if path.suffix.lower() == ".zip" else {path.name: content}


def _check_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise LoadRefused(
            f"{name} is groter dan {MAX_BYTES // 1024**2} MB; zo groot mag een bestand niet zijn."
        )


def unzip(name: str, content: bytes) -> dict[str, bytes]:
    """The files in a zip by name; a folder that all of them lie in is left out of the names.

    Raises:
        LoadRefused: damaged, encrypted, too many or too large files, or a zip in the zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_litter(entry)]
            _check_entries(name, entries, len(content))
            members = {entry.filename: archive.read(entry) for entry in entries}
    except _ZIP_FAULTS as error:
        raise LoadRefused(f"{name} is geen gaaf zip-bestand, of het is versleuteld.") from error
    return _without_common_folder(members)


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what the archive program of a Mac leaves behind."""
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or entry.filename.endswith(".DS_Store")


def _check_entries(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNZIPPED or unpacked > MAX_RATIO * packed:
        raise LoadRefused(
            f"{name} pakt uit tot te veel bestanden of te veel gegevens en is daarom geweigerd."
        )
    names = [entry.filename for entry in entries]
    if nested := [entry for entry in names if entry.lower().endswith(".zip")]:
        raise LoadRefused(f"{name} bevat weer een zip-bestand: {nested[0]}. Pak het eerst uit.")
    if len(set(names)) < len(names):
        raise LoadRefused(f"{name} bevat meer dan één bestand met dezelfde naam.")


def _without_common_folder(members: dict[str, bytes]) -> dict[str, bytes]:
    folders = {name.rpartition("/")[0] for name in members}
    folder = folders.pop() if len(folders) == 1 else ""
    return {name.removeprefix(f"{folder}/") if folder else name: text for name, text in members.items()}
