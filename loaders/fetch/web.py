"""One polite connection: asks an address, writes the answer to a file, tries again when that can help."""

import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from loaders.fetch.bodies import Body
from loaders.fetch.errors import FetchFailed, Gone, PassingFault, Unreachable
from loaders.sources import Source

_CHANCE = random.SystemRandom()
_AT_ONCE = 64 * 1024
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_KEPT_HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Content-Length",
    "Transfer-Encoding",
    "Date",
    "ETag",
    "Last-Modified",
)


class Clock(Protocol):
    """Time, as the machine has it or as a test invents it."""

    def now(self) -> datetime:
        """The moment, in UTC."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True)
class Limits:
    """What one run may cost. Times are in seconds; `opening` is until the headers are there."""

    run_bytes: int = 200 * 1024 * 1024
    run_seconds: float = 1800
    answer_seconds: float = 300
    opening_seconds: float = 60
    silence_seconds: float = 30
    requests: int = 3000
    redirects: int = 5
    tries: int = 5
    pause_seconds: float = 1
    longest_wait_seconds: float = 600


@dataclass(frozen=True)
class Answer:
    """One answer as it was kept. `sha256` is of the content in the file, empty when there is none (304)."""

    file: str
    url: str
    status: int
    time: datetime
    size: int
    sha256: str
    headers: Mapping[str, str]


class Web:
    """A connection for one run, to the source's own hosts only; it remembers what the run has cost."""

    def __init__(
        self,
        source: Source,
        user_agent: str,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self._places = _places(source)
        self._is_local = source.is_local
        self._user_agent = user_agent
        self._clock, self._limits = clock, limits
        self._started = clock.monotonic()
        self._bytes = self._requests = 0
        self._session = requests.Session()
        self.answers: list[Answer] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.close()

    def get(self, url: str, path: Path, conditions: Mapping[str, str] | None = None) -> Answer:
        """Ask `url` and write the content of the answer to `path`.

        Raises:
            Unreachable: it is gone, or no attempt succeeded.
            FetchFailed: refused for another reason; more attempts would not help.
        """
        for attempt in range(self._limits.tries):
            try:
                answer = self._try(url, path, conditions or {})
            except PassingFault as fault:
                path.unlink(missing_ok=True)
                last = fault
                if attempt + 1 < self._limits.tries:
                    self._clock.sleep(self._delay(attempt, fault))
            else:
                self.answers.append(answer)
                return answer
        raise Unreachable(
            f"{urlsplit(url).hostname} geeft geen goed antwoord, ook niet na {self._limits.tries} pogingen. "
            f"De laatste keer: {last}. Probeer het later opnieuw."
        )

    def _delay(self, attempt: int, fault: PassingFault) -> float:
        """1, 2, 4 … seconds, half to whole of it by chance; or longer, when the server asks for it."""
        delay: float = 2**attempt * _CHANCE.uniform(0.5, 1)
        if fault.retry_after is None:
            return delay
        if fault.retry_after > self._limits.longest_wait_seconds:
            minutes = -(-int(fault.retry_after) // 60)
            raise Unreachable(f"De server vraagt om {minutes} minuten te wachten. Probeer het dan opnieuw.")
        return max(delay, fault.retry_after)

    def _try(self, url: str, path: Path, conditions: Mapping[str, str]) -> Answer:
        for _ in range(self._limits.redirects + 1):
            with self._opened(url, conditions) as response:
                if response.status_code not in _REDIRECTS:
                    return self._keep(url, path, response, conditions)
                url = urljoin(url, response.headers.get("Location", ""))
        raise FetchFailed("De server verwijst steeds door naar een ander adres.")

    @contextmanager
    def _opened(self, url: str, conditions: Mapping[str, str]) -> Iterator[requests.Response]:
        """The answer to one request, whose body has not been read."""
        self._check_address(url)
        self._check_costs()
        if self._requests:
            self._clock.sleep(self._limits.pause_seconds)
        self._requests += 1
        headers = {
            "User-Agent": self._user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, identity",
            **conditions,
        }
        with closing(self._open(url, headers)) as response:
            yield response

    def _open(self, url: str, headers: Mapping[str, str]) -> requests.Response:
        silence = self._limits.silence_seconds
        session = self._session

        def ask() -> requests.Response:
            return session.get(url, headers=headers, stream=True, allow_redirects=False, timeout=silence)

        try:
            return _within(self._limits.opening_seconds, ask)
        except TimeoutError as error:
            self._session = requests.Session()
            raise PassingFault("de server antwoordt niet op tijd") from error
        except requests.exceptions.SSLError as error:
            raise FetchFailed(f"De verbinding met {urlsplit(url).hostname} is niet veilig.") from error
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise PassingFault(f"er is geen verbinding ({type(error).__name__})") from error

    def _keep(
        self, url: str, path: Path, response: requests.Response, conditions: Mapping[str, str]
    ) -> Answer:
        status = response.status_code
        if status in _PASSING:
            wait = _retry_after(response.headers.get("Retry-After", ""), self._clock.now())
            raise PassingFault(f"de server geeft fout {status}", retry_after=wait)
        if status in _GONE:
            raise Gone(f"{url} bestaat niet (meer): de server geeft {status}.")
        if status != 200 and not (status == 304 and conditions):
            raise FetchFailed(f"De server geeft onverwacht antwoord {status} op {url}.")
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        size, sha256 = self._receive(response, path) if status == 200 else (0, "")
        return Answer(path.name, url, status, self._clock.now(), size, sha256, headers)

    def _receive(self, response: requests.Response, path: Path) -> tuple[int, str]:
        deadline = self._clock.monotonic() + self._limits.answer_seconds
        body = Body(response.headers, room=self._limits.run_bytes - self._bytes)
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for chunk in _chunks(response):
                if self._clock.monotonic() > deadline:
                    raise FetchFailed("Het antwoord komt te langzaam binnen; het ophalen is gestopt.")
                for part in body.take(chunk):
                    digest.update(part)
                    file.write(part)
            body.finish()
        self._bytes += body.size
        return body.size, digest.hexdigest()

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        schemes = {"https", "http"} if self._is_local else {"https"}
        is_plain = parts.username is None and parts.password is None
        if parts.scheme not in schemes or not is_plain or _place(parts) not in self._places:
            raise FetchFailed(f"{url[:200]!r} is een ander adres dan is afgesproken; het ophalen is gestopt.")

    def _check_costs(self) -> None:
        if self._requests >= self._limits.requests:
            raise FetchFailed(f"Na {self._requests} vragen was het nog niet klaar; het ophalen is gestopt.")
        if self._clock.monotonic() - self._started > self._limits.run_seconds:
            minutes = int(self._limits.run_seconds // 60)
            raise FetchFailed(f"Na {minutes} minuten was het nog niet klaar; het ophalen is gestopt.")


def _places(source: Source) -> set[tuple[str, int]]:
    own = {_place(urlsplit(address)) for address in source.addresses}
    return own | {(host.lower(), 443) for host in source.hosts}


def _place(parts: SplitResult) -> tuple[str, int]:
    with suppress(ValueError):  # a port that is no port is nobody's
        return (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)
    return "", 0


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """What arrives, as it arrives: `iter_content` would wait for a full chunk, drip by drip, for ever."""
    try:
        while chunk := response.raw.read1(_AT_ONCE, decode_content=False):
            yield chunk
    except (HTTPError, OSError) as error:
        raise PassingFault("de verbinding brak af") from error


def _retry_after(text: str, now: datetime) -> float | None:
    if text.isascii() and text.isdigit():
        return float(text[:9])
    with suppress(ValueError):
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
    return None


def _within(seconds: float, ask: Callable[[], requests.Response]) -> requests.Response:
    """The answer of `ask`, or TimeoutError.

    The library's own time-outs start anew with each byte and do not count the look-up of a name.
    """
    future: Future[requests.Response] = Future()

    def work() -> None:
        try:
            response = ask()
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            future.set_exception(error)
        else:
            future.set_result(response)

    threading.Thread(target=work, daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        future.add_done_callback(_close_late)
        raise


def _close_late(future: "Future[requests.Response]") -> None:
    if future.exception() is None:
        future.result().close()
