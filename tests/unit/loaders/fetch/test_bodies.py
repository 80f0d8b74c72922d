"""Bodies come in pieces of any size; the content is the same, complete, and fits the room there is."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.fetch.bodies import Body
from loaders.fetch.errors import FetchFailed, PassingFault

GZIP = {"Content-Encoding": "gzip"}


def _content(body: Body, packed: bytes, size: int) -> bytes:
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    return b"".join(part for piece in pieces for part in body.take(piece))


@given(content=st.binary(max_size=5000), repeat=st.integers(1, 200), size=st.integers(1, 700))
def test_packed_content_comes_out_whole_however_it_arrives(content: bytes, repeat: int, size: int) -> None:
    body = Body(GZIP, room=2_000_000)

    found = _content(body, gzip.compress(content * repeat), size)
    body.finish()

    assert found == content * repeat
    assert body.size == len(found)


@given(content=st.binary(min_size=1, max_size=500), cut=st.integers(1, 500))
def test_packed_content_without_its_end_is_never_complete(content: bytes, cut: int) -> None:
    packed = gzip.compress(content)
    body = Body(GZIP, room=2_000_000)

    _content(body, packed[: max(1, len(packed) - cut)], 100)

    with pytest.raises(PassingFault):
        body.finish()


def test_a_bomb_is_stopped_before_it_is_unpacked() -> None:
    body = Body(GZIP, room=1_000_000)

    with pytest.raises(FetchFailed, match="groter dan"):
        _content(body, gzip.compress(bytes(200_000_000)), 1_000_000)

    assert body.size < 2_100_000


def test_a_length_beyond_the_room_is_refused_before_anything_comes() -> None:
    with pytest.raises(FetchFailed, match="groter dan de 1 MB"):
        Body({"Content-Length": "2000000"}, room=1024**2)


def test_plain_content_fills_the_room_exactly() -> None:
    body = Body({}, room=5)

    assert _content(body, b"12345", 2) == b"12345"
