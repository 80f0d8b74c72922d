"""`demo-round`: rounds with invented answers, put in or taken out.

The questionnaires are imported where they are used: no other command should wait for them.
"""

import argparse
from datetime import UTC, datetime
from typing import Any

from app.audit import COMMAND_LINE
from app.cli.common import open_database
from app.config import Settings
from app.db import Database


def register(subparsers: Any) -> None:
    """Add the command."""
    words = "rondes met verzonnen antwoorden toevoegen, om het dashboard te laten zien"
    parser = subparsers.add_parser("demo-round", help=words)
    parser.add_argument(
        "--remove", action="store_true", help="de demorondes weer verwijderen, met alles erbij"
    )
    parser.set_defaults(run=_run)


def add(db: Database, settings: Settings) -> str:
    """Add the demo rounds, and say what was done."""
    from survey.demo.rounds import add_demo_rounds
    from survey.reading import load_questionnaires
    from survey.tokens import survey_key

    now = datetime.now(UTC)
    number = add_demo_rounds(db, load_questionnaires(), survey_key(settings), now=now, by=COMMAND_LINE)
    return (
        f"Demorondes met verzonnen antwoorden toegevoegd: {number}."
        if number
        else "De demorondes zijn er al."
    )


def remove(db: Database) -> str:
    """Remove the demo rounds, and say what was done."""
    from survey.demo.rounds import remove_demo_rounds

    with db.transaction() as session:
        number = remove_demo_rounds(session, by=COMMAND_LINE)
    return f"Demorondes verwijderd: {number}." if number else "Er zijn geen demorondes."


def _run(options: argparse.Namespace) -> int:
    with open_database() as db:
        print(remove(db) if options.remove else add(db, Settings.from_environment()))
    return 0
