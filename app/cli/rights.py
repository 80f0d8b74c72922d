"""`user erase`, `user repeat-erasures` and `privacy touched`: rights of people, and who a leak touches."""

import argparse
from pathlib import Path
from typing import Any

from app import accounts
from app.audit import COMMAND_LINE, record
from app.cli.common import open_database
from app.config import Settings
from app.rights.accounts import erase_account
from app.rights.drill import Part, touched_by_account, touched_by_round, touched_by_upload
from app.rights.erasures import FILE, copy_out, erasure_key
from app.security_log import Event, log_event


def register(subparsers: Any) -> None:
    """Add `privacy` with its own commands."""
    parser = subparsers.add_parser("privacy", help="wie wordt geraakt door een datalek")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    touched = commands.add_parser(
        "touched", help="organisaties en personen bij een account, een ronde of een upload"
    )
    what = touched.add_mutually_exclusive_group(required=True)
    what.add_argument("--account", metavar="GEBRUIKERSNAAM")
    what.add_argument("--round", type=int, metavar="NUMMER")
    what.add_argument("--upload", metavar="NUMMER", help="van eigen cijfers, of het kenmerk van een bestand")
    touched.set_defaults(run=_touched)


def register_for_users(commands: Any) -> None:
    """Add the commands that stand under `user`."""
    erase = commands.add_parser("erase", help="account en alles wat erbij hoort wissen; kan niet terug")
    erase.add_argument("login", metavar="GEBRUIKERSNAAM")
    erase.set_defaults(run=_erase)
    again = commands.add_parser(
        "repeat-erasures", help="na het terugzetten van een reservekopie: opnieuw wissen wat al gewist was"
    )
    again.add_argument(
        "--from", dest="file", type=Path, metavar="BESTAND", help=f"een bewaarde kopie van {FILE}"
    )
    again.set_defaults(run=_repeat)


def _erase(options: argparse.Namespace) -> int:
    settings = Settings.from_environment()
    with open_database() as db:
        with db.transaction() as session:
            user = accounts.get_user(session, options.login)
            pseudonym = erase_account(session, user, by=COMMAND_LINE, key=erasure_key(settings))
            is_admin_left = accounts.has_active_admin(session)
        copy_out(db, settings.data_dir)
    _log(Event.ACCOUNT_ERASED, pseudonym)
    print(f"Het account is gewist. In het logboek van handelingen staat nu {pseudonym}.")
    print("Het beveiligingslogboek buiten de database wist u zelf; daar staat de gebruikersnaam nog in.")
    if not is_admin_left:
        print(f"Let op! {accounts.NO_ADMIN}")
    return 0


def _repeat(options: argparse.Namespace) -> int:
    from survey.rights import repeat_erasures

    settings = Settings.from_environment()
    paths = [settings.data_dir / FILE, *([options.file] if options.file else [])]
    with open_database() as db:
        with db.transaction() as session:
            found = repeat_erasures(session, paths, by=COMMAND_LINE, key=erasure_key(settings))
        copy_out(db, settings.data_dir)
    for kind, count in found.items():
        print(f"{kind}: {count} opnieuw gewist")
    _log(Event.ERASURES_REPEATED, str(sum(found.values())))
    return 0


def _touched(options: argparse.Namespace) -> int:
    with open_database() as db:
        with db.session() as session:
            if options.account is not None:
                parts = touched_by_account(session, accounts.get_user(session, options.account))
            elif options.round is not None:
                parts = touched_by_round(session, options.round)
            else:
                parts = touched_by_upload(session, options.upload)
        subject = f"user:{options.account}" if options.account else f"ronde {options.round}"
        subject = f"upload {options.upload}" if options.upload else subject
        with db.transaction() as session:
            record(session, by=COMMAND_LINE, action="privacy.touched", subject=subject)
    _log(Event.LEAK_LISTED, subject)
    print("\n".join(_lines(parts)))
    return 0


def _lines(parts: list[Part]) -> list[str]:
    lines = []
    for part in parts:
        lines += [f"{part.title}:", *(f"  {line}" for line in part.lines or ("geen",))]
    return lines


def _log(event: Event, detail: str) -> None:
    log_event(event, who=COMMAND_LINE, source=COMMAND_LINE, detail=detail)
