"""Where in a definition file a table and its words stand, so that a refusal can name the line: pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.errors import DashboardError


class DefinitionError(DashboardError):
    """A questionnaire that cannot be asked as it stands; file and line are in the message."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one table with those inside it; `first` is the number of the first line in the file."""

    file: str
    lines: tuple[str, ...]
    first: int = 1

    def line_of(self, *words: str) -> int:
        """The line of this block on which the first of the words stands that is in it, or the first line."""
        for word in words:
            pattern = re.compile(rf'(?<![\w.]){re.escape(word)}(?![\w-])(?=["\s.=\]]|$)')
            for number, line in enumerate(self.lines):
                if pattern.search(line):
                    return self.first + number
        return self.first

    def refusal(self, sentence: str, *words: str) -> DefinitionError:
        """The error that names file and line; `words` are keys or options as they stand in the file."""
        return DefinitionError(f"{self.file}, line {self.line_of(*words)}: {sentence}")

    def parts(self, header: str) -> Iterator["Block"]:
        """The block of each table under a header, in their order."""
        starts = [number for number, line in enumerate(self.lines) if line.strip() == header]
        for start, end in pairwise([*starts, len(self.lines)]):
            yield Block(self.file, self.lines[start:end], self.first + start)


def read_block(file: str, text: str) -> Block:
    """The whole of a file."""
    return Block(file, tuple(text.splitlines()))


def check_keys(
    entry: object, allowed: Mapping[str, type], block: Block, needed: Collection[str] = ()
) -> None:
    """Whether an entry holds only keys that exist, each of its type, and those that are needed.

    Raises:
        DefinitionError: it does not.
    """
    if not isinstance(entry, dict):
        raise block.refusal(f"{entry!r} is no table.")
    for key, value in entry.items():
        if key not in allowed:
            raise block.refusal(f"unknown key {key!r}; allowed are {sorted(allowed)}.", key)
        if type(value) is not allowed[key]:
            raise block.refusal(f"{key!r} cannot be {value!r}.", key)
    for key in needed:
        if entry.get(key) in (None, "", [], {}):
            raise block.refusal(f"{key!r} is missing.")


def pairs(entries: list[Any], header: str, block: Block) -> Iterator[tuple[Any, Block]]:
    """Each table of an array with its lines."""
    blocks = list(block.parts(header))
    if len(blocks) != len(entries):
        raise block.refusal(f"every part starts with a line {header}.", header.strip("[]"))
    yield from zip(entries, blocks, strict=True)
