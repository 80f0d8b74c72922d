"""The body of an answer: unpacked as it comes in, never more than there is room for, and complete: pure."""

import zlib
from collections.abc import Iterator, Mapping

from loaders.fetch.errors import FetchFailed, PassingFault

_AT_ONCE = 1024 * 1024


class Body:
    """Takes what arrives and gives the content. `size` counts the bytes of the content so far."""

    def __init__(self, headers: Mapping[str, str], *, room: int) -> None:
        encoding = headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in {"identity", "", "gzip", "x-gzip"}:
            raise FetchFailed(f"De server verpakt het antwoord op een onbekende manier ({encoding[:40]!r}).")
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
        self._room = room
        self.size = 0
        length = headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length) > room:
            raise self._too_large()

    def take(self, chunk: bytes) -> Iterator[bytes]:
        """The content in `chunk`.

        Raises:
            FetchFailed: there is more than there is room for.
            PassingFault: the packing is damaged.
        """
        for part in [chunk] if self._unpacker is None else self._unpack(chunk):
            self.size += len(part)
            if self.size > self._room:
                raise self._too_large()
            yield part

    def finish(self) -> None:
        """Nothing, if the content is complete.

        Raises:
            PassingFault: it is not.
        """
        if self._unpacker is not None and not self._unpacker.eof:
            raise PassingFault("het antwoord is niet compleet")

    def _unpack(self, chunk: bytes) -> Iterator[bytes]:
        assert self._unpacker is not None  # noqa: S101 - the caller looked
        try:
            while chunk:
                if self._unpacker.eof:
                    raise PassingFault("na het antwoord komt nog iets")
                yield self._unpacker.decompress(chunk, _AT_ONCE)
                chunk = self._unpacker.unconsumed_tail or self._unpacker.unused_data
        except zlib.error as error:
            raise PassingFault("het antwoord is beschadigd") from error

    def _too_large(self) -> FetchFailed:
        return FetchFailed(f"Het antwoord is groter dan de {self._room // 1024**2} MB die nog mag.")
