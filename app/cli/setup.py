"""`setup` makes an installation out of a checkout; `migrate` brings its tables up to date."""

import argparse
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import NO_ADMIN, create_demo_accounts, has_active_admin, make_first_admin
from app.audit import COMMAND_LINE
from app.cli import demo_round
from app.config import ROOT, Settings
from app.db import Database
from app.models import Publication
from app.schema import upgrade
from app.vendor import vendor_assets, vendor_test_scripts


def register(subparsers: Any) -> None:
    """Add `setup`, `migrate` and `vendor`."""
    parser = subparsers.add_parser("setup", help="installatie maken of bijwerken; wat er is, blijft")
    parser.add_argument(
        "--demo", action="store_true", help="met demo-accounts en rondes met verzonnen antwoorden"
    )
    parser.set_defaults(run=_setup)
    parser = subparsers.add_parser("migrate", help="de indeling van de database bijwerken")
    parser.set_defaults(run=_migrate)
    parser = subparsers.add_parser("vendor", help="stylesheet, lettertype en scripts ophalen")
    parser.add_argument("--tests", action="store_true", help="ook wat alleen de tests nodig hebben")
    parser.set_defaults(run=_vendor)


def make_key(environ: Mapping[str, str] = os.environ) -> bool:
    """Make the file with the secret key, unless there is a key already; True if it was made."""
    if "SECRET_KEY" in environ:
        return False
    path = Path(environ.get("SECRET_KEY_FILE", _data_dir(environ) / "secret_key"))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    return True


def _setup(options: argparse.Namespace) -> int:
    if make_key():
        print("Geheime sleutel gemaakt.")
    settings = Settings.from_environment()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if vendor_assets(settings.data_dir):
        print("Stylesheet, lettertype en grafiekscript opgehaald.")
    with _files_for_owner_only(), closing(Database(settings.database_url)) as db:
        _fill(db, settings, is_demo=options.demo)
    return 0


@contextmanager
def _files_for_owner_only() -> Iterator[None]:
    """A new SQLite file belongs to its owner alone, also in a folder that others may read."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _fill(db: Database, settings: Settings, *, is_demo: bool) -> None:
    upgrade(db)
    with db.transaction() as session:
        if session.scalar(select(Publication.version_id)) is None:
            from loaders.starter import load_starter  # brings pandas, which a second start need not wait for

            version = load_starter(session, by=COMMAND_LINE)
            print(f"Startcijfers geladen en gepubliceerd als versie {version}.")
    with db.transaction() as session:
        lines = _demo_accounts(session) if is_demo else _first_admin(session, settings)
    # Printed after the commit: a password that is shown belongs to an account that is there.
    print("\n".join(lines), flush=True)
    if is_demo:
        print(demo_round.add(db, settings), flush=True)


def _demo_accounts(session: Session) -> list[str]:
    made = create_demo_accounts(session, by=COMMAND_LINE)
    if not made:
        return ["De demo-accounts zijn er al; de wachtwoorden zijn bij het maken één keer getoond."]
    width = max(len(login) for login, _, _ in made)
    return [
        "Demo-accounts (de wachtwoorden worden alleen nu getoond):",
        *(f"  {login:<{width}}  {password}  {what}" for login, password, what in made),
    ]


def _first_admin(session: Session, settings: Settings) -> list[str]:
    token = make_first_admin(session, by=COMMAND_LINE)
    if token is None:
        return ["Er is al een beheerder." if has_active_admin(session) else NO_ADMIN]
    return [
        "Beheerder gemaakt. Kies binnen een half uur een wachtwoord via deze eenmalige link:",
        f"  {settings.base_url}/wachtwoord/{token}",
    ]


def _migrate(_options: argparse.Namespace) -> int:
    with _files_for_owner_only(), closing(Database(Settings.from_environment().database_url)) as db:
        upgrade(db)
    print("De database heeft de nieuwste indeling.")
    return 0


def _vendor(options: argparse.Namespace) -> int:
    vendor_assets(_data_dir(os.environ))
    if options.tests:
        vendor_test_scripts(_data_dir(os.environ))
    return 0


def _data_dir(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("DATA_DIR", ROOT / "var"))
