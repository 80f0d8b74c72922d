"""R-07: the server commits, and the network loses its reply; the browser repeats, and there is one result."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

import pytest
from dash import Dash
from werkzeug.serving import make_server

from app.config import Settings
from app.db import Database
from tests.faults.filling import FINAL
from tests.integration import survey_world
from tests.integration.filling import drafts, responses, stored

FORM = "application/x-www-form-urlencoded"
SUBMISSION = "0b6e5c1e-7a0c-4d0e-9f0e-3f6f5a2b9c11"


class LossyProxy:
    """Passes one request per connection on; loses the first replies after they came."""

    def __init__(self, target: int, losses: int) -> None:
        self.losses, self._target = losses, target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, socket.create_connection(("127.0.0.1", self._target)) as server:
                server.sendall(_read_request(client))
                reply = b"".join(iter(lambda: server.recv(65536), b""))
                if self.losses and reply:
                    self.losses -= 1
                    continue
                with suppress(OSError):
                    client.sendall(reply)


def _read_request(client: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += client.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def _lossy(app: Dash, losses: int) -> Iterator[LossyProxy]:
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    proxy = LossyProxy(server.server_port, losses)
    try:
        yield proxy
    finally:
        proxy.close()
        server.shutdown()
        thread.join()
        server.server_close()


def _repeat(proxy: LossyProxy, path: str, body: bytes, kind: str) -> tuple[int, str, int]:
    """Status and text of the first reply that comes through, and how often the request was sent."""
    for attempt in range(1, 10):
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=120)
        try:
            headers = {"Content-Type": kind, "Accept": "text/html", "Connection": "close"}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), attempt
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
    raise AssertionError("no reply came through")


@pytest.mark.parametrize("losses", [1, 4])
def test_r07_a_reply_that_is_lost_after_the_commit_leaves_one_result_and_a_receipt(
    app: Dash, db: Database, settings: Settings, losses: int
) -> None:
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        token = survey_world.add_open_group(session, survey_world.key_of(settings), list_id).token
    form = urlencode({"verzending": SUBMISSION}).encode()
    with _lossy(app, 0) as proxy:
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=120)
        connection.request("POST", f"/invullen/{token}/beginnen", form, {"Content-Type": FORM})
        own = "/".join(connection.getresponse().headers["Location"].split("/")[:3])
        connection.close()
        save = json.dumps({"versie": 0, "antwoorden": FINAL}).encode()

        proxy.losses = losses
        saved = _repeat(proxy, f"{own}/opslaan", save, "application/json")
        kept = stored(db)
        proxy.losses = losses
        sent = _repeat(proxy, f"{own}/versturen", form, FORM)

    assert (saved[0], saved[2]) == (200, losses + 1)
    assert json.loads(saved[1])["versie"] == 1
    assert kept == FINAL
    assert (sent[0], sent[2]) == (200, losses + 1)
    assert "ontvangstcode" in sent[1]
    assert (responses(db), drafts(db)) == (1, 0)
