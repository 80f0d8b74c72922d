"""Files from a browser: which routes take them, how large, from whom, and where they are kept until read.

The check stands between the log-in gate and the check of tokens, which parses the form: who may not upload
is refused before a byte of the body is read.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.datastructures import FileStorage

from app.access import Viewer
from app.errors import BadInput

MEGABYTE = 1024 * 1024
FOLDER = "uploads"
MOST_FILES = 10
LONGEST_NAME = 120
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PIECE = MEGABYTE


@dataclass(frozen=True)
class Route:
    """A route that takes files: the most bytes of its body, and who may send them."""

    most_bytes: int
    check: Callable[[Viewer, Mapping[str, Any]], object]


ADMIN_BYTES = 200 * MEGABYTE
OWN_FIGURES_BYTES = 5 * MEGABYTE
ROUTES = {
    "admin.upload_files": Route(ADMIN_BYTES + MEGABYTE, lambda viewer, _: viewer.require_admin()),
    "own_figures_upload": Route(
        OWN_FIGURES_BYTES + MEGABYTE, lambda viewer, view: viewer.fillable_region(view.get("region"))
    ),
}
"""endpoint → what it takes. Every other route takes what `security.MAX_BODY_BYTES` says."""


@dataclass(frozen=True)
class Received:
    """A file that lies in the folder of uploads. `name` is what the browser called it, for people only."""

    name: str
    stored_at: str
    sha256: str
    size: int


def install_uploads(server: Flask, viewer: Callable[[], Viewer]) -> None:
    """Let the routes of the list take larger bodies. Call it after the gate and before the token check."""

    def check() -> None:
        route = ROUTES.get(request.endpoint or "")
        if route is not None and request.method == "POST":
            route.check(viewer(), request.view_args or {})
            request.max_content_length = route.most_bytes

    server.before_request(check)


def receive(field: str, data_dir: Path) -> list[Received]:
    """The files of one field of the form, kept below `data_dir`; all of them, or none.

    Raises:
        BadInput: no file, or too many.
        OSError: they cannot be kept, as on a full disk.
    """
    files = [file for file in request.files.getlist(field) if file.filename]
    if not files:
        raise BadInput("U heeft geen bestand gekozen. Kies een bestand en probeer het opnieuw.")
    if len(files) > MOST_FILES:
        raise BadInput(f"U koos {len(files)} bestanden. Kies er ten hoogste {MOST_FILES} tegelijk.")
    kept: list[Received] = []
    with ExitStack() as undo:
        for file in files:
            one = _keep(file, data_dir)
            undo.callback(discard, data_dir, one.stored_at)
            kept.append(one)
        undo.pop_all()
    return kept


def path_of(data_dir: Path, stored_at: str) -> Path:
    """Where a kept file lies."""
    return data_dir / FOLDER / stored_at


def discard(data_dir: Path, stored_at: str) -> None:
    """Throw a kept file away; nothing happens if it is gone."""
    if stored_at:
        shutil.rmtree(path_of(data_dir, stored_at).parent, ignore_errors=True)


def shown_name(name: str) -> str:
    """What the browser called a file, without its folders and without what a screen would obey.

    >>> shown_name("C:\\\\map\\\\cijfers 2025.csv")
    'cijfers 2025.csv'
    """
    last = re.split(r"[/\\]", name)[-1]
    return _UNSEEN.sub("", last).strip()[-LONGEST_NAME:] or "bestand"


def safe_name(name: str) -> str:
    """A name for the disk, of which only the extension says anything."""
    return _UNSAFE.sub("_", shown_name(name)).lstrip("._-")[-80:] or "bestand"


def _keep(file: FileStorage, data_dir: Path) -> Received:
    """Copy piece by piece: a large file is never in memory whole."""
    name = shown_name(file.filename or "")
    stored_at = f"{secrets.token_urlsafe(16)}/{safe_name(name)}"
    path = path_of(data_dir, stored_at)
    path.parent.mkdir(mode=0o700, parents=True)
    digest, size = hashlib.sha256(), 0
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as target:
            while piece := file.stream.read(_PIECE):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
    except OSError:
        discard(data_dir, stored_at)
        raise
    return Received(name, stored_at, digest.hexdigest(), size)
