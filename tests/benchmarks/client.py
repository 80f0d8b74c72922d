"""A browser's requests without the browser: log in once, then post callback bodies over kept connections."""

import http.client
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

Body = dict[str, Any]


class Client:
    """One logged-in session; each thread opens its own connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.dependencies: list[dict[str, Any]] = []
        """Every callback as Dash lists it."""

    def connect(self) -> http.client.HTTPConnection:
        """A new connection to the server."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def log_in(self, login: str, password: str, page: str) -> None:
        """Log in and open `page`, which hands out the token for callbacks."""
        form = self.fetch("GET", "/inloggen")[1].decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        if found is None:
            raise RuntimeError("the login form has no token")
        fields = urlencode({"csrf_token": found[1], "gebruikersnaam": login, "wachtwoord": password})
        status, _ = self.fetch("POST", "/inloggen", fields.encode(), "application/x-www-form-urlencoded")
        if status not in {302, 303}:
            raise RuntimeError(f"the login answered {status}")
        self.fetch("GET", page)
        self.token = self.cookies.get("_csrf_token", "")
        self.dependencies = json.loads(self.fetch("GET", "/_dash-dependencies")[1])

    def fetch(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """One request on a connection of its own; cookies are kept."""
        connection = self.connect()
        connection.request(method, path, body, self.headers(kind))
        answer = connection.getresponse()
        content = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, content

    def headers(self, kind: str = "application/json") -> dict[str, str]:
        """What a browser of the same origin sends."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Cookie": cookies,
            "Content-Type": kind,
            "X-CSRFToken": self.token,
            "Sec-Fetch-Site": "same-origin",
            "Origin": f"http://127.0.0.1:{self.port}",
        }


class Call:
    """One post to a callback by one person, ready to be sent."""

    def __init__(self, client: Client, body: Body) -> None:
        self.headers = client.headers()
        self.content = json.dumps(body).encode()


def body_for(dependencies: list[dict[str, Any]], place: str, values: dict[str, Any]) -> Body:
    """The request that the page sends to fill `place`; `values` by id, missing ones None."""
    entry = next(
        each for each in dependencies if place in each["output"] and not each.get("clientside_function")
    )

    def filled(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {"id": each["id"], "property": each["property"], "value": values.get(each["id"])}
            for each in parts
        ]

    names = re.findall(r"([\w-]+)\.([\w-]+)", entry["output"])
    outputs = [{"id": name, "property": prop} for name, prop in names]
    return {
        "output": entry["output"],
        "outputs": outputs if entry["output"].startswith("..") else outputs[0],
        "inputs": filled(entry["inputs"]),
        "state": filled(entry["state"]),
        "changedPropIds": [],
        "parsedChangedPropsIds": [],
    }


def time_calls(port: int, calls: Iterator[Call], *, clients: int, number: int) -> list[float]:
    """Seconds of each of `clients` × `number` posts, taken in turn from `calls` by `clients` threads at once.

    Raises:
        RuntimeError: an answer was not 200.
    """
    turns = [list(islice(calls, number)) for _ in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        return [seconds for times in pool.map(partial(_time_one_client, port), turns) for seconds in times]


def _time_one_client(port: int, calls: list[Call]) -> list[float]:
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=30), []
    for call in calls:
        start = time.perf_counter()
        connection.request("POST", "/_dash-update-component", call.content, call.headers)
        answer = connection.getresponse()
        words = answer.read()
        times.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"answered {answer.status}: {words[:200]!r}")
    connection.close()
    return times


def percentiles(times: list[float]) -> tuple[float, float]:
    """(p50, p95) in milliseconds."""
    cuts = quantiles(times, n=20)
    return cuts[9] * 1000, cuts[18] * 1000
