"""`fetch`: figures from CBS and DUO to a staged version. The only command that uses the network."""

import argparse
import sys
from typing import Any

from app.cli.common import open_database
from app.config import Settings
from app.wording import AMSTERDAM


def register(subparsers: Any) -> None:
    """Add `fetch`."""
    parser = subparsers.add_parser("fetch", help="cijfers van CBS of DUO ophalen als nieuwe versie")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("source", nargs="?", metavar="BRON", help="naam van de bron; zie --list")
    choice.add_argument("--list", action="store_true", help="alle bronnen tonen")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    return _list() if options.list else _fetch(options.source)


def _list() -> int:
    from loaders.sources import load_sources

    for name, source in load_sources(Settings.from_environment().sources_file).items():
        place = source.table or ("adres bekend" if source.addresses else "adres ontbreekt")
        print(f"{name:<28}  {source.publisher:<6}  {place:<15}  {source.schedule:<34}  {source.title}")
    return 0


def _fetch(name: str) -> int:
    # Imported here: no other command may bring the network, and `app.cli` imports this module.
    from app.cli import main
    from loaders.fetch import FetchFailed, fetch_source
    from loaders.sources import load_sources

    settings = Settings.from_environment()
    source = load_sources(settings.sources_file).get(name)
    if source is None:
        print(f"{name!r} is geen bron. Alle bronnen: python -m app fetch --list", file=sys.stderr)
        return 1
    with open_database():  # what could not be loaded is not asked for
        pass
    try:
        fetched = fetch_source(source, settings.data_dir, settings.user_agent)
    except FetchFailed as failure:
        print(f"Niet opgehaald, er is niets gewijzigd. {failure}")
        return 1
    moment = f"{fetched.moment.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"
    if fetched.is_new:
        print(f"Opgehaald en bewaard in {fetched.path}.")
    else:
        print(f"Niets nieuws bij {source.publisher}: {name} is gelijk aan wat op {moment} is opgehaald.")
    return main(["load", str(fetched.path)])
