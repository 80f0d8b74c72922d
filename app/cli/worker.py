"""`worker`: does in the background what the pages ask for; as many as you like, no job is done twice."""

import argparse
import logging
import os
import sys
import threading
from typing import Any

from app.cli.common import open_database
from app.config import Settings

_LOOK_SECONDS = 2


def register(subparsers: Any) -> None:
    """Add `worker`."""
    parser = subparsers.add_parser("worker", help="bestanden lezen en bronnen ophalen voor het dashboard")
    parser.add_argument(
        "--with-parent", type=int, metavar="NUMMER", help="stoppen zodra het proces met dit nummer stopt"
    )
    parser.set_defaults(run=_worker)


def _worker(options: argparse.Namespace) -> int:
    # Imported here: it brings pandas and the network, which no other command should carry.
    from app.jobs import sign_of_life
    from app.tasks import Worker, utc_now

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    settings = Settings.from_environment()
    with open_database() as db:
        sign_of_life(db, now=utc_now())
        worker = Worker(settings, db)
        consumer = worker.make_queue().huey.create_consumer(
            workers=1, worker_type="thread", max_delay=1.0, check_worker_health=True
        )
        if options.with_parent is not None:
            _watch_parent(options.with_parent)
        worker.pick_up()
        consumer.run()
    return 0


def _watch_parent(parent: int) -> None:
    """End when the process that started this one ends, however it ends; it may have ended already."""

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(_LOOK_SECONDS)
        os._exit(0)  # a load that is cut off leaves nothing, and is done again

    threading.Thread(target=watch, daemon=True).start()
