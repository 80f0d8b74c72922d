"""Numbers and column names as publishers write them: pure."""

import re
from collections.abc import Iterable

_POINT = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+(,\d+)?", re.ASCII)
_SIGN = re.compile(r"-?\d+([.,])(\d+)", re.ASCII)


def parse_number(text: str, *, decimal: str) -> float | None:
    """The number in a cell with the given decimal sign, or None when it holds anything else.

    The sign is decided per column by the profile, never per cell: with a comma, `1.234` is no number.
    """
    pattern = _COMMA if decimal == "," else _POINT
    if not pattern.fullmatch(text):
        return None
    return float(text.replace(",", "."))


def decimal_sign(cells: Iterable[str]) -> str | None:
    """The decimal sign of a whole column, where its profile leaves that to the file.

    Whole numbers only → a point, which none of them has. None if both signs occur, or if the only sign always
    stands before exactly three digits: it may then as well divide thousands.
    """
    found = [match.groups() for cell in cells if (match := _SIGN.fullmatch(cell))]
    signs = {sign for sign, _ in found}
    if not signs:
        return "."
    if len(signs) > 1 or all(len(digits) == 3 for _, digits in found):
        return None
    return signs.pop()


def base_name(column: str) -> str:
    """A CBS column name without its running number: `JongerenMetJeugdzorg_84` → `JongerenMetJeugdzorg`."""
    return re.sub(r"_\d+$", "", column.strip())


def bare_title(column: str) -> str:
    """A StatLine column title without the unit in brackets at its end."""
    return re.sub(r"\s*\((?:[^()]|\([^()]*\))*\)$", "", column.strip())


def last_title(column: str) -> str:
    """The title of a column without its unit and the headings above it: `A/B/C (aantal)` → `C`."""
    return bare_title(column).rsplit("/", 1)[-1]


def upper_name(column: str) -> str:
    """A DUO column name in one spelling: `Vestigings nummer ` and `VESTIGINGS_NUMMER` are alike."""
    return re.sub(r"[\s_-]+", "", column).upper()
