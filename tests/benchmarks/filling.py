"""Five hundred respondents at once and ten sendings a second: how long a save takes, and what is kept."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import func, select

from app.config import ROOT, Settings
from app.db import Database
from app.models import SurveyDraft, SurveyResponse
from app.schema import upgrade
from survey.tokens import Token
from tests.benchmarks.client import Client, body_for, percentiles
from tests.benchmarks.data import EMPTY_INPUT, EMPTY_OUTPUT
from tests.benchmarks.serving import gunicorn, make_bench_settings
from tests.faults.filling import make_tokens
from tests.integration import world

RESPONDENTS, PAUSE, SECONDS, PER_SECOND = 500, 10.0, 60, 10
"""People who fill in at once, seconds between two answers of one, length of the run, sendings a second.

A list of forty-five questions takes ten minutes: thirteen seconds for each.
"""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
KEYS = [f"K{number:02}" for number in range(1, 24)]
NEEDED = {"Q1.01": ["geen"], "Q1.10a": "nee"}
FILE = "benchmarks-questionnaires.md"

Send = Callable[["Line"], Awaitable[None]]


@dataclass
class Line:
    """A kept connection of one browser."""

    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and content of the answer."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        self.writer.write(f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        await self.writer.drain()
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length = next(line for line in answer if line.lower().startswith("content-length:"))
        return int(answer[0].split()[1]), await self.reader.readexactly(int(length.split(":")[1]))

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()


class Respondent:
    """Somebody who saves one answer after another."""

    def __init__(self, token: Token) -> None:
        self.address, self.submission = f"/invullen/{token}", str(uuid4())
        self.known, self._number = 0, count()

    async def begin(self, line: Line) -> None:
        """Make the draft, with what cannot be skipped."""
        form = urlencode({"verzending": self.submission}).encode()
        status, _ = await line.post(f"{self.address}/beginnen", form, {"Content-Type": FORM})
        if status != 303:
            raise RuntimeError(f"beginning answered {status}")
        await self._save(line, NEEDED)

    async def save(self, line: Line) -> None:
        """Save the next answer."""
        number = next(self._number)
        await self._save(line, {KEYS[number % len(KEYS)]: 1 + number % 5})

    async def send(self, line: Line) -> None:
        """Send, and hear that it was received."""
        form = urlencode({"verzending": self.submission}).encode()
        headers = {"Content-Type": FORM, "Accept": "text/html"}
        status, words = await line.post(f"{self.address}/versturen", form, headers)
        if status != 200 or b"ontvangstcode" not in words:
            raise RuntimeError(f"sending answered {status}")

    async def _save(self, line: Line, answers: Mapping[str, object]) -> None:
        body = json.dumps({"versie": self.known, "antwoorden": answers}).encode()
        status, words = await line.post(f"{self.address}/opslaan", body, {"Content-Type": JSON})
        if status != 200:
            raise RuntimeError(f"a save answered {status}")
        self.known = json.loads(words)["versie"]


def main() -> None:
    """Build, start, measure, write."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        settings = make_bench_settings(Path(folder))
        db = Database(settings.database_url)
        upgrade(db)
        world.fill(db)
        tokens = make_tokens(db, settings, RESPONDENTS + SECONDS * PER_SECOND)
        db.close()
        with gunicorn(settings):
            saves, sendings, empty = asyncio.run(_measure(settings, [Respondent(token) for token in tokens]))
        report = _report(db, load, saves, sendings, empty)
        db.close()
    (ROOT / "docs" / FILE).write_text(report, encoding="utf-8")
    print(report)


async def _measure(
    settings: Settings, people: list[Respondent]
) -> tuple[list[float], list[float], list[float]]:
    """Seconds of every save, every sending, and every empty callback under the same load."""
    fillers, senders = people[:RESPONDENTS], people[RESPONDENTS:]
    port = settings.port
    await _prepare(port, people)
    nothing = _empty_callback(port)
    empty: list[float] = []
    await asyncio.gather(
        *(_at_a_pace(port, nothing, empty) for _ in fillers), _every(port, [nothing] * len(senders), [])
    )
    saves: list[float] = []
    sendings: list[float] = []
    await asyncio.gather(
        *(_at_a_pace(port, each.save, saves) for each in fillers),
        _every(port, [each.send for each in senders], sendings),
    )
    return saves, sendings, empty


async def _prepare(port: int, people: list[Respondent]) -> None:
    """Let everybody begin, ten at a time."""

    async def some(part: list[Respondent]) -> None:
        line = Line(port)
        for each in part:
            await each.begin(line)
        line.close()

    await asyncio.gather(*(some(people[start::10]) for start in range(10)))


async def _at_a_pace(port: int, act: Send, times: list[float]) -> None:
    """One person who acts, thinks, and acts again; persons are spread over the pause."""
    line, end = Line(port), time.perf_counter() + SECONDS
    await asyncio.sleep(PAUSE * (id(line) % 997) / 997)
    while time.perf_counter() < end:
        start = time.perf_counter()
        await act(line)
        times.append(time.perf_counter() - start)
        await asyncio.sleep(PAUSE)
    line.close()


async def _every(port: int, acts: list[Send], times: list[float]) -> None:
    """So many acts a second, each by somebody of its own, whatever the others wait for."""

    async def one(number: int, act: Send) -> None:
        await asyncio.sleep(number / PER_SECOND)
        line, start = Line(port), time.perf_counter()
        await act(line)
        times.append(time.perf_counter() - start)
        line.close()

    await asyncio.gather(*(one(number, act) for number, act in enumerate(acts)))


def _empty_callback(port: int) -> Send:
    client = Client(port)
    client.log_in("swv", world.PASSWORD, "/regio/PO2707/overzicht")
    content = json.dumps(body_for(client.dependencies, EMPTY_OUTPUT, {EMPTY_INPUT: "x"})).encode()
    headers = client.headers()

    async def call(line: Line) -> None:
        status, words = await line.post("/_dash-update-component", content, headers)
        if status != 200:
            raise RuntimeError(f"the empty callback answered {status}: {words[:100]!r}")

    return call


def _report(db: Database, load: float, saves: list[float], sendings: list[float], empty: list[float]) -> str:
    sent = SECONDS * PER_SECOND
    with db.session() as session:
        kept = session.scalar(select(func.count()).select_from(SurveyResponse)) or 0
        codes = session.scalar(select(func.count(SurveyResponse.receipt_hash.distinct()))) or 0
        drafts = session.scalar(select(func.count()).select_from(SurveyDraft)) or 0
    rows = {"empty callback": empty, "save of one answer": saves, "sending": sendings}
    base50, base95 = percentiles(empty)
    lines = [
        "# Benchmarks of questionnaires",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores (load before it "
        f"{load:.1f}), SQLite, one gunicorn with the product's own arguments; the client runs on the same "
        f"machine. For {SECONDS} seconds {RESPONDENTS} respondents are filling in, each giving an answer "
        f"every {PAUSE:.0f} seconds that is saved by itself, while {PER_SECOND} others a second send theirs. "
        "The empty callback was measured just before, called by as many at the same pace. Only ratios "
        "travel.",
        "",
        "| what | times | p50 ms | p95 ms | p50 ÷ empty | p95 ÷ empty |",
        "|---|---|---|---|---|---|",
    ]
    for name, times in rows.items():
        p50, p95 = percentiles(times)
        ratios = f"{p50 / base50:.2f} × | {p95 / base95:.2f} ×"
        lines.append(f"| {name} | {len(times)} | {p50:.1f} | {p95:.1f} | {ratios} |")
    lost, double = sent - kept + RESPONDENTS - drafts, kept - codes
    lines += ["", f"Sent: {sent}. Lost: {lost}. Double: {double}. Refused or failed: 0."]
    return "\n".join(lines) + "\n"
