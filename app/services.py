"""What every request can reach: settings, database, catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from app.config import Settings
from app.db import Database
from app.indicators import Indicator
from app.work_queue import WorkQueue

EXTENSION = "dashboard"


@dataclass(frozen=True)
class Services:
    """The handles that the factory made, kept on the server."""

    settings: Settings
    db: Database
    catalogue: Iterable[Indicator]
    queue: WorkQueue

    def attach(self, server: Flask) -> None:
        """Make these the services of `server`."""
        server.extensions[EXTENSION] = self


def current_services() -> Services:
    """The services of the server that handles this request."""
    return cast(Services, current_app.extensions[EXTENSION])
