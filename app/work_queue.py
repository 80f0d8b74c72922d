"""The queue between the web server and the background worker: huey on SQLite, or on Redis when configured.

The queue only wakes the worker; what there is to do stands in `data_job`. A queue that is lost loses no work:
the worker looks for waiting jobs by itself, once a minute and when it starts.
"""

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer

QUEUE_FILE = "queue.sqlite"
EVERY_MINUTE = crontab()
EVERY_NIGHT = crontab(minute="30", hour="3")

Doer = Callable[[str], None]


class JsonSerializer(Serializer):  # type: ignore[misc]  # huey has no types
    """Messages as JSON. Huey's own way is pickle, which lets whoever can write to the queue run code."""

    def _serialize(self, data: Any) -> bytes:
        if not isinstance(data, Message):
            raise TypeError(f"only messages are put into the queue, not {type(data).__name__}")
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class WorkQueue:
    """Hands jobs to the worker. Connects on first use, so that it may be made before gunicorn forks."""

    def __init__(self, url: str, data_dir: Path, run: Doer | None = None) -> None:
        self._url = url
        self._data_dir = data_dir
        self._run = run

    @cached_property
    def huey(self) -> Huey:
        """The queue itself; the worker makes its consumer of it."""
        common: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
        if self._url:
            return RedisHuey("dashboard", url=self._url, **common)
        self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return SqliteHuey("dashboard", filename=str(self._data_dir / QUEUE_FILE), fsync=True, **common)

    @cached_property
    def _task(self) -> Any:
        def run_job(job_id: str) -> None:
            if self._run is not None:
                self._run(job_id)

        return self.huey.task(name="run_job")(run_job)

    def put(self, job_id: str) -> None:
        """Wake the worker for one job."""
        self._task(job_id)

    def every_minute(self, function: Callable[[], None]) -> None:
        """Let the worker call a function each minute; also says what the worker does with jobs."""
        assert self._task is not None  # noqa: S101 - registers what jobs run
        self.huey.periodic_task(EVERY_MINUTE, name="look_around")(function)

    def every_night(self, function: Callable[[], None]) -> None:
        """Let the worker call a function once a night."""
        self.huey.periodic_task(EVERY_NIGHT, name="nightly")(function)
