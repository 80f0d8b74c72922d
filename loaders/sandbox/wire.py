"""The answer of the sandbox: a line of JSON about the file, then pieces: a line of JSON and the columns.

Not pickle, which runs what the writer wants; not npz, which is a zip and may unpack to anything. Numbers
travel as their eight bytes, so they come back exactly, NaN included; text columns as their different values
and an index.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO, Any

import numpy as np
import pandas as pd

from app.contributions import SwvRoute
from app.errors import LoadRefused
from app.indicators import CellStatus, PeriodStatus
from loaders.facts import Facts
from loaders.files import Problem
from loaders.guards.refusals import MAX_NAME, plain_text
from loaders.sandbox import Parsed
from loaders.sandbox.plain import from_plain, to_plain
from loaders.sandbox.refused import first_problems
from loaders.tidy import Tidy

_MAX_LINE = 256 * 1024 * 1024
_NUMBERS = {"float64": np.float64, "int64": np.int64, "bool": np.bool_}
_TEXTS = {"str", "object", "category"}
_STATUSES = dict[tuple[str, str], PeriodStatus]
_COLUMNS = tuple[tuple[str, str, tuple[str, ...] | None], ...]


def write_parsed(file: IO[bytes], parsed: Parsed) -> None:
    """Write what is read, while it is read; of each piece so many problems, and how many more there are.

    Raises:
        LoadRefused: the reader met a fault.
    """
    facts = parsed.facts
    if facts is not None:
        facts = replace(facts, problems=first_problems(facts.problems))
    about = [parsed.name, parsed.sha256, parsed.size, parsed.lines, parsed.profile]
    _write(file, {"file": about, "facts": None if facts is None else to_plain(facts)})
    for piece in parsed.pieces:
        _write_piece(file, piece)


def _write_piece(file: IO[bytes], tidy: Tidy) -> None:
    cells = tidy.observations
    columns = {str(name): _packed(cells[name]) for name in cells}
    header = {
        "rows": len(cells),
        "columns": [[name, *kind] for name, (kind, _) in columns.items()],
        "statuses": to_plain(tidy.statuses),
        "problems": to_plain(first_problems(tidy.problems)),
        "division": tidy.division,
        "swv_route": tidy.swv_route,
    }
    _write(file, header, (block for _, block in columns.values()))


def _write(file: IO[bytes], header: dict[str, Any], blocks: Iterable[np.ndarray] = ()) -> None:
    file.write(json.dumps(header).encode() + b"\n")
    for block in blocks:
        file.write(np.ascontiguousarray(block).data)


def _packed(column: "pd.Series[Any]") -> tuple[list[Any], np.ndarray]:
    """([dtype, different values or None], the array to write)."""
    kind = str(column.dtype)
    if kind in _NUMBERS:
        return [kind, None], column.to_numpy()
    if kind not in _TEXTS:
        raise TypeError(f"a column of {kind} has no plain form")
    codes, values = pd.factorize(column)
    return [kind, [str(value) for value in values]], codes.astype(np.int32)


def read(file: IO[bytes], longest: int) -> Parsed:
    """What the sandbox wrote; the pieces are read from the file while somebody walks through them.

    Raises:
        LoadRefused: as the sandbox did.
        ValueError, KeyError, TypeError: it is not of the agreed form; walking through the pieces too.
    """
    if file.seek(0, os.SEEK_END) > longest:
        raise ValueError("the answer is too long")
    file.seek(0)
    header = json.loads(file.readline(_MAX_LINE))
    if "refused" in header:
        raise LoadRefused(plain_text(from_plain(str, header["refused"])), _problems(header["problems"]))
    name, sha256, size, lines, profile = from_plain(tuple[str, str, int, int, str], header["file"])
    facts = from_plain(Facts | None, header["facts"])
    if facts is not None:
        facts = replace(facts, problems=_shown(facts.problems))
    return Parsed(plain_text(name), sha256, size, lines, profile, facts, _read_pieces(file))


def _read_pieces(file: IO[bytes]) -> Iterator[Tidy]:
    while line := file.readline(_MAX_LINE):
        yield _read_piece(file, json.loads(line))


def _read_piece(file: IO[bytes], header: dict[str, Any]) -> Tidy:
    rows = from_plain(int, header["rows"])
    columns = from_plain(_COLUMNS, header["columns"])
    series = {name: _unpacked(file, rows, kind, values) for name, kind, values in columns}
    cells = pd.DataFrame(series, index=pd.RangeIndex(rows))
    if not cells["status"].isin([status.value for status in CellStatus]).all():
        raise ValueError("an unknown status")
    return Tidy(
        cells,
        from_plain(_STATUSES, header["statuses"]),
        _problems(header["problems"]),
        from_plain(str, header["division"]),
        from_plain(SwvRoute | None, header["swv_route"]),
    )


def _unpacked(file: IO[bytes], rows: int, kind: str, values: tuple[str, ...] | None) -> Any:
    if values is None:
        return _array(file, _NUMBERS[kind], rows)
    codes = _array(file, np.int32, rows)
    if kind not in _TEXTS or (rows and not -1 <= codes.min() <= codes.max() < len(values)):
        raise ValueError("a text column that points outside its values")
    if kind == "category":
        return pd.Categorical.from_codes(codes, categories=pd.Index(values))
    texts = np.array([*values, np.nan], dtype=object)  # code -1 finds the last one: missing
    return pd.Series(texts[codes], dtype="str" if kind == "str" else object)


def _array(file: IO[bytes], kind: type[Any], rows: int) -> np.ndarray:
    """`rows` numbers from here on."""
    size = rows * np.dtype(kind).itemsize
    left = os.fstat(file.fileno()).st_size - file.tell()
    if not 0 <= size <= left:
        raise ValueError("the answer is cut off")
    return np.fromfile(file, dtype=kind, count=rows)


def _problems(data: Any) -> tuple[Problem, ...]:
    return _shown(from_plain(tuple[Problem, ...], data))


def _shown(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems with nothing in their text that a screen or terminal would obey."""
    return tuple(
        Problem(
            plain_text(problem.sentence),
            problem.severity,
            _plain(problem.file),
            _plain(problem.sheet),
            problem.row,
            _plain(problem.column),
        )
        for problem in problems
    )


def _plain(name: str | None) -> str | None:
    return None if name is None else plain_text(name, longest=MAX_NAME)
