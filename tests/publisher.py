"""A publisher on this machine: a real web server that gives the answers a test has written down."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from loaders.sources import Kind, Source

PAGE_ROWS = 10_000
TABLE = "03759ned"
DIMENSIONS = ("BurgerlijkeStaat", "Geslacht", "Leeftijd", "RegioS", "Perioden")
KEEP = {
    "Geslacht": ("T001038",),
    "Leeftijd": ("10000",),
    "BurgerlijkeStaat": ("T001019",),
    "RegioS": ("NL*", "PV*", "GM*"),
    "Perioden": (">=2018JJ00",),
}


@dataclass(frozen=True)
class Reply:
    """One answer. `cut` sends no more than so many bytes of the body and hangs up."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    says_length: bool = True


Act = Callable[["Handler"], None]
"""What a reply cannot say: writes to the connection itself."""


class Handler(BaseHTTPRequestHandler):
    """Gives the next answer for a path; the last one again and again."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # whole answers: bits of them wait for each other's acknowledgement
    publisher: "Publisher"

    def do_GET(self) -> None:
        self.publisher.asked.append(self.path)
        self.publisher.headers.append(dict(self.headers))
        known = self.publisher.replies
        replies = known.get(self.path) or known.get(urlsplit(self.path).path) or [Reply(b"weg", 404)]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        with suppress(ConnectionError):
            self.give(reply) if isinstance(reply, Reply) else reply(self)

    def give(self, reply: Reply) -> None:
        """Send one answer."""
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.says_length:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: reply.cut])
        if reply.cut is not None or not reply.says_length:
            self.close_connection = True

    def log_message(self, *_words: Any) -> None:
        """Nothing: a test's output is the test's."""


class Publisher:
    """What is asked so far, and what will be answered by path (with or without its query)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.replies: dict[str, list[Reply | Act]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.stalled = Event()
        self.ended = Event()

    def answer(self, path: str, *replies: Reply | Act) -> None:
        """Answer a path with these replies, one after the other."""
        self.replies[path] = list(replies)

    def answer_json(self, path: str, document: object) -> None:
        """Answer a path with JSON."""
        self.answer(path, Reply(json.dumps(document).encode(), headers={"Content-Type": "application/json"}))

    def paths_asked(self) -> list[str]:
        """The last words of the paths asked for, without queries."""
        return [urlsplit(path).path.rpartition("/")[2] for path in self.asked]

    def filters_asked(self) -> list[str]:
        """The `$filter` of each request that has one."""
        queries = (parse_qs(urlsplit(path).query) for path in self.asked)
        return [unquote(query["$filter"][0]) for query in queries if "$filter" in query]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher on a free port, gone afterwards."""

    class OwnHandler(Handler):
        """The handler of this publisher alone."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), OwnHandler)
    server.daemon_threads = True
    server.block_on_close = False
    publisher = Publisher(f"http://127.0.0.1:{server.server_address[1]}")
    OwnHandler.publisher = publisher
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class FakeClock:
    """A clock that nobody waits for: sleeping moves it, and so does each look at it, by `step` seconds."""

    def __init__(self, step: float = 0.0) -> None:
        self._step = step
        self._seconds = 0.0
        self.sleeps: list[float] = []

    def now(self) -> datetime:
        """The moment, starting on a day in 2026; a second later each time."""
        self._seconds += 1
        return datetime(2026, 11, 24, 12, tzinfo=UTC) + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        self._seconds += self._step
        return self._seconds

    def sleep(self, seconds: float) -> None:
        """Move on, and remember."""
        self.sleeps.append(seconds)
        self._seconds += seconds


def table_source(publisher: Publisher, **changes: Any) -> Source:
    """The population table at this publisher."""
    source = Source(
        name="bevolking",
        title="Bevolking",
        publisher="CBS",
        kind=Kind.CBS_ODATA,
        table=TABLE,
        keep=KEEP,
        v4_address=f"{publisher.address}/v4",
        is_local=True,
    )
    return replace(source, **changes)


def file_source(publisher: Publisher, path: str = "/bestand.csv", **changes: Any) -> Source:
    """One file at this publisher."""
    source = Source(
        name="bestand",
        title="Een bestand",
        publisher="DUO",
        kind=Kind.FILE,
        address=publisher.address + path,
        is_local=True,
    )
    return replace(source, **changes)


def publish_v4(publisher: Publisher, folder: Path, *, page_rows: int = PAGE_ROWS) -> None:
    """Answer as v4 does from a folder with its files; what a small sample lacks is made from its rows."""
    base = f"/v4/{TABLE}"
    rows = _rows(folder / "observations-page-1.json")
    publisher.answer_json(f"{base}/Properties", _properties(folder))
    publisher.answer_json(f"{base}/Dimensions", {"value": [{"Identifier": name} for name in DIMENSIONS]})
    publisher.answer_json(f"{base}/MeasureCodes", {"value": _rows(folder / "measure-codes.json")})
    for name in DIMENSIONS:
        path = folder / f"codes-{name}.json"
        found = sorted({row[name] for row in rows})
        content = path.read_bytes() if path.exists() else json.dumps(listing(found)).encode()
        publisher.answer(f"{base}/{name}Codes", Reply(content))
    publish_pages(publisher, f"{base}/Observations", rows, page_rows)


def publish_pages(publisher: Publisher, path: str, rows: list[dict[str, Any]], page_rows: int) -> None:
    """Answer with pages of rows, each with a link to the next."""
    for start in range(0, len(rows), page_rows):
        document: dict[str, Any] = {"value": rows[start : start + page_rows]}
        if start + page_rows < len(rows):
            document["@odata.nextLink"] = f"{publisher.address}{path}?$skip={start + page_rows}"
        publisher.answer_json(f"{path}?$skip={start}" if start else path, document)


def listing(codes: list[str]) -> dict[str, Any]:
    """A list of codes as v4 gives it."""
    return {"value": [{"Identifier": code, "Title": code} for code in codes]}


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_bytes())["value"]
    return rows


def _properties(folder: Path) -> object:
    path = folder / "properties.json"
    if path.exists():
        return json.loads(path.read_bytes())
    return {"Identifier": TABLE, "Modified": "2026-06-23T00:00:00+02:00"}
