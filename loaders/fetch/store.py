"""Raw answers on disk: `fetched/<source>/<moment>/`, complete with a manifest or not there at all."""

import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from loaders.fetch.errors import FetchFailed
from loaders.fetch.web import Answer
from loaders.sources import Source
from loaders.sources.fetched import MANIFEST, folder_of

_HALF = ".half-"
_MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Kept:
    """An earlier answer that is still whole: `path` is the file or folder for the loader."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def moment(self) -> datetime:
        """When it was fetched, in UTC."""
        return datetime.fromisoformat(self.manifest["fetched_at"])

    def header(self, name: str) -> str:
        """A header of its first answer, empty if there was none."""
        return str(self.manifest["answers"][0]["headers"].get(name, ""))


class Store:
    """What was fetched from one source."""

    def __init__(self, data_dir: Path, source: Source) -> None:
        self._folder = folder_of(data_dir, source.name)
        self._source = source

    @contextmanager
    def locked(self) -> Iterator[None]:
        """For one process at a time; what a killed one left half done is removed.

        Raises:
            FetchFailed: another process is fetching this source, or the folder cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self._folder / ".lock").open("wb")
        except OSError as error:
            raise FetchFailed(f"In {self._folder} kan niets worden bewaard: {error.strerror}.") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FetchFailed(f"{self._source.name} wordt op dit moment al opgehaald.") from error
            for leftover in self._folder.glob(f"{_HALF}*"):
                shutil.rmtree(leftover)
            yield

    @contextmanager
    def half(self) -> Iterator[Path]:
        """A folder to fill, which is gone afterwards unless `keep` made it whole."""
        folder = Path(tempfile.mkdtemp(prefix=_HALF, dir=self._folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def latest(self) -> Kept | None:
        """The last answer, if its files still have the hashes of its manifest."""
        for folder in sorted(self._folder.glob("[0-9]*"), reverse=True):
            with suppress(OSError, ValueError, KeyError, TypeError):
                manifest = json.loads((folder / MANIFEST).read_bytes())
                path = folder / manifest["path"]
                if manifest["sha256"] == _hash(_files(path)):
                    return Kept(path, manifest)
        return None

    def keep(
        self, half: Path, path: Path, moment: datetime, answers: Iterable[Answer], facts: Mapping[str, str]
    ) -> Kept:
        """Make a filled folder whole: write its manifest and give it its name, in one step.

        `path` is the file or folder in it that the loader gets; `facts` go into the manifest as they are.
        """
        listed = [asdict(answer) | {"time": answer.time.isoformat()} for answer in answers]
        manifest: dict[str, Any] = {
            "source": self._source.name,
            "publisher": self._source.publisher,
            "table": self._source.table,
            "fetched_at": moment.isoformat(timespec="seconds"),
            "definition": self._source.definition,
            "path": path.relative_to(half).as_posix(),
            "sha256": content_hash(path),
            **facts,
            "answers": listed,
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False)
        (half / MANIFEST).write_text(text, encoding="utf-8")
        whole = self._free_name(moment)
        half.rename(whole)
        return Kept(whole / manifest["path"], manifest)

    def _free_name(self, moment: datetime) -> Path:
        name = moment.strftime(_MOMENT)
        taken = sum(1 for _ in self._folder.glob(f"{name}*"))
        return self._folder / (f"{name}-{taken + 1}" if taken else name)


def content_hash(path: Path) -> str:
    """One hash over the names and contents of a file, or of the files of a folder."""
    return _hash(_files(path))


def _files(path: Path) -> list[Path]:
    return sorted(item for item in path.iterdir()) if path.is_dir() else [path]


def _hash(files: Iterable[Path]) -> str:
    lines = [f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
