"""The command line: `python -m app <command>`.

A module here has `register(subparsers)`, which adds its commands. A command is a parser with a default `run`:
a function that takes the parsed arguments and returns the exit code.
"""

import argparse
import sys
from collections.abc import Sequence

from app.cli import (
    accounts,
    data,
    demo_round,
    fetch,
    own_figures,
    rights,
    serve,
    setup,
    sources,
    template,
    tiles,
    worker,
)
from app.errors import DashboardError

MODULES = (
    setup,
    serve,
    data,
    template,
    fetch,
    sources,
    own_figures,
    tiles,
    worker,
    accounts,
    rights,
    demo_round,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; what goes wrong is one sentence on stderr and exit code 1."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description="Dashboard passend onderwijs: beheer.")
    subparsers = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    for module in MODULES:
        module.register(subparsers)
    return parser
