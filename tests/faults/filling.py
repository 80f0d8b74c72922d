"""Respondents who fill in while workers are killed, and what is left in the database afterwards."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import uuid4

from sqlalchemy import select, text

from app.config import ROOT, Settings
from app.db import Database
from app.models import (
    SurveyAnswer,
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyInvitation,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
)
from app.server import gunicorn_arguments
from survey.tokens import Token, read_token, receipt_hash, survey_key
from tests.integration import survey_world
from tests.servers import environment

PATIENCE = 60
STEPS: tuple[dict[str, Any], ...] = (
    {"Q1.01": ["geen"], "Q1.10a": "nee"},
    {"K01": 2, "K02": 5},
    {"K01": 4},
    {"K26": "De lijnen zijn kort."},
    {"K02": None, "K24": 8},
)
"""What every respondent saves, one after another."""

FINAL = {"Q1.01": ["geen"], "Q1.10a": "nee", "K01": 4, "K26": "De lijnen zijn kort.", "K24": 8}


@dataclass
class Journey:
    """One respondent: what the server confirmed."""

    token: Token
    submission: str = field(default_factory=lambda: str(uuid4()))
    confirmed: dict[str, Any] = field(default_factory=dict)
    receipt: Token | None = None


class Browser:
    """A kept connection that repeats a request, unchanged, until it is answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection: http.client.HTTPConnection | None = None
        self.repeats = 0

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        """Status and text of the answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                status, words = self._once(path, body, kind)
                if status < 500:
                    return status, words
            self.close()
            self.repeats += 1
            time.sleep(0.02)
        raise RuntimeError(f"no answer at {path[:10]}")

    def close(self) -> None:
        """Leave the connection, if there is one."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def _once(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": kind, "Accept": "text/html"}
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()


def fill_in(browser: Browser, journey: Journey) -> None:
    """Begin, save step by step, and send; every answer of the server is written down."""
    address, known = f"/invullen/{journey.token}", 0
    form = urlencode({"verzending": journey.submission}).encode()
    browser.post(f"{address}/beginnen", form, "application/x-www-form-urlencoded")
    for step in STEPS:
        body = json.dumps({"versie": known, "antwoorden": step}).encode()
        status, words = browser.post(f"{address}/opslaan", body, "application/json")
        if status != 200:
            raise RuntimeError(f"a save answered {status}: {words[:200]}")
        known = json.loads(words)["versie"]
        journey.confirmed.update(step)
    status, words = browser.post(f"{address}/versturen", form, "application/x-www-form-urlencoded")
    if status != 200 or "ontvangstcode" not in words:
        raise RuntimeError(f"sending answered {status}: {words[-500:]}")
    journey.receipt = read_token(words.split('id="ontvangstcode">')[1].split("<")[0])


@contextmanager
def preloaded_server(settings: Settings) -> "Iterator[subprocess.Popen[bytes]]":
    """The real server, whose workers are forks of a ready process: a new one stands in milliseconds."""
    command = [sys.executable, "-m", "gunicorn", *gunicorn_arguments(settings), "--preload"]
    command.append("--access-logfile=/dev/null")
    with (settings.data_dir / "filling.log").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(settings), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait(settings.port)
        yield process
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=40)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def kill_while_filling(settings: Settings, tokens: list[Token], *, kills: int, clients: int) -> list[Journey]:
    """Journeys that went on while workers were killed; all of them ended."""
    journeys: list[Journey] = []
    waiting, is_over, faults = list(tokens), threading.Event(), list[BaseException]()

    def go() -> None:
        browser = Browser(settings.port)
        try:
            while waiting and not is_over.is_set():
                journeys.append(journey := Journey(waiting.pop()))
                fill_in(browser, journey)
        except BaseException as fault:  # noqa: BLE001 - told by the main thread
            faults.append(fault)
        finally:
            browser.close()

    with preloaded_server(settings) as server:
        threads = [threading.Thread(target=go) for _ in range(clients)]
        for thread in threads:
            thread.start()
        _kill(server.pid, kills, threads)
        is_over.set()
        for thread in threads:
            thread.join()
    if faults:
        raise faults[0]
    return journeys


def _kill(parent: int, number: int, threads: list[threading.Thread]) -> None:
    """Kill a worker with SIGKILL, again and again, at moments that a save or a sending takes."""
    moments = random.Random(20261129)  # noqa: S311 - moments, not secrets
    while number and any(thread.is_alive() for thread in threads):
        time.sleep(moments.uniform(0.02, 0.25))
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(moments.choice(children)), signal.SIGKILL)
                number -= 1
    if number:
        raise RuntimeError(f"the respondents were done before the last {number} kills")


def make_tokens(db: Database, settings: Settings, number: int) -> list[Token]:
    """Personal links in an open round; needs the regions of the small world."""
    key = survey_key(settings)
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        return [survey_world.add_invitation(session, key, group_id).token for _ in range(number)]


def verdict(db: Database, settings: Settings, journeys: list[Journey]) -> Counter[str]:
    """What was found in the database, in words to count: every line but `whole` is a fault."""
    found = Counter[str]()
    key = survey_key(settings)
    with db.session() as session:
        sent = {row.receipt_hash: row.id for row in session.scalars(select(SurveyResponse))}
        kept: dict[str, dict[str, Any]] = {}
        for answer in session.scalars(select(SurveyAnswer)):
            kept.setdefault(answer.response_id, {})[answer.question] = json.loads(answer.value)
        for opened in session.scalars(select(SurveyOpenAnswer)):
            kept.setdefault(opened.response_id, {})[opened.question] = opened.text
        drafts = session.scalars(select(SurveyDraft.id)).all()
        orphans = session.scalars(
            select(SurveyDraftAnswer.draft_id).where(SurveyDraftAnswer.draft_id.not_in(drafts))
        ).all()
        states = Counter(session.scalars(select(SurveyInvitation.state)))
        received = session.scalars(select(SurveyList.received)).one()
        if session.get_bind().dialect.name == "sqlite":
            found["database broken"] += session.scalar(text("PRAGMA integrity_check")) != "ok"
    for journey in journeys:
        response = sent.get(receipt_hash(key, journey.receipt)) if journey.receipt else None
        found["whole" if response and kept[response] == FINAL else "answers lost"] += 1
    found["sent twice"] += len(sent) - len(journeys)
    found["draft and response"] += len(drafts) + len(orphans)
    found["wrong count"] += abs(received - len(sent)) + abs(states["verzonden"] - len(sent))
    return +found
