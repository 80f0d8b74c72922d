"""What is on disk after fetching."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loaders.fetch import Fetched

Fetch = Callable[..., Fetched]


def leftovers(tmp_path: Path) -> list[str]:
    """What stands in the folders of sources, apart from their locks."""
    return sorted(path.name for path in tmp_path.glob("fetched/*/*") if path.name != ".lock")


def read_manifest(fetched: Fetched) -> dict[str, Any]:
    """The manifest beside what was fetched."""
    folder = next(parent for parent in fetched.path.parents if (parent / "manifest.json").exists())
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return manifest


def column(rows: list[dict[str, Any]], name: str) -> list[Any]:
    """One column of rows."""
    return [row[name] for row in rows]
