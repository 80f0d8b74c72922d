"""The folder of refused files: as they came, readable by the owner only, the oldest out when it is full."""

import hashlib
import os
import re
import stat
import zipfile
from pathlib import Path

MOST_BYTES = 500 * 1024 * 1024
FOLDER = "rejected"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_PIECE = 1024 * 1024


def keep_file(path: Path, sha256: str, folder: Path, *, most: int = MOST_BYTES) -> str:
    """Keep a copy as `<sha256>-<name>` in the folder, and return that name; empty where it does not fit.

    A folder of files is kept as one zip. Afterwards the kept files together are at most `most` bytes.
    """
    size = sum(one.stat().st_size for one in _files(path))
    if size > most or not size:
        return ""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{sha256}-{_UNSAFE.sub('_', path.name)[-80:]}" + (".zip" if path.is_dir() else "")
    half = folder / f".{name}.{os.getpid()}"
    _write(path, half)
    half.replace(folder / name)
    _make_room(folder, most, but=name)
    return name


def hash_file(path: Path) -> tuple[str, int]:
    """(hash, bytes) of a file; of a folder the hash of its files' names and contents. ('', 0) of nothing."""
    digest, size = hashlib.sha256(), 0
    files = _files(path)
    for one in files:
        if path.is_dir():
            digest.update(one.name.encode() + b"\0")
        with one.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    return (digest.hexdigest(), size) if files else ("", 0)


def _files(path: Path) -> list[Path]:
    """Regular files only: a pipe or a device would keep us for ever."""
    chosen = sorted(path.iterdir()) if path.is_dir() else [path]
    return [one for one in chosen if one.exists() and stat.S_ISREG(one.stat().st_mode)]


def _write(path: Path, target: Path) -> None:
    handle = os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        if path.is_dir():
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for one in _files(path):
                    archive.write(one, one.name)
            return
        with path.open("rb") as source:
            while piece := source.read(_PIECE):
                file.write(piece)


def _make_room(folder: Path, most: int, *, but: str) -> None:
    kept = [one for one in folder.iterdir() if one.is_file() and not one.name.startswith(".")]
    kept.sort(key=lambda one: (one.name == but, one.stat().st_mtime_ns))
    total = sum(one.stat().st_size for one in kept)
    for one in kept[:-1]:
        if total <= most:
            return
        total -= one.stat().st_size
        one.unlink()
