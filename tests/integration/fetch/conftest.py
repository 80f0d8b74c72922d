"""What tests of fetching share: a publisher, time that nobody waits for, and a look at what is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from loaders.fetch import Fetched, fetch_source
from loaders.fetch.web import Limits
from loaders.sources import Source
from tests.publisher import FakeClock, Publisher, publishing

Fetch = Callable[..., Fetched]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tester's proxy has nothing to do with a server on this machine."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A publisher that has nothing yet."""
    with publishing() as running:
        yield running


@pytest.fixture
def clock() -> FakeClock:
    """Time that nobody waits for."""
    return FakeClock()


@pytest.fixture
def fetch(tmp_path: Path, clock: FakeClock) -> Fetch:
    """A function that fetches a source into the test's folder."""

    def run(source: Source, **limits: Any) -> Fetched:
        return fetch_source(source, tmp_path, "dashboard (test)", clock=clock, limits=Limits(**limits))

    return run
