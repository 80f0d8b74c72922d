"""Tables as CSV that Dutch spreadsheets open as they are, and that no spreadsheet can run: pure."""

import unicodedata
from collections.abc import Iterable, Sequence

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
DANGEROUS = frozenset("=+-@\t\r\n\0")
MAX_DECIMALS = 4

Cell = str | float | int | None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], remarks: Sequence[str] = ()) -> bytes:
    """UTF-8 with a byte order mark, `;` between fields, decimal comma; texts quoted, numbers bare.

    Args:
        remarks: lines below the table (source, licence), each in the first column after an empty line.
    """
    lines = [header, *rows, *([()] if remarks else []), *((remark,) for remark in remarks)]
    return (BOM + "".join(";".join(map(_field, line)) + "\r\n" for line in lines)).encode()


def safe_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    Spaces before the sign and its full-width forms count too: ` =1+1` and `＝1+1` are as dangerous as `=1+1`.
    """
    plain = unicodedata.normalize("NFKC", text)
    starts = {plain[:1], plain.lstrip()[:1]}
    return f"'{text}" if starts & DANGEROUS else text


def _field(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + safe_text(value).replace('"', '""') + '"'
    text = f"{value:.{MAX_DECIMALS}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text.replace(".", ",")
