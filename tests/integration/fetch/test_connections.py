"""Connections that break, stall, drip or ask us to wait."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.fetch import FetchFailed, fetch_source
from loaders.fetch.web import Limits
from tests.integration.fetch.answers import Fetch, leftovers
from tests.publisher import (
    FakeClock,
    Handler,
    Publisher,
    Reply,
    file_source,
)

FILE = b"a;b\r\n1;2\r\n"


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=500),
        Reply(status=503),
        Reply(status=429),
        Reply(FILE, cut=4),
        Reply(gzip.compress(FILE)[:-6], headers={"Content-Encoding": "gzip"}),
        Reply(b"geen gzip", headers={"Content-Encoding": "gzip"}),
        Reply(gzip.compress(FILE) + b"meer", headers={"Content-Encoding": "gzip"}),
        Reply(FILE, headers={"Transfer-Encoding": "chunked"}, says_length=False),
    ],
    ids=["500", "503", "429", "cut", "cut gzip", "no gzip", "more after gzip", "cut chunks"],
)
def test_a_passing_fault_is_tried_again_later(
    publisher: Publisher, fetch: Fetch, clock: FakeClock, fault: Reply
) -> None:
    publisher.answer("/bestand.csv", fault, fault, Reply(FILE))

    fetched = fetch(file_source(publisher))

    backoffs = [sleep for sleep in clock.sleeps if sleep != 1]
    assert fetched.path.read_bytes() == FILE
    assert 0.5 <= backoffs[0] <= 1 <= backoffs[1] <= 2


def test_after_five_attempts_we_stop_and_say_so(
    publisher: Publisher, fetch: Fetch, clock: FakeClock, tmp_path: Path
) -> None:
    publisher.answer("/bestand.csv", Reply(FILE, cut=4))

    with pytest.raises(FetchFailed, match=r"na 5 pogingen\. De laatste keer: de verbinding brak af"):
        fetch(file_source(publisher))

    assert len(publisher.asked) == 5
    assert sum(clock.sleeps) < 5 + 1 + 2 + 4 + 8
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("7", 7, 7), ("Tue, 24 Nov 2026 12:00:30 GMT", 25, 30), ("morgen", 0.5, 1), ("0", 0.5, 1)],
)
def test_a_server_that_asks_us_to_wait_is_obeyed(
    publisher: Publisher, fetch: Fetch, clock: FakeClock, header: str, least: float, most: float
) -> None:
    publisher.answer("/bestand.csv", Reply(status=429, headers={"Retry-After": header}), Reply(FILE))

    fetch(file_source(publisher))

    assert least <= clock.sleeps[0] <= most


def test_a_long_wait_is_left_to_the_admin(publisher: Publisher, fetch: Fetch, clock: FakeClock) -> None:
    publisher.answer("/bestand.csv", Reply(status=503, headers={"Retry-After": "3601"}))

    with pytest.raises(FetchFailed, match="vraagt om 61 minuten te wachten"):
        fetch(file_source(publisher))

    assert clock.sleeps == []


def test_nobody_there_is_said_in_words(publisher: Publisher, fetch: Fetch) -> None:
    source = file_source(publisher, address="http://127.0.0.1:9/bestand.csv")

    with pytest.raises(FetchFailed, match="er is geen verbinding"):
        fetch(source)


def _say_nothing(handler: Handler) -> None:
    handler.publisher.ended.wait(30)


def _drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-A")
    handler.wfile.flush()
    handler.publisher.ended.wait(30)


@pytest.mark.parametrize("act", [_say_nothing, _drip_headers])
def test_a_server_that_does_not_get_to_the_point_is_left(
    publisher: Publisher, fetch: Fetch, tmp_path: Path, act: Callable[[Handler], None]
) -> None:
    publisher.answer("/bestand.csv", act)

    with pytest.raises(FetchFailed, match="antwoordt niet op tijd"):
        fetch(file_source(publisher), opening_seconds=0.1, tries=2)

    assert leftovers(tmp_path) == []


def test_an_answer_that_comes_drip_by_drip_has_a_deadline(publisher: Publisher, tmp_path: Path) -> None:
    publisher.answer("/bestand.csv", Reply(b"x" * 1024**2))
    slow = FakeClock(step=100)

    with pytest.raises(FetchFailed, match="te langzaam"):
        fetch_source(file_source(publisher), tmp_path, "test", clock=slow, limits=Limits())

    assert leftovers(tmp_path) == []
