"""What the bytes of a file show before anything parses them: bombs, passwords, far corners: pure."""

from collections.abc import Mapping
from pathlib import PurePath

from loaders.files.bundle import Bundle, unzip
from loaders.guards.archives import open_archive
from loaders.guards.refusals import refusal
from loaders.guards.texts import check_text
from loaders.guards.workbooks import check_workbook, is_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_SUFFIXES = {".zip", ".xlsx", ".xlsm", ".xlsb", ".ods"}
_WORKBOOK_SUFFIXES = {".xlsx", ".ods"}


def open_bundle(name: str, contents: Mapping[str, bytes], *, is_folder: bool, max_cells: int) -> Bundle:
    """The files of a folder, or the one file or zip, as a bundle that may be parsed.

    Args:
        name: of the file or folder.
        contents: the bytes of each file by its own name.
        is_folder: whether `contents` are the files of a folder.
        max_cells: the largest rectangle, in cells, that a sheet of a workbook may fill from A1 on.

    Raises:
        LoadRefused: the content may do harm, or is not what a name promises.
    """
    if not is_folder:
        (content,) = contents.values()
        return Bundle(name, open_safely(name, content, max_cells=max_cells))
    for member, content in contents.items():
        check_member(member, content, max_cells=max_cells)
    return Bundle(name, dict(contents))


def open_safely(name: str, content: bytes, *, max_cells: int) -> dict[str, bytes]:
    """The members of a zip, or the one file itself, after every check that needs no parser.

    Args:
        name: the file's name, for the refusals; its extension must agree with the content.
        content: the whole file.
        max_cells: the largest rectangle, in cells, that a sheet of a workbook may fill from A1 on.

    Raises:
        LoadRefused: the content may do harm, or is not what the name promises.
    """
    suffix = PurePath(name).suffix.lower()
    if not content.startswith(_ZIP):
        if suffix == ".zip":
            raise refusal(name, "Dit is geen gaaf zip-bestand; mogelijk is het afgebroken.")
        check_member(name, content, max_cells=max_cells)
        return {name: content}
    if suffix not in _ZIP_SUFFIXES:
        raise refusal(name, f"De naam eindigt op {suffix or 'niets'}, maar de inhoud is een zip of werkmap.")
    archive = open_archive(name, content)
    if is_workbook(archive) or suffix != ".zip":
        check_workbook(archive, max_cells=max_cells)
        return {name: content}
    return _unzip(name, content, max_cells=max_cells)


def _unzip(name: str, content: bytes, *, max_cells: int) -> dict[str, bytes]:
    members = unzip(name, content)
    for member, inside in members.items():
        if inside.startswith(_ZIP):
            inner = open_archive(member, inside)
            if not is_workbook(inner):
                raise refusal(name, "Dit zip-bestand bevat weer een zip-bestand.")
            check_workbook(inner, max_cells=max_cells)
        else:
            check_member(member, inside, max_cells=max_cells)
    return members


def check_member(name: str, content: bytes, *, max_cells: int) -> None:
    """Nothing, if one file of a folder or zip may be parsed.

    Raises:
        LoadRefused: it may do harm, or is not what its name promises.
    """
    if content.startswith(_ZIP):
        open_safely(name, content, max_cells=max_cells)
    elif content.startswith(OLE):
        _check_ole(name, content)
    elif PurePath(name).suffix.lower() in _WORKBOOK_SUFFIXES:
        raise refusal(name, "Dit is geen gave werkmap; mogelijk is het bestand afgebroken.")
    else:
        check_text(name, content)


def _check_ole(name: str, content: bytes) -> None:
    """The container of xls, and of every workbook with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refusal(name, "Deze werkmap heeft een wachtwoord. Sla haar op zonder wachtwoord.")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise refusal(name, "Deze werkmap bevat macro's. Sla haar op zonder macro's, als xlsx.")
