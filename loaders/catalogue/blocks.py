"""Where in a catalogue file a table and its keys stand, so that a refusal can name the line: pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.errors import CatalogueError


@dataclass(frozen=True)
class Block:
    """The lines of one table, from its header up to the next table of the same name.

    `first` is the number of the header's line in the file; `id` the indicator's, once it is known.
    """

    file: str
    lines: tuple[str, ...]
    first: int
    id: str = ""

    def line_of(self, key: str) -> int:
        """The line on which a key of this table is set; that of the header where it is not."""
        pattern = re.compile(rf'[ \t]*"?{re.escape(key)}"?[ \t]*=')
        for number, line in enumerate(self.lines):
            if number and line.startswith("["):
                break
            if pattern.match(line):
                return self.first + number
        return self.first

    def refusal(self, sentence: str, key: str = "") -> CatalogueError:
        """The error that names file, line and indicator."""
        name = f" ({self.id})" if self.id else ""
        return CatalogueError(f"{self.file}, line {self.line_of(key)}{name}: {sentence}")

    def inside(self, key: str) -> "Block":
        """The inline tables of a key: all that is wrong in them stands on the key's line."""
        return Block(self.file, (), self.line_of(key), self.id)

    def parts(self, header: str) -> Iterator["Block"]:
        """The tables with this header (`[[indicator.breakdowns]]`) inside this one, in their order."""
        starts = [number for number, line in enumerate(self.lines) if line.strip() == header]
        for start, end in pairwise([*starts, len(self.lines)]):
            yield Block(self.file, self.lines[start:end], self.first + start, self.id)


def whole_file(file: str, text: str) -> Block:
    """A whole file as a block: keys are looked for above its first table."""
    return Block(file, tuple(text.splitlines()), 1)
