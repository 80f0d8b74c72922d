"""Zip files that may be a trap, unpacked only after the sums are right: pure."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.guards.refusals import MAX_NAME, plain_text, refusal

MAX_ENTRIES = 200
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
SMALL = 1024 * 1024
"""Below this size a high ratio harms nobody: an empty style sheet packs very well."""

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,  # a password
    OSError,
)
_CHUNK = 1024 * 1024
_LEAVES_FOLDER = re.compile(r"^(?:/|\\|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")
_HAS_PASSWORD = 0x1


@dataclass(frozen=True)
class Archive:
    """A zip whose directory passed every check; its members still have to be read."""

    name: str
    zip: zipfile.ZipFile = field(repr=False)
    entries: dict[str, zipfile.ZipInfo] = field(repr=False)

    def read(self, entry: str) -> bytes:
        """One member, its checksum verified.

        Raises:
            LoadRefused: it is damaged, or not of the size that the directory says.
        """
        try:
            return b"".join(self._chunks(entry))
        except _FAULTS as error:
            raise refusal(self.name, f"Onderdeel {_shown(entry)} is beschadigd of afgebroken.") from error

    def _chunks(self, entry: str) -> Iterator[bytes]:
        with self.zip.open(self.entries[entry]) as member:
            while chunk := member.read(_CHUNK):
                yield chunk


def open_archive(name: str, content: bytes) -> Archive:
    """A zip that unpacks to a bearable amount, judged by its directory alone.

    Raises:
        LoadRefused: damaged, with a password, too much in it, or names that lead elsewhere.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _FAULTS as error:
        raise refusal(name, "Dit bestand is geen gave zip of werkmap; mogelijk is het afgebroken.") from error
    _check_amount(name, entries, len(content))
    _check_names(name, entries)
    if any(entry.flag_bits & _HAS_PASSWORD for entry in entries):
        raise refusal(name, "Dit bestand heeft een wachtwoord. Sla het op zonder wachtwoord.")
    return Archive(name, archive, {entry.filename: entry for entry in entries})


def _check_amount(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    if not entries:
        raise refusal(name, "Dit zip-bestand is leeg.")
    if len(entries) > MAX_ENTRIES:
        raise refusal(name, f"Er zitten {len(entries)} bestanden in; ten hoogste {MAX_ENTRIES} mag.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        limit = _megabytes(MAX_UNPACKED)
        raise refusal(name, f"Uitgepakt is dit {_megabytes(unpacked)} MB; ten hoogste {limit} MB mag.")
    if unpacked > max(SMALL, MAX_RATIO * packed):
        sentence = f"Uitgepakt is dit meer dan {MAX_RATIO} keer zo groot; dat is niet te vertrouwen."
        raise refusal(name, sentence)
    if sum(entry.compress_size for entry in entries) > packed:
        raise refusal(name, "Onderdelen van dit zip-bestand overlappen elkaar; dat is niet te vertrouwen.")


def _megabytes(size: int) -> str:
    return f"{-(-size // 1024**2):,}".replace(",", ".")


def _check_names(name: str, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.filename in seen:
            raise refusal(name, f"Onderdeel {_shown(entry.filename)} zit er meer dan één keer in.")
        if _LEAVES_FOLDER.search(entry.filename):
            raise refusal(name, f"Onderdeel {_shown(entry.filename)} heeft een pad dat buiten de zip wijst.")
        seen.add(entry.filename)


def _shown(entry: str) -> str:
    return f"“{plain_text(entry, longest=MAX_NAME)}”"
