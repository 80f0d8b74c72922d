"""The catalogue of indicators: TOML files to `Indicator`s, refused with file and line when in doubt."""

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.errors import CatalogueError
from app.indicators import Indicator
from loaders.catalogue.blocks import Block, whole_file
from loaders.catalogue.entries import read_indicator

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Catalogue:
    """Every indicator by id, in the order of themes and files."""

    indicators: Mapping[str, Indicator]

    def get(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, if there is one."""
        return self.indicators.get(indicator_id)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    @property
    def themes(self) -> tuple[str, ...]:
        """Themes in the catalogue's order."""
        return tuple(dict.fromkeys(indicator.theme for indicator in self))


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue in `folder`, one file per theme; the shipped one is read once per process.

    Raises:
        CatalogueError: a key unknown, missing or empty, a wrong choice, a double id; with file and line.
    """
    return _shipped() if folder == FOLDER else _read_folder(folder)


@functools.cache
def _shipped() -> Catalogue:
    return _read_folder(FOLDER)


def _read_folder(folder: Path) -> Catalogue:
    indicators: dict[str, Indicator] = {}
    for path in sorted(folder.glob("*.toml")):
        for indicator, block in _read_file(path):
            if indicator.id in indicators:
                raise block.refusal(f"the id {indicator.id!r} is used twice.", "id")
            indicators[indicator.id] = indicator
    return Catalogue(indicators)


def _read_file(path: Path) -> Iterator[tuple[Indicator, Block]]:
    text = path.read_text(encoding="utf-8")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: not valid TOML: {error}.") from error
    file = whole_file(path.name, text)
    theme, chapter = _head(document, file)
    entries, blocks = document.get("indicator", []), list(file.parts("[[indicator]]"))
    if len(entries) != len(blocks):
        raise file.refusal("every indicator starts with a line [[indicator]].", "indicator")
    for entry, block in zip(entries, blocks, strict=True):
        named = replace(block, id=str(entry.get("id", "")))
        yield read_indicator(entry, named, theme, chapter), named


def _head(document: Mapping[str, Any], file: Block) -> tuple[str, str]:
    """Theme and chapter, which stand above the first indicator."""
    if unknown := sorted(set(document) - {"theme", "chapter", "indicator"}):
        raise file.refusal(f"unknown key(s) {unknown}.", unknown[0])
    for key in ("theme", "chapter"):
        if not isinstance(document.get(key), str) or not document[key]:
            raise file.refusal(f"{key!r} is missing.", key)
    return document["theme"], document["chapter"]
