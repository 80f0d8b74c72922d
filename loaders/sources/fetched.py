"""When a source was last fetched, by what lies on disk; without the code that fetches."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

MANIFEST = "manifest.json"


def folder_of(data_dir: Path, name: str) -> Path:
    """Where the answers of a source are kept."""
    return data_dir / "fetched" / name


def fetched_at(data_dir: Path, name: str) -> datetime | None:
    """When the last answer came, by its manifest; whether its files are still whole is not looked at."""
    for folder in sorted(folder_of(data_dir, name).glob("[0-9]*"), reverse=True):
        with suppress(OSError, ValueError, KeyError, TypeError):
            return datetime.fromisoformat(json.loads((folder / MANIFEST).read_bytes())["fetched_at"])
    return None
