"""`groups`: the values of groups of own figures, renewed where the rules allow it; a daily task.

The loaders are imported where they are used: they bring pandas, which no other command should wait for.
"""

import argparse
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from app.audit import COMMAND_LINE
from app.config import Settings
from app.db import Database


def register(subparsers: Any) -> None:
    """Add the command."""
    words = "de groepswaarden van eigen cijfers vernieuwen (dagelijks)"
    subparsers.add_parser("groups", help=words).set_defaults(run=_groups)


def _groups(_options: argparse.Namespace) -> int:
    from loaders.catalogue import load_catalogue
    from loaders.own_figures.groups import renew_groups

    with closing(Database(Settings.from_environment().database_url)) as db:
        number = renew_groups(db, load_catalogue(), by=COMMAND_LINE, now=datetime.now(UTC))
    print("Er verandert geen groepswaarde." if not number else f"Vernieuwde groepswaarden: {number}.")
    return 0
