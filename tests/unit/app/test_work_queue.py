"""The queue between web and worker: JSON messages, made on first use."""

from pathlib import Path

import pytest

from app.work_queue import QUEUE_FILE, JsonSerializer, WorkQueue


def test_nothing_is_made_before_the_first_job(tmp_path: Path) -> None:
    WorkQueue("", tmp_path / "var")

    assert not (tmp_path / "var").exists()


def test_a_job_put_by_one_process_is_taken_by_another(tmp_path: Path) -> None:
    done: list[str] = []
    web, worker = WorkQueue("", tmp_path), WorkQueue("", tmp_path, done.append)
    worker.every_minute(lambda: None)

    web.put("een")
    task = worker.huey.dequeue()
    worker.huey.execute(task)

    assert done == ["een"]
    assert worker.huey.dequeue() is None


def test_messages_are_json_and_nothing_else_is_taken(tmp_path: Path) -> None:
    queue = WorkQueue("", tmp_path)
    queue.put("een")

    (raw,) = [data for (data,) in queue.huey.storage.sql("select data from task", results=True)]

    assert bytes(raw).startswith(b"[")
    assert b'"een"' in bytes(raw)
    with pytest.raises(TypeError, match="only messages"):
        JsonSerializer().serialize(object())
    with pytest.raises(UnicodeDecodeError):
        JsonSerializer().deserialize(b"\x80\x04.")
    assert (tmp_path / QUEUE_FILE).is_file()
