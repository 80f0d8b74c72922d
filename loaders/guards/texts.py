"""Text that would go wrong in silence or without end: two encodings, NUL, endless lines: pure."""

import codecs
import re

from loaders.guards.refusals import refusal

MAX_LINE = 1024 * 1024
MAX_COLUMNS = 16_384
_HEADER_LINES = 100
_CHUNK = 1024 * 1024
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = (b";", b",", b"\t")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_JSON = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[\[{]")


def check_text(name: str, content: bytes) -> None:
    """Nothing, if the content is text in one encoding; a table must also have lines of a bearable length.

    JSON may stand on one line. UTF-16 is accepted with its byte order mark only.

    Raises:
        LoadRefused: with the row of the first fault.
    """
    if content.startswith(_UTF16):
        _check_utf16(name, content)
        return
    if (position := content.find(b"\0")) >= 0:
        sentence = "Hier staat een teken dat in tekst niet voorkomt (NUL). Sla het bestand op als UTF-8."
        raise refusal(name, sentence, row=_row(content, position))
    if not _JSON.match(content):
        _check_lines(name, content)
    if not _is_utf8(content):
        _check_windows(name, content)


def _row(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _check_utf16(name: str, content: bytes) -> None:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        row = content[: error.start].decode("utf-16", errors="ignore").count("\n") + 1
        raise refusal(name, "Hier staat een half teken; het bestand is beschadigd.", row=row) from error
    _check_lines(name, text.encode())


def _check_lines(name: str, content: bytes) -> None:
    end = b"\n" if b"\n" in content else b"\r"
    start = 0
    while len(content) - start > MAX_LINE:
        found = content.rfind(end, start, start + MAX_LINE + 1)
        if found < 0:
            row = content.count(end, 0, start) + 1
            raise refusal(name, "Deze regel is langer dan 1 MB; dat is geen rij van een tabel.", row=row)
        start = found + 1
    for row, line in enumerate(content[: 2 * MAX_LINE].split(end)[:_HEADER_LINES], 1):
        columns = max(line.count(separator) for separator in _SEPARATORS) + 1
        if columns > MAX_COLUMNS:
            shown = f"{columns:,}".replace(",", ".")
            raise refusal(name, f"Er zijn {shown} kolommen; ten hoogste 16.384 mag.", row=row)


def _is_utf8(content: bytes) -> bool:
    """Without a copy of the whole file as text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _check_windows(name: str, content: bytes) -> None:
    """Not UTF-8, hence Windows-1252; but then without any letter that is UTF-8."""
    first: bool | None = None
    for match in _NOT_ASCII.finditer(content):
        run = match.group()
        is_utf8 = _is_utf8(run)
        if not is_utf8 and (_SURROGATE.search(run) or _NOT_IN_CP1252.search(run)):
            sentence = "Hier staat een half of onbestaand teken. Sla het bestand op als UTF-8."
            raise refusal(name, sentence, row=_row(content, match.start()))
        if first is None:
            first = is_utf8
        elif is_utf8 is not first:
            sentence = "Vanaf hier is de tekencodering een andere dan ervoor (UTF-8 en Windows-1252)."
            raise refusal(name, sentence, row=_row(content, match.start()))
