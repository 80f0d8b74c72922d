"""A filled-in form to tidy observations: in one piece, or piece by piece where it is long.

Every cell that cannot be what its column says is named with row and column, and then nothing is loaded.
"""

import io
import itertools
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from app.errors import LoadRefused
from app.indicators import PeriodStatus
from loaders.catalogue import Catalogue, load_catalogue
from loaders.files import Bundle, Problem, TextTable, parse_number
from loaders.reference import Reference
from loaders.template import COLUMNS, KEYS, NUMBERS, REMARK, STATUS
from loaders.template.checking import Checker, Faults, is_filled
from loaders.tidy import Tidy

LONG_FILE = 20 * 1024 * 1024
CHUNK_ROWS = 200_000
MAX_PROBLEMS = 1000
_GLANCE = 4 * 1024 * 1024
_NEWLINE, _SEPARATOR = b"\n;"


def read_form(bundle: Bundle, reference: Reference) -> Tidy:
    """All figures of a form in one piece.

    Raises:
        LoadRefused: any cell is wrong, or a figure stands in it twice; every one is named.
    """
    parts = list(read_form_chunks(bundle, reference))
    statuses: dict[tuple[str, str], PeriodStatus] = {}
    for part in parts:
        statuses |= part.statuses
    cells = pd.concat([part.observations for part in parts], ignore_index=True)
    return Tidy(cells, statuses, tuple(problem for part in parts for problem in part.problems))


def read_form_chunks(
    bundle: Bundle, reference: Reference, catalogue: Catalogue | None = None
) -> Iterator[Tidy]:
    """The figures of a form, in pieces of at most 200,000 rows. A period may go on in the next piece.

    A form with own figures is small: it comes in one piece, with whatever is wrong in it as its problems, so
    that what other checks find can be told together with them.

    Raises:
        LoadRefused: at the end of the file, or as soon as a thousand cells are wrong; what came before must
            then be thrown away.
    """
    faults = Faults(bundle.name)
    checker = Checker(catalogue or load_catalogue(), reference, faults)
    found = False
    if reference.only_region:
        yield _whole(checker, bundle, faults)
        return
    for frame in _frames(bundle, faults):
        tidy = checker.check(frame)
        if len(faults.problems) >= MAX_PROBLEMS:
            break
        found = found or len(tidy.observations) > 0
        if len(tidy.observations) and not faults.problems:
            yield tidy
    checker.check_doubles()
    if faults.problems:
        problems = tuple(faults.problems[:MAX_PROBLEMS])
        raise LoadRefused(f"{bundle.name}: {len(problems)} cellen kloppen niet.", problems)
    if not found:
        raise LoadRefused(f"{bundle.name} is een leeg formulier: er staat geen enkel cijfer in.")


def _whole(checker: Checker, bundle: Bundle, faults: Faults) -> Tidy:
    parts = [checker.check(frame) for frame in _frames(bundle, faults)]
    checker.check_doubles()
    cells = pd.concat([part.observations for part in parts], ignore_index=True)
    statuses = {key: status for part in parts for key, status in part.statuses.items()}
    return Tidy(cells, statuses, tuple(faults.problems[:MAX_PROBLEMS]))


def _frames(bundle: Bundle, faults: Faults) -> Iterator[pd.DataFrame]:
    """Frames with a text column per key, status and remark, a float per number, and `row`."""
    head = next(head for head in bundle.heads if set(COLUMNS) <= set(head.columns))
    content = next(iter(bundle.data.values()))
    is_plain = head.sheet is None and head.row is not None and b'"' not in content
    if is_plain and len(content) > LONG_FILE and head.columns == COLUMNS:
        yield from _long_frames(bundle.name, content, head.row or 0, faults)
        return
    table = bundle.table_at(head)
    faults.sheet = table.sheet
    yield _frame(table, faults)


def _frame(table: TextTable, faults: Faults) -> pd.DataFrame:
    frame = pd.DataFrame({name: table.column(name) for name in COLUMNS}, dtype=object)
    frame = frame.assign(row=list(table.numbers))
    return _with_numbers(frame, table.decimal or ",", faults)


def _with_numbers(frame: pd.DataFrame, decimal: str, faults: Faults) -> pd.DataFrame:
    numbers: dict[str, list[float]] = {}
    for name in NUMBERS:
        numbers[name] = []
        for text, row in zip(frame[name], frame["row"], strict=True):
            value = parse_number(text, decimal=decimal) if text else np.nan
            if value is None:
                is_formula = text.startswith(("=", "+", "@"))
                sentence = f"{text!r} is {'een formule' if is_formula else 'geen getal'}."
                faults.add_unreadable(sentence, row, name)
            numbers[name].append(np.nan if value is None else value)
    return frame.assign(**{name: np.array(values, dtype=float) for name, values in numbers.items()})


def _long_frames(name: str, content: bytes, header: int, faults: Faults) -> Iterator[pd.DataFrame]:
    """A long csv without quotes, by pandas. Where a number is none, a second reading names the cells."""
    _check_lengths(name, content, header)
    try:
        for start, piece in _pieces(content, header, as_text=False):
            rows = piece.assign(row=np.arange(start, start + len(piece)))
            yield rows[is_filled(rows[KEYS[0]])]
    except UnicodeDecodeError as error:
        raise LoadRefused(f"{name} is geen tekst in UTF-8.") from error
    except (ValueError, OverflowError) as error:
        _name_wrong_numbers(content, header, faults)
        problems = tuple(faults.problems[:MAX_PROBLEMS])
        raise LoadRefused(f"{name} is niet te lezen: {error}.", problems) from error


def _check_lengths(name: str, content: bytes, header: int) -> None:
    """pandas fills up a row that breaks off; without quotes, counting separators finds it."""
    wanted = len(COLUMNS) - 1
    if _fits_at_a_glance(content, header, wanted):
        return
    rows = itertools.islice(io.BytesIO(content), header, None)
    short = ((row, line) for row, line in enumerate(rows, header + 1) if line.count(b";") != wanted)
    problems = tuple(
        Problem(f"{line.count(b';') + 1} cellen, maar er zijn {len(COLUMNS)} kolommen.", file=name, row=row)
        for row, line in itertools.islice(short, MAX_PROBLEMS)
        if line.strip()
    )
    if problems:
        raise LoadRefused(f"{name}: {len(problems)} rijen passen niet bij de kolomnamen.", problems)


def _fits_at_a_glance(content: bytes, header: int, wanted: int) -> bool:
    """Whether every line from the header on certainly has the wanted number of separators."""
    start = 0
    for _ in range(header):
        start = content.index(b"\n", start) + 1
    while start < len(content):
        end = content.find(b"\n", min(start + _GLANCE, len(content))) + 1 or len(content)
        signs = np.frombuffer(content, dtype=np.uint8, count=end - start, offset=start)
        ends = np.flatnonzero(signs == _NEWLINE)
        if signs[-1] != _NEWLINE:
            ends = np.append(ends, len(signs))
        separators = np.flatnonzero(signs == _SEPARATOR)
        if len(separators) != wanted * len(ends):
            return False
        by_line = separators.reshape(len(ends), wanted)
        if (by_line[:, -1] > ends).any() or (by_line[1:, 0] < ends[:-1]).any():
            return False
        start = end
    return True


def _name_wrong_numbers(content: bytes, header: int, faults: Faults) -> None:
    try:
        for start, piece in _pieces(content, header, as_text=True):
            rows = piece.assign(row=np.arange(start, start + len(piece))).fillna(dict.fromkeys(NUMBERS, ""))
            _with_numbers(rows, ",", faults)
            if len(faults.problems) >= MAX_PROBLEMS:
                return
    except ValueError:
        return  # a row with too many cells: the caller's message names it


def _pieces(content: bytes, header: int, *, as_text: bool) -> Iterator[tuple[int, pd.DataFrame]]:
    """(row of its first line, piece of the file)."""
    kinds: Mapping[str, str] = {
        **dict.fromkeys([*KEYS, STATUS], "category"),
        **dict.fromkeys(NUMBERS, "object" if as_text else "float64"),
        REMARK: "object",
    }
    reader = pd.read_csv(
        io.BytesIO(content),
        sep=";",
        decimal=",",
        skiprows=header,
        dtype=dict(kinds),
        keep_default_na=False,
        na_values={} if as_text else {name: [""] for name in NUMBERS},
        skip_blank_lines=False,
        encoding="utf-8-sig",
        chunksize=CHUNK_ROWS,
    )
    start = header + 2
    with reader:
        for piece in reader:
            yield start, piece
            start += len(piece)
