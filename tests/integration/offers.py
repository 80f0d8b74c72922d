"""What tests of offered files share: the form with files, the jobs, and what is kept on disk."""

import io
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from app import uploads
from app.config import Settings
from app.db import Database
from app.models import DataJob
from tests.integration.loads import HISTORY
from tests.integration.visitor import HTML, Visitor
from tests.samples.world import SAMPLES

PAGE = "/beheer/gegevens"


def offer(person: Visitor, *files: tuple[str, bytes], **headers: str) -> TestResponse:
    """Send the form with files."""
    data: dict[str, Any] = {"csrf_token": person.token(PAGE)}
    data["bestanden"] = [(io.BytesIO(content), name) for name, content in files]
    return person.client.post(PAGE, data=data, headers={**HTML, **headers})


def sample(name: str = HISTORY) -> tuple[str, bytes]:
    """Name and content of a sample."""
    return name, (SAMPLES / name).read_bytes()


def jobs_of(db: Database) -> list[DataJob]:
    """Every job, the oldest first."""
    with db.session() as session:
        return list(session.scalars(select(DataJob).order_by(DataJob.created_at, DataJob.id)))


def kept_files(settings: Settings) -> list[Path]:
    """Every upload on disk."""
    return [path for path in (settings.data_dir / uploads.FOLDER).rglob("*") if path.is_file()]
